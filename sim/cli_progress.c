#define _GNU_SOURCE
#include "sim/cli_progress.h"

#include <math.h>
#include <unistd.h>

#include "sim/clock.h"
#include "sim/units.h"

const char *flyt_cli_duration(char *out, size_t size, double seconds)
{
    if (isnan(seconds)) {
        (void)snprintf(out, size, "?");
    } else if (seconds < 120.0) {
        (void)snprintf(out, size, "%.0f s", seconds);
    } else {
        (void)snprintf(out, size, "%.0f min %02d s", (double)(int64_t)(seconds / 60.0),
                       (int)((int64_t)seconds % 60));
    }
    return out;
}

const char *flyt_cli_size(char *out, size_t size, uint64_t bytes, enum flyt_lang lang)
{
    const double kib = 1024.0, mib = kib * kib, gib = mib * kib;
    double value = (double)bytes;
    if (value >= gib) {
        (void)snprintf(out, size, "%.1f GiB", value / gib);
    } else if (value >= mib) {
        (void)snprintf(out, size, "%.1f MiB", value / mib);
    } else if (value >= kib) {
        (void)snprintf(out, size, "%.0f KiB", value / kib);
    } else {
        (void)snprintf(out, size, "%.0f B", value);
    }
    (void)flyt_units_decimal(out, lang);
    return out;
}

double flyt_cli_pace(struct flyt_cli_pace *pace, double done, double time)
{
    if (!pace->begun) {
        *pace = (struct flyt_cli_pace){true, time, done};
    }
    double spent = time - pace->time, more = done - pace->done;
    return spent > 0.0 && more > 0.0 ? more / spent : 0.0;
}

double flyt_cli_left(double to_do, double pace)
{
    return to_do <= 0.0 ? 0.0 : pace > 0.0 ? to_do / pace : NAN;
}

struct flyt_cli_bar flyt_cli_bar_open(const struct flyt_cli *cli, double done)
{
    return (struct flyt_cli_bar){.lang = cli->lang,
                                 .quiet = cli->quiet,
                                 .terminal = isatty(STDERR_FILENO) == 1,
                                 .started = flyt_clock_now(),
                                 .last_tenth = (uint32_t)(done * 10.0),
                                 .part = 1.0};
}

void flyt_cli_bar_part(struct flyt_cli_bar *bar, uint32_t i, uint32_t n)
{
    bar->from = (double)i / n;
    bar->part = 1.0 / n;
}

double flyt_cli_bar_seconds(const struct flyt_cli_bar *bar)
{
    return flyt_clock_now() - bar->started;
}

void flyt_cli_bar_show(struct flyt_cli_bar *bar, double share, const char *what)
{
    enum { WIDTH = 24 };
    if (bar->quiet) {
        return;
    }
    share = bar->from + bar->part * share;
    double time = flyt_clock_now(), pace = flyt_cli_pace(&bar->pace, share, time);
    char left[64];
    flyt_cli_duration(left, sizeof left, flyt_cli_left(1.0 - share, pace));
    const char *word = bar->lang == FLYT_DA ? "tilbage" : "left";
    if (bar->terminal) {
        if (time - bar->last_shown < 0.1 && share < 1.0) {
            return;
        }
        int full = (int)(share * WIDTH);
        full = full < 0 ? 0 : full > WIDTH ? WIDTH : full;
        fprintf(stderr, "\r[%.*s%*s] %3.0f %%  %s%s  %s %s \033[K%s", full,
                "########################", WIDTH - full, "", share * 100.0, bar->lead, what, left,
                word, share >= 1.0 ? "\n" : "");
        bar->last_shown = time;
    } else if ((uint32_t)(share * 10.0) > bar->last_tenth) {
        bar->last_tenth = (uint32_t)(share * 10.0);
        fprintf(stderr, "%3.0f %%  %s%s  %s %s\n", share * 100.0, bar->lead, what, left, word);
    }
}

#include "sim/cli_ends.h"

#include <math.h>

#include "output/describe.h"
#include "sim/cli_progress.h"
#include "sim/ends.h"
#include "sim/text.h"

struct shown {
    struct flyt_cli_bar bar;
    const char *what;
};

static void show(void *job, uint64_t done, uint64_t all)
{
    struct shown *shown = job;
    flyt_cli_bar_show(&shown->bar, (double)done / (double)all, shown->what);
}

/** Hard rows hit, and rows that count. */
static void count_hits(const struct flyt_end *end, uint32_t n, uint32_t *n_hit, uint32_t *n_all)
{
    *n_hit = *n_all = 0;
    for (uint32_t k = 0; k < n; k++) {
        *n_hit += end->row[k].verdict == FLYT_VERDICT_hit;
        *n_all +=
            end->row[k].verdict == FLYT_VERDICT_hit || end->row[k].verdict == FLYT_VERDICT_miss;
    }
}

/** One line: how many are hit, and the targets whose verdict is another than the scenario's. */
static void add_table_line(const struct flyt_cli *cli, struct flyt_text *text,
                           const struct flyt_end *base, const struct flyt_end *end,
                           const struct flyt_targets *targets)
{
    uint32_t n_hit, n_all;
    count_hits(end, targets->n, &n_hit, &n_all);
    if (end == base) {
        flyt_text_add(text, "%s", flyt_cli_say(cli, "as it is", "som det er"));
    } else {
        flyt_text_add(text, "%s = %g", end->name, end->value);
    }
    if (end->fault != NULL) {
        flyt_text_add(text, flyt_cli_say(cli, ": no run: %s\n", ": ingen kørsel: %s\n"),
                      end->fault);
        return;
    }
    flyt_text_add(text, flyt_cli_say(cli, ": %u of %u hit", ": %u af %u ramt"), n_hit, n_all);
    const char *lead = "; ";
    for (uint32_t k = 0; k < targets->n; k++) {
        const struct flyt_validate_row *row = &end->row[k], *was = &base->row[k];
        if (end != base && row->verdict != was->verdict) {
            flyt_text_add(text, "%s%s %.2f (%.2f)", lead, row->target->name, row->simulated,
                          was->simulated);
            lead = ", ";
        }
    }
    flyt_text_add(text, "\n");
}

static const char *verdict_name(enum flyt_verdict verdict)
{
    static const char *const names[] = {
#define X(name, en, da) #name,
        FLYT_VERDICTS(X)
#undef X
    };
    return names[verdict];
}

static void add_number(struct flyt_text *text, double value, const char *empty)
{
    if (isnan(value)) {
        flyt_text_add(text, "%s", empty);
    } else {
        flyt_text_add(text, "%.10g", value);
    }
}

static void add_csv(struct flyt_text *text, const struct flyt_end *end, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        const struct flyt_validate_row *row = &end->row[k];
        flyt_text_add(text, "%s,", end->name);
        add_number(text, end->value, "");
        flyt_text_add(text, ",%s,%.10g,", row->target->name, row->target->value);
        add_number(text, row->simulated, "");
        flyt_text_add(text, ",");
        add_number(text, row->spread, "");
        flyt_text_add(text, ",%s\n", end->fault != NULL ? "no_run" : verdict_name(row->verdict));
    }
}

static void add_json(struct flyt_text *text, const struct flyt_end *end, uint32_t n, bool first)
{
    flyt_text_add(text, "%s\n  {\"parameter\": \"%s\", \"value\": ", first ? "" : ",", end->name);
    add_number(text, end->value, "null");
    flyt_text_add(text, ", \"fault\": ");
    if (end->fault == NULL) {
        flyt_text_add(text, "null");
    } else {
        flyt_describe_json(text, end->fault);
    }
    flyt_text_add(text, ", \"targets\": {");
    for (uint32_t k = 0; k < n; k++) {
        const struct flyt_validate_row *row = &end->row[k];
        flyt_text_add(text, k == 0 ? "" : ", ");
        flyt_describe_json(text, row->target->name);
        flyt_text_add(text, ": {\"simulated\": ");
        add_number(text, row->simulated, "null");
        flyt_text_add(text, ", \"verdict\": \"%s\"}", verdict_name(row->verdict));
    }
    flyt_text_add(text, "}}");
}

static void add_all(const struct flyt_cli *cli, struct flyt_text *text, const struct flyt_end *end,
                    uint32_t n, const struct flyt_targets *targets,
                    enum flyt_validate_format format)
{
    if (format == FLYT_VALIDATE_csv) {
        flyt_text_add(text, "parameter,value,target,known,simulated,spread,verdict\n");
    } else if (format == FLYT_VALIDATE_json) {
        flyt_text_add(text, "{\"ends\": [");
    }
    for (uint32_t i = 0; i < n; i++) {
        switch (format) {
        case FLYT_VALIDATE_table:
            add_table_line(cli, text, &end[0], &end[i], targets);
            break;
        case FLYT_VALIDATE_csv:
            add_csv(text, &end[i], targets->n);
            break;
        case FLYT_VALIDATE_json:
            add_json(text, &end[i], targets->n, i == 0);
            break;
        }
    }
    flyt_text_add(text, format == FLYT_VALIDATE_json ? "\n]}\n" : "");
}

enum flyt_status flyt_cli_ends(struct flyt_cli *cli, const struct flyt_scenario *scenario,
                               const struct flyt_targets *targets, uint32_t n_replicates,
                               enum flyt_validate_format format)
{
    struct flyt_tuning tuning;
    struct flyt_end *end = NULL;
    uint32_t n = 0;
    struct shown shown = {.bar = flyt_cli_bar_open(cli, 0.0)};
    struct flyt_ends_options options = {.n_replicates = n_replicates,
                                        .par = flyt_par_default(cli->n_threads),
                                        .progress = show,
                                        .progress_job = &shown};
    struct flyt_text text = {.arena = cli->arena};
    FLYT_TRY(flyt_tuning_take(flyt_scenario_table(scenario, "calibration"), scenario->model,
                              targets, cli->arena, &tuning, cli->diag));
    FLYT_TRY(flyt_ends_list(scenario, &tuning, flyt_cli_text(cli, "ends"), cli->arena, &end, &n,
                            cli->diag));
    shown.what = flyt_arena_printf(cli->arena, flyt_cli_say(cli, "%u runs", "%u kørsler"), n);
    if (shown.what == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_ends_run(scenario, targets, &options, cli->arena, end, n, cli->diag));
    add_all(cli, &text, end, n, targets, format);
    if (text.failed) {
        return FLYT_ERR_MEMORY;
    }
    (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    return FLYT_OK;
}

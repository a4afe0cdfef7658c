#include "sim/cli_follow.h"

#include <stdio.h>

#include "output/compare_track.h"
#include "sim/cli_result.h"

enum flyt_status flyt_cli_follow(struct flyt_cli *cli, struct flyt_track *track, uint32_t n_arms,
                                 uint32_t arm, uint32_t n_years, struct flyt_run_options *run)
{
    if (track == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_track_open(&track[arm], run->n_replicates, n_years, cli->arena));
    for (uint32_t i = 1; arm == 0 && i <= n_arms; i++) {
        FLYT_TRY(flyt_track_want(&track[0], &track[i]));
    }
    run->watch = flyt_track_watch;
    run->watch_job = &track[arm];
    return FLYT_OK;
}

enum flyt_status flyt_cli_follow_tell(struct flyt_cli *cli, const struct flyt_track *track,
                                      const struct flyt_compare_arm *arm, uint32_t n_arms,
                                      const struct flyt_compare_page *page, const char *folder)
{
    struct flyt_text text = {.arena = cli->arena}, csv = text, leak = text;
    for (uint32_t a = 1; track != NULL && a <= n_arms; a++) {
        struct flyt_track_table table;
        FLYT_TRY(flyt_track_compare(&track[a], &track[0], cli->arena, &table));
        if (n_arms > 1 && table.measured) {
            flyt_text_add(&text, "\n== %s ==\n", flyt_cli_say(cli, arm[a].en, arm[a].da));
        }
        FLYT_TRY(flyt_track_write(&table, page, &text));
        FLYT_TRY(flyt_track_csv(&table, arm[a].name, a == 1, &csv));
        FLYT_TRY(flyt_leak_csv(&table, arm[a].name, page->start_year, a == 1, &leak));
    }
    if (text.n > 0) {
        (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    }
    if (folder == NULL || track == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_cli_result_csv(cli, folder, "tracking.csv", &csv));
    return flyt_cli_result_csv(cli, folder, "leakage.csv", &leak);
}

void flyt_cli_follow_end(struct flyt_track *track, uint32_t n_arms)
{
    for (uint32_t a = 0; track != NULL && a <= n_arms; a++) {
        flyt_track_close(&track[a]);
    }
}

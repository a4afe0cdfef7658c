#include "sim/cli_targets.h"

#include "sim/fileio.h"

enum flyt_status flyt_cli_targets(struct flyt_cli *cli, const struct flyt_scenario *scenario,
                                  struct flyt_targets *out)
{
    static const struct flyt_table_spec spec = FLYT_TARGETS_TABLE;
    enum { MOST_BYTES = 16 << 20 };
    const char *path = flyt_cli_text(cli, "targets");
    const struct flyt_table *table =
        scenario == NULL ? NULL : flyt_scenario_table(scenario, "targets");
    if (path != NULL) {
        struct flyt_bytes bytes;
        struct flyt_table *read = FLYT_ARENA_ZERO(cli->arena, struct flyt_table, 1);
        if (read == NULL) {
            return FLYT_ERR_MEMORY;
        }
        FLYT_TRY(flyt_fileio_read(path, MOST_BYTES, (struct flyt_place){0}, cli->arena, &bytes,
                                  cli->diag));
        FLYT_TRY(flyt_table_load(&spec, &bytes, NULL, 0, cli->arena, read, cli->diag));
        read->present = true;
        table = read;
    }
    FLYT_TRY(flyt_targets_take(table, cli->arena, out, cli->diag));
    if (out->n == 0) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "there are no targets: give --targets FILE.csv, or name a table "
                               "'targets' in the scenario",
                               "der er ingen mål: giv --targets FIL.csv, eller nævn en tabel "
                               "'targets' i scenariet");
    }
    return FLYT_OK;
}

enum flyt_status flyt_cli_sampled(struct flyt_cli *cli, struct flyt_scenario *out)
{
    uint64_t k = 1;
    FLYT_TRY(flyt_cli_count(cli, "sample", 1, 1000, &k));
    FLYT_TRY(flyt_cli_scenario(cli, out));
    if (k == 1) {
        return FLYT_OK;
    }
    if (out->model->sample == NULL) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--sample: the model %s cannot be sampled",
                               "--sample: modellen %s kan ikke tages som stikprøve",
                               out->model->name);
    }
    return out->model->sample(out, (uint32_t)k, cli->arena, cli->diag);
}

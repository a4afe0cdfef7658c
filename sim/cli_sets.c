/* --set, and --set-file with --row: parameters from a row of a CSV. See cli.h. */
#include <string.h>

#include "sim/cli.h"
#include "sim/csv.h"
#include "sim/fileio.h"

static enum flyt_status no_such_row(struct flyt_cli *cli, uint64_t row, uint32_t n)
{
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                           "--row: there is no row %llu; the file has %u",
                           "--row: der er ingen række %llu; filen har %u", (unsigned long long)row,
                           n);
}

/** --years of `flyt run`, as what --set would say: so it is kept in the file with the others. */
static enum flyt_status add_years(struct flyt_cli *cli, const char *const **sets, uint32_t *n_sets)
{
    uint64_t years = 0;
    FLYT_TRY(flyt_cli_count(cli, "years", 1, 1000, &years));
    const char **all = FLYT_ARENA_ARRAY(cli->arena, const char *, *n_sets + 1);
    const char *set = flyt_arena_printf(cli->arena, "years=%llu", (unsigned long long)years);
    if (all == NULL || set == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < *n_sets; i++) {
        all[i] = (*sets)[i];
    }
    all[*n_sets] = set;
    *sets = all;
    *n_sets += 1;
    return FLYT_OK;
}

enum flyt_status flyt_cli_sets(struct flyt_cli *cli, const char *const **sets, uint32_t *n_sets)
{
    enum { MOST_BYTES = 64 << 20 };
    const char *path = flyt_cli_text(cli, "set-file");
    uint64_t row = 1;
    *sets = flyt_cli_texts(cli, "set", n_sets);
    if (cli->command == &flyt_cli_run && flyt_cli_given(cli, "years")) {
        FLYT_TRY(add_years(cli, sets, n_sets));
    }
    FLYT_TRY(flyt_cli_count(cli, "row", 1, UINT32_MAX, &row));
    if (path == NULL) {
        return FLYT_OK;
    }
    struct flyt_bytes bytes;
    struct flyt_csv csv;
    FLYT_TRY(
        flyt_fileio_read(path, MOST_BYTES, (struct flyt_place){0}, cli->arena, &bytes, cli->diag));
    FLYT_TRY(flyt_csv_parse(&bytes, cli->arena, &csv, cli->diag));
    const char **all = FLYT_ARENA_ARRAY(cli->arena, const char *, csv.n_columns + *n_sets + 1);
    if (all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (row > csv.n_rows) {
        return no_such_row(cli, row, csv.n_rows);
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < csv.n_columns; i++) {
        const struct flyt_cell *cell = &csv.cell[(size_t)(row - 1) * csv.n_columns + i];
        if (strchr(csv.header[i].text, '.') == NULL || cell->length == 0) {
            continue; /* no parameter: the number of the set, how far it is from the targets */
        }
        all[n] = flyt_arena_printf(cli->arena, "%s=%s", csv.header[i].text, cell->text);
        if (all[n++] == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    for (uint32_t i = 0; i < *n_sets; i++) { /* --set wins: it comes later */
        all[n++] = (*sets)[i];
    }
    *sets = all;
    *n_sets = n;
    return FLYT_OK;
}

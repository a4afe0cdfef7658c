/* --set, and --set-file with --row or --rows: parameters from rows of a CSV. See cli.h. */
#include <stdlib.h>
#include <string.h>

#include "sim/cli.h"
#include "sim/csv.h"
#include "sim/fileio.h"

static enum flyt_status no_such_row(struct flyt_cli *cli, const char *option, uint64_t row,
                                    uint32_t n)
{
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                           "--%s: there is no row %llu; the file has %u",
                           "--%s: der er ingen række %llu; filen har %u", option,
                           (unsigned long long)row, n);
}

/** --years of `flyt run`, as what --set would say: so it is kept in the file with the others. */
static enum flyt_status add_years(struct flyt_cli *cli, const char *const **sets, uint32_t *n_sets)
{
    uint64_t years = 0;
    FLYT_TRY(flyt_cli_count(cli, "years", 1, 200, &years));
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

static enum flyt_status read_rows(struct flyt_cli *cli, const char *path, struct flyt_csv *csv)
{
    enum { MOST_BYTES = 64 << 20 };
    struct flyt_bytes bytes;
    FLYT_TRY(
        flyt_fileio_read(path, MOST_BYTES, (struct flyt_place){0}, cli->arena, &bytes, cli->diag));
    return flyt_csv_parse(&bytes, cli->arena, csv, cli->diag);
}

enum flyt_status flyt_cli_sets(struct flyt_cli *cli, const char *const **sets, uint32_t *n_sets)
{
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
    struct flyt_csv csv;
    row = cli->row > 0 ? cli->row : row;
    FLYT_TRY(read_rows(cli, path, &csv));
    const char **all = FLYT_ARENA_ARRAY(cli->arena, const char *, csv.n_columns + *n_sets + 1);
    if (all == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (row > csv.n_rows) {
        return no_such_row(cli, "row", row, csv.n_rows);
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

/* ---- --rows -------------------------------------------------------------------------------- */

static enum flyt_status bad_rows(struct flyt_cli *cli, const char *given)
{
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                           "--rows: '%s' names no rows; write 1-10, or 1,3,5, or all",
                           "--rows: '%s' er ingen rækker; skriv 1-10, eller 1,3,5, eller all",
                           given);
}

/** A whole number from 1; *at moves behind it. */
static bool take_number(const char **at, uint64_t *value)
{
    char *end;
    if (**at < '0' || **at > '9') {
        return false;
    }
    *value = strtoull(*at, &end, 10);
    *at = end;
    return *value > 0;
}

/** One of "7" and "3-9", each row once. */
static enum flyt_status add_rows(struct flyt_cli *cli, const char *given, const char **at,
                                 uint32_t n_rows, bool *taken, uint32_t *row, uint32_t *n)
{
    uint64_t first = 0, last = 0;
    if (!take_number(at, &first)) {
        return bad_rows(cli, given);
    }
    last = first;
    if (**at == '-') {
        (*at)++;
        if (!take_number(at, &last) || last < first) {
            return bad_rows(cli, given);
        }
    }
    if (last > n_rows) {
        return no_such_row(cli, "rows", last, n_rows);
    }
    for (uint32_t i = (uint32_t)first; i <= last; i++) {
        if (taken[i]) {
            return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                                   "--rows: row %u is named twice",
                                   "--rows: række %u er nævnt to gange", i);
        }
        taken[i] = true;
        row[(*n)++] = i;
    }
    return FLYT_OK;
}

enum flyt_status flyt_cli_rows(struct flyt_cli *cli, const uint32_t **row, uint32_t *n)
{
    const char *given = flyt_cli_text(cli, "rows"), *path = flyt_cli_text(cli, "set-file");
    struct flyt_csv csv;
    *n = 0;
    if (given == NULL) {
        return FLYT_OK;
    }
    if (path == NULL || flyt_cli_given(cli, "row")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--rows names rows of --set-file, and stands instead of --row",
                               "--rows nævner rækker i --set-file og står i stedet for --row");
    }
    FLYT_TRY(read_rows(cli, path, &csv));
    uint32_t *rows = FLYT_ARENA_ARRAY(cli->arena, uint32_t, (size_t)csv.n_rows + 1);
    bool *taken = FLYT_ARENA_ZERO(cli->arena, bool, (size_t)csv.n_rows + 1);
    if (rows == NULL || taken == NULL) {
        return FLYT_ERR_MEMORY;
    }
    *row = rows;
    if (csv.n_rows == 0) {
        return no_such_row(cli, "rows", 1, 0);
    }
    if (strcmp(given, "all") == 0) {
        for (; *n < csv.n_rows; (*n)++) {
            rows[*n] = *n + 1;
        }
        return FLYT_OK;
    }
    const char *at = given;
    FLYT_TRY(add_rows(cli, given, &at, csv.n_rows, taken, rows, n));
    while (*at == ',') {
        at++;
        FLYT_TRY(add_rows(cli, given, &at, csv.n_rows, taken, rows, n));
    }
    return *at == '\0' ? FLYT_OK : bad_rows(cli, given);
}

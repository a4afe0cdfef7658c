/* --set, and --set-file with --row or --rows: parameters from rows of a CSV. See cli.h. */
#include <stdlib.h>
#include <string.h>

#include "sim/cli.h"
#include "sim/csv.h"
#include "sim/fileio.h"
#include "sim/text.h"

/** @param row  as it was given. */
static enum flyt_status no_such_row(struct flyt_cli *cli, const char *option, const char *row,
                                    const struct flyt_csv *csv)
{
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                           "--%s: there is no row %s; %s has rows 1 to %u",
                           "--%s: der er ingen række %s; %s har række 1 til %u", option,
                           flyt_text_quote(quoted, row, strlen(row)), csv->file, csv->n_rows);
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

/** A column that stands twice would set the same twice. Without a name: a spreadsheet's margin. */
static enum flyt_status check_columns(struct flyt_cli *cli, const struct flyt_csv *csv)
{
    for (uint32_t i = 0; i < csv->n_columns; i++) {
        const struct flyt_cell *cell = &csv->header[i];
        uint32_t first = flyt_csv_column(csv, cell->text);
        if (cell->length > 0 && first < i) {
            char quoted[FLYT_QUOTE_SIZE];
            return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO, flyt_csv_place(csv, FLYT_NONE, i),
                                   "the column \"%s\" stands twice",
                                   "kolonnen \"%s\" står der to gange",
                                   flyt_text_quote(quoted, cell->text, cell->length));
        }
    }
    return FLYT_OK;
}

static enum flyt_status read_rows(struct flyt_cli *cli, const char *path, struct flyt_csv *csv)
{
    enum { MOST_BYTES = 64 << 20 };
    struct flyt_bytes bytes;
    FLYT_TRY(
        flyt_fileio_read(path, MOST_BYTES, (struct flyt_place){0}, cli->arena, &bytes, cli->diag));
    FLYT_TRY(flyt_csv_parse(&bytes, cli->arena, csv, cli->diag));
    FLYT_TRY(check_columns(cli, csv));
    if (csv->n_rows == 0) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO,
                               (struct flyt_place){csv->file, csv->header_line, 1},
                               "there are no rows below the column names; one row is one set",
                               "der er ingen rækker under kolonnenavnene; én række er ét sæt");
    }
    return FLYT_OK;
}

/** The row that is asked for, from 1. */
static enum flyt_status take_row(struct flyt_cli *cli, const struct flyt_csv *csv, uint32_t *row)
{
    const char *text = flyt_cli_text(cli, "row");
    double number = 1;
    *row = cli->row;
    if (cli->row > 0) {
        return FLYT_OK; /* of --rows, which has looked */
    }
    if (text != NULL &&
        (flyt_text_number(text, strlen(text), &number) != FLYT_NUMBER_ok || number < 1 ||
         number > csv->n_rows || number != (double)(uint32_t)number)) {
        return no_such_row(cli, "row", text, csv);
    }
    *row = (uint32_t)number;
    return FLYT_OK;
}

/** Notes the columns that name no parameter, for `flyt check` to tell. */
static enum flyt_status note_columns(struct flyt_cli *cli, const struct flyt_csv *csv)
{
    struct flyt_text text = {.arena = cli->arena};
    for (uint32_t i = 0; i < csv->n_columns; i++) {
        const struct flyt_cell *cell = &csv->header[i];
        if (cell->length > 0 && strchr(cell->text, '.') == NULL) {
            char quoted[FLYT_QUOTE_SIZE];
            flyt_text_add(&text, text.n == 0 ? "%s" : ", %s",
                          flyt_text_quote(quoted, cell->text, cell->length));
        }
    }
    cli->no_parameters = text.n == 0 ? NULL : text.bytes;
    return text.failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/** Adds the parameters of a row to `set`, and to `place` where each stands. */
static enum flyt_status add_row(struct flyt_cli *cli, const struct flyt_csv *csv, uint32_t row,
                                const char **set, struct flyt_place *place, uint32_t *n)
{
    for (uint32_t i = 0; i < csv->n_columns; i++) {
        const struct flyt_cell *cell = &csv->cell[(size_t)(row - 1) * csv->n_columns + i];
        if (strchr(csv->header[i].text, '.') == NULL || cell->length == 0) {
            continue; /* no parameter: the number of the set, how far it is from the targets */
        }
        struct flyt_place at = flyt_csv_place(csv, row - 1, i);
        set[*n] = flyt_arena_printf(cli->arena, "%s=%s", csv->header[i].text, cell->text);
        place[*n].file = flyt_arena_printf(
            cli->arena, flyt_cli_say(cli, "%s:%u:%u: row %u", "%s:%u:%u: række %u"), at.file,
            at.line, at.column, row);
        if (set[*n] == NULL || place[*n].file == NULL) {
            return FLYT_ERR_MEMORY;
        }
        *n += 1;
    }
    return FLYT_OK;
}

enum flyt_status flyt_cli_sets(struct flyt_cli *cli, struct flyt_scenario_options *options)
{
    const char *path = flyt_cli_text(cli, "set-file");
    options->set = flyt_cli_texts(cli, "set", &options->n_sets);
    if (cli->command == &flyt_cli_run && flyt_cli_given(cli, "years")) {
        FLYT_TRY(add_years(cli, &options->set, &options->n_sets));
    }
    if (path == NULL && flyt_cli_given(cli, "row")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--row names a row of --set-file, which is not given",
                               "--row nævner en række i --set-file, som ikke er angivet");
    }
    if (path == NULL) {
        return FLYT_OK;
    }
    struct flyt_csv csv;
    uint32_t row, n = 0;
    FLYT_TRY(read_rows(cli, path, &csv));
    FLYT_TRY(take_row(cli, &csv, &row));
    FLYT_TRY(note_columns(cli, &csv));
    size_t most = (size_t)csv.n_columns + options->n_sets + 1;
    const char **all = FLYT_ARENA_ARRAY(cli->arena, const char *, most);
    struct flyt_place *place = FLYT_ARENA_ZERO(cli->arena, struct flyt_place, most);
    if (all == NULL || place == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(add_row(cli, &csv, row, all, place, &n));
    for (uint32_t i = 0; i < options->n_sets; i++) { /* --set wins: it comes later */
        place[n].file = "--set";
        all[n++] = options->set[i];
    }
    options->set = all;
    options->set_place = place;
    options->n_sets = n;
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
                                 const struct flyt_csv *csv, bool *taken, uint32_t *row,
                                 uint32_t *n)
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
    if (last > csv->n_rows) {
        const char *row_text = flyt_arena_printf(cli->arena, "%llu", (unsigned long long)last);
        return row_text == NULL ? FLYT_ERR_MEMORY : no_such_row(cli, "rows", row_text, csv);
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
    if (strcmp(given, "all") == 0) {
        for (; *n < csv.n_rows; (*n)++) {
            rows[*n] = *n + 1;
        }
        return FLYT_OK;
    }
    const char *at = given;
    FLYT_TRY(add_rows(cli, given, &at, &csv, taken, rows, n));
    while (*at == ',') {
        at++;
        FLYT_TRY(add_rows(cli, given, &at, &csv, taken, rows, n));
    }
    return *at == '\0' ? FLYT_OK : bad_rows(cli, given);
}

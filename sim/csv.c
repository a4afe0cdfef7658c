/* Comma-separated text to cells with their places. See csv.h. */
#include "sim/csv.h"

#include <stdio.h>
#include <string.h>

#include "sim/text.h"

enum { LINE_BYTES = 64 << 10, COLUMNS = 1024 };

/** The file while it is read. Cells are unquoted in place in `bytes`, a copy of `raw`. */
struct reader {
    struct flyt_csv *csv;
    struct flyt_diag *diag;
    const char *raw;
    char *bytes;
    size_t n, at;
    uint32_t line;
    bool either;             /* commas or semicolons: the header tells */
    bool stopped;            /* nothing behind this can be told apart any more */
    enum flyt_status status; /* of the first fault */
    struct flyt_cell *cell;  /* [capacity] of the line being read */
    uint32_t n_cells, capacity;
};

static struct flyt_place here(const struct reader *reader, uint32_t column)
{
    return (struct flyt_place){reader->csv->file, reader->line, column};
}

static void note(struct reader *reader, enum flyt_status status)
{
    reader->status = reader->status == FLYT_OK ? status : reader->status;
}

/** A quoted cell whose opening quote is at *at: unquotes it in place. False: a fault was noted. */
static bool read_quoted(struct reader *reader, size_t end, size_t *at, uint32_t column,
                        struct flyt_cell *cell)
{
    char *bytes = reader->bytes;
    size_t from = *at + 1, to = from, begin = from;
    while (from < end && (bytes[from] != '"' || (from + 1 < end && bytes[from + 1] == '"'))) {
        from += bytes[from] == '"';
        bytes[to++] = bytes[from++];
    }
    if (from >= end) {
        reader->stopped = true;
        note(reader,
             flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, column),
                             "this quote is not closed on its line (a cell cannot hold a line "
                             "break); what follows was not read",
                             "dette anførselstegn lukkes ikke på sin linje (en celle kan ikke "
                             "rumme linjeskift); resten er ikke læst"));
        return false;
    }
    if (from + 1 < end && bytes[from + 1] != reader->csv->separator) {
        uint32_t behind = column + (uint32_t)flyt_text_length(reader->raw + *at, from + 1 - *at);
        note(reader,
             flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, behind),
                             "text behind a closing quote; a quote inside a cell is written twice",
                             "tekst efter et lukkende anførselstegn; et anførselstegn i en celle "
                             "skrives to gange"));
        return false;
    }
    *cell = (struct flyt_cell){bytes + begin, (uint32_t)(to - begin), column};
    bytes[to] = '\0';
    *at = from + 1;
    return true;
}

static enum flyt_status stray_quote(const struct reader *reader, uint32_t column)
{
    return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, column),
                           "a stray quote (\"): quotes stand around the whole cell",
                           "et løst anførselstegn (\"): de står om hele cellen");
}

static enum flyt_status stray_tab(const struct reader *reader, uint32_t column)
{
    return flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, column),
                           "a tab; columns are separated by commas or by semicolons",
                           "en tabulator; kolonner adskilles af kommaer eller af semikoloner");
}

/** A cell without quotes. False: a fault was noted. */
static bool read_plain(struct reader *reader, size_t end, size_t *at, uint32_t column,
                       struct flyt_cell *cell)
{
    size_t begin = *at, to = begin;
    for (; to < end && reader->bytes[to] != reader->csv->separator; to++) {
        char c = reader->bytes[to];
        if (c != '"' && c != '\t') {
            continue;
        }
        column += (uint32_t)flyt_text_length(reader->bytes + begin, to - begin);
        note(reader, c == '"' ? stray_quote(reader, column) : stray_tab(reader, column));
        return false;
    }
    *cell = (struct flyt_cell){reader->bytes + begin, (uint32_t)(to - begin), column};
    *at = to;
    return true;
}

/** Splits bytes [begin, end) into reader->cell. False: a fault was noted. */
static bool read_cells(struct reader *reader, size_t begin, size_t end)
{
    uint32_t column = 1;
    reader->n_cells = 0;
    for (size_t at = begin;;) {
        size_t from = at;
        struct flyt_cell cell;
        bool quoted = at < end && reader->bytes[at] == '"';
        if (!(quoted ? read_quoted(reader, end, &at, column, &cell)
                     : read_plain(reader, end, &at, column, &cell))) {
            return false;
        }
        if (reader->n_cells < reader->capacity) {
            reader->cell[reader->n_cells] = cell;
        }
        reader->n_cells++;
        reader->bytes[at] = '\0';
        if (at >= end) {
            return true;
        }
        column += (uint32_t)flyt_text_length(reader->raw + from, at - from) + 1;
        at++;
    }
}

/** The next line [*begin, *end) without its line end. False at the end of the file. */
static bool next_line(struct reader *reader, size_t *begin, size_t *end)
{
    if (reader->stopped || reader->at >= reader->n) {
        return false;
    }
    const char *from = reader->raw + reader->at;
    const char *lf = memchr(from, '\n', reader->n - reader->at);
    *begin = reader->at;
    *end = lf == NULL ? reader->n : (size_t)(lf - reader->raw);
    reader->at = *end + 1;
    reader->line++;
    if (*end > *begin && reader->raw[*end - 1] == '\r') {
        *end -= 1;
    }
    return true;
}

/** Whether a line can be split at all: neither empty nor endless. */
static bool check_line(struct reader *reader, size_t begin, size_t end)
{
    if (end == begin) {
        note(reader, flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, 1),
                                     "an empty line; every line holds one row",
                                     "en tom linje; hver linje rummer en række"));
    } else if (end - begin > LINE_BYTES) {
        note(reader, flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, 1),
                                     "a line of %zu bytes; at most %d are allowed",
                                     "en linje på %zu byte; højst %d er tilladt", end - begin,
                                     (int)LINE_BYTES));
    }
    return end > begin && end - begin <= LINE_BYTES;
}

static bool check_header(struct reader *reader, size_t begin)
{
    struct flyt_csv *csv = reader->csv;
    if (reader->n_cells > COLUMNS) {
        note(reader,
             flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, 1),
                             "%u columns; at most %d are allowed",
                             "%u kolonner; højst %d er tilladt", reader->n_cells, (int)COLUMNS));
        return false;
    }
    const char *semicolon = strchr(reader->cell[0].text, ';');
    if (reader->n_cells == 1 && semicolon != NULL) {
        uint32_t column = 1 + (uint32_t)flyt_text_length(
                                  reader->raw + begin, (size_t)(semicolon - reader->cell[0].text));
        note(reader, flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, column),
                                     "columns are separated by semicolons; use commas, and points "
                                     "in numbers",
                                     "kolonner er adskilt af semikolon; brug komma, og punktum i "
                                     "tal"));
        return false;
    }
    csv->n_columns = reader->n_cells;
    csv->header_line = reader->line;
    return true;
}

/** Semicolon when the header has some, and no comma, outside quotes. */
static char separator_of(const char *header, size_t n)
{
    char found = ',';
    bool in_quotes = false;
    for (size_t i = 0; i < n; i++) {
        in_quotes ^= header[i] == '"';
        if (!in_quotes && header[i] == ',') {
            return ',';
        }
        found = !in_quotes && header[i] == ';' ? ';' : found;
    }
    return found;
}

/** Finds and splits the header. False: a fault was noted. */
static bool read_header(struct reader *reader)
{
    size_t begin = 0, end = 0;
    do {
        if (!next_line(reader, &begin, &end)) {
            reader->line = reader->line == 0 ? 1 : reader->line;
            note(reader,
                 flyt_diag_fault(
                     reader->diag, FLYT_ERR_SCENARIO, here(reader, 1),
                     reader->n == 0 ? "the file is empty; a line of column names is needed"
                                    : "no line of column names in this file",
                     reader->n == 0 ? "filen er tom; der skal være en linje med kolonnenavne"
                                    : "der er ingen linje med kolonnenavne i filen"));
            return false;
        }
    } while (reader->raw[begin] == '#');
    if (reader->either) {
        reader->csv->separator = separator_of(reader->raw + begin, end - begin);
    }
    return check_line(reader, begin, end) && read_cells(reader, begin, end) &&
           check_header(reader, begin);
}

/** A row that has too few or too many cells. */
static void report_length(struct reader *reader, size_t begin, size_t end)
{
    const struct flyt_csv *csv = reader->csv;
    if (reader->n_cells < csv->n_columns) {
        char quoted[FLYT_QUOTE_SIZE];
        const struct flyt_cell *missing = &csv->header[reader->n_cells];
        uint32_t column = 1 + (uint32_t)flyt_text_length(reader->raw + begin, end - begin);
        note(reader, flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO, here(reader, column),
                                     "the row ends after %u of %u cells; \"%s\" is missing",
                                     "rækken slutter efter %u af %u celler; \"%s\" mangler",
                                     reader->n_cells, csv->n_columns,
                                     flyt_text_quote(quoted, missing->text, missing->length)));
    } else {
        const char *comma = reader->diag->lang == FLYT_DA ? "komma" : "comma";
        const char *mark = csv->separator == ','           ? comma
                           : reader->diag->lang == FLYT_DA ? "semikolon"
                                                           : "semicolon";
        note(reader, flyt_diag_fault(reader->diag, FLYT_ERR_SCENARIO,
                                     here(reader, reader->cell[csv->n_columns].column),
                                     "the row has %u cells, the header %u; a cell that holds a "
                                     "%s stands in quotes",
                                     "rækken har %u celler, overskriften %u; en celle med %s "
                                     "skal stå i anførselstegn",
                                     reader->n_cells, csv->n_columns, mark));
    }
}

/** Reads all rows; those with faults are noted and left out. */
static void read_rows(struct reader *reader)
{
    struct flyt_csv *csv = reader->csv;
    size_t begin = 0, end = 0;
    while (next_line(reader, &begin, &end)) {
        if (!check_line(reader, begin, end) || !read_cells(reader, begin, end)) {
            continue;
        }
        if (reader->n_cells != csv->n_columns) {
            report_length(reader, begin, end);
            continue;
        }
        memcpy(csv->cell + (size_t)csv->n_rows * csv->n_columns, reader->cell,
               csv->n_columns * sizeof *reader->cell);
        csv->line[csv->n_rows++] = reader->line;
    }
}

/** Takes memory for as many rows as the rest of the file can hold. */
static enum flyt_status take_rows(struct reader *reader, struct flyt_arena *arena)
{
    struct flyt_csv *csv = reader->csv;
    size_t rest = reader->at < reader->n ? reader->n - reader->at : 0;
    size_t rows = 1 + rest / (csv->n_columns + (csv->n_columns == 1)); /* with commas, line end */
    size_t lines = 1;
    for (size_t i = reader->at; i < reader->n; i++) {
        lines += reader->raw[i] == '\n';
    }
    rows = rows < lines ? rows : lines;
    csv->header = FLYT_ARENA_ARRAY(arena, struct flyt_cell, csv->n_columns);
    csv->cell = FLYT_ARENA_ARRAY(arena, struct flyt_cell, rows * csv->n_columns);
    csv->line = FLYT_ARENA_ARRAY(arena, uint32_t, rows);
    if (csv->header == NULL || csv->cell == NULL || csv->line == NULL || rows >= FLYT_NONE) {
        return FLYT_ERR_MEMORY;
    }
    memcpy(csv->header, reader->cell, csv->n_columns * sizeof *reader->cell);
    return FLYT_OK;
}

static enum flyt_status parse(const struct flyt_bytes *bytes, bool either, struct flyt_arena *arena,
                              struct flyt_csv *out, struct flyt_diag *diag)
{
    *out = (struct flyt_csv){.file = flyt_text_path(arena, bytes->path), .separator = ','};
    struct reader reader = {
        .csv = out, .diag = diag, .raw = bytes->bytes, .n = bytes->n, .either = either};
    reader.capacity = COLUMNS + 1;
    reader.cell = FLYT_ARENA_ARRAY(arena, struct flyt_cell, COLUMNS + 1);
    reader.bytes = flyt_arena_copy(arena, bytes->bytes, bytes->n);
    if (out->file == NULL || reader.cell == NULL || reader.bytes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_text_check(out->file, bytes->bytes, bytes->n, diag));
    if (bytes->n >= 3 && memcmp(bytes->bytes, "\xef\xbb\xbf", 3) == 0) {
        reader.raw += 3;
        reader.bytes += 3;
        reader.n -= 3;
    }
    if (!read_header(&reader)) {
        return reader.status;
    }
    FLYT_TRY(take_rows(&reader, arena));
    read_rows(&reader);
    return reader.status;
}

enum flyt_status flyt_csv_parse(const struct flyt_bytes *bytes, struct flyt_arena *arena,
                                struct flyt_csv *out, struct flyt_diag *diag)
{
    return parse(bytes, false, arena, out, diag);
}

enum flyt_status flyt_csv_parse_either(const struct flyt_bytes *bytes, struct flyt_arena *arena,
                                       struct flyt_csv *out, struct flyt_diag *diag)
{
    return parse(bytes, true, arena, out, diag);
}

uint32_t flyt_csv_column(const struct flyt_csv *csv, const char *name)
{
    for (uint32_t i = 0; i < csv->n_columns; i++) {
        if (strcmp(csv->header[i].text, name) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

struct flyt_place flyt_csv_place(const struct flyt_csv *csv, uint32_t row, uint32_t column)
{
    struct flyt_place place = {csv->file, csv->header_line, csv->header[column].column};
    if (row != FLYT_NONE) {
        place.line = csv->line[row];
        place.column = csv->cell[(size_t)row * csv->n_columns + column].column;
    }
    return place;
}

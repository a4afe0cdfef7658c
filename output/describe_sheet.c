/* Reference tables as text, Markdown and JSON. See describe_sheet.h. */
#include "output/describe_sheet.h"

#include <string.h>

enum { COLUMNS = 10, INDENT = 4, WIDTH = 96 };

const char *flyt_describe_say(enum flyt_lang lang, const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static const struct flyt_describe_cell *cell_at(const struct flyt_describe_sheet *sheet,
                                                uint32_t row, uint32_t column)
{
    return &sheet->cell[(size_t)row * sheet->n_columns + column];
}

/** Adds a cell and the spaces that the cells before it are short of. */
static void add_padded(struct flyt_text *text, size_t *behind, const char *string, size_t width)
{
    size_t length = flyt_text_length(string, strlen(string));
    if (length > 0) {
        flyt_text_add(text, "%*s%s", (int)*behind, "", string);
        *behind = 0;
    }
    *behind += length < width ? width - length : 0;
}

/** Adds words in lines of at most WIDTH characters, indented. */
static void add_wrapped(struct flyt_text *text, const char *string)
{
    size_t column = 0;
    while (*string != '\0') {
        size_t word = strcspn(string, " ");
        size_t length = flyt_text_length(string, word);
        if (column == 0 || column + 1 + length > WIDTH) {
            flyt_text_add(text, column == 0 ? "%*s" : "\n%*s", INDENT, "");
            column = INDENT;
        } else {
            flyt_text_put(text, " ", 1);
            column++;
        }
        flyt_text_put(text, string, word);
        column += length;
        string += word;
        string += strspn(string, " ");
    }
    flyt_text_put(text, "\n", column > 0);
}

/** Aligned columns; long texts under their row. Columns that are empty throughout are left out. */
static void write_text(struct flyt_text *text, const struct flyt_describe_sheet *sheet,
                       enum flyt_lang lang)
{
    size_t width[COLUMNS] = {0}, behind = 0;
    flyt_text_add(text, "%s\n", sheet->title);
    if (sheet->note != NULL) {
        add_wrapped(text, sheet->note);
    }
    flyt_text_add(text, "\n");
    for (uint32_t c = 0; c < sheet->n_columns; c++) {
        for (uint32_t row = 0; row < sheet->n_rows; row++) {
            const char *string = cell_at(sheet, row, c)->text;
            size_t length = flyt_text_length(string, strlen(string));
            width[c] = length > width[c] ? length : width[c];
        }
        const char *head = flyt_describe_say(lang, sheet->column[c].en, sheet->column[c].da);
        size_t length = flyt_text_length(head, strlen(head));
        width[c] = width[c] > 0 && length > width[c] ? length : width[c];
        if (width[c] > 0 && !sheet->column[c].below) {
            add_padded(text, &behind, head, width[c] + 2);
        }
    }
    flyt_text_add(text, "\n");
    for (uint32_t row = 0; row < sheet->n_rows; row++) {
        behind = 0;
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            if (width[c] > 0 && !sheet->column[c].below) {
                add_padded(text, &behind, cell_at(sheet, row, c)->text, width[c] + 2);
            }
        }
        flyt_text_add(text, "\n");
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            if (sheet->column[c].below) {
                add_wrapped(text, cell_at(sheet, row, c)->text);
            }
        }
    }
    flyt_text_add(text, "\n");
}

static void add_markdown(struct flyt_text *text, const char *string)
{
    for (const char *at = string; *at != '\0'; at++) {
        if (strchr("|\\*_<>`[]", *at) != NULL) {
            flyt_text_put(text, "\\", 1);
        }
        flyt_text_put(text, *at == '\n' ? " " : at, 1);
    }
}

static void write_markdown(struct flyt_text *text, const struct flyt_describe_sheet *sheet,
                           enum flyt_lang lang)
{
    flyt_text_add(text, "## ");
    add_markdown(text, sheet->title);
    flyt_text_add(text, "\n\n");
    if (sheet->note != NULL) {
        add_markdown(text, sheet->note);
        flyt_text_add(text, "\n\n");
    }
    flyt_text_add(text, "|");
    for (uint32_t c = 0; c < sheet->n_columns; c++) {
        flyt_text_add(text, " %s |",
                      flyt_describe_say(lang, sheet->column[c].en, sheet->column[c].da));
    }
    flyt_text_add(text, "\n|");
    for (uint32_t c = 0; c < sheet->n_columns; c++) {
        flyt_text_add(text, " --- |");
    }
    for (uint32_t row = 0; row < sheet->n_rows; row++) {
        flyt_text_add(text, "\n|");
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            flyt_text_add(text, " ");
            add_markdown(text, cell_at(sheet, row, c)->text);
            flyt_text_add(text, " |");
        }
    }
    flyt_text_add(text, "\n\n");
}

/** One object a row, in one array over all sheets. */
static void write_json(struct flyt_text *text, const struct flyt_describe_sheet *sheet, bool first)
{
    for (uint32_t row = 0; row < sheet->n_rows; row++) {
        flyt_text_add(text, first && row == 0 ? "{\"model\": " : ",\n {\"model\": ");
        flyt_describe_json(text, sheet->model);
        if (sheet->group != NULL) {
            flyt_text_add(text, ", \"group\": ");
            flyt_describe_json(text, sheet->group);
        }
        for (uint32_t c = 0; c < sheet->n_columns; c++) {
            const struct flyt_describe_cell *cell = cell_at(sheet, row, c);
            flyt_text_add(text, ", \"%s\": ", sheet->column[c].key);
            if (cell->json != NULL) {
                flyt_text_add(text, "%s", cell->json);
            } else {
                flyt_describe_json(text, cell->text);
            }
        }
        flyt_text_add(text, "}");
    }
}

void flyt_describe_write(struct flyt_text *text, const struct flyt_describe_sheet *sheet,
                         enum flyt_describe_format format, enum flyt_lang lang, bool first)
{
    if (sheet->n_rows == 0) {
        return;
    }
    switch (format) {
    case FLYT_DESCRIBE_text:
        write_text(text, sheet, lang);
        break;
    case FLYT_DESCRIBE_markdown:
        write_markdown(text, sheet, lang);
        break;
    case FLYT_DESCRIBE_json:
        write_json(text, sheet, first);
        break;
    }
}

struct flyt_describe_sheet flyt_describe_sheet(struct flyt_arena *arena,
                                               const struct flyt_describe_column *column,
                                               uint32_t n_columns, uint32_t n_rows)
{
    struct flyt_describe_sheet sheet = {.arena = arena, .column = column, .n_columns = n_columns};
    sheet.n_rows = n_rows;
    sheet.cell = FLYT_ARENA_ARRAY(arena, struct flyt_describe_cell, (size_t)n_rows * n_columns);
    for (size_t i = 0; sheet.cell != NULL && i < (size_t)n_rows * n_columns; i++) {
        sheet.cell[i] = (struct flyt_describe_cell){.text = ""};
    }
    return sheet;
}

/**
 * @file describe_sheet.h
 * @brief A reference table of texts, written as text, Markdown or JSON; for describe.c.
 */
#ifndef FLYT_DESCRIBE_SHEET_H
#define FLYT_DESCRIBE_SHEET_H

#include "output/describe.h"

/** A column of a reference table. */
struct flyt_describe_column {
    const char *key, *en, *da;
    bool below; /* in text, written under the row */
};

struct flyt_describe_cell {
    const char *text;
    const char *json; /* NULL: the text as a string */
};

/** One table: the parameters of a group, the variables of a model. */
struct flyt_describe_sheet {
    struct flyt_arena *arena;
    const char *model, *group, *title;
    const char *note; /* a paragraph below the title; NULL: none */
    const struct flyt_describe_column *column;
    uint32_t n_columns, n_rows;
    struct flyt_describe_cell *cell; /* [n_rows][n_columns] */
    bool failed;                     /* out of memory */
};

/** @brief The text in a language. */
const char *flyt_describe_say(enum flyt_lang lang, const char *en, const char *da);

/** @brief A sheet with empty cells; cell NULL when out of memory. */
struct flyt_describe_sheet flyt_describe_sheet(struct flyt_arena *arena,
                                               const struct flyt_describe_column *column,
                                               uint32_t n_columns, uint32_t n_rows);

/** @brief Adds a sheet. @param first  no JSON row was written yet. */
void flyt_describe_write(struct flyt_text *text, const struct flyt_describe_sheet *sheet,
                         enum flyt_describe_format format, enum flyt_lang lang, bool first);

#endif

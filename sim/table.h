/**
 * @file table.h
 * @brief Typed tables: CSV checked against a declaration of its columns.
 */
#ifndef FLYT_TABLE_H
#define FLYT_TABLE_H

#include "sim/csv.h"

enum flyt_column_type {
    FLYT_COLUMN_text,   /* a name people read: not empty, no control characters */
    FLYT_COLUMN_count,  /* whole number, 0 to 2^32 - 2 */
    FLYT_COLUMN_real,   /* number within [low, high] */
    FLYT_COLUMN_choice, /* one of the names in `unit`, "a|b|c"; stored as its index */
    FLYT_COLUMN_ref,    /* a value of a unique text column of an earlier table; stored as its row */
};

struct flyt_column {
    const char *name;
    enum flyt_column_type type;
    const char *unit;
    double low, high;         /* real and count; both 0: no limit but the type's */
    bool unique;              /* no value twice (text, count) */
    bool optional;            /* the column may be absent, a cell empty: NaN, "" or FLYT_NONE */
    const char *refers_table; /* ref: table and its text column */
    const char *refers_column;
    const char *en, *da;
};

struct flyt_table_spec {
    const char *name; /* key under `tables:` in a scenario, "municipalities" */
    const char *en, *da;
    const struct flyt_column *column;
    uint32_t n_columns;
    bool required;
    const char *key_columns; /* "municipality,tenure": no two rows agree in all of these; or NULL */
};

/** A checked table. Column order is the declaration's, not the file's. Arena owns everything. */
struct flyt_table {
    const struct flyt_table_spec *spec;
    bool present;
    bool sound; /* read without a fault, and so is every table it refers to */
    uint32_t n_rows;
    const char ***text;   /* [column][row] for text, else NULL */
    double **value;       /* [column][row] for all other types */
    struct flyt_csv csv;  /* where things stand */
    uint32_t *csv_column; /* [column] column in the file, FLYT_NONE when absent */
};

/**
 * @brief Checks a file against a declaration: missing, extra and duplicate columns, types, ranges,
 *        unknown names (with the nearest known), duplicates, sums past 2^32 - 2 in a count column.
 * @param earlier  tables already loaded that `ref` columns may refer to; [n_earlier].
 */
FLYT_NODISCARD enum flyt_status flyt_table_load(const struct flyt_table_spec *spec,
                                                const struct flyt_bytes *bytes,
                                                const struct flyt_table *earlier,
                                                uint32_t n_earlier, struct flyt_arena *arena,
                                                struct flyt_table *out, struct flyt_diag *diag);

/** @brief Index of a column in the declaration; the name must be declared. */
uint32_t flyt_table_column(const struct flyt_table *table, const char *name);

/** @brief Values of a numeric column, [n_rows]. */
const double *flyt_table_values(const struct flyt_table *table, const char *column);

/** @brief Texts of a text column, [n_rows]. */
const char *const *flyt_table_texts(const struct flyt_table *table, const char *column);

/** @brief Where a cell stands in its file, for messages of later checks. */
struct flyt_place flyt_table_place(const struct flyt_table *table, uint32_t row, uint32_t column);

#endif

/**
 * @file csv.h
 * @brief Comma-separated text to cells with their places; knows nothing of what columns mean.
 *
 * RFC 4180 with one header row, UTF-8 with or without BOM, LF or CRLF, double quotes; lines whose
 * first character is # before the header are comments. Refused with a located message: NUL, lone
 * CR, a newline inside quotes, stray quotes, rows of other lengths, bytes that are no UTF-8,
 * control characters, lines over 64 KiB, an empty file.
 */
#ifndef FLYT_CSV_H
#define FLYT_CSV_H

#include "sim/fileio.h"

struct flyt_cell {
    const char *text; /* NUL-terminated, unquoted */
    uint32_t length;  /* bytes */
    uint32_t column;  /* where it begins, in characters from 1 */
};

struct flyt_csv {
    const char *file;
    char separator;             /* ',' or ';' */
    uint32_t n_columns, n_rows; /* rows without the header */
    struct flyt_cell *header;   /* [n_columns] */
    struct flyt_cell *cell;     /* [n_rows][n_columns] */
    uint32_t *line;             /* [n_rows] line of each row */
    uint32_t header_line;
};

/**
 * @brief Splits bytes into cells. All faults of the file are reported (up to the diag's room).
 * @return FLYT_OK; FLYT_ERR_SCENARIO; FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_csv_parse(const struct flyt_bytes *bytes,
                                               struct flyt_arena *arena, struct flyt_csv *out,
                                               struct flyt_diag *diag);

/** @brief As flyt_csv_parse(); a file whose header has semicolons and no comma outside quotes, as
 *         spreadsheets write it where the decimal mark is a comma, is split at semicolons. */
FLYT_NODISCARD enum flyt_status flyt_csv_parse_either(const struct flyt_bytes *bytes,
                                                      struct flyt_arena *arena,
                                                      struct flyt_csv *out, struct flyt_diag *diag);

/** @brief Index of the column with this name, FLYT_NONE when there is none. */
uint32_t flyt_csv_column(const struct flyt_csv *csv, const char *name);

/** @brief Where a cell stands; row FLYT_NONE: in the header. */
struct flyt_place flyt_csv_place(const struct flyt_csv *csv, uint32_t row, uint32_t column);

#endif

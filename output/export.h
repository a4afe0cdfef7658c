/**
 * @file export.h
 * @brief Series as tables that spreadsheets, pandas and R open without options.
 *
 * One CSV file a series, one row a value: replicate, time, dimensions, value. `variables.csv`
 * beside them says unit, meaning and how each is computed. RFC 4180, UTF-8, LF; dates YYYY-MM-DD. A
 * text that a spreadsheet would take for a formula gets a ' before it. Amounts of money that the
 * result holds in øre (unit 0.01 DKK) are written in kroner with two decimals, unit DKK.
 *
 * `time` is that of the result file: the date at which a stock holds. A flow was counted from the
 * date in `since` up to, not including, that in `time`; the start has no flow and no row.
 */
#ifndef FLYT_EXPORT_H
#define FLYT_EXPORT_H

#include "output/result.h"
#include "sim/fileio.h"
#include "sim/text.h"

struct flyt_export_options {
    enum flyt_lang lang; /* of labels and column names but the series' */
    bool
        decimal_comma; /* for Danish spreadsheets: 0,5 with ; between cells and a byte-order mark */
    const char *folder;     /* made when missing */
    const uint32_t *series; /* [n_series] indices into the result */
    uint32_t n_series;
    bool points; /* of a merged sweep: the first column is the point */
    uint32_t point;
};

/** @brief The table's first line. */
void flyt_export_head(const struct flyt_result *result, uint32_t index,
                      const struct flyt_export_options *options, struct flyt_text *text);

/** @brief Its other lines: of the point in the options, when they have one. */
void flyt_export_rows(const struct flyt_result *result, uint32_t index,
                      const struct flyt_export_options *options, struct flyt_text *text);

/** @brief A text as a cell: quoted where RFC 4180 asks for it, ' before what would be a formula. */
void flyt_export_cell(struct flyt_text *text, const char *cell);

/** @brief Adds a series as CSV to `text`; text->failed when memory ends. */
void flyt_export_series(const struct flyt_result *result, uint32_t index,
                        const struct flyt_export_options *options, struct flyt_text *text);

/** @brief Adds the list of variables as CSV to `text`. */
void flyt_export_variables(const struct flyt_result *result,
                           const struct flyt_export_options *options, struct flyt_text *text);

/**
 * @brief Writes FOLDER/<series>.csv for each series and FOLDER/variables.csv.
 * @return FLYT_OK; ERR_OUTPUT, also when a file of that name is there that flyt export did not
 *         write; ERR_IO; ERR_MEMORY. Files already written stay.
 */
FLYT_NODISCARD enum flyt_status flyt_export_csv(const struct flyt_result *result,
                                                const struct flyt_export_options *options,
                                                struct flyt_diag *diag);

/**
 * @brief Begins the file of a table: FOLDER/NAME.csv, which is absent, empty or a table of this
 *        command's. End it as a part file.
 */
FLYT_NODISCARD enum flyt_status flyt_export_open(const struct flyt_export_options *options,
                                                 const char *name, struct flyt_arena *arena,
                                                 struct flyt_fileio_part *part,
                                                 struct flyt_diag *diag);

/** @brief Writes FOLDER/variables.csv. */
FLYT_NODISCARD enum flyt_status
flyt_export_write_variables(const struct flyt_result *result,
                            const struct flyt_export_options *options, struct flyt_diag *diag);

#endif

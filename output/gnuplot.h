/**
 * @file gnuplot.h
 * @brief Scripts for gnuplot that no text can break out of, and running them without a shell.
 *
 * A double-quoted text runs what stands between backticks, and a data row equal to a block's end
 * word ends the block so that the next row is executed (both measured with gnuplot 5.4). So texts
 * stand in single quotes only, data blocks hold numbers only and end with a word made from the
 * digest of their bytes.
 */
#ifndef FLYT_GNUPLOT_H
#define FLYT_GNUPLOT_H

#include "sim/fileio.h"
#include "sim/text.h"

/**
 * @brief Adds 'text' in single quotes. An apostrophe becomes a typographic one (U+2019): gnuplot
 *        5.4 reads a doubled quote wrongly at the beginning of a text and after another one.
 *        Control characters and bytes that are no UTF-8 become U+FFFD; checked texts have none.
 */
void flyt_gnuplot_quote(struct flyt_text *script, const char *text);

/** @brief Adds `$name << END_...`, the rows and the end word. Rows hold numbers only.
 *  @param rows  lines that each end with a newline. */
void flyt_gnuplot_block(struct flyt_text *script, const char *name, const char *rows, size_t n);

/**
 * @brief Runs `gnuplot -d` on a script; what it writes to its standard output goes to *out.
 * @return FLYT_OK; ERR_PLOT when gnuplot is missing, fails or draws nothing; ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_gnuplot_run(const char *script, size_t n,
                                                 struct flyt_arena *arena, struct flyt_bytes *out,
                                                 struct flyt_diag *diag);

/**
 * @brief Draws a picture and keeps its script beside it: FOLDER/NAME.ENDING and FOLDER/NAME.gp.
 * @param drawn  the script that writes the picture to its standard output.
 * @param kept   the same with a `set output`.
 */
FLYT_NODISCARD enum flyt_status flyt_gnuplot_save(const char *folder, const char *name,
                                                  const char *ending, const struct flyt_text *drawn,
                                                  const struct flyt_text *kept,
                                                  struct flyt_arena *arena, struct flyt_diag *diag);

#endif

/**
 * @file compare_table.h
 * @brief Changes as lines of a table for people, and in what words it is said how sure they are.
 */
#ifndef FLYT_COMPARE_TABLE_H
#define FLYT_COMPARE_TABLE_H

#include "output/compare.h"

/** @brief A number as the reader writes it: "-" for one that is not known, no "-0.00".
 *  @param sign  +1.2 for a change. */
const char *flyt_compare_number(char out[FLYT_COMPARE_NUMBER], double value, int digits, bool sign,
                                enum flyt_lang lang);

/** @brief "1 pair", "7 pairs"; "10 sets of 4 pairs". @param n  pairs of all sets. */
const char *flyt_compare_pairs(char out[FLYT_COMPARE_NUMBER], uint32_t n, uint32_t n_sets,
                               enum flyt_lang lang);

/** @brief "-1.2 to +0.3"; "-" when not known. */
const char *flyt_compare_range(char out[2 * FLYT_COMPARE_NUMBER + 8], double low, double high,
                               int digits, enum flyt_lang lang);

/** @brief Whether all pairs of all sets are alike with and without. */
bool flyt_compare_is_same(const struct flyt_compare_row *row);

/** @brief Whether the interval, of chance and parameters when there are sets, is without 0. */
static inline bool flyt_compare_is_sure(const struct flyt_compare_row *row)
{
    return row->low > 0.0 || row->high < 0.0;
}

/** @brief Whether chance alone would hardly give it, but other parameters may. */
static inline bool flyt_compare_depends(const struct flyt_compare_row *row)
{
    return row->n_sets > 1 && !flyt_compare_is_sure(row) &&
           (row->chance_low > 0.0 || row->chance_high < 0.0);
}

/** @brief "sure", "may be chance", "depends on the parameters", "no change at all" ... */
const char *flyt_compare_how_sure(const struct flyt_compare_row *row, enum flyt_lang lang);

/** @brief A mark of two columns beside a number: " *" sure, " ~" depends on the parameters. */
const char *flyt_compare_mark(const struct flyt_compare_row *row);

/** @brief What the marks mean. */
const char *flyt_compare_legend(uint32_t n_sets, enum flyt_lang lang);

/** @brief Digits with which the numbers say what is said of them: a change that is sure is shown as
 *         more than 0 with an interval that does not reach 0, one that may be chance with an
 *         interval. @param digits  at least. */
int flyt_compare_digits(const struct flyt_compare_row *row, int digits);

/** @brief What a row is called, with its unit; costs are all in the unit of their head. */
const char *flyt_compare_label(struct flyt_text *text, const struct flyt_compare_item *item,
                               enum flyt_lang lang);

/** @brief Pads to a width counted in characters; what is wider is put whole. */
void flyt_compare_put_cell(struct flyt_text *text, const char *cell, size_t width, bool right);

/** @brief The words of a label that fit its column. @return the others, for the lines below. */
const char *flyt_compare_put_label(struct flyt_text *text, const char *label, size_t width);

/** @brief Ends a line, with the words that did not fit below it. */
void flyt_compare_put_rest(struct flyt_text *text, const char *rest, size_t width);

/** @brief A blank line and the heads of a table's columns. @param levels  also without and with. */
void flyt_compare_put_head(struct flyt_text *text, const char *title, bool levels,
                           const struct flyt_compare_page *page);

/** @brief What state, municipalities and almen sector received more, mean of all years: change, low
 *         and high alone. n is 0 when there is no money. */
FLYT_NODISCARD enum flyt_status flyt_compare_public(const struct flyt_compare_items *items,
                                                    const struct flyt_compare_values *before,
                                                    const struct flyt_compare_values *after,
                                                    struct flyt_arena *arena,
                                                    struct flyt_compare_row *row);

/** @brief A line of such a table. */
void flyt_compare_put_row(struct flyt_text *text, const struct flyt_compare_row *row,
                          const struct flyt_compare_page *page);

#endif

/**
 * @file segregation_report.h
 * @brief The table of all indices, as aligned text, CSV or JSON.
 */
#ifndef FLYT_SEGREGATION_REPORT_H
#define FLYT_SEGREGATION_REPORT_H

#include "output/segregation.h"
#include "sim/text.h"

/** One index of one group. NaN: not defined, shown as an empty field. */
struct flyt_segregation_row {
    const char *index;     /* "theil_h" */
    const char *title[2];  /* as people read it, by language */
    const char *group;     /* name of a group, "all" */
    const char *reference; /* "rest", another group, a part of the country, or "" */
    struct flyt_segregation_estimate estimate;
};

struct flyt_segregation_report {
    uint32_t n_rows;
    struct flyt_segregation_row *row;
};

/**
 * @brief Lays out the rows by index, then group in column order.
 * @param group  [n_groups] names.
 * @param parts  decomposition of M, or NULL; part_name [n_parts].
 */
FLYT_NODISCARD enum flyt_status
flyt_segregation_report_build(const struct flyt_segregation_estimates *estimates,
                              const char *const *group, const struct flyt_segregation_parts *parts,
                              const char *const *part_name, struct flyt_arena *arena,
                              struct flyt_segregation_report *out);

/** @brief index,group,reference,value,baseline,corrected,low,high with a header row. */
void flyt_segregation_report_csv(const struct flyt_segregation_report *report,
                                 struct flyt_text *text);

/** @brief An array of objects with the same names; what is not defined is null. */
void flyt_segregation_report_json(const struct flyt_segregation_report *report,
                                  struct flyt_text *text);

/** @brief Aligned columns for people. */
void flyt_segregation_report_table(const struct flyt_segregation_report *report,
                                   enum flyt_lang lang, struct flyt_text *text);

#endif

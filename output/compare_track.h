/**
 * @file compare_track.h
 * @brief What became of those a policy reached, against the same households without it, and how
 *        much of what they gained the deprived areas lost again because they moved.
 *
 * So many years after: at the end of the so-manieth year after the one in which a policy reached a
 * household. Each outcome is a mean over the households that are there in both runs of a pair; the
 * interval is that over pairs.
 *
 * Leakage. Let s be the share outside work and education of those of working age in deprived areas.
 * A pair changes it by ds. With s' and n' the means of share and persons of both runs, a part that
 * adds (do, dn) persons outside work and in all adds (do - s' dn) / n' to ds, and the parts sum to
 * ds exactly: reached and there in both, there only without (they have left), there only with (they
 * were kept, or came), and all others, who came instead. The control without moves has everybody
 * where the run without has them and the reached as the run with has them: ds0. Leakage is
 * 1 - mean ds / mean ds0, its interval Fieller's, told where ds0 is sure. Source: docs/MODEL.md
 * section 1, H1; models/decomposition.h for the sum.
 */
#ifndef FLYT_COMPARE_TRACK_H
#define FLYT_COMPARE_TRACK_H

#include "output/compare.h"
#include "output/track.h"

/** name, unit, digits, English, Danish */
#define FLYT_TRACK_OUTCOMES(X)                                                                     \
    X(here, "%", 1, "Still here", "Stadig her")                                                    \
    X(works, "%", 1, "An adult in work", "En voksen i arbejde")                                    \
    X(outside_work, "%", 1, "Adults outside work and education",                                   \
      "Voksne uden for arbejde og uddannelse")                                                     \
    X(cases, "cases", 3, "Open social cases of a household", "Åbne sociale sager pr. husstand")    \
    X(deprived, "%", 1, "Live in a deprived area", "Bor i et udsat område")                        \
    X(elsewhere, "%", 1, "Live in another area than when reached",                                 \
      "Bor i et andet område end dengang")                                                         \
    X(moved, "%", 1, "Have moved since", "Er flyttet siden")                                       \
    X(income, "DKK/month", 0, "Disposable income of a household",                                  \
      "Disponibel indkomst pr. husstand")                                                          \
    X(child_months, "months", 2, "Its children's time in deprived areas",                          \
      "Dens børns tid i udsatte områder")

/** Parts of the change of the share outside work in deprived areas: name, English, Danish. */
#define FLYT_LEAK_PARTS(X)                                                                         \
    X(both, "Reached, there in both", "Omfattede, der i begge")                                    \
    X(left, "Reached, there only without: they have left", "Omfattede, der kun uden: er flyttet")  \
    X(kept, "Reached, there only with: kept, or came", "Omfattede, der kun med: blev eller kom")   \
    X(others, "All others, who came instead among them", "Alle andre, også dem der kom i stedet")  \
    X(sum, "Sum: the change of the area's share", "Sum: ændringen af områdernes andel")            \
    X(still, "Control without moves", "Kontrol uden flytninger")                                   \
    X(lost, "Lost to moves: sum less control", "Tabt ved flytning: sum minus kontrol")

enum flyt_leak_part {
#define X(name, ...) FLYT_LEAK_##name,
    FLYT_LEAK_PARTS(X)
#undef X
        FLYT_LEAK_N_PARTS
};

/** What became of those a policy reached. */
struct flyt_track_group {
    const struct flyt_policy *policy;
    struct flyt_compare_items items;          /* the outcomes */
    struct flyt_compare_values before, after; /* `year`: years after */
    double *reached; /* [n_years][n_pairs] households whose end of that year lies in the run */
};

struct flyt_track_table {
    struct flyt_track_group *group; /* [n_groups] policies that are in force with alone */
    uint32_t n_groups, n_years, n_pairs;
    double *part;  /* [parts][n_years + 1][n_pairs] points of the share outside work */
    bool measured; /* somebody was reached, and somebody lives in deprived areas */
};

/** @brief Measures an arm with policies against the one without. Memory: the arena. */
FLYT_NODISCARD enum flyt_status flyt_track_compare(const struct flyt_track *with,
                                                   const struct flyt_track *without,
                                                   struct flyt_arena *arena,
                                                   struct flyt_track_table *table);

/** @brief Leakage at the end of a year of the run. @return whether the control without moves is
 *         sure, so that there is something to lose; else *leak is left alone. */
bool flyt_track_leakage(const struct flyt_track_table *table, uint32_t year, double *leak,
                        double *low, double *high);

/** @brief The tables, one year and five years or so after; nothing when nobody was reached. */
FLYT_NODISCARD enum flyt_status flyt_track_write(const struct flyt_track_table *table,
                                                 const struct flyt_compare_page *page,
                                                 struct flyt_text *text);

/** @brief Adds outcomes of all years after to a CSV. */
FLYT_NODISCARD enum flyt_status flyt_track_csv(const struct flyt_track_table *table,
                                               const char *policy, bool head,
                                               struct flyt_text *text);

/** @brief Adds the parts and leakage at the end of each year of the run to a CSV. */
FLYT_NODISCARD enum flyt_status flyt_leak_csv(const struct flyt_track_table *table,
                                              const char *policy, int32_t start_year, bool head,
                                              struct flyt_text *text);

#endif

/**
 * @file standstill.h
 * @brief The pass before month 0: lists, durations and constants that keep the start where it is.
 *
 * A copy of the world is stepped standstill.months months. Law, parameters, lists of areas and the
 * stock are those of the start, prices and rents stand still, no policy acts; people are born, move
 * and die. Meanwhile each year
 *
 *   level of owner homes += owner_gain 2g ln(for sale / standstill.for_sale)
 *   xi   += quality_gain g (target - share in work or study of those 18-64)     of known areas
 *   zeta += nonwestern_gain g (target - share of non-western persons)           of all areas
 *
 * known: on a list, or the table of places tells a value of it. In made-up areas shares of work are
 * made up; fitted, segregation of few resources rose from year to year (docs/standstill.md). Here
 * g = first_gain / (1 + k/gain_years) in year k, the targets those of the start. What is usual
 * for vacancy and pressure of markets are means of the last ten years.
 *
 * Then constants, usual levels, counters of sections, and of the households time in the home,
 * waiting lists, queues and searches are laid on the people of a start, who stay who and where they
 * are: each gets those of a household drawn from its cell of the copy - section, type, age band and
 * origin, or wider where the copy has nobody. Whose donor came within a period of taste gets a uid
 * by which it likes its home as the donor does (docs/decisions/0021).
 *
 * The pass has a replicate number of its own, so that it shares no draw with any replicate and all
 * share what it found. Source: docs/MODEL.md section 8.
 */
#ifndef FLYT_STANDSTILL_H
#define FLYT_STANDSTILL_H

#include "models/letting.h"
#include "sim/model.h"

#define FLYT_STANDSTILL_REPLICATE UINT32_MAX
#define FLYT_STANDSTILL_NEVER INT16_MIN /* of months ago */
#define FLYT_STANDSTILL_LEVELS 4        /* cells, narrow to wide */

/** What a household of the copy hands on. Months are counted back from the pass's end. */
struct flyt_standstill_donor {
    uint64_t uid;
    int16_t moved_in, searching, queued;    /* ago; NEVER: does not */
    int16_t listed[FLYT_LISTS_MEMBERSHIPS]; /* signed up, ago */
    uint16_t list[FLYT_LISTS_MEMBERSHIPS];
    uint8_t refusals, reason, flags;
    float taste; /* for its home */
};

/** A donor by its cell. */
struct flyt_standstill_entry {
    uint32_t cell, donor;
};

/** One year of the pass. */
struct flyt_standstill_year {
    double owner_level;                /* after the year */
    double for_sale;                   /* mean share of owner homes */
    double gap_inside, gap_nonwestern; /* largest of the known areas, shares */
    double step;                       /* largest change of a constant in the year */
};

/** What the pass found. Owned by the run's arena; replicates only read it. */
struct flyt_standstill {
    uint32_t n_months, n_years, n_areas, n_known;
    double owner_level;
    double *quality, *nonwestern;         /* [n_areas] */
    double *usual_pressure;               /* [municipalities x house types] */
    double *usual_vacancy;                /* [n_municipalities] */
    double *usual_offers;                 /* [n_municipalities] a round, mean of the last year */
    struct flyt_letting_counter *counter; /* [n_sections] */
    struct flyt_standstill_year *year;    /* [n_years] */
    uint32_t n_donors;
    struct flyt_standstill_donor *donor;                         /* [n_donors] by uid */
    struct flyt_standstill_entry *entry[FLYT_STANDSTILL_LEVELS]; /* [n_donors] by (cell, donor) */
};

/** @brief Months of a scenario's pass; 0: none. */
uint32_t flyt_standstill_months(const struct flyt_scenario *scenario);

/** @brief Bytes of what the pass leaves. */
uint64_t flyt_standstill_bytes(uint64_t n_households, uint64_t n_areas, uint64_t n_sections);

/** @brief Makes a world that has just started into the copy: from now on it stands still.
 *  @param state  out: for the month and the end. Memory: the world's run arena. */
FLYT_NODISCARD enum flyt_status flyt_standstill_begin(struct flyt_world *world, void **state);

/** @brief A month of the pass. */
FLYT_NODISCARD enum flyt_status flyt_standstill_month(void *state, uint32_t month);

/** @brief Writes down what it found. @param arena  owns *found. */
FLYT_NODISCARD enum flyt_status flyt_standstill_end(void *state, struct flyt_arena *arena,
                                                    const void **found);

/** @brief One line on what was found, for people. */
void flyt_standstill_tell(const void *found, enum flyt_lang lang, char *out, size_t size);

/* ---- laying it on the people of a start ----------------------------------------------------- */

/** @brief Gives the households of a start durations, memberships, queue places and searches; before
 *         anything counts them. Parallel over blocks. */
void flyt_standstill_lay_people(struct flyt_world *world, const struct flyt_standstill *found);

/** @brief Constants, usual levels, counters, lists and queues; after letting and market were made.
 */
FLYT_NODISCARD enum flyt_status flyt_standstill_lay_rest(struct flyt_world *world,
                                                         const struct flyt_standstill *found);

#endif

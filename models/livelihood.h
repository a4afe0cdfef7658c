/**
 * @file livelihood.h
 * @brief Work, income, savings, social cases and convictions of households, month by month.
 *
 * Ties work.h, social.h, income.h and ledger.h to the world. Whoever changes who lives in a
 * household, what an adult is, or where it lives, calls flyt_livelihood_before() first and
 * flyt_livelihood_after() when done: savings are then settled at the old rate, and the ledger
 * takes the old flows out and the new ones in. `desk`: see ledger.h.
 *
 * Months in a state begin the month after it was entered: the first decision is at month 0.
 */
#ifndef FLYT_LIVELIHOOD_H
#define FLYT_LIVELIHOOD_H

#include "models/income.h"
#include "models/livelihood_params.h"
#include "models/social.h"
#include "models/work.h"
#include "models/workrest.h"
#include "sim/world.h"

struct flyt_livelihood_mix; /* models/livelihood_start.c */

/** Working state, in the run's arena. */
struct flyt_livelihood {
    struct flyt_livelihood_params params; /* of this calendar year */
    struct flyt_work_table work;
    struct flyt_social_table social;
    struct flyt_income_year income, last_income; /* of this year and the one before */
    int32_t *municipal;           /* [n_municipalities] tax rate, 1/10000; 0: the mean */
    struct flyt_list *candidates; /* [n_blocks] scratch of the screening */
    uint32_t *above;              /* [n_blocks] hazards above their bound */
    bool rebook;                  /* a policy has changed the law since the start was booked */
    const struct flyt_livelihood_mix *mix; /* shares of detached while the start is made, else NULL
                                            */
};

/** @brief Takes the working state and the ledger. The world's columns must stand. */
FLYT_NODISCARD enum flyt_status flyt_livelihood_create(struct flyt_world *world);

/**
 * @brief Municipalities' own tax rates, from the start on. Before flyt_livelihood_start().
 * @param percent  [n_municipalities] NaN: the country's mean of the year, tax.municipal_rate.
 */
void flyt_livelihood_set_rates(struct flyt_world *world, const double *percent);

/**
 * @brief A calendar year begins: its tables, and from the second year on everybody's income and
 *        bounds anew, so that a bound never has to look past December.
 *
 * Call each January before any other phase, the first one too, and once before
 * flyt_livelihood_start(). Parallel.
 */
void flyt_livelihood_year(struct flyt_world *world, const struct flyt_livelihood_params *params);

/**
 * @brief Makes a household of the start consistent: latent class and earning factor of each adult,
 *        months in its work state, social cases, income. Work state, education, savings and all
 *        else must be set. Threads: writes only the household and the desk.
 */
void flyt_livelihood_start(struct flyt_world *world, uint32_t desk, uint32_t household);

/**
 * @brief Starts all households, so that as many stay in work as are found in work: the latent
 *        classes of each market and each listed area are mixed so that the monthly chances alone
 *        keep the share without work of those who are neither students, disabled nor retired, at
 *        each age as many as were found, by origin, language and education as near as few allow.
 * @param rest  the resting point of the world's work chances.
 * @return FLYT_ERR_MEMORY. Memory: scratch from step_arena. Parallel.
 */
FLYT_NODISCARD enum flyt_status flyt_livelihood_start_all(struct flyt_world *world,
                                                          const struct flyt_work_rest *rest);

/** @brief Walks the year's tables; the ledger has its own walk. */
void flyt_livelihood_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief Bytes of its scratch. */
uint64_t flyt_livelihood_start_bytes(uint64_t n_municipalities, uint64_t n_areas);

/** @brief Class, earning factor and first work state of somebody who becomes an adult of a
 *         household now; age, sex and education must be set. Between _before() and _after(). */
void flyt_livelihood_new_adult(struct flyt_world *world, uint32_t household, uint32_t which);

/** @brief Settles savings and takes the household's flows out of the ledger, before a change. */
void flyt_livelihood_before(struct flyt_world *world, uint32_t desk, uint32_t household);

/** @brief New income, flows into the ledger, new bounds, after a change. */
void flyt_livelihood_after(struct flyt_world *world, uint32_t desk, uint32_t household);

/** @brief As _after() for a household that came with its savings, from outside the world. */
void flyt_livelihood_arrive(struct flyt_world *world, uint32_t desk, uint32_t household);

/** @brief As _before() for a household that leaves the world with its savings. */
void flyt_livelihood_depart(struct flyt_world *world, uint32_t desk, uint32_t household);

/** @brief The month: work states, cases, convictions, language. Parallel; own rows only. */
FLYT_NODISCARD enum flyt_status flyt_livelihood_step(struct flyt_world *world);

/** @brief Chance that anything of this file happens to the adult this month, at most
 *         FLYT_CERTAIN. */
double flyt_livelihood_hazard(const struct flyt_world *world, uint32_t household, uint32_t which);

/** @brief Renews the household's bounds of purposes 1 and 2 until December. */
void flyt_livelihood_refresh_bound(struct flyt_world *world, uint32_t household);

/** @brief The household's flows of this month, from its row and the year's law. */
struct flyt_income flyt_livelihood_income(const struct flyt_world *world, uint32_t household);

/** @brief What the adult's work chances depend on this month. */
struct flyt_work_place flyt_livelihood_place(const struct flyt_world *world, uint32_t household,
                                             uint32_t which);

/** @brief Savings of the household now, øre: settled ones and what has accrued since. */
int64_t flyt_livelihood_savings(const struct flyt_world *world, uint32_t household);

/** @brief Months the adult longest on cash benefit has been so; 0 when none is. */
int32_t flyt_livelihood_months_on_benefit(const struct flyt_world *world, uint32_t household);

/**
 * @brief The full check: each row's income is what the law gives, and all rows' flows and savings
 *        are what the ledger says.
 * @return FLYT_ERR_INVARIANT with a fault, or FLYT_ERR_MEMORY. Call after flyt_ledger_close().
 */
FLYT_NODISCARD enum flyt_status flyt_livelihood_check(const struct flyt_world *world);

#endif

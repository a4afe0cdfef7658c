/**
 * @file reputation.h
 * @brief What people think of each area, in (0, 1): slow to change, and marked by the lists.
 *
 *   r <- r + lambda (target - delta listed - r) - sigma [newly listed],  lambda = 1 - .5^(1/72)
 *
 * with delta = `listed_lasting`, sigma = `listed_at_once`. After listing, an area otherwise as it
 * was has lost sigma at once and delta - (delta - sigma) .5^(t/72) after t months: after six years
 * (delta + sigma)/2, so that a fall of prices of 3.7 % and then 6.5 % asks for delta/sigma = 2.51.
 * What the fall is in reputation follows from choice: a home costs c of an income y, utility is
 * beta_c ln(y - c) + beta_r r, so a price lower by x makes up for beta_c x c/(y - c) / beta_r; with
 * c/(y - c) = 1/3, beta_c = 2.8 and beta_r = 1.4: r falls by 2/3 of the fall of the price.
 *
 * The target is logistic in the shares outside work, open social cases and convicted, in turnover
 * beyond what ages explain, and in condition, role models and media effort, which policies set.
 * There is no direct term for origin by default: whether people avoid it is a matter of choice.
 * Reputation acts through choice alone. Source: docs/MODEL.md section 4.
 */
#ifndef FLYT_REPUTATION_H
#define FLYT_REPUTATION_H

#include "models/reputation_params.h"
#include "sim/world.h"

/** Working state, in the run's arena. */
struct flyt_reputation {
    double *now;    /* [n_areas] */
    double *of[12]; /* [n_areas] each: of[month % 12] is that of the end of the month a year ago, or
                       of the start, until this month's phase replaces it */
    uint8_t *marked;                         /* [n_areas] listed, as of last month */
    double *condition, *role_models, *media; /* [n_areas] 0: as usual; policies set them */
    double *policies;                        /* [n_areas] log odds that policies add this month */
};

/** What an area is like, as its target sees it. */
struct flyt_reputation_inputs {
    double outside_work, cases, convicted, turnover, nonwestern, condition, role_models, media,
        policies;
};

/** @brief Reputation an area on no list would have in the long run, in (0, 1). */
double flyt_reputation_target(const struct flyt_reputation_params *params,
                              const struct flyt_reputation_inputs *inputs);

/** @brief The next month's reputation, in [0, 1].
 *  @param marked  on a list before this month.  @param newly  comes on one this month. */
double flyt_reputation_next(const struct flyt_reputation_params *params, double now, double target,
                            bool marked, bool newly);

/** @brief Takes the working state; each area begins where it would stay: target less what its list
 *         costs. Composition must stand. */
FLYT_NODISCARD enum flyt_status flyt_reputation_create(struct flyt_world *world);

/** @brief Walks reputations and what policies add to them. */
void flyt_reputation_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief A month, after the lists were made. Serial, in area order. */
void flyt_reputation_step(struct flyt_world *world);

/** @brief What residents think of their area. */
static inline double flyt_reputation_now(const struct flyt_reputation *reputation, uint32_t area)
{
    return reputation->now[area];
}

/** @brief What outsiders think of an area in month `month`: its reputation a year before the last
 *         month's end. Ask before this month's phase of areas. */
static inline double flyt_reputation_known(const struct flyt_reputation *reputation, uint32_t month,
                                           uint32_t area)
{
    return reputation->of[month % 12][area];
}

#endif

/**
 * @file returns.h
 * @brief What the state returns of a revenue this year, by the law of a policy; all 0 without one.
 *
 * No parameters: a policy works it out each January from what it has brought in and not yet
 * returned (models/policies/equalisation.c), so that the year's rates follow from sums of the year
 * before and from no order. What is returned to households is part of their disposable income
 * (income.h); what is returned to tenants lowers what they pay for their home, and the housing
 * benefit reckoned of it (cost.h). The state pays; landlords get the rent they had.
 * Source: docs/MODEL.md section 5, recycling.
 */
#ifndef FLYT_RETURNS_H
#define FLYT_RETURNS_H

#include <stdbool.h>
#include <stdint.h>

struct flyt_world;

#define FLYT_RETURNS_PARTS 1000000 /* a share's unit: a millionth */

/** Ways in which a revenue goes back, as policies name them. */
#define FLYT_RETURNS_WAYS "none|lump_sum|almen_rents|all_rents|tax_adult|tax_share"

enum flyt_returns_way {
    FLYT_RETURNS_none,        /* the state keeps it */
    FLYT_RETURNS_lump_sum,    /* the same to each household */
    FLYT_RETURNS_almen_rents, /* in proportion to rents of almen homes */
    FLYT_RETURNS_all_rents,   /* and of private rental homes */
    FLYT_RETURNS_tax_adult,   /* lower income tax, the same for each adult */
    FLYT_RETURNS_tax_share    /* lower income tax, in proportion to income above the allowance */
};

struct flyt_returns {
    int64_t household; /* øre a month to each household */
    int64_t adult;     /* lower income tax, øre a month of each adult; at most the tax */
    int64_t share;     /* lower income tax, of income above the allowance, millionths; likewise */
    double almen_rent, private_rent; /* share of the rent that the state pays, [0, 1] */
};

/**
 * @brief Rates at which so much is returned in a year, were the next twelve months like the last:
 *        by the households of now, their income under the law of now, and the rents last paid.
 * @param sum_ore  of the year; nothing is returned of none or less.
 * Threads: serial code.
 */
struct flyt_returns flyt_returns_of(const struct flyt_world *world, enum flyt_returns_way way,
                                    int64_t sum_ore);

/** @brief Whether anything is returned. */
bool flyt_returns_any(const struct flyt_returns *returns);

/** @brief What was returned in the month last closed, øre. */
int64_t flyt_returns_paid(const struct flyt_world *world);

#endif

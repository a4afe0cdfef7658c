/**
 * @file tax.h
 * @brief Danish income tax of one adult and month, in whole øre.
 *
 * Simplified: labour-market contribution, personal allowance, employment deduction, state base tax,
 * municipal tax, top tax. Left out: church tax, interest, the tax ceiling, a spouse's unused
 * allowance. Months are taxed alike, a twelfth of the year's allowance each. A policy may return a
 * part of it (returns.h).
 * Source: assumptions.csv, rows `tax` of 2015 and 2024.
 */
#ifndef FLYT_TAX_H
#define FLYT_TAX_H

#include "models/returns.h"
#include "sim/field.h"

#define TAX_PARAMS(X)                                                                              \
    X(real, allowance, "DKK/year", 49700, 0, 500000, derived, "assumptions.csv, tax",              \
      "Personal allowance.", "Personfradrag.")                                                     \
    X(real, labour_rate, "share", 0.08, 0, 1, derived, "assumptions.csv, tax",                     \
      "Labour-market contribution of wages.", "Arbejdsmarkedsbidrag af løn.")                      \
    X(real, state_rate, "share", 0.1201, 0, 1, derived, "assumptions.csv, tax",                    \
      "State base tax, health contribution included while there was one.",                         \
      "Bundskat, inklusive sundhedsbidrag så længe det fandtes.")                                  \
    X(real, municipal_rate, "share", 0.2506, 0, 1, derived, "assumptions.csv, tax: national mean", \
      "Municipal income tax where a municipality's own rate is not given.",                        \
      "Kommuneskat, hvor kommunens egen sats ikke er oplyst.")                                     \
    X(real, work_rate, "share", 0.1065, 0, 1, derived, "assumptions.csv, tax",                     \
      "Employment deduction as a share of the wage.",                                              \
      "Beskæftigelsesfradrag som andel af lønnen.")                                                \
    X(real, work_most, "DKK/year", 45100, 0, 500000, derived, "assumptions.csv, tax",              \
      "Largest employment deduction.", "Største beskæftigelsesfradrag.")                           \
    X(real, top_rate, "share", 0.15, 0, 1, derived, "assumptions.csv, tax",                        \
      "Top tax above its threshold.", "Topskat over grænsen.")                                     \
    X(real, top_from, "DKK/year", 588900, 0, 1e8, derived, "assumptions.csv, tax",                 \
      "Threshold of the top tax, after the labour-market contribution.",                           \
      "Topskattegrænse, efter arbejdsmarkedsbidrag.")

struct flyt_tax_params {
#define X(type, name, ...) flyt_##type name;
    TAX_PARAMS(X)
#undef X
};

/** A year's tax law in whole numbers: øre a month, rates in 1/10000. */
struct flyt_tax_law {
    int64_t allowance_ore, work_most_ore, top_from_ore;
    int64_t labour, state, work, top;
    int32_t municipal;      /* where no other rate is given */
    int64_t returned;       /* øre a month of each adult */
    int64_t returned_share; /* of income above the allowance, 1/FLYT_RETURNS_PARTS */
};

/** Tax of one adult and month, øre. */
struct flyt_tax {
    int32_t labour, state, municipal;
    int32_t base;     /* income above the allowance, of which state tax is reckoned */
    int32_t returned; /* of state and municipal tax, by the state; at most both */
};

/** @brief The law of a year's parameters. */
struct flyt_tax_law flyt_tax_law(const struct flyt_tax_params *params);

/**
 * @brief Tax of a wage and of other taxable income (benefits, pensions), øre a month, both >= 0.
 * @param municipal  rate of the municipality, 1/10000.
 */
struct flyt_tax flyt_tax_of(const struct flyt_tax_law *law, int32_t municipal, int32_t wage_ore,
                            int32_t other_ore);

#endif

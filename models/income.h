/**
 * @file income.h
 * @brief What a household earns, is paid, pays in tax, saves and spends in a month, in whole øre.
 *
 * A pure function of the household's row, its earning factors, its municipality's tax rate and the
 * calendar year's table: ages count as of January. So the flows of a household can be computed
 * again at any time of the year and are the same (see ledger.h). Housing benefit belongs to the
 * cost of housing; the ceiling on cash benefit, ældrecheck and child maintenance are left out.
 *
 * Source: assumptions.csv (wage, benefit, need), drivers.csv (wage and price index).
 */
#ifndef FLYT_INCOME_H
#define FLYT_INCOME_H

#include "models/income_params.h"
#include "models/people.h"
#include "models/tax.h"

#define FLYT_WAGE_AGES 7

/** One calendar year: wages, benefits, needs, tax law. Amounts in øre a month. */
struct flyt_income_year {
    int16_t january; /* month since January 1900: ages count as of it */
    int64_t wage[FLYT_N_ORIGINS][2][FLYT_N_EDUCATIONS][FLYT_WAGE_AGES]; /* [1]: women */
    int32_t pension_months;
    int32_t insurance;       /* most unemployment benefit */
    int64_t insurance_share; /* of the wage before, 1/10000 */
    int32_t cash_parent, cash, cash_young, cash_young_parent, cash_young_single_parent;
    int32_t aid, aid_parent, aid_single_parent;
    int32_t grant, student_wage;
    int32_t disability_single, disability_couple, pension_single, pension_couple;
    int64_t private_pension[FLYT_N_EDUCATIONS];
    int32_t child[4]; /* child benefit at 0-2, 3-6, 7-14, 15-17 */
    int32_t single_child, single_family;
    int32_t need_first, need_second, need_child;
    int64_t saving_share; /* 1/10000 of what is above need */
    struct flyt_tax_law tax;
    int32_t returned; /* to each household of a policy's revenue: returns.h */
};

/** Flows of one household and month, øre; all >= 0. Named as in the ledger (but `gross`, `tax_base`
 *  and `disposable`, which are sums). */
struct flyt_income {
    int32_t gross[FLYT_ADULTS]; /* of each adult, before tax */
    int32_t wages, private_pensions, unemployment_benefit, cash_benefit, study_grants;
    int32_t disability_pensions, state_pensions, child_benefit;
    int32_t labour_tax, state_tax, municipal_tax;
    int32_t revenue_returned; /* by a policy: lower tax, or a sum for the household */
    int64_t tax_base;         /* income above the allowances, of which state tax is reckoned */
    int32_t disposable;       /* all that comes in less tax */
    int32_t saving;           /* part of the disposable income; the rest is spent */
};

/** @brief The year's table from its parameters. `pension_age` is that of work_params.h. */
void flyt_income_prepare(const struct flyt_income_params *params, const struct flyt_tax_params *tax,
                         double pension_age, int16_t january, struct flyt_income_year *year);

/** @brief What a policy returns to households this year; after flyt_income_prepare(). */
void flyt_income_return(const struct flyt_returns *returns, struct flyt_income_year *year);

/** @brief Whether any of it is returned: else every household's `revenue_returned` is 0. */
bool flyt_income_returns(const struct flyt_income_year *year);

/**
 * @brief The household's flows of a month.
 * @param earning    earning factor of each adult, 1/1024.
 * @param municipal  tax rate, 1/10000.
 */
struct flyt_income flyt_income_of(const struct flyt_income_year *year,
                                  const struct flyt_household *row,
                                  const uint16_t earning[FLYT_ADULTS], int32_t municipal);

/** What is left of a household's income after tax, øre a month. */
struct flyt_income_left {
    int64_t gross; /* of all adults, before tax */
    int32_t labour_tax, disposable;
};

/** @brief The same as flyt_income_of() tells, from the gross incomes that the row holds: of a row
 * that was booked this year, as all are that live in the world. */
struct flyt_income_left flyt_income_left(const struct flyt_income_year *year,
                                         const struct flyt_household *row, int32_t municipal);

/** @brief What the household saves in a month of the year with its row's disposable income, øre. */
int32_t flyt_income_saving(const struct flyt_income_year *year, const struct flyt_household *row);

/** @brief An earning factor in 1/1024 from a standard normal number, [0.2, 8]. */
uint16_t flyt_income_factor(const struct flyt_income_params *params, double z);

#endif

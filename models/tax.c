#include "models/tax.h"

/** Øre a month of kroner a year. */
static int64_t monthly(double dkk_year)
{
    return (int64_t)(dkk_year * 100.0 / 12.0 + 0.5);
}

static int64_t rate(double share)
{
    return (int64_t)(share * 10000.0 + 0.5);
}

struct flyt_tax_law flyt_tax_law(const struct flyt_tax_params *params)
{
    return (struct flyt_tax_law){
        .allowance_ore = monthly(params->allowance),
        .work_most_ore = monthly(params->work_most),
        .top_from_ore = monthly(params->top_from),
        .labour = rate(params->labour_rate),
        .state = rate(params->state_rate),
        .work = rate(params->work_rate),
        .top = rate(params->top_rate),
        .municipal = (int32_t)rate(params->municipal_rate),
    };
}

/** A share in 1/10000 of an amount, none of what is below zero; whole øre, rounded down. */
static int64_t part(int64_t amount, int64_t share)
{
    return amount > 0 ? amount * share / 10000 : 0;
}

/** What a policy returns of the tax. */
static int32_t returned(const struct flyt_tax_law *law, const struct flyt_tax *tax)
{
    int64_t sum = law->returned + tax->base * law->returned_share / FLYT_RETURNS_PARTS;
    int64_t most = (int64_t)tax->state + tax->municipal;
    return (int32_t)(sum < most ? sum : most);
}

struct flyt_tax flyt_tax_of(const struct flyt_tax_law *law, int32_t municipal, int32_t wage_ore,
                            int32_t other_ore)
{
    int64_t labour = part(wage_ore, law->labour);
    int64_t personal = (int64_t)wage_ore - labour + other_ore;
    int64_t deduction = part(wage_ore, law->work);
    if (deduction > law->work_most_ore) {
        deduction = law->work_most_ore;
    }
    struct flyt_tax tax = {
        .labour = (int32_t)labour,
        .state = (int32_t)(part(personal - law->allowance_ore, law->state) +
                           part(personal - law->top_from_ore, law->top)),
        .municipal = (int32_t)part(personal - law->allowance_ore - deduction, municipal),
        .base = personal > law->allowance_ore ? (int32_t)(personal - law->allowance_ore) : 0,
    };
    tax.returned = returned(law, &tax);
    return tax;
}

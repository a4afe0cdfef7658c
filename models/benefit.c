#include "models/benefit.h"

#include <math.h>

/** Children that raise the income limit: the second to the fourth. */
static double limit_children(uint32_t children)
{
    return children < 2 ? 0.0 : children > 4 ? 3.0 : children - 1.0;
}

static double above(double value, double limit)
{
    return value > limit ? value - limit : 0.0;
}

static struct flyt_benefit_terms boligsikring(const struct flyt_benefit_params *params,
                                              const struct flyt_benefit_household *who)
{
    double limit =
        params->sikring_limit + params->sikring_limit_child * limit_children(who->children);
    bool whole = who->children > 0 || (who->disability && params->disability_exempt);
    return (struct flyt_benefit_terms){
        .rent_most = params->sikring_rent_most,
        .share = params->sikring_rent,
        .fixed = -params->sikring_income * above(who->income_dkk, limit),
        .own = params->sikring_own,
        .most_share = whole ? 1.0 : params->sikring_childless,
        .most_almen = params->sikring_most,
        .most_other = params->sikring_most,
    };
}

static struct flyt_benefit_terms boligydelse(const struct flyt_benefit_params *params,
                                             const struct flyt_benefit_household *who)
{
    double limit =
        params->ydelse_limit + params->ydelse_limit_child * limit_children(who->children);
    double own = params->ydelse_own_share * who->income_dkk;
    return (struct flyt_benefit_terms){
        .rent_most = params->ydelse_rent_most,
        .share = params->ydelse_rent,
        .fixed = params->ydelse_rent * params->ydelse_addition -
                 params->ydelse_income * above(who->income_dkk, limit),
        .own = own > params->ydelse_own ? own : params->ydelse_own,
        .most_share = 1.0,
        .most_almen = INFINITY,
        .most_other = params->ydelse_most,
    };
}

struct flyt_benefit_terms flyt_benefit_terms(const struct flyt_benefit_params *params,
                                             const struct flyt_benefit_household *who)
{
    struct flyt_benefit_terms terms =
        who->pensioner ? boligydelse(params, who) : boligsikring(params, who);
    double more = who->persons > 1 ? who->persons - 1.0 : 0.0;
    terms.area_m2 = params->area_first + params->area_more * more;
    return terms;
}

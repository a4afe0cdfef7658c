#include "models/benefit.h"

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double above(double value, double limit)
{
    return value > limit ? value - limit : 0.0;
}

/** The rent that counts: that of a home no larger than the norm, at most the ceiling. */
static double counted_rent(const struct flyt_benefit_params *params,
                           const struct flyt_benefit_case *home, double most)
{
    double more = home->persons > 1 ? home->persons - 1.0 : 0.0;
    double norm = params->area_first + params->area_more * more;
    double share = home->area_m2 > norm ? norm / home->area_m2 : 1.0;
    return least(home->rent_dkk * share, most);
}

/** Children that raise the income limit: the second to the fourth. */
static double limit_children(uint32_t children)
{
    return children < 2 ? 0.0 : children > 4 ? 3.0 : children - 1.0;
}

static double boligsikring(const struct flyt_benefit_params *params,
                           const struct flyt_benefit_case *home)
{
    double rent = counted_rent(params, home, params->sikring_rent_most);
    double limit =
        params->sikring_limit + params->sikring_limit_child * limit_children(home->children);
    double benefit =
        params->sikring_rent * rent - params->sikring_income * above(home->income_dkk, limit);
    benefit = least(benefit, rent - params->sikring_own);
    benefit = least(benefit, params->sikring_most);
    return home->children > 0 ? benefit : least(benefit, params->sikring_childless * rent);
}

static double boligydelse(const struct flyt_benefit_params *params,
                          const struct flyt_benefit_case *home)
{
    double rent = counted_rent(params, home, params->ydelse_rent_most);
    double limit =
        params->ydelse_limit + params->ydelse_limit_child * limit_children(home->children);
    double benefit = params->ydelse_rent * (rent + params->ydelse_addition) -
                     params->ydelse_income * above(home->income_dkk, limit);
    double own = params->ydelse_own_share * home->income_dkk;
    benefit = least(benefit, rent - (own > params->ydelse_own ? own : params->ydelse_own));
    return home->almen ? benefit : least(benefit, params->ydelse_most);
}

double flyt_benefit_of(const struct flyt_benefit_params *params,
                       const struct flyt_benefit_case *home)
{
    double benefit = home->pensioner ? boligydelse(params, home) : boligsikring(params, home);
    return benefit > 0.0 ? benefit : 0.0;
}

#include "models/career.h"

#include <math.h>

#include "sim/num.h"

uint32_t flyt_career_coowner_months(const struct flyt_career_params *params)
{
    double months = floor(params->coowner_years * 12.0 + 0.5);
    return months < 1.0 ? 1 : (uint32_t)months;
}

uint32_t flyt_career_owner_months(const struct flyt_career_params *params)
{
    uint32_t coowner = flyt_career_coowner_months(params);
    double months = floor(params->owner_years * 12.0 + 0.5);
    return months < coowner ? coowner : (uint32_t)months;
}

int64_t flyt_career_whole(const struct flyt_career_params *params, uint32_t area_m2)
{
    return (int64_t)(params->building_cost * area_m2 * 100.0 + 0.5);
}

int32_t flyt_career_instalment(const struct flyt_career_params *params, int64_t whole_ore)
{
    double months = flyt_career_coowner_months(params), i = params->interest / 12.0;
    double sum = params->share * (double)whole_ore;
    double s = i > 0.0 ? sum * i / (flyt_num_pow(1.0 + i, months) - 1.0) : sum / months;
    return s < INT32_MAX ? (int32_t)(s + 0.5) : INT32_MAX;
}

void flyt_career_month(const struct flyt_career_params *params, struct flyt_career_home *home,
                       bool pays)
{
    bool saves = home->paid < flyt_career_coowner_months(params);
    home->held++;
    if (saves) {
        home->saved += (int64_t)((double)home->saved * params->interest / 12.0 + 0.5);
        home->saved += pays ? home->instalment : 0;
    }
    home->paid = (uint16_t)(home->paid + (!saves || pays));
}

int64_t flyt_career_worth(const struct flyt_career_params *params,
                          const struct flyt_career_home *home)
{
    uint32_t from = flyt_career_coowner_months(params), to = flyt_career_owner_months(params);
    if (home->paid < from) {
        return home->saved;
    }
    if (home->paid >= to) {
        return home->whole > home->saved ? home->whole : home->saved;
    }
    double way = (double)(home->paid - from) / (to - from);
    return home->saved + (int64_t)(way * (double)(home->whole - home->saved));
}

int64_t flyt_career_repaid(const struct flyt_career_params *params,
                           const struct flyt_career_home *home)
{
    double left = 1.0 - params->wear * home->held / 12.0, vested = (double)home->saved;
    if (home->paid < flyt_career_coowner_months(params)) {
        vested *= params->early;
    } else if (home->paid >= flyt_career_owner_months(params)) {
        vested = (double)flyt_career_worth(params, home);
    }
    return left > 0.0 ? (int64_t)floor(vested * left) : 0;
}

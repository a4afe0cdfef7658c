/**
 * @file letting_law.c
 * @brief The rules of a section from the law of the date and the list status of its area.
 *
 * "Act": lov om almene boliger m.v. (almenboligloven). "Order": bekendtgørelse om udlejning af
 * almene boliger m.v. (1360 of 28 November 2018). Beside each rule its paragraph.
 */
#include "models/housing.h"
#include "models/kinds.h"
#include "models/letting_parts.h"
#include "models/params.h"
#include "models/policy.h"

double flyt_letting_law_date(const struct flyt_world *world)
{
    uint32_t year = world->params->law.year;
    return year != 0 ? year + 11.0 / 12.0 : 1900.0 + world->calendar / 12.0;
}

bool flyt_letting_family(const struct flyt_world *world, uint32_t section)
{
    uint32_t kind = world->sections.kind[section];
    return world->sections.tenure[section] == FLYT_TENURE_almen && kind != FLYT_KIND_almen_youth &&
           kind != FLYT_KIND_almen_elderly;
}

/** Act, section 61 a: deprived areas, parallel societies and transformation areas; before 2018 the
 *  list of ghettoområder. Prevention areas (section 61 b) are not among them. */
static bool is_listed(enum flyt_list_status status)
{
    return status != FLYT_LIST_none && status != FLYT_LIST_prevention;
}

/** Act, section 59(1): the municipality disposes of up to every fourth vacant family home;
 *  (2): of more by agreement. Section 59(6), since 2011: in listed areas not for everybody; (7):
 *  nor in prevention areas. */
static void set_assignment(const struct flyt_letting_params *params, double date,
                           enum flyt_list_status status, struct flyt_letting_rules *rules)
{
    bool prevention = status == FLYT_LIST_prevention && date >= params->prevention_from;
    rules->municipal_share =
        is_listed(status) ? params->municipal_share_listed : params->municipal_share;
    rules->banned = (is_listed(status) && date >= params->ban_from) || prevention;
}

/** Act, section 60: flexible letting by agreement; mandatory in listed areas (2019) and prevention
 *  areas (2021). The criteria are those agreed most often. */
static void set_flexible(const struct flyt_letting_params *params, double date,
                         enum flyt_list_status status, struct flyt_letting_rules *rules)
{
    bool mandatory = (is_listed(status) && date >= params->flexible_deprived_from) ||
                     (status == FLYT_LIST_prevention && date >= params->prevention_from);
    rules->flexible_share = date >= params->flexible_from ? params->flexible_share : 0.0;
    if (mandatory && params->flexible_listed > rules->flexible_share) {
        rules->flexible_share = params->flexible_listed;
    }
    rules->criteria = (params->flexible_work ? FLYT_PREFERENCE_work : 0u) |
                      (params->flexible_study ? FLYT_PREFERENCE_study : 0u) |
                      (params->flexible_age > 0 ? FLYT_PREFERENCE_age : 0u);
    rules->flexible_age = params->flexible_age;
}

/** Act, section 51 b (2005): the municipality may decide that applicants who, as their spouse, have
 *  been on benefit for six months are refused in areas with many outside work; they are to be
 *  offered another home. ASSUMPTION: these are the listed areas. Section 51 c (1 July 2019): in
 *  transformation areas whoever receives benefit must be refused, without six months and without
 *  another home. Neither concerns those who live in the section. */
static void set_refusal(const struct flyt_letting_params *params, double date,
                        enum flyt_list_status status, struct flyt_letting_rules *rules)
{
    rules->benefit_months = rules->owed_months = FLYT_NONE;
    if (params->combined && is_listed(status) && date >= params->combined_from) {
        rules->benefit_months = rules->owed_months = params->combined_months;
    }
    if (status == FLYT_LIST_transformation && date >= params->hard_from &&
        (rules->benefit_months == FLYT_NONE || params->hard_months < rules->benefit_months)) {
        rules->benefit_months = params->hard_months;
    }
}

void flyt_letting_rules(const struct flyt_world *world, uint32_t section,
                        struct flyt_letting_rules *rules)
{
    const struct flyt_letting_params *params = &world->params->letting;
    *rules = (struct flyt_letting_rules){.benefit_months = FLYT_NONE, .owed_months = FLYT_NONE};
    if (!flyt_letting_family(world, section)) {
        return;
    }
    double date = flyt_letting_law_date(world);
    enum flyt_list_status status = world->areas.listed[world->sections.area[section]];
    set_assignment(params, date, status, rules);
    if (world->sections.kind[section] != FLYT_KIND_almen_family) {
        rules->municipal_share = 0.0; /* co-housing and homes with shares choose their own */
    }
    /* order, section 2(2) and section 9: residents who want another home of the organisation have
       right of way; since 1 July 2019 at every second letting by list */
    rules->inside_share = date >= params->inside_new_from ? params->inside_new : params->inside_old;
    set_flexible(params, date, status, rules);
    set_refusal(params, date, status, rules);
    if (world->policies != NULL) {
        flyt_policies_letting_rules(world, section, rules);
    }
}

/* ---- who a home is for --------------------------------------------------------------------- */

static bool works_as(const struct flyt_household *row, uint32_t adult, enum flyt_work work)
{
    return row->born[adult] != FLYT_NO_MONTH && row->work[adult] == work;
}

static int32_t age_of(const struct flyt_world *world, uint32_t household)
{
    return flyt_people_age(flyt_people_oldest(&world->households.row[household]), world->calendar);
}

bool flyt_letting_works(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return works_as(row, 0, FLYT_WORK_employed) || works_as(row, 1, FLYT_WORK_employed);
}

bool flyt_letting_studies(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return works_as(row, 0, FLYT_WORK_student) || works_as(row, 1, FLYT_WORK_student);
}

/** Act, section 52: young people in education and other young people in special need.
 *  ASSUMPTION: the latter are those below letting.youth_age. */
bool flyt_letting_young(const struct flyt_world *world, uint32_t household)
{
    return flyt_letting_studies(world, household) ||
           age_of(world, household) < (int32_t)world->params->letting.youth_age;
}

bool flyt_letting_eligible(const struct flyt_world *world, const struct flyt_letting_member *member,
                           uint32_t section)
{
    const struct flyt_letting_params *params = &world->params->letting;
    switch (world->sections.kind[section]) {
    case FLYT_KIND_almen_youth: /* as flyt_letting_young() */
        return member->flags & FLYT_MEMBER_studies || member->years < params->youth_age;
    case FLYT_KIND_almen_elderly: /* act, section 54(1): the elderly in special need */
        return member->years >= params->elderly_age && member->flags & FLYT_MEMBER_frail;
    case FLYT_KIND_almen_senior_cohousing:
        return member->years >= params->senior_age && !(member->flags & FLYT_MEMBER_children);
    default:
        return true;
    }
}

/** Act, section 51 b(2): the months of each adult are counted by themselves. */
bool flyt_letting_on_benefit(const struct flyt_world *world, uint32_t household, uint32_t months)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t n = 0, n_adults = flyt_people_adults(row);
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        n += works_as(row, i, FLYT_WORK_benefit) &&
             world->calendar - row->work_since[i] >= (int32_t)months;
    }
    return n == n_adults && n_adults > 0;
}

/** Act, section 59(6): a member of the household was released or evicted within six months, is no
 *  citizen of the Union, or has been on benefit for six months. ASSUMPTION: a conviction within
 *  six months stands for the first two, non-western origin without Danish for the third. */
bool flyt_letting_banned(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_household_cold *cold = &world->households.cold[household];
    struct flyt_background background = flyt_people_background(row);
    if (background.origin == FLYT_ORIGIN_nonwestern && background.language == 0) {
        return true;
    }
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        bool convicted =
            cold->convicted[i] != FLYT_NO_MONTH && world->calendar - cold->convicted[i] < 6;
        bool benefit =
            works_as(row, i, FLYT_WORK_benefit) && world->calendar - row->work_since[i] >= 6;
        if (row->born[i] != FLYT_NO_MONTH && (convicted || benefit)) {
            return true;
        }
    }
    return false;
}

uint32_t flyt_letting_criteria(const struct flyt_letting_member *member, uint32_t age_years)
{
    return (member->flags & FLYT_MEMBER_works ? FLYT_PREFERENCE_work : 0u) |
           (member->flags & FLYT_MEMBER_studies ? FLYT_PREFERENCE_study : 0u) |
           (member->years >= age_years ? FLYT_PREFERENCE_age : 0u);
}

/**
 * @file poppersons.c
 * @brief The persons of one household of the start.
 */
#include "models/poppersons.h"

#include <math.h>

#include "models/housing_parts.h"
#include "models/popages.h"
#include "sim/num.h"

/** Which draw of stream start_person gives what. */
enum draw {
    DRAW_age,
    DRAW_gap,
    DRAW_sex,
    DRAW_children,
    DRAW_adult_child,
    DRAW_adult_child_age,
    DRAW_married,
    DRAW_like,
    DRAW_head_rank,
    DRAW_work,
    DRAW_education,
    DRAW_stay,
    DRAW_language,
    DRAW_savings,
    DRAW_loan,
    DRAW_price,
    DRAW_approved,                  /* two adults */
    DRAW_since = DRAW_approved + 2, /* two adults */
    DRAW_child = DRAW_since + 2,    /* six children: month of birth */
    DRAW_child_sex = DRAW_child + FLYT_CHILDREN,
    DRAW_adult_child_year,
};

enum { ADULT = 18, OLDEST_CHILD = 44 }; /* ages of adult children at home */

static double draw(const struct flyt_world *world, uint32_t household, uint32_t which)
{
    return flyt_rng_unit(world->key, world->households.uid[household], 0, FLYT_STREAM_start_person,
                         which);
}

/* ---- tables -------------------------------------------------------------------------------- */

/** Copies a column of a table by age bands into years of age, for the rows of one group. */
static void by_age(const struct flyt_table *table, const char *by, uint32_t group,
                   const char *column, double scale, double *out)
{
    const double *member = flyt_table_values(table, by);
    const double *from = flyt_table_values(table, "age_from");
    const double *to = flyt_table_values(table, "age_to");
    const double *value = flyt_table_values(table, column);
    for (uint32_t age = 0; age < FLYT_POP_AGES; age++) {
        for (uint32_t row = 0; row < table->n_rows; row++) {
            if ((uint32_t)member[row] == group && age >= from[row] &&
                (age <= to[row] || to[row] >= 99)) {
                out[age] = value[row] * scale;
            }
        }
    }
}

void flyt_poppersons_read(const struct flyt_scenario *scenario, const struct flyt_popcells *cells,
                          struct flyt_poppersons *out)
{
    const struct flyt_table *wealth = &scenario->table[FLYT_TABLE_wealth];
    *out = (struct flyt_poppersons){.cells = cells};
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        by_age(wealth, "tenure_class", t, "savings_dkk", 1.0, out->savings[t]);
        by_age(wealth, "tenure_class", t, "savings_log_sd", 1.0, out->savings_sd[t]);
        by_age(wealth, "tenure_class", t, "loan_to_value", 1.0, out->loan_to_value[t]);
    }
    out->price_dkk_m2 = flyt_table_values(&scenario->table[FLYT_TABLE_sections], "price_dkk_m2");
}

/* ---- adults -------------------------------------------------------------------------------- */

static bool is_couple(enum flyt_type type)
{
    return type == FLYT_TYPE_couple || type == FLYT_TYPE_couple_with_children;
}

/** ASSUMPTION: share of women among singles by age; of single parents .85 (2002: 87 %). */
static uint8_t single_sex(enum flyt_type type, int32_t age, double u)
{
    double women = type == FLYT_TYPE_single_parent ? 0.85
                   : age < 60                      ? 0.43
                   : age < 70                      ? 0.52
                   : age < 80                      ? 0.62
                                                   : 0.74;
    return u < women ? FLYT_SEX_woman : FLYT_SEX_man;
}

/** Index of a share at u, which is moved to where in that share it falls, in (0, 1). */
static uint32_t pick(const double *share, uint32_t n, double *u)
{
    double left = *u;
    uint32_t last = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (share[i] <= 0.0) {
            continue;
        }
        last = i;
        if (left < share[i]) {
            break;
        }
        left -= share[i];
    }
    *u = left;
    return last;
}

/** Where in the shares an item lies that was drawn by other means: a uniform of its own. */
static double rank_of(const double *share, uint32_t item, double u)
{
    double below = 0.0;
    for (uint32_t i = 0; i < item; i++) {
        below += share[i];
    }
    return below + u * share[item];
}

/** Work and education of the partner: like the head's rank with a chance, else on their own. */
static void fill_partner(const struct flyt_poppersons *persons, const struct flyt_world *world,
                         uint32_t household, const struct flyt_popgroup *group,
                         struct flyt_popcell cell, int32_t head_age, struct flyt_adult *partner)
{
    const struct flyt_popbands *bands = &persons->cells->bands;
    int32_t age = flyt_people_age(partner->born, world->calendar);
    uint32_t band = flyt_popcells_band(bands, age);
    double of_head[FLYT_N_WORKS], of_age[FLYT_N_WORKS];
    flyt_popages_work(group, cell.origin, head_age, of_head);
    flyt_popages_work(group, cell.origin, age, of_age);
    double work = draw(world, household, DRAW_work);
    double education = draw(world, household, DRAW_education);
    if (draw(world, household, DRAW_like) < persons->cells->params->like_partner) {
        work = rank_of(of_head, cell.work, draw(world, household, DRAW_head_rank));
        education = rank_of(group->education[cell.origin][cell.age], cell.education,
                            draw(world, household, DRAW_head_rank));
    }
    partner->work = (uint8_t)pick(of_age, FLYT_N_WORKS, &work);
    partner->education =
        (uint8_t)pick(group->education[cell.origin][band], FLYT_N_EDUCATIONS, &education);
}

static void fill_adults(const struct flyt_poppersons *persons, struct flyt_world *world,
                        uint32_t household, const struct flyt_popgroup *group,
                        struct flyt_popcell cell)
{
    struct flyt_household *row = &world->households.row[household];
    int32_t months =
        flyt_popages_months(persons->cells, group, cell, draw(world, household, DRAW_age));
    struct flyt_adult head = {.born = (int16_t)(world->calendar - months),
                              .work_since = world->calendar,
                              .work = (uint8_t)cell.work,
                              .education = (uint8_t)cell.education,
                              .approved = true};
    double u = draw(world, household, DRAW_sex);
    if (is_couple((enum flyt_type)cell.type)) {
        double gap =
            flyt_popcells_gap(persons->cells->params, draw(world, household, DRAW_gap)) * 12.0;
        int32_t younger = months - (int32_t)fabs(gap);
        struct flyt_adult partner = head;
        bool older_man = gap >= 0.0;
        head.sex = older_man ? FLYT_SEX_man : FLYT_SEX_woman;
        partner.sex = head.sex == FLYT_SEX_man ? FLYT_SEX_woman : FLYT_SEX_man;
        younger = younger < 18 * 12 ? 18 * 12 : younger;
        partner.born = (int16_t)(world->calendar - younger);
        fill_partner(persons, world, household, group, cell, months / 12, &partner);
        flyt_people_set_adult(row, 1, partner);
    } else {
        head.sex = single_sex((enum flyt_type)cell.type, months / 12, u);
    }
    flyt_people_set_adult(row, 0, head);
}

/** How long each adult has been in its work state, roughly; the livelihood refines it. */
static void fill_since(struct flyt_world *world, uint32_t household)
{
    static const double mean_months[FLYT_N_WORKS] = {60, 6, 40, 20, 100, 60};
    struct flyt_household *row = &world->households.row[household];
    for (uint32_t which = 0; which < flyt_people_adults(row); which++) {
        struct flyt_adult adult = flyt_people_adult(row, which);
        int32_t longest = world->calendar - adult.born - 18 * 12;
        double months =
            -mean_months[adult.work] * flyt_num_log(draw(world, household, DRAW_since + which));
        adult.work_since =
            (int16_t)(world->calendar - (months < longest ? (int32_t)months : longest));
        flyt_people_set_adult(row, which, adult);
    }
}

/* ---- children -------------------------------------------------------------------------------- */

/** Month of birth for a child between two ages in months, given when its younger parent was born;
 *  the parent was 18 to 45 then, if that can be. */
static int16_t child_born(const struct flyt_world *world, double u, int32_t from, int32_t to,
                          int32_t parent_months)
{
    int32_t low = parent_months - 45 * 12, high = parent_months - 18 * 12;
    low = low > from ? low : from;
    high = high < to ? high : to;
    if (low > high) {
        low = high = parent_months - 18 * 12 < from ? from : to;
    }
    return (int16_t)(world->calendar - (low + (int32_t)(u * (high - low + 1))));
}

/** Percent of an age who live with a parent, 2021: published for 18-21 together and for 20, 21, 23;
 *  for 30-44 in 2023 (assumptions.csv, leaving_home). ASSUMPTION: the ages between. */
static double with_parents(int32_t age)
{
    static const double percent[] = {90, 78, 59, 42, 28.5, 15, 10};
    return age < 25 ? percent[age - ADULT] : age < 30 ? 5 : 3.2;
}

/** Age of an adult child at home: as often as that age lives with a parent, who was 18 by then. */
static int32_t adult_child_age(int32_t parent_months, double u)
{
    int32_t oldest = parent_months / 12 - ADULT - 1;
    oldest = oldest < ADULT ? ADULT : oldest < OLDEST_CHILD ? oldest : OLDEST_CHILD;
    double sum = 0.0, below = 0.0;
    for (int32_t age = ADULT; age <= oldest; age++) {
        sum += with_parents(age);
    }
    int32_t age = ADULT;
    while (age < oldest && u * sum >= (below += with_parents(age))) {
        age++;
    }
    return age;
}

static void fill_children(const struct flyt_poppersons *persons, struct flyt_world *world,
                          uint32_t household, struct flyt_popcell cell)
{
    const struct flyt_popshares *shares = &persons->cells->shares;
    struct flyt_household *row = &world->households.row[household];
    bool couple = is_couple((enum flyt_type)cell.type);
    int32_t parent = world->calendar - row->born[couple];
    uint32_t n = 0;
    if (cell.type == FLYT_TYPE_single_parent || cell.type == FLYT_TYPE_couple_with_children) {
        double u = draw(world, household, DRAW_children);
        for (n = 1; n < FLYT_CHILDREN && u >= shares->children[cell.type][n]; n++) {
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        double u = draw(world, household, DRAW_child + i);
        row->child_born[i] = child_born(world, u, 0, 18 * 12 - 1, parent);
    }
    if (n < FLYT_CHILDREN &&
        draw(world, household, DRAW_adult_child) < shares->adult_child[couple][cell.age]) {
        double u = draw(world, household, DRAW_adult_child_age);
        int32_t from = adult_child_age(parent, draw(world, household, DRAW_adult_child_year)) * 12;
        row->child_born[n] = child_born(world, u, from, from + 11, parent);
    }
    world->households.cold[household].child_sex =
        (uint8_t)(draw(world, household, DRAW_child_sex) * (1 << FLYT_CHILDREN));
}

/* ---- what comes with them ----------------------------------------------------------------------
 */

static uint32_t tenure_of(const struct flyt_world *world, uint32_t household)
{
    return world->sections.tenure[world->households.row[household].section];
}

static uint8_t language_of(const struct flyt_start_params *params, uint32_t origin, bool working,
                           double u)
{
    double low = working ? params->language_0_working : params->language_0_other;
    double middle = working ? params->language_1_working : params->language_1_other;
    if (origin == FLYT_ORIGIN_danish) {
        return 2;
    }
    if (origin == FLYT_ORIGIN_western) {
        low = params->language_0_western;
        middle = params->language_1_western;
    }
    return u < low ? 0 : u < low + middle ? 1 : 2;
}

void flyt_poppersons_settle_origin(const struct flyt_poppersons *persons, struct flyt_world *world,
                                   uint32_t household)
{
    const struct flyt_start_params *params = persons->cells->params;
    struct flyt_household *row = &world->households.row[household];
    struct flyt_background background = flyt_people_background(row);
    bool working = row->work[0] == FLYT_WORK_employed;
    background.language =
        language_of(params, background.origin, working, draw(world, household, DRAW_language));
    flyt_people_set_background(row, background);
    for (uint32_t which = 0; which < flyt_people_adults(row); which++) {
        struct flyt_adult adult = flyt_people_adult(row, which);
        adult.approved = adult.education == FLYT_EDUCATION_basic ||
                         draw(world, household, DRAW_approved + which) >=
                             flyt_popcells_unapproved(params, background.origin);
        flyt_people_set_adult(row, which, adult);
    }
}

/** Length of stay as in a home that is left at a constant rate, not before the head was 18. */
static void fill_stay(const struct flyt_poppersons *persons, struct flyt_world *world,
                      uint32_t household)
{
    const struct flyt_start_params *params = persons->cells->params;
    struct flyt_household *row = &world->households.row[household];
    const double rate[FLYT_N_TENURES] = {params->stay_almen, params->stay_private_rental,
                                         params->stay_cooperative, params->stay_owner};
    double longest = world->calendar - row->born[0] - 18 * 12;
    double months =
        -12.0 / rate[tenure_of(world, household)] * flyt_num_log(draw(world, household, DRAW_stay));
    row->moved_in = (int16_t)(world->calendar - (int32_t)(months < longest ? months : longest));
}

void flyt_poppersons_fill(const struct flyt_poppersons *persons, struct flyt_world *world,
                          uint32_t household, uint32_t group_index, struct flyt_popcell cell)
{
    const struct flyt_popgroup *group = &persons->cells->group[group_index];
    const struct flyt_start_params *params = persons->cells->params;
    struct flyt_household *row = &world->households.row[household];
    fill_adults(persons, world, household, group, cell);
    fill_children(persons, world, household, cell);
    bool young = flyt_people_age(row->born[0], world->calendar) < 30;
    double u = draw(world, household, DRAW_married);
    struct flyt_background background = {
        .origin = (uint8_t)cell.origin,
        .married = is_couple((enum flyt_type)cell.type) &&
                   u < (young ? params->married_young : params->married_old)};
    flyt_people_set_background(row, background);
    flyt_poppersons_settle_origin(persons, world, household);
    fill_since(world, household);
    fill_stay(persons, world, household);
}

/* ---- money ------------------------------------------------------------------------------------
 */

void flyt_poppersons_settle_wealth(const struct flyt_poppersons *persons, struct flyt_world *world,
                                   uint32_t household)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    uint32_t tenure = tenure_of(world, household), section = row->section;
    int32_t age = flyt_people_age(row->born[0], world->calendar);
    age = age < FLYT_POP_AGES ? age : FLYT_POP_AGES - 1;
    bool listed = world->areas.listed[world->sections.area[section]] != FLYT_LIST_none;
    double median = persons->savings[tenure][age];
    median *= listed && tenure == FLYT_TENURE_almen ? persons->cells->params->savings_listed : 1.0;
    double z = flyt_popcells_normal(draw(world, household, DRAW_savings));
    double savings = median * flyt_num_exp(persons->savings_sd[tenure][age] * z);
    row->savings_ore = (int64_t)(savings < 2e7 ? savings : 2e7) * 100;
    row->settled = world->calendar;
    double value = persons->price_dkk_m2[world->sections.table_row[section]] *
                   world->dwellings.area_m2[row->home];
    if (value <= 0.0) {
        return;
    }
    /* ASSUMPTION: homes differ by 25 % in price, prices rose 2.5 % a year, loans differ by 30 %. */
    value *= flyt_num_exp(0.25 * flyt_popcells_normal(draw(world, household, DRAW_price)));
    double years = (world->calendar - row->moved_in) / 12.0;
    double loan = persons->loan_to_value[tenure][age] *
                  flyt_num_exp(0.3 * flyt_popcells_normal(draw(world, household, DRAW_loan)));
    cold->price_ore = (int64_t)(value * flyt_num_exp(-0.025 * years)) * 100;
    cold->debt_ore = (int64_t)(value * (loan < 0.95 ? loan : 0.95)) * 100;
}

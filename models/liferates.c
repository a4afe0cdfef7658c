#include "models/liferates.h"

#include <string.h>

#include "models/params.h"
#include "sim/num.h"

#define IN_CARE_MOST 0.5 /* share of an age in care: a limit for extreme parameters */

/** Yearly rates from an age on: two columns, mostly men and women. */
struct band {
    int from;
    double rate[2];
};

/** Singles who begin to look for a partner. Recalled (low confidence): couple formation of 2018. */
static const struct band look_bands[] = {
    {0, {0, 0}},      {18, {.05, .08}}, {20, {.10, .13}},  {25, {.13, .15}},   {30, {.12, .12}},
    {35, {.09, .08}}, {40, {.06, .05}}, {50, {.03, .022}}, {65, {.011, .005}}, {80, {.002, .001}}};

/** Separations of cohabiting, married couples by age. Recalled (low); divorces near the published
 *  1.4-2.2 % a year of couples with children, 0.4 % where the youngest is grown (2018-19). */
static const struct band separation_bands[] = {{0, {.17, .03}},    {25, {.10, .03}},
                                               {30, {.065, .026}}, {40, {.05, .021}},
                                               {50, {.025, .009}}, {65, {.025, .002}}};

/** Leaving the parents' home. Derived: differences of the shares living at home that Danmarks
 *  Statistik published for 2021, with moves back added. ASSUMPTION: nobody leaves before 18. */
static const struct band leaving_bands[] = {{0, {0, 0}},      {18, {.08, .13}}, {19, {.20, .30}},
                                            {20, {.30, .42}}, {21, {.36, .48}}, {22, {.40, .50}},
                                            {23, {.40, .48}}, {25, {.35, .38}}, {30, {.15, .18}}};

/** Moving to a care home, of all at home. Derived: share in care 2019 over a mean stay of 2.67
 * years. */
static const struct band care_bands[] = {
    {0, {0, 0}}, {65, {.004, .004}}, {80, {.02, .02}}, {85, {.05, .05}}, {90, {.11, .11}}};

/** Moves to another municipality, and abroad, per person. Recalled (low): Odense and Fyn 2020. */
static const struct band move_out_bands[] = {
    {0, {.035, .006}},  {18, {.150, .015}}, {25, {.140, .022}}, {30, {.080, .014}},
    {40, {.044, .006}}, {50, {.025, .003}}, {65, {.015, .001}}, {80, {.009, .0005}}};

static double band_rate(const struct band *band, size_t n, int age, int column)
{
    size_t i = n - 1;
    while (i > 0 && age < band[i].from) {
        i--;
    }
    return band[i].rate[column];
}

#define RATE(bands, age, column) band_rate(bands, FLYT_COUNT(bands), age, column)

static double month_chance(double rate_year)
{
    return 1.0 - flyt_num_exp(-rate_year / 12.0);
}

/* ---- tables of a year ---------------------------------------------------------------------- */

static void fill_births(const struct flyt_fertility_params *params,
                        const double norm[FLYT_FERTILE_GROUPS], struct flyt_life_rates *rates)
{
    double by_age[FLYT_FERTILE_AGES];
    flyt_fertility_by_age(params, by_age);
    for (int couple = 0; couple < 2; couple++) {
        for (uint32_t k = 0; k <= FLYT_CHILDREN; k++) {
            double factor = flyt_fertility_factor(params, couple, k);
            for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
                rates->birth[couple][k][i] = month_chance(by_age[i] * norm[i / 5] * factor);
            }
        }
    }
    rates->months_between = (int32_t)params->months_between;
}

static void fill_move_out(const struct flyt_migration_params *params, struct flyt_life_rates *rates)
{
    for (int age = 0; age < FLYT_AGES; age++) {
        double rate = RATE(move_out_bands, age, 0) * params->out_domestic +
                      RATE(move_out_bands, age, 1) * params->out_abroad;
        for (int couple = 0; couple < 2; couple++) {
            for (int children = 0; children < 2; children++) {
                double factor =
                    (couple ? params->out_couple : 1.0) * (children ? params->out_children : 1.0);
                double outside = factor * params->outside_work_ratio;
                rates->move_out[0][couple][children][age] = month_chance(rate * factor);
                rates->move_out[1][couple][children][age] = month_chance(rate * outside);
            }
        }
    }
}

void flyt_liferates_at_home(const double death[FLYT_AGES], const double care[FLYT_AGES],
                            double stay_years, double at_home[FLYT_AGES])
{
    enum { MONTHS = 12 };
    double in_care = 0.0; /* of those alive */
    for (int age = 0; age < FLYT_AGES; age++) {
        double middle = 0.0;
        for (int month = 0; month < MONTHS; month++) {
            double moved = care[age] * (1.0 - in_care), dead = in_care / stay_years;
            in_care += (moved - dead + death[age] * in_care) / MONTHS;
            in_care = in_care < 0.0 ? 0.0 : in_care < IN_CARE_MOST ? in_care : IN_CARE_MOST;
            middle += in_care / MONTHS;
        }
        double rest = (death[age] - middle / stay_years) / (1.0 - middle);
        at_home[age] = rest > 0.0 ? rest : 0.0;
    }
}

void flyt_liferates_frailty(const struct flyt_params *params, struct flyt_frailty_rates *rates)
{
    double death[2][FLYT_AGES], care[FLYT_AGES];
    flyt_mortality_rates(&params->mortality, death);
    for (int age = 0; age < FLYT_AGES; age++) {
        care[age] = RATE(care_bands, age, 0) * params->lifecourse.care_factor;
    }
    for (int sex = 0; sex < 2; sex++) {
        double all[FLYT_AGES];
        memcpy(all, death[sex], sizeof all);
        flyt_liferates_at_home(all, care, params->lifecourse.care_years, death[sex]);
    }
    flyt_frailty_split(&params->frailty, death, care, rates);
}

/** Deaths, moves into care and who begins to need help. */
static void fill_last_years(const struct flyt_params *params, struct flyt_life_rates *rates)
{
    struct flyt_frailty_rates frailty;
    flyt_liferates_frailty(params, &frailty);
    for (int age = 0; age < FLYT_AGES; age++) {
        rates->frail[age] = month_chance(frailty.onset[age]);
        for (int sex = 0; sex < 2; sex++) {
            rates->death[0][sex][age] = month_chance(frailty.death[sex][age]);
            rates->death[1][sex][age] = month_chance(frailty.death_frail[sex][age]);
            rates->care[sex][age] = month_chance(frailty.care_frail[sex][age]);
            rates->frail_share[sex][age] = frailty.share[sex][age];
        }
    }
}

void flyt_liferates_fill(const struct flyt_params *params, const double norm[FLYT_FERTILE_GROUPS],
                         struct flyt_life_rates *rates)
{
    const struct flyt_couples_params *couples = &params->couples;
    fill_last_years(params, rates);
    fill_births(&params->fertility, norm, rates);
    fill_move_out(&params->migration, rates);
    rates->marriage[0] = month_chance(couples->marriage_childless);
    rates->marriage[1] = month_chance(couples->marriage_children);
    for (int age = 0; age < FLYT_AGES; age++) {
        for (int k = 0; k < 2; k++) {
            double parting = k ? couples->separation_married : couples->separation_cohabiting;
            rates->look[k][age] = month_chance(RATE(look_bands, age, k) * couples->union_factor);
            rates->separation[k][age] = month_chance(RATE(separation_bands, age, k) * parting);
            rates->leaving[k][age] =
                month_chance(RATE(leaving_bands, age, k) * params->leaving.leaving_factor);
        }
    }
}

/** The greater of the chances at each age and the next one; n ages. */
static void most_of(const double *now, double *most, int n)
{
    for (int i = 0; i < n; i++) {
        double older = now[i + 1 < n ? i + 1 : i];
        most[i] = now[i] > older ? now[i] : older;
    }
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

void flyt_liferates_most(const struct flyt_life_rates *now, struct flyt_life_rates *most)
{
    for (int k = 0; k < 2; k++) {
        most_of(now->death[0][k], most->death[0][k], FLYT_AGES);
        most_of(now->death[1][k], most->death[1][k], FLYT_AGES);
        most_of(now->care[k], most->care[k], FLYT_AGES);
        most_of(now->look[k], most->look[k], FLYT_AGES);
        most_of(now->separation[k], most->separation[k], FLYT_AGES);
        most_of(now->leaving[k], most->leaving[k], FLYT_AGES);
        for (uint32_t n = 0; n <= FLYT_CHILDREN; n++) {
            most_of(now->birth[k][n], most->birth[k][n], FLYT_FERTILE_AGES);
        }
        double either[FLYT_AGES]; /* a child may come of age, work may end or begin */
        for (int age = 0; age < FLYT_AGES; age++) {
            either[age] = larger(larger(now->move_out[0][k][0][age], now->move_out[0][k][1][age]),
                                 larger(now->move_out[1][k][0][age], now->move_out[1][k][1][age]));
        }
        for (int i = 0; i < 4; i++) {
            most_of(either, most->move_out[i / 2][k][i % 2], FLYT_AGES);
        }
    }
    most_of(now->frail, most->frail, FLYT_AGES);
    most->marriage[0] = most->marriage[1] = larger(now->marriage[0], now->marriage[1]);
    most->months_between = 0;
}

void flyt_liferates_women(const struct flyt_params *params, struct flyt_women_rates *rates)
{
    const struct flyt_couples_params *couples = &params->couples;
    for (int i = 0; i < FLYT_FERTILE_AGES; i++) {
        int age = FLYT_FERTILE_FROM + i;
        rates->leave[i] = RATE(leaving_bands, age, 1) * params->leaving.leaving_factor;
        rates->unite[i] = RATE(look_bands, age, 1) * couples->union_factor;
        rates->separate[0][i] = RATE(separation_bands, age, 0) * couples->separation_cohabiting;
        rates->separate[1][i] = RATE(separation_bands, age, 1) * couples->separation_married;
    }
    rates->marry[0] = couples->marriage_childless;
    rates->marry[1] = couples->marriage_children;
}

/* ---- one household ------------------------------------------------------------------------- */

/** Adds chances side by side and remembers where u falls. */
struct draw {
    struct flyt_life_event event;
    double u, sum;
};

static inline void add(struct draw *draw, double chance, enum flyt_life_kind kind, uint32_t who)
{
    double before = draw->sum;
    draw->sum += chance;
    if (draw->u >= before && draw->u < draw->sum) {
        draw->event = (struct flyt_life_event){kind, who};
    }
}

static inline uint32_t age_of(int16_t born, int16_t now)
{
    uint32_t months = now > born ? (uint32_t)(now - born) : 0, age = months / 12;
    return age < FLYT_AGES ? age : FLYT_AGES - 1;
}

int16_t flyt_liferates_youngest(const struct flyt_household *row)
{
    int16_t youngest = FLYT_NO_MONTH; /* below every month */
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        youngest = row->child_born[i] > youngest ? row->child_born[i] : youngest;
    }
    return youngest;
}

/** What the chances ask of a household, read in one go. */
struct shape {
    const struct flyt_life_rates *rates;
    const struct flyt_household *row;
    int16_t now, youngest;
    bool couple, minors;
    uint32_t n_children; /* of any age */
};

static inline struct shape shape_of(const struct flyt_life_rates *rates,
                                    const struct flyt_household *row, int16_t now)
{
    struct shape shape = {.rates = rates, .row = row, .now = now};
    shape.youngest = flyt_liferates_youngest(row);
    shape.couple = row->born[0] != FLYT_NO_MONTH && row->born[1] != FLYT_NO_MONTH;
    shape.minors = shape.youngest != FLYT_NO_MONTH && now - shape.youngest < 18 * 12;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        shape.n_children += row->child_born[i] != FLYT_NO_MONTH;
    }
    return shape;
}

/** Chance of a birth to a woman of that age. */
static inline double birth_chance(const struct flyt_life_rates *rates, uint32_t age, bool couple,
                                  uint32_t n_children)
{
    uint32_t i = age - FLYT_FERTILE_FROM;
    return i < FLYT_FERTILE_AGES ? rates->birth[couple][n_children][i] : 0.0;
}

static void add_children(const struct shape *shape, uint8_t child_sex, struct draw *draw)
{
    const struct flyt_life_rates *rates = shape->rates;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (shape->row->child_born[i] == FLYT_NO_MONTH) {
            continue;
        }
        uint32_t age = age_of(shape->row->child_born[i], shape->now), sex = child_sex >> i & 1;
        add(draw, rates->death[0][sex][age], FLYT_LIFE_child_death, i);
        if (age >= FLYT_FERTILE_FROM - 1) { /* a year early: also an upper limit */
            add(draw, rates->leaving[sex][age], FLYT_LIFE_leaving, i);
            if (sex == FLYT_SEX_woman) {
                bool limit = age < FLYT_FERTILE_FROM && rates->months_between == 0;
                add(draw, birth_chance(rates, limit ? FLYT_FERTILE_FROM : age, false, 0),
                    FLYT_LIFE_birth_at_home, i);
            }
        }
    }
}

static void add_adult(const struct shape *shape, uint32_t which, struct draw *draw)
{
    const struct flyt_life_rates *rates = shape->rates;
    const struct flyt_household *row = shape->row;
    struct flyt_adult adult = flyt_people_adult(row, which);
    uint32_t age = age_of(adult.born, shape->now), sex = adult.sex;
    add(draw, rates->death[adult.frail][sex][age], FLYT_LIFE_death, which);
    if (adult.frail) {
        add(draw, rates->care[sex][age], FLYT_LIFE_care, which);
    } else if (age >= FLYT_FRAIL_FROM - 1) { /* a year early: also an upper limit */
        add(draw, rates->frail[age], FLYT_LIFE_frail, which);
    }
    bool second_woman = shape->couple && which == 1 && (row->person[0] & 1) == FLYT_SEX_woman;
    bool recent =
        shape->youngest != FLYT_NO_MONTH && shape->now - shape->youngest < rates->months_between;
    if (sex == FLYT_SEX_woman && !second_woman && !recent) {
        add(draw, birth_chance(rates, age, shape->couple, shape->n_children), FLYT_LIFE_birth,
            which);
    }
    if (!shape->couple && !(row->flags & FLYT_LOOKING)) {
        add(draw, rates->look[sex][age], FLYT_LIFE_look, which);
    }
}

static bool is_married(const struct flyt_household *row)
{
    return flyt_people_background(row).married;
}

/** Whether all adults are of working age without work or study; the retired differ by age. */
static inline bool outside_work(const struct flyt_household *row)
{
    bool outside = true;
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        bool without = row->work[i] == FLYT_WORK_unemployed || row->work[i] == FLYT_WORK_benefit ||
                       row->work[i] == FLYT_WORK_disability;
        outside &= row->born[i] == FLYT_NO_MONTH || without;
    }
    return outside;
}

static inline double move_out(const struct shape *shape)
{
    const int16_t *born = shape->row->born;
    int16_t oldest = born[0];
    if (oldest == FLYT_NO_MONTH || (shape->couple && born[1] < oldest)) {
        oldest = born[1];
    }
    bool outside = outside_work(shape->row);
    return shape->rates
        ->move_out[outside][shape->couple][shape->minors][age_of(oldest, shape->now)];
}

double flyt_liferates_move_out(const struct flyt_life_rates *rates,
                               const struct flyt_household *row, int16_t now)
{
    struct shape shape = shape_of(rates, row, now);
    return move_out(&shape);
}

struct flyt_life_event flyt_liferates_event(const struct flyt_life_rates *rates,
                                            const struct flyt_household *row, uint8_t child_sex,
                                            int16_t now, double u, double *sum)
{
    struct draw draw = {{FLYT_LIFE_none, 0}, u, 0.0};
    struct shape shape = shape_of(rates, row, now);
    for (uint32_t which = 0; which < FLYT_ADULTS; which++) {
        if (row->born[which] != FLYT_NO_MONTH) {
            add_adult(&shape, which, &draw);
        }
    }
    if (shape.n_children > 0) {
        add_children(&shape, child_sex, &draw);
    }
    if (shape.couple) {
        int16_t middle = (int16_t)((row->born[0] + row->born[1]) / 2);
        bool married = is_married(row);
        add(&draw, rates->separation[married][age_of(middle, now)], FLYT_LIFE_separation, 0);
        if (!married) {
            add(&draw, rates->marriage[shape.minors], FLYT_LIFE_marriage, 0);
        }
    }
    add(&draw, move_out(&shape), FLYT_LIFE_move_out, 0);
    *sum = draw.sum;
    return draw.event;
}

enum flyt_standing flyt_liferates_standing(const struct flyt_household *row)
{
    return flyt_people_adults(row) < 2 ? FLYT_STANDING_single
           : is_married(row)           ? FLYT_STANDING_married
                                       : FLYT_STANDING_cohabiting;
}

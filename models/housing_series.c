/**
 * @file housing_series.c
 * @brief The output variables of the housing model.
 */
#include <string.h>

#include "models/childhood.h"
#include "models/housing.h"
#include "models/housing_parts.h"
#include "models/letting_series.h"
#include "models/lifecourse.h"
#include "models/resources.h"
#include "models/stock.h"

static void record_homes(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t s = 0; s < world->housing->n_markets; s++) {
        row[s] = flyt_housing_homes(world, s);
    }
}

static void record_vacant(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t s = 0; s < world->housing->n_markets; s++) {
        row[s] = flyt_housing_vacant(world, s);
    }
}

static void record_households(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t s = 0; s < world->housing->n_markets; s++) {
        row[s] = (int64_t)flyt_housing_homes(world, s) - flyt_housing_vacant(world, s);
    }
}

static void record_waiting(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    memset(row, 0, world->housing->n_markets * sizeof *row);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        const struct flyt_list *list = &world->housing->searching[block];
        for (uint32_t i = 0; i < list->n; i++) {
            const struct flyt_household *household = &world->households.row[list->row[i]];
            if (household->search_since != FLYT_NO_MONTH) {
                row[flyt_housing_market_of(world, household->section)]++;
            }
        }
    }
}

#define RECORD_COUNT(name)                                                                         \
    static void record_##name(const void *state, void *row)                                        \
    {                                                                                              \
        const struct flyt_world *world = state;                                                    \
        memcpy(row, world->housing->counts.name, world->housing->n_markets * sizeof(int64_t));     \
    }

RECORD_COUNT(moves_out)
RECORD_COUNT(moves_in)
RECORD_COUNT(waited_months)
RECORD_COUNT(given_up)

static void record_built(const void *state, void *row)
{
    const struct flyt_world *world = state;
    memcpy(row, world->stock->built, world->housing->n_markets * sizeof(int64_t));
}

static void record_closed(const void *state, void *row)
{
    const struct flyt_world *world = state;
    memcpy(row, world->stock->closed, world->housing->n_markets * sizeof(int64_t));
}

static void tally_age(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    uint32_t tenure = world->sections.tenure[household->section];
    int32_t age = flyt_people_age(flyt_people_oldest(household), world->calendar);
    uint32_t band = flyt_housing_age_band(age);
    row[tenure * FLYT_AGE_BANDS + band]++;
}

static void record_by_age(const void *world, void *row)
{
    flyt_world_sum(world, tally_age, FLYT_N_TENURES * FLYT_AGE_BANDS, row);
}

static void tally_type(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    const struct flyt_household *household = &world->households.row[i];
    uint32_t tenure = world->sections.tenure[household->section];
    row[tenure * FLYT_N_TYPES + flyt_people_type(household, world->calendar)]++;
}

static void record_by_type(const void *world, void *row)
{
    flyt_world_sum(world, tally_type, FLYT_N_TENURES * FLYT_N_TYPES, row);
}

static void tally_class(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    uint32_t market = flyt_housing_market_of(world, world->households.row[i].section);
    row[market * FLYT_N_CLASSES + flyt_resources_class(world, i)]++;
}

static void record_by_class(const void *state, void *row)
{
    const struct flyt_world *world = state;
    flyt_world_sum(world, tally_class, world->housing->n_markets * FLYT_N_CLASSES, row);
}

static void tally_income(const struct flyt_world *world, uint32_t i, int64_t *row)
{
    uint32_t tenure = world->sections.tenure[world->households.row[i].section];
    row[tenure * FLYT_INCOME_CLASSES + flyt_resources_income_class(world, i)]++;
}

static void record_by_income(const void *world, void *row)
{
    flyt_world_sum(world, tally_income, FLYT_N_TENURES * FLYT_INCOME_CLASSES, row);
}

static void record_persons(const void *state, void *row)
{
    const struct flyt_world *world = state;
    *(int64_t *)row = world->life->n_persons;
}

static void record_hidden(const void *state, void *row)
{
    const struct flyt_world *world = state;
    *(int64_t *)row = world->n_hidden;
}

static void record_persons_by_age(const void *state, void *row_)
{
    static const uint32_t from[FLYT_PERSON_AGES] = {0, 10, 18, 20, 30, 40, 50, 60, 65, 70, 80, 90};
    const struct flyt_world *world = state;
    int64_t *row = row_, persons[2 * FLYT_AGES];
    memset(row, 0, sizeof *row * 2 * FLYT_PERSON_AGES);
    flyt_lifecourse_persons(world, persons);
    for (uint32_t i = 0; i < 2 * FLYT_AGES; i++) {
        uint32_t band = FLYT_PERSON_AGES - 1;
        while (i % FLYT_AGES < from[band]) {
            band--;
        }
        row[i / FLYT_AGES * FLYT_PERSON_AGES + band] += persons[i];
    }
}

static void record_children(const void *world, void *row)
{
    int64_t months;
    flyt_childhood_sum(world, row, &months);
}

static void record_child_months(const void *world, void *row)
{
    int64_t n;
    flyt_childhood_sum(world, &n, row);
}

#define RECORD_LIFE(name)                                                                          \
    static void record_life_##name(const void *state, void *row)                                   \
    {                                                                                              \
        const struct flyt_world *world = state;                                                    \
        *(int64_t *)row = world->life->counts.name;                                                \
    }

RECORD_LIFE(born)
RECORD_LIFE(dead)
RECORD_LIFE(couples)
RECORD_LIFE(parted)
RECORD_LIFE(left_home)
RECORD_LIFE(left_educated)
RECORD_LIFE(left_helped)
RECORD_LIFE(left_helped_educated)
RECORD_LIFE(out_households)
RECORD_LIFE(out_persons)
RECORD_LIFE(in_households)
RECORD_LIFE(in_persons)

#define BY_PLACE .n_dims = 2, .dim = {FLYT_DIM_municipality, FLYT_DIM_tenure}
#define STOCK .type = FLYT_SERIES_count, .kind = FLYT_SERIES_stock
#define FLOW .type = FLYT_SERIES_count, .kind = FLYT_SERIES_flow

const struct flyt_series flyt_housing_series[FLYT_N_SERIES] = {
    {.name = "homes",
     .unit = "homes",
     STOCK,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Homes on the market",
     .da = "Boliger på markedet",
     .how = "Lived in or vacant; homes never on the market are left out.",
     .record = record_homes},
    {.name = "vacant_homes",
     .unit = "homes",
     STOCK,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Vacant homes",
     .da = "Ledige boliger",
     .how = "Homes nobody lives in after the month's last round.",
     .record = record_vacant},
    {.name = "households",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Households",
     .da = "Husstande",
     .how = "Homes that are lived in.",
     .record = record_households},
    {.name = "moves_out",
     .unit = "households",
     FLOW,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Households leaving their home",
     .da = "Husstande der forlader deres bolig",
     .how = "By the home they leave, also to another home in the same place.",
     .record = record_moves_out},
    {.name = "moves_in",
     .unit = "households",
     FLOW,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Households taking a home",
     .da = "Husstande der overtager en bolig",
     .how = "By the home they take.",
     .record = record_moves_in},
    {.name = "waiting",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Households looking for a home",
     .da = "Husstande der søger en bolig",
     .how = "By the home they live or stay in; those outside are not counted.",
     .record = record_waiting},
    {.name = "waiting_months_let",
     .unit = "months",
     FLOW,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Months waited by those who took a home",
     .da = "Ventemåneder for dem der overtog en bolig",
     .how = "Sum over households; divided by moves_in it is the mean wait.",
     .record = record_waited_months},
    {.name = "searches_given_up",
     .unit = "households",
     FLOW,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Searches given up",
     .da = "Opgivne boligsøgninger",
     .how = "Searches that lasted search.months_most or letting.list_months_most.",
     .record = record_given_up},
    {.name = "households_by_age",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .n_dims = 2,
     .dim = {FLYT_DIM_tenure, FLYT_DIM_age},
     .en = "Households by age",
     .da = "Husstande efter alder",
     .how = "Age of the oldest adult in whole years.",
     .record = record_by_age},
    {.name = "households_by_type",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .n_dims = 2,
     .dim = {FLYT_DIM_tenure, FLYT_DIM_household_type},
     .en = "Households by type",
     .da = "Husstande efter type",
     .how = "One or two adults, with or without children below 18.",
     .record = record_by_type},
    {.name = "persons",
     .unit = "persons",
     STOCK,
     .period = FLYT_SERIES_monthly,
     .en = "Persons",
     .da = "Personer",
     .how = "Adults and children of all households.",
     .record = record_persons},
    {.name = "hidden_households",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_monthly,
     .en = "Households without a home of their own",
     .da = "Husstande uden egen bolig",
     .how = "They stay with parents, a former partner or others, and look for a home.",
     .record = record_hidden},
    {.name = "persons_by_age",
     .unit = "persons",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .n_dims = 2,
     .dim = {FLYT_DIM_sex, FLYT_DIM_person_age},
     .en = "Persons by sex and age",
     .da = "Personer efter køn og alder",
     .how = "Whole years of age.",
     .record = record_persons_by_age},
    {.name = "births",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Births",
     .da = "Fødte",
     .how = "Counted by the life course.",
     .record = record_life_born},
    {.name = "deaths",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Deaths",
     .da = "Døde",
     .how = "Counted by the life course.",
     .record = record_life_dead},
    {.name = "couples_formed",
     .unit = "couples",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Couples formed",
     .da = "Nye par",
     .how = "Counted by the life course.",
     .record = record_life_couples},
    {.name = "couples_parted",
     .unit = "couples",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Couples parted",
     .da = "Brudte par",
     .how = "Counted by the life course.",
     .record = record_life_parted},
    {.name = "left_home",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Children who left home",
     .da = "Børn flyttet hjemmefra",
     .how = "Counted by the life course.",
     .record = record_life_left_home},
    {.name = "left_home_educated",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Of them, heading for more than basic schooling",
     .da = "Heraf på vej mod mere end grundskole",
     .how = "Drawn when they leave home; of left_home.",
     .record = record_life_left_educated},
    {.name = "left_home_helped",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Children who left home and had been in a programme",
     .da = "Børn flyttet hjemmefra, der havde været i et forløb",
     .how = "Their family took part for a quarter of a year or more before they were 18.",
     .record = record_life_left_helped},
    {.name = "left_home_helped_educated",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Of them, heading for more than basic schooling",
     .da = "Heraf på vej mod mere end grundskole",
     .how = "Drawn when they leave home; of left_home_helped.",
     .record = record_life_left_helped_educated},
    {.name = "children",
     .unit = "persons",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .en = "Children below 18 at home",
     .da = "Hjemmeboende børn under 18 år",
     .how = "Of all households.",
     .record = record_children},
    {.name = "children_deprived_months",
     .unit = "months",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .en = "Months they have lived in deprived areas",
     .da = "Måneder, de har boet i udsatte områder",
     .how = "In areas on a list at the time, 255 a child at most; before the start since their "
            "birth or move.",
     .record = record_child_months},
    {.name = "households_out",
     .unit = "households",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Households moved out",
     .da = "Fraflyttede husstande",
     .how = "Counted by the life course.",
     .record = record_life_out_households},
    {.name = "persons_out",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Persons moved out",
     .da = "Fraflyttede personer",
     .how = "Counted by the life course.",
     .record = record_life_out_persons},
    {.name = "households_in",
     .unit = "households",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Households moved in",
     .da = "Tilflyttede husstande",
     .how = "Counted by the life course.",
     .record = record_life_in_households},
    {.name = "persons_in",
     .unit = "persons",
     FLOW,
     .period = FLYT_SERIES_monthly,
     .en = "Persons moved in",
     .da = "Tilflyttede personer",
     .how = "Counted by the life course.",
     .record = record_life_in_persons},
    {.name = "homes_built",
     .unit = "homes",
     FLOW,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Homes built or converted into this tenure",
     .da = "Boliger bygget eller ommærket til denne ejerform",
     .how = "By projected growth and prices, and by the stock plan.",
     .record = record_built},
    {.name = "homes_closed",
     .unit = "homes",
     FLOW,
     .period = FLYT_SERIES_monthly,
     BY_PLACE,
     .en = "Homes pulled down or converted from this tenure",
     .da = "Boliger revet ned eller ommærket fra denne ejerform",
     .how = "By the stock plan, as they fall vacant.",
     .record = record_closed},
    {.name = "households_by_class",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .n_dims = 3,
     .dim = {FLYT_DIM_municipality, FLYT_DIM_tenure, FLYT_DIM_resource_class},
     .en = "Households by class of resources",
     .da = "Husstande efter ressourceklasse",
     .how = "Terciles of the resource score at the start; hidden households where they stay.",
     .record = record_by_class},
    {.name = "households_by_income",
     .unit = "households",
     STOCK,
     .period = FLYT_SERIES_yearly,
     .n_dims = 2,
     .dim = {FLYT_DIM_tenure, FLYT_DIM_income_class},
     .en = "Households by income",
     .da = "Husstande efter indkomst",
     .how = "Fifths of the equivalised disposable income of all households, as of last January; "
            "hidden households where they stay.",
     .record = record_by_income},
    FLYT_LEDGER_SERIES FLYT_AREAS_SERIES FLYT_SEGREGATION_SERIES FLYT_COST_SERIES
        FLYT_LETTING_SERIES FLYT_MOBILITY_SERIES};

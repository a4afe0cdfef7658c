/**
 * @file popmatch.c
 * @brief Counts by place, and the last persons that make a known share right.
 */
#include "models/popmatch.h"

#include <math.h>

#include "sim/rank.h"

/* ---- counting -------------------------------------------------------------------------------- */

static bool is_basic(const struct flyt_adult *adult)
{
    return adult->education == FLYT_EDUCATION_basic || !adult->approved;
}

static bool is_inside(uint32_t work)
{
    return work == FLYT_WORK_employed || work == FLYT_WORK_student;
}

void flyt_popmatch_add(const struct flyt_world *world, uint32_t household,
                       struct flyt_popcount *count)
{
    const struct flyt_household *row = &world->households.row[household];
    const struct flyt_household_cold *cold = &world->households.cold[household];
    int64_t persons = flyt_people_persons(row);
    count->households++;
    count->almen += world->sections.tenure[row->section] == FLYT_TENURE_almen;
    count->persons += persons;
    count->children += flyt_people_children(row, world->calendar);
    count->nonwestern += flyt_people_background(row).origin == FLYT_ORIGIN_nonwestern ? persons : 0;
    count->disposable_ore += row->disposable_ore;
    for (uint32_t which = 0; which < flyt_people_adults(row); which++) {
        struct flyt_adult adult = flyt_people_adult(row, which);
        int32_t age = flyt_people_age(adult.born, world->calendar);
        count->adults++;
        count->old += age >= 65;
        count->convicted += cold->convicted[which] != FLYT_NO_MONTH &&
                            world->calendar - cold->convicted[which] <= 12;
        if (age < 65) {
            count->working_age++;
            count->employed += adult.work == FLYT_WORK_employed;
            count->inside += is_inside(adult.work);
            count->gross_ore += row->gross_ore[which];
        }
        if (age >= 30 && age < 60) {
            count->middle_age++;
            count->basic += is_basic(&adult);
        }
    }
}

static void add_counts(struct flyt_popcount *to, const struct flyt_popcount *from)
{
    to->households += from->households;
    to->almen += from->almen;
    to->persons += from->persons;
    to->children += from->children;
    to->old += from->old;
    to->nonwestern += from->nonwestern;
    to->working_age += from->working_age;
    to->employed += from->employed;
    to->inside += from->inside;
    to->middle_age += from->middle_age;
    to->basic += from->basic;
    to->adults += from->adults;
    to->convicted += from->convicted;
    to->gross_ore += from->gross_ore;
    to->disposable_ore += from->disposable_ore;
}

/** The area of a section as a place, FLYT_NONE when nothing is known of it. */
static uint32_t area_place(const struct flyt_world *world, const struct flyt_popcells *cells,
                           uint32_t section)
{
    uint32_t row = world->sections.table_row[section];
    uint32_t group = cells->group_of_row[row];
    if (group == FLYT_NONE || !cells->place[cells->group[group].place].is_area) {
        return FLYT_NONE;
    }
    return cells->group[group].place;
}

struct count_job {
    const struct flyt_world *world;
    const struct flyt_popcells *cells;
    struct flyt_popcount *count; /* [n_blocks][n_places] */
};

static void count_block(void *job_, uint32_t block)
{
    struct count_job *job = job_;
    const struct flyt_world *world = job->world;
    struct flyt_popcount *count = job->count + (size_t)block * job->cells->n_places;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        if (world->households.uid[i] == 0) {
            continue;
        }
        uint32_t section = world->households.row[i].section;
        uint32_t place = area_place(world, job->cells, section);
        flyt_popmatch_add(world, i, &count[world->sections.municipality[section]]);
        if (place != FLYT_NONE) {
            flyt_popmatch_add(world, i, &count[place]);
        }
    }
}

enum flyt_status flyt_popmatch_count(const struct flyt_world *world,
                                     const struct flyt_popcells *cells, struct flyt_popcount *count)
{
    uint32_t n_blocks = world->par.n_blocks;
    struct count_job job = {world, cells,
                            FLYT_ARENA_ZERO(world->step_arena, struct flyt_popcount,
                                            (size_t)n_blocks * cells->n_places)};
    if (job.count == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, count_block, &job);
    for (uint32_t block = 0; block < n_blocks; block++) {
        for (uint32_t p = 0; p < cells->n_places; p++) {
            add_counts(&count[p], &job.count[(size_t)block * cells->n_places + p]);
        }
    }
    return FLYT_OK;
}

static double percent(int64_t part, int64_t whole, double *n)
{
    *n = (double)whole;
    return whole > 0 ? 100.0 * (double)part / (double)whole : (double)NAN;
}

double flyt_popmatch_value(const struct flyt_popcount *count, const struct flyt_popcount *all,
                           enum flyt_variable variable, double *n)
{
    switch (variable) {
    case FLYT_VARIABLE_age_0_17:
        return percent(count->children, count->persons, n);
    case FLYT_VARIABLE_age_65_plus:
        return percent(count->old, count->persons, n);
    case FLYT_VARIABLE_almen_homes:
        return percent(count->almen, count->households, n);
    case FLYT_VARIABLE_nonwestern:
        return percent(count->nonwestern, count->persons, n);
    case FLYT_VARIABLE_employed:
        return percent(count->employed, count->working_age, n);
    case FLYT_VARIABLE_outside_work:
        return percent(count->working_age - count->inside, count->working_age, n);
    case FLYT_VARIABLE_basic_schooling:
        return percent(count->basic, count->middle_age, n);
    case FLYT_VARIABLE_convicted:
        return percent(count->convicted, count->adults, n);
    default:
        break;
    }
    *n = 0.0;
    if (variable == FLYT_VARIABLE_population) {
        return (double)count->persons;
    }
    if (variable == FLYT_VARIABLE_disposable_income) {
        return count->adults > 0
                   ? (double)count->disposable_ore * 12.0 / 100.0 / (double)count->adults
                   : (double)NAN;
    }
    return count->working_age > 0 && all->gross_ore > 0
               ? 100.0 * ((double)count->gross_ore / (double)count->working_age) /
                     ((double)all->gross_ore / (double)all->working_age)
               : (double)NAN;
}

/* ---- corrections ----------------------------------------------------------------------------- */

/** One share of one place while it is made right. */
struct match {
    struct flyt_world *world;
    const struct flyt_poppersons *persons;
    enum flyt_variable variable;
    bool more; /* persons are to be added to the part */
};

/** Whether an adult can be changed so that the part grows (or shrinks). */
static bool can_change(const struct match *match, const struct flyt_household *row,
                       const struct flyt_household_cold *cold, uint32_t which)
{
    struct flyt_adult adult = flyt_people_adult(row, which);
    int32_t age = flyt_people_age(adult.born, match->world->calendar);
    bool jobless = adult.work == FLYT_WORK_benefit || adult.work == FLYT_WORK_unemployed;
    bool employed = adult.work == FLYT_WORK_employed;
    switch (match->variable) {
    case FLYT_VARIABLE_population: {
        uint32_t n = flyt_people_children(row, match->world->calendar);
        return which == 0 &&
               (match->more ? n > 0 && row->child_born[FLYT_CHILDREN - 1] == FLYT_NO_MONTH : n > 1);
    }
    case FLYT_VARIABLE_nonwestern:
        return which == 0 &&
               (match->more == (flyt_people_background(row).origin == FLYT_ORIGIN_danish)) &&
               flyt_people_background(row).origin != FLYT_ORIGIN_western;
    case FLYT_VARIABLE_employed:
        return age < 65 && (match->more ? jobless : employed);
    case FLYT_VARIABLE_outside_work:
        return age < 65 && (match->more ? employed : jobless);
    case FLYT_VARIABLE_basic_schooling:
        return age >= 30 && age < 60 &&
               (match->more ? adult.education == FLYT_EDUCATION_vocational && adult.approved
                            : adult.education == FLYT_EDUCATION_basic);
    default: { /* convicted */
        bool convicted = cold->convicted[which] != FLYT_NO_MONTH;
        return match->more ? !convicted && age < 65 : convicted;
    }
    }
}

/** A family gets a twin of its youngest child, or loses its youngest. */
static void change_children(struct flyt_household *row, bool more)
{
    uint32_t youngest = 0, n = 0;
    for (; n < FLYT_CHILDREN && row->child_born[n] != FLYT_NO_MONTH; n++) {
        youngest = row->child_born[n] > row->child_born[youngest] ? n : youngest;
    }
    if (more) {
        row->child_born[n] = row->child_born[youngest];
    } else {
        row->child_born[youngest] = row->child_born[n - 1];
        row->child_born[n - 1] = FLYT_NO_MONTH;
    }
}

/** Persons by which a change moves the part. */
static int64_t weight_of(const struct match *match, const struct flyt_household *row)
{
    return match->variable == FLYT_VARIABLE_nonwestern ? flyt_people_persons(row) : 1;
}

static void change(const struct match *match, uint32_t household, uint32_t which)
{
    struct flyt_world *world = match->world;
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    struct flyt_adult adult = flyt_people_adult(row, which);
    switch (match->variable) {
    case FLYT_VARIABLE_population:
        change_children(row, match->more);
        return;
    case FLYT_VARIABLE_nonwestern: {
        struct flyt_background background = flyt_people_background(row);
        background.origin = match->more ? FLYT_ORIGIN_nonwestern : FLYT_ORIGIN_danish;
        flyt_people_set_background(row, background);
        flyt_poppersons_settle_origin(match->persons, world, household);
        return;
    }
    case FLYT_VARIABLE_employed:
        adult.work = match->more ? FLYT_WORK_employed : FLYT_WORK_unemployed;
        break;
    case FLYT_VARIABLE_outside_work:
        adult.work = match->more ? FLYT_WORK_benefit : FLYT_WORK_employed;
        break;
    case FLYT_VARIABLE_basic_schooling:
        adult.education = match->more ? FLYT_EDUCATION_basic : FLYT_EDUCATION_vocational;
        adult.approved = true;
        break;
    default:
        cold->convicted[which] =
            match->more ? (int16_t)(world->calendar - 6) : (int16_t)FLYT_NO_MONTH;
        return;
    }
    flyt_people_set_adult(row, which, adult);
}

/** Lists all who can be changed, with their keyed rank; returns how many. */
static uint32_t list_candidates(const struct match *match, const struct flyt_poporder *order,
                                const bool *in_section, uint32_t municipality,
                                struct flyt_ranked *candidate)
{
    struct flyt_world *world = match->world;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (world->sections.municipality[s] != municipality || !in_section[s]) {
            continue;
        }
        for (uint32_t i = order->first[s]; i < order->first[s + 1]; i++) {
            uint32_t row = flyt_popmatch_row(world, order, i);
            const struct flyt_household *household = &world->households.row[row];
            for (uint32_t which = 0; which < flyt_people_adults(household); which++) {
                if (can_change(match, household, &world->households.cold[row], which)) {
                    uint64_t uid = world->households.uid[row];
                    candidate[n++] =
                        (struct flyt_ranked){flyt_rng_word64(world->key, uid, match->variable,
                                                             FLYT_STREAM_start_match, which),
                                             uid * 2 + which, row * 2 + which};
                }
            }
        }
    }
    return n;
}

/** Changes candidates in keyed order until `missing` persons are moved. */
static void change_in_order(const struct match *match, struct flyt_ranked *candidate, uint32_t n,
                            int64_t missing)
{
    uint64_t enough = 2 * (uint64_t)missing + 64; /* some households are passed over as too large */
    uint32_t n_first = n < enough ? n : (uint32_t)enough;
    flyt_rank_first(candidate, n, n_first);
    n = n_first;
    for (uint32_t i = 0; i < n && missing > 0; i++) {
        uint32_t row = candidate[i].index / 2;
        int64_t weight = weight_of(match, &match->world->households.row[row]);
        if (weight <= missing) {
            change(match, row, candidate[i].index % 2);
            missing -= weight;
        }
    }
}

/** Persons missing from the part of a share that is known; 0 when it is not. */
static int64_t missing_of(const struct flyt_popplace *place, const struct flyt_popcount *count,
                          enum flyt_variable variable)
{
    double n;
    double value = flyt_popmatch_value(count, count, variable, &n);
    if (variable == FLYT_VARIABLE_population) {
        return (int64_t)place->target[variable] - count->persons;
    }
    if (isnan(place->target[variable]) || isnan(value) || n <= 0.0) {
        return 0;
    }
    double exact = (place->target[variable] - value) * n / 100.0;
    return (int64_t)(exact < 0.0 ? exact - 0.5 : exact + 0.5);
}

/** Makes one share of one place right. A municipality leaves areas that are places alone. */
static void match_share(struct flyt_world *world, const struct flyt_poppersons *persons,
                        const struct flyt_poporder *order, uint32_t place_index,
                        enum flyt_variable variable, struct flyt_ranked *candidate,
                        bool *in_section)
{
    const struct flyt_popcells *cells = persons->cells;
    const struct flyt_popplace *place = &cells->place[place_index];
    struct flyt_popcount count = {0};
    for (uint32_t s = 0; s < world->sections.n; s++) {
        uint32_t area = area_place(world, cells, s);
        bool inside = world->sections.municipality[s] == place->municipality &&
                      (!place->is_area || area == place_index);
        in_section[s] = inside && (place->is_area || area == FLYT_NONE);
        for (uint32_t i = order->first[s]; inside && i < order->first[s + 1]; i++) {
            flyt_popmatch_add(world, flyt_popmatch_row(world, order, i), &count);
        }
    }
    int64_t missing = missing_of(place, &count, variable);
    if (missing != 0) {
        struct match match = {world, persons, variable, missing > 0};
        uint32_t n = list_candidates(&match, order, in_section, place->municipality, candidate);
        change_in_order(&match, candidate, n, missing < 0 ? -missing : missing);
    }
}

enum flyt_status flyt_popmatch_correct(struct flyt_world *world,
                                       const struct flyt_poppersons *persons,
                                       const struct flyt_poporder *order,
                                       enum flyt_variable variable)
{
    const struct flyt_popcells *cells = persons->cells;
    bool *in_section = FLYT_ARENA_ARRAY(world->step_arena, bool, world->sections.n);
    if (in_section == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t p = cells->n_places; p-- > 0;) { /* areas stand behind municipalities */
        if (!isnan(cells->place[p].target[variable])) {
            match_share(world, persons, order, p, variable, order->candidate, in_section);
        }
    }
    return FLYT_OK;
}

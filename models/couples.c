#include "models/couples.h"

#include <stdlib.h>
#include <string.h>

#include "models/lifecourse.h"
#include "models/mobility.h"
#include "models/params.h"
#include "models/sale.h"
#include "models/search.h"

/* ---- who finds whom ------------------------------------------------------------------------ */

enum { YEARS_IN_GROUP = 5, GROUPS = 24, COST_UNIT = 1 << 20 };

static int compare_u64(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_uid(const void *a_, const void *b_)
{
    const struct flyt_single *a = a_, *b = b_;
    return compare_u64(a->uid, b->uid);
}

static int by_place(const void *a_, const void *b_)
{
    const struct flyt_single *a = a_, *b = b_;
    return a->place != b->place ? compare_u64(a->place, b->place) : compare_u64(a->uid, b->uid);
}

static uint32_t group_of(double age_years)
{
    int group = (int)(age_years / YEARS_IN_GROUP);
    return (uint32_t)(group < 0 ? 0 : group < GROUPS ? group : GROUPS - 1);
}

/** Men in order of place; first[g] is the first of age group g. */
struct circle {
    const struct flyt_single *man;
    uint32_t first[GROUPS + 1];
};

static void draw_circle(struct circle *circle, uint32_t n_men)
{
    for (uint32_t group = 0, m = 0; group <= GROUPS; group++) {
        while (m < n_men && circle->man[m].place >> 32 < group) {
            m++;
        }
        circle->first[group] = m;
    }
}

/** First man at or after a point on the circle of an age group; FLYT_NONE: it is empty. */
static uint32_t next_man(const struct circle *circle, uint32_t group, uint32_t point)
{
    uint64_t place = (uint64_t)group << 32 | point;
    uint32_t first = circle->first[group], end = circle->first[group + 1];
    uint32_t low = first, high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (circle->man[middle].place < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return first == end ? FLYT_NONE : low < end ? low : first;
}

/** What keeps two apart, in 1/COST_UNIT; false when they cannot become a couple. */
static bool pair_cost(const struct flyt_world *world, const struct flyt_couples_params *params,
                      const struct flyt_single *woman, const struct flyt_single *man,
                      uint64_t *cost)
{
    double off = (woman->born - man->born) / 12.0 - params->age_gap;
    off = off < 0.0 ? -off : off;
    if (off > params->gap_most || woman->home == man->home ||
        woman->n_children + man->n_children > FLYT_CHILDREN) {
        return false;
    }
    uint64_t both = woman->uid ^ (man->uid * UINT64_C(0x9E3779B97F4A7C15) >> 1);
    double taste = flyt_rng_unit(world->key, both, 0, FLYT_STREAM_couple_taste, 0);
    double sum = off / params->age_spread + params->taste * taste +
                 (woman->origin != man->origin ? params->other_origin : 0.0);
    *cost = (uint64_t)(sum * COST_UNIT);
    return true;
}

/** The pairs of one woman with the men she meets; returns how many. */
static uint32_t meet(const struct flyt_world *world, const struct flyt_couples_params *params,
                     const struct flyt_single *woman, uint32_t w, const struct circle *circle,
                     struct flyt_pair *pair)
{
    static const int aside[4] = {0, -1, 0, 1}; /* half of them of the wished age group */
    double wished = (world->calendar - woman->born) / 12.0 + params->age_gap;
    uint32_t n = 0, point[4];
    for (uint32_t d = 0; d < params->meets; d++) { /* pair[0..n) in order of men */
        uint32_t group = group_of(wished + aside[d % 4] * YEARS_IN_GROUP);
        if (d % 4 == 0) {
            flyt_rng_block(world->key, woman->uid, world->month, FLYT_STREAM_couple_meets, d / 4,
                           point);
        }
        uint32_t m = next_man(circle, group, point[d % 4]);
        uint64_t cost;
        if (m != FLYT_NONE && pair_cost(world, params, woman, &circle->man[m], &cost)) {
            uint32_t at = n++;
            for (; at > 0 && pair[at - 1].man > m; at--) {
                pair[at] = pair[at - 1];
            }
            pair[at] = (struct flyt_pair){cost, w, m};
        }
    }
    return n;
}

/**
 * @brief Puts pairs that lie in order of (woman, man) in order of (cost, woman, man).
 *
 * Digit by digit from the lowest (radix sort); each pass keeps the order of equals.
 * @param other  scratch of the same size.
 */
static void sort_by_cost(struct flyt_pair *pair, uint32_t n, struct flyt_pair *other)
{
    enum { DIGIT = 11, VALUES = 1 << DIGIT };
    uint64_t most = 0;
    for (uint32_t i = 0; i < n; i++) {
        most = pair[i].cost > most ? pair[i].cost : most;
    }
    struct flyt_pair *from = pair, *to = other;
    for (uint32_t shift = 0; shift < 64 && most >> shift != 0; shift += DIGIT) {
        uint32_t next[VALUES] = {0}, sum = 0;
        for (uint32_t i = 0; i < n; i++) {
            next[from[i].cost >> shift & (VALUES - 1)]++;
        }
        for (uint32_t value = 0; value < VALUES; value++) {
            uint32_t here = next[value];
            next[value] = sum;
            sum += here;
        }
        for (uint32_t i = 0; i < n; i++) {
            to[next[from[i].cost >> shift & (VALUES - 1)]++] = from[i];
        }
        struct flyt_pair *kept = from;
        from = to;
        to = kept;
    }
    if (from != pair && n > 0) {
        memcpy(pair, from, n * sizeof *pair);
    }
}

uint32_t flyt_couples_match(const struct flyt_world *world,
                            const struct flyt_couples_params *params, struct flyt_single *woman,
                            uint32_t n_women, struct flyt_single *man, uint32_t n_men, bool *taken,
                            struct flyt_pair *pair)
{
    for (uint32_t m = 0; m < n_men; m++) {
        uint64_t hash =
            flyt_rng_word(world->key, man[m].uid, world->month, FLYT_STREAM_couple_circle, 0);
        man[m].place = (uint64_t)group_of((world->calendar - man[m].born) / 12.0) << 32 | hash;
    }
    qsort(woman, n_women, sizeof *woman, by_uid);
    qsort(man, n_men, sizeof *man, by_place);
    struct circle circle = {.man = man};
    draw_circle(&circle, n_men);
    uint32_t n_met = 0, n = 0;
    for (uint32_t w = 0; w < n_women; w++) {
        n_met += meet(world, params, &woman[w], w, &circle, pair + n_met);
    }
    sort_by_cost(pair, n_met, pair + n_met);
    for (uint32_t i = 0; i < n_met; i++) {
        if (!taken[pair[i].woman] && !taken[n_women + pair[i].man]) {
            taken[pair[i].woman] = taken[n_women + pair[i].man] = true;
            pair[n++] = pair[i];
        }
    }
    return n;
}

/* ---- one month ----------------------------------------------------------------------------- */

void flyt_couples_keep_looking(struct flyt_world *world, uint32_t block)
{
    struct flyt_life_list *list = &world->life->looking[block];
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        uint32_t household = list->row[i];
        struct flyt_household *row = &world->households.row[household];
        if (world->households.uid[household] != list->uid[i] || !(row->flags & FLYT_LOOKING)) {
            continue;
        }
        double u =
            flyt_rng_unit(world->key, list->uid[i], world->month, FLYT_STREAM_couple_search, 0);
        if (u < world->params->couples.stops_looking || flyt_people_adults(row) != 1) {
            row->flags &= (uint8_t)~FLYT_LOOKING;
            flyt_lifecourse_refresh_bound(world, household);
        } else {
            list->uid[n] = list->uid[i];
            list->row[n++] = household;
        }
    }
    list->n = n;
}

/** Singles of all regions: women and men of region r lie from first[sex][r] on. */
struct singles {
    struct flyt_world *world;
    struct flyt_single *single[2];
    uint32_t *first[2]; /* [n_regions + 1] */
    struct flyt_pair *pair;
    uint32_t *n_pairs; /* [n_regions], region r's pairs from 2 * meets * first[woman][r] on */
    bool *taken;
};

static struct flyt_single as_single(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household *row = &world->households.row[household];
    return (struct flyt_single){
        .uid = world->households.uid[household],
        .household = household,
        .home = row->home,
        .born = row->born[0],
        .origin = flyt_people_background(row).origin,
        .n_children = (uint8_t)(flyt_people_persons(row) - 1),
    };
}

/** Counts those who look (place false), then places them by sex and region. */
static void group_singles(struct singles *singles, bool place)
{
    struct flyt_world *world = singles->world;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        const struct flyt_life_list *list = &world->life->looking[block];
        for (uint32_t i = 0; i < list->n; i++) {
            uint32_t household = list->row[i];
            const struct flyt_household *row = &world->households.row[household];
            if (world->households.uid[household] != list->uid[i] || !(row->flags & FLYT_LOOKING) ||
                flyt_people_adults(row) != 1) {
                continue;
            }
            uint32_t sex = row->person[0] & 1;
            uint32_t region = flyt_lifecourse_region(world, row->section);
            if (place) {
                singles->single[sex][singles->first[sex][region]++] = as_single(world, household);
            } else {
                singles->first[sex][region + 1]++;
            }
        }
    }
}

static bool take_singles(struct singles *singles)
{
    struct flyt_world *world = singles->world;
    struct flyt_arena *arena = world->step_arena;
    uint32_t n_regions = world->life->n_regions;
    for (int sex = 0; sex < 2; sex++) {
        singles->first[sex] = FLYT_ARENA_ZERO(arena, uint32_t, (size_t)n_regions + 1);
        if (singles->first[sex] == NULL) {
            return false;
        }
    }
    group_singles(singles, false);
    for (int sex = 0; sex < 2; sex++) {
        uint32_t *first = singles->first[sex];
        for (uint32_t r = 0; r < n_regions; r++) {
            first[r + 1] += first[r];
        }
        singles->single[sex] = FLYT_ARENA_ARRAY(arena, struct flyt_single, first[n_regions] + 1);
        if (singles->single[sex] == NULL) {
            return false;
        }
    }
    uint32_t n_women = singles->first[FLYT_SEX_woman][n_regions];
    uint32_t n_men = singles->first[FLYT_SEX_man][n_regions];
    group_singles(singles, true);
    for (int sex = 0; sex < 2; sex++) { /* placing moved each start to its end */
        for (uint32_t r = n_regions; r > 0; r--) {
            singles->first[sex][r] = singles->first[sex][r - 1];
        }
        singles->first[sex][0] = 0;
    }
    size_t n_meetings = (size_t)n_women * 2 * world->params->couples.meets;
    singles->pair = FLYT_ARENA_ARRAY(arena, struct flyt_pair, n_meetings + 1);
    singles->n_pairs = FLYT_ARENA_ZERO(arena, uint32_t, n_regions);
    singles->taken = FLYT_ARENA_ZERO(arena, bool, (size_t)n_women + n_men + 1);
    return singles->pair != NULL && singles->n_pairs != NULL && singles->taken != NULL;
}

static void match_range(void *singles_, uint32_t first, uint32_t end)
{
    struct singles *singles = singles_;
    const struct flyt_world *world = singles->world;
    const uint32_t *women = singles->first[FLYT_SEX_woman], *men = singles->first[FLYT_SEX_man];
    for (uint32_t r = first; r < end; r++) {
        size_t meetings = (size_t)women[r] * 2 * world->params->couples.meets;
        singles->n_pairs[r] = flyt_couples_match(
            world, &world->params->couples, singles->single[FLYT_SEX_woman] + women[r],
            women[r + 1] - women[r], singles->single[FLYT_SEX_man] + men[r], men[r + 1] - men[r],
            singles->taken + women[r] + men[r], singles->pair + meetings);
    }
}

/** One pair moves together; the mover's home falls free. */
static void unite(struct flyt_world *world, uint32_t a, uint32_t b)
{
    uint32_t keeper = flyt_couples_keeps(world, a, b) ? a : b, mover = keeper == a ? b : a;
    flyt_lifecourse_before(world, 0, keeper);
    flyt_lifecourse_before(world, 0, mover);
    flyt_sale_sell(world, 0, mover);
    flyt_mobility_joined(world, keeper, mover);
    flyt_couples_merge(world, keeper, mover);
    flyt_lifecourse_end(world, mover);
    double u = flyt_rng_unit(world->key, world->households.uid[keeper], world->month,
                             FLYT_STREAM_couple_search, 1);
    flyt_search_united(world, keeper, u < world->params->couples.new_home);
    flyt_lifecourse_after(world, 0, keeper);
    world->life->counts.couples++;
}

enum flyt_status flyt_couples_step(struct flyt_world *world)
{
    struct singles singles = {.world = world};
    if (!take_singles(&singles)) {
        return FLYT_ERR_MEMORY;
    }
    uint32_t n_regions = world->life->n_regions;
    flyt_par_ranges(&world->par, n_regions, match_range, &singles);
    for (uint32_t r = 0; r < n_regions; r++) {
        uint32_t first = singles.first[FLYT_SEX_woman][r];
        const struct flyt_pair *pair =
            singles.pair + (size_t)first * 2 * world->params->couples.meets;
        const struct flyt_single *woman = singles.single[FLYT_SEX_woman] + first;
        const struct flyt_single *man =
            singles.single[FLYT_SEX_man] + singles.first[FLYT_SEX_man][r];
        for (uint32_t i = 0; i < singles.n_pairs[r]; i++) {
            unite(world, woman[pair[i].woman].household, man[pair[i].man].household);
        }
    }
    return FLYT_OK;
}

/* ---- home, children and money -------------------------------------------------------------- */

static bool owns(const struct flyt_world *world, const struct flyt_household *row)
{
    return !(row->flags & FLYT_HIDDEN) && world->sections.tenure[row->section] == FLYT_TENURE_owner;
}

bool flyt_couples_keeps(const struct flyt_world *world, uint32_t a, uint32_t b)
{
    const struct flyt_household *one = &world->households.row[a], *two = &world->households.row[b];
    bool hidden_one = one->flags & FLYT_HIDDEN, hidden_two = two->flags & FLYT_HIDDEN;
    if (hidden_one != hidden_two) {
        return hidden_two;
    }
    if (owns(world, one) != owns(world, two)) {
        return owns(world, one);
    }
    uint32_t n_one = flyt_people_persons(one), n_two = flyt_people_persons(two);
    if (n_one != n_two) {
        return n_one > n_two;
    }
    if (one->moved_in != two->moved_in) {
        return one->moved_in < two->moved_in;
    }
    return world->households.uid[a] < world->households.uid[b];
}

static void copy_adult(struct flyt_world *world, uint32_t from, uint32_t which, uint32_t to,
                       uint32_t place)
{
    const struct flyt_household *old = &world->households.row[from];
    const struct flyt_household_cold *old_cold = &world->households.cold[from];
    struct flyt_household *row = &world->households.row[to];
    struct flyt_household_cold *cold = &world->households.cold[to];
    row->born[place] = old->born[which];
    row->gross_ore[place] = old->gross_ore[which];
    row->work[place] = old->work[which];
    row->work_since[place] = old->work_since[which];
    row->person[place] = old->person[which];
    cold->convicted[place] = old_cold->convicted[which];
    cold->earning[place] = old_cold->earning[which];
}

static void clear_adult(struct flyt_world *world, uint32_t household, uint32_t which)
{
    struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    row->born[which] = FLYT_NO_MONTH;
    row->gross_ore[which] = 0;
    row->work[which] = 0;
    row->work_since[which] = 0;
    row->person[which] = 0;
    cold->convicted[which] = FLYT_NO_MONTH;
    cold->earning[which] = 0;
}

void flyt_couples_bereave(struct flyt_world *world, uint32_t couple, uint32_t which)
{
    if (which == 0) {
        copy_adult(world, couple, 1, couple, 0);
    }
    clear_adult(world, couple, 1);
    struct flyt_background background = flyt_people_background(&world->households.row[couple]);
    background.married = false;
    flyt_people_set_background(&world->households.row[couple], background);
}

void flyt_couples_move_children(struct flyt_world *world, uint32_t from, uint32_t to,
                                uint32_t which)
{
    struct flyt_household *row = &world->households.row[from], *target = &world->households.row[to];
    struct flyt_household_cold *cold = &world->households.cold[from];
    struct flyt_household_cold *target_cold = &world->households.cold[to];
    for (uint32_t i = 0, place = 0; i < FLYT_CHILDREN; i++) {
        if (!(which >> i & 1) || row->child_born[i] == FLYT_NO_MONTH) {
            continue;
        }
        while (target->child_born[place] != FLYT_NO_MONTH) {
            place++;
        }
        uint32_t sex = cold->child_sex >> i & 1;
        target->child_born[place] = row->child_born[i];
        target_cold->deprived_months[place] = cold->deprived_months[i];
        flyt_people_set_helped(target_cold, place, flyt_people_helped(cold, i));
        target_cold->child_sex =
            (uint8_t)((target_cold->child_sex & ~(1u << place)) | sex << place);
        row->child_born[i] = FLYT_NO_MONTH;
        cold->deprived_months[i] = 0;
        flyt_people_set_helped(cold, i, 0);
        cold->child_sex = (uint8_t)(cold->child_sex & ~(1u << i));
    }
}

void flyt_couples_merge(struct flyt_world *world, uint32_t keeper, uint32_t mover)
{
    struct flyt_household *row = &world->households.row[keeper];
    struct flyt_household *old = &world->households.row[mover];
    copy_adult(world, mover, 0, keeper, 1);
    flyt_couples_move_children(world, mover, keeper, (1u << FLYT_CHILDREN) - 1);
    row->savings_ore += old->savings_ore;
    old->savings_ore = 0;
    row->disposable_ore += old->disposable_ore;
    struct flyt_background background = flyt_people_background(row);
    struct flyt_background other = flyt_people_background(old);
    background.married = false;
    background.cases = background.cases > other.cases ? background.cases : other.cases;
    background.language =
        background.language > other.language ? background.language : other.language;
    flyt_people_set_background(row, background);
    row->flags &= (uint8_t)~FLYT_LOOKING;
}

/** Chooses who leaves and takes the children along or not. */
void flyt_couples_part(struct flyt_world *world, uint32_t couple, uint32_t leaver)
{
    const struct flyt_couples_params *params = &world->params->couples;
    struct flyt_household *row = &world->households.row[couple];
    struct flyt_household *new = &world->households.row[leaver];
    uint64_t uid = world->households.uid[couple];
    double u[2];
    for (uint32_t d = 0; d < 2; d++) {
        u[d] = flyt_rng_unit(world->key, uid, world->month, FLYT_STREAM_separation, d);
    }
    uint32_t woman = (row->person[0] & 1) == FLYT_SEX_woman ? 0 : 1, minors = 0;
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        bool minor = row->child_born[i] != FLYT_NO_MONTH &&
                     flyt_people_age(row->child_born[i], world->calendar) < 18;
        minors |= (uint32_t)minor << i;
    }
    bool woman_stays = u[0] < (minors != 0 ? params->woman_keeps_home : 0.5);
    bool with_woman = u[1] < params->children_with_woman;
    uint32_t goes = woman_stays ? 1 - woman : woman;
    int64_t gross = (int64_t)row->gross_ore[0] + row->gross_ore[1];
    int32_t share = gross > 0
                        ? (int32_t)((int64_t)row->disposable_ore * row->gross_ore[goes] / gross)
                        : row->disposable_ore / 2;
    copy_adult(world, couple, goes, leaver, 0);
    flyt_couples_bereave(world, couple, goes);
    new->home = row->home;
    new->section = row->section;
    new->search_since = new->settled = world->calendar;
    new->flags = FLYT_HIDDEN;
    new->disposable_ore = share;
    new->savings_ore = row->savings_ore / 2;
    row->disposable_ore -= share;
    row->savings_ore -= new->savings_ore;
    struct flyt_background background = flyt_people_background(row);
    bool children_go = minors != 0 && with_woman != woman_stays;
    background.cases = children_go ? background.cases : 0; /* cases follow the children */
    flyt_people_set_background(new, background);
    if (children_go) {
        flyt_couples_move_children(world, couple, leaver, minors);
        background.cases = 0;
        flyt_people_set_background(row, background);
    }
}

#include "models/childhood.h"

#include "models/listing.h"

enum { MOST_MONTHS = UINT8_MAX, GROWN = 18 * 12 };

static bool is_child(const struct flyt_household *row, uint32_t child, int16_t now)
{
    return row->child_born[child] != FLYT_NO_MONTH && now - row->child_born[child] < GROWN;
}

/** Adds months to the children of a household; a child no more than it has lived. */
static void add_months(struct flyt_world *world, uint32_t household, int32_t months)
{
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_household_cold *cold = &world->households.cold[household];
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (is_child(row, i, world->calendar)) {
            int32_t age = world->calendar - row->child_born[i];
            int32_t sum = cold->deprived_months[i] + (months < age ? months : age);
            cold->deprived_months[i] = (uint8_t)(sum < MOST_MONTHS ? sum : MOST_MONTHS);
        }
    }
}

/** @param start  counts all months since the household moved in, else one. */
static void add_all(struct flyt_world *world, bool start)
{
    for (uint32_t s = 0; s < world->sections.n; s++) {
        enum flyt_list_status status = world->areas.listed[world->sections.area[s]];
        if (!flyt_listing_marks(status)) {
            continue;
        }
        for (uint32_t d = world->sections.first[s]; d < world->sections.first[s + 1]; d++) {
            uint32_t household = world->dwellings.occupant[d];
            if (household < FLYT_CLOSED) {
                int32_t since = world->calendar - world->households.row[household].moved_in;
                add_months(world, household, start ? since : 1);
            }
        }
    }
}

void flyt_childhood_create(struct flyt_world *world)
{
    add_all(world, true);
}

void flyt_childhood_step(struct flyt_world *world)
{
    add_all(world, false);
}

void flyt_childhood_help(struct flyt_world *world, uint32_t household, int32_t left)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    for (uint32_t i = 0; left % 3 == 0 && i < FLYT_CHILDREN; i++) {
        if (is_child(&world->households.row[household], i, world->calendar)) {
            flyt_people_set_helped(cold, i, flyt_people_helped(cold, i) + 1);
        }
    }
}

static void tally(const struct flyt_world *world, uint32_t household, int64_t *cell)
{
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        if (is_child(&world->households.row[household], i, world->calendar)) {
            cell[0]++;
            cell[1] += world->households.cold[household].deprived_months[i];
        }
    }
}

void flyt_childhood_sum(const struct flyt_world *world, int64_t *n, int64_t *months)
{
    int64_t cell[2] = {0, 0};
    flyt_world_sum(world, tally, 2, cell);
    *n = cell[0];
    *months = cell[1];
}

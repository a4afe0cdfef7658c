/**
 * @file letting_trace.c
 * @brief Sections that are followed: a line for each vacancy, and how long tenants had waited.
 */
#include <math.h>

#include "models/letting_parts.h"

enum flyt_status flyt_letting_follow(struct flyt_world *world, const uint32_t *section, uint32_t n)
{
    struct flyt_letting *letting = world->letting;
    letting->trace = FLYT_ARENA_ZERO(world->run_arena, struct flyt_letting_trace, n + 1);
    letting->waits =
        FLYT_ARENA_ZERO(world->run_arena, uint16_t, (size_t)world->sections.n * FLYT_LETTING_WAITS);
    letting->n_before = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, world->sections.n + 1);
    if (letting->trace == NULL || letting->waits == NULL || letting->n_before == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t s = 0; s < world->sections.n; s++) {
        letting->n_before[s] = letting->counter[s].n_vacancies;
    }
    for (uint32_t i = 0; i < n; i++) {
        letting->trace[i].section = section[i];
    }
    letting->n_traces = n;
    return FLYT_OK;
}

struct flyt_letting_line *flyt_letting_line_of(const struct flyt_world *world, uint32_t dwelling)
{
    const struct flyt_letting *letting = world->letting;
    for (uint32_t i = 0; i < letting->n_traces; i++) {
        struct flyt_letting_trace *trace = &letting->trace[i];
        for (uint32_t k = trace->n; k > 0 && trace->section == world->dwellings.section[dwelling];
             k--) {
            if (trace->line[k - 1].dwelling == dwelling) {
                bool same = trace->line[k - 1].since == letting->vacancy[dwelling].since;
                return same ? &trace->line[k - 1] : NULL; /* a later vacancy is behind the last */
            }
        }
    }
    return NULL;
}

/** Whether a home let so was let by a list, the longest standing first. */
static bool is_list(uint32_t channel)
{
    return channel == FLYT_CHANNEL_outside || channel == FLYT_CHANNEL_inside ||
           channel == FLYT_CHANNEL_flexible || channel == FLYT_CHANNEL_youth ||
           channel == FLYT_CHANNEL_elderly;
}

void flyt_letting_note_wait(struct flyt_world *world, const struct flyt_letting_proposal *proposal)
{
    struct flyt_letting *letting = world->letting;
    if (letting->waits == NULL || !is_list(proposal->channel)) {
        return;
    }
    uint32_t section = world->dwellings.section[proposal->dwelling];
    int32_t months = world->calendar - proposal->since, most = FLYT_LETTING_WAITS - 1;
    months = months < 0 ? 0 : months > most ? most : months;
    uint16_t *n = &letting->waits[(size_t)section * FLYT_LETTING_WAITS + (uint32_t)months];
    *n = (uint16_t)(*n + (*n < UINT16_MAX));
}

void flyt_letting_advertise(struct flyt_world *world, uint32_t dwelling)
{
    struct flyt_letting_line *line = flyt_letting_line_of(world, dwelling);
    world->letting->vacancy[dwelling].state |= FLYT_LETTING_advertised;
    if (line != NULL) {
        line->channel = FLYT_CHANNEL_other;
    }
}

void flyt_letting_note_taken(struct flyt_world *world, uint32_t dwelling)
{
    struct flyt_letting_line *line = flyt_letting_line_of(world, dwelling);
    uint32_t occupant = world->dwellings.occupant[dwelling];
    if (line != NULL && occupant < world->households.capacity) {
        line->channel = FLYT_CHANNEL_other;
        line->taker = world->households.uid[occupant];
        line->let = world->calendar;
    }
}

double flyt_letting_median_wait(const struct flyt_world *world, uint32_t section, uint32_t *n)
{
    const uint16_t *waits = world->letting->waits + (size_t)section * FLYT_LETTING_WAITS;
    uint32_t sum = 0, below = 0, low = FLYT_NONE;
    for (uint32_t months = 0; months < FLYT_LETTING_WAITS; months++) {
        sum += waits[months];
    }
    *n = sum;
    for (uint32_t months = 0; months < FLYT_LETTING_WAITS && sum > 0; months++) {
        below += waits[months];
        if (low == FLYT_NONE && 2 * below >= sum) {
            low = months; /* the lower of the two in the middle */
        }
        if (2 * below > sum) {
            return (low + months) / 2.0;
        }
    }
    return NAN;
}

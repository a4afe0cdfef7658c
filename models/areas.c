#include "models/areas.h"

#include <string.h>

#include "models/childhood.h"
#include "models/params.h"

enum flyt_status flyt_areas_create(struct flyt_world *world, const char *const *region)
{
    uint32_t n_municipalities = world->municipalities.n, n = 0;
    uint32_t *number = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, n_municipalities);
    if (number == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < n_municipalities; m++) { /* regions by their first municipality */
        uint32_t same = 0;
        while (strcmp(region[same], region[m]) != 0) {
            same++;
        }
        number[m] = same < m ? number[same] : n++;
    }
    FLYT_TRY(flyt_composition_create(world));
    FLYT_TRY(flyt_decomposition_create(world));
    FLYT_TRY(flyt_listing_create(world, number, n));
    flyt_childhood_create(world);
    return flyt_reputation_create(world);
}

uint64_t flyt_areas_bytes(uint64_t n_sections, uint64_t n_areas, uint64_t n_municipalities)
{
    uint64_t n_counts = n_sections + (FLYT_COMPOSITION_KEPT + 1) * n_areas + 2 * n_municipalities;
    return n_counts * sizeof(struct flyt_composition_counts) +
           n_areas * (FLYT_N_CRITERIA + 16) * sizeof(double) + n_areas * 16;
}

enum flyt_status flyt_areas_step(struct flyt_world *world)
{
    if (flyt_composition_due(world)) {
        flyt_composition_count(world);
    }
    flyt_decomposition_step(world);
    if (!world->standing) {
        flyt_childhood_step(world);
    }
    if (world->month % 12 == 11 && !world->standing) {
        flyt_listing_december(world);
    }
    flyt_reputation_step(world);
    return FLYT_OK;
}

/* ---- output variables ------------------------------------------------------------------------ */

#define X(series, count, ...)                                                                      \
    void flyt_areas_record_##series(const void *state, void *row_)                                 \
    {                                                                                              \
        const struct flyt_world *world = state;                                                    \
        int64_t *row = row_;                                                                       \
        for (uint32_t area = 0; area < world->areas.n; area++) {                                   \
            row[area] = flyt_composition_now(world->composition, area)->count;                     \
        }                                                                                          \
    }
FLYT_AREAS_COUNTS(X)
#undef X

void flyt_areas_record_persons(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t i = 0; i < world->areas.n * FLYT_N_ORIGINS; i++) {
        row[i] =
            flyt_composition_origin(flyt_composition_now(world->composition, i / FLYT_N_ORIGINS),
                                    (enum flyt_origin)(i % FLYT_N_ORIGINS));
    }
}

void flyt_areas_record_classes(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t i = 0; i < world->areas.n * FLYT_N_CLASSES; i++) {
        row[i] = flyt_composition_now(world->composition, i / FLYT_N_CLASSES)
                     ->by_class[i % FLYT_N_CLASSES];
    }
}

void flyt_areas_record_left(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t area = 0; area < world->areas.n; area++) {
        row[area] = world->composition->left[area];
    }
}

/** The parts of the year that ended this month; 0 in other months. */
static void record_parts(const struct flyt_world *world, bool weak, int64_t *row)
{
    const struct flyt_decomposition *parts = world->decomposition;
    size_t bytes = sizeof *row * world->areas.n * FLYT_DECOMPOSITION_N_PARTS;
    if (parts == NULL) {
        memset(row, 0, bytes);
    } else {
        memcpy(row, weak ? parts->weak_year : parts->all_year, bytes);
    }
}

void flyt_areas_record_change(const void *world, void *row)
{
    record_parts(world, false, row);
}

void flyt_areas_record_change_weak(const void *world, void *row)
{
    record_parts(world, true, row);
}

void flyt_areas_record_criteria(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    double *row = row_;
    for (uint32_t i = 0; i < world->areas.n * FLYT_N_CRITERIA; i++) {
        row[i] = 100.0 * world->listing->value[i / FLYT_N_CRITERIA][i % FLYT_N_CRITERIA];
    }
}

void flyt_areas_record_limits(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    double *row = row_;
    for (uint32_t k = 0; k < FLYT_N_CRITERIA; k++) {
        row[k] = 100.0 * world->listing->limits.limit[k];
    }
}

void flyt_areas_record_list(const void *state, void *row_)
{
    const struct flyt_world *world = state;
    int64_t *row = row_;
    for (uint32_t area = 0; area < world->areas.n; area++) {
        row[area] = world->areas.listed[area];
    }
}

void flyt_areas_record_reputation(const void *state, void *row)
{
    const struct flyt_world *world = state;
    memcpy(row, world->reputation->now, world->areas.n * sizeof(double));
}

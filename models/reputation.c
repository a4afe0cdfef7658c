#include "models/reputation.h"

#include <string.h>

#include "models/composition.h"
#include "models/listing.h"
#include "models/params.h"
#include "sim/num.h"

double flyt_reputation_target(const struct flyt_reputation_params *params,
                              const struct flyt_reputation_inputs *inputs)
{
    double x = flyt_num_log(params->level / (1.0 - params->level)) -
               params->outside_work * (inputs->outside_work - params->outside_work_usual) -
               params->cases * (inputs->cases - params->cases_usual) -
               params->convicted * (inputs->convicted - params->convicted_usual) -
               params->turnover * inputs->turnover - params->nonwestern * inputs->nonwestern +
               params->condition * inputs->condition + params->role_models * inputs->role_models +
               params->media * inputs->media + inputs->policies;
    return 1.0 / (1.0 + flyt_num_exp(-x));
}

double flyt_reputation_next(const struct flyt_reputation_params *params, double now, double target,
                            bool marked, bool newly)
{
    double lambda = 1.0 - flyt_num_pow(0.5, 1.0 / (12.0 * params->half_life));
    double next = now + lambda * (target - (marked ? params->listed_lasting : 0.0) - now) -
                  (newly ? params->listed_at_once : 0.0);
    return next < 0.0 ? 0.0 : next > 1.0 ? 1.0 : next;
}

static double target_of(const struct flyt_world *world, uint32_t area)
{
    const struct flyt_reputation *reputation = world->reputation;
    const struct flyt_reputation_params *params = &world->params->reputation;
    const struct flyt_composition_counts *now = flyt_composition_now(world->composition, area);
    const struct flyt_reputation_inputs inputs = {
        .outside_work =
            flyt_composition_share(now->outside_work, now->working_age, params->outside_work_usual),
        .cases = flyt_composition_share(now->cases, now->households, params->cases_usual),
        .convicted = flyt_composition_share(now->convicted, now->adults, params->convicted_usual),
        .turnover = flyt_composition_turnover(world->composition, area),
        .nonwestern = flyt_composition_share(now->nonwestern, now->persons, 0.0),
        .condition = reputation->condition[area],
        .role_models = reputation->role_models[area],
        .media = reputation->media[area],
        .policies = reputation->policies[area]};
    return flyt_reputation_target(params, &inputs);
}

enum flyt_status flyt_reputation_create(struct flyt_world *world)
{
    struct flyt_arena *arena = world->run_arena;
    struct flyt_reputation *reputation = FLYT_ARENA_ZERO(arena, struct flyt_reputation, 1);
    uint32_t n = world->areas.n;
    if (reputation == NULL) {
        return FLYT_ERR_MEMORY;
    }
    double **const column[] = {&reputation->now, &reputation->condition, &reputation->role_models,
                               &reputation->media, &reputation->policies};
    for (size_t i = 0; i < FLYT_COUNT(column) + FLYT_COUNT(reputation->of); i++) {
        double **to = i < FLYT_COUNT(column) ? column[i] : &reputation->of[i - FLYT_COUNT(column)];
        *to = FLYT_ARENA_ZERO(arena, double, n);
        if (*to == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    reputation->marked = FLYT_ARENA_ZERO(arena, uint8_t, n);
    if (reputation->marked == NULL) {
        return FLYT_ERR_MEMORY;
    }
    world->reputation = reputation;
    for (uint32_t area = 0; area < n; area++) {
        bool marked = flyt_listing_marks((enum flyt_list_status)world->areas.listed[area]);
        double rest =
            target_of(world, area) - (marked ? world->params->reputation.listed_lasting : 0.0);
        reputation->marked[area] = marked;
        reputation->now[area] = rest > 0.0 ? rest : 0.0;
    }
    for (size_t i = 0; i < FLYT_COUNT(reputation->of); i++) {
        memcpy(reputation->of[i], reputation->now, n * sizeof(double));
    }
    return FLYT_OK;
}

void flyt_reputation_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_reputation *reputation = world->reputation;
    uint32_t n = world->areas.n;
    FLYT_ARCHIVE_ARRAY(archive, "reputation.now", reputation->now, n);
    for (uint32_t i = 0; i < FLYT_COUNT(reputation->of); i++) {
        FLYT_ARCHIVE_ARRAY(archive, "reputation.of", reputation->of[i], n);
    }
    FLYT_ARCHIVE_ARRAY(archive, "reputation.marked", reputation->marked, n);
    FLYT_ARCHIVE_ARRAY(archive, "reputation.condition", reputation->condition, n);
    FLYT_ARCHIVE_ARRAY(archive, "reputation.role_models", reputation->role_models, n);
    FLYT_ARCHIVE_ARRAY(archive, "reputation.media", reputation->media, n);
    FLYT_ARCHIVE_SCRATCH(archive, "reputation.policies", reputation->policies, n);
}

void flyt_reputation_step(struct flyt_world *world)
{
    struct flyt_reputation *reputation = world->reputation;
    for (uint32_t area = 0; area < world->areas.n; area++) {
        bool before = reputation->marked[area];
        bool marked = flyt_listing_marks((enum flyt_list_status)world->areas.listed[area]);
        reputation->now[area] =
            flyt_reputation_next(&world->params->reputation, reputation->now[area],
                                 target_of(world, area), before && marked, marked && !before);
        reputation->marked[area] = marked;
    }
    memcpy(reputation->of[world->month % 12], reputation->now, world->areas.n * sizeof(double));
}

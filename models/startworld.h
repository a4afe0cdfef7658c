/**
 * @file startworld.h
 * @brief A world at its start that is never stepped: for the report on the start, and for tests.
 */
#ifndef FLYT_STARTWORLD_H
#define FLYT_STARTWORLD_H

#include "models/params.h"
#include "models/population.h"
#include "sim/model.h"

struct flyt_startworld {
    struct flyt_world world;
    struct flyt_params params;  /* of the start year */
    struct flyt_popcells cells; /* valid until step_arena is emptied */
};

/**
 * @brief Makes a world of the scenario at its start, with its livelihood.
 * @return FLYT_ERR_MEMORY. Memory: both arenas.
 */
FLYT_NODISCARD enum flyt_status flyt_startworld_make(const struct flyt_model_args *args,
                                                     struct flyt_startworld *out);

#endif

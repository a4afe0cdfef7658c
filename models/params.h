/**
 * @file params.h
 * @brief All parameters of the housing model, as the processes read them: one struct a process.
 *
 * Filled for each calendar year by the engine from the descriptor tables of the processes.
 */
#ifndef FLYT_PARAMS_H
#define FLYT_PARAMS_H

#include "models/letting.h"
#include "models/search.h"
#include "models/start_params.h"

struct flyt_params {
    struct flyt_moves_params moves;
    struct flyt_search_params search;
    struct flyt_letting_params letting;
    struct flyt_start_params start;
};

#endif

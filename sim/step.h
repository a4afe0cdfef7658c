/**
 * @file step.h
 * @brief One month of the housing model: a list of phases.
 */
#ifndef FLYT_STEP_H
#define FLYT_STEP_H

#include "sim/world.h"

struct flyt_phase {
    const char *name;
    enum flyt_status (*run)(struct flyt_world *world);
};

/** The phases of a month, in order: for whoever times them. Each returns what it found wrong. */
extern const struct flyt_phase flyt_step_phases[];
extern const uint32_t flyt_step_n_phases;

/** @brief Steps the world by the month `world->month`. */
FLYT_NODISCARD enum flyt_status flyt_step_month(struct flyt_world *world);

#endif

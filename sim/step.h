/**
 * @file step.h
 * @brief One month of the housing model: a list of phases.
 */
#ifndef FLYT_STEP_H
#define FLYT_STEP_H

#include "sim/world.h"

/** @brief Steps the world by the month `world->month`. */
FLYT_NODISCARD enum flyt_status flyt_step_month(struct flyt_world *world);

#endif

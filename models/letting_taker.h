/**
 * @file letting_taker.h
 * @brief Who would take a home by its list, were it offered to the list: asked in the mind, before
 *        the month's offers are made, and without a trace in them.
 */
#ifndef FLYT_LETTING_TAKER_H
#define FLYT_LETTING_TAKER_H

#include "models/letting_parts.h"

/**
 * @brief Place on the list of the first member that would take the home; FLYT_NONE: nobody within
 *        the offers that a list makes for a vacancy.
 *
 * Members and glances at them are kept for further homes of the month, in the month's scratch,
 * which flyt_letting_members_of() fills in anew. Threads: serial code, after the month was opened
 * and before anything is offered to the list.
 */
uint32_t flyt_letting_first_taker(struct flyt_world *world, uint32_t list, uint32_t dwelling);

#endif

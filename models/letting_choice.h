/**
 * @file letting_choice.h
 * @brief What letting asks of choice: whether a home is worth more to a household than to stay.
 */
#ifndef FLYT_LETTING_CHOICE_H
#define FLYT_LETTING_CHOICE_H

#include "models/letting.h"

/** By choice.h: utility over `stay`; -infinity where the household may not have the home. */
extern const struct flyt_letting_choice flyt_letting_by_choice;

#endif

/**
 * @file units.h
 * @brief Names of units in Danish. Tables, files and code keep the English names.
 */
#ifndef FLYT_UNITS_H
#define FLYT_UNITS_H

#include "sim/status.h"

/** @brief A unit as a reader of the language writes it; one that is not known stays as it is. */
const char *flyt_units_say(const char *unit, enum flyt_lang lang);

#endif

/**
 * @file units.h
 * @brief Units and decimals as a Danish reader writes them. Tables, files and code keep the English
 *        names and the point.
 */
#ifndef FLYT_UNITS_H
#define FLYT_UNITS_H

#include "sim/status.h"

/** @brief A unit as a reader of the language writes it; one that is not known stays as it is. */
const char *flyt_units_say(const char *unit, enum flyt_lang lang);

/** @brief Makes the point of a number a comma where the reader's language has one. For what people
 *         only read: what stands in an input file, or is to be put into one, keeps its point.
 *  @return `number`. */
char *flyt_units_decimal(char *number, enum flyt_lang lang);

#endif

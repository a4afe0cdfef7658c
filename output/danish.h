/**
 * @file danish.h
 * @brief Danish of the short notes beside parameters and output variables: where a value comes
 *        from, how a variable is computed.
 *
 * The notes stand once, in English, where the number is declared; danish.def has the Danish of
 * each. Names of works, files and laws need none.
 */
#ifndef FLYT_DANISH_H
#define FLYT_DANISH_H

#include "sim/status.h"

/** @brief A note in the language; one without Danish stays as it is. */
const char *flyt_danish_say(const char *note, enum flyt_lang lang);

#endif

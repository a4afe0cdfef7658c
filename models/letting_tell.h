/**
 * @file letting_tell.h
 * @brief What happens in almen sections, vacancy by vacancy, as tables for people.
 *
 * Knows nothing of how homes are let (letting.h) or how tables are shown (sim/cli_trace.c).
 */
#ifndef FLYT_LETTING_TELL_H
#define FLYT_LETTING_TELL_H

#include "models/letting.h"
#include "sim/model.h"

/** @brief flyt_model.follow: almen sections by name; their first 24 vacancies are written down.
 *  @return FLYT_ERR_USAGE when there is no such section. */
FLYT_NODISCARD enum flyt_status flyt_letting_tell_follow(void *state, const char *const *name,
                                                         uint32_t n);

/** @brief flyt_model.traces: a table a section, and the waits of all almen sections. */
FLYT_NODISCARD enum flyt_status flyt_letting_tell(const void *state, enum flyt_lang lang,
                                                  struct flyt_arena *arena,
                                                  struct flyt_trace **trace, uint32_t *n);

#endif

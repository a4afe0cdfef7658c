/**
 * @file calibrate_state.h
 * @brief The files of a calibration: what is done so far, the admitted sets, the path of the fit.
 *
 * All are CSV. The state has one row for the first fit, one for its spread and one for each point
 * that is done; numbers are written so that they come back bit for bit.
 */
#ifndef FLYT_CALIBRATE_STATE_H
#define FLYT_CALIBRATE_STATE_H

#include "sim/calibrate.h"
#include "sim/fileio.h"
#include "sim/text.h"

/** @brief What is done, to be gone on with. */
void flyt_calibrate_state_write(const struct flyt_calibration *calibration, struct flyt_text *text);

/**
 * @brief Takes what a state says is done.
 * @return FLYT_ERR_SCENARIO when it is of another scenario, other options, or no state at all.
 */
FLYT_NODISCARD enum flyt_status flyt_calibrate_state_read(struct flyt_calibration *calibration,
                                                          const struct flyt_bytes *bytes,
                                                          struct flyt_arena *arena,
                                                          struct flyt_diag *diag);

/** @brief One row a set, best first: number, wave, implausibility, parameters, targets. Without
 *         free parameters: the first fit. For --set-file. */
void flyt_calibrate_admitted_write(const struct flyt_calibration *calibration,
                                   const uint32_t *order, uint32_t n, struct flyt_text *text);

/** @brief Year by year of the first fit: each parameter, its target and what was wanted. */
void flyt_calibrate_path_write(const struct flyt_calibration *calibration, struct flyt_text *text);

#endif

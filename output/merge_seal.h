/**
 * @file merge_seal.h
 * @brief Puts the digest of a part file where a placeholder stands in it.
 */
#ifndef FLYT_MERGE_SEAL_H
#define FLYT_MERGE_SEAL_H

#include "output/digest.h"
#include "sim/fileio.h"

/**
 * @brief SHA-256 of the file with the digest's 64 characters as zeros, put in their place.
 * @param arena  scratch.
 * @return FLYT_ERR_INVARIANT when the placeholder stands nowhere, or twice; FLYT_ERR_IO.
 */
FLYT_NODISCARD enum flyt_status flyt_merge_seal(const struct flyt_fileio_part *part,
                                                const char *placeholder, struct flyt_arena *arena,
                                                struct flyt_diag *diag);

#endif

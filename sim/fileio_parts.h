/**
 * @file fileio_parts.h
 * @brief What sim/fileio.c and sim/fileio_read.c share.
 */
#ifndef FLYT_FILEIO_PARTS_H
#define FLYT_FILEIO_PARTS_H

#include "sim/fileio.h"

/** @brief The system's reason for a failed call, in the language of `diag`. */
const char *flyt_fileio_reason(const struct flyt_diag *diag, int error);

#endif

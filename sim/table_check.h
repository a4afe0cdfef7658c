/**
 * @file table_check.h
 * @brief What the checks of cells (table.c) and of whole columns (table_columns.c) share.
 */
#ifndef FLYT_TABLE_CHECK_H
#define FLYT_TABLE_CHECK_H

#include "sim/table.h"

#define FLYT_TABLE_COUNT_MAX 4294967294.0 /* 2^32 - 2: 2^32 - 1 is FLYT_NONE */

/** A table while it is checked. */
struct flyt_table_check {
    struct flyt_table *table;
    const struct flyt_table *earlier;
    uint32_t n_earlier;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    enum flyt_status status; /* of the first fault */
};

/** @brief Keeps the status of the first fault. */
static inline void flyt_table_note(struct flyt_table_check *check, enum flyt_status status)
{
    check->status = check->status == FLYT_OK ? status : check->status;
}

/** @brief Whether one more message would be kept, so that work on it is worth while. */
static inline bool flyt_table_wants_text(const struct flyt_table_check *check)
{
    return check->diag != NULL && check->diag->n_faults < FLYT_DIAG_FAULTS;
}

/**
 * @brief Checks what holds of whole columns: no value twice where none may be, no two rows with
 *        the same key, sums within 32 bits. Faults are noted in the check.
 * @return FLYT_OK or FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_table_check_columns(struct flyt_table_check *check);

#endif

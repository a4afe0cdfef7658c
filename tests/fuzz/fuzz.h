/**
 * @file fuzz.h
 * @brief What must hold of every answer of a reader, whatever the input.
 */
#ifndef FLYT_FUZZ_H
#define FLYT_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/text.h"

/** Ends the program where the fuzzer sees it; not assert(), which a release build leaves out. */
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/** @brief A failure has a message; all messages are one line of harmless UTF-8. */
static inline void fuzz_check_faults(enum flyt_status status, const struct flyt_diag *diag)
{
    FUZZ_CHECK(status == FLYT_ERR_MEMORY || (status == FLYT_OK) == (diag->n_faults == 0));
    for (uint32_t i = 0; i < diag->n_faults && i < FLYT_DIAG_FAULTS; i++) {
        const char *text = diag->fault[i].text;
        uint32_t code = 0;
        size_t n = strlen(text);
        FUZZ_CHECK(n > 0 && flyt_text_utf8_fault(text, n) == n);
        FUZZ_CHECK(flyt_text_control(text, n, &code) == n && strpbrk(text, "\t\n") == NULL);
    }
}

#endif

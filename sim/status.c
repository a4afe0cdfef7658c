#include "sim/status.h"

#include <stdarg.h>
#include <stdio.h>

const char *flyt_status_text(enum flyt_status status, enum flyt_lang lang)
{
    switch (status) {
#define X(code, number, en, da)                                                                    \
    case FLYT_##code:                                                                              \
        return lang == FLYT_DA ? da : en;
        FLYT_STATUSES(X)
#undef X
    }
    return lang == FLYT_DA ? "ukendt status" : "unknown status";
}

/** Writes "file:line:column: " and returns its length. */
static size_t put_place(char *text, size_t size, struct flyt_place place)
{
    int n = 0;
    if (place.file == NULL) {
        return 0;
    }
    if (place.line == 0) {
        n = snprintf(text, size, "%s: ", place.file);
    } else if (place.column == 0) {
        n = snprintf(text, size, "%s:%u: ", place.file, place.line);
    } else {
        n = snprintf(text, size, "%s:%u:%u: ", place.file, place.line, place.column);
    }
    return n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1;
}

enum flyt_status flyt_diag_fault(struct flyt_diag *diag, enum flyt_status status,
                                 struct flyt_place place, const char *en, const char *da, ...)
{
    if (diag == NULL) {
        return status;
    }
    if (diag->n_faults < FLYT_DIAG_FAULTS) {
        struct flyt_fault *fault = &diag->fault[diag->n_faults];
        fault->status = status;
        size_t n = put_place(fault->text, sizeof fault->text, place);
        va_list args;
        va_start(args, da);
        (void)vsnprintf(fault->text + n, sizeof fault->text - n, diag->lang == FLYT_DA ? da : en,
                        args);
        va_end(args);
    }
    diag->n_faults++;
    return status;
}

enum flyt_status flyt_diag_since(const struct flyt_diag *diag, uint32_t n_before)
{
    if (diag->n_faults <= n_before) {
        return FLYT_OK;
    }
    return n_before < FLYT_DIAG_FAULTS ? diag->fault[n_before].status
                                       : diag->fault[FLYT_DIAG_FAULTS - 1].status;
}

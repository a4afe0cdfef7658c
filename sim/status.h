/**
 * @file status.h
 * @brief What can go wrong, and the located messages a person reads about it.
 *
 * Owns the table of error codes and `struct flyt_diag`, the list of faults found so far. Knows
 * nothing of printing: `sim/cli.c` shows the list. Never allocates, so that it works when memory
 * has run out.
 */
#ifndef FLYT_STATUS_H
#define FLYT_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** code, exit status, meaning in English, meaning in Danish */
#define FLYT_STATUSES(X)                                                                           \
    X(OK, 0, "success", "lykkedes")                                                                \
    X(ERR_MISS, 1, "a published target was missed", "et offentliggjort mål blev ikke ramt")        \
    X(ERR_USAGE, 64, "the command line is wrong", "kommandolinjen er forkert")                     \
    X(ERR_SCENARIO, 65, "the scenario or its data is wrong",                                       \
      "scenariet eller dets data er forkert")                                                      \
    X(ERR_INPUT, 66, "an input file is missing", "en inputfil mangler")                            \
    X(ERR_PLOT, 69, "gnuplot is missing or failed", "gnuplot mangler eller fejlede")               \
    X(ERR_INVARIANT, 70, "internal error: please report it", "intern fejl: meld den venligst")     \
    X(ERR_MEMORY, 71, "not enough memory", "ikke hukommelse nok")                                  \
    X(ERR_OUTPUT, 73, "the output cannot be created", "resultatet kan ikke oprettes")              \
    X(ERR_IO, 74, "a file could not be written", "en fil kunne ikke skrives")                      \
    X(ERR_STOPPED, 75, "stopped early; a checkpoint was saved",                                    \
      "stoppet før tid; tilstanden er gemt")                                                       \
    X(ERR_INTERRUPTED, 130, "stopped; nothing was written", "stoppet; intet er skrevet")

enum flyt_status {
#define X(code, number, en, da) FLYT_##code = number,
    FLYT_STATUSES(X)
#undef X
};

enum flyt_lang { FLYT_EN, FLYT_DA };

#define FLYT_NODISCARD __attribute__((warn_unused_result))
#define FLYT_PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
/** Also compiled for wider vectors, chosen when the program starts. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__OPTIMIZE__)
#define FLYT_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FLYT_CLONES
#endif
#define FLYT_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FLYT_NONE UINT32_MAX

/** Returns a failed call's status. Right where only arena memory is owned. */
#define FLYT_TRY(call)                                                                             \
    do {                                                                                           \
        enum flyt_status flyt_try_status_ = (call);                                                \
        if (flyt_try_status_ != FLYT_OK) {                                                         \
            return flyt_try_status_;                                                               \
        }                                                                                          \
    } while (0)

/** Where in the input a fault is. `file` NULL: nowhere in particular; `line` 0: the whole file. */
struct flyt_place {
    const char *file;
    uint32_t line, column; /* from 1; columns count characters, not bytes */
};

#define FLYT_DIAG_FAULTS 64
#define FLYT_DIAG_TEXT 768

struct flyt_fault {
    enum flyt_status status;
    char text[FLYT_DIAG_TEXT]; /* "file:line:column: message", terminal-safe if its parts are */
};

/** The faults found so far, in the order found. Zero-initialise; set `lang`. Owned by the caller.
 */
struct flyt_diag {
    enum flyt_lang lang;
    uint32_t n_faults; /* all found; only the first FLYT_DIAG_FAULTS are kept */
    struct flyt_fault fault[FLYT_DIAG_FAULTS];
};

/** @brief Meaning of a status in one short clause. */
const char *flyt_status_text(enum flyt_status status, enum flyt_lang lang);

/**
 * @brief Adds a fault; the message is formed from `en` or `da` by `diag->lang`.
 *
 * Both formats take the same arguments in the same order. Text that comes from a file or the
 * command line goes through flyt_text_quote() first.
 *
 * @param diag  may be NULL: then nothing is kept.
 * @return `status`, so that a caller can `return flyt_diag_fault(...)`.
 */
enum flyt_status flyt_diag_fault(struct flyt_diag *diag, enum flyt_status status,
                                 struct flyt_place place, const char *en, const char *da, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/** @brief FLYT_OK while no fault was added after `n_before`, else the status of the first since. */
FLYT_NODISCARD enum flyt_status flyt_diag_since(const struct flyt_diag *diag, uint32_t n_before);

#endif

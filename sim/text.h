/**
 * @file text.h
 * @brief Text that comes from people: UTF-8, numbers, nearest names, and text built for them.
 *
 * Numbers never depend on the locale. What is echoed in a message passes flyt_text_quote().
 */
#ifndef FLYT_TEXT_H
#define FLYT_TEXT_H

#include "sim/arena.h"

/** Text that grows in an arena. Zero-initialise and set `arena`; always NUL-terminated once used.
 */
struct flyt_text {
    struct flyt_arena *arena;
    char *bytes;
    size_t n, capacity;
    bool failed; /* out of memory: later adds do nothing; check once at the end */
};

void flyt_text_add(struct flyt_text *text, const char *format, ...) FLYT_PRINTF(2, 3);
void flyt_text_put(struct flyt_text *text, const char *bytes, size_t n);

#define FLYT_QUOTE_SIZE 344 /* 80 characters of up to 4 bytes, ellipsis and NUL */

/**
 * @brief Makes bytes safe for a terminal: control, C1 and bidirectional characters and bytes that
 *        are no UTF-8 become \xNN; at most 80 characters, then "...".
 * @param out  at least FLYT_QUOTE_SIZE bytes.
 * @return out.
 */
const char *flyt_text_quote(char *out, const char *bytes, size_t n);

/**
 * @brief A path as a message may show it: itself when all of it is harmless, else a copy with
 *        control characters as \xNN.
 * @return NULL when out of memory.
 */
const char *flyt_text_path(struct flyt_arena *arena, const char *path);

/** @brief Offset of the first byte that is not valid UTF-8 (or is NUL), n when all is. */
size_t flyt_text_utf8_fault(const char *bytes, size_t n);

/** @brief Characters (code points) in valid UTF-8. */
size_t flyt_text_length(const char *bytes, size_t n);

/** @brief Line and column (in characters, from 1) of a byte offset. */
void flyt_text_locate(const char *bytes, size_t offset, uint32_t *line, uint32_t *column);

/**
 * @brief Checks that a file is UTF-8 text: no NUL, no control or bidirectional characters, no
 *        lone CR. Tab, LF and CRLF may be. One fault for the first wrong byte, else one for each
 *        line with a control character.
 * @return FLYT_OK or FLYT_ERR_SCENARIO.
 */
FLYT_NODISCARD enum flyt_status flyt_text_check(const char *file, const char *bytes, size_t n,
                                                struct flyt_diag *diag);

/**
 * @brief Offset of the first control, bidirectional or invisible character other than tab and LF
 *        in valid UTF-8, n when there is none; *code tells which.
 */
size_t flyt_text_control(const char *bytes, size_t n, uint32_t *code);

/** @brief Offset of the first combining mark (U+0300 to U+036F) in valid UTF-8, n when none. */
size_t flyt_text_combining(const char *bytes, size_t n);

/** What is wrong with a text that should be a number. */
enum flyt_number {
    FLYT_NUMBER_ok,
    FLYT_NUMBER_empty,
    FLYT_NUMBER_not,     /* no number at all */
    FLYT_NUMBER_tail,    /* a number with something behind it: 25%, 1.000.000 */
    FLYT_NUMBER_space,   /* white space before or behind */
    FLYT_NUMBER_comma,   /* decimal comma */
    FLYT_NUMBER_octal,   /* leading zero: 042 */
    FLYT_NUMBER_hex,     /* 0x10 */
    FLYT_NUMBER_special, /* nan, inf, or too large */
};

/** @brief Parses "-12", "0.25", ".25", "1e6" strictly, whole text, locale-free. */
enum flyt_number flyt_text_number(const char *bytes, size_t n, double *value);

/** @brief Why a text is no number, as a predicate ("has a decimal comma; ..."). "" when it is. */
const char *flyt_text_number_fault(enum flyt_number fault, enum flyt_lang lang);

/**
 * @brief Index of the name nearest to `bytes` by edits (Damerau), FLYT_NONE when none is near
 *        (more than a third of its length wrong).
 * @param name  called with i in [0, n_names); gives a NUL-terminated name.
 */
uint32_t flyt_text_nearest(const char *bytes, size_t n, uint32_t n_names,
                           const char *(*name)(const void *names, uint32_t i), const void *names);

/** @brief `name` for flyt_text_nearest() over an array `const char *names[]`. */
const char *flyt_text_name(const void *names, uint32_t i);

#define FLYT_HINT_SIZE (FLYT_QUOTE_SIZE + 32)

/**
 * @brief "; did you mean X?" or "; mente du X?", "" when name is NULL.
 * @param out  at least FLYT_HINT_SIZE bytes.
 * @return out.
 */
const char *flyt_text_hint(char *out, const struct flyt_diag *diag, const char *name);

#endif

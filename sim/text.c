/* Text that comes from people: UTF-8, quoting, numbers, nearest names. See text.h. */
#include "sim/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHOWN = 80,          /* characters of a text that a message shows */
    NUMBER_DIGITS = 128, /* a longer number is nobody's input */
    NEAREST_LENGTH = 64, /* longer names get no suggestion */
    SOFT_HYPHEN = 0xad   /* harmless in a file, invisible in a message */
};

void flyt_text_put(struct flyt_text *text, const char *bytes, size_t n)
{
    if (text->failed) {
        return;
    }
    if (text->capacity - text->n <= n) {
        size_t capacity = text->capacity < 256 ? 256 : text->capacity;
        while (capacity - text->n <= n) {
            if (capacity > SIZE_MAX / 2) {
                text->failed = true;
                return;
            }
            capacity *= 2;
        }
        char *grown = flyt_arena_take(text->arena, capacity, 1);
        if (grown == NULL) {
            text->failed = true;
            return;
        }
        if (text->n > 0) {
            memcpy(grown, text->bytes, text->n);
        }
        text->bytes = grown;
        text->capacity = capacity;
    }
    if (n > 0) {
        memcpy(text->bytes + text->n, bytes, n);
    }
    text->n += n;
    text->bytes[text->n] = '\0';
}

void flyt_text_add(struct flyt_text *text, const char *format, ...)
{
    char small[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n < 0) {
        text->failed = true;
    } else if ((size_t)n < sizeof small) {
        flyt_text_put(text, small, (size_t)n);
    } else if (!text->failed) {
        char *large = flyt_arena_take(text->arena, (size_t)n + 1, 1);
        if (large == NULL) {
            text->failed = true;
        } else {
            (void)vsnprintf(large, (size_t)n + 1, format, again);
            flyt_text_put(text, large, (size_t)n);
        }
    }
    va_end(again);
}

/** Decodes one character; returns its bytes, 0 when it is no valid UTF-8 (Unicode table 3-7). */
static size_t decode(const char *bytes, size_t n, uint32_t *code)
{
    unsigned char lead = n > 0 ? (unsigned char)bytes[0] : 0xff;
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || length > n) {
        return 0;
    }
    uint32_t value = lead & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if ((byte & 0xc0) != 0x80) {
            return 0;
        }
        value = value << 6 | (byte & 0x3fU);
    }
    bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        return 0;
    }
    *code = value;
    return length;
}

/** Characters that move the cursor, turn the direction of text round or cannot be seen. */
static bool is_hidden(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == SOFT_HYPHEN || code == 0x61c ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe0fff);
}

/** Writes at most `shown` characters, and "..." when that was not all; returns bytes written. */
static size_t escape(char *out, size_t shown, const char *bytes, size_t n)
{
    size_t written = 0, used = 0;
    for (size_t at = 0; at < n;) {
        uint32_t code = 0;
        size_t length = decode(bytes + at, n - at, &code);
        bool hidden = length == 0 || is_hidden(code);
        size_t step = length == 0 ? 1 : length;
        used += hidden ? 4 * step : 1;
        if (used > shown) {
            memcpy(out + written, "...", 3);
            written += 3;
            break;
        }
        for (size_t i = 0; i < step; i++) {
            if (hidden) {
                (void)snprintf(out + written, 5, "\\x%02X", (unsigned char)bytes[at + i]);
                written += 4;
            } else {
                out[written++] = bytes[at + i];
            }
        }
        at += step;
    }
    out[written] = '\0';
    return written;
}

const char *flyt_text_quote(char *out, const char *bytes, size_t n)
{
    (void)escape(out, SHOWN, bytes, n);
    return out;
}

const char *flyt_text_path(struct flyt_arena *arena, const char *path)
{
    size_t n = strlen(path);
    for (size_t at = 0; at < n;) {
        uint32_t code = 0;
        size_t length = decode(path + at, n - at, &code);
        if (length == 0 || is_hidden(code)) {
            char *copy = flyt_arena_take(arena, n + 1, 4);
            if (copy != NULL) {
                (void)escape(copy, SIZE_MAX, path, n);
            }
            return copy;
        }
        at += length;
    }
    return path;
}

size_t flyt_text_utf8_fault(const char *bytes, size_t n)
{
    for (size_t at = 0; at < n;) {
        uint32_t code = 0;
        size_t length = decode(bytes + at, n - at, &code);
        if (length == 0 || code == 0) {
            return at;
        }
        at += length;
    }
    return n;
}

size_t flyt_text_length(const char *bytes, size_t n)
{
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        length += ((unsigned char)bytes[i] & 0xc0) != 0x80;
    }
    return length;
}

void flyt_text_locate(const char *bytes, size_t offset, uint32_t *line, uint32_t *column)
{
    size_t begin = offset;
    while (begin > 0 && bytes[begin - 1] != '\n') {
        begin--;
    }
    *line = 1;
    for (size_t i = 0; i < begin; i++) {
        *line += bytes[i] == '\n';
    }
    if (begin == 0 && offset >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        begin = 3;
    }
    *column = 1 + (uint32_t)flyt_text_length(bytes + begin, offset - begin);
}

/** The fault of one byte that is NUL or no UTF-8. */
static enum flyt_status report_byte(const char *bytes, size_t at, struct flyt_place place,
                                    struct flyt_diag *diag)
{
    unsigned char byte = (unsigned char)bytes[at];
    if (byte == 0) {
        return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                               "a NUL byte: this is no text file (or it is UTF-16)",
                               "en NUL-byte: det er ikke en tekstfil (eller den er i UTF-16)");
    }
    char latin1[3] = "?";
    if (byte >= 0xa1) {
        latin1[0] = (char)(0xc0 | byte >> 6);
        latin1[1] = (char)(0x80 | (byte & 0x3f));
        latin1[2] = '\0';
    }
    return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                           "byte \\x%02X is not UTF-8 (in Latin-1 it is \"%s\"); save the file as "
                           "UTF-8",
                           "byten \\x%02X er ikke UTF-8 (i Latin-1 er den \"%s\"); gem filen som "
                           "UTF-8",
                           byte, latin1);
}

enum flyt_status flyt_text_check(const char *file, const char *bytes, size_t n,
                                 struct flyt_diag *diag)
{
    struct flyt_place place = {.file = file};
    size_t wrong = flyt_text_utf8_fault(bytes, n);
    if (wrong < n) {
        flyt_text_locate(bytes, wrong, &place.line, &place.column);
        return report_byte(bytes, wrong, place, diag);
    }
    enum flyt_status status = FLYT_OK;
    size_t begin = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    place.line = 1;
    for (size_t at = begin; at < n;) {
        uint32_t code = 0;
        size_t length = decode(bytes + at, n - at, &code);
        bool fine = !is_hidden(code) || code == '\t' || code == '\n' || code == SOFT_HYPHEN ||
                    (code == '\r' && at + 1 < n && bytes[at + 1] == '\n');
        if (!fine && place.column == 0) {
            place.column = 1 + (uint32_t)flyt_text_length(bytes + begin, at - begin);
            status = flyt_diag_fault(
                diag, FLYT_ERR_SCENARIO, place,
                code == '\r' ? "a lone carriage return (U+%04X); lines end in LF or CRLF"
                             : "the control character U+%04X may not be here",
                code == '\r' ? "en vognretur alene (U+%04X); linjer ender på LF eller CRLF"
                             : "kontroltegnet U+%04X må ikke stå her",
                code);
        }
        at += length;
        if (code == '\n') {
            begin = at;
            place.line++;
            place.column = 0;
        }
    }
    return status;
}

size_t flyt_text_control(const char *bytes, size_t n, uint32_t *code)
{
    for (size_t at = 0; at < n;) {
        size_t length = decode(bytes + at, n - at, code);
        if (is_hidden(*code) && *code != '\t' && *code != '\n' && *code != SOFT_HYPHEN) {
            return at;
        }
        at += length == 0 ? 1 : length;
    }
    return n;
}

size_t flyt_text_combining(const char *bytes, size_t n)
{
    for (size_t at = 0; at + 1 < n; at++) {
        unsigned char lead = (unsigned char)bytes[at], next = (unsigned char)bytes[at + 1];
        if (lead == 0xcc || (lead == 0xcd && next < 0xb0)) {
            return at;
        }
    }
    return n;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Whether the text is one of the words that C and YAML read as a number that is none. */
static bool is_special(const char *bytes, size_t n)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    size_t skip = n > 0 && (bytes[0] == '-' || bytes[0] == '+');
    skip += skip < n && bytes[skip] == '.';
    for (size_t w = 0; w < FLYT_COUNT(words); w++) {
        size_t i = 0, length = strlen(words[w]);
        while (i < length && skip + i < n && (bytes[skip + i] | 0x20) == words[w][i]) {
            i++;
        }
        if (i == length && skip + i == n) {
            return true;
        }
    }
    return false;
}

/** What stands where the number ended too early. */
static enum flyt_number tail_fault(const char *bytes, size_t n, size_t at)
{
    if (bytes[at] == ',' && at + 1 < n && is_digit(bytes[at + 1])) {
        return FLYT_NUMBER_comma;
    }
    if ((bytes[at] | 0x20) == 'x' && at > 0 && bytes[at - 1] == '0') {
        return FLYT_NUMBER_hex;
    }
    return bytes[at] == ' ' || bytes[at] == '\t' ? FLYT_NUMBER_space : FLYT_NUMBER_tail;
}

/** An exponent "e-12" at *at; large ones stay large. */
static bool parse_exponent(const char *bytes, size_t n, size_t *at, long *exponent)
{
    size_t i = *at + 1;
    bool minus = i < n && bytes[i] == '-';
    i += i < n && (bytes[i] == '-' || bytes[i] == '+');
    if (i >= n || !is_digit(bytes[i])) {
        return false;
    }
    for (; i < n && is_digit(bytes[i]); i++) {
        *exponent = *exponent < 100000 ? *exponent * 10 + (bytes[i] - '0') : *exponent;
    }
    *exponent = minus ? -*exponent : *exponent;
    *at = i;
    return true;
}

/** Up to 15 digits and nothing else, without a zero before them: a double holds each such number.
 */
static bool is_plain(const char *bytes, size_t n, double *value)
{
    uint64_t whole = 0;
    bool plain = n <= 15 && (n == 1 || bytes[0] != '0');
    for (size_t i = 0; i < n && plain; i++) {
        whole = whole * 10 + (uint64_t)(bytes[i] - '0');
        plain = is_digit(bytes[i]);
    }
    *value = plain ? (double)whole : *value;
    return plain;
}

/* The digits are handed to strtod as "digits e exponent", without the decimal point, which is the
   only thing a locale could change. */
enum flyt_number flyt_text_number(const char *bytes, size_t n, double *value)
{
    char digits[NUMBER_DIGITS + 32];
    size_t n_digits = 0, at = 0, whole;
    long exponent = 0, shift = 0;
    if (n == 0) {
        return FLYT_NUMBER_empty;
    }
    if (is_plain(bytes, n, value)) {
        return FLYT_NUMBER_ok;
    }
    if (bytes[0] == ' ' || bytes[0] == '\t') {
        return FLYT_NUMBER_space;
    }
    if (is_special(bytes, n)) {
        return FLYT_NUMBER_special;
    }
    if (bytes[0] == '-') {
        digits[n_digits++] = bytes[at++];
    }
    for (whole = at; at < n && is_digit(bytes[at]) && n_digits < NUMBER_DIGITS; at++) {
        digits[n_digits++] = bytes[at];
    }
    whole = at - whole;
    if (at + 1 < n && bytes[at] == '.' && is_digit(bytes[at + 1])) {
        for (at++; at < n && is_digit(bytes[at]) && n_digits < NUMBER_DIGITS; at++, shift--) {
            digits[n_digits++] = bytes[at];
        }
    }
    if (n_digits == 0 || !is_digit(digits[n_digits - 1])) {
        return FLYT_NUMBER_not;
    }
    if (at < n && (bytes[at] | 0x20) == 'e') {
        (void)parse_exponent(bytes, n, &at, &exponent);
    }
    if (at < n) {
        return tail_fault(bytes, n, at);
    }
    if (whole > 1 && bytes[bytes[0] == '-'] == '0') {
        return FLYT_NUMBER_octal;
    }
    (void)snprintf(digits + n_digits, sizeof digits - n_digits, "e%ld", exponent + shift);
    *value = strtod(digits, NULL);
    return isfinite(*value) ? FLYT_NUMBER_ok : FLYT_NUMBER_special;
}

const char *flyt_text_number_fault(enum flyt_number fault, enum flyt_lang lang)
{
    static const char *const texts[][2] = {
        [FLYT_NUMBER_ok] = {"", ""},
        [FLYT_NUMBER_empty] = {"is empty", "er tom"},
        [FLYT_NUMBER_not] = {"is not a number", "er ikke et tal"},
        [FLYT_NUMBER_tail] = {"has text behind the number", "har tekst efter tallet"},
        [FLYT_NUMBER_space] = {"has white space in it", "har mellemrum i sig"},
        [FLYT_NUMBER_comma] = {"has a decimal comma; write a point, as in 1.5",
                               "har decimalkomma; skriv punktum, som i 1.5"},
        [FLYT_NUMBER_octal] = {"begins with a zero; write the number without it",
                               "begynder med et nul; skriv tallet uden"},
        [FLYT_NUMBER_hex] = {"is a hexadecimal number; write it in decimals",
                             "er et hexadecimalt tal; skriv det i titalssystemet"},
        [FLYT_NUMBER_special] = {"is not a finite number", "er ikke et endeligt tal"},
    };
    return texts[fault][lang == FLYT_DA];
}

/** Decodes up to NEAREST_LENGTH characters; 0 when there are more or none. */
static size_t decode_all(const char *bytes, size_t n, uint32_t *codes)
{
    size_t length = 0;
    for (size_t at = 0; at < n; length++) {
        size_t step = length < NEAREST_LENGTH ? decode(bytes + at, n - at, &codes[length]) : 0;
        if (step == 0) {
            return 0;
        }
        at += step;
    }
    return length;
}

/** Edits between two texts: insertions, deletions, substitutions, swapped neighbours
    (Damerau 1964 in the restricted form: no part is edited twice). */
static uint32_t edits(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b)
{
    uint32_t rows[3][NEAREST_LENGTH + 1];
    uint32_t *older = rows[0], *old = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n_b; j++) {
        old[j] = (uint32_t)j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= n_b; j++) {
            uint32_t least = old[j - 1] + (a[i - 1] != b[j - 1]);
            least = old[j] + 1 < least ? old[j] + 1 : least;
            least = row[j - 1] + 1 < least ? row[j - 1] + 1 : least;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                older[j - 2] + 1 < least) {
                least = older[j - 2] + 1;
            }
            row[j] = least;
        }
        uint32_t *next = older;
        older = old;
        old = row;
        row = next;
    }
    return old[n_b];
}

uint32_t flyt_text_nearest(const char *bytes, size_t n, uint32_t n_names,
                           const char *(*name)(const void *names, uint32_t i), const void *names)
{
    uint32_t typed[NEAREST_LENGTH], known[NEAREST_LENGTH];
    uint32_t nearest = FLYT_NONE, best = FLYT_NONE;
    size_t n_typed = decode_all(bytes, n, typed);
    for (uint32_t i = 0; n_typed > 0 && i < n_names; i++) {
        const char *candidate = name(names, i);
        size_t n_known = decode_all(candidate, strlen(candidate), known);
        size_t apart = n_known > n_typed ? n_known - n_typed : n_typed - n_known;
        if (n_known == 0 || 3 * apart > n_typed) {
            continue;
        }
        uint32_t distance = edits(typed, n_typed, known, n_known);
        if (distance < best && 3 * (size_t)distance <= n_typed) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

const char *flyt_text_name(const void *names, uint32_t i)
{
    const char *const *array = names;
    return array[i];
}

const char *flyt_text_hint(char *out, const struct flyt_diag *diag, const char *name)
{
    char quoted[FLYT_QUOTE_SIZE];
    out[0] = '\0';
    if (name != NULL) {
        (void)snprintf(out, FLYT_HINT_SIZE,
                       diag != NULL && diag->lang == FLYT_DA ? "; mente du \"%s\"?"
                                                             : "; did you mean \"%s\"?",
                       flyt_text_quote(quoted, name, strlen(name)));
    }
    return out;
}

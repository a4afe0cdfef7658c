/**
 * @file h5_head.c
 * @brief Whether a file is one of Flyt's and whole: asked before HDF5 sees a byte of it.
 */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "output/h5_reader.h"
#include "sim/text.h"

enum { HEAD_BYTES = 1 << 16, HEX = FLYT_DIGEST_SIZE - 1, CANDIDATES = 4 };

static const char signature[] = "\211HDF\r\n\032\n", digest_key[] = "file_digest";

bool flyt_h5_head_is(const char *bytes, size_t n, const char *type)
{
    static const char key[] = "filetype";
    n = n < HEAD_BYTES ? n : HEAD_BYTES;
    return n > 8 && memcmp(bytes, signature, 8) == 0 && memmem(bytes, n, key, sizeof key) != NULL &&
           memmem(bytes, n, type, strlen(type) + 1) != NULL;
}

static bool is_of_type(const char *path, const char *type)
{
    char head[HEAD_BYTES];
    return flyt_h5_head_is(head, flyt_fileio_head(path, head, sizeof head), type);
}

bool flyt_h5_is_result(const char *path)
{
    return is_of_type(path, "flyt-result");
}

bool flyt_h5_is_sweep(const char *path)
{
    return is_of_type(path, "flyt-sweep");
}

enum flyt_status flyt_h5_may_replace(const char *path, struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place = {flyt_text_quote(quoted, path, strlen(path)), 0, 0};
    if (!flyt_fileio_exists(path) || flyt_h5_is_result(path) || flyt_h5_is_sweep(path)) {
        return FLYT_OK;
    }
    return flyt_diag_fault(diag, FLYT_ERR_OUTPUT, place,
                           "exists and is no Flyt result; it will not be replaced",
                           "findes og er ikke et Flyt-resultat; den bliver ikke erstattet");
}

/** Where 64 hex digits begin soon after the attribute's name. NULL: not there. */
static char *digest_after(char *name, const char *end)
{
    for (char *at = name; at < name + 96 && end - at >= HEX; at++) {
        if (strspn(at, "0123456789abcdef") >= HEX) {
            return at;
        }
    }
    return NULL;
}

bool flyt_h5_digest_holds(struct flyt_bytes *bytes)
{
    char *end = bytes->bytes + bytes->n, *from = bytes->bytes;
    for (int i = 0; i < CANDIDATES; i++) {
        char *name = memmem(from, (size_t)(end - from), digest_key, sizeof digest_key);
        if (name == NULL) {
            return false;
        }
        from = name + sizeof digest_key;
        char *at = digest_after(from, end);
        if (at == NULL) {
            continue;
        }
        char written[HEX], found[FLYT_DIGEST_SIZE];
        memcpy(written, at, HEX);
        memset(at, '0', HEX);
        flyt_digest_of(bytes->bytes, bytes->n, found);
        memcpy(at, written, HEX);
        if (memcmp(written, found, HEX) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- files too large for memory ---- */

/** The digests of a file with the HEX bytes at each of these places as zeros. */
struct passing {
    uint64_t at[CANDIDATES];
    struct flyt_digest digest[CANDIDATES];
    uint32_t n;
};

static void take_piece(void *passing_, uint64_t offset, const char *bytes, size_t n)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    struct passing *passing = passing_;
    for (uint32_t i = 0; i < passing->n; i++) {
        uint64_t from = passing->at[i], to = from + HEX, end = offset + n;
        uint64_t low = from < offset ? offset : from > end ? end : from;
        uint64_t high = to < offset ? offset : to > end ? end : to;
        flyt_digest_bytes(&passing->digest[i], bytes, (size_t)(low - offset));
        flyt_digest_bytes(&passing->digest[i], zeros, (size_t)(high > low ? high - low : 0));
        high = high > low ? high : low;
        flyt_digest_bytes(&passing->digest[i], bytes + (high - offset), (size_t)(end - high));
    }
}

enum flyt_status flyt_h5_digest_of_disk(const char *path, bool *holds, struct flyt_diag *diag)
{
    char head[HEAD_BYTES];
    struct passing passing = {.n = 0};
    size_t n = flyt_fileio_head(path, head, sizeof head);
    char *end = head + n, *from = head;
    *holds = false;
    while (passing.n < CANDIDATES) {
        char *name = memmem(from, (size_t)(end - from), digest_key, sizeof digest_key);
        if (name == NULL) {
            break;
        }
        from = name + sizeof digest_key;
        char *at = digest_after(from, end);
        if (at != NULL) {
            flyt_digest_init(&passing.digest[passing.n]);
            passing.at[passing.n++] = (uint64_t)(at - head);
        }
    }
    FLYT_TRY(flyt_fileio_pass(path, take_piece, &passing, diag));
    for (uint32_t i = 0; i < passing.n; i++) {
        char hex[FLYT_DIGEST_SIZE];
        flyt_digest_end(&passing.digest[i], hex);
        *holds = *holds || memcmp(hex, head + passing.at[i], HEX) == 0;
    }
    return FLYT_OK;
}

/* The digest of a merged file, which is too large for memory: read piece by piece, put in place. */
#include <string.h>

#include "output/merge_seal.h"

enum { HEX = FLYT_DIGEST_SIZE - 1, PIECE = 1 << 20 };

/** Where `text`, HEX bytes, stands in n bytes; NULL: nowhere. */
static char *find(char *bytes, size_t n, const char *text)
{
    for (char *at = bytes; n >= HEX; at++) {
        char *next = memchr(at, text[0], n - HEX + 1);
        if (next == NULL) {
            return NULL;
        }
        n -= (size_t)(next - at);
        at = next;
        if (memcmp(at, text, HEX) == 0) {
            return at;
        }
        n--;
    }
    return NULL;
}

/** Offset of the placeholder, UINT64_MAX when it stands nowhere or twice. */
static uint64_t locate(const struct flyt_fileio_part *part, char *piece, const char *placeholder)
{
    uint64_t offset = 0, found = UINT64_MAX;
    size_t n = 0;
    while ((n = flyt_fileio_part_read(part, offset, piece, PIECE)) >= HEX) {
        char *at = piece;
        while ((at = find(at, n - (size_t)(at - piece), placeholder)) != NULL) {
            uint64_t here = offset + (uint64_t)(at - piece);
            if (found != UINT64_MAX && found != here) {
                return UINT64_MAX;
            }
            found = here;
            at++;
        }
        if (n < PIECE) {
            break;
        }
        offset += PIECE - HEX + 1; /* one that lies across two pieces is whole in the next */
    }
    return found;
}

enum flyt_status flyt_merge_seal(const struct flyt_fileio_part *part, const char *placeholder,
                                 struct flyt_arena *arena, struct flyt_diag *diag)
{
    struct flyt_digest digest;
    char hex[FLYT_DIGEST_SIZE], *piece = FLYT_ARENA_ARRAY(arena, char, PIECE);
    size_t n = 0;
    if (piece == NULL) {
        return FLYT_ERR_MEMORY;
    }
    uint64_t at = locate(part, piece, placeholder);
    if (at == UINT64_MAX) {
        return flyt_diag_fault(diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                               "the digest has no place in the file",
                               "kontrolsummen har ingen plads i filen");
    }
    memset(hex, '0', HEX);
    FLYT_TRY(flyt_fileio_part_write(part, at, hex, HEX, diag));
    flyt_digest_init(&digest);
    for (uint64_t offset = 0; (n = flyt_fileio_part_read(part, offset, piece, PIECE)) > 0;
         offset += n) {
        flyt_digest_bytes(&digest, piece, n);
    }
    flyt_digest_end(&digest, hex);
    return flyt_fileio_part_write(part, at, hex, HEX, diag);
}

#include "sim/rng.h"

#include <Random123/philox.h>

static philox4x32_ctr_t draw_block(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                                   uint32_t stream, uint32_t draw)
{
    philox4x32_ctr_t counter = {{(uint32_t)uid, (uint32_t)(uid >> 32), month << 16 | stream, draw}};
    philox4x32_key_t philox_key = {{key.seed, key.replicate}};
    return philox4x32(counter, philox_key);
}

void flyt_rng_block(struct flyt_rng_key key, uint64_t uid, uint32_t month, enum flyt_stream stream,
                    uint32_t draw, uint32_t word[4])
{
    philox4x32_ctr_t block = draw_block(key, uid, month, (uint32_t)stream, draw);
    for (int i = 0; i < 4; i++) {
        word[i] = block.v[i];
    }
}

uint32_t flyt_rng_word(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                       enum flyt_stream stream, uint32_t draw)
{
    return draw_block(key, uid, month, (uint32_t)stream, draw).v[0];
}

uint64_t flyt_rng_word64(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                         enum flyt_stream stream, uint32_t draw)
{
    philox4x32_ctr_t block = draw_block(key, uid, month, (uint32_t)stream, draw);
    return (uint64_t)block.v[1] << 32 | block.v[0];
}

double flyt_rng_unit(struct flyt_rng_key key, uint64_t uid, uint32_t month, enum flyt_stream stream,
                     uint32_t draw)
{
    return flyt_rng_to_unit(flyt_rng_word64(key, uid, month, stream, draw));
}

uint32_t flyt_rng_below(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                        enum flyt_stream stream, uint32_t draw, uint32_t n)
{
    return flyt_rng_bits_below(flyt_rng_word64(key, uid, month, stream, draw), n);
}

uint64_t flyt_rng_uid(uint64_t mother, uint32_t month, enum flyt_stream kind, uint32_t ordinal,
                      uint32_t again)
{
    struct flyt_rng_key key = {ordinal, again};
    uint64_t uid;
    do {
        uid = flyt_rng_word64(key, mother, month, kind, 0);
        key.replicate += UINT32_C(0x80000000); /* 0 means no household */
    } while (uid == 0);
    return uid;
}

enum { TILE = 1024 };

/** Ten rounds over n counters, one round at a time so that the loop vectorises. */
static inline __attribute__((always_inline)) void
rounds(struct flyt_rng_key key, uint32_t n, uint32_t *restrict c0, uint32_t *restrict c1,
       uint32_t *restrict c2, uint32_t *restrict c3)
{
    uint32_t k0 = key.seed, k1 = key.replicate;
    for (int round = 0; round < 10; round++) {
        for (uint32_t i = 0; i < n; i++) {
            uint64_t p0 = (uint64_t)UINT32_C(0xD2511F53) * c0[i];
            uint64_t p1 = (uint64_t)UINT32_C(0xCD9E8D57) * c2[i];
            c0[i] = (uint32_t)(p1 >> 32) ^ c1[i] ^ k0;
            c2[i] = (uint32_t)(p0 >> 32) ^ c3[i] ^ k1;
            c1[i] = (uint32_t)p1;
            c3[i] = (uint32_t)p0;
        }
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
}

FLYT_CLONES static void luck_tile(struct flyt_rng_key key, uint32_t month_stream,
                                  const uint64_t *uid, uint32_t n, uint16_t *const *luck)
{
    uint32_t c0[TILE], c1[TILE], c2[TILE], c3[TILE];
    for (uint32_t i = 0; i < n; i++) {
        c0[i] = (uint32_t)uid[i];
        c1[i] = (uint32_t)(uid[i] >> 32);
        c2[i] = month_stream;
        c3[i] = 0;
    }
    rounds(key, n, c0, c1, c2, c3);
    const uint32_t *word[4] = {c0, c1, c2, c3};
    for (int w = 0; w < 4; w++) {
        for (uint32_t i = 0; i < n; i++) {
            luck[2 * w][i] = (uint16_t)word[w][i];
            luck[2 * w + 1][i] = (uint16_t)(word[w][i] >> 16);
        }
    }
}

void flyt_rng_luck(struct flyt_rng_key key, uint32_t month, const uint64_t *uid, uint32_t n,
                   uint16_t *const luck[FLYT_LUCK])
{
    uint32_t month_stream = (month & ~UINT32_C(1)) << 16 | FLYT_STREAM_luck;
    for (uint32_t first = 0; first < n; first += TILE) {
        uint16_t *tile[FLYT_LUCK];
        for (int p = 0; p < FLYT_LUCK; p++) {
            tile[p] = luck[p] + first;
        }
        luck_tile(key, month_stream, uid + first, n - first < TILE ? n - first : TILE, tile);
    }
}

FLYT_CLONES static void blocks_tile(struct flyt_rng_key key, uint32_t month_stream, uint32_t draw,
                                    const uint64_t *uid, uint32_t n, uint32_t *restrict word0,
                                    uint32_t *restrict word1, uint32_t *restrict word2,
                                    uint32_t *restrict word3)
{
    for (uint32_t i = 0; i < n; i++) {
        word0[i] = (uint32_t)uid[i];
        word1[i] = (uint32_t)(uid[i] >> 32);
        word2[i] = month_stream;
        word3[i] = draw;
    }
    rounds(key, n, word0, word1, word2, word3);
}

void flyt_rng_blocks(struct flyt_rng_key key, const uint64_t *uid, uint32_t n, uint32_t month,
                     enum flyt_stream stream, uint32_t draw, uint32_t *const word[4])
{
    uint32_t month_stream = month << 16 | (uint32_t)stream;
    for (uint32_t first = 0; first < n; first += TILE) {
        blocks_tile(key, month_stream, draw, uid + first, n - first < TILE ? n - first : TILE,
                    word[0] + first, word[1] + first, word[2] + first, word[3] + first);
    }
}

FLYT_CLONES static void blocks_of_tile(struct flyt_rng_key key, uint32_t stream, uint32_t draw,
                                       const uint64_t *uid, const uint32_t *month, uint32_t n,
                                       uint32_t *restrict word0, uint32_t *restrict word1,
                                       uint32_t *restrict word2, uint32_t *restrict word3)
{
    for (uint32_t i = 0; i < n; i++) {
        word0[i] = (uint32_t)uid[i];
        word1[i] = (uint32_t)(uid[i] >> 32);
        word2[i] = month[i] << 16 | stream;
        word3[i] = draw;
    }
    rounds(key, n, word0, word1, word2, word3);
}

void flyt_rng_blocks_of(struct flyt_rng_key key, const uint64_t *uid, const uint32_t *month,
                        uint32_t n, enum flyt_stream stream, uint32_t draw, uint32_t *const word[4])
{
    for (uint32_t first = 0; first < n; first += TILE) {
        blocks_of_tile(key, (uint32_t)stream, draw, uid + first, month + first,
                       n - first < TILE ? n - first : TILE, word[0] + first, word[1] + first,
                       word[2] + first, word[3] + first);
    }
}

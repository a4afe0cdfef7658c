/**
 * @file rng.h
 * @brief Random numbers named by who, when, what for and which draw; no generator state.
 *
 * Philox4x32-10 (Salmon et al. 2011; Random123). Key = (seed, replicate), counter = (uid low,
 * uid high, month << 16 | stream, draw). Whoever computes a number, in whatever order, gets the
 * same bits. Streams are declared in `sim/streams.def` (and by policies in their own file); their
 * 16-bit ids are hashes of their names, so that adding one shifts no other.
 */
#ifndef FLYT_RNG_H
#define FLYT_RNG_H

#include "flyt_streams.h" /* generated: enum flyt_stream { FLYT_STREAM_<name> } */
#include "sim/status.h"

struct flyt_rng_key {
    uint32_t seed, replicate;
};

/** @brief The four words of one draw. */
void flyt_rng_block(struct flyt_rng_key key, uint64_t uid, uint32_t month, enum flyt_stream stream,
                    uint32_t draw, uint32_t word[4]);

/**
 * @brief The four words of the same draw of n uids: word[k][i] is word k of uid[i].
 *
 * The same bits as flyt_rng_block(), a tile at a time and vectorised.
 * @param word  four arrays of n words each; they do not overlap.
 */
void flyt_rng_blocks(struct flyt_rng_key key, const uint64_t *uid, uint32_t n, uint32_t month,
                     enum flyt_stream stream, uint32_t draw, uint32_t *const word[4]);

/** @brief As flyt_rng_blocks(), each uid with a month of its own. */
void flyt_rng_blocks_of(struct flyt_rng_key key, const uint64_t *uid, const uint32_t *month,
                        uint32_t n, enum flyt_stream stream, uint32_t draw,
                        uint32_t *const word[4]);

/** @brief 32 random bits: the first word of a draw. */
uint32_t flyt_rng_word(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                       enum flyt_stream stream, uint32_t draw);

/** @brief 64 random bits: the first two words of a draw. */
uint64_t flyt_rng_word64(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                         enum flyt_stream stream, uint32_t draw);

/** @brief A uniform in the open interval (0, 1), a multiple of 2^-53 and odd in 2^-53. */
double flyt_rng_unit(struct flyt_rng_key key, uint64_t uid, uint32_t month, enum flyt_stream stream,
                     uint32_t draw);

/** @brief As flyt_rng_unit() from 64 bits already drawn. */
static inline double flyt_rng_to_unit(uint64_t bits)
{
    return (double)((bits >> 12) * 2 + 1) * 0x1p-53;
}

/** @brief What flyt_rng_below() makes of the bits that it draws. */
static inline uint32_t flyt_rng_bits_below(uint64_t bits, uint32_t n)
{
    uint64_t high = (bits >> 32) * n, low = (bits & UINT32_MAX) * n;
    return (uint32_t)((high + (low >> 32)) >> 32);
}

/** @brief An integer in [0, n), without bias past 2^-32 (multiply and shift of 64 bits). n > 0. */
uint32_t flyt_rng_below(struct flyt_rng_key key, uint64_t uid, uint32_t month,
                        enum flyt_stream stream, uint32_t draw, uint32_t n);

/**
 * @brief The uid of something new: a hash of (mother uid, month, kind, ordinal), never 0.
 *
 * Independent of seed and replicate. When the caller finds the uid taken it asks again with
 * `again` one higher.
 * @param kind  a stream id that names the kind of event, FLYT_STREAM_uid_*.
 */
uint64_t flyt_rng_uid(uint64_t mother, uint32_t month, enum flyt_stream kind, uint32_t ordinal,
                      uint32_t again);

#define FLYT_LUCK 8 /* 16-bit uniforms per household in two months: four purposes x two months */

/**
 * @brief Fills the eight luck planes of n households for the two months of which `month` is one.
 *
 * luck[p][i] is plane p of uid[i]; planes 0-3 belong to the even month, 4-7 to the odd one.
 * The counter holds the even month and draw 0, so both months give the same numbers.
 * @param luck  [FLYT_LUCK] pointers to n values each.
 */
void flyt_rng_luck(struct flyt_rng_key key, uint32_t month, const uint64_t *uid, uint32_t n,
                   uint16_t *const luck[FLYT_LUCK]);

#endif

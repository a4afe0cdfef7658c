/* Random numbers: known answers, the counter's layout, ranges, evenness. */
#include "sim/rng.h"

#include <criterion/criterion.h>
#include <math.h>
#include <md5.h>
#include <stdlib.h>
#include <string.h>

static const struct flyt_rng_key KEY = {20240101, 3};

/* Random123 1.14.0, tests/kat_vectors, philox4x32 10: counter, key, result (LICENSES/Random123.txt)
 */
static const struct {
    uint32_t counter[4], key[2], word[4];
} KNOWN[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

Test(rng, blocks_are_the_published_philox_vectors)
{
    for (size_t i = 0; i < FLYT_COUNT(KNOWN); i++) {
        const uint32_t *counter = KNOWN[i].counter;
        struct flyt_rng_key key = {KNOWN[i].key[0], KNOWN[i].key[1]};
        uint64_t uid = (uint64_t)counter[1] << 32 | counter[0];
        uint32_t month = counter[2] >> 16, word[4];
        enum flyt_stream stream = (enum flyt_stream)(counter[2] & 0xffff);
        flyt_rng_block(key, uid, month, stream, counter[3], word);
        cr_assert_arr_eq(word, KNOWN[i].word, sizeof word, "vector %zu", i);
        cr_assert_eq(flyt_rng_word(key, uid, month, stream, counter[3]), KNOWN[i].word[0]);
        cr_assert_eq(flyt_rng_word64(key, uid, month, stream, counter[3]),
                     (uint64_t)KNOWN[i].word[1] << 32 | KNOWN[i].word[0]);
    }
}

Test(rng, every_part_of_a_name_changes_the_number)
{
    const uint64_t numbers[] = {
        flyt_rng_word64(KEY, 7, 5, FLYT_STREAM_test, 0),
        flyt_rng_word64((struct flyt_rng_key){KEY.seed + 1, KEY.replicate}, 7, 5, FLYT_STREAM_test,
                        0),
        flyt_rng_word64((struct flyt_rng_key){KEY.seed, KEY.replicate + 1}, 7, 5, FLYT_STREAM_test,
                        0),
        flyt_rng_word64(KEY, 8, 5, FLYT_STREAM_test, 0),
        flyt_rng_word64(KEY, 7 + (UINT64_C(1) << 32), 5, FLYT_STREAM_test, 0),
        flyt_rng_word64(KEY, 7, 6, FLYT_STREAM_test, 0),
        flyt_rng_word64(KEY, 7, 5, FLYT_STREAM_luck, 0),
        flyt_rng_word64(KEY, 7, 5, FLYT_STREAM_test, 1),
    };
    for (size_t i = 0; i < FLYT_COUNT(numbers); i++) {
        for (size_t j = 0; j < i; j++) {
            cr_assert_neq(numbers[i], numbers[j], "names %zu and %zu", i, j);
        }
    }
}

Test(rng, luck_planes_are_the_words_of_single_blocks)
{
    enum { N = 2500 };
    static uint64_t uid[N];
    static uint16_t planes[FLYT_LUCK][N + 1];
    uint16_t *luck[FLYT_LUCK];
    const uint32_t sizes[] = {0, 1, 7, 8, 1023, 1024, 1025, 2048, N};
    const uint32_t months[] = {0, 1, 2, 11, 700, 701, 65534, 65535};
    for (uint32_t i = 0; i < N; i++) {
        uid[i] = flyt_rng_word64(KEY, i, 0, FLYT_STREAM_test, 0);
    }
    for (size_t s = 0; s < FLYT_COUNT(sizes); s++) {
        for (size_t m = 0; m < FLYT_COUNT(months); m++) {
            memset(planes, 0xA5, sizeof planes);
            for (int p = 0; p < FLYT_LUCK; p++) {
                luck[p] = planes[p];
            }
            flyt_rng_luck(KEY, months[m], uid, sizes[s], luck);
            for (uint32_t i = 0; i < sizes[s]; i++) {
                uint32_t word[4];
                flyt_rng_block(KEY, uid[i], months[m] / 2 * 2, FLYT_STREAM_luck, 0, word);
                for (uint32_t p = 0; p < FLYT_LUCK; p++) {
                    cr_assert_eq(planes[p][i], (word[p / 2] >> (p % 2 * 16)) & 0xffff,
                                 "month %u, %u rows, row %u, plane %u", months[m], sizes[s], i, p);
                }
            }
            for (int p = 0; p < FLYT_LUCK; p++) {
                cr_assert_eq(planes[p][sizes[s]], 0xA5A5, "nothing is written behind the rows");
            }
        }
    }
}

Test(rng, units_lie_strictly_between_zero_and_one)
{
    cr_assert_eq(flyt_rng_to_unit(0), 0x1p-53);
    cr_assert_eq(flyt_rng_to_unit(UINT64_MAX), 1.0 - 0x1p-53);
    cr_assert_eq(flyt_rng_to_unit(UINT64_C(1) << 63), 0.5 + 0x1p-53);
}

Test(rng, units_are_even_and_neighbours_independent)
{
    enum { N = 1000000, BINS = 100 };
    double sum = 0, squares = 0, products = 0, last = 0.5, chi2 = 0;
    uint32_t bin[BINS] = {0};
    for (uint64_t uid = 1; uid <= N; uid++) {
        double u = flyt_rng_unit(KEY, uid, 9, FLYT_STREAM_test, 0);
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
        products += (u - 0.5) * (last - 0.5);
        bin[(int)(u * BINS)]++;
        last = u;
    }
    for (int i = 0; i < BINS; i++) {
        chi2 += pow(bin[i] - (double)N / BINS, 2) / ((double)N / BINS);
    }
    /* five standard errors each; the numbers are fixed, so this holds always or never */
    cr_assert_float_eq(sum / N, 0.5, 5 * sqrt(1.0 / 12 / N));
    cr_assert_float_eq(squares / N, 1.0 / 12, 5 * sqrt(1.0 / 180 / N));
    cr_assert_float_eq(products / N, 0, 5 * sqrt(1.0 / 144 / N));
    cr_assert(chi2 > 99 - 5 * sqrt(198) && chi2 < 99 + 5 * sqrt(198), "chi2 %g for 99", chi2);
}

Test(rng, below_is_the_whole_part_of_n_times_64_bits)
{
    const uint32_t sizes[] = {1, 2, 3, 10, 1000, 65537, UINT32_C(3) << 30, UINT32_MAX};
    __extension__ typedef unsigned __int128 wide;
    for (size_t k = 0; k < FLYT_COUNT(sizes); k++) {
        for (uint64_t uid = 1; uid <= 20000; uid++) {
            uint64_t bits = flyt_rng_word64(KEY, uid, 1, FLYT_STREAM_test, 4);
            uint32_t got = flyt_rng_below(KEY, uid, 1, FLYT_STREAM_test, 4, sizes[k]);
            cr_assert_eq(got, (uint32_t)((wide)bits * sizes[k] >> 64), "n %u", sizes[k]);
            cr_assert_lt(got, sizes[k]);
        }
    }
}

Test(rng, below_is_even_also_for_a_large_n_that_divides_no_power_of_two)
{
    /* of 32 bits alone, n = 3 * 2^30 would give every third value twice as often */
    enum { N = 300000 };
    const uint32_t sizes[] = {3, UINT32_C(3) << 30};
    for (size_t k = 0; k < FLYT_COUNT(sizes); k++) {
        uint32_t count[3] = {0};
        for (uint64_t uid = 1; uid <= N; uid++) {
            count[flyt_rng_below(KEY, uid, 2, FLYT_STREAM_test, 0, sizes[k]) % 3]++;
        }
        for (int i = 0; i < 3; i++) {
            cr_assert_float_eq(count[i], N / 3.0, 5 * sqrt(N * 2.0 / 9), "rest %d of n %u: %u", i,
                               sizes[k], count[i]);
        }
    }
}

Test(rng, stream_ids_are_the_first_16_bits_of_the_md5_of_their_names)
{
    const struct {
        const char *name;
        enum flyt_stream id;
    } streams[] = {{"uid_start", FLYT_STREAM_uid_start},
                   {"luck", FLYT_STREAM_luck},
                   {"test", FLYT_STREAM_test}};
    for (size_t i = 0; i < FLYT_COUNT(streams); i++) {
        uint8_t digest[MD5_DIGEST_LENGTH];
        MD5_CTX context;
        MD5Init(&context);
        MD5Update(&context, (const uint8_t *)streams[i].name, strlen(streams[i].name));
        MD5Final(digest, &context);
        cr_assert_eq((unsigned)streams[i].id, (unsigned)digest[0] << 8 | digest[1], "%s",
                     streams[i].name);
    }
}

static int by_size(const void *a_, const void *b_)
{
    const uint64_t *a = a_, *b = b_;
    return (*a > *b) - (*a < *b);
}

Test(rng, uids_of_many_newcomers_differ)
{
    enum { N = 200000 };
    static uint64_t uid[N];
    for (uint32_t i = 0; i < N; i++) {
        /* mothers, months, ordinals and second tries, each name once */
        uid[i] =
            flyt_rng_uid(i % 100, i / 100 % 20, FLYT_STREAM_uid_start, i / 2000 % 50, i / 100000);
        cr_assert_neq(uid[i], 0);
    }
    qsort(uid, N, sizeof uid[0], by_size);
    for (uint32_t i = 1; i < N; i++) {
        cr_assert_neq(uid[i], uid[i - 1]);
    }
}

Test(rng, a_uid_is_never_zero)
{
    /* found by running Philox backwards: the first 64 bits of this block are all zero */
    const uint64_t mother = UINT64_C(0xf783ed5a01eea480);
    const uint32_t month = 0xadcb;
    const enum flyt_stream kind = (enum flyt_stream)0xd2c4;
    const struct flyt_rng_key first = {0, 0}, second = {0, UINT32_C(0x80000000)};
    cr_assert_eq(flyt_rng_word64(first, mother, month, kind, 0), 0);
    uint64_t uid = flyt_rng_uid(mother, month, kind, 0, 0);
    cr_assert_neq(uid, 0);
    cr_assert_eq(uid, flyt_rng_word64(second, mother, month, kind, 0), "hashed again, fixed");
}

Test(rng, many_blocks_at_once_are_the_same_blocks)
{
    enum { N = 2500 }; /* two tiles and a half */
    static uint64_t uid[N];
    static uint32_t word[4][N];
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    static const uint32_t sizes[] = {0, 1, 7, 1024, 1025, N};
    for (uint32_t i = 0; i < N; i++) {
        uid[i] = (uint64_t)i * UINT64_C(0x9E3779B97F4A7C15);
    }
    for (size_t s = 0; s < FLYT_COUNT(sizes); s++) {
        memset(word, 0, sizeof word);
        flyt_rng_blocks(KEY, uid, sizes[s], 77, FLYT_STREAM_test, 5, words);
        for (uint32_t i = 0; i < N; i++) {
            uint32_t one[4] = {0};
            if (i < sizes[s]) {
                flyt_rng_block(KEY, uid[i], 77, FLYT_STREAM_test, 5, one);
            }
            for (int k = 0; k < 4; k++) {
                cr_assert_eq(word[k][i], one[k]);
            }
        }
    }
}

Test(rng, blocks_with_months_of_their_own_are_single_ones)
{
    enum { N = 1500 }; /* more than a tile */
    static uint64_t uid[N];
    static uint32_t month[N], word[4][N];
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    for (uint32_t i = 0; i < N; i++) {
        uid[i] = (uint64_t)i * UINT64_C(0x9E3779B97F4A7C15);
        month[i] = i * i % 65536;
    }
    flyt_rng_blocks_of(KEY, uid, month, N, FLYT_STREAM_test, 5, words);
    for (uint32_t i = 0; i < N; i++) {
        uint32_t one[4];
        flyt_rng_block(KEY, uid[i], month[i], FLYT_STREAM_test, 5, one);
        for (int k = 0; k < 4; k++) {
            cr_assert_eq(word[k][i], one[k]);
        }
    }
}

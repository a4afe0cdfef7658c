/**
 * @file segregation_sort.c
 * @brief Units in ascending order of a real column, ties by index.
 */
#include <string.h>

#include "output/segregation.h"

enum { RADIX_FROM = 300 }; /* from about so many units the passes over digits pay */

/** Bottom-up merge sort, stable. */
static void sort_few(uint32_t n, struct flyt_segregation_scratch *scratch)
{
    uint64_t *key = scratch->key[0], *key_to = scratch->key[1];
    uint32_t *order = scratch->order[0], *order_to = scratch->order[1];
    for (uint32_t run = 1; run < n; run *= 2) {
        for (uint32_t first = 0; first < n; first += 2 * run) {
            const uint32_t middle = n - first < run ? n : first + run;
            const uint32_t end = n - middle < run ? n : middle + run;
            for (uint32_t a = first, b = middle, to = first; to < end; to++) {
                const uint32_t from = b >= end || (a < middle && key[a] <= key[b]) ? a++ : b++;
                key_to[to] = key[from];
                order_to[to] = order[from];
            }
        }
        uint64_t *key_swap = key;
        uint32_t *order_swap = order;
        key = key_to;
        key_to = key_swap;
        order = order_to;
        order_to = order_swap;
    }
    scratch->key[1] = key_to;
    scratch->order[1] = order_to;
    scratch->key[0] = key;
    scratch->order[0] = order;
}

enum { DIGITS = 3, DIGIT_BITS_MOST = 11, MOVES_A_KEY = 8 };

/** Stable passes over the digits of key - low from bit `from` to bit `to`, least first. */
static void sort_digits(uint32_t n, uint64_t low, uint32_t from, uint32_t to, uint32_t digit_bits,
                        struct flyt_segregation_scratch *scratch)
{
    const uint64_t mask = (UINT64_C(1) << digit_bits) - 1;
    for (uint32_t bit = from; bit < to; bit += digit_bits) {
        const uint64_t *key = scratch->key[0];
        const uint32_t *order = scratch->order[0];
        uint64_t *key_to = scratch->key[1];
        uint32_t *order_to = scratch->order[1], start[1 << DIGIT_BITS_MOST], sum = 0;
        memset(start, 0, (mask + 1) * sizeof *start);
        for (uint32_t i = 0; i < n; i++) {
            start[(key[i] - low) >> bit & mask]++;
        }
        for (uint64_t b = 0; b <= mask; b++) {
            const uint32_t size = start[b];
            start[b] = sum;
            sum += size;
        }
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t to_place = start[(key[i] - low) >> bit & mask]++;
            key_to[to_place] = key[i];
            order_to[to_place] = order[i];
        }
        scratch->key[1] = scratch->key[0];
        scratch->order[1] = scratch->order[0];
        scratch->key[0] = key_to;
        scratch->order[0] = order_to;
    }
}

/** Puts keys that are nearly in order in order, stable; false when that takes many moves. */
static bool sort_nearly(uint32_t n, struct flyt_segregation_scratch *scratch)
{
    uint64_t *key = scratch->key[0], left = (uint64_t)n * MOVES_A_KEY;
    uint32_t *order = scratch->order[0];
    for (uint32_t i = 1; i < n; i++) {
        const uint64_t own = key[i];
        const uint32_t own_order = order[i];
        uint32_t to = i;
        for (; to > 0 && key[to - 1] > own && left > 0; to--, left--) {
            key[to] = key[to - 1];
            order[to] = order[to - 1];
        }
        key[to] = own;
        order[to] = own_order;
    }
    return left > 0;
}

/** By the highest digits of what keys differ in, the rest by insertion: shares of a table seldom
 *  agree in so many. */
static void sort_many(uint32_t n, struct flyt_segregation_scratch *scratch)
{
    const uint32_t digit_bits = n < 4096 ? 8 : DIGIT_BITS_MOST;
    uint64_t low = scratch->key[0][0], high = low;
    for (uint32_t i = 1; i < n; i++) {
        const uint64_t key = scratch->key[0][i];
        low = key < low ? key : low;
        high = key > high ? key : high;
    }
    uint32_t bits = 0;
    while (bits < 64 && (high - low) >> bits != 0) {
        bits++;
    }
    const uint32_t told = DIGITS * digit_bits, from = bits > told ? bits - told : 0;
    sort_digits(n, low, from, bits, digit_bits, scratch);
    if (from > 0 && !sort_nearly(n, scratch)) {
        sort_digits(n, low, 0, bits, digit_bits, scratch);
    }
}

void flyt_segregation_sort(const double *value, uint32_t n,
                           struct flyt_segregation_scratch *scratch)
{
    /* bits of doubles >= 0 ascend with them */
    for (uint32_t i = 0; i < n; i++) {
        const double positive = value[i] + 0.0; /* no -0 */
        memcpy(&scratch->key[0][i], &positive, sizeof positive);
        scratch->order[0][i] = i;
    }
    if (n < RADIX_FROM) {
        sort_few(n, scratch);
    } else {
        sort_many(n, scratch);
    }
}

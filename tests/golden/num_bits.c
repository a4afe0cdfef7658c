/* Writes the bits of a million results of exp and log, alone and in arrays: see num_bits.sh. */
#include "sim/num.h"

#include <stdio.h>
#include <string.h>

enum { N = 500000, TILE = 1000 };

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint64_t next_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

int main(int argc, char **argv)
{
    bool arrays = argc > 1 && strcmp(argv[1], "arrays") == 0;
    uint64_t state = UINT64_C(88172645463325252);
    for (int tile = 0; tile < N / TILE; tile++) {
        double x[TILE], y[2][TILE];
        for (int i = 0; i < TILE; i++) {
            uint64_t bits = next_bits(&state);
            /* all bit patterns (NaN, infinite, negative, subnormal) and everyday arguments */
            x[i] = i % 2 == 0 ? from_bits(bits) : ((double)(bits >> 11) * 0x1p-53 - 0.5) * 1500.0;
            y[0][i] = flyt_num_exp(x[i]);
            y[1][i] = flyt_num_log(x[i]);
        }
        if (arrays) {
            flyt_num_exp_n(x, y[0], TILE);
            flyt_num_log_n(x, y[1], TILE);
        }
        if (fwrite(y, sizeof y, 1, stdout) != 1) {
            return 1;
        }
    }
    return fflush(stdout) == 0 ? 0 : 1;
}

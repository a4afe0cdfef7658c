/**
 * @file compare_sets.h
 * @brief One number of each pair of runs, the pairs in several sets of parameters: what chance and
 *        what parameters make of it, apart.
 *
 * With S sets, m_s the mean and e_s the standard error of a set's pairs: the effect is the mean of
 * the m_s, every set counting alike. Chance leaves c^2 = sum e_s^2 / S^2 of it; sets have chance of
 * their own, so their errors are independent. Sets differ beyond chance by p^2, the variance of the
 * m_s less the mean e_s^2, at least 0. The interval of chance alone is c times Student's t with as
 * many degrees of freedom as pairs less sets; that of chance and parameters is for one more set
 * like these, t sqrt(p^2 (1 + 1/S) + c^2) with S - 1. It holds the first. With one pair a set
 * chance is not known, and p^2 is the whole variance of the m_s. With one set the interval is that
 * of chance. scripts/hypotheses.py pools by the same.
 */
#ifndef FLYT_COMPARE_SETS_H
#define FLYT_COMPARE_SETS_H

#include <stdint.h>

struct flyt_sets_pool {
    double mean;
    double low, high;               /* 95 %, chance and parameters; with one set chance */
    double chance_low, chance_high; /* 95 %, chance alone */
    double variance;                /* of pairs in a set */
    double sets;                    /* p, of sets beyond chance; NaN: one set */
    uint32_t n, n_sets;             /* pairs and sets that have a value */
    uint32_t n_alike;               /* sets whose mean has the sign of all */
};

/**
 * @brief Pools them.
 * @param x  [n] sets one after the other, n / n_sets pairs each; NaN: no value. Overwritten.
 */
void flyt_sets_pool(double *x, uint32_t n, uint32_t n_sets, struct flyt_sets_pool *out);

#endif

/**
 * @file test_functions.h
 * @brief Functions whose Sobol indices are known exactly: what `flyt sensitivity` is tested with.
 *
 * Ishigami: sin x1 + a sin^2 x2 + b x3^4 sin x1, x in [-pi, pi] (Ishigami & Homma 1990); the
 * variables here are in [0, 1] and are stretched. Sobol's g: product of (|4 x - 2| + c_i) / (1 +
 * c_i) with c = 0, 1, 4.5, 9, 99, 99, 99, 99 (Saltelli et al. 2008). No chance is in it.
 */
#ifndef FLYT_TEST_FUNCTIONS_H
#define FLYT_TEST_FUNCTIONS_H

#include "sim/model.h"

#define TEST_FUNCTIONS_SOURCE "Ishigami & Homma 1990; Saltelli et al. 2008"

#define TEST_FUNCTIONS_PARAMS(X)                                                                   \
    X(choice, kind, "ishigami|g", 0, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Which function.",      \
      "Hvilken funktion.")                                                                         \
    X(real, a, "1", 7, 0, 100, assumed, TEST_FUNCTIONS_SOURCE, "Ishigami's a.", "Ishigamis a.")    \
    X(real, b, "1", 0.1, 0, 100, assumed, TEST_FUNCTIONS_SOURCE, "Ishigami's b.", "Ishigamis b.")  \
    X(real, x1, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 1.", "Variabel 1.")      \
    X(real, x2, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 2.", "Variabel 2.")      \
    X(real, x3, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 3.", "Variabel 3.")      \
    X(real, x4, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 4.", "Variabel 4.")      \
    X(real, x5, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 5.", "Variabel 5.")      \
    X(real, x6, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 6.", "Variabel 6.")      \
    X(real, x7, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 7.", "Variabel 7.")      \
    X(real, x8, "1", 0.5, 0, 1, assumed, TEST_FUNCTIONS_SOURCE, "Variable 8.", "Variabel 8.")

struct flyt_test_functions_params {
#define X(type, name, ...) flyt_##type name;
    TEST_FUNCTIONS_PARAMS(X)
#undef X
};

/** @brief The value of the function chosen. */
double flyt_test_functions_value(const struct flyt_test_functions_params *params);

extern const struct flyt_model flyt_test_functions_model;

#endif

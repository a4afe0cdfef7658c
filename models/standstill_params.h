/**
 * @file standstill_params.h
 * @brief Parameters of the pass before month 0 (standstill.h).
 */
#ifndef FLYT_STANDSTILL_PARAMS_H
#define FLYT_STANDSTILL_PARAMS_H

#include "sim/field.h"

#define STANDSTILL_PARAMS(X)                                                                       \
    X(count, months, "months", 120, 0, 1200, assumed, "docs/standstill.md",                        \
      "Length of the pass before the first month; 0: none.",                                       \
      "Længden af forløbet før første måned; 0: intet.")                                           \
    X(real, for_sale, "share", 0.0135, 0.001, 0.1, assumed,                                        \
      "docs/MODEL.md section 8: 1.2-1.5 % of owner homes",                                         \
      "Share of owner homes for sale that the pass comes to.",                                     \
      "Andel af ejerboliger til salg, som forløbet når frem til.")                                 \
    X(real, owner_gain, "1", 0.5, 0, 5, assumed, "assumption",                                     \
      "First year's change of the liking of owner homes per unit of the log of what is for sale.", \
      "Første års ændring i lysten til ejerboliger pr. enhed af logaritmen af udbuddet.")          \
    X(real, quality_gain, "1", 20, 0, 100, assumed, "docs/standstill.md",                          \
      "Change of an area's attraction to those with resources, per gap in work or study.",         \
      "Ændring i et områdes tiltrækning på ressourcestærke pr. afvigelse i arbejde og studie.")    \
    X(real, nonwestern_gain, "1", 15, 0, 100, assumed, "docs/standstill.md",                       \
      "Change of an area's attraction to non-western households, per gap in their share.",         \
      "Ændring i et områdes tiltrækning på ikke-vestlige pr. afvigelse i deres andel.")            \
    X(real, first_gain, "1", 0.5, 0, 2, assumed, "docs/MODEL.md section 8 (g)",                    \
      "Factor of these changes in the first year.", "Faktor på disse ændringer i første år.")      \
    X(real, gain_years, "years", 25, 1, 1000, assumed, "docs/MODEL.md section 8 (g)",              \
      "Years after which the factor is halved.", "År, hvorefter faktoren er halveret.")

struct flyt_standstill_params {
#define X(type, name, ...) flyt_##type name;
    STANDSTILL_PARAMS(X)
#undef X
};

#endif

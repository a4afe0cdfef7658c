/**
 * @file resources_params.h
 * @brief Parameters of the resource score (resources.h): weights, what work states count for.
 */
#ifndef FLYT_RESOURCES_PARAMS_H
#define FLYT_RESOURCES_PARAMS_H

#include "sim/field.h"

#define RESOURCES_WEIGHT(X, name, en, da)                                                          \
    X(real, weight_##name, "1", 1, 0, 10, assumed,                                                 \
      "Boligliv i Balance 2015 names the five; equal weights: assumption",                         \
      "Weight of " en " in the resource score, relative to the other weights.",                    \
      "Vægt af " da " i ressourcetallet, i forhold til de andre vægte.")

#define RESOURCES_WORK(X, name, value, en, da)                                                     \
    X(real, work_##name, "1", value, 0, 1, assumed, "assumption: work is 1, cash benefit 0",       \
      "What " en " counts for as work in the resource score.",                                     \
      "Hvad " da " tæller som arbejde i ressourcetallet.")

#define RESOURCES_PARAMS(X)                                                                        \
    RESOURCES_WEIGHT(X, work, "work", "arbejde")                                                   \
    RESOURCES_WEIGHT(X, language, "language", "sprog")                                             \
    RESOURCES_WEIGHT(X, income, "the equivalised income's percentile",                             \
                     "den ækvivalerede indkomsts percentil")                                       \
    RESOURCES_WEIGHT(X, education, "education", "uddannelse")                                      \
    RESOURCES_WEIGHT(X, cases, "the absence of social cases", "fravær af sociale sager")           \
    RESOURCES_WORK(X, employed, 1.0, "work", "beskæftigelse")                                      \
    RESOURCES_WORK(X, unemployed, 0.5, "insured unemployment", "forsikret ledighed")               \
    RESOURCES_WORK(X, benefit, 0.0, "cash benefit", "kontanthjælp")                                \
    RESOURCES_WORK(X, student, 0.7, "study", "uddannelse")                                         \
    RESOURCES_WORK(X, disability, 0.1, "disability pension", "førtidspension")                     \
    RESOURCES_WORK(X, pension, 0.6, "retirement", "folkepension")                                  \
    X(real, acute_above, "1", 0.6, 0, 1, assumed,                                                  \
      "docs/MODEL.md section 4 has .8, above which .1 % of Funen stood and no native speaker can", \
      "Vulnerability from which a household without a home enters the municipality's queue.",      \
      "Sårbarhed, hvorfra en husstand uden bolig kommer i kommunens kø.")

struct flyt_resources_params {
#define X(type, name, ...) flyt_##type name;
    RESOURCES_PARAMS(X)
#undef X
};

#endif

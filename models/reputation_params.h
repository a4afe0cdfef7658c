/**
 * @file reputation_params.h
 * @brief Parameters of an area's reputation (reputation.h).
 */
#ifndef FLYT_REPUTATION_PARAMS_H
#define FLYT_REPUTATION_PARAMS_H

#include "sim/field.h"

#define REPUTATION_WEIGHT(X, name, value, low, high, source, en, da)                               \
    X(real, name, "logit/share", value, low, high, assumed, source, en, da)

#define REPUTATION_PARAMS(X)                                                                       \
    X(real, half_life, "years", 6, 0.5, 50, borrowed, "assumptions.csv, choice: 3-12",             \
      "Half-life of the distance between reputation and what the area is like.",                   \
      "Halveringstid for afstanden mellem omdømme og områdets tilstand.")                          \
    X(real, listed_at_once, "1", 0.0247, 0, 0.5, derived,                                          \
      "prices fall 3.7 % (1-6): times need share of income over weights of choice, see header",    \
      "Reputation lost in the month an area comes on a list.",                                     \
      "Tab af omdømme i den måned, et område kommer på en liste.")                                 \
    X(real, listed_lasting, "1", 0.0620, 0, 0.5, derived,                                          \
      "prices fall 6.5 % (2-10) after six years: 2.51 times the loss at once",                     \
      "Reputation lost in the long run by an area that stays on a list.",                          \
      "Tab af omdømme på langt sigt for et område, der bliver på en liste.")                       \
    X(real, level, "1", 0.7, 0.05, 0.95, assumed, "assumption",                                    \
      "Reputation of an area at the reference values, on no list.",                                \
      "Omdømme for et område med referenceværdierne, som ikke er på en liste.")                    \
    X(real, outside_work_usual, "share", 0.21, 0, 1, assumed, "assumption",                        \
      "Reference: share of 18-64 outside work and education.",                                     \
      "Reference: andel 18-64 år uden for arbejde og uddannelse.")                                 \
    X(real, cases_usual, "1/household", 0.04, 0, 3, assumed, "assumption",                         \
      "Reference: open social cases a household.", "Reference: åbne sociale sager pr. husstand.")  \
    X(real, convicted_usual, "1/year", 0.007, 0, 0.1, derived,                                     \
      "assumptions.csv, conviction: national mean .66-.76 %",                                      \
      "Reference: share of 18+ convicted in a year.", "Reference: andel dømte 18+ på et år.")      \
    REPUTATION_WEIGHT(X, outside_work, 5, 0, 15, "assumption",                                     \
                      "Weight of the share outside work and education.",                           \
                      "Vægt på andelen uden for arbejde og uddannelse.")                           \
    REPUTATION_WEIGHT(X, cases, 3, 0, 20, "assumption",                                            \
                      "Weight of open social cases a household.",                                  \
                      "Vægt på åbne sociale sager pr. husstand.")                                  \
    REPUTATION_WEIGHT(X, convicted, 20, 0, 100, "assumption",                                      \
                      "Weight of the share convicted in a year.",                                  \
                      "Vægt på andelen dømt på et år.")                                            \
    REPUTATION_WEIGHT(X, turnover, 2, 0, 20, "assumption",                                         \
                      "Weight of the share that came in a year, beyond what ages explain.",        \
                      "Vægt på andelen tilflyttet på et år ud over, hvad alder forklarer.")        \
    REPUTATION_WEIGHT(X, nonwestern, 0, -5, 5, "none: no direct term for origin",                  \
                      "Weight against the share of non-western origin.",                           \
                      "Vægt imod andelen af ikke-vestlig oprindelse.")                             \
    REPUTATION_WEIGHT(X, condition, 1, 0, 5, "assumption",                                         \
                      "Weight of the condition of homes and grounds (0: as usual).",               \
                      "Vægt på boligernes og udearealernes stand (0: som sædvanlig).")             \
    REPUTATION_WEIGHT(X, role_models, 0, -5, 5, "docs/MODEL.md section 9: a range only",           \
                      "Weight of the share of role models that policies bring.",                   \
                      "Vægt på andelen af rollemodeller, som tiltag fører med sig.")               \
    REPUTATION_WEIGHT(X, media, 1, 0, 5, "assumption",                                             \
                      "Weight of media effort that policies pay for.",                             \
                      "Vægt på medieindsats, som tiltag betaler for.")

struct flyt_reputation_params {
#define X(type, name, ...) flyt_##type name;
    REPUTATION_PARAMS(X)
#undef X
};

#endif

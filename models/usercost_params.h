/**
 * @file usercost_params.h
 * @brief Parameters of what it costs to own a home (usercost.h); defaults are the law of 2024.
 */
#ifndef FLYT_USERCOST_PARAMS_H
#define FLYT_USERCOST_PARAMS_H

#include "sim/field.h"

#define USERCOST_INTEREST(X)                                                                       \
    X(real, deduction_low, "share", 0.331, 0, 1, published, "tax_history.csv",                     \
      "Value of the interest deduction up to the threshold.",                                      \
      "Rentefradragets værdi op til grænsen.")                                                     \
    X(real, deduction_high, "share", 0.251, 0, 1, published, "tax_history.csv",                    \
      "Value of the interest deduction above the threshold.",                                      \
      "Rentefradragets værdi over grænsen.")                                                       \
    X(real, deduction_threshold, "DKK/year", 50000, 0, 1e7, published, "tax_history.csv",          \
      "Interest a year and adult up to which the higher value holds.",                             \
      "Renteudgift pr. år og voksen, op til hvilken den høje værdi gælder.")                       \
    X(real, savings_tax, "share", 0.27, 0, 1, assumed, "docs/VERIFICATION.md, user cost",          \
      "Tax on the return that money in the home could have earned.",                               \
      "Skat af det afkast, pengene i boligen kunne have givet.")

#define USERCOST_PROPERTY(X)                                                                       \
    X(real, property_rate, "share", 0.0051, 0, 1, assumed, "tax_history.csv",                      \
      "Property value tax (ejendomsværdiskat) of its base.", "Ejendomsværdiskat af grundlaget.")   \
    X(real, property_rate_high, "share", 0.014, 0, 1, assumed, "tax_history.csv",                  \
      "Property value tax of the base above the limit.",                                           \
      "Ejendomsværdiskat af grundlaget over grænsen.")                                             \
    X(real, property_limit, "DKK", 9200000, 0, 1e9, assumed, "tax_history.csv",                    \
      "Base above which the higher rate holds.", "Grundlag, over hvilket den høje sats gælder.")   \
    X(flag, freeze, "1", 0, 0, 1, published, "tax_history.csv: 2002-2023",                         \
      "Whether the base is at most the frozen one (skattestop).",                                  \
      "Om grundlaget højst er det fastfrosne (skattestop).")                                       \
    X(real, frozen_share, "share", 0.4632, 0, 10, derived,                                         \
      "drivers.csv: house prices, the lesser of 2001 + 5 % and 2002",                              \
      "Frozen base over the price at the start; read in the start year.",                          \
      "Fastfrosset grundlag i forhold til prisen ved starten; læses i startåret.")                 \
    X(real, taxed_share, "share", 0.8, 0, 2, assumed,                                              \
      "tax_history.csv: value less 20 % from 2024",                                                \
      "Base of property and land tax over the price.",                                             \
      "Skattegrundlag i forhold til prisen, bolig og grund.")                                      \
    X(real, land_share, "share", 0.20, 0, 1, assumed, "assumptions.csv, land_tax: .12-.30",        \
      "Land in the value of a home.", "Grundens andel af boligens værdi.")                         \
    X(real, land_rate, "share", 0.0074, 0, 1, assumed, "tax_history.csv: national mean",           \
      "Land tax (grundskyld) where the municipality's own rate is not given.",                     \
      "Grundskyld, hvor kommunens egen sats ikke er oplyst.")                                      \
    X(real, thaw, "share", 0, 0, 1, assumed, "what if",                                            \
      "How far the base has come from the frozen one to the current one.",                         \
      "Hvor langt grundlaget er kommet fra det fastfrosne til det aktuelle.")                      \
    X(flag, land_law_2024, "1", 1, 0, 1, published, "tax_history.csv",                             \
      "Whether municipalities tax land at their rates from 2024.",                                 \
      "Om kommunerne opkræver grundskyld efter satserne fra 2024.")

#define USERCOST_OTHER(X)                                                                          \
    X(real, upkeep, "share/year", 0.017, 0, 0.2, assumed,                                          \
      "assumptions.csv, house_price: .012-.023", "Upkeep and wear of the price.",                  \
      "Vedligeholdelse og slid af prisen.")                                                        \
    X(real, gains_tax, "share", 0, 0, 1, assumed, "tax_history.csv: own homes are exempt",         \
      "Tax on gains from the home, paid when it is sold.",                                         \
      "Skat af gevinst på boligen, betalt ved salg.")                                              \
    X(real, lock_in, "1", 1, 0, 5, assumed, "docs/MODEL.md section 5: as forgone equity",          \
      "Weight of the gains tax due at sale, over a year's income, in the moving cost.",            \
      "Vægt af den skat, der skyldes ved salg, i forhold til årsindkomsten, i "                  \
      "flytteomkostningen.")                                                                       \
    X(real, growth_weight, "1", 0.1, 0, 2, assumed, "docs/MODEL.md section 4",                     \
      "Weight of expected price growth in the cost of owning.",                                    \
      "Vægt af den forventede prisstigning i udgiften ved at eje.")                                \
    X(real, loan_share, "share", 0.8, 0, 1, published, "tax_history.csv: mortgage bonds",          \
      "Debt over price of the home that a market's user cost is told for.",                        \
      "Gæld i forhold til pris for den bolig, et markeds ejerudgift opgøres for.")                 \
    X(real, bank_spread, "share/year", 0.025, 0, 0.2, assumed,                                     \
      "assumptions.csv, credit: .015-.040",                                                        \
      "Interest of bank loans in co-operative shares, above that of mortgages.",                   \
      "Rente på andelsboliglån ud over realkreditrenten.")

#define USERCOST_PARAMS(X) USERCOST_INTEREST(X) USERCOST_PROPERTY(X) USERCOST_OTHER(X)

struct flyt_usercost_params {
#define X(type, name, ...) flyt_##type name;
    USERCOST_PARAMS(X)
#undef X
};

#endif

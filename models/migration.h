/**
 * @file migration.h
 * @brief Who comes from the rest of the country and from abroad: candidates who look for a home.
 *
 * Candidates stand in the rows after the households (`households.n_outside` of them): no phase that
 * goes by blocks sees them, letting can point at them. They look for three months; those who take a
 * home become households, the others were never here. Who moves out is liferates.h.
 */
#ifndef FLYT_MIGRATION_H
#define FLYT_MIGRATION_H

#include "models/people.h"
#include "sim/field.h"

#define MIGRATION_PARAMS(X)                                                                        \
    X(real, out_domestic, "1", 0.5, 0, 5, assumed,                                                 \
      "recalled: 42 % of Odense's out-movers stay on Fyn; 0 for the whole country",                \
      "Factor on the rates of moves between municipalities: the share that leaves the region.",    \
      "Faktor på raterne for flytning mellem kommuner: andelen, der forlader regionen.")           \
    X(real, out_abroad, "1", 1.0, 0, 10, assumed, "rates by age are recalled",                     \
      "Factor on the rates of emigration.", "Faktor på udvandringsraterne.")                       \
    X(real, out_couple, "1", 0.7, 0, 5, assumed, "chosen",                                         \
      "Rate of moving out for couples over that of singles.",                                      \
      "Fraflytningsrate for par i forhold til enlige.")                                            \
    X(real, out_children, "1", 0.5, 0, 5, assumed, "chosen",                                       \
      "Rate of moving out for families with children over that of others.",                        \
      "Fraflytningsrate for børnefamilier i forhold til andre.")                                   \
    X(real, outside_work_ratio, "1", 1.0, 0.2, 5, assumed,                                         \
      "neutral by default: no Danish rate by work state is at hand",                               \
      "Rate of moving out where all adults are unemployed, on cash benefit or disability pension," \
      " over that of others.",                                                                     \
      "Fraflytningsrate, hvor alle voksne er ledige, på kontanthjælp eller førtidspension,"     \
      " i forhold til andre.")                                                                     \
    X(count, in_age_from, "years", 18, 18, 94, assumed, "the whole table of movers",               \
      "Least age of candidates (of couples: both); the table of movers is cut to it.",             \
      "Mindste alder for kandidater (i par: begge); tabellen over flyttere afskæres til den.")     \
    X(count, in_age_years, "years", 77, 1, 77, assumed, "the whole table of movers",               \
      "Years of age above the least one from which candidates come.",                              \
      "Antal leveår over den mindste alder, som kandidaterne kommer fra.")                         \
    X(real, in_couple, "1", 1.0, 0, 2, assumed, "chosen",                                          \
      "Factor on the share of couples among candidates.",                                          \
      "Faktor på andelen af par blandt kandidater.")                                               \
    X(real, in_children, "1", 1.0, 0, 2, assumed, "chosen",                                        \
      "Factor on the share of families with children among candidates.",                           \
      "Faktor på andelen af børnefamilier blandt kandidater.")                                     \
    X(real, in_savings, "1", 1.0, 0, 10, assumed, "medians by age chosen after wealth.csv",        \
      "Factor on the savings that candidates bring, and with which some buy a home.",              \
      "Faktor på den opsparing, kandidater har med, og som nogle køber bolig for.")                \
    X(real, in_outside_work, "share", 0.15, 0, 1, assumed, "chosen",                               \
      "Share on cash benefit of candidates of working age who do not study.",                      \
      "Andel på kontanthjælp blandt kandidater i den arbejdsdygtige alder uden for uddannelse.")   \
    X(real, net, "1/1000/year", 1.0, -50, 50, assumed, "driver table of net migration",            \
      "Households that arrive less households that leave, per 1,000 homes a year.",                \
      "Tilflyttere minus fraflyttere, husstande pr. 1.000 boliger om året.")                       \
    X(real, vacancy_usual, "share", 0.03, 0.001, 1, assumed, "docs/MODEL.md section 4",            \
      "Vacancy of private rental homes at which migration is as usual.",                           \
      "Ledighed i private udlejningsboliger, hvor flytningerne er som sædvanlig.")                 \
    X(real, vacancy_slope, "1", 1.5, 0, 10, assumed, "docs/MODEL.md section 4",                    \
      "Effect of the log of vacancy on the number of candidates, cut to [0, 1.5].",                \
      "Effekt af logaritmen af ledigheden på antallet af kandidater, afskåret til [0, 1,5].")      \
    X(real, hidden_usual, "share", 0.007, 0, 1, assumed, "docs/MODEL.md section 4",                \
      "Share of households without a home of their own above which fewer candidates come.",        \
      "Andel husstande uden egen bolig, over hvilken der kommer færre kandidater.")                \
    X(count, months_most, "months", 3, 1, 24, assumed, "docs/MODEL.md section 4",                  \
      "Months a candidate looks for a home, then gives up.",                                       \
      "Måneder, en kandidat søger bolig, før den opgiver.")                                        \
    X(real, refugees, "1/1000/year", 0.1, 0, 20, assumed,                                          \
      "driver table of refugees received over 1,000 homes",                                        \
      "Refugee households that the municipality must house, per 1,000 homes a year.",              \
      "Flygtningehusstande, som kommunen skal anvise bolig, pr. 1.000 boliger om året.")           \
    X(count, refugee_months_most, "months", 24, 1, 120, assumed, "chosen",                         \
      "Months in the municipality's queue after which a refugee household goes elsewhere.",        \
      "Måneder i kommunens kø, hvorefter en flygtningehusstand rejser videre.")                    \
    X(real, from_abroad_western, "share", 0.10, 0, 1, assumed, "chosen",                           \
      "Share of candidates of western origin.", "Andel kandidater af vestlig oprindelse.")         \
    X(real, from_abroad_nonwestern, "share", 0.12, 0, 1, assumed, "chosen",                        \
      "Share of candidates of non-western origin.",                                                \
      "Andel kandidater af ikke-vestlig oprindelse.")

struct flyt_migration_params {
#define X(type, name, ...) flyt_##type name;
    MIGRATION_PARAMS(X)
#undef X
};

/** @brief Candidates a month, in the mean: expected out-migrants and trend, by vacancy, less a
 *         quarter of the hidden households above the usual share. Never below 0. */
double flyt_migration_candidates(const struct flyt_migration_params *params, double out_month,
                                 double n_homes, double vacancy, double n_hidden,
                                 double n_households);

/** @brief Fills an outside row from the fixed table of movers, by the uid alone. */
void flyt_migration_draw(struct flyt_world *world, uint32_t row, uint64_t uid, bool refugee);

/** @brief New candidates of this month, and the end of old ones. Serial. */
FLYT_NODISCARD enum flyt_status flyt_migration_step(struct flyt_world *world);

/** @brief Candidates who took a home become households; counts persons in. Serial. */
FLYT_NODISCARD enum flyt_status flyt_migration_admit(struct flyt_world *world);

#endif

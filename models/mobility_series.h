/**
 * @file mobility_series.h
 * @brief The output variables that published statistics of moves and ownership are compared with.
 */
#ifndef FLYT_MOBILITY_SERIES_H
#define FLYT_MOBILITY_SERIES_H

#include "models/mobility.h"

enum { FLYT_SINGLE_AGES = 100 }; /* 0 to 98, 99 and older */

/** name, English, Danish */
#define FLYT_UNIONS(X)                                                                             \
    X(single, "Single", "Enlig")                                                                   \
    X(cohabiting, "Cohabiting", "Samlevende")                                                      \
    X(married, "Married", "Gift")

enum flyt_union {
#define X(name, en, da) FLYT_UNION_##name,
    FLYT_UNIONS(X)
#undef X
        FLYT_N_UNIONS
};

/** Labels of the dimensions that belong to these variables. */
extern const char *const flyt_mobility_age_label[FLYT_SINGLE_AGES];
extern const char *const flyt_mobility_mover_en[FLYT_N_MOVER_AGES];
extern const char *const flyt_mobility_distance_en[FLYT_N_MOVE_DISTANCES];
extern const char *const flyt_mobility_distance_da[FLYT_N_MOVE_DISTANCES];
extern const char *const flyt_mobility_stay_en[FLYT_N_STAYS];
extern const char *const flyt_mobility_stay_da[FLYT_N_STAYS];
extern const char *const flyt_mobility_from_en[FLYT_N_FLOWS_FROM];
extern const char *const flyt_mobility_from_da[FLYT_N_FLOWS_FROM];
extern const char *const flyt_mobility_to_en[FLYT_N_FLOWS_TO];
extern const char *const flyt_mobility_to_da[FLYT_N_FLOWS_TO];
extern const char *const flyt_mobility_union_en[FLYT_N_UNIONS];
extern const char *const flyt_mobility_union_da[FLYT_N_UNIONS];

/** function, name, stock or flow, unit, dimensions and they, English, Danish, how */
#define FLYT_MOBILITY_SERIES_LIST(X)                                                               \
    X(leases_ended, "leases_ended", flow, "households", 1, FLYT_DIM_kind, 0, "Leases that ended",  \
      "Ophørte lejemål og fraflyttede boliger",                                                    \
      "Households that left by moving, death, care or moving in with somebody; without moves "     \
      "inside the organisation and homes that a guest took over.")                                 \
    X(moves_internal, "moves_internal", flow, "households", 1, FLYT_DIM_kind, 0,                   \
      "Moves inside an almen organisation", "Flytninger inden for en almen boligorganisation",     \
      "By the kind of home left.")                                                                 \
    X(lengths, "leases_ended_by_length", flow, "households", 2, FLYT_DIM_tenure, FLYT_DIM_stay,    \
      "Leases that ended by their length", "Ophørte lejemål efter varighed",                       \
      "leases_ended, by the time since the household moved in.")                                   \
    X(homes_taken, "homes_taken", flow, "homes", 1, FLYT_DIM_kind, 0, "Homes taken",               \
      "Overtagne boliger", "Homes that a household moved into; owner homes: sales.")               \
    X(houses_sold, "houses_sold", flow, "homes", 0, 0, 0, "Owner houses taken",                    \
      "Solgte ejerboliger, huse", "homes_taken of owners, of four rooms and more.")                \
    X(houses, "owner_houses", stock, "homes", 0, 0, 0, "Owner houses", "Ejerboliger, huse",        \
      "Owner homes of four rooms and more, lived in or not.")                                      \
    X(adults_left, "adults_left", flow, "persons", 1, FLYT_DIM_kind, 0,                            \
      "Adults who left their section", "Voksne, der forlod deres afdeling",                        \
      "Alive, with their whole household; also to another section of the organisation.")           \
    X(pensioners_left, "pensioners_left", flow, "persons", 1, FLYT_DIM_kind, 0,                    \
      "Pensioners who left their section", "Pensionister, der forlod deres afdeling",              \
      "Of adults_left, those on pension a month before.")                                          \
    X(persons_moved, "persons_moved", flow, "persons", 1, FLYT_DIM_mover_age, 0,                   \
      "Persons who moved to or within the scenario",                                               \
      "Personer, der flyttede til eller i scenariet",                                              \
      "They stay in another home than a month ago; who moves in with somebody counts.")            \
    X(moves_distance, "moves_by_distance", flow, "persons", 1, FLYT_DIM_move_distance, 0,          \
      "Persons who moved by where they came from", "Flyttede personer efter hvor de kom fra",      \
      "persons_moved, by municipality.")                                                           \
    X(ages, "persons_by_tenure_age", stock, "persons", 2, FLYT_DIM_tenure, FLYT_DIM_single_age,    \
      "Persons by tenure and age", "Personer efter ejerform og alder",                             \
      "Everybody where they stay, children and guests too.")                                       \
    X(unions, "adults_by_union", stock, "persons", 2, FLYT_DIM_tenure, FLYT_DIM_union,             \
      "Adults by tenure and union", "Voksne efter ejerform og samliv",                             \
      "Without adult children at home.")                                                           \
    X(recent, "persons_recent", stock, "persons", 1, FLYT_DIM_tenure, 0,                           \
      "Persons who moved in within five years", "Personer flyttet ind inden for fem år",           \
      "Persons of households that have lived in their home for less than 60 months.")              \
    X(persons, "persons_by_kind", stock, "persons", 1, FLYT_DIM_kind, 0,                           \
      "Persons by kind of home", "Personer efter boligtype", "Everybody where they stay.")         \
    X(adults, "adults_by_kind", stock, "persons", 1, FLYT_DIM_kind, 0, "Adults by kind of home",   \
      "Voksne efter boligtype", "Without adult children at home.")                                 \
    X(pensioners, "pensioners_by_kind", stock, "persons", 1, FLYT_DIM_kind, 0,                     \
      "Pensioners by kind of home", "Pensionister efter boligtype",                                \
      "Of adults_by_kind, those on pension.")                                                      \
    X(aged, "aged_by_kind", stock, "persons", 1, FLYT_DIM_kind, 0, "Adults of 65 and more",        \
      "Voksne på 65 år og derover", "Of adults_by_kind; not in care homes.")                       \
    X(frail, "frail_by_kind", stock, "persons", 1, FLYT_DIM_kind, 0,                               \
      "Adults of 65 and more who need daily help",                                                 \
      "Voksne på 65 år og derover med brug for daglig hjælp",                                      \
      "Of aged_by_kind (models/frailty.h).")                                                       \
    X(homes, "homes_by_kind", stock, "homes", 1, FLYT_DIM_kind, 0, "Homes by kind",                \
      "Boliger efter boligtype", "Lived in or vacant.")                                            \
    X(vacant, "vacant_by_kind", stock, "homes", 1, FLYT_DIM_kind, 0, "Vacant homes by kind",       \
      "Ledige boliger efter boligtype",                                                            \
      "Homes nobody lives in on 1 January; of almen ones those that are ready to be let.")

#define X(function, ...) void flyt_mobility_record_##function(const void *world, void *row);
FLYT_MOBILITY_SERIES_LIST(X)
#undef X

#define FLYT_MOBILITY_SERIES_OF(function, name_, kind_, unit_, n, first, second, en_, da_, how_)   \
    {.name = (name_),                                                                              \
     .unit = (unit_),                                                                              \
     .type = FLYT_SERIES_count,                                                                    \
     .kind = FLYT_SERIES_##kind_,                                                                  \
     .period = FLYT_SERIES_yearly,                                                                 \
     .n_dims = (n),                                                                                \
     .dim = {first, second},                                                                       \
     .en = (en_),                                                                                  \
     .da = (da_),                                                                                  \
     .how = (how_),                                                                                \
     .record = flyt_mobility_record_##function},

void flyt_mobility_record_flows(const void *world, void *row);

/** Initialisers for the model's table of series. */
#define FLYT_MOBILITY_SERIES                                                                       \
    FLYT_MOBILITY_SERIES_LIST(FLYT_MOBILITY_SERIES_OF){                                            \
        .name = "moves_by_class",                                                                  \
        .unit = "households",                                                                      \
        .type = FLYT_SERIES_count,                                                                 \
        .kind = FLYT_SERIES_flow,                                                                  \
        .period = FLYT_SERIES_yearly,                                                              \
        .n_dims = 3,                                                                               \
        .dim = {FLYT_DIM_move_from, FLYT_DIM_move_to, FLYT_DIM_resource_class},                    \
        .en = "Households who left a home or took one, by class of resources",                     \
        .da = "Husstande, der forlod eller overtog en bolig, efter ressourceklasse",               \
        .how = "By the tenure left and taken; class as they moved; also within a tenure. A guest " \
               "who takes over a home comes from those who stayed with others.",                   \
        .record = flyt_mobility_record_flows},

/** Recorded only where they are asked for (flyt_model.extra): turnover of almen homes by age and
 * type of household. */
enum { FLYT_N_MOBILITY_EXTRA = 2 };
extern const struct flyt_series flyt_mobility_extra[FLYT_N_MOBILITY_EXTRA];

enum { FLYT_N_MOBILITY_SERIES = 1 FLYT_MOBILITY_SERIES_LIST(FLYT_MOBILITY_ONE) };

#endif

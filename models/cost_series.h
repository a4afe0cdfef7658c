/**
 * @file cost_series.h
 * @brief The output variables of what homes cost: rents, prices, the share of income that they
 * take.
 */
#ifndef FLYT_COST_SERIES_H
#define FLYT_COST_SERIES_H

#include "models/housing.h"

/** @brief Mean rent of a square metre by municipality and kind of home, DKK a year; NaN: none. */
void flyt_cost_record_rent(const void *world, void *row);

/** @brief Mean price of a square metre, likewise. */
void flyt_cost_record_price(const void *world, void *row);

/** @brief Floor area of all homes, lived in or vacant, by municipality and kind, m2. */
void flyt_cost_record_floor(const void *world, void *row);

/** @brief What homes cost over disposable income, by tenure. */
void flyt_cost_record_burden(const void *world, void *row);

/** @brief The same with housing benefit counted as income instead of as less to pay. */
void flyt_cost_record_rent_burden(const void *world, void *row);

#define FLYT_COST_SERIES_OF(series, type_, unit_, period_, en_, da_, how_, record_, n_dims_, ...)  \
    {.name = series,                                                                               \
     .unit = unit_,                                                                                \
     .type = FLYT_SERIES_##type_,                                                                  \
     .kind = FLYT_SERIES_stock,                                                                    \
     .period = FLYT_SERIES_##period_,                                                              \
     .n_dims = n_dims_,                                                                            \
     .dim = {__VA_ARGS__},                                                                         \
     .en = en_,                                                                                    \
     .da = da_,                                                                                    \
     .how = how_,                                                                                  \
     .record = flyt_cost_record_##record_},

/** Initialisers for the model's table of series. */
#define FLYT_COST_SERIES                                                                           \
    FLYT_COST_SERIES_OF("rent_m2", real, "DKK/m2/year", yearly, "Mean rent",                       \
                        "Gennemsnitlig husleje",                                                   \
                        "Over the floor area of all homes, let or vacant; the fee of "             \
                        "co-operatives.",                                                          \
                        rent, 2, FLYT_DIM_municipality, FLYT_DIM_kind)                             \
    FLYT_COST_SERIES_OF("price_m2", real, "DKK/m2", yearly, "Mean price", "Gennemsnitlig pris",    \
                        "Over the floor area of all homes; the share of co-operatives.", price, 2, \
                        FLYT_DIM_municipality, FLYT_DIM_kind)                                      \
    FLYT_COST_SERIES_OF("floor_m2", count, "m2", yearly, "Floor area of homes",                    \
                        "Boligernes areal",                                                        \
                        "All homes, let or vacant: the weights of means of rent_m2 and price_m2.", \
                        floor, 2, FLYT_DIM_municipality, FLYT_DIM_kind)                            \
    FLYT_COST_SERIES_OF(                                                                           \
        "housing_burden", real, "share", monthly, "Housing cost over disposable income",           \
        "Boligudgift i forhold til disponibel indkomst",                                           \
        "Sum of rents and fees less housing benefit, interest less the deduction's "               \
        "value, taxes and upkeep over the sum of disposable income.",                              \
        burden, 1, FLYT_DIM_tenure)                                                                \
    FLYT_COST_SERIES_OF(                                                                           \
        "rent_burden", real, "share", monthly, "Housing cost before benefit over income with it",  \
        "Boligudgift før boligstøtte i forhold til indkomst med den",                              \
        "As housing_burden, but housing benefit is a part of disposable income and not less to "   \
        "pay, as income statistics have it.",                                                      \
        rent_burden, 1, FLYT_DIM_tenure)

enum { FLYT_N_COST_SERIES = 5 };

#endif

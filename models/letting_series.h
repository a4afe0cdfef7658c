/**
 * @file letting_series.h
 * @brief The output variables of letting: channels, waiting, refusals, lists and queues.
 */
#ifndef FLYT_LETTING_SERIES_H
#define FLYT_LETTING_SERIES_H

#include "models/letting.h"
#include "sim/model.h"

/** function, stock or flow, unit, number of dimensions and they, English, Danish, how */
#define FLYT_LETTING_SERIES_LIST(X)                                                                \
    X(let, "lettings", flow, "lettings", 2, FLYT_DIM_municipality, FLYT_DIM_channel,               \
      "Lettings of almen homes", "Udlejninger af almene boliger",                                  \
      "By the municipality of the home and the way it was let.")                                   \
    X(by_kind, "lettings_by_kind", flow, "lettings", 2, FLYT_DIM_kind, FLYT_DIM_channel,           \
      "Lettings of almen homes by kind", "Udlejninger af almene boliger efter boligtype",          \
      "By the kind of home and the way it was let.")                                               \
    X(waited, "letting_months", flow, "months", 2, FLYT_DIM_municipality, FLYT_DIM_channel,        \
      "Months on the list or in the queue of those who got an almen home",                         \
      "Måneder på venteliste eller i kø for dem, der fik en almen bolig",                          \
      "Sum over households; divided by lettings it is the mean wait. Advertised homes: 0.")        \
    X(offered, "letting_offers", flow, "offers", 1, FLYT_DIM_channel, 0, "Offers of almen homes",  \
      "Tilbud om almene boliger", "Offers to members of lists and queues, accepted or refused.")   \
    X(refused, "letting_refusals", flow, "offers", 1, FLYT_DIM_channel, 0,                         \
      "Refused offers of almen homes", "Afslåede tilbud om almene boliger",                        \
      "Of letting_offers, those that were refused.")                                               \
    X(barred, "letting_barred", flow, "applicants", 1, FLYT_DIM_municipality, 0,                   \
      "Applicants refused as being on benefit", "Ansøgere afvist som kontanthjælpsmodtagere",      \
      "By almenboligloven sections 51 b and 51 c, counted at each home they would have taken.")    \
    X(notices, "youth_notices", flow, "households", 1, FLYT_DIM_municipality, 0,                   \
      "Youth homes to be left after the end of studies",                                           \
      "Ungdomsboliger, der skal forlades efter endt uddannelse",                                   \
      "Households given notice in the month.")                                                     \
    X(members, "list_members", stock, "memberships", 1, FLYT_DIM_municipality, 0,                  \
      "Memberships of almen waiting lists", "Pladser på almene ventelister",                       \
      "By the municipality where the organisation sits; a household may have three.")              \
    X(queued, "need_queue", stock, "households", 1, FLYT_DIM_municipality, 0,                      \
      "Households in the municipality's queue", "Husstande i kommunens kø",                        \
      "Those it has to find a home for: acute need, refugees, rehousing, refused applicants.")

#define X(function, ...) void flyt_letting_record_##function(const void *world, void *row);
FLYT_LETTING_SERIES_LIST(X)
#undef X

#define FLYT_LETTING_SERIES_OF(function, name_, kind_, unit_, n, first, second, en_, da_, how_)    \
    {.name = (name_),                                                                              \
     .unit = (unit_),                                                                              \
     .type = FLYT_SERIES_count,                                                                    \
     .kind = FLYT_SERIES_##kind_,                                                                  \
     .period = FLYT_SERIES_monthly,                                                                \
     .n_dims = (n),                                                                                \
     .dim = {first, second},                                                                       \
     .en = (en_),                                                                                  \
     .da = (da_),                                                                                  \
     .how = (how_),                                                                                \
     .record = flyt_letting_record_##function},

/** Initialisers for a model's table of series. */
#define FLYT_LETTING_SERIES FLYT_LETTING_SERIES_LIST(FLYT_LETTING_SERIES_OF)

#define FLYT_LETTING_ONE(...) +1
enum { FLYT_N_LETTING_SERIES = 0 FLYT_LETTING_SERIES_LIST(FLYT_LETTING_ONE) };

#endif

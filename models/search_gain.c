/* What a household that judges whether to look may gain. See search.h. */
#include "models/choice.h"
#include "models/offers.h"
#include "models/params.h"
#include "models/search.h"

/** Homes that each of n households looks at: those that fit it. */
static void draw_looks(const struct flyt_world *world, struct flyt_chooser *chooser, uint32_t n,
                       struct flyt_look *look, uint32_t *n_looks)
{
    struct flyt_offers_caller caller[FLYT_CHOICE_BATCH];
    struct flyt_drawn drawn[FLYT_CHOICE_BATCH * FLYT_CHOICE_MOST];
    uint32_t n_drawn[FLYT_CHOICE_BATCH];
    for (uint32_t c = 0; c < n; c++) {
        caller[c] = (struct flyt_offers_caller){chooser[c].uid, chooser[c].municipality,
                                                FLYT_STREAM_offers_wake, 0};
    }
    flyt_offers_draw_many(world, caller, n, world->params->offers.awakening, drawn, n_drawn);
    for (uint32_t c = 0; c < n; c++) {
        n_looks[c] = 0;
        for (uint32_t i = 0; i < n_drawn[c]; i++) {
            look->chooser = &chooser[c]; /* kept only when it fits */
            look->offer = drawn[c * FLYT_CHOICE_MOST + i].offer;
            bool fits = flyt_choice_fits(world, &chooser[c], look->offer) == FLYT_BAR_none;
            look += fits;
            n_looks[c] += fits;
        }
    }
}

/** The best of n looks of a household that it can pay; 0: none is worth moving for. */
static double best_of(const struct flyt_world *world, const struct flyt_look *look, uint32_t n)
{
    double best = 0.0;
    for (uint32_t i = 0; i < n && best < FLYT_SEARCH_GAIN_MOST; i++) {
        double gain = look[i].view.value + look[i].view.taste - look[i].chooser->stay;
        if (gain > best && flyt_choice_affords(world, look[i].chooser, look[i].offer,
                                               look[i].view.cost) == FLYT_BAR_none) {
            best = gain;
        }
    }
    return best;
}

void flyt_search_gains(const struct flyt_world *world, const uint32_t *household,
                       const double *least, uint32_t n, double *gain)
{
    struct flyt_chooser chooser[FLYT_CHOICE_BATCH], *pointer[FLYT_CHOICE_BATCH] = {NULL};
    struct flyt_look look[FLYT_CHOICE_BATCH * FLYT_CHOICE_MOST];
    uint32_t n_looks[FLYT_CHOICE_BATCH], sum = 0;
    if (n == 0) {
        return;
    }
    for (uint32_t c = 0; c < n; c++) {
        chooser[c].household = household[c];
        pointer[c] = &chooser[c];
    }
    flyt_choice_prepare_batch(world, pointer, n);
    draw_looks(world, chooser, n, look, n_looks);
    for (uint32_t c = 0; c < n; c++) {
        chooser[c].least_gain = least[c];
        sum += n_looks[c];
    }
    flyt_choice_looks(world, look, sum);
    const struct flyt_look *first = look;
    for (uint32_t c = 0; c < n; c++) {
        gain[c] = best_of(world, first, n_looks[c]);
        first += n_looks[c];
    }
}

double flyt_search_gain(const struct flyt_world *world, uint32_t household)
{
    double least = 0.0, gain;
    flyt_search_gains(world, &household, &least, 1, &gain);
    return gain;
}

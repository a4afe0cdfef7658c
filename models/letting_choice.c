#include "models/letting_choice.h"

#include <math.h>

#include "models/choice.h"

static void prepare(const struct flyt_world *world, uint32_t household, void *prepared)
{
    flyt_choice_prepare_lightly(world, household, prepared);
}

static double gain(const struct flyt_world *world, void *prepared, uint32_t dwelling,
                   double *utility)
{
    struct flyt_chooser *chooser = prepared;
    struct flyt_offer home = flyt_choice_home(world, dwelling);
    const struct flyt_offer *offer = &home;
    struct flyt_view view;
    *utility = -INFINITY;
    if (flyt_choice_fits(world, chooser, offer) != FLYT_BAR_none) {
        return -INFINITY;
    }
    flyt_choice_look(world, chooser, &offer, 1, &view);
    if (flyt_choice_affords(world, chooser, offer, view.cost) != FLYT_BAR_none) {
        return -INFINITY;
    }
    flyt_choice_settle(world, chooser);
    *utility = view.value + view.taste;
    return *utility - chooser->stay;
}

static bool may_gain(const struct flyt_world *world, const void *prepared, uint32_t dwelling,
                     double least)
{
    struct flyt_offer home = flyt_choice_home(world, dwelling);
    return flyt_choice_may_gain(world, prepared, &home, least);
}

const struct flyt_letting_choice flyt_letting_by_choice = {sizeof(struct flyt_chooser), prepare,
                                                           gain, may_gain};

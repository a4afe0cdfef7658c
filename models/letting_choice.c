#include "models/letting_choice.h"

#include <math.h>

#include "models/choice.h"

static void prepare(const struct flyt_world *world, uint32_t household, void *prepared)
{
    flyt_choice_prepare(world, household, prepared);
}

static double gain(const struct flyt_world *world, const void *prepared, uint32_t dwelling,
                   double *utility)
{
    const struct flyt_chooser *chooser = prepared;
    if (flyt_choice_bar(world, chooser, dwelling) != FLYT_BAR_none) {
        *utility = -INFINITY;
        return -INFINITY;
    }
    *utility = flyt_choice_utility(world, chooser, dwelling);
    return *utility - chooser->stay;
}

const struct flyt_letting_choice flyt_letting_by_choice = {sizeof(struct flyt_chooser), prepare,
                                                           gain};

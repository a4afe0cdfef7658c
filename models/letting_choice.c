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

static double gain_once(const struct flyt_world *world, uint32_t household, uint32_t dwelling,
                        double *utility)
{
    struct flyt_chooser chooser;
    flyt_choice_prepare_lightly(world, household, &chooser);
    return gain(world, &chooser, dwelling, utility);
}

_Static_assert((int)FLYT_LETTING_TOGETHER <= (int)FLYT_CHOICE_BATCH, "one batch");

static void glance(const struct flyt_world *world, const uint32_t *household, uint32_t n,
                   void *const *glance)
{
    struct flyt_chooser chooser[FLYT_LETTING_TOGETHER], *pointer[FLYT_LETTING_TOGETHER] = {NULL};
    for (uint32_t i = 0; i < n; i++) {
        chooser[i].household = household[i];
        pointer[i] = &chooser[i];
    }
    flyt_choice_prepare_batch(world, pointer, n);
    for (uint32_t i = 0; i < n; i++) {
        *(struct flyt_glance *)glance[i] = chooser[i].glance;
    }
}

static void may_gain(const struct flyt_world *world, void *const *glance, uint32_t n,
                     uint32_t dwelling, double least, bool *may)
{
    struct flyt_offer home = flyt_choice_home(world, dwelling);
    const struct flyt_glance *of[FLYT_LETTING_TOGETHER];
    for (uint32_t i = 0; i < n; i++) {
        of[i] = glance[i];
    }
    flyt_choice_may_gain(world, of, n, &home, least, may);
}

const struct flyt_letting_choice flyt_letting_by_choice = {
    sizeof(struct flyt_chooser), prepare, gain,    gain_once,
    sizeof(struct flyt_glance),  glance,  may_gain};

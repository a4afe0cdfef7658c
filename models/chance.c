#include "models/chance.h"

#include <math.h>

#include "models/choice.h"
#include "models/composition.h"
#include "sim/num.h"

enum { FULL_SUPPORT = 2 };

static double few_resources(const struct flyt_world *world, uint32_t area)
{
    const struct flyt_composition_counts *now = flyt_composition_now(world->composition, area);
    return now->households > 0 ? (double)now->by_class[FLYT_CLASS_weak] / now->households : 0.0;
}

bool flyt_chance_has_pupils(const struct flyt_household *row, int16_t calendar)
{
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        int32_t months = calendar - row->child_born[i];
        if (row->child_born[i] != FLYT_NO_MONTH && months >= 6 * 12 && months < 16 * 12) {
            return true;
        }
    }
    return false;
}

double flyt_chance_km(const struct flyt_world *world, uint32_t from, uint32_t to)
{
    double x = world->choice->x_km[to] - world->choice->x_km[from];
    double y = world->choice->y_km[to] - world->choice->y_km[from];
    return sqrt(x * x + y * y);
}

double flyt_chance_inclination(const struct flyt_world *world,
                               const struct flyt_chance_params *params, uint32_t household,
                               uint32_t dwelling)
{
    const struct flyt_household *row = &world->households.row[household];
    uint32_t from = world->sections.area[row->section];
    uint32_t to = world->sections.area[world->dwellings.section[dwelling]];
    double income = row->disposable_ore > 0 ? row->disposable_ore * 12.0 / 100.0 : 12.0;
    double years = (world->calendar - row->moved_in) / 12.0;
    return params->accept - params->accept_support * (FULL_SUPPORT - (double)params->support) +
           params->accept_grant * params->grant / income +
           params->accept_gain * (few_resources(world, from) - few_resources(world, to)) +
           (flyt_chance_has_pupils(row, world->calendar) ? params->accept_school : 0.0) -
           params->accept_attachment * flyt_num_log(1.0 + (years > 0.0 ? years : 0.0)) -
           params->accept_km * flyt_chance_km(world, from, to);
}

uint32_t flyt_chance_best(const struct flyt_world *world, uint32_t household,
                          const uint32_t *dwelling, uint32_t n)
{
    struct flyt_chooser chooser;
    uint32_t best = FLYT_NONE, persons = flyt_people_persons(&world->households.row[household]);
    double most = -INFINITY;
    flyt_choice_prepare(world, household, &chooser);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t rooms = world->dwellings.rooms[dwelling[i]];
        struct flyt_offer home = flyt_choice_home(world, dwelling[i]);
        const struct flyt_offer *offer = &home;
        struct flyt_view view;
        if (persons > 2 * rooms || rooms > persons + 1 ||
            flyt_choice_fits(world, &chooser, offer) != FLYT_BAR_none) {
            continue;
        }
        flyt_choice_look(world, &chooser, &offer, 1, &view); /* the grant pays the deposit */
        if (view.value + view.taste > most) {
            most = view.value + view.taste;
            best = i;
        }
    }
    return best;
}

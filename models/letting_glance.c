#include "models/letting_glance.h"

#include <math.h>
#include <string.h>

#include "models/choice.h"

void *flyt_letting_glance_of(const struct flyt_world *world, uint32_t list, uint32_t place)
{
    const struct flyt_letting *letting = world->letting;
    size_t at = (size_t)letting->month->offset[list] + place;
    return letting->month->glance + at * letting->choice->glance_size;
}

static void glance_at(struct flyt_world *world, uint32_t list, const struct flyt_letting_few *few)
{
    struct flyt_letting_member *members =
        world->letting->month->member + world->letting->month->offset[list];
    uint32_t household[FLYT_LETTING_TOGETHER], n = 0;
    void *glance[FLYT_LETTING_TOGETHER];
    for (uint32_t k = 0; k < few->n; k++) {
        struct flyt_letting_member *member = &members[few->place[k]];
        if (!(member->flags & FLYT_MEMBER_glanced)) {
            member->flags |= FLYT_MEMBER_glanced;
            household[n] = member->household;
            glance[n++] = flyt_letting_glance_of(world, list, few->place[k]);
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        flyt_choice_fetch_home(world, household[k]);
    }
    if (n > 0) {
        world->letting->choice->glance(world, household, n, glance);
    }
}

void flyt_letting_look_over(struct flyt_world *world, uint32_t list, uint32_t dwelling,
                            double least, struct flyt_letting_few *few)
{
    const struct flyt_letting_choice *choice = world->letting->choice;
    void *glance[FLYT_LETTING_TOGETHER];
    if (choice->glance_size == 0 || least == -INFINITY) {
        memset(few->may, true, sizeof few->may);
        return;
    }
    glance_at(world, list, few);
    for (uint32_t k = 0; k < few->n; k++) {
        glance[k] = flyt_letting_glance_of(world, list, few->place[k]);
    }
    choice->may_gain(world, glance, few->n, dwelling, least, few->may);
}

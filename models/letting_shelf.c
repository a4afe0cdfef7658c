#include "models/letting_shelf.h"

#include "models/housing.h"
#include "models/letting_parts.h"
#include "models/moves.h"
#include "models/policy.h"

enum flyt_status flyt_letting_shelf_create(struct flyt_world *world)
{
    struct flyt_letting_shelf *shelf = &world->letting->shelf;
    uint32_t n = world->policies != NULL && world->policies->n > 0 ? world->dwellings.n : 0;
    FLYT_TRY(flyt_list_init(&shelf->reserved, world->run_arena, n));
    FLYT_TRY(flyt_list_init(&shelf->given, world->run_arena, n));
    shelf->uid = FLYT_ARENA_ARRAY(world->run_arena, uint64_t, n);
    if (shelf->uid == NULL) {
        return FLYT_ERR_MEMORY;
    }
    return flyt_list_init(&shelf->to, world->run_arena, n);
}

static bool is_among(const struct flyt_list *list, uint32_t dwelling)
{
    for (uint32_t i = 0; i < list->n; i++) {
        if (list->row[i] == dwelling) {
            return true;
        }
    }
    return false;
}

void flyt_letting_shelf_open(struct flyt_world *world)
{
    struct flyt_letting_shelf *shelf = &world->letting->shelf;
    shelf->given.n = shelf->to.n = shelf->n_agreed = 0;
}

bool flyt_letting_is_fresh(const struct flyt_world *world, uint32_t dwelling)
{
    const struct flyt_letting_shelf *shelf = &world->letting->shelf;
    return world->dwellings.occupant[dwelling] == FLYT_NONE &&
           world->letting->vacancy[dwelling].since != world->dwellings.empty_since[dwelling] &&
           flyt_moves_ready(world, dwelling) && !is_among(&shelf->reserved, dwelling) &&
           !is_among(&shelf->given, dwelling) && !flyt_policies_set_aside(world, dwelling);
}

void flyt_letting_reserve(struct flyt_world *world, uint32_t dwelling)
{
    flyt_letting_take_vacancy(world, world->dwellings.section[dwelling], dwelling);
    flyt_list_push(&world->letting->shelf.reserved, dwelling);
}

void flyt_letting_give(struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    struct flyt_letting_shelf *shelf = &world->letting->shelf;
    uint32_t n = 0;
    for (uint32_t i = 0; i < shelf->reserved.n; i++) {
        if (shelf->reserved.row[i] != dwelling) {
            shelf->reserved.row[n++] = shelf->reserved.row[i];
        }
    }
    shelf->reserved.n = n;
    shelf->uid[shelf->given.n] = world->households.uid[household];
    flyt_list_push(&shelf->given, dwelling);
    flyt_list_push(&shelf->to, household);
    world->households.row[household].wanted = dwelling;
    flyt_letting_note_agreed(world, household);
}

void flyt_letting_shelf_agree(struct flyt_world *world)
{
    struct flyt_letting_shelf *shelf = &world->letting->shelf;
    struct flyt_housing *housing = world->housing;
    for (; shelf->n_agreed < shelf->given.n; shelf->n_agreed++) {
        uint32_t i = shelf->n_agreed;
        uint32_t dwelling = shelf->given.row[i], household = shelf->to.row[i];
        uint32_t s = world->dwellings.section[dwelling];
        housing->moves[world->sections.first[s] + housing->n_let[s]++] =
            (struct flyt_move){household, dwelling};
        flyt_letting_count(world,
                           &(struct flyt_letting_proposal){.uid = shelf->uid[i],
                                                           .household = household,
                                                           .dwelling = dwelling,
                                                           .list = FLYT_NONE,
                                                           .since = world->calendar,
                                                           .channel = FLYT_CHANNEL_municipality});
    }
}

void flyt_letting_shelf_close(struct flyt_world *world)
{
    struct flyt_letting_shelf *shelf = &world->letting->shelf;
    struct flyt_housing *housing = world->housing;
    for (uint32_t i = 0; i < shelf->reserved.n; i++) {
        uint32_t dwelling = shelf->reserved.row[i], s = world->dwellings.section[dwelling];
        housing->vacant[world->sections.first[s] + housing->n_vacant[s]++] = dwelling;
    }
    shelf->reserved.n = 0;
}

enum flyt_status flyt_letting_shelf_check(const struct flyt_world *world)
{
    const struct flyt_letting_shelf *shelf = &world->letting->shelf;
    for (uint32_t i = 0; i < shelf->given.n; i++) {
        uint32_t dwelling = shelf->given.row[i], occupant = world->dwellings.occupant[dwelling];
        bool twice = false;
        for (uint32_t k = 0; k < i; k++) {
            twice |= shelf->given.row[k] == dwelling || shelf->uid[k] == shelf->uid[i];
        }
        if (twice) {
            return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                                   "home %u, held back, was given twice, or its household two",
                                   "bolig %u, holdt tilbage, blev givet to gange, eller dens "
                                   "husstand fik to",
                                   dwelling);
        }
        if (occupant >= FLYT_CLOSED || world->households.uid[occupant] != shelf->uid[i]) {
            return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                                   "home %u, held back and given to a household, is not lived in "
                                   "by it when the month is over",
                                   "bolig %u, holdt tilbage og givet til en husstand, bebos ikke "
                                   "af den, da måneden er omme",
                                   dwelling);
        }
    }
    return FLYT_OK;
}

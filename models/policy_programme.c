/* The programme of a household: which, until when, where. See policy.h. */
#include "models/policy.h"

bool flyt_policies_takes_part(const struct flyt_world *world, uint32_t household,
                              enum flyt_programme programme)
{
    const struct flyt_household_cold *cold = &world->households.cold[household];
    return cold->programme == programme && world->calendar <= cold->programme_end;
}

bool flyt_policies_is_free(const struct flyt_world *world, uint32_t household)
{
    const struct flyt_household_cold *cold = &world->households.cold[household];
    switch (cold->programme) {
    case FLYT_PROGRAMME_none:
    case FLYT_PROGRAMME_refused:
        return true;
    case FLYT_PROGRAMME_reception:
    case FLYT_PROGRAMME_welcome:
        return world->calendar > cold->programme_end;
    default:
        return false;
    }
}

uint32_t flyt_policies_programme_area(const struct flyt_world *world, uint32_t household,
                                      enum flyt_programme programme)
{
    const struct flyt_household_cold *cold = &world->households.cold[household];
    return cold->programme == programme ? cold->programme_area : FLYT_NONE;
}

/* ---- who is followed ----------------------------------------------------------------------- */

static size_t n_words(const struct flyt_world *world)
{
    return (size_t)world->households.capacity / 64 + 1;
}

enum flyt_status flyt_policies_follow_create(struct flyt_world *world)
{
    world->policies->followed = FLYT_ARENA_ZERO(world->run_arena, uint64_t, n_words(world));
    return world->policies->followed == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

void flyt_policies_follow_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    if (world->policies->followed != NULL) {
        FLYT_ARCHIVE_ARRAY(archive, "policies.followed", world->policies->followed, n_words(world));
    }
}

/** Marks a row; it stays marked when its household is no more. */
static void mark(struct flyt_world *world, uint32_t household)
{
    if (household < world->households.capacity) {
        world->policies->followed[household / 64] |= UINT64_C(1) << household % 64;
    }
}

void flyt_policies_enrol(struct flyt_world *world, uint32_t household,
                         enum flyt_programme programme, uint32_t area, int32_t end)
{
    struct flyt_household_cold *cold = &world->households.cold[household];
    cold->programme = (uint8_t)programme;
    cold->programme_area = (uint16_t)area;
    cold->programme_end = (int16_t)end;
    mark(world, household);
}

void flyt_policies_arrived(struct flyt_world *world, uint32_t household)
{
    if (world->policies != NULL && world->policies->followed != NULL &&
        world->households.cold[household].programme != FLYT_PROGRAMME_none) {
        mark(world, household);
    }
}

uint32_t flyt_policies_next_followed(const struct flyt_world *world, uint32_t from)
{
    const uint64_t *followed = world->policies->followed;
    size_t w = from / 64, n = n_words(world);
    uint64_t left = w < n ? followed[w] & ~UINT64_C(0) << from % 64 : 0;
    while (w < n) {
        while (left != 0) {
            uint32_t household = (uint32_t)(64 * w) + (uint32_t)__builtin_ctzll(left);
            if (world->households.uid[household] != 0) {
                return household;
            }
            left &= left - 1;
        }
        w++;
        left = w < n ? followed[w] : 0;
    }
    return FLYT_NONE;
}

enum flyt_status flyt_policies_follow_check(const struct flyt_world *world)
{
    const uint64_t *followed = world->policies->followed;
    if (followed == NULL) {
        return FLYT_OK;
    }
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        uint32_t programme = world->households.cold[i].programme;
        if (programme != FLYT_PROGRAMME_none && programme != FLYT_PROGRAMME_refused &&
            !(followed[i / 64] >> i % 64 & 1)) {
            return flyt_diag_fault(world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                                   "internal error in month %u: a household in a programme is not "
                                   "followed (%u); please report it",
                                   "intern fejl i måned %u: en husstand i et forløb følges ikke "
                                   "(%u); meld den venligst",
                                   world->month, i);
        }
    }
    return FLYT_OK;
}

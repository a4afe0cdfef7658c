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

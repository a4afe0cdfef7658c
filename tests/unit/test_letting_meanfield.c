/* The mean field of an estate: two kinds of newcomers, a share of them assigned. */
#include <criterion/criterion.h>

#include "tests/sanitized.h"
#include "tests/unit/letting_fixture.h"

static struct letting_test test;
static const struct flyt_par one = {1, 8, 0};

enum { FAMILY = FLYT_KIND_almen_family, PRIVATE = FLYT_KIND_private_rental };

static const uint8_t no_list[] = {FLYT_LIST_none};

/* ---- the mean field of an estate ----------------------------------------------------------- */

enum { ESTATE = 4000, HALL = 1400, QUEUE_LENGTH = 500 };
enum { PART = 4, WARM = 60, YEARS = FLYT_CASES(180, PART) };

static const struct letting_section estate[] = {{0, 0, FAMILY, 0, ESTATE},
                                                {0, FLYT_NONE, PRIVATE, 0, HALL}};

static bool roll(uint64_t who, uint32_t month, uint32_t draw, double chance)
{
    return flyt_rng_unit((struct flyt_rng_key){5, 0}, who + 1, month, FLYT_STREAM_test, draw) <
           chance;
}

/** Somebody new in the hall; every third waits in the queue, where 80 % are vulnerable, the others
 *  on the list, where 10 % are. The benefit marks them. */
static void arrive(uint32_t home)
{
    bool queued = home % HALL < QUEUE_LENGTH;
    bool vulnerable = roll(test.next_uid + 1, 0, 7, queued ? 0.8 : 0.1);
    uint32_t household =
        letting_settle(&test, home, 40, vulnerable ? FLYT_WORK_benefit : FLYT_WORK_employed);
    if (queued) {
        letting_queue_up(&test, household, test.world.calendar, FLYT_NEED_acute);
    } else {
        letting_join(&test, household, 0, test.world.calendar);
    }
}

static double vulnerable_share(double municipal_share)
{
    double sum = 0.0;
    letting_open(&test, estate, 2, 1, 1, no_list, 1, one);
    test.params.letting.municipal_share = municipal_share;
    test.params.letting.claim = test.params.letting.claim_fits = 1;
    test.params.letting.inside_new = 0;
    test.params.letting.claim_rooms = 10;
    test.params.lists.lapse = test.params.need.cases = 0;
    for (uint32_t d = 0; d < ESTATE; d++) {
        letting_settle(&test, d, 40, d % 3 == 0 ? FLYT_WORK_benefit : FLYT_WORK_employed);
    }
    for (int month = 0; month < 12 * (WARM + YEARS); month++, letting_next(&test)) {
        uint32_t n = 0;
        for (uint32_t d = 0; d < ESTATE; d++) {
            uint32_t household = test.world.dwellings.occupant[d];
            if (household == FLYT_NONE) {
                continue;
            }
            bool vulnerable = test.world.households.row[household].work[0] == FLYT_WORK_benefit;
            n += vulnerable;
            if (roll(letting_uid(&test, household), test.world.month, 1,
                     (vulnerable ? 0.09 : 0.14) / 12.0)) {
                letting_leave(&test, d);
            }
        }
        sum += month >= 12 * WARM ? (double)n / ESTATE : 0.0;
        for (uint32_t d = ESTATE; d < ESTATE + HALL; d++) {
            if (test.world.dwellings.occupant[d] == FLYT_NONE) {
                arrive(d);
            }
        }
        letting_month(&test, 1);
    }
    letting_shut(&test);
    return sum / (12 * YEARS);
}

static void mean_field(double municipal_share, double expected)
{
    double share = vulnerable_share(municipal_share);
    cr_assert_float_eq(share, expected, 0.02 * expected * FLYT_CASES_SPREAD(PART),
                       "share %g: %g, expected %g", municipal_share, share, expected);
}

/* docs/VERIFICATION.md section 2 */
Test(mean_field, with_no_assignment)
{
    mean_field(0.0, 0.1474);
}

Test(mean_field, with_a_tenth_assigned)
{
    mean_field(0.10, 0.2416);
}

Test(mean_field, with_a_quarter_assigned)
{
    mean_field(0.25, 0.3711);
}

Test(mean_field, with_a_third_assigned)
{
    mean_field(0.33, 0.4349);
}

Test(mean_field, with_half_assigned)
{
    mean_field(0.5, 0.5600);
}

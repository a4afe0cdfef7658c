/* What a household is made of: what is packed into the row comes out as it went in. */
#include <criterion/criterion.h>

#include "models/people.h"

Test(people, the_background_comes_back_as_it_went_in)
{
    for (uint32_t i = 0; i < FLYT_N_ORIGINS * FLYT_LANGUAGES * 2 * (FLYT_CASES_MOST + 1); i++) {
        struct flyt_background in = {.origin = (uint8_t)(i % FLYT_N_ORIGINS),
                                     .language = (uint8_t)(i / 3 % FLYT_LANGUAGES),
                                     .married = i / 9 % 2,
                                     .cases = (uint8_t)(i / 18)};
        struct flyt_household row = {.flags = 0};
        flyt_people_set_background(&row, in);
        struct flyt_background out = flyt_people_background(&row);
        cr_assert(out.origin == in.origin && out.language == in.language &&
                      out.married == in.married && out.cases == in.cases,
                  "combination %u", i);
    }
}

Test(people, an_adult_comes_back_as_it_went_in)
{
    for (uint32_t i = 0; i < 2 * FLYT_N_EDUCATIONS * 2 * 2; i++) {
        struct flyt_adult in = {.born = (int16_t)(900 + i),
                                .work_since = (int16_t)(1400 + i),
                                .sex = i % 2,
                                .education = (uint8_t)(i / 2 % FLYT_N_EDUCATIONS),
                                .approved = i / 6 % 2,
                                .attachment = i / 12 % 2,
                                .work = (uint8_t)(i % FLYT_N_WORKS)};
        struct flyt_household row = {.flags = 0};
        flyt_people_set_adult(&row, 1, in);
        struct flyt_adult out = flyt_people_adult(&row, 1);
        cr_assert(out.born == in.born && out.work_since == in.work_since && out.sex == in.sex &&
                      out.education == in.education && out.approved == in.approved &&
                      out.attachment == in.attachment && out.work == in.work,
                  "combination %u", i);
    }
}

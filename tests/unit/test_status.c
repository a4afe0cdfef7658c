/* Messages about faults: places, languages, room. */
#include "sim/status.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const struct flyt_place NOWHERE = {0};

Test(status, every_code_has_a_text_in_each_language)
{
    const enum flyt_status codes[] = {
#define X(code, number, en, da) FLYT_##code,
        FLYT_STATUSES(X)
#undef X
    };
    for (size_t i = 0; i < FLYT_COUNT(codes); i++) {
        const char *en = flyt_status_text(codes[i], FLYT_EN);
        const char *da = flyt_status_text(codes[i], FLYT_DA);
        cr_assert_str_neq(en, "unknown status", "code %d", codes[i]);
        cr_assert_str_neq(da, "ukendt status", "code %d", codes[i]);
        cr_assert_str_neq(en, da, "code %d", codes[i]);
    }
    cr_assert_str_eq(flyt_status_text((enum flyt_status)99, FLYT_EN), "unknown status");
    cr_assert_str_eq(flyt_status_text((enum flyt_status)99, FLYT_DA), "ukendt status");
}

Test(status, codes_are_the_exit_codes_of_the_promises)
{
    cr_assert_eq(FLYT_OK, 0);
    cr_assert_eq(FLYT_ERR_USAGE, 64);
    cr_assert_eq(FLYT_ERR_SCENARIO, 65);
    cr_assert_eq(FLYT_ERR_INPUT, 66);
    cr_assert_eq(FLYT_ERR_MEMORY, 71);
    cr_assert_eq(FLYT_ERR_STOPPED, 75);
}

Test(status, a_fault_opens_with_its_place)
{
    static struct flyt_diag diag;
    const struct flyt_place places[] = {
        {0}, {.file = "fyn.yaml"}, {.file = "fyn.yaml", .line = 14}, {"fyn.yaml", 14, 9}};
    const char *const texts[] = {"no home 7", "fyn.yaml: no home 7", "fyn.yaml:14: no home 7",
                                 "fyn.yaml:14:9: no home 7"};
    for (size_t i = 0; i < FLYT_COUNT(places); i++) {
        enum flyt_status status =
            flyt_diag_fault(&diag, FLYT_ERR_SCENARIO, places[i], "no home %d", "ingen bolig %d", 7);
        cr_assert_eq(status, FLYT_ERR_SCENARIO);
        cr_assert_str_eq(diag.fault[i].text, texts[i]);
        cr_assert_eq(diag.fault[i].status, FLYT_ERR_SCENARIO);
    }
    cr_assert_eq(diag.n_faults, FLYT_COUNT(places));
}

Test(status, a_danish_diag_speaks_danish)
{
    static struct flyt_diag diag = {.lang = FLYT_DA};
    (void)flyt_diag_fault(&diag, FLYT_ERR_INPUT, NOWHERE, "no home %d", "ingen bolig %d", 7);
    cr_assert_str_eq(diag.fault[0].text, "ingen bolig 7");
}

Test(status, without_a_diag_only_the_status_is_handed_on)
{
    cr_assert_eq(flyt_diag_fault(NULL, FLYT_ERR_IO, NOWHERE, "lost", "tabt"), FLYT_ERR_IO);
}

Test(status, faults_past_the_room_are_counted_and_the_first_kept)
{
    static struct flyt_diag diag;
    const int n = FLYT_DIAG_FAULTS + 10;
    for (int i = 0; i < n; i++) {
        (void)flyt_diag_fault(&diag, FLYT_ERR_SCENARIO, NOWHERE, "fault %d", "fejl %d", i);
    }
    cr_assert_eq(diag.n_faults, (uint32_t)n);
    cr_assert_str_eq(diag.fault[0].text, "fault 0");
    cr_assert_str_eq(diag.fault[FLYT_DIAG_FAULTS - 1].text, "fault 63");
}

Test(status, a_long_message_is_cut_and_ends_in_nul)
{
    static struct flyt_diag diag;
    char name[2 * FLYT_DIAG_TEXT];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    const struct flyt_place place = {name, 1, 1};
    (void)flyt_diag_fault(&diag, FLYT_ERR_IO, NOWHERE, "%s", "%s", name);
    (void)flyt_diag_fault(&diag, FLYT_ERR_IO, place, "%s", "%s", name);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(strlen(diag.fault[i].text), (size_t)FLYT_DIAG_TEXT - 1);
    }
}

Test(status, since_gives_the_first_fault_added_after)
{
    static struct flyt_diag diag;
    cr_assert_eq(flyt_diag_since(&diag, 0), FLYT_OK);
    (void)flyt_diag_fault(&diag, FLYT_ERR_INPUT, NOWHERE, "a", "a");
    cr_assert_eq(flyt_diag_since(&diag, 0), FLYT_ERR_INPUT);
    cr_assert_eq(flyt_diag_since(&diag, 1), FLYT_OK);
    (void)flyt_diag_fault(&diag, FLYT_ERR_SCENARIO, NOWHERE, "b", "b");
    (void)flyt_diag_fault(&diag, FLYT_ERR_IO, NOWHERE, "c", "c");
    cr_assert_eq(flyt_diag_since(&diag, 1), FLYT_ERR_SCENARIO);
    cr_assert_eq(flyt_diag_since(&diag, 2), FLYT_ERR_IO);
}

Test(status, since_still_fails_when_the_room_was_full)
{
    static struct flyt_diag diag;
    for (int i = 0; i < FLYT_DIAG_FAULTS + 5; i++) {
        (void)flyt_diag_fault(&diag, FLYT_ERR_SCENARIO, NOWHERE, "x", "x");
    }
    cr_assert_eq(flyt_diag_since(&diag, FLYT_DIAG_FAULTS + 4), FLYT_ERR_SCENARIO);
    cr_assert_eq(flyt_diag_since(&diag, FLYT_DIAG_FAULTS + 5), FLYT_OK);
}

static enum flyt_status tried(enum flyt_status status, bool *went_on)
{
    FLYT_TRY(status);
    *went_on = true;
    return FLYT_OK;
}

Test(status, try_returns_what_failed_and_goes_on_otherwise)
{
    bool went_on = false;
    cr_assert_eq(tried(FLYT_ERR_MEMORY, &went_on), FLYT_ERR_MEMORY);
    cr_assert_not(went_on);
    cr_assert_eq(tried(FLYT_OK, &went_on), FLYT_OK);
    cr_assert(went_on);
}

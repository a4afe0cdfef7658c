#include <criterion/criterion.h>
#include <string.h>

#include "sim/field.h"

struct test_params {
    flyt_real share;
    flyt_count homes;
    flyt_flag open;
    flyt_choice mode;
};

#define F(type, name, unit, fallback, low, high)                                                   \
    FLYT_FIELD(test_params, type, name, unit, fallback, low, high, assumed, "", "x", "x")

static const struct flyt_field fields[] = {F(real, share, "share of vacancies", 0.25, 0, 1) F(
    count, homes, "dwellings", 10, 0, 4294967295.0) F(flag, open, "", 0, 0, 1)
                                               F(choice, mode, "fresh|period|life", 1, 0, 2)};

static struct flyt_diag diag;

static enum flyt_status parse(uint32_t field, const char *text, double *value)
{
    diag.n_faults = 0;
    return flyt_field_parse(&fields[field], "parameters.p.x", text, strlen(text),
                            (struct flyt_place){"s.yaml", 14, 9}, value, &diag);
}

Test(field, values_go_into_the_struct_and_come_back)
{
    struct test_params params = {0};
    static const double values[] = {0.125, 4294967294.0, 1, 2};
    for (uint32_t i = 0; i < 4; i++) {
        flyt_field_store(&fields[i], values[i], &params);
        cr_expect_eq(flyt_field_value(&fields[i], &params), values[i]);
    }
    cr_expect(params.share == 0.125 && params.homes == 4294967294U && params.open &&
              params.mode == 2);
}

Test(field, every_type_reads_what_it_allows)
{
    double value = -1;
    cr_expect(parse(0, "1", &value) == FLYT_OK && value == 1);
    cr_expect(parse(0, ".5", &value) == FLYT_OK && value == 0.5);
    cr_expect(parse(1, "4294967295", &value) == FLYT_OK && value == 4294967295.0);
    cr_expect(parse(2, "yes", &value) == FLYT_OK && value == 1);
    cr_expect(parse(2, "false", &value) == FLYT_OK && value == 0);
    cr_expect(parse(3, "fresh", &value) == FLYT_OK && value == 0);
    cr_expect(parse(3, "life", &value) == FLYT_OK && value == 2);
}

Test(field, wrong_values_get_one_located_message)
{
    static const struct {
        uint32_t field;
        const char *text, *message;
    } cases[] = {
        {0, "1.4", "s.yaml:14:9: parameters.p.x: 1.4 is outside [0, 1] (share of vacancies)"},
        {0, "1,4",
         "s.yaml:14:9: parameters.p.x: \"1,4\" has a decimal comma; write a point, as in "
         "1.5; a number from 0 to 1 is needed (share of vacancies)"},
        {0, "nan", "is not a finite number"},
        {1, "-1", "-1 is outside [0, 4294967295] (dwellings)"},
        {1, "2.5", "2.5 is not a whole number (dwellings)"},
        {1, "042", "begins with a zero"},
        {2, "ja", "\"ja\" is neither yes nor no"},
        {2, "1", "\"1\" is neither yes nor no"},
        {3, "lif", "\"lif\" is not one of fresh|period|life"},
        {3, "", "\"\" is not one of"},
        {3, "fresh|period", "is not one of"},
    };
    for (size_t i = 0; i < FLYT_COUNT(cases); i++) {
        double value = 0;
        cr_expect_eq(parse(cases[i].field, cases[i].text, &value), FLYT_ERR_SCENARIO);
        cr_expect_eq(diag.n_faults, 1);
        cr_expect(strstr(diag.fault[0].text, cases[i].message) != NULL, "%s", diag.fault[0].text);
    }
}

Test(field, choice_names_are_found_both_ways)
{
    size_t n = 0;
    cr_expect_eq(flyt_field_choice("a|bc|d", "bc", 2), 1);
    cr_expect_eq(flyt_field_choice("a|bc|d", "b", 1), FLYT_NONE);
    const char *name = flyt_field_choice_name("a|bc|d", 1, &n);
    cr_expect(n == 2 && memcmp(name, "bc", 2) == 0);
    cr_expect_null(flyt_field_choice_name("a|bc|d", 3, &n));
}

Test(field, evidence_has_names_in_both_languages)
{
    cr_expect_str_eq(flyt_field_evidence(FLYT_EVIDENCE_published, FLYT_EN), "published");
    cr_expect_str_eq(flyt_field_evidence(FLYT_EVIDENCE_assumed, FLYT_DA), "antaget");
}

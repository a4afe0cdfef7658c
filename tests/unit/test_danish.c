/* Whoever reads Danish reads no English: units, how variables are computed, sources. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "output/danish.h"
#include "sim/model.h"
#include "sim/units.h"

/** Units that are written alike in both languages. */
static bool is_common(const char *unit)
{
    static const char *const common[] = {"", "%", "1", "2024 = 1", "km", "m2"};
    for (size_t i = 0; i < FLYT_COUNT(common); i++) {
        if (strcmp(common[i], unit) == 0) {
            return true;
        }
    }
    return false;
}

static void expect_unit(const char *unit, const char *name)
{
    cr_expect(is_common(unit) || strcmp(flyt_units_say(unit, FLYT_DA), unit) != 0,
              "sim/units.c has no Danish for the unit \"%s\" of %s", unit, name);
    cr_expect_str_eq(flyt_units_say(unit, FLYT_EN), unit);
}

/** Whether one of these English words stands in a text as a word. */
static bool is_english(const char *text)
{
    static const char *const words[] = {"the",        "of",       "and",    "from",  "with",
                                        "by",         "is",       "are",    "a",     "year",
                                        "years",      "recalled", "chosen", "table", "section",
                                        "assumption", "fitted",   "mean",   "none",  "published"};
    for (size_t i = 0; i < FLYT_COUNT(words); i++) {
        size_t n = strlen(words[i]);
        for (const char *at = strstr(text, words[i]); at != NULL; at = strstr(at + 1, words[i])) {
            bool starts = at == text || isspace((unsigned char)at[-1]);
            bool law = at >= text + 2 && strncmp(at - 2, "1 a", 3) == 0; /* § 61 a */
            bool title = strncmp(text, "docs/", 5) == 0; /* a chapter is named as it is called */
            if (starts && !law && !title && strchr(" ,;:.", at[n]) != NULL) {
                return true;
            }
        }
    }
    return false;
}

Test(danish, every_parameter_has_a_danish_unit_and_source)
{
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        for (uint32_t g = 0; g < flyt_models[m]->n_groups; g++) {
            const struct flyt_field_group *group = &flyt_models[m]->group[g];
            for (uint32_t i = 0; i < group->n_fields; i++) {
                const struct flyt_field *field = &group->field[i];
                const char *source = flyt_danish_say(field->source, FLYT_DA);
                if (field->type != FLYT_FIELD_choice) {
                    expect_unit(field->unit, field->name);
                }
                cr_expect(!is_english(source), "output/danish.def lacks the source of %s.%s: %s",
                          group->name, field->name, source);
                cr_expect_str_eq(flyt_danish_say(field->source, FLYT_EN), field->source);
            }
        }
    }
}

Test(danish, every_output_variable_has_a_danish_unit_and_computation)
{
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        for (uint32_t i = 0; i < flyt_models[m]->n_series; i++) {
            const struct flyt_series *series = &flyt_models[m]->series[i];
            expect_unit(series->unit, series->name);
            if (series->how != NULL) {
                cr_expect(strcmp(flyt_danish_say(series->how, FLYT_DA), series->how) != 0,
                          "output/danish.def lacks how %s is computed: %s", series->name,
                          series->how);
            }
        }
    }
}

Test(danish, every_policy_has_danish_texts_units_and_sources)
{
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        for (uint32_t p = 0; flyt_models[m]->policy != NULL && flyt_models[m]->policy[p]; p++) {
            const struct flyt_policy_spec *spec = flyt_models[m]->policy[p];
            cr_expect(spec->source != NULL && !is_english(flyt_danish_say(spec->source, FLYT_DA)),
                      "output/danish.def lacks the source of %s", spec->name);
            cr_expect(spec->doc_en != NULL && spec->doc_da != NULL && spec->serves != NULL,
                      "%s does not say what it does", spec->name);
            for (uint32_t i = 0; i < spec->n_fields; i++) {
                const struct flyt_field *field = &spec->field[i];
                const char *source = flyt_danish_say(field->source, FLYT_DA);
                if (field->type != FLYT_FIELD_choice) {
                    expect_unit(field->unit, field->name);
                }
                cr_expect(!is_english(source), "output/danish.def lacks the source of %s.%s: %s",
                          spec->name, field->name, source);
            }
            for (uint32_t i = 0; i < spec->n_series; i++) {
                const char *how = spec->series[i].how;
                expect_unit(spec->series[i].unit, spec->series[i].name);
                cr_expect(how != NULL && strcmp(flyt_danish_say(how, FLYT_DA), how) != 0,
                          "output/danish.def lacks how %s is computed: %s", spec->series[i].name,
                          how);
                cr_expect_str_eq(spec->series[i].policy, spec->name);
            }
        }
    }
}

Test(danish, every_column_of_a_table_has_a_danish_unit)
{
    for (uint32_t m = 0; flyt_models[m] != NULL; m++) {
        for (uint32_t t = 0; t < flyt_models[m]->n_tables; t++) {
            const struct flyt_table_spec *spec = &flyt_models[m]->table[t];
            for (uint32_t i = 0; i < spec->n_columns; i++) {
                if (spec->column[i].type != FLYT_COLUMN_choice) {
                    expect_unit(spec->column[i].unit, spec->column[i].name);
                }
            }
        }
    }
}

Test(danish, a_danish_reader_sees_a_decimal_comma)
{
    char number[] = "1.25", whole[] = "12";
    cr_assert_str_eq(flyt_units_decimal(number, FLYT_EN), "1.25");
    cr_assert_str_eq(flyt_units_decimal(number, FLYT_DA), "1,25");
    cr_assert_str_eq(flyt_units_decimal(whole, FLYT_DA), "12");
}

/* Lines of the pages of a comparison: what they are called is told whole. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/policy.h"
#include "output/compare_plot.h"
#include "output/compare_table.h"
#include "sim/units.h"

enum { LABEL_MOST = 400 };

static struct flyt_arena arena;

static void setup(void)
{
    flyt_arena_init(&arena, 0);
}

static void teardown(void)
{
    flyt_arena_free(&arena);
}

TestSuite(compare_table, .init = setup, .fini = teardown);

/** The first `width` characters of each line of a page, words parted by one blank. */
static const char *column_of(const char *page, size_t width)
{
    char *out = FLYT_ARENA_ZERO(&arena, char, strlen(page) + 2);
    size_t n = 0, character = 0;
    for (const char *at = page; *at != '\0'; at++) {
        bool begins = ((unsigned char)*at & 0xC0) != 0x80, blank = *at == ' ' || *at == '\n';
        if (*at == '\n') {
            character = 0;
        } else if (begins && ++character > width) {
            character = width + 1; /* also the bytes that follow */
        }
        if (blank && n > 0 && out[n - 1] != ' ') {
            out[n++] = ' ';
        } else if (!blank && character <= width) {
            out[n++] = *at;
        }
    }
    return out;
}

/** Both pages tell the label and the unit of an item whole, with one blank before the unit. */
static void expect_whole(const struct flyt_compare_item *item)
{
    double value = 1.0, other = 2.0;
    struct flyt_compare_item copy = *item;
    struct flyt_compare_items one = {.item = &copy, .n = 1};
    struct flyt_compare_values none = {1, 0, 1, &value, 1};
    struct flyt_compare_arm arm = {.name = "flexible_letting", .en = "P", .da = "P"};
    arm.values = (struct flyt_compare_values){1, 0, 1, &other, 1};
    for (int lang = FLYT_EN; lang <= FLYT_DA; lang++) {
        struct flyt_compare_page page = {.title = "By", .lang = (enum flyt_lang)lang};
        struct flyt_text row = {.arena = &arena}, many = row;
        char label[LABEL_MOST];
        const char *unit = flyt_units_say(item->unit, page.lang);
        (void)snprintf(label, sizeof label, strcmp(unit, "1") == 0 ? "%s" : "%s (%s)",
                       page.lang == FLYT_DA ? item->da : item->en, unit);
        struct flyt_compare_row told = {.item = &copy, .n = 1, .change = 1.0, .ratio = NAN};
        flyt_compare_put_row(&row, &told, &page);
        cr_assert_eq(flyt_compare_write_many(&one, &none, &arm, 1, NULL, &page, &many), FLYT_OK);
        cr_expect_not_null(strstr(column_of(row.bytes, 54), label), "cut: %s\n%s", label,
                           row.bytes);
        cr_expect_not_null(strstr(column_of(many.bytes, 46), label), "cut: %s\n%s", label,
                           many.bytes);
        cr_expect_not_null(strstr(many.bytes, " flexible_letting "), "%s", many.bytes);
    }
}

/** Every outcome, and every series that a policy tells of. */
Test(compare_table, no_label_is_cut_in_either_language)
{
    static const struct flyt_compare_item outcome[] = {
#define X(name_, unit_, digits_, of_, over_, where_, en_, da_)                                     \
    {.name = #name_, .unit = unit_, .en = en_, .da = da_, .digits = digits_},
        FLYT_COMPARE_OUTCOMES(X)
#undef X
    };
    uint32_t n_series = 0;
    for (size_t i = 0; i < FLYT_COUNT(outcome); i++) {
        expect_whole(&outcome[i]);
    }
    for (uint32_t p = 0; flyt_policies_specs[p] != NULL; p++) {
        for (uint32_t s = 0; s < flyt_policies_specs[p]->n_series; s++, n_series++) {
            const struct flyt_series *series = &flyt_policies_specs[p]->series[s];
            expect_whole(&(struct flyt_compare_item){.name = series->name,
                                                     .unit = series->unit,
                                                     .en = series->en,
                                                     .da = series->da,
                                                     .group = FLYT_COMPARE_policy});
        }
    }
    cr_expect_gt(n_series, 50);
}

Test(compare_table, zero_has_one_form)
{
    static const double zero[] = {0.0, -0.0, 0.5, -0.5, 0.49, -0.2};
    char number[FLYT_COMPARE_NUMBER];
    for (size_t i = 0; i < FLYT_COUNT(zero); i++) {
        cr_expect_str_eq(flyt_compare_number(number, zero[i], 0, true, FLYT_EN), "0");
    }
    cr_expect_str_eq(flyt_compare_number(number, -0.004, 2, true, FLYT_DA), "0,00");
    cr_expect_str_eq(flyt_compare_number(number, 0.51, 0, true, FLYT_EN), "+1");
}

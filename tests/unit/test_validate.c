/* Targets against a small result whose numbers are known by heart. */
#include <criterion/criterion.h>
#include <math.h>

#include "output/validate.h"
#include "output/validate_cells.h"
#include "sim/identities.h"

enum { TENURES = 2, AGES = 3, YEARS = 4, REPLICATES = 2 };

static const char *const tenure_en[] = {"Renter", "Owner"};
static const char *const tenure_da[] = {"Lejer", "Ejer"};
static const char *const age_en[] = {"18-29", "30-64", "65+"};

/** Homes 100 and 200; moves 1 and 2 a month in replicate 0, twice that in 1; people by age; a price
 *  that grows by 2 % a year (owners) or falls by 5 % (renters). */
struct fixture {
    struct flyt_arena arena;
    struct flyt_diag diag;
    struct flyt_dim dim[2];
    struct flyt_result_series series[4];
    struct flyt_result result;
};

static struct flyt_result_series series_of(const char *name, enum flyt_series_type type,
                                           enum flyt_series_kind kind,
                                           enum flyt_series_period period, uint32_t n_dims)
{
    return (struct flyt_result_series){.name = name,
                                       .type = type,
                                       .kind = kind,
                                       .period = period,
                                       .n_dims = n_dims,
                                       .dim = {0, 1},
                                       .n_cells = n_dims == 2 ? TENURES * AGES : TENURES};
}

static void fill(struct fixture *f)
{
    for (uint32_t r = 0; r < REPLICATES; r++) {
        for (uint32_t row = 0; row <= 12 * YEARS; row++) {
            int64_t *moves = flyt_result_row(&f->result, &f->series[1], r, row);
            moves[0] = row == 0 ? 0 : (int64_t)(r + 1);
            moves[1] = row == 0 ? 0 : (int64_t)(2 * (r + 1));
        }
        for (uint32_t row = 0; row <= YEARS; row++) {
            int64_t *homes = flyt_result_row(&f->result, &f->series[0], r, row);
            homes[0] = 100;
            homes[1] = 200;
            int64_t *people = flyt_result_row(&f->result, &f->series[2], r, row);
            for (uint32_t i = 0; i < TENURES * AGES; i++) {
                people[i] = 10 * (int64_t)(i + 1) + (i == 4 ? 5 * (int64_t)row : 0);
            }
            double *price = flyt_result_row(&f->result, &f->series[3], r, row);
            price[0] = 100.0 * pow(0.95, row);
            price[1] = 1000.0 * pow(1.02, row);
        }
    }
}

static void setup(struct fixture *f)
{
    *f = (struct fixture){0};
    flyt_arena_init(&f->arena, 0);
    f->dim[0] = (struct flyt_dim){"tenure", "Tenure", "Ejerform", TENURES, tenure_en, tenure_da};
    f->dim[1] = (struct flyt_dim){"age", "Age", "Alder", AGES, age_en, age_en};
    f->series[0] = series_of("homes", FLYT_SERIES_count, FLYT_SERIES_stock, FLYT_SERIES_yearly, 1);
    f->series[1] = series_of("moves", FLYT_SERIES_count, FLYT_SERIES_flow, FLYT_SERIES_monthly, 1);
    f->series[2] = series_of("people", FLYT_SERIES_count, FLYT_SERIES_stock, FLYT_SERIES_yearly, 2);
    f->series[3] = series_of("price", FLYT_SERIES_real, FLYT_SERIES_stock, FLYT_SERIES_yearly, 1);
    f->result = (struct flyt_result){.start_year = 2024,
                                     .n_months = 12 * YEARS,
                                     .n_years = YEARS,
                                     .n_replicates = REPLICATES,
                                     .n_dims = 2,
                                     .dim = f->dim,
                                     .n_series = 4,
                                     .series = f->series};
    for (uint32_t s = 0; s < 4; s++) {
        uint32_t rows = flyt_result_rows(&f->result, &f->series[s]);
        f->series[s].data.count =
            FLYT_ARENA_ZERO(&f->arena, int64_t, REPLICATES * rows * f->series[s].n_cells);
    }
    fill(f);
}

static struct flyt_target target_of(enum flyt_target_measure measure, const char *of,
                                    const char *over)
{
    return (struct flyt_target){.name = "x",
                                .en = "x",
                                .da = "x",
                                .unit = "%",
                                .source = "s",
                                .note = "",
                                .of = of,
                                .over = over,
                                .where = "",
                                .measure = measure,
                                .first_year = 1,
                                .last_year = FLYT_NONE};
}

static struct flyt_measured measure(struct fixture *f, struct flyt_target target)
{
    struct flyt_measured out;
    cr_assert_eq(flyt_validate_measure(&f->result, &target, target.first_year, target.last_year,
                                       &f->arena, &out, &f->diag),
                 FLYT_OK, "%s", f->diag.fault[0].text);
    return out;
}

Test(validate, a_flow_over_a_stock_is_a_rate_a_year)
{
    struct fixture f;
    setup(&f);
    struct flyt_measured rate =
        measure(&f, target_of(FLYT_TARGET_percent, "moves[tenure=Renter]", "homes[tenure=Renter]"));
    cr_assert_float_eq(rate.mean, 18.0, 1e-9, "12 and 24 moves of 100 homes: %g", rate.mean);
    cr_assert_float_eq(rate.spread, 12.0 / sqrt(2.0), 1e-9, "%g", rate.spread);
    flyt_arena_free(&f.arena);
}

Test(validate, cells_are_chosen_by_label_and_summed)
{
    struct fixture f;
    setup(&f);
    struct flyt_target target = target_of(FLYT_TARGET_percent, "people[tenure=Owner;age=18-29|65+]",
                                          "people[tenure=Owner]");
    target.last_year = 1; /* owners: 40, 50 then 55, 60: the mean of both ends of the year */
    struct flyt_measured share = measure(&f, target);
    cr_assert_float_eq(share.mean, 100.0 * 100.0 / 152.5, 1e-9, "%g", share.mean);
    struct flyt_measured all = measure(&f, target_of(FLYT_TARGET_ratio, "homes", "homes"));
    cr_assert_float_eq(all.mean, 1.0, 1e-12);
    struct flyt_measured level = measure(&f, target_of(FLYT_TARGET_level, "homes", ""));
    cr_assert_float_eq(level.mean, 300.0, 1e-9);
    flyt_arena_free(&f.arena);
}

Test(validate, trend_and_drift_find_the_cell_that_moves_most)
{
    struct fixture f;
    setup(&f);
    struct flyt_measured trend = measure(&f, target_of(FLYT_TARGET_trend, "price", ""));
    cr_assert_float_eq(trend.mean, 100.0 * log(0.95), 1e-6, "%g", trend.mean);
    cr_assert_str_eq(trend.cell, "Renter");
    struct flyt_measured drift =
        measure(&f, target_of(FLYT_TARGET_drift, "people[tenure=Owner]", "homes[tenure=Owner]"));
    cr_assert_float_eq(drift.mean, 2.5, 1e-9, "5 persons a year of 200 homes: %g", drift.mean);
    cr_assert_str_eq(drift.cell, "Owner, 30-64");
    struct flyt_measured still = measure(&f, target_of(FLYT_TARGET_trend, "homes", ""));
    cr_assert(isnan(still.mean) && still.missing != NULL, "what nothing moves is not measured");
    flyt_arena_free(&f.arena);
}

Test(validate, what_a_result_lacks_cannot_be_measured_and_is_not_met)
{
    struct fixture f;
    setup(&f);
    struct flyt_target late = target_of(FLYT_TARGET_percent, "moves", "homes");
    late.first_year = YEARS + 1;
    const struct flyt_target targets[] = {
        target_of(FLYT_TARGET_percent, "sales[tenure=Owner]", "homes"), late};
    for (size_t i = 0; i < FLYT_COUNT(targets); i++) {
        struct flyt_measured out = measure(&f, targets[i]);
        cr_assert(isnan(out.mean) && out.missing != NULL);
        cr_assert_eq(flyt_validate_verdict(&targets[i], out.mean), FLYT_VERDICT_unmeasured);
    }
    flyt_arena_free(&f.arena);
}

Test(validate, a_wrong_label_dimension_or_text_is_a_fault)
{
    static const char *const wrong[] = {
        "homes[tenure=Owners]", "homes[age=65+]", "homes[tenure=Owner",
        "homes[tenure]",        "homes[",         "homes]",
        "homes[tenure=Owner]x"};
    struct fixture f;
    setup(&f);
    for (size_t i = 0; i < FLYT_COUNT(wrong); i++) {
        struct flyt_target target = target_of(FLYT_TARGET_level, wrong[i], "");
        struct flyt_measured out;
        enum flyt_status status =
            flyt_validate_measure(&f.result, &target, 1, 1, &f.arena, &out, &f.diag);
        bool missing = status == FLYT_OK && out.missing != NULL; /* "homes]" is no series */
        cr_assert(status == FLYT_ERR_SCENARIO || missing, "%s", wrong[i]);
    }
    flyt_arena_free(&f.arena);
}

Test(validate, bounds_and_standing_decide_the_verdict)
{
    struct flyt_target target = target_of(FLYT_TARGET_percent, "a", "b");
    target.value = 10.0;
    target.tolerance = 1.0;
    cr_assert_eq(flyt_validate_verdict(&target, 10.9), FLYT_VERDICT_hit);
    cr_assert_eq(flyt_validate_verdict(&target, 11.1), FLYT_VERDICT_miss);
    target.bound = FLYT_TARGET_at_most;
    cr_assert_eq(flyt_validate_verdict(&target, 0.0), FLYT_VERDICT_hit);
    target.measure = FLYT_TARGET_drift; /* a fall counts like a rise */
    cr_assert_eq(flyt_validate_verdict(&target, -12.0), FLYT_VERDICT_miss);
    target.standing = FLYT_TARGET_indicative;
    cr_assert_eq(flyt_validate_verdict(&target, -12.0), FLYT_VERDICT_outside);
    cr_assert_eq(flyt_validate_verdict(&target, -10.0), FLYT_VERDICT_inside);
}

Test(validate, only_hard_rows_are_missed)
{
    struct flyt_validate_row rows[] = {{.verdict = FLYT_VERDICT_outside},
                                       {.verdict = FLYT_VERDICT_unmeasured},
                                       {.verdict = FLYT_VERDICT_hit}};
    cr_assert_not(flyt_validate_missed(rows, FLYT_COUNT(rows)));
    rows[2].verdict = FLYT_VERDICT_miss;
    cr_assert(flyt_validate_missed(rows, FLYT_COUNT(rows)));
}

Test(validate, parts_of_one_whole_are_summed)
{
    struct flyt_target target[] = {target_of(FLYT_TARGET_percent, "lettings[c=a]", "lettings"),
                                   target_of(FLYT_TARGET_percent, "moves[c=a]", "lettings"),
                                   target_of(FLYT_TARGET_percent, "lettings[c=b]", "lettings")};
    struct flyt_targets targets = {3, target};
    uint32_t n = 0;
    target[0].value = 60.0;
    target[1].value = 7.0;
    target[2].value = 40.0;
    cr_assert_float_eq(flyt_identities_sum(&targets, 0, &n), 100.0, 1e-12);
    cr_assert_eq(n, 2);
    cr_assert(isnan(flyt_identities_sum(&targets, 1, &n)), "a rate is no share");
    cr_assert(isnan(flyt_identities_sum(&targets, 2, &n)), "told once");
}

#include "segregation_fixture.h"

static const struct flyt_segregation_options plain = {.atkinson_b = 0.5};

/* ---- known values of the literature's worked tables ------------------------------------------ */

Test(segregation, a_table_of_four_units_has_its_known_values)
{
    const uint32_t count[] = {100, 0, 60, 40, 40, 60, 0, 100};
    struct fixture f;
    fixture_measure(&f, count, 4, 2, &plain);
    for (uint32_t g = 0; g < 2; g++) {
        CLOSE(MEASURED(&f, g, dissimilarity), 0.6, 1e-12);
        CLOSE(MEASURED(&f, g, gini), 0.8, 1e-12);
        CLOSE(MEASURED(&f, g, isolation), 0.76, 1e-12);
        CLOSE(MEASURED(&f, g, interaction), 0.24, 1e-12);
        CLOSE(MEASURED(&f, g, correlation_ratio), 0.52, 1e-12);
        CLOSE(MEASURED(&f, g, theil_h), 0.514525, 5e-7);
        CLOSE(MEASURED(&f, g, atkinson), 0.76, 1e-12);
    }
    flyt_arena_free(&f.arena);
}

Test(segregation, a_table_of_two_kinds_of_units_has_its_known_values)
{
    const uint32_t count[] = {80, 20, 80, 20, 20, 80, 20, 80};
    struct fixture f;
    fixture_measure(&f, count, 4, 2, &plain);
    CLOSE(MEASURED(&f, 0, dissimilarity), 0.6, 1e-12);
    CLOSE(MEASURED(&f, 0, gini), 0.6, 1e-12);
    CLOSE(MEASURED(&f, 0, isolation), 0.68, 1e-12);
    CLOSE(MEASURED(&f, 0, theil_h), 0.278072, 5e-7);
    CLOSE(MEASURED(&f, 0, atkinson), 0.36, 1e-12);
    CLOSE(MEASURED(&f, 0, hutchens), 1.0 - 2.0 * sqrt(0.8 * 0.2), 1e-12);
    /* with two groups the multigroup forms are the two-group ones */
    CLOSE(MEASURED(&f, 2, multigroup_dissimilarity), 0.6, 1e-12);
    CLOSE(MEASURED(&f, 2, multigroup_gini), 0.6, 1e-12);
    CLOSE(MEASURED(&f, 2, theil_h), MEASURED(&f, 0, theil_h), 1e-12);
    CLOSE(MEASURED(&f, 2, theil_m), MEASURED(&f, 0, theil_m), 1e-12);
    CLOSE(MEASURED(&f, 2, relative_diversity), MEASURED(&f, 0, correlation_ratio), 1e-12);
    CLOSE(MEASURED(&f, 2, squared_cv), MEASURED(&f, 0, correlation_ratio), 1e-12);
    flyt_arena_free(&f.arena);
}

Test(segregation, groups_that_never_meet_have_m_of_ln_2_and_all_else_1)
{
    const uint32_t count[] = {50, 0, 0, 30, 50, 0, 0, 70};
    struct fixture f;
    fixture_measure(&f, count, 4, 2, &plain);
    CLOSE(MEASURED(&f, 0, theil_m), 0.69314718055994531, 1e-15);
    CLOSE(MEASURED(&f, 0, theil_h), 1.0, 1e-15);
    CLOSE(MEASURED(&f, 0, dissimilarity), 1.0, 1e-15);
    CLOSE(MEASURED(&f, 0, gini), 1.0, 1e-15);
    CLOSE(MEASURED(&f, 0, isolation), 1.0, 1e-15);
    CLOSE(MEASURED(&f, 0, correlation_ratio), 1.0, 1e-15);
    CLOSE(MEASURED(&f, 0, atkinson), 1.0, 1e-15);
    CLOSE(MEASURED(&f, 0, hutchens), 1.0, 1e-15);
    flyt_arena_free(&f.arena);
}

Test(segregation, units_of_one_composition_are_even)
{
    const uint32_t count[] = {10, 20, 30, 1, 2, 3, 100, 200, 300, 0, 0, 0, 7, 14, 21};
    struct fixture f;
    fixture_measure(&f, count, 5, 3, &plain);
    cr_assert_eq(f.table.n_units, 4, "the empty unit drops out");
    for (uint32_t g = 0; g < 3; g++) {
        CLOSE(MEASURED(&f, g, dissimilarity), 0.0, 1e-15);
        CLOSE(MEASURED(&f, g, gini), 0.0, 1e-15);
        CLOSE(MEASURED(&f, g, theil_m), 0.0, 1e-15);
        CLOSE(MEASURED(&f, g, atkinson), 0.0, 1e-15);
        CLOSE(MEASURED(&f, g, hutchens), 0.0, 1e-15);
        CLOSE(MEASURED(&f, g, correlation_ratio), 0.0, 1e-15);
    }
    CLOSE(MEASURED(&f, 3, theil_h), 0.0, 1e-15);
    CLOSE(MEASURED(&f, 3, multigroup_gini), 0.0, 1e-15);
    CLOSE(MEASURED(&f, 3, squared_cv), 0.0, 1e-15);
    CLOSE(MEASURED(&f, 3, rank_order_h), 0.0, 1e-12);
    flyt_arena_free(&f.arena);
}

Test(segregation, multigroup_measures_of_a_table_solved_by_hand)
{
    /* two units: (2, 1, 1) and (0, 1, 3); P = 1/4, 1/4, 1/2, I = 5/8 */
    const uint32_t count[] = {2, 1, 1, 0, 1, 3};
    struct fixture f;
    fixture_measure(&f, count, 2, 3, &plain);
    /* |p - P|: .25 0 .25 in both units: sum t |.| = 4; D = 4 / (2 * 8 * 5/8) */
    CLOSE(MEASURED(&f, 3, multigroup_dissimilarity), 0.4, 1e-12);
    /* pairs: 2 * 16 * (.5 + 0 + .5) / (2 * 64 * 5/8) */
    CLOSE(MEASURED(&f, 3, multigroup_gini), 0.4, 1e-12);
    CLOSE(MEASURED(&f, 3, relative_diversity), 8 * (2 * 0.0625) / (8 * 0.625), 1e-12);
    CLOSE(MEASURED(&f, 3, squared_cv), (0.0625 / 0.25 + 0.0625 / 0.5) / 2.0, 1e-12);
    CLOSE(MEASURED(&f, 3, theil_m), (2 * log(2.0) + log(0.5) + 3 * log(1.5)) / 8.0, 1e-12);
    flyt_arena_free(&f.arena);
}

Test(segregation, atkinson_takes_other_weights_than_a_half)
{
    const uint32_t count[] = {80, 20, 20, 80};
    const struct flyt_segregation_options quarter = {.atkinson_b = 0.25};
    struct fixture f;
    fixture_measure(&f, count, 2, 2, &quarter);
    double sum = 0.0, b = 0.25;
    for (int i = 0; i < 2; i++) {
        double p = i == 0 ? 0.8 : 0.2;
        sum += pow(1.0 - p, 1.0 - b) * pow(p, b) * 100.0 / (0.5 * 200.0);
    }
    CLOSE(MEASURED(&f, 0, atkinson), 1.0 - pow(sum, 1.0 / (1.0 - b)), 1e-12);
    flyt_arena_free(&f.arena);
}

Test(segregation, a_group_with_nobody_or_everybody_has_no_measures)
{
    const uint32_t count[] = {5, 0, 7, 0};
    struct fixture f;
    fixture_measure(&f, count, 2, 2, &plain);
    for (uint32_t g = 0; g < 3; g++) {
        cr_assert(isnan(MEASURED(&f, g, dissimilarity)));
        cr_assert(isnan(MEASURED(&f, g, theil_h)));
    }
    flyt_arena_free(&f.arena);
}

Test(segregation, exposure_to_each_group_is_told_apart)
{
    const uint32_t count[] = {6, 3, 1, 2, 2, 6};
    struct fixture f;
    fixture_measure(&f, count, 2, 3, &plain);
    const double *xpy = f.measures.interaction;
    CLOSE(xpy[1], (6 * 3 + 2 * 2) / 80.0, 1e-12);
    CLOSE(xpy[2], (6 * 1 + 2 * 6) / 80.0, 1e-12);
    CLOSE(xpy[0] + xpy[1] + xpy[2], 1.0, 1e-12);
    CLOSE(MEASURED(&f, 0, interaction), xpy[1] + xpy[2], 1e-12);
    /* without bias: persons meet the nine others of their unit */
    CLOSE(f.measures.unbiased[0], (6 * 5 + 2 * 1) / (9.0 * 8.0), 1e-12);
    CLOSE(f.measures.unbiased[1], (6 * 3 + 2 * 2) / (9.0 * 8.0), 1e-12);
    flyt_arena_free(&f.arena);
}

/* ---- ordered classes --------------------------------------------------------------------------
 */

Test(segregation, rank_order_measures_have_their_known_values)
{
    const uint32_t count[] = {10, 10, 10, 20, 30, 40, 50, 0,  20, 10, 10, 10, 20, 20,
                              10, 20, 10, 10, 10, 0,  0,  30, 30, 20, 10, 10, 0,  0};
    struct fixture f;
    fixture_measure(&f, count, 4, 7, &plain);
    CLOSE(MEASURED(&f, 7, rank_order_h), 0.205307, 5e-7);
    CLOSE(MEASURED(&f, 7, rank_order_r), 0.218051, 5e-7);
    flyt_arena_free(&f.arena);
}

Test(segregation, rank_order_h_of_a_constant_cut_function_is_that_constant)
{
    const double p[] = {0.1, 0.2, 0.4, 0.6, 0.7, 0.95}, h[] = {0.3, 0.3, 0.3, 0.3, 0.3, 0.3};
    CLOSE(flyt_segregation_rank_fit(p, h, 6, false), 0.3, 1e-12);
    CLOSE(flyt_segregation_rank_fit(p, h, 6, true), 0.3, 1e-12);
    double line[6];
    for (int i = 0; i < 6; i++) {
        line[i] = 0.1 + 0.4 * p[i];
    }
    CLOSE(flyt_segregation_rank_fit(p, line, 6, false), 0.3, 1e-12); /* mean rank 1/2 */
    cr_assert(isnan(flyt_segregation_rank_fit(p, h, 1, false)), "one cut is no function");
}

Test(segregation, an_empty_class_changes_no_rank_order)
{
    const uint32_t with[] = {10, 0, 20, 5, 5, 0, 10, 20}, without[] = {10, 20, 5, 5, 10, 20};
    struct fixture a, b;
    fixture_measure(&a, with, 2, 4, &plain);
    fixture_measure(&b, without, 2, 3, &plain);
    CLOSE(MEASURED(&a, 4, rank_order_h), MEASURED(&b, 3, rank_order_h), 1e-12);
    flyt_arena_free(&a.arena);
    flyt_arena_free(&b.arena);
}

/* ---- Elbers, Karmel and Maclachlan --------------------------------------------------------------
 */

Test(segregation, proportional_fitting_has_the_known_table)
{
    const double seed[] = {100, 50, 100, 50, 50, 50};
    const double units[] = {225, 200, 175}, groups[] = {325, 275};
    const double known[] = {134.7339, 85.4731, 104.7930, 90.2661, 114.5269, 70.2070};
    double fitted[6];
    cr_assert_leq(flyt_segregation_fit(seed, 3, 2, units, groups, fitted), 1e-12);
    for (int i = 0; i < 6; i++) {
        CLOSE(fitted[i], known[i], 5e-5);
    }
}

Test(segregation, a_change_of_margins_alone_is_no_change_of_structure)
{
    /* the second table is the first with the third unit doubled */
    const uint32_t a[] = {25, 25, 28, 2, 2, 18}, b[] = {25, 25, 28, 2, 4, 36};
    const struct flyt_segregation_counts before = {3, 2, a}, after = {3, 2, b};
    struct flyt_arena arena;
    struct flyt_segregation_change change;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_segregation_compare(&before, &after, &arena, &change), FLYT_OK);
    CLOSE(change.structure, 0.0, 1e-9);
    CLOSE(change.unit_margin + change.group_margin, change.m2 - change.m1, 1e-9);
    cr_assert_gt(fabs(change.m2 - change.m1), 0.01);
    flyt_arena_free(&arena);
}

Test(segregation, units_that_come_and_go_are_told_apart_from_change_within)
{
    const uint32_t a[] = {30, 10, 10, 30, 50, 0, 0, 0}, b[] = {30, 10, 10, 30, 0, 0, 0, 40};
    const struct flyt_segregation_counts before = {4, 2, a}, after = {4, 2, b};
    struct flyt_arena arena;
    struct flyt_segregation_change change, back;
    flyt_arena_init(&arena, 0);
    cr_assert_eq(flyt_segregation_compare(&before, &after, &arena, &change), FLYT_OK);
    cr_assert_eq(flyt_segregation_compare(&after, &before, &arena, &back), FLYT_OK);
    CLOSE(change.structure, 0.0, 1e-9);
    CLOSE(change.unit_margin, 0.0, 1e-9);
    CLOSE(change.group_margin, 0.0, 1e-9);
    CLOSE(change.additions + change.removals, change.m2 - change.m1, 1e-12);
    cr_assert_gt(change.additions, 0.0);
    cr_assert_lt(change.removals, 0.0);
    CLOSE(back.additions, -change.removals, 1e-12);
    flyt_arena_free(&arena);
}

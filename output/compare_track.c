#include "output/compare_track.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>

#include "output/compare_table.h"
#include "sim/num.h"

enum { LATER = 5 /* years after, at most, that the second table tells of */ };

enum track_outcome {
#define X(name, ...) TRACK_##name,
    FLYT_TRACK_OUTCOMES(X)
#undef X
        N_OUTCOMES
};

static const struct flyt_compare_item outcomes[N_OUTCOMES] = {
#define X(name_, unit_, digits_, en_, da_)                                                         \
    {.name = #name_, .unit = unit_, .en = en_, .da = da_, .digits = digits_, .of = "", .over = ""},
    FLYT_TRACK_OUTCOMES(X)
#undef X
};

static const struct flyt_compare_item parts[FLYT_LEAK_N_PARTS] = {
#define X(name_, en_, da_)                                                                         \
    {.name = #name_,                                                                               \
     .unit = "points",                                                                             \
     .en = en_,                                                                                    \
     .da = da_,                                                                                    \
     .group = FLYT_COMPARE_cost,                                                                   \
     .digits = 2,                                                                                  \
     .of = "",                                                                                     \
     .over = ""},
    FLYT_LEAK_PARTS(X)
#undef X
};

/* ---- outcomes of the reached ---------------------------------------------------------------- */

/** Whole numbers over households of one run: what outcomes are made of. */
struct sums {
    int64_t n, here, works, outside, working_age, cases, deprived, elsewhere, moved, income,
        child_months;
};

static void add_life(struct sums *sums, const struct flyt_track_reach *reach,
                     const struct flyt_track_life *life)
{
    sums->n++;
    sums->works += life->works;
    sums->outside += life->outside;
    sums->working_age += life->working_age;
    sums->cases += life->cases;
    sums->deprived += life->deprived;
    sums->elsewhere += life->area != reach->area;
    sums->moved += life->moved_in >= reach->month;
    sums->income += life->disposable_ore;
    sums->child_months += life->child_months;
}

static double over(double scale, int64_t part, int64_t whole)
{
    return whole > 0 ? scale * (double)part / (double)whole : NAN;
}

/** @param reached  households, those gone among them. */
static void set_values(const struct flyt_compare_values *values, const struct sums *sums,
                       int64_t reached, uint32_t years, uint32_t pair)
{
    const double value[N_OUTCOMES] = {
        [TRACK_here] = over(100.0, sums->here, reached),
        [TRACK_works] = over(100.0, sums->works, sums->n),
        [TRACK_outside_work] = over(100.0, sums->outside, sums->working_age),
        [TRACK_cases] = over(1.0, sums->cases, sums->n),
        [TRACK_deprived] = over(100.0, sums->deprived, sums->n),
        [TRACK_elsewhere] = over(100.0, sums->elsewhere, sums->n),
        [TRACK_moved] = over(100.0, sums->moved, sums->n),
        [TRACK_income] = over(0.01, sums->income, sums->n),
        [TRACK_child_months] = over(1.0, sums->child_months, sums->n),
    };
    for (uint32_t i = 0; i < N_OUTCOMES; i++) {
        *flyt_compare_at(values, i, years, pair) = value[i];
    }
}

/** One pair, so many years after. */
static void measure(const struct flyt_track_group *group, const struct flyt_track *with,
                    const struct flyt_track *without, uint32_t policy, uint32_t years,
                    uint32_t pair)
{
    const struct flyt_track_one *after = &with->one[pair], *before = &without->one[pair];
    struct sums sums[2] = {{0}, {0}};
    int64_t reached = 0;
    for (uint32_t i = 0; i < after->n_reach; i++) {
        const struct flyt_track_reach *reach = &after->reach[i];
        uint32_t year = reach->year + years;
        if (reach->policy != policy || year > with->n_years) {
            continue;
        }
        const struct flyt_track_life *a = flyt_track_find(before, year, reach->uid),
                                     *b = flyt_track_find(after, year, reach->uid);
        reached++;
        sums[0].here += a != NULL;
        sums[1].here += b != NULL;
        if (a != NULL && b != NULL) {
            add_life(&sums[0], reach, a);
            add_life(&sums[1], reach, b);
        }
    }
    set_values(&group->before, &sums[0], reached, years, pair);
    set_values(&group->after, &sums[1], reached, years, pair);
    group->reached[(size_t)years * with->n_pairs + pair] = (double)reached;
}

static enum flyt_status take_values(const struct flyt_track *with, struct flyt_arena *arena,
                                    struct flyt_compare_values *values)
{
    *values = (struct flyt_compare_values){
        .n_items = N_OUTCOMES, .n_years = with->n_years - 1, .n_pairs = with->n_pairs};
    values->value =
        FLYT_ARENA_ARRAY(arena, double, (size_t)N_OUTCOMES * with->n_years * with->n_pairs);
    return values->value == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

static enum flyt_status take_group(const struct flyt_track *with, const struct flyt_track *without,
                                   uint32_t policy, struct flyt_arena *arena,
                                   struct flyt_track_group *group)
{
    *group = (struct flyt_track_group){.policy = flyt_policies_known[policy]};
    group->items.item = FLYT_ARENA_ARRAY(arena, struct flyt_compare_item, N_OUTCOMES);
    group->reached = FLYT_ARENA_ZERO(arena, double, (size_t)with->n_years * with->n_pairs);
    if (group->items.item == NULL || group->reached == NULL) {
        return FLYT_ERR_MEMORY;
    }
    group->items.n = N_OUTCOMES;
    for (uint32_t i = 0; i < N_OUTCOMES; i++) {
        group->items.item[i] = outcomes[i];
    }
    FLYT_TRY(take_values(with, arena, &group->before));
    FLYT_TRY(take_values(with, arena, &group->after));
    for (uint32_t years = 0; years < with->n_years; years++) {
        for (uint32_t pair = 0; pair < with->n_pairs; pair++) {
            measure(group, with, without, policy, years, pair);
        }
    }
    return FLYT_OK;
}

/* ---- leakage -------------------------------------------------------------------------------- */

/** Persons, all together or of a part. */
struct persons {
    int64_t outside, all;
};

static struct persons persons_of(const struct flyt_track_life *life)
{
    return (struct persons){life->outside, life->working_age};
}

static void add(struct persons *to, struct persons one, int64_t sign)
{
    to->outside += sign * one.outside;
    to->all += sign * one.all;
}

/** What households reached by then add, by part; `still` the control's persons. */
static void add_reached(const struct flyt_track_one *after, const struct flyt_track_one *before,
                        uint32_t year, struct persons *part, struct persons *still)
{
    uint64_t last = 0;
    for (uint32_t i = 0; i < after->n_reach; i++) {
        const struct flyt_track_reach *reach = &after->reach[i];
        if (reach->year > year || reach->uid == last) {
            continue; /* later, or by another policy too */
        }
        last = reach->uid;
        const struct flyt_track_life *a = flyt_track_find(before, year, reach->uid),
                                     *b = flyt_track_find(after, year, reach->uid);
        bool without = a != NULL && a->deprived, with = b != NULL && b->deprived;
        struct persons *to = &part[with && without ? FLYT_LEAK_both
                                   : without       ? FLYT_LEAK_left
                                                   : FLYT_LEAK_kept];
        if (without) {
            add(to, persons_of(a), -1);
        }
        if (with) {
            add(to, persons_of(b), 1);
        }
        if (without && b != NULL) {
            add(still, persons_of(a), -1);
            add(still, persons_of(b), 1);
        }
    }
}

static void measure_leak(const struct flyt_track_table *table, const struct flyt_track_one *after,
                         const struct flyt_track_one *before, uint32_t year, uint32_t pair)
{
    struct persons part[FLYT_LEAK_N_PARTS] = {{0, 0}}, change = {0, 0};
    struct persons a = {before->outside[year], before->working_age[year]}, still = a;
    struct persons b = {after->outside[year], after->working_age[year]};
    add_reached(after, before, year, part, &still);
    add(&change, b, 1);
    add(&change, a, -1);
    part[FLYT_LEAK_others] = change;
    for (uint32_t p = FLYT_LEAK_both; p <= FLYT_LEAK_kept; p++) {
        add(&part[FLYT_LEAK_others], part[p], -1);
    }
    double share_a = over(100.0, a.outside, a.all), share_b = over(100.0, b.outside, b.all);
    double mean = (share_a + share_b) / 2.0, n = (double)(a.all + b.all) / 2.0;
    double value[FLYT_LEAK_N_PARTS];
    for (uint32_t p = FLYT_LEAK_both; p <= FLYT_LEAK_others; p++) {
        value[p] = (100.0 * (double)part[p].outside - mean * (double)part[p].all) / n;
    }
    value[FLYT_LEAK_sum] = share_b - share_a;
    value[FLYT_LEAK_still] = over(100.0, still.outside, still.all) - share_a;
    value[FLYT_LEAK_lost] = value[FLYT_LEAK_sum] - value[FLYT_LEAK_still];
    for (uint32_t p = 0; p < FLYT_LEAK_N_PARTS; p++) {
        table->part[((size_t)p * (table->n_years + 1) + year) * table->n_pairs + pair] = value[p];
    }
}

static const double *part_at(const struct flyt_track_table *table, uint32_t part, uint32_t year)
{
    return &table->part[((size_t)part * (table->n_years + 1) + year) * table->n_pairs];
}

/** A part as a row of the table. */
static struct flyt_compare_row part_row(const struct flyt_track_table *table, uint32_t part,
                                        uint32_t year)
{
    struct flyt_compare_row row = {
        .item = &parts[part], .before = NAN, .after = NAN, .ratio = NAN, .n = table->n_pairs};
    flyt_compare_interval(part_at(table, part, year), table->n_pairs, &row.change, &row.spread,
                          &row.low, &row.high);
    return row;
}

bool flyt_track_leakage(const struct flyt_track_table *table, uint32_t year, double *leak,
                        double *low, double *high)
{
    struct flyt_compare_row x = part_row(table, FLYT_LEAK_sum, year),
                            y = part_row(table, FLYT_LEAK_still, year);
    const double *sum = part_at(table, FLYT_LEAK_sum, year),
                 *still = part_at(table, FLYT_LEAK_still, year);
    uint32_t n = table->n_pairs;
    if (n < 2 || !(y.low > 0.0 || y.high < 0.0)) {
        return false;
    }
    double t = gsl_cdf_tdist_Pinv(0.975, n - 1), cross = 0.0;
    for (uint32_t r = 0; r < n; r++) {
        cross += (sum[r] - x.change) * (still[r] - y.change);
    }
    /* Fieller: ratios q with (x - q y)^2 = t^2 var(x - q y) */
    double per = t * t / n, xx = x.spread * x.spread, yy = y.spread * y.spread;
    double a = y.change * y.change - per * yy, b = x.change * y.change - per * cross / (n - 1),
           c = x.change * x.change - per * xx, root = b * b - a * c;
    root = root > 0.0 ? sqrt(root) : 0.0;
    *leak = 1.0 - x.change / y.change;
    *low = 1.0 - (b + root) / a;
    *high = 1.0 - (b - root) / a;
    return true;
}

enum flyt_status flyt_track_compare(const struct flyt_track *with, const struct flyt_track *without,
                                    struct flyt_arena *arena, struct flyt_track_table *table)
{
    uint32_t n_known = 0, n_reached = 0;
    while (flyt_policies_known[n_known] != NULL) {
        n_known++;
    }
    *table = (struct flyt_track_table){.n_years = with->n_years, .n_pairs = with->n_pairs};
    table->group = FLYT_ARENA_ARRAY(arena, struct flyt_track_group, n_known + 1);
    table->part = FLYT_ARENA_ARRAY(arena, double,
                                   (size_t)FLYT_LEAK_N_PARTS *(with->n_years + 1) * with->n_pairs);
    if (table->group == NULL || table->part == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t p = 0; with->n_pairs > 0 && p < n_known; p++) {
        bool alone = with->one[0].policies >> p & 1u && !(without->one[0].policies >> p & 1u);
        if (alone && flyt_policies_known[p]->hooks.reached != NULL) {
            FLYT_TRY(take_group(with, without, p, arena, &table->group[table->n_groups++]));
        }
    }
    bool anybody = true;
    for (uint32_t r = 0; r < with->n_pairs; r++) {
        n_reached += with->one[r].n_reach;
        for (uint32_t year = 0; year <= with->n_years; year++) {
            measure_leak(table, &with->one[r], &without->one[r], year, r);
            anybody &= with->one[r].working_age[year] > 0 && without->one[r].working_age[year] > 0;
        }
    }
    table->measured = n_reached > 0 && anybody;
    return FLYT_OK;
}

/* ---- texts ---------------------------------------------------------------------------------- */

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static double mean_reached(const struct flyt_track_group *group, uint32_t years)
{
    uint32_t n = group->before.n_pairs;
    return flyt_num_sum(&group->reached[(size_t)years * n], n) / n;
}

static enum flyt_status put_years_after(const struct flyt_track_group *group, uint32_t years,
                                        const struct flyt_compare_page *page,
                                        struct flyt_text *text)
{
    char title[160], n[FLYT_COMPARE_NUMBER];
    (void)snprintf(title, sizeof title,
                   say(page->lang,
                       years == 1 ? "%u year after, %s households a pair"
                                  : "%u years after, %s households a pair",
                       "%u år efter, %s husstande pr. par"),
                   years, flyt_compare_number(n, mean_reached(group, years), 1, false, page->lang));
    flyt_compare_put_head(text, title, true, page);
    for (uint32_t i = 0; i < N_OUTCOMES; i++) {
        struct flyt_compare_row row;
        FLYT_TRY(flyt_compare_row(&group->items, &group->before, &group->after, i, years,
                                  text->arena, &row));
        if (row.n > 0) {
            flyt_compare_put_row(text, &row, page);
        }
    }
    return FLYT_OK;
}

static enum flyt_status put_group(const struct flyt_track_group *group,
                                  const struct flyt_compare_page *page, struct flyt_text *text)
{
    uint32_t later = LATER < group->before.n_years ? LATER : group->before.n_years;
    while (later > 0 && mean_reached(group, later) <= 0.0) {
        later--;
    }
    if (mean_reached(group, 0) <= 0.0) {
        return FLYT_OK; /* nobody */
    }
    flyt_text_add(text, "\n%s: %s\n",
                  say(page->lang, "The same households without it", "De samme husstande uden"),
                  say(page->lang, group->policy->reached_en, group->policy->reached_da));
    FLYT_TRY(put_years_after(group, later > 0, page, text));
    return later > 1 ? put_years_after(group, later, page, text) : FLYT_OK;
}

static void put_leakage(const struct flyt_track_table *table, const struct flyt_compare_page *page,
                        struct flyt_text *text)
{
    double leak, low, high;
    char number[3][FLYT_COMPARE_NUMBER];
    enum flyt_lang lang = page->lang;
    flyt_compare_put_head(text,
                          say(lang, "Outside work, deprived areas: by whom (points)",
                              "Uden for arbejde, udsatte områder: ved hvem (point)"),
                          false, page);
    for (uint32_t p = 0; p < FLYT_LEAK_N_PARTS; p++) {
        struct flyt_compare_row row = part_row(table, p, page->year);
        flyt_compare_put_row(text, &row, page);
    }
    if (flyt_track_leakage(table, page->year, &leak, &low, &high)) {
        flyt_text_add(text,
                      say(lang, "Leakage: %s %% of what the control gains (%s to %s)\n",
                          "Udsivning: %s %% af kontrollens gevinst (%s til %s)\n"),
                      flyt_compare_number(number[0], 100.0 * leak, 0, false, lang),
                      flyt_compare_number(number[1], 100.0 * low, 0, false, lang),
                      flyt_compare_number(number[2], 100.0 * high, 0, false, lang));
    } else {
        flyt_text_add(text, "%s",
                      say(lang, "Leakage: not told, the control's own change may be chance\n",
                          "Udsivning: siges ikke, kontrollens egen ændring kan være tilfældig\n"));
    }
    flyt_text_add(
        text, "%s",
        say(lang,
            "Control: everybody lives where the run without has them, those reached work as in "
            "the run with.\n",
            "Kontrol: alle bor, hvor kørslen uden har dem; de omfattede arbejder som i kørslen "
            "med.\n"));
}

enum flyt_status flyt_track_write(const struct flyt_track_table *table,
                                  const struct flyt_compare_page *page, struct flyt_text *text)
{
    for (uint32_t g = 0; g < table->n_groups; g++) {
        FLYT_TRY(put_group(&table->group[g], page, text));
    }
    if (table->measured) {
        put_leakage(table, page, text);
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- CSV ------------------------------------------------------------------------------------ */

static void put_number(struct flyt_text *text, double value)
{
    flyt_text_add(text, isnan(value) ? "," : ",%.10g", value);
}

static enum flyt_status csv_group(const struct flyt_track_group *group, const char *policy,
                                  struct flyt_text *text)
{
    for (uint32_t i = 0; i < N_OUTCOMES; i++) {
        for (uint32_t years = 0; years <= group->before.n_years; years++) {
            struct flyt_compare_row row;
            FLYT_TRY(flyt_compare_row(&group->items, &group->before, &group->after, i, years,
                                      text->arena, &row));
            if (row.n == 0) {
                continue;
            }
            flyt_text_add(text, "%s,%s,", policy, group->policy->spec.name);
            flyt_compare_csv_item(row.item, text);
            flyt_text_add(text, ",%u,%u", years, row.n);
            const double value[] = {
                mean_reached(group, years), row.before, row.after, row.change, row.low, row.high};
            for (size_t k = 0; k < FLYT_COUNT(value); k++) {
                put_number(text, value[k]);
            }
            flyt_text_add(text, "\n");
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_track_csv(const struct flyt_track_table *table, const char *policy, bool head,
                                struct flyt_text *text)
{
    if (head) {
        flyt_text_add(text, "policy,reached_by,outcome,unit,years_after,pairs,households,without,"
                            "with,change,low,high\n");
    }
    for (uint32_t g = 0; g < table->n_groups; g++) {
        FLYT_TRY(csv_group(&table->group[g], policy, text));
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_leak_csv(const struct flyt_track_table *table, const char *policy,
                               int32_t start_year, bool head, struct flyt_text *text)
{
    if (head) {
        flyt_text_add(text, "policy,part,unit,year,pairs,change,low,high\n");
    }
    for (uint32_t year = 1; table->measured && year <= table->n_years; year++) {
        int32_t at = flyt_compare_calendar(start_year, year);
        double leak, low, high;
        for (uint32_t p = 0; p < FLYT_LEAK_N_PARTS; p++) {
            struct flyt_compare_row row = part_row(table, p, year);
            flyt_text_add(text, "%s,%s,points,%d,%u", policy, parts[p].name, at, row.n);
            put_number(text, row.change);
            put_number(text, row.low);
            put_number(text, row.high);
            flyt_text_add(text, "\n");
        }
        if (flyt_track_leakage(table, year, &leak, &low, &high)) {
            flyt_text_add(text, "%s,leakage,share,%d,%u,%.10g,%.10g,%.10g\n", policy, at,
                          table->n_pairs, leak, low, high);
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

#include "output/compare_factorial.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/compare_table.h"
#include "sim/units.h"

enum { LABEL = 62 }; /* characters */

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static double value_of(const struct flyt_factorial *factorial, uint32_t arm, uint32_t item,
                       uint32_t year, uint32_t pair, bool odds)
{
    double value = *flyt_compare_at(&factorial->arm[arm], item, year, pair);
    return odds ? flyt_compare_log_odds(value) : value;
}

static uint32_t bits_of(uint32_t set)
{
    uint32_t n = 0;
    for (; set != 0; set &= set - 1) {
        n++;
    }
    return n;
}

void flyt_factorial_effect(const struct flyt_factorial *factorial, uint32_t item, uint32_t year,
                           uint32_t set, bool odds, double *out)
{
    uint32_t n_arms = 1u << factorial->k, n_bits = bits_of(set);
    for (uint32_t pair = 0; pair < factorial->arm[0].n_pairs; pair++) {
        double sum = 0.0, size = 0.0;
        for (uint32_t arm = 0; arm < n_arms; arm++) {
            double sign = (n_bits - bits_of(arm & set)) % 2 == 0 ? 1.0 : -1.0;
            double value = value_of(factorial, arm, item, year, pair, odds);
            sum += sign * value;
            size += fabs(value);
        }
        out[pair] = flyt_compare_rounded(sum, size) / (double)(n_arms >> n_bits);
    }
}

void flyt_factorial_surplus(const struct flyt_factorial *factorial, uint32_t item, uint32_t year,
                            bool odds, double *out)
{
    const struct flyt_compare_values *arm = factorial->arm;
    struct flyt_surplus surplus = {
        .k = factorial->k, .none = arm, .all = &arm[(1u << factorial->k) - 1]};
    for (uint32_t p = 0; p < factorial->k; p++) {
        surplus.alone[p] = &arm[1u << p];
    }
    flyt_surplus_take(&surplus, item, year, odds, out);
}

static void put_name(const struct flyt_factorial *factorial, const char *const *name, uint32_t set,
                     const char *between, struct flyt_text *text)
{
    const char *before = "";
    for (uint32_t p = 0; p < factorial->k; p++) {
        if (set >> p & 1u) {
            flyt_text_add(text, "%s%s", before, name[p]);
            before = between;
        }
    }
}

static void put_interval(double *x, const struct flyt_compare_values *values, int digits,
                         enum flyt_lang lang, struct flyt_text *text)
{
    struct flyt_compare_row row = {.item = NULL};
    char all[4 * FLYT_COMPARE_NUMBER], number[FLYT_COMPARE_NUMBER],
        range[2 * FLYT_COMPARE_NUMBER + 8];
    flyt_compare_fill(x, values->n_pairs, values->n_sets, &row);
    (void)flyt_compare_number(number, row.change, digits, true, lang);
    if (isnan(row.low)) {
        (void)snprintf(all, sizeof all, "%s", number);
    } else {
        (void)snprintf(all, sizeof all, "%s (%s)%s", number,
                       flyt_compare_range(range, row.low, row.high, digits, lang),
                       flyt_compare_mark(&row));
    }
    flyt_compare_put_cell(text, all, 34, true);
}

static enum flyt_status write_item(const struct flyt_factorial *factorial,
                                   const struct flyt_compare_item *item, uint32_t index,
                                   const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    uint32_t n = factorial->arm[0].n_pairs, n_sets = 1u << factorial->k;
    bool share = strcmp(item->unit, "%") == 0;
    double *x = FLYT_ARENA_ARRAY(text->arena, double, n + 1);
    if (x == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_text_add(text, "\n");
    flyt_compare_put_cell(text, lang == FLYT_DA ? item->da : item->en, LABEL, false);
    flyt_compare_put_cell(
        text, share ? say(lang, "points", "point") : flyt_units_say(item->unit, lang), 32, true);
    flyt_compare_put_cell(text, share ? say(lang, "log-odds", "log-odds") : "", 34, true);
    flyt_text_add(text, "\n");
    for (uint32_t size = 1; size <= factorial->k; size++) {
        for (uint32_t set = 1; set <= n_sets; set++) {
            struct flyt_text name = {.arena = text->arena};
            bool surplus = set == n_sets;
            if ((surplus ? factorial->k : bits_of(set)) != size || (surplus && size < 2)) {
                continue;
            }
            if (surplus) {
                flyt_text_add(&name, "%s", say(lang, FLYT_SURPLUS_EN, FLYT_SURPLUS_DA));
            } else {
                put_name(factorial, factorial->name, set, " × ", &name);
            }
            const char *rest = flyt_compare_put_label(text, name.failed ? "" : name.bytes, LABEL);
            for (uint32_t odds = 0; odds <= (share ? 1u : 0u); odds++) {
                if (surplus) {
                    flyt_factorial_surplus(factorial, index, page->year, odds == 1, x);
                } else {
                    flyt_factorial_effect(factorial, index, page->year, set, odds == 1, x);
                }
                put_interval(x, &factorial->arm[0], odds ? 4 : item->digits + 1, lang, text);
            }
            flyt_compare_put_rest(text, rest, LABEL);
        }
    }
    return FLYT_OK;
}

enum flyt_status flyt_factorial_write(const struct flyt_factorial *factorial,
                                      const struct flyt_compare_items *items,
                                      const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    uint32_t n_pairs = factorial->arm[0].n_pairs, n_sets = factorial->arm[0].n_sets;
    char pairs[FLYT_COMPARE_NUMBER];
    flyt_text_add(text,
                  say(lang, "Main effects and interactions, all %u combinations: %s\n",
                      "Hovedeffekter og vekselvirkninger, alle %u kombinationer: %s\n"),
                  1u << factorial->k, page->title);
    flyt_text_add(text,
                  say(lang, "end of %d, after %u of %u years; %s; %s\n",
                      "udgangen af %d, efter %u af %u år; %s; %s\n"),
                  flyt_compare_calendar(page->start_year, page->year), page->year, page->n_years,
                  flyt_compare_pairs(pairs, n_pairs, n_sets, lang),
                  flyt_compare_legend(n_sets, lang));
    for (uint32_t i = 0, n = 0; i < items->n && n < 2; i++) {
        double value = *flyt_compare_at(&factorial->arm[0], i, page->year, 0);
        if (items->item[i].group == FLYT_COMPARE_change && !isnan(value)) {
            FLYT_TRY(write_item(factorial, &items->item[i], i, page, text));
            n++;
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

enum flyt_status flyt_factorial_csv(const struct flyt_factorial *factorial,
                                    const struct flyt_compare_items *items,
                                    const char *const *names, uint32_t year, int32_t start_year,
                                    struct flyt_text *text)
{
    uint32_t n = factorial->arm[0].n_pairs, n_sets = 1u << factorial->k;
    double *x = FLYT_ARENA_ARRAY(text->arena, double, n + 1);
    if (x == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_text_add(text, "outcome,unit,year,pairs,policies,order,scale,effect,low,high,"
                        "chance_low,chance_high,sets_spread,sets\n");
    for (uint32_t i = 0; i < items->n; i++) {
        bool share = strcmp(items->item[i].unit, "%") == 0;
        for (uint32_t set = 1; set <= n_sets; set++) {
            for (uint32_t odds = 0; odds <= (share ? 1u : 0u); odds++) {
                struct flyt_compare_row row = {.item = NULL};
                if (set == n_sets) {
                    flyt_factorial_surplus(factorial, i, year, odds == 1, x);
                } else {
                    flyt_factorial_effect(factorial, i, year, set, odds == 1, x);
                }
                flyt_compare_fill(x, n, factorial->arm[0].n_sets, &row);
                if (isnan(row.change)) {
                    continue;
                }
                flyt_compare_csv_item(&items->item[i], text);
                flyt_text_add(text, ",%d,%u,", flyt_compare_calendar(start_year, year), n);
                if (set == n_sets) {
                    flyt_text_add(text, FLYT_SURPLUS_NAME ",0");
                } else {
                    put_name(factorial, names, set, "+", text);
                    flyt_text_add(text, ",%u", bits_of(set));
                }
                const double value[] = {row.change,     row.low,         row.high,
                                        row.chance_low, row.chance_high, row.sets};
                flyt_text_add(text, ",%s", odds ? "log_odds" : "points");
                for (size_t k = 0; k < FLYT_COUNT(value); k++) {
                    flyt_text_add(text, isnan(value[k]) ? "," : ",%.10g", value[k]);
                }
                flyt_text_add(text, ",%u\n", row.n_sets);
            }
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

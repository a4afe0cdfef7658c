#include "output/compare_fade.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/num.h"
#include "sim/rng.h"
#include "sim/units.h"

enum { DRAWS = 1000, TOLD = 3, NUMBER = 48 };

/** One item in the pairs where it was measured in both, all years from `last` on. */
struct curves {
    double *change; /* [n_pairs][n_years], [0] at the end of `last` */
    uint32_t n_pairs, n_years;
};

static enum flyt_status take_curves(const struct flyt_compare_values *before,
                                    const struct flyt_compare_values *after, uint32_t item,
                                    uint32_t last, struct flyt_arena *arena, struct curves *curves)
{
    *curves = (struct curves){.n_years = before->n_years - last + 1};
    curves->change = FLYT_ARENA_ARRAY(arena, double, (size_t)before->n_pairs * curves->n_years + 1);
    if (curves->change == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < before->n_pairs; r++) {
        double *to = curves->change + (size_t)curves->n_pairs * curves->n_years;
        bool whole = true;
        for (uint32_t k = 0; k < curves->n_years; k++) {
            to[k] = *flyt_compare_at(after, item, last + k, r) -
                    *flyt_compare_at(before, item, last + k, r);
            whole &= !isnan(to[k]);
        }
        curves->n_pairs += whole;
    }
    return FLYT_OK;
}

/** Years until the mean of the pairs drawn is half of what it was; INFINITY: not by the end. */
static double half_life(const struct curves *curves, const uint32_t *pair, double *one)
{
    double first = 0.0, previous = 1.0;
    for (uint32_t k = 0; k < curves->n_years; k++) {
        for (uint32_t i = 0; i < curves->n_pairs; i++) {
            one[i] = curves->change[(size_t)pair[i] * curves->n_years + k];
        }
        double mean = flyt_num_sum(one, curves->n_pairs) / curves->n_pairs;
        if (k == 0) {
            first = mean;
            continue;
        }
        double left = mean / first;
        if (left <= 0.5) {
            return k - 1 + (previous - 0.5) / (previous - left);
        }
        previous = left;
    }
    return INFINITY;
}

static int by_size(const void *a_, const void *b_)
{
    const double *a = a_, *b = b_;
    return (*a > *b) - (*a < *b);
}

static enum flyt_status measure(const struct curves *curves, struct flyt_arena *arena,
                                struct flyt_fade *fade)
{
    uint32_t n = curves->n_pairs;
    double *one = FLYT_ARENA_ARRAY(arena, double, n + 1);
    double *found = FLYT_ARENA_ARRAY(arena, double, DRAWS);
    uint32_t *pair = FLYT_ARENA_ARRAY(arena, uint32_t, n + 1);
    if (one == NULL || found == NULL || pair == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        pair[i] = i;
    }
    fade->years = half_life(curves, pair, one);
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        for (uint32_t i = 0; i < n; i++) {
            pair[i] = flyt_rng_below((struct flyt_rng_key){0, 0}, i, draw,
                                     FLYT_STREAM_fade_bootstrap, 0, n);
        }
        found[draw] = half_life(curves, pair, one);
        found[draw] = isnan(found[draw]) ? INFINITY : found[draw]; /* no effect in these pairs */
    }
    qsort(found, DRAWS, sizeof *found, by_size);
    fade->low = found[DRAWS / 40];
    fade->high = found[DRAWS - 1 - DRAWS / 40];
    return FLYT_OK;
}

enum flyt_status flyt_compare_fade(const struct flyt_compare_items *items,
                                   const struct flyt_compare_values *before,
                                   const struct flyt_compare_values *after, uint32_t item,
                                   uint32_t last, struct flyt_arena *arena, struct flyt_fade *fade)
{
    struct curves curves;
    *fade = (struct flyt_fade){.years = INFINITY, .low = INFINITY, .high = INFINITY};
    FLYT_TRY(flyt_compare_row(items, before, after, item, last, arena, &fade->row));
    FLYT_TRY(take_curves(before, after, item, last, arena, &curves));
    fade->measured = curves.n_pairs >= 2 && (fade->row.low > 0.0 || fade->row.high < 0.0);
    return fade->measured ? measure(&curves, arena, fade) : FLYT_OK;
}

/* ---- texts --------------------------------------------------------------------------------- */

static const char *years_text(char out[NUMBER], double years, uint32_t most, enum flyt_lang lang)
{
    if (isinf(years)) {
        (void)snprintf(out, NUMBER, lang == FLYT_DA ? "over %u" : "more than %u", most);
    } else {
        (void)snprintf(out, NUMBER, "%.1f", years);
    }
    (void)flyt_units_decimal(out, lang);
    return out;
}

static void put_fade(const struct flyt_fade *fade, const struct flyt_compare_page *page,
                     struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    const struct flyt_compare_item *item = fade->row.item;
    uint32_t most = page->n_years - page->last;
    char change[NUMBER], years[NUMBER], low[NUMBER], high[NUMBER];
    (void)snprintf(change, sizeof change, fade->row.change == 0.0 ? "%.*f" : "%+.*f", item->digits,
                   fade->row.change);
    (void)flyt_units_decimal(change, lang);
    bool percent = strcmp(item->unit, "%") == 0;
    flyt_text_add(text, "  %s: %s%s", lang == FLYT_DA ? item->da : item->en, change,
                  !percent          ? ""
                  : lang == FLYT_DA ? " point"
                                    : " points");
    if (fade->row.change == 0.0 && !(fade->row.spread > 0.0)) {
        flyt_text_add(text, "%s\n",
                      lang == FLYT_DA ? ", slet ingen ændring" : ", no change at all");
        return;
    }
    if (!fade->measured) {
        flyt_text_add(text, "%s\n",
                      lang == FLYT_DA ? ", kan være tilfældigt: ingen halveringstid"
                                      : ", may be chance: no half-life");
        return;
    }
    flyt_text_add(text,
                  lang == FLYT_DA ? ", halvt væk efter %s år (%s til %s)\n"
                                  : ", half of it gone after %s years (%s to %s)\n",
                  years_text(years, fade->years, most, lang),
                  years_text(low, fade->low, most, lang), years_text(high, fade->high, most, lang));
}

enum flyt_status flyt_fade_write(const struct flyt_compare_items *items,
                                 const struct flyt_compare_values *before,
                                 const struct flyt_compare_values *after,
                                 const struct flyt_compare_page *page, struct flyt_text *text)
{
    uint32_t n_told = 0;
    if (page->last == 0 || page->last >= page->n_years) {
        return FLYT_OK; /* it does not end before the run */
    }
    flyt_text_add(text,
                  page->lang == FLYT_DA ? "\nEfter politikken sluttede, udgangen af %d\n"
                                        : "\nAfter the policy ended, end of %d\n",
                  flyt_compare_calendar(page->start_year, page->last));
    for (uint32_t i = 0; i < items->n && items->item[i].group == FLYT_COMPARE_change; i++) {
        struct flyt_fade fade;
        FLYT_TRY(flyt_compare_fade(items, before, after, i, page->last, text->arena, &fade));
        if (fade.row.n > 0 && n_told++ < TOLD) {
            put_fade(&fade, page, text);
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

static void put_number(struct flyt_text *text, double value)
{
    if (isnan(value) || isinf(value)) {
        flyt_text_add(text, ",");
    } else {
        flyt_text_add(text, ",%.10g", value);
    }
}

enum flyt_status flyt_fade_csv(const struct flyt_compare_items *items,
                               const struct flyt_compare_values *before,
                               const struct flyt_compare_values *after, const char *policy,
                               int32_t start_year, uint32_t last, bool head, struct flyt_text *text)
{
    if (head) {
        flyt_text_add(text, "policy,outcome,unit,last_year,pairs,change,low,high,sure,half_life,"
                            "half_life_low,half_life_high\n");
    }
    for (uint32_t i = 0; i < items->n && items->item[i].group == FLYT_COMPARE_change; i++) {
        struct flyt_fade fade;
        FLYT_TRY(flyt_compare_fade(items, before, after, i, last, text->arena, &fade));
        if (fade.row.n == 0) {
            continue;
        }
        flyt_text_add(text, "%s,", policy);
        flyt_compare_csv_item(&items->item[i], text);
        flyt_text_add(text, ",%d,%u", flyt_compare_calendar(start_year, last), fade.row.n);
        put_number(text, fade.row.change);
        put_number(text, fade.row.low);
        put_number(text, fade.row.high);
        flyt_text_add(text, ",%d", fade.measured);
        put_number(text, fade.measured ? fade.years : NAN);
        put_number(text, fade.measured ? fade.low : NAN);
        put_number(text, fade.measured ? fade.high : NAN);
        flyt_text_add(text, "\n");
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

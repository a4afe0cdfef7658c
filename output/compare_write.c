/* A comparison as a page for people. See compare.h. */
#include <math.h>
#include <string.h>

#include "output/compare_fade.h"
#include "output/compare_table.h"

/** Sums of a few dozen numbers are right to so much of the sum of their sizes. */
static const double ROUNDING = 1e-12;

enum { NUMBER = FLYT_COMPARE_NUMBER, RANGE = 2 * FLYT_COMPARE_NUMBER + 8 };

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

/** Whether a party is told of even when its change may be chance. */
static bool is_near(const struct flyt_compare_item *item)
{
    static const char *const near[] = {
        "households", "state", "municipalities", "organisations", "landsbyggefonden", "investor"};
    for (size_t i = 0; i < FLYT_COUNT(near); i++) {
        if (strcmp(item->name, near[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- in short ------------------------------------------------------------------------------ */

/** Whether a party belongs to the State, municipalities and almen sector of the first lines. */
static bool is_public(const struct flyt_compare_item *item)
{
    static const char *const public[] = {"state", "municipalities", "organisations",
                                         "landsbyggefonden"};
    bool is = false;
    for (size_t k = 0; k < FLYT_COUNT(public); k++) {
        is |= item->group == FLYT_COMPARE_cost && strcmp(item->name, public[k]) == 0;
    }
    return is;
}

/** What parties together received more, a pair's mean of all years; NaN when there is no money.
 *  @param counts  [items] which.  @param sign  -1: what all others received more. */
static enum flyt_status together(const struct flyt_compare_items *items,
                                 const struct flyt_compare_values *before,
                                 const struct flyt_compare_values *after, const bool *counts,
                                 double sign, struct flyt_arena *arena,
                                 struct flyt_compare_row *row)
{
    uint32_t n = before->n_pairs;
    double *sum = FLYT_ARENA_ZERO(arena, double, n + 1),
           *weight = FLYT_ARENA_ZERO(arena, double, n + 1);
    *row = (struct flyt_compare_row){.change = NAN, .low = NAN, .high = NAN};
    if (sum == NULL || weight == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        for (uint32_t r = 0; counts[i] && r < n; r++) {
            for (uint32_t year = 1; year <= before->n_years; year++) {
                double change =
                    *flyt_compare_at(after, i, year, r) - *flyt_compare_at(before, i, year, r);
                sum[r] += sign * change / before->n_years;
                weight[r] += fabs(change);
            }
            row->n = n;
        }
    }
    for (uint32_t r = 0; r < n; r++) {
        sum[r] = fabs(sum[r]) > ROUNDING * weight[r] ? sum[r] : 0.0;
    }
    if (row->n > 0) {
        flyt_compare_fill(sum, n, before->n_sets, row);
    }
    return FLYT_OK;
}

enum flyt_status flyt_compare_public(const struct flyt_compare_items *items,
                                     const struct flyt_compare_values *before,
                                     const struct flyt_compare_values *after,
                                     struct flyt_arena *arena, struct flyt_compare_row *row)
{
    bool *public = FLYT_ARENA_ZERO(arena, bool, items->n + 1);
    if (public == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        public[i] = is_public(&items->item[i]);
    }
    return together(items, before, after, public, 1.0, arena, row);
}

/** "(-2.7 to +0.1), may be chance"; of sets also chance alone, and how many go the same way. */
static void put_how_sure(const struct flyt_compare_row *row, int digits,
                         const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    char all[RANGE], chance[RANGE];
    const char *sure = flyt_compare_how_sure(row, lang);
    (void)flyt_compare_range(all, row->low, row->high, digits, lang);
    if (page->n_sets < 2) {
        flyt_text_add(text, "(%s), %s\n", all, sure);
        return;
    }
    flyt_text_add(text,
                  say(lang, "(%s; by chance alone %s), %s; the same way in %u of %u sets\n",
                      "(%s; ved tilfælde alene %s), %s; samme vej i %u af %u sæt\n"),
                  all, flyt_compare_range(chance, row->chance_low, row->chance_high, digits, lang),
                  sure, row->n_alike, row->n_sets);
}

static void put_short_change(const struct flyt_compare_row *row,
                             const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    const struct flyt_compare_item *item = row->item;
    char change[NUMBER];
    int digits = flyt_compare_digits(row, item->digits);
    bool percent = strcmp(item->unit, "%") == 0;
    flyt_text_add(text, "  %s: ", lang == FLYT_DA ? item->da : item->en);
    if (row->n < 2 || flyt_compare_is_same(row)) {
        flyt_text_add(text, "%s\n", flyt_compare_how_sure(row, lang));
        return;
    }
    flyt_text_add(text, "%s%s ", flyt_compare_number(change, row->change, digits, true, lang),
                  percent ? say(lang, " points", " point") : "");
    put_how_sure(row, digits, page, text);
}

/** What the public receives more, and what a point less of the main outcome costs in a year in
 * which a policy is in force, where both are known. */
static void put_price(const struct flyt_compare_row *main, const struct flyt_compare_row *cost,
                      const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    char change[NUMBER], price[NUMBER];
    if (cost->n < 2 || isnan(cost->change)) {
        return;
    }
    int digits = flyt_compare_digits(cost, 3);
    uint32_t in_force = page->in_force > 0 ? page->in_force : page->n_years;
    flyt_text_add(text, say(lang, "  State, municipalities and almen sector, mean of all years",
                            "  Stat, kommuner og almen sektor, gennemsnit af alle år"));
    if (in_force < page->n_years) {
        flyt_text_add(text, say(lang, " (%u of %u in force)", " (%u af %u i kraft)"), in_force,
                      page->n_years);
    }
    flyt_text_add(text, say(lang, ": %s million DKK a year ", ": %s mio. kr. om året "),
                  flyt_compare_number(change, cost->change, digits, true, lang));
    put_how_sure(cost, digits, page, text);
    if (main != NULL && flyt_compare_is_sure(main) && flyt_compare_is_sure(cost) &&
        cost->change < 0.0) {
        flyt_text_add(
            text,
            say(lang,
                "  That is %s million DKK a year in force for each point of the first line.\n",
                "  Det er %s mio. kr. for hvert år i kraft og hvert point i den første linje.\n"),
            flyt_compare_number(price,
                                -cost->change * page->n_years / in_force / fabs(main->change), 2,
                                false, lang));
    }
}

static enum flyt_status put_short(const struct flyt_compare_items *items,
                                  const struct flyt_compare_values *before,
                                  const struct flyt_compare_values *after,
                                  const struct flyt_compare_page *page, struct flyt_text *text)
{
    struct flyt_compare_row row, first = {0}, cost;
    uint32_t n_told = 0;
    flyt_text_add(text, say(page->lang, "\nIn short\n", "\nKort sagt\n"));
    for (uint32_t i = 0; i < items->n && items->item[i].group == FLYT_COMPARE_change; i++) {
        FLYT_TRY(flyt_compare_row(items, before, after, i, page->year, text->arena, &row));
        if (n_told < 2 && row.n > 0) { /* the first two that were measured */
            put_short_change(&row, page, text);
            first = n_told++ == 0 ? row : first;
        }
    }
    FLYT_TRY(flyt_compare_public(items, before, after, text->arena, &cost));
    put_price(first.n > 0 ? &first : NULL, &cost, page, text);
    return FLYT_OK;
}

/* ---- the page ------------------------------------------------------------------------------ */

/** The row that makes the costs sum to 0: every krone has a payer and a receiver. */
static enum flyt_status put_others(const struct flyt_compare_items *items,
                                   const struct flyt_compare_values *before,
                                   const struct flyt_compare_values *after, const bool *told,
                                   const struct flyt_compare_page *page, struct flyt_text *text)
{
    static const struct flyt_compare_item others = {.name = "others",
                                                    .unit = "",
                                                    .en = "Others, so that all lines sum to 0",
                                                    .da = "Andre, så alle linjer giver 0",
                                                    .group = FLYT_COMPARE_cost,
                                                    .digits = 3};
    struct flyt_compare_row row;
    FLYT_TRY(together(items, before, after, told, -1.0, text->arena, &row));
    row.item = &others;
    row.ratio = NAN;
    if (!flyt_compare_is_same(&row)) {
        flyt_compare_put_row(text, &row, page);
    }
    return FLYT_OK;
}

static enum flyt_status
put_group(const struct flyt_compare_items *items, const struct flyt_compare_values *before,
          const struct flyt_compare_values *after, const struct flyt_compare_page *page,
          enum flyt_compare_group group, const char *title, struct flyt_text *text)
{
    bool cost = group == FLYT_COMPARE_cost, begun = false;
    bool *told = FLYT_ARENA_ZERO(text->arena, bool, items->n + 1);
    if (told == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        struct flyt_compare_row row;
        if (items->item[i].group != group) {
            continue;
        }
        FLYT_TRY(flyt_compare_row(items, before, after, i, cost ? FLYT_NONE : page->year,
                                  text->arena, &row));
        if (row.n == 0 || (group != FLYT_COMPARE_change && flyt_compare_is_same(&row)) ||
            (cost && !is_near(row.item) && !flyt_compare_is_sure(&row))) {
            continue; /* nothing to tell */
        }
        if (!begun) {
            flyt_compare_put_head(text, title, !cost, page);
        }
        begun = told[i] = true;
        flyt_compare_put_row(text, &row, page);
    }
    if (begun && cost) {
        FLYT_TRY(put_others(items, before, after, told, page, text));
    } else if (cost) {
        flyt_text_add(text, say(page->lang, "\nNobody pays or is paid anything else.\n",
                                "\nIngen betaler eller får noget andet.\n"));
    }
    return FLYT_OK;
}

/** What the words of the page mean. */
static void put_foot(const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    flyt_text_add(
        text, "%s",
        say(lang,
            "\nDeprived areas: those on a list of the ministry at the start, all through. Costs: "
            "received less paid, mean of all\nyears; households: what they consume and save, which "
            "stands in no other line; almen sector: housing organisations and\nLandsbyggefonden; "
            "others only where sure. ",
            "\nUdsatte områder: dem på en af ministeriets lister ved starten, hele vejen. "
            "Regningen: modtaget minus betalt, gennemsnit\naf alle år; husstande: hvad de "
            "forbruger og sparer op, som ikke står i andre linjer; almen sektor: "
            "boligorganisationer\nog Landsbyggefonden; andre kun hvor det er sikkert. "));
    if (page->n_sets < 2) {
        flyt_text_add(
            text, "%s",
            say(lang,
                "Interval: Student's t over pairs; one outcome\nin twenty "
                "leaves it by chance. Pairing: how many times the variance would be greater if the "
                "runs had chance of their own;\n-: it cannot be told, all pairs change alike.\n",
                "Interval: Students t over par; ét\nresultat af tyve falder udenfor ved et "
                "tilfælde. Parring: hvor mange gange større variansen var, hvis kørslerne havde\n"
                "hver deres tilfælde; -: det kan ikke siges, alle par ændres ens.\n"));
        return;
    }
    flyt_text_add(
        text, "%s",
        say(lang,
            "Intervals of 95 %. Chance alone: of the mean of\nthese sets of parameters. And "
            "parameters: of what one more such set would give, chance included. Sure: 0 lies "
            "outside\nboth. Depends on the parameters: chance alone would hardly give it, but "
            "another set may give nothing or the opposite. May be\nchance: 0 lies inside both. "
            "What became of those reached, leakage and half-life are told of one set at a time "
            "(--row).\n",
            "Intervaller på 95 %. Tilfælde alene: for\ngennemsnittet af disse sæt af parametre. "
            "Og parametre: for hvad endnu et sådant sæt ville give, tilfældet regnet med.\n"
            "Sikkert: 0 ligger uden for begge. Afhænger af parametrene: tilfældet alene giver det "
            "næppe, men et andet sæt kan give intet\neller det modsatte. Kan være tilfældigt: 0 "
            "ligger i begge. Hvordan det gik de omfattede, udsivning og halveringstid\nvises for "
            "ét sæt ad gangen (--row).\n"));
}

enum flyt_status flyt_compare_write(const struct flyt_compare_items *items,
                                    const struct flyt_compare_values *before,
                                    const struct flyt_compare_values *after,
                                    const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    char pairs[FLYT_COMPARE_NUMBER];
    flyt_text_add(
        text, say(lang, "%s\nagainst the same without it: %s\n", "%s\nmod det samme uden: %s\n"),
        page->policy, page->title);
    flyt_text_add(text,
                  say(lang,
                      "end of %d, after %u of %u years; %s with the same start and the same "
                      "chance\n",
                      "udgangen af %d, efter %u af %u år; %s med samme start og samme "
                      "tilfælde\n"),
                  flyt_compare_calendar(page->start_year, page->year), page->year, page->n_years,
                  flyt_compare_pairs(pairs, before->n_pairs, before->n_sets, lang));
    FLYT_TRY(put_short(items, before, after, page, text));
    FLYT_TRY(flyt_fade_write(items, before, after, page, text));
    FLYT_TRY(put_group(items, before, after, page, FLYT_COMPARE_change,
                       say(lang, "What changes", "Hvad ændrer sig"), text));
    FLYT_TRY(put_group(
        items, before, after, page, FLYT_COMPARE_cost,
        say(lang, "At whose cost, million DKK a year", "På hvis regning, mio. kr. om året"), text));
    FLYT_TRY(put_group(items, before, after, page, FLYT_COMPARE_policy,
                       say(lang, "What the policy did that year", "Hvad politikken gjorde det år"),
                       text));
    FLYT_TRY(put_group(
        items, before, after, page, FLYT_COMPARE_incidence,
        say(lang, "Who pays more that year, by law", "Hvem betaler mere det år, efter loven"),
        text));
    put_foot(page, text);
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* A comparison as a page for people and as CSV. See compare.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/compare_fade.h"
#include "sim/num.h"
#include "sim/units.h"

/** Sums of a few dozen numbers are right to so much of the sum of their sizes. */
static const double ROUNDING = 1e-12;

enum { COLUMNS = 7, LABEL_WIDTH = 50, NUMBER = FLYT_COMPARE_NUMBER };

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

const char *flyt_compare_number(char out[FLYT_COMPARE_NUMBER], double value, int digits, bool sign,
                                enum flyt_lang lang)
{
    double unit = 1.0;
    for (int i = 0; i < digits; i++) {
        unit /= 10.0;
    }
    if (isnan(value)) {
        (void)snprintf(out, FLYT_COMPARE_NUMBER, "-");
        return out;
    }
    if (fabs(value) < unit / 2.0) { /* no "-0.00" */
        value = 0.0;
    }
    (void)snprintf(out, FLYT_COMPARE_NUMBER, sign && value != 0.0 ? "%+.*f" : "%.*f", digits,
                   value);
    (void)flyt_units_decimal(out, lang);
    return out;
}

const char *flyt_compare_pairs(char out[FLYT_COMPARE_NUMBER], uint32_t n, enum flyt_lang lang)
{
    (void)snprintf(out, FLYT_COMPARE_NUMBER,
                   lang == FLYT_DA ? "%u par"
                   : n == 1        ? "%u pair"
                                   : "%u pairs",
                   n);
    return out;
}

static bool is_same(const struct flyt_compare_row *row)
{
    return row->n > 0 && row->change == 0.0 && !(row->spread > 0.0);
}

static bool is_sure(const struct flyt_compare_row *row)
{
    return row->low > 0.0 || row->high < 0.0;
}

static bool shows_zero(double value, int digits)
{
    return fabs(value) < 0.5 * flyt_num_pow(10.0, -digits);
}

/** Digits with which the numbers say what is said of them: a change that is sure is shown as more
 *  than 0 with an interval that does not reach 0, one that may be chance with an interval. */
static int digits_of(const struct flyt_compare_row *row, int digits)
{
    enum { MORE = 6 };
    for (int i = 0; i < MORE && row->n > 1 && !is_same(row); i++) {
        bool low = shows_zero(row->low, digits), high = shows_zero(row->high, digits);
        if (is_sure(row) ? !low && !high && !shows_zero(row->change, digits) : !low || !high) {
            break;
        }
        digits++;
    }
    return digits;
}

static const char *how_sure(const struct flyt_compare_row *row, enum flyt_lang lang)
{
    if (row->n == 0) {
        return say(lang, "not measured", "ikke målt");
    }
    if (is_same(row)) {
        return say(lang, "no change at all", "slet ingen ændring");
    }
    if (row->n < 2) {
        return say(lang, "one pair cannot tell", "ét par kan ikke sige det");
    }
    return is_sure(row) ? say(lang, "sure", "sikkert")
                        : say(lang, "may be chance", "kan være tilfældigt");
}

/* ---- the table ----------------------------------------------------------------------------- */

struct line {
    const char *cell[COLUMNS];
    char label[160], text[5][2 * NUMBER + 8];
};

/** Pads to a width counted in characters. */
static void put_padded(struct flyt_text *text, const char *cell, size_t width, bool right)
{
    size_t length = flyt_text_length(cell, strlen(cell));
    int blank = length < width ? (int)(width - length) : 0;
    flyt_text_add(text, "%*s%s%*s", right ? blank : 0, "", cell, right ? 0 : blank, "");
}

/** A label cut to its column. */
static void set_label(struct line *line, const char *label, const char *unit, enum flyt_lang lang)
{
    size_t n = strlen(label), at = 0, characters = 0;
    unit = flyt_units_say(unit, lang);
    bool told = unit[0] != '\0' && strcmp(unit, "1") != 0;
    size_t room = LABEL_WIDTH - (told ? flyt_text_length(unit, strlen(unit)) + 3 : 0);
    while (at < n && characters < room) {
        at++;
        characters += at == n || ((unsigned char)label[at] & 0xC0) != 0x80;
    }
    (void)snprintf(line->label, sizeof line->label, told ? "%.*s (%s)" : "%.*s", (int)at, label,
                   unit);
    line->cell[0] = line->label;
}

static void fill_line(const struct flyt_compare_row *row, const struct flyt_compare_page *page,
                      struct line *line)
{
    const struct flyt_compare_item *item = row->item;
    char low[NUMBER], high[NUMBER];
    bool cost = item->group == FLYT_COMPARE_cost;
    int digits = digits_of(row, item->digits);
    set_label(line, page->lang == FLYT_DA ? item->da : item->en, cost ? "1" : item->unit,
              page->lang);
    (void)flyt_compare_number(line->text[0], row->before, digits, false, page->lang);
    (void)flyt_compare_number(line->text[1], row->after, digits, false, page->lang);
    (void)flyt_compare_number(line->text[2], row->change, digits, true, page->lang);
    if (isnan(row->low)) {
        (void)snprintf(line->text[3], sizeof line->text[3], "-");
    } else {
        (void)snprintf(line->text[3], sizeof line->text[3],
                       say(page->lang, "%s to %s", "%s til %s"),
                       flyt_compare_number(low, row->low, digits, true, page->lang),
                       flyt_compare_number(high, row->high, digits, true, page->lang));
    }
    (void)flyt_compare_number(line->text[4], row->ratio, 1, false, page->lang);
    for (uint32_t i = 0; i < 4; i++) {
        line->cell[i + 1] = cost && i < 2 ? "" : line->text[i];
    }
    line->cell[5] = how_sure(row, page->lang);
    line->cell[6] = line->text[4];
}

static void put_line(struct flyt_text *text, const struct line *line)
{
    static const size_t width[COLUMNS] = {LABEL_WIDTH, 10, 10, 10, 20, 20, 7};
    for (uint32_t i = 0; i < COLUMNS; i++) {
        flyt_text_add(text, i == 0 ? "" : "  ");
        put_padded(text, line->cell[i], i + 1 == COLUMNS ? 0 : width[i], i >= 1 && i <= 4);
    }
    flyt_text_add(text, "\n");
}

static void put_head(struct flyt_text *text, const char *title, bool levels, enum flyt_lang lang)
{
    struct line line = {
        .cell = {title, levels ? say(lang, "without", "uden") : "",
                 levels ? say(lang, "with", "med") : "", say(lang, "change", "ændring"),
                 say(lang, "95 % interval", "95 %-interval"), say(lang, "how sure", "hvor sikkert"),
                 say(lang, "pairing", "parring")}};
    flyt_text_add(text, "\n");
    put_line(text, &line);
}

void flyt_compare_put_head(struct flyt_text *text, const char *title, bool levels,
                           enum flyt_lang lang)
{
    put_head(text, title, levels, lang);
}

void flyt_compare_put_row(struct flyt_text *text, const struct flyt_compare_row *row,
                          const struct flyt_compare_page *page)
{
    struct line line;
    fill_line(row, page, &line);
    put_line(text, &line);
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

/** Whether a party belongs to the public purse: all but households, markets, banks. */
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
        flyt_compare_interval(sum, n, &row->change, &row->spread, &row->low, &row->high);
    }
    return FLYT_OK;
}

static void put_short_change(const struct flyt_compare_row *row,
                             const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    const struct flyt_compare_item *item = row->item;
    char change[NUMBER], low[NUMBER], high[NUMBER];
    int digits = digits_of(row, item->digits);
    bool percent = strcmp(item->unit, "%") == 0;
    flyt_text_add(text, "  %s: ", lang == FLYT_DA ? item->da : item->en);
    if (row->n < 2 || is_same(row)) {
        flyt_text_add(text, "%s\n", how_sure(row, lang));
        return;
    }
    flyt_text_add(text, say(lang, "%s%s (%s to %s), %s\n", "%s%s (%s til %s), %s\n"),
                  flyt_compare_number(change, row->change, digits, true, lang),
                  percent ? say(lang, " points", " point") : "",
                  flyt_compare_number(low, row->low, digits, true, lang),
                  flyt_compare_number(high, row->high, digits, true, lang), how_sure(row, lang));
}

/** What a point less of the main outcome costs, where both are known. */
static void put_price(const struct flyt_compare_row *main, const struct flyt_compare_row *cost,
                      const struct flyt_compare_page *page, struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    char change[NUMBER], low[NUMBER], high[NUMBER], price[NUMBER];
    if (cost->n < 2 || isnan(cost->change)) {
        return;
    }
    int digits = digits_of(cost, 3);
    flyt_text_add(text,
                  say(lang,
                      "  Public purse: %s million DKK a year (%s to %s), mean of all years, %s\n",
                      "  Det offentlige: %s mio. kr. om året (%s til %s), gennemsnit af alle år, "
                      "%s\n"),
                  flyt_compare_number(change, cost->change, digits, true, lang),
                  flyt_compare_number(low, cost->low, digits, true, lang),
                  flyt_compare_number(high, cost->high, digits, true, lang), how_sure(cost, lang));
    if (main != NULL && is_sure(main) && is_sure(cost) && cost->change < 0.0) {
        flyt_text_add(
            text,
            say(lang, "  That is %s million DKK a year for each point of the first line.\n",
                "  Det er %s mio. kr. om året for hvert point i den første linje.\n"),
            flyt_compare_number(price, -cost->change / fabs(main->change), 2, false, lang));
    }
}

static enum flyt_status put_short(const struct flyt_compare_items *items,
                                  const struct flyt_compare_values *before,
                                  const struct flyt_compare_values *after,
                                  const struct flyt_compare_page *page, struct flyt_text *text)
{
    struct flyt_compare_row row, first = {0}, cost;
    uint32_t n_told = 0;
    bool *public = FLYT_ARENA_ZERO(text->arena, bool, items->n + 1);
    if (public == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        public[i] = is_public(&items->item[i]);
    }
    flyt_text_add(text, say(page->lang, "\nIn short\n", "\nKort sagt\n"));
    for (uint32_t i = 0; i < items->n && items->item[i].group == FLYT_COMPARE_change; i++) {
        FLYT_TRY(flyt_compare_row(items, before, after, i, page->year, text->arena, &row));
        if (n_told < 2 && row.n > 0) { /* the first two that were measured */
            put_short_change(&row, page, text);
            first = n_told++ == 0 ? row : first;
        }
    }
    FLYT_TRY(together(items, before, after, public, 1.0, text->arena, &cost));
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
    struct line line;
    FLYT_TRY(together(items, before, after, told, -1.0, text->arena, &row));
    row.item = &others;
    row.ratio = NAN;
    if (!is_same(&row)) {
        fill_line(&row, page, &line);
        put_line(text, &line);
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
        struct line line;
        if (items->item[i].group != group) {
            continue;
        }
        FLYT_TRY(flyt_compare_row(items, before, after, i, cost ? FLYT_NONE : page->year,
                                  text->arena, &row));
        if (row.n == 0 || (group != FLYT_COMPARE_change && is_same(&row)) ||
            (cost && !is_near(row.item) && !is_sure(&row))) {
            continue; /* nothing to tell */
        }
        if (!begun) {
            put_head(text, title, !cost, page->lang);
        }
        begun = told[i] = true;
        fill_line(&row, page, &line);
        put_line(text, &line);
    }
    if (begun && cost) {
        FLYT_TRY(put_others(items, before, after, told, page, text));
    } else if (cost) {
        flyt_text_add(text, say(page->lang, "\nNobody pays or is paid anything else.\n",
                                "\nIngen betaler eller får noget andet.\n"));
    }
    return FLYT_OK;
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
                  page->start_year + (int32_t)page->year - 1, page->year, page->n_years,
                  flyt_compare_pairs(pairs, before->n_pairs, lang));
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
    flyt_text_add(
        text, "%s",
        say(lang,
            "\nDeprived areas: those on a list of the ministry at the start, all through. Costs: "
            "received less paid, mean of all\nyears; households: what they consume and save; "
            "others only where sure. Interval: Student's t over pairs; one outcome\nin twenty "
            "leaves it by chance. Pairing: how many times the variance would be greater if the "
            "runs had chance of their own.\n",
            "\nUdsatte områder: dem på en af ministeriets lister ved starten, hele vejen. "
            "Regningen: modtaget minus betalt, gennemsnit\naf alle år; husstande: hvad de "
            "forbruger og sparer op; andre kun hvor det er sikkert. Interval: Students t over "
            "par; ét\nresultat af tyve falder udenfor ved et tilfælde. Parring: hvor mange gange "
            "større variansen var, hvis kørslerne havde\nhver deres tilfælde.\n"));
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* ---- CSV ----------------------------------------------------------------------------------- */

static void put_csv_number(struct flyt_text *text, double value)
{
    if (isnan(value)) {
        flyt_text_add(text, ",");
    } else {
        flyt_text_add(text, ",%.10g", value);
    }
}

enum flyt_status flyt_compare_csv(const struct flyt_compare_items *items,
                                  const struct flyt_compare_values *before,
                                  const struct flyt_compare_values *after, const char *policy,
                                  int32_t start_year, bool head, struct flyt_text *text)
{
    static const char *const group[] = {"change", "cost", "policy"};
    if (head) {
        flyt_text_add(text, "policy,group,outcome,unit,year,pairs,without,with,change,low,high,"
                            "spread,variance_ratio\n");
    }
    for (uint32_t i = 0; i < items->n; i++) {
        const struct flyt_compare_item *item = &items->item[i];
        for (uint32_t year = 0; year <= before->n_years; year++) {
            struct flyt_compare_row row;
            FLYT_TRY(flyt_compare_row(items, before, after, i, year, text->arena, &row));
            if (row.n == 0) {
                continue;
            }
            flyt_text_add(text, "%s,%s,%s,%s,%d,%u", policy, group[item->group], item->name,
                          item->unit, start_year + (int32_t)year, row.n);
            const double value[] = {row.before, row.after,  row.change, row.low,
                                    row.high,   row.spread, row.ratio};
            for (size_t k = 0; k < FLYT_COUNT(value); k++) {
                put_csv_number(text, value[k]);
            }
            flyt_text_add(text, "\n");
        }
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* A comparison as a page for people and as CSV. See compare.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/compare.h"
#include "sim/units.h"

enum { COLUMNS = 7, LABEL_WIDTH = 50, NUMBER = 48 };

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

/** A number as the reader writes it; "-" for one that is not known. */
static const char *number(char out[NUMBER], double value, int digits, bool sign,
                          enum flyt_lang lang)
{
    double unit = 1.0;
    for (int i = 0; i < digits; i++) {
        unit /= 10.0;
    }
    if (isnan(value)) {
        (void)snprintf(out, NUMBER, "-");
        return out;
    }
    if (fabs(value) < unit / 2.0) { /* no "-0.00" */
        value = 0.0;
    }
    (void)snprintf(out, NUMBER, sign && value != 0.0 ? "%+.*f" : "%.*f", digits, value);
    (void)flyt_units_decimal(out, lang);
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
    set_label(line, page->lang == FLYT_DA ? item->da : item->en, cost ? "1" : item->unit,
              page->lang);
    (void)number(line->text[0], row->before, item->digits, false, page->lang);
    (void)number(line->text[1], row->after, item->digits, false, page->lang);
    (void)number(line->text[2], row->change, item->digits, true, page->lang);
    if (isnan(row->low)) {
        (void)snprintf(line->text[3], sizeof line->text[3], "-");
    } else {
        (void)snprintf(line->text[3], sizeof line->text[3],
                       say(page->lang, "%s to %s", "%s til %s"),
                       number(low, row->low, item->digits, true, page->lang),
                       number(high, row->high, item->digits, true, page->lang));
    }
    (void)number(line->text[4], row->ratio, 1, false, page->lang);
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

/** What the public purse (all but households, markets, banks) received more, a pair's mean of all
 *  years; NaN when there is no money. */
static enum flyt_status purse(const struct flyt_compare_items *items,
                              const struct flyt_compare_values *before,
                              const struct flyt_compare_values *after, struct flyt_arena *arena,
                              struct flyt_compare_row *row)
{
    static const char *const public[] = {"state", "municipalities", "organisations",
                                         "landsbyggefonden"};
    uint32_t n = before->n_pairs;
    double *sum = FLYT_ARENA_ZERO(arena, double, n + 1);
    bool found = false;
    *row = (struct flyt_compare_row){.change = NAN, .low = NAN, .high = NAN};
    if (sum == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        bool counts = false;
        for (size_t k = 0; k < FLYT_COUNT(public); k++) {
            counts |= items->item[i].group == FLYT_COMPARE_cost &&
                      strcmp(items->item[i].name, public[k]) == 0;
        }
        for (uint32_t r = 0; counts && r < n; r++) {
            for (uint32_t year = 1; year <= before->n_years; year++) {
                sum[r] +=
                    (*flyt_compare_at(after, i, year, r) - *flyt_compare_at(before, i, year, r)) /
                    before->n_years;
            }
        }
        found |= counts;
    }
    row->n = found ? n : 0;
    if (found) {
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
    bool percent = strcmp(item->unit, "%") == 0;
    flyt_text_add(text, "  %s: ", lang == FLYT_DA ? item->da : item->en);
    if (row->n < 2 || is_same(row)) {
        flyt_text_add(text, "%s\n", how_sure(row, lang));
        return;
    }
    flyt_text_add(text, say(lang, "%s%s (%s to %s), %s\n", "%s%s (%s til %s), %s\n"),
                  number(change, row->change, item->digits, true, lang),
                  percent ? say(lang, " points", " point") : "",
                  number(low, row->low, item->digits, true, lang),
                  number(high, row->high, item->digits, true, lang), how_sure(row, lang));
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
    flyt_text_add(
        text,
        say(lang, "  Public purse: %s million DKK a year (%s to %s), mean of all years, %s\n",
            "  Det offentlige: %s mio. kr. om året (%s til %s), gennemsnit af alle år, "
            "%s\n"),
        number(change, cost->change, 2, true, lang), number(low, cost->low, 2, true, lang),
        number(high, cost->high, 2, true, lang), how_sure(cost, lang));
    if (main != NULL && is_sure(main) && is_sure(cost) && cost->change < 0.0) {
        flyt_text_add(text,
                      say(lang,
                          "  That is %s million DKK a year for each point of the first line.\n",
                          "  Det er %s mio. kr. om året for hvert point i den første linje.\n"),
                      number(price, -cost->change / fabs(main->change), 2, false, lang));
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
    FLYT_TRY(purse(items, before, after, text->arena, &cost));
    put_price(first.n > 0 ? &first : NULL, &cost, page, text);
    return FLYT_OK;
}

/* ---- the page ------------------------------------------------------------------------------ */

static enum flyt_status
put_group(const struct flyt_compare_items *items, const struct flyt_compare_values *before,
          const struct flyt_compare_values *after, const struct flyt_compare_page *page,
          enum flyt_compare_group group, const char *title, struct flyt_text *text)
{
    bool cost = group == FLYT_COMPARE_cost, begun = false;
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
        begun = true;
        fill_line(&row, page, &line);
        put_line(text, &line);
    }
    if (!begun && cost) {
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
    flyt_text_add(
        text, say(lang, "%s\nagainst the same without it: %s\n", "%s\nmod det samme uden: %s\n"),
        page->policy, page->title);
    flyt_text_add(text,
                  say(lang,
                      "end of %d, after %u of %u years; %u pairs with the same start and the same "
                      "chance\n",
                      "udgangen af %d, efter %u af %u år; %u par med samme start og samme "
                      "tilfælde\n"),
                  page->start_year + (int32_t)page->year - 1, page->year, page->n_years,
                  before->n_pairs);
    FLYT_TRY(put_short(items, before, after, page, text));
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

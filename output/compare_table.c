#include "output/compare_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/units.h"

enum {
    COLUMNS = 7,
    LABEL_WIDTH = 54,
    NUMBER = FLYT_COMPARE_NUMBER,
    RANGE = 2 * FLYT_COMPARE_NUMBER + 8
};

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

/* ---- numbers ------------------------------------------------------------------------------- */

/** Whether all digits told are 0: .5 is told as 0 too. */
static bool shows_zero(double value, int digits)
{
    char number[NUMBER];
    (void)snprintf(number, sizeof number, "%.*f", digits, value);
    return isfinite(value) && strpbrk(number, "123456789") == NULL;
}

const char *flyt_compare_number(char out[FLYT_COMPARE_NUMBER], double value, int digits, bool sign,
                                enum flyt_lang lang)
{
    if (isnan(value)) {
        (void)snprintf(out, FLYT_COMPARE_NUMBER, "-");
        return out;
    }
    if (shows_zero(value, digits)) { /* neither "-0.00" nor "+0" */
        value = 0.0;
    }
    (void)snprintf(out, FLYT_COMPARE_NUMBER, sign && value != 0.0 ? "%+.*f" : "%.*f", digits,
                   value);
    (void)flyt_units_decimal(out, lang);
    return out;
}

const char *flyt_compare_range(char out[2 * FLYT_COMPARE_NUMBER + 8], double low, double high,
                               int digits, enum flyt_lang lang)
{
    char from[NUMBER], to[NUMBER];
    if (isnan(low)) {
        (void)snprintf(out, RANGE, "-");
    } else {
        (void)snprintf(out, RANGE, say(lang, "%s to %s", "%s til %s"),
                       flyt_compare_number(from, low, digits, true, lang),
                       flyt_compare_number(to, high, digits, true, lang));
    }
    return out;
}

const char *flyt_compare_pairs(char out[FLYT_COMPARE_NUMBER], uint32_t n, uint32_t n_sets,
                               enum flyt_lang lang)
{
    uint32_t each = n_sets > 1 ? n / n_sets : n;
    const char *pairs = lang == FLYT_DA || each == 1 ? "" : "s";
    if (n_sets > 1) {
        (void)snprintf(out, FLYT_COMPARE_NUMBER,
                       say(lang, "%u sets of %u pair%s", "%u sæt à %u par%s"), n_sets, each, pairs);
    } else {
        (void)snprintf(out, FLYT_COMPARE_NUMBER, say(lang, "%u pair%s", "%u par%s"), n, pairs);
    }
    return out;
}

/* ---- how sure ------------------------------------------------------------------------------ */

bool flyt_compare_is_same(const struct flyt_compare_row *row)
{
    return row->n > 0 && row->change == 0.0 && !(row->spread > 0.0) && !(row->sets > 0.0);
}

int flyt_compare_digits(const struct flyt_compare_row *row, int digits)
{
    enum { MORE = 6 };
    for (int i = 0; i < MORE && row->n > 1 && !flyt_compare_is_same(row); i++) {
        bool low = shows_zero(row->low, digits), high = shows_zero(row->high, digits),
             any = low || high || shows_zero(row->change, digits);
        if (flyt_compare_depends(row)) { /* the interval of chance is what does not reach 0 */
            any = shows_zero(row->chance_low, digits) || shows_zero(row->chance_high, digits);
        }
        bool strict = flyt_compare_is_sure(row) || flyt_compare_depends(row);
        if (strict ? !any : !low || !high) {
            break;
        }
        digits++;
    }
    return digits;
}

const char *flyt_compare_how_sure(const struct flyt_compare_row *row, enum flyt_lang lang)
{
    if (row->n == 0) {
        return say(lang, "not measured", "ikke målt");
    }
    if (flyt_compare_is_same(row)) {
        return say(lang, "no change at all", "slet ingen ændring");
    }
    if (row->n < 2) {
        return say(lang, "one pair cannot tell", "ét par kan ikke sige det");
    }
    if (isnan(row->low)) {
        return say(lang, "one set cannot tell", "ét sæt kan ikke sige det");
    }
    return flyt_compare_is_sure(row) ? say(lang, "sure", "sikkert")
           : flyt_compare_depends(row)
               ? say(lang, "depends on the parameters", "afhænger af parametrene")
               : say(lang, "may be chance", "kan være tilfældigt");
}

const char *flyt_compare_mark(const struct flyt_compare_row *row)
{
    return flyt_compare_is_sure(row) ? " *" : flyt_compare_depends(row) ? " ~" : "  ";
}

const char *flyt_compare_legend(uint32_t n_sets, enum flyt_lang lang)
{
    return n_sets > 1
               ? say(lang,
                     "* the 95 % interval of chance and parameters does not hold 0; ~ only that of "
                     "chance does not: depends on the parameters",
                     "* 95 %-intervallet for tilfælde og parametre rummer ikke 0; ~ kun det for "
                     "tilfælde: afhænger af parametrene")
               : say(lang, "* the 95 % interval does not hold 0",
                     "* 95 %-intervallet rummer ikke 0");
}

/* ---- lines --------------------------------------------------------------------------------- */

struct line {
    const char *cell[COLUMNS];
    char number[4][NUMBER], range[2][RANGE];
};

void flyt_compare_put_cell(struct flyt_text *text, const char *cell, size_t width, bool right)
{
    size_t length = flyt_text_length(cell, strlen(cell));
    int blank = length < width ? (int)(width - length) : 0;
    flyt_text_add(text, "%*s%s%*s", right ? blank : 0, "", cell, right ? 0 : blank, "");
}

const char *flyt_compare_label(struct flyt_text *text, const struct flyt_compare_item *item,
                               enum flyt_lang lang)
{
    const char *label = lang == FLYT_DA ? item->da : item->en;
    const char *unit = flyt_units_say(item->unit, lang);
    bool told = item->group != FLYT_COMPARE_cost && unit[0] != '\0' && strcmp(unit, "1") != 0;
    const char *whole = told ? flyt_arena_printf(text->arena, "%s (%s)", label, unit) : label;
    text->failed = text->failed || whole == NULL;
    return whole == NULL ? "" : whole;
}

/** Bytes of a label that are told on one line of `width` characters: all, or those before the last
 *  blank that leaves as much room; a word that is wider than the line stays whole. */
static size_t break_of(const char *label, size_t width)
{
    size_t n = strlen(label), best = 0;
    if (flyt_text_length(label, n) <= width) {
        return n;
    }
    for (size_t at = 1; at < n; at++) {
        if (label[at] == ' ' && (best == 0 || flyt_text_length(label, at) <= width)) {
            best = at;
        }
    }
    return best == 0 ? n : best;
}

const char *flyt_compare_put_label(struct flyt_text *text, const char *label, size_t width)
{
    size_t at = break_of(label, width);
    const char *first = flyt_arena_copy(text->arena, label, at);
    text->failed = text->failed || first == NULL;
    flyt_compare_put_cell(text, first == NULL ? "" : first, width, false);
    return label + at;
}

void flyt_compare_put_rest(struct flyt_text *text, const char *rest, size_t width)
{
    while (*rest != '\0') {
        size_t at = break_of(++rest, width - 2); /* from behind the blank */
        flyt_text_add(text, "\n  %.*s", (int)at, rest);
        rest += at;
    }
    flyt_text_add(text, "\n");
}

static void fill_line(const struct flyt_compare_row *row, const struct flyt_compare_page *page,
                      struct flyt_text *text, struct line *line)
{
    const struct flyt_compare_item *item = row->item;
    enum flyt_lang lang = page->lang;
    bool cost = item->group == FLYT_COMPARE_cost;
    int digits = flyt_compare_digits(row, item->digits);
    const double value[] = {row->before, row->after, row->change};
    line->cell[0] = flyt_compare_label(text, item, lang);
    for (uint32_t i = 0; i < FLYT_COUNT(value); i++) {
        line->cell[i + 1] =
            cost && i < 2 ? ""
                          : flyt_compare_number(line->number[i], value[i], digits, i == 2, lang);
    }
    const char *all = flyt_compare_range(line->range[0], row->low, row->high, digits, lang);
    if (page->n_sets > 1) {
        line->cell[4] =
            flyt_compare_range(line->range[1], row->chance_low, row->chance_high, digits, lang);
        line->cell[5] = all;
        line->cell[6] = flyt_compare_how_sure(row, lang);
    } else {
        line->cell[4] = all;
        line->cell[5] = flyt_compare_how_sure(row, lang);
        line->cell[6] = flyt_compare_number(line->number[3], row->ratio, 1, false, lang);
    }
}

/** @param sets  the last column but one is an interval too. */
static void put_line(struct flyt_text *text, const struct line *line, bool sets)
{
    static const size_t width[COLUMNS] = {LABEL_WIDTH, 10, 10, 10, 20, 20, 7};
    const char *rest = flyt_compare_put_label(text, line->cell[0], width[0]);
    for (uint32_t i = 1; i < COLUMNS; i++) {
        flyt_text_add(text, "  ");
        flyt_compare_put_cell(text, line->cell[i], i + 1 == COLUMNS ? 0 : width[i],
                              i <= (sets ? 5u : 4u));
    }
    flyt_compare_put_rest(text, rest, width[0]);
}

void flyt_compare_put_head(struct flyt_text *text, const char *title, bool levels,
                           const struct flyt_compare_page *page)
{
    enum flyt_lang lang = page->lang;
    bool sets = page->n_sets > 1;
    const char *sure = say(lang, "how sure", "hvor sikkert");
    struct line line = {.cell = {title, levels ? say(lang, "without", "uden") : "",
                                 levels ? say(lang, "with", "med") : "",
                                 say(lang, "change", "ændring"),
                                 sets ? say(lang, "chance alone", "tilfælde alene")
                                      : say(lang, "95 % interval", "95 %-interval"),
                                 sets ? say(lang, "and parameters", "og parametre") : sure,
                                 sets ? sure : say(lang, "pairing", "parring")}};
    flyt_text_add(text, "\n");
    put_line(text, &line, sets);
}

void flyt_compare_put_row(struct flyt_text *text, const struct flyt_compare_row *row,
                          const struct flyt_compare_page *page)
{
    struct line line;
    fill_line(row, page, text, &line);
    put_line(text, &line, page->n_sets > 1);
}

/* Several policies beside each other, one column each. See compare_plot.h for the arms. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/compare_plot.h"
#include "output/compare_table.h"
#include "sim/units.h"

enum { LABEL = 46, COLUMN = 16 };

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static void put_padded(struct flyt_text *text, const char *cell, size_t width, bool right)
{
    size_t n = strlen(cell), at = 0, characters = 0;
    while (at < n && characters < width) {
        at++;
        characters += at == n || ((unsigned char)cell[at] & 0xC0) != 0x80;
    }
    int blank = characters < width ? (int)(width - characters) : 0;
    flyt_text_add(text, "%*s%.*s%*s", right ? blank : 0, "", (int)at, cell, right ? 0 : blank, "");
}

static void put_number(struct flyt_text *text, double value, int digits, const char *after,
                       bool sign, enum flyt_lang lang)
{
    char cell[2 * FLYT_COMPARE_NUMBER], number[FLYT_COMPARE_NUMBER];
    (void)snprintf(cell, sizeof cell, "%s%s",
                   flyt_compare_number(number, value, digits, sign, lang),
                   isnan(value) ? "  " : after);
    put_padded(text, cell, COLUMN, true);
}

static enum flyt_status put_item(const struct flyt_compare_items *items, uint32_t i,
                                 const struct flyt_compare_values *before,
                                 const struct flyt_compare_arm *arm, uint32_t n_arms,
                                 const struct flyt_compare_page *page, struct flyt_text *text)
{
    const struct flyt_compare_item *item = &items->item[i];
    bool cost = item->group == FLYT_COMPARE_cost, told = false;
    struct flyt_compare_row row[FLYT_COMPARE_CURVES];
    for (uint32_t a = 0; a < n_arms; a++) {
        FLYT_TRY(flyt_compare_row(items, before, &arm[a].values, i, cost ? FLYT_NONE : page->year,
                                  text->arena, &row[a]));
        told |= row[a].n > 0 && (item->group == FLYT_COMPARE_change || row[a].change != 0.0);
    }
    if (!told) {
        return FLYT_OK;
    }
    char label[200];
    bool unit = !cost && strcmp(item->unit, "1") != 0;
    (void)snprintf(label, sizeof label, unit ? "%s (%s)" : "%s",
                   page->lang == FLYT_DA ? item->da : item->en,
                   flyt_units_say(item->unit, page->lang));
    put_padded(text, label, LABEL, false);
    put_number(text, cost ? NAN : row[0].before, item->digits, "  ", false, page->lang);
    for (uint32_t a = 0; a < n_arms; a++) {
        put_number(text, row[a].change, item->digits, flyt_compare_mark(&row[a]), true, page->lang);
    }
    flyt_text_add(text, "\n");
    return FLYT_OK;
}

enum flyt_status flyt_compare_write_many(const struct flyt_compare_items *items,
                                         const struct flyt_compare_values *before,
                                         const struct flyt_compare_arm *arm, uint32_t n_arms,
                                         const struct flyt_compare_page *page,
                                         struct flyt_text *text)
{
    enum flyt_lang lang = page->lang;
    char pairs[FLYT_COMPARE_NUMBER];
    n_arms = n_arms < FLYT_COMPARE_CURVES ? n_arms : FLYT_COMPARE_CURVES;
    flyt_text_add(text, "%s\n", page->title);
    flyt_text_add(
        text,
        say(lang, "change against the same without, end of %d, after %u of %u years; %s; %s\n\n",
            "ændring mod det samme uden, udgangen af %d, efter %u af %u år; %s; "
            "%s\n\n"),
        flyt_compare_calendar(page->start_year, page->year), page->year, page->n_years,
        flyt_compare_pairs(pairs, before->n_pairs, before->n_sets, lang),
        flyt_compare_legend(before->n_sets, lang));
    put_padded(text, "", LABEL, false);
    put_padded(text, say(lang, "without  ", "uden  "), COLUMN, true);
    for (uint32_t a = 0; a < n_arms; a++) {
        struct flyt_text head = {.arena = text->arena};
        flyt_text_add(&head, " %.15s  ", arm[a].name);
        put_padded(text, head.failed ? "" : head.bytes, COLUMN, true);
    }
    flyt_text_add(text, "\n");
    enum flyt_compare_group last = FLYT_COMPARE_change;
    for (uint32_t i = 0; i < items->n; i++) {
        if (items->item[i].group != last) {
            last = items->item[i].group;
            flyt_text_add(
                text, "\n%s\n",
                last == FLYT_COMPARE_cost
                    ? say(lang, "Received less paid, mean of all years, million DKK a year",
                          "Modtaget minus betalt, gennemsnit af alle år, mio. kr. om året")
                : last == FLYT_COMPARE_policy ? say(lang, "What the policies did that year",
                                                    "Hvad politikkerne gjorde det år")
                                              : say(lang, "Who pays more that year, by law",
                                                    "Hvem betaler mere det år, efter loven"));
        }
        FLYT_TRY(put_item(items, i, before, arm, n_arms, page, text));
    }
    for (uint32_t a = 0; a < n_arms; a++) {
        flyt_text_add(text, a == 0 ? "\n%s: %s" : "; %s: %s", arm[a].name,
                      lang == FLYT_DA ? arm[a].da : arm[a].en);
    }
    flyt_text_add(text, "\n");
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

/* Several policies beside each other, one column each. See compare_plot.h for the arms. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/compare_plot.h"
#include "output/compare_table.h"

enum { LABEL = 46, COLUMN = 20 };

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static void put_number(struct flyt_text *text, double value, int digits, const char *after,
                       bool sign, enum flyt_lang lang)
{
    char cell[2 * FLYT_COMPARE_NUMBER], number[FLYT_COMPARE_NUMBER];
    (void)snprintf(cell, sizeof cell, "%s%s",
                   flyt_compare_number(number, value, digits, sign, lang),
                   isnan(value) ? "  " : after);
    flyt_compare_put_cell(text, cell, COLUMN, true);
}

/** State, municipalities and almen sector together, which is what the public pays. */
static enum flyt_status put_public(const struct flyt_compare_items *items,
                                   const struct flyt_compare_values *before,
                                   const struct flyt_compare_arm *arm, uint32_t n_arms,
                                   const struct flyt_compare_page *page, struct flyt_text *text)
{
    const char *rest =
        flyt_compare_put_label(text,
                               say(page->lang, "State, municipalities and almen sector together",
                                   "Stat, kommuner og almen sektor tilsammen"),
                               LABEL);
    put_number(text, NAN, 0, "  ", false, page->lang);
    for (uint32_t a = 0; a < n_arms; a++) {
        struct flyt_compare_row row;
        FLYT_TRY(flyt_compare_public(items, before, &arm[a].values, text->arena, &row));
        put_number(text, row.change, flyt_compare_digits(&row, 3), flyt_compare_mark(&row), true,
                   page->lang);
    }
    flyt_compare_put_rest(text, rest, LABEL);
    return FLYT_OK;
}

/** The head of a part of the page. What policies did has one for each policy that tells of itself.
 */
static enum flyt_status put_part(const struct flyt_compare_items *items, uint32_t i,
                                 const struct flyt_compare_values *before,
                                 const struct flyt_compare_arm *arm, uint32_t n_arms,
                                 const struct flyt_compare_page *page, struct flyt_text *text)
{
    const struct flyt_compare_item *item = &items->item[i];
    enum flyt_lang lang = page->lang;
    const char *head = item->policy == NULL ? "" : item->policy;
    if (item->group == FLYT_COMPARE_cost) {
        head = say(lang, "Received less paid, mean of all years, million DKK a year",
                   "Modtaget minus betalt, gennemsnit af alle år, mio. kr. om året");
    } else if (item->group == FLYT_COMPARE_incidence) {
        head =
            say(lang, "Who pays more that year, by law", "Hvem betaler mere det år, efter loven");
    }
    for (uint32_t a = 0; a < n_arms; a++) {
        if (item->group == FLYT_COMPARE_policy && strcmp(arm[a].name, head) == 0) {
            head = lang == FLYT_DA ? arm[a].da : arm[a].en;
        }
    }
    flyt_text_add(text,
                  item->group != FLYT_COMPARE_policy
                      ? "\n%s\n"
                      : say(lang, "\nWhat the policy did that year: %s\n",
                            "\nHvad politikken gjorde det år: %s\n"),
                  head);
    return item->group == FLYT_COMPARE_cost ? put_public(items, before, arm, n_arms, page, text)
                                            : FLYT_OK;
}

static bool begins_part(const struct flyt_compare_item *before,
                        const struct flyt_compare_item *item)
{
    const char *last = before->policy == NULL ? "" : before->policy;
    return item->group != before->group ||
           (item->group == FLYT_COMPARE_policy && item->policy != NULL &&
            strcmp(last, item->policy) != 0);
}

/** A line for an item that any policy changes; before it the head of its part, if that is due. */
static enum flyt_status put_item(const struct flyt_compare_items *items, uint32_t i,
                                 const struct flyt_compare_values *before,
                                 const struct flyt_compare_arm *arm, uint32_t n_arms,
                                 const struct flyt_surplus *surplus,
                                 const struct flyt_compare_page *page, bool *begins,
                                 struct flyt_text *text)
{
    const struct flyt_compare_item *item = &items->item[i];
    bool cost = item->group == FLYT_COMPARE_cost, told = false;
    uint32_t year = cost ? FLYT_NONE : page->year;
    struct flyt_compare_row row[FLYT_COMPARE_CURVES], beyond;
    for (uint32_t a = 0; a < n_arms; a++) {
        FLYT_TRY(flyt_compare_row(items, before, &arm[a].values, i, year, text->arena, &row[a]));
        told |= row[a].n > 0 && (item->group == FLYT_COMPARE_change || row[a].change != 0.0);
    }
    if (!told) {
        return FLYT_OK;
    }
    if (*begins) {
        FLYT_TRY(put_part(items, i, before, arm, n_arms, page, text));
        *begins = false;
    }
    const char *rest =
        flyt_compare_put_label(text, flyt_compare_label(text, item, page->lang), LABEL);
    put_number(text, cost ? NAN : row[0].before, item->digits, "  ", false, page->lang);
    for (uint32_t a = 0; a < n_arms; a++) {
        put_number(text, row[a].change, flyt_compare_digits(&row[a], item->digits),
                   flyt_compare_mark(&row[a]), true, page->lang);
    }
    if (surplus != NULL) {
        FLYT_TRY(flyt_surplus_row(surplus, items, i, year, text->arena, &beyond));
        put_number(text, beyond.change, flyt_compare_digits(&beyond, item->digits),
                   flyt_compare_mark(&beyond), true, page->lang);
    }
    flyt_compare_put_rest(text, rest, LABEL);
    return FLYT_OK;
}

/** What the words mean. */
static void put_foot(const struct flyt_compare_page *page, struct flyt_text *text)
{
    flyt_text_add(
        text, "%s",
        say(page->lang,
            "\nDeprived areas: those on a list of the ministry at the start, all through. "
            "Households: "
            "what they consume and save, which\nstands in no other line; almen sector: housing "
            "organisations and Landsbyggefonden. Intervals of each number: compare.csv\n(-o "
            "FOLDER), "
            "or one policy at a time.\n",
            "\nUdsatte områder: dem på en af ministeriets lister ved starten, hele vejen. "
            "Husstande: "
            "hvad de forbruger og sparer op, som\nikke står i andre linjer; almen sektor: "
            "boligorganisationer og Landsbyggefonden. Hvert tals interval: compare.csv\n"
            "(-o MAPPE), eller én politik ad gangen.\n"));
}

enum flyt_status flyt_compare_write_many(const struct flyt_compare_items *items,
                                         const struct flyt_compare_values *before,
                                         const struct flyt_compare_arm *arm, uint32_t n_arms,
                                         const struct flyt_surplus *surplus,
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
    flyt_compare_put_cell(text, "", LABEL, false);
    flyt_compare_put_cell(text, say(lang, "without  ", "uden  "), COLUMN, true);
    for (uint32_t a = 0; a < n_arms; a++) {
        struct flyt_text head = {.arena = text->arena};
        flyt_text_add(&head, " %s  ", arm[a].name);
        flyt_compare_put_cell(text, head.failed ? "" : head.bytes, COLUMN, true);
    }
    if (surplus != NULL) {
        flyt_compare_put_cell(text, FLYT_SURPLUS_NAME "  ", COLUMN, true);
    }
    flyt_text_add(text, "\n");
    bool begins = false;
    for (uint32_t i = 0; i < items->n; i++) {
        begins |= i > 0 && begins_part(&items->item[i - 1], &items->item[i]);
        FLYT_TRY(put_item(items, i, before, arm, n_arms, surplus, page, &begins, text));
    }
    for (uint32_t a = 0; a < n_arms; a++) {
        flyt_text_add(text, a == 0 ? "\n%s: %s" : "; %s: %s", arm[a].name,
                      lang == FLYT_DA ? arm[a].da : arm[a].en);
    }
    if (surplus != NULL) {
        flyt_text_add(text, "; " FLYT_SURPLUS_NAME ": %s",
                      say(lang, FLYT_SURPLUS_EN, FLYT_SURPLUS_DA));
    }
    flyt_text_add(text, "\n");
    put_foot(page, text);
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

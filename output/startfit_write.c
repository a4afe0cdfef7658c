/**
 * @file startfit_write.c
 * @brief The report on the start as text, Markdown, JSON or CSV, in English or Danish.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/describe.h"
#include "output/startfit.h"
#include "sim/units.h"

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static const char *variable_text(enum flyt_variable variable, enum flyt_lang lang)
{
    static const char *const text[FLYT_N_VARIABLES][2] = {
#define X(name, unit, en, da) {en, da},
        FLYT_VARIABLES(X)
#undef X
    };
    return text[variable][lang == FLYT_DA];
}

static const char *variable_name(enum flyt_variable variable)
{
    static const char *const name[FLYT_N_VARIABLES] = {
#define X(name, unit, en, da) #name,
        FLYT_VARIABLES(X)
#undef X
    };
    return name[variable];
}

static const char *variable_unit(enum flyt_variable variable, enum flyt_lang lang)
{
    static const char *const unit[FLYT_N_VARIABLES] = {
#define X(name, unit, en, da) unit,
        FLYT_VARIABLES(X)
#undef X
    };
    if (lang == FLYT_DA && variable == FLYT_VARIABLE_population) {
        return "personer";
    }
    return lang == FLYT_DA && variable == FLYT_VARIABLE_disposable_income ? "kr./år"
                                                                          : unit[variable];
}

static const char *class_text(uint32_t class, enum flyt_lang lang)
{
    return class == FLYT_STARTFIT_UNKNOWN ? say(lang, "unknown", "ukendt")
                                          : flyt_field_evidence((enum flyt_evidence) class, lang);
}

static const char *verdict_text(enum flyt_startfit_verdict verdict, enum flyt_lang lang)
{
    switch (verdict) {
    case FLYT_STARTFIT_met:
        return say(lang, "met", "ramt");
    case FLYT_STARTFIT_missed:
        return say(lang, "MISSED", "IKKE RAMT");
    case FLYT_STARTFIT_shown:
        return say(lang, "not judged", "ikke bedømt");
    default:
        return say(lang, "unknown", "ukendt");
    }
}

/** Whole numbers for counts and amounts, hundredths for shares; "" for NaN. */
static const char *number(char out[32], double value, enum flyt_variable variable, bool sign,
                          enum flyt_lang lang)
{
    bool whole =
        variable == FLYT_VARIABLE_population || variable == FLYT_VARIABLE_disposable_income;
    out[0] = '\0';
    if (!isnan(value)) {
        (void)snprintf(out, 32, sign ? "%+.*f" : "%.*f", whole ? 0 : 2, value);
    }
    return flyt_units_decimal(out, lang);
}

enum { COLUMNS = 9 };

/** The cells of a row, or of the head when row is NULL. */
struct line {
    const char *cell[COLUMNS];
    char known[32], simulated[32], difference[32], allowed[32], year[16];
};

static void fill_line(const struct flyt_startfit_row *row, enum flyt_lang lang, struct line *line)
{
    if (row == NULL) {
        const char *const head[COLUMNS] = {say(lang, "place", "sted"),
                                           say(lang, "what", "hvad"),
                                           say(lang, "year", "år"),
                                           say(lang, "known", "kendt"),
                                           say(lang, "simulated", "simuleret"),
                                           say(lang, "difference", "forskel"),
                                           say(lang, "allowed", "tilladt"),
                                           say(lang, "evidence", "belæg"),
                                           say(lang, "verdict", "dom")};
        memcpy(line->cell, head, sizeof head);
        return;
    }
    line->year[0] = '\0';
    if (row->year > 0) {
        (void)snprintf(line->year, sizeof line->year, "%u", row->year);
    }
    line->cell[0] = row->place;
    line->cell[1] = variable_text(row->variable, lang);
    line->cell[2] = line->year;
    line->cell[3] = number(line->known, row->known, row->variable, false, lang);
    line->cell[4] = number(line->simulated, row->simulated, row->variable, false, lang);
    line->cell[5] =
        number(line->difference, row->simulated - row->known, row->variable, true, lang);
    line->cell[6] = number(line->allowed, row->allowed, row->variable, false, lang);
    line->cell[7] = class_text(row->evidence, lang);
    line->cell[8] = verdict_text(row->verdict, lang);
}

/** Characters of a UTF-8 text. */
static uint32_t width_of(const char *text)
{
    uint32_t n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return n;
}

/** A cell that must not break a Markdown table, or a CSV row, or a spreadsheet. */
static void add_cell(struct flyt_text *text, const char *cell, enum flyt_startfit_format format)
{
    bool quote = format == FLYT_STARTFIT_csv &&
                 (strpbrk(cell, ",\"\n") != NULL || strchr("=+-@\t", cell[0]) != NULL) &&
                 cell[0] != '\0';
    flyt_text_add(text, "%s", quote ? "\"" : "");
    for (; *cell != '\0'; cell++) {
        if (format == FLYT_STARTFIT_markdown && (*cell == '|' || *cell == '<')) {
            flyt_text_add(text, "\\");
        } else if (quote && *cell == '"') {
            flyt_text_add(text, "\"");
        }
        flyt_text_put(text, cell, 1);
    }
    flyt_text_add(text, "%s", quote ? "\"" : "");
}

static void write_table(struct flyt_text *text, const struct flyt_startfit *fit,
                        enum flyt_startfit_format format, enum flyt_lang lang)
{
    uint32_t width[COLUMNS] = {0};
    struct line line;
    for (uint32_t r = 0; r <= fit->n_rows; r++) {
        fill_line(r == 0 ? NULL : &fit->row[r - 1], lang, &line);
        for (int c = 0; c < COLUMNS; c++) {
            uint32_t here = width_of(line.cell[c]);
            width[c] = here > width[c] ? here : width[c];
        }
    }
    bool markdown = format == FLYT_STARTFIT_markdown;
    for (uint32_t r = 0; r <= fit->n_rows; r++) {
        fill_line(r == 0 ? NULL : &fit->row[r - 1], lang, &line);
        for (int c = 0; c < COLUMNS; c++) {
            bool right = c >= 2 && c <= 6;
            uint32_t pad = markdown ? 0 : width[c] - width_of(line.cell[c]);
            flyt_text_add(text, "%s%*s",
                          markdown ? "| "
                          : c > 0  ? "  "
                                   : "",
                          right ? (int)pad : 0, "");
            add_cell(text, line.cell[c], format);
            flyt_text_add(text, "%*s%s", right || c + 1 == COLUMNS ? 0 : (int)pad, "",
                          markdown ? " " : "");
        }
        flyt_text_add(text, markdown ? "|\n" : "\n");
        if (markdown && r == 0) {
            flyt_text_add(text, "| --- | --- | --: | --: | --: | --: | --: | --- | --- |\n");
        }
    }
}

static void write_csv(struct flyt_text *text, const struct flyt_startfit *fit, enum flyt_lang lang)
{
    flyt_text_add(text, "level,place,variable,unit,year,known,simulated,difference,allowed,"
                        "evidence,verdict\n");
    for (uint32_t r = 0; r < fit->n_rows; r++) {
        const struct flyt_startfit_row *row = &fit->row[r];
        struct line line;
        fill_line(row, lang, &line);
        flyt_text_add(text, "%s,", row->is_area ? "area" : "municipality");
        add_cell(text, row->place, FLYT_STARTFIT_csv);
        flyt_text_add(text, ",%s,%s,%s,%s,%s,%s,%s,%s,%s\n", variable_name(row->variable),
                      variable_unit(row->variable, lang), line.year, line.known, line.simulated,
                      line.difference, line.allowed, line.cell[7], line.cell[8]);
    }
}

static uint32_t n_of(const struct flyt_startfit *fit, enum flyt_startfit_verdict verdict)
{
    uint32_t n = 0;
    for (uint32_t r = 0; r < fit->n_rows; r++) {
        n += fit->row[r].verdict == verdict;
    }
    return n;
}

static void json_number(struct flyt_text *text, const char *key, double value)
{
    if (isnan(value)) {
        flyt_text_add(text, ", \"%s\": null", key);
    } else {
        flyt_text_add(text, ", \"%s\": %.10g", key, value);
    }
}

static void write_json(struct flyt_text *text, const struct flyt_startfit *fit, enum flyt_lang lang)
{
    flyt_text_add(text, "{\"title\": ");
    flyt_describe_json(text, fit->title);
    flyt_text_add(text, ", \"year\": %d, \"households\": %llu, \"homes\": %llu,\n \"cells\": {",
                  fit->year, (unsigned long long)fit->households, (unsigned long long)fit->homes);
    for (uint32_t class = 0; class < FLYT_STARTFIT_CLASSES; class ++) {
        flyt_text_add(text, "%s\"%s\": %llu", class > 0 ? ", " : "", class_text(class, FLYT_EN),
                      (unsigned long long)fit->cells[class]);
    }
    flyt_text_add(text, "},\n \"areas\": [");
    for (uint32_t a = 0; a < fit->n_areas; a++) {
        flyt_text_add(text, "%s{\"name\": ", a > 0 ? ",\n  " : "");
        flyt_describe_json(text, fit->area[a].name);
        flyt_text_add(text, ", \"published\": %u, \"of\": %d}", fit->area[a].published,
                      FLYT_STARTFIT_OF_AREA);
    }
    flyt_text_add(text, "],\n \"values\": [");
    for (uint32_t r = 0; r < fit->n_rows; r++) {
        const struct flyt_startfit_row *row = &fit->row[r];
        flyt_text_add(text, "%s{\"level\": \"%s\", \"place\": ", r > 0 ? ",\n  " : "",
                      row->is_area ? "area" : "municipality");
        flyt_describe_json(text, row->place);
        flyt_text_add(text, ", \"variable\": \"%s\", \"unit\": \"%s\"",
                      variable_name(row->variable), variable_unit(row->variable, lang));
        json_number(text, "year", row->year > 0 ? row->year : (double)NAN);
        json_number(text, "known", row->known);
        json_number(text, "simulated", row->simulated);
        json_number(text, "allowed", row->allowed);
        flyt_text_add(text, ", \"evidence\": \"%s\", \"verdict\": \"%s\"}",
                      class_text(row->evidence, FLYT_EN), verdict_text(row->verdict, FLYT_EN));
    }
    flyt_text_add(text, "]}\n");
}

static void write_summary(struct flyt_text *text, const struct flyt_startfit *fit,
                          enum flyt_lang lang)
{
    uint32_t met = n_of(fit, FLYT_STARTFIT_met), missed = n_of(fit, FLYT_STARTFIT_missed);
    flyt_text_add(
        text,
        say(lang,
            "%llu households in %llu homes. Published values: %u of %u met (shares within "
            "1 point or 2 binomial standard deviations, counts within 1 %%). "
            "Not judged: %u. Unknown: %u.\n\n",
            "%llu husstande i %llu boliger. Offentliggjorte værdier: %u af %u ramt "
            "(andele inden for 1 point eller 2 binomiale standardafvigelser, antal inden "
            "for 1 %%). Ikke bedømt: %u. Ukendt: %u.\n\n"),
        (unsigned long long)fit->households, (unsigned long long)fit->homes, met, met + missed,
        n_of(fit, FLYT_STARTFIT_shown), n_of(fit, FLYT_STARTFIT_unknown));
    flyt_text_add(text, "%s:", say(lang, "Rows of all tables", "Rækker i alle tabeller"));
    for (uint32_t class = 0; class < FLYT_STARTFIT_CLASSES; class ++) {
        flyt_text_add(text, "%s %s %llu", class > 0 ? "," : "", class_text(class, lang),
                      (unsigned long long)fit->cells[class]);
    }
    flyt_text_add(text, "\n\n");
}

static void write_areas(struct flyt_text *text, const struct flyt_startfit *fit,
                        enum flyt_lang lang)
{
    flyt_text_add(text, "\n%s\n\n",
                  say(lang, "Start values of an area that are published:",
                      "Startværdier for et område, som er offentliggjort:"));
    for (uint32_t a = 0; a < fit->n_areas; a++) {
        flyt_text_add(text, "- %s: ", fit->area[a].name);
        flyt_text_add(text, say(lang, "%u of %d (%.0f %%)\n", "%u af %d (%.0f %%)\n"),
                      fit->area[a].published, FLYT_STARTFIT_OF_AREA,
                      100.0 * fit->area[a].published / FLYT_STARTFIT_OF_AREA);
    }
    flyt_text_add(text,
                  say(lang, "- %u other areas: none; they follow their municipality\n",
                      "- %u andre områder: ingen; de følger deres kommune\n"),
                  fit->n_other_areas);
}

enum flyt_status flyt_startfit_write(struct flyt_text *text, const struct flyt_startfit *fit,
                                     enum flyt_startfit_format format, enum flyt_lang lang)
{
    if (format == FLYT_STARTFIT_csv) {
        write_csv(text, fit, lang);
    } else if (format == FLYT_STARTFIT_json) {
        write_json(text, fit, lang);
    } else {
        flyt_text_add(text, "%s%s, %s %d\n\n", format == FLYT_STARTFIT_markdown ? "## " : "",
                      fit->title, say(lang, "start of", "start af"), fit->year);
        write_summary(text, fit, lang);
        write_table(text, fit, format, lang);
        write_areas(text, fit, lang);
    }
    return text->failed ? FLYT_ERR_MEMORY : FLYT_OK;
}

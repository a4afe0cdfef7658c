/**
 * @file segregation_report.c
 * @brief Estimates to rows, rows to text.
 */
#include "output/segregation_report.h"
#include "sim/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Words of ours among the names from the file, told by where they stand in memory. */
static const char all_groups[] = "all", the_rest[] = "rest";

/* ---- rows ---------------------------------------------------------------------------------- */

static void add_row(struct flyt_segregation_report *report, enum flyt_segregation_index index,
                    const char *group, const char *reference,
                    const struct flyt_segregation_estimate *estimate)
{
    if (!(estimate->value == estimate->value)) {
        return; /* not defined for this group, or the table lacks what it needs */
    }
    report->row[report->n_rows++] = (struct flyt_segregation_row){
        .index = flyt_segregation_name(index),
        .title = {flyt_segregation_title(index, FLYT_EN), flyt_segregation_title(index, FLYT_DA)},
        .group = group,
        .reference = reference,
        .estimate = *estimate,
    };
}

static void add_part(struct flyt_segregation_report *report, const char *index, const char *en,
                     const char *da, const char *part, double value)
{
    report->row[report->n_rows++] = (struct flyt_segregation_row){
        .index = index,
        .title = {en, da},
        .group = all_groups,
        .reference = part,
        .estimate = {value, NAN, NAN, NAN, NAN},
    };
}

static void add_parts(struct flyt_segregation_report *report,
                      const struct flyt_segregation_parts *parts, const char *const *part_name)
{
    double within = 0.0;
    for (uint32_t s = 0; s < parts->n_parts; s++) {
        within += parts->share[s] * parts->within[s];
    }
    add_part(report, "theil_m_between", "M between parts", "M mellem dele", "", parts->between);
    add_part(report, "theil_m_within", "M within parts", "M inden for dele", "", within);
    for (uint32_t s = 0; s < parts->n_parts; s++) {
        add_part(report, "theil_m_within", "M within parts", "M inden for dele", part_name[s],
                 parts->within[s]);
        add_part(report, "population_share", "share of persons", "andel af personer", part_name[s],
                 parts->share[s]);
    }
}

enum flyt_status flyt_segregation_report_build(const struct flyt_segregation_estimates *estimates,
                                               const char *const *group,
                                               const struct flyt_segregation_parts *parts,
                                               const char *const *part_name,
                                               struct flyt_arena *arena,
                                               struct flyt_segregation_report *out)
{
    const uint32_t n_groups = estimates->n_groups;
    const size_t n_most = ((size_t)n_groups + 1) * FLYT_SEGREGATION_N +
                          (size_t)n_groups * n_groups +
                          (parts != NULL ? 2 + 2 * (size_t)parts->n_parts : 0);
    *out = (struct flyt_segregation_report){
        .row = FLYT_ARENA_ARRAY(arena, struct flyt_segregation_row, n_most)};
    if (out->row == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (int i = 0; i < FLYT_SEGREGATION_N; i++) {
        const enum flyt_segregation_index index = (enum flyt_segregation_index)i;
        for (uint32_t g = 0; g < n_groups; g++) {
            add_row(out, index, group[g], the_rest,
                    &estimates->index[(size_t)g * FLYT_SEGREGATION_N + index]);
            for (uint32_t h = 0; index == FLYT_SEGREGATION_interaction && h < n_groups; h++) {
                if (h != g) {
                    add_row(out, index, group[g], group[h],
                            &estimates->interaction[(size_t)g * n_groups + h]);
                }
            }
        }
        add_row(out, index, all_groups, "",
                &estimates->index[(size_t)n_groups * FLYT_SEGREGATION_N + index]);
    }
    if (parts != NULL) {
        add_parts(out, parts, part_name);
    }
    return FLYT_OK;
}

/* ---- text ---------------------------------------------------------------------------------- */

static const char *number(char out[32], double value, const char *format, const char *none)
{
    const double rounding = 1e-14; /* of indices near 1: 0 is what remains */
    if (!(value == value)) {
        return none;
    }
    (void)snprintf(out, 32, format[0] == 'f' ? "%.4f" : "%.10g",
                   fabs(value) < rounding ? 0.0 : value);
    return out;
}

/** As a reader of the language writes it, "" for NaN. */
static const char *words(char out[32], double value, enum flyt_lang lang)
{
    out[0] = '\0';
    (void)number(out, value, "f", "");
    return flyt_units_decimal(out, lang);
}

static void csv_text(struct flyt_text *text, const char *value)
{
    if (strpbrk(value, ",\"\r\n#") == NULL) {
        flyt_text_put(text, value, strlen(value));
        return;
    }
    flyt_text_put(text, "\"", 1);
    for (const char *c = value; *c != '\0'; c++) {
        flyt_text_put(text, c, 1);
        if (*c == '"') {
            flyt_text_put(text, c, 1);
        }
    }
    flyt_text_put(text, "\"", 1);
}

void flyt_segregation_report_csv(const struct flyt_segregation_report *report,
                                 struct flyt_text *text)
{
    flyt_text_add(text, "index,group,reference,value,baseline,corrected,low,high\n");
    for (uint32_t i = 0; i < report->n_rows; i++) {
        const struct flyt_segregation_row *row = &report->row[i];
        const struct flyt_segregation_estimate *e = &row->estimate;
        const double values[] = {e->value, e->baseline, e->corrected, e->low, e->high};
        flyt_text_add(text, "%s,", row->index);
        csv_text(text, row->group);
        flyt_text_put(text, ",", 1);
        csv_text(text, row->reference);
        for (size_t k = 0; k < FLYT_COUNT(values); k++) {
            char buffer[32];
            flyt_text_add(text, ",%s", number(buffer, values[k], "g", ""));
        }
        flyt_text_put(text, "\n", 1);
    }
}

static void json_text(struct flyt_text *text, const char *value)
{
    flyt_text_put(text, "\"", 1);
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            flyt_text_put(text, "\\", 1);
        }
        if ((unsigned char)*c < 0x20) {
            flyt_text_add(text, "\\u%04x", (unsigned)(unsigned char)*c);
        } else {
            flyt_text_put(text, c, 1);
        }
    }
    flyt_text_put(text, "\"", 1);
}

void flyt_segregation_report_json(const struct flyt_segregation_report *report,
                                  struct flyt_text *text)
{
    flyt_text_add(text, "[");
    for (uint32_t i = 0; i < report->n_rows; i++) {
        const struct flyt_segregation_row *row = &report->row[i];
        const struct flyt_segregation_estimate *e = &row->estimate;
        char value[32], baseline[32], corrected[32], low[32], high[32];
        flyt_text_add(text, "%s\n  {\"index\": \"%s\", \"group\": ", i > 0 ? "," : "", row->index);
        json_text(text, row->group);
        flyt_text_add(text, ", \"reference\": ");
        json_text(text, row->reference);
        flyt_text_add(text,
                      ", \"value\": %s, \"baseline\": %s, \"corrected\": %s, \"low\": %s, "
                      "\"high\": %s}",
                      number(value, e->value, "g", "null"),
                      number(baseline, e->baseline, "g", "null"),
                      number(corrected, e->corrected, "g", "null"),
                      number(low, e->low, "g", "null"), number(high, e->high, "g", "null"));
    }
    flyt_text_add(text, "\n]\n");
}

/** A text and blanks up to a width in characters. */
static void padded(struct flyt_text *text, const char *value, size_t width)
{
    char quoted[FLYT_QUOTE_SIZE];
    flyt_text_quote(quoted, value, strlen(value));
    const size_t length = flyt_text_length(quoted, strlen(quoted));
    flyt_text_put(text, quoted, strlen(quoted));
    for (size_t k = length; k < width + 2; k++) {
        flyt_text_put(text, " ", 1);
    }
}

static size_t wider(size_t width, const char *value)
{
    char quoted[FLYT_QUOTE_SIZE];
    flyt_text_quote(quoted, value, strlen(value));
    const size_t length = flyt_text_length(quoted, strlen(quoted));
    return length > width ? length : width;
}

/** Our own words in the reader's language, names as they are. */
static const char *in_words(const char *name, int da)
{
    return da == 0 ? name : name == all_groups ? "alle" : name == the_rest ? "resten" : name;
}

void flyt_segregation_report_table(const struct flyt_segregation_report *report,
                                   enum flyt_lang lang, struct flyt_text *text)
{
    static const char *const heads[2][7] = {
        {"index", "group", "reference", "value", "by chance", "corrected", "95 % interval"},
        {"indeks", "gruppe", "over for", "værdi", "ved tilfælde", "korrigeret", "95 %-interval"}};
    const int da = lang == FLYT_DA ? 1 : 0;
    const char *const *head = heads[da];
    size_t width[3] = {0, 0, 0};
    for (int k = 0; k < 3; k++) {
        width[k] = wider(0, head[k]);
    }
    for (uint32_t i = 0; i < report->n_rows; i++) {
        const struct flyt_segregation_row *row = &report->row[i];
        width[0] = wider(width[0], row->title[da]);
        width[1] = wider(width[1], in_words(row->group, da));
        width[2] = wider(width[2], in_words(row->reference, da));
    }
    for (size_t k = 0; k < 3; k++) {
        padded(text, head[k], width[k]);
    }
    for (int k = 3; k < 6; k++) {
        const size_t length = flyt_text_length(head[k], strlen(head[k]));
        flyt_text_add(text, "%*s%s", (int)(length < 14 ? 14 - length : 1), "", head[k]);
    }
    flyt_text_add(text, "   %s\n", head[6]);
    for (uint32_t i = 0; i < report->n_rows; i++) {
        const struct flyt_segregation_row *row = &report->row[i];
        const struct flyt_segregation_estimate *e = &row->estimate;
        char value[32], baseline[32], corrected[32], low[32], high[32];
        padded(text, row->title[da], width[0]);
        padded(text, in_words(row->group, da), width[1]);
        padded(text, in_words(row->reference, da), width[2]);
        flyt_text_add(text, "%14s%14s%14s", words(value, e->value, lang),
                      words(baseline, e->baseline, lang), words(corrected, e->corrected, lang));
        if (e->low == e->low) {
            flyt_text_add(text, "   %s - %s", words(low, e->low, lang), words(high, e->high, lang));
        }
        flyt_text_put(text, "\n", 1);
    }
}

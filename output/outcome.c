#include "output/outcome.h"

#include <math.h>
#include <string.h>

#include "sim/text.h"

/** A text while it is read. */
struct parser {
    const struct flyt_result *layout;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    const char *at, *whole;
};

static const char *series_name(const void *layout_, uint32_t i)
{
    const struct flyt_result *layout = layout_;
    return layout->series[i].name;
}

static enum flyt_status fault(const struct parser *parser, const char *en, const char *da,
                              const char *what, size_t n, const char *meant)
{
    char quoted[FLYT_QUOTE_SIZE], hint[FLYT_HINT_SIZE];
    return flyt_diag_fault(
        parser->diag, FLYT_ERR_USAGE, (struct flyt_place){0}, "--of: %s \"%s\"%s",
        "--of: %s \"%s\"%s", parser->diag->lang == FLYT_DA ? da : en,
        flyt_text_quote(quoted, what, n), flyt_text_hint(hint, parser->diag, meant));
}

static void skip_spaces(struct parser *parser)
{
    parser->at += strspn(parser->at, " ");
}

/** Clears the cells of a series whose label in a dimension is not among "A|B". */
static enum flyt_status keep_labels(struct parser *parser, const struct flyt_result_series *series,
                                    uint32_t axis, const char *labels, size_t n, bool *in)
{
    const struct flyt_dim *dim = &parser->layout->dim[series->dim[axis]];
    bool *kept = FLYT_ARENA_ZERO(parser->arena, bool, (size_t)dim->n + 1);
    uint64_t inner = 1;
    if (kept == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (const char *end = labels + n; labels < end;) {
        size_t length = strcspn(labels, "|],");
        bool found = false;
        for (uint32_t i = 0; i < dim->n; i++) {
            const char *en = dim->label_en[i], *da = dim->label_da[i];
            if ((strlen(en) == length && strncmp(en, labels, length) == 0) ||
                (strlen(da) == length && strncmp(da, labels, length) == 0)) {
                kept[i] = found = true;
            }
        }
        if (!found) {
            uint32_t near =
                flyt_text_nearest(labels, length, dim->n, flyt_text_name, dim->label_en);
            return fault(parser, "there is no label", "der er ingen etiket", labels, length,
                         near == FLYT_NONE ? NULL : dim->label_en[near]);
        }
        labels += length + 1;
    }
    for (uint32_t k = axis + 1; k < series->n_dims; k++) {
        inner *= parser->layout->dim[series->dim[k]].n;
    }
    for (uint64_t i = 0; i < series->n_cells; i++) {
        in[i] = in[i] && kept[i / inner % dim->n];
    }
    return FLYT_OK;
}

/** [dim=A|B,dim=C] */
static enum flyt_status take_filter(struct parser *parser, struct flyt_outcome_part *part)
{
    const struct flyt_result_series *series = &parser->layout->series[part->series];
    while (*parser->at == '[' || *parser->at == ',') {
        const char *name = ++parser->at;
        size_t n = strcspn(name, "=],");
        uint32_t axis = 0;
        while (axis < series->n_dims &&
               (strlen(parser->layout->dim[series->dim[axis]].name) != n ||
                strncmp(parser->layout->dim[series->dim[axis]].name, name, n) != 0)) {
            axis++;
        }
        if (axis == series->n_dims || name[n] != '=') {
            return fault(parser, "the series has no dimension", "serien har ingen dimension", name,
                         n, NULL);
        }
        const char *labels = name + n + 1;
        size_t length = strcspn(labels, "],");
        FLYT_TRY(keep_labels(parser, series, axis, labels, length, part->in));
        parser->at = labels + length;
    }
    if (*parser->at != ']') {
        return fault(parser, "a ] is missing in", "der mangler en ] i", parser->whole,
                     strlen(parser->whole), NULL);
    }
    parser->at++;
    return FLYT_OK;
}

static enum flyt_status all_cells(const struct flyt_result *layout, uint32_t series,
                                  struct flyt_arena *arena, struct flyt_outcome_part *part)
{
    part->series = series;
    part->in = FLYT_ARENA_ARRAY(arena, bool, layout->series[series].n_cells);
    if (part->in == NULL) {
        return FLYT_ERR_MEMORY;
    }
    memset(part->in, true, layout->series[series].n_cells);
    return FLYT_OK;
}

static enum flyt_status take_part(struct parser *parser, struct flyt_outcome_part *part)
{
    skip_spaces(parser);
    const char *name = parser->at;
    size_t n = strcspn(name, " [/");
    uint32_t s = 0;
    while (s < parser->layout->n_series &&
           (strlen(parser->layout->series[s].name) != n ||
            strncmp(parser->layout->series[s].name, name, n) != 0)) {
        s++;
    }
    if (s == parser->layout->n_series) {
        uint32_t near =
            flyt_text_nearest(name, n, parser->layout->n_series, series_name, parser->layout);
        return fault(parser, "the sweep keeps no series", "gennemløbet gemmer ingen serie", name, n,
                     near == FLYT_NONE ? NULL : series_name(parser->layout, near));
    }
    FLYT_TRY(all_cells(parser->layout, s, parser->arena, part));
    parser->at = name + n;
    if (*parser->at == '[') {
        FLYT_TRY(take_filter(parser, part));
    }
    skip_spaces(parser);
    return FLYT_OK;
}

enum flyt_status flyt_outcome_parse(const struct flyt_result *layout, const char *text,
                                    struct flyt_arena *arena, struct flyt_outcome *out,
                                    struct flyt_diag *diag)
{
    struct parser parser = {layout, arena, diag, text, text};
    *out = (struct flyt_outcome){.text = text, .over = {FLYT_NONE, NULL}};
    FLYT_TRY(take_part(&parser, &out->of));
    out->unit = layout->series[out->of.series].unit;
    if (*parser.at == '/') {
        parser.at++;
        FLYT_TRY(take_part(&parser, &out->over));
        out->unit = "%";
    }
    return *parser.at == '\0' ? FLYT_OK
                              : fault(&parser, "too much behind", "for meget efter", parser.at,
                                      strlen(parser.at), NULL);
}

enum flyt_status flyt_outcome_all(const struct flyt_result *layout, struct flyt_arena *arena,
                                  struct flyt_outcome *out, uint32_t *n)
{
    *n = 0;
    for (uint32_t s = 0; s < layout->n_series; s++) {
        const struct flyt_result_series *series = &layout->series[s];
        if (series->type == FLYT_SERIES_count || series->n_cells == 1) {
            struct flyt_outcome *one = &out[(*n)++];
            *one = (struct flyt_outcome){
                .text = series->name, .unit = series->unit, .over = {FLYT_NONE, NULL}};
            FLYT_TRY(all_cells(layout, s, arena, &one->of));
        }
    }
    return FLYT_OK;
}

static double sum_of(const struct flyt_result *layout, const struct flyt_outcome_part *part,
                     uint32_t from_end, const uint64_t *word)
{
    const struct flyt_result_series *series = &layout->series[part->series];
    double sum = 0.0;
    for (uint32_t s = 0; s < part->series; s++) {
        word += layout->series[s].n_cells * flyt_result_rows(layout, &layout->series[s]);
    }
    uint32_t back = series->period == FLYT_SERIES_monthly ? 12 * from_end : from_end;
    uint32_t rows = flyt_result_rows(layout, series);
    if (back >= rows) {
        return NAN;
    }
    word += (rows - 1 - back) * series->n_cells;
    for (uint64_t i = 0; i < series->n_cells; i++) {
        int64_t count;
        double real;
        memcpy(&count, &word[i], sizeof count);
        memcpy(&real, &word[i], sizeof real);
        if (part->in[i]) {
            sum += series->type == FLYT_SERIES_count ? (double)count : real;
        }
    }
    return sum;
}

double flyt_outcome_value(const struct flyt_result *layout, const struct flyt_outcome *outcome,
                          uint32_t from_end, const uint64_t *word)
{
    double of = sum_of(layout, &outcome->of, from_end, word);
    if (outcome->over.series == FLYT_NONE) {
        return of;
    }
    double over = sum_of(layout, &outcome->over, from_end, word);
    return over > 0.0 ? 100.0 * of / over : NAN;
}

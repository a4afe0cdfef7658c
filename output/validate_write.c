/* Rows of targets as a table for people, as CSV and as JSON. See validate.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/describe.h"
#include "output/validate.h"

enum { COLUMNS = 9, TEXTS = 18 };

__attribute__((format_arg(2), format_arg(3))) static const char *say(enum flyt_lang lang,
                                                                     const char *en, const char *da)
{
    return lang == FLYT_DA ? da : en;
}

static const char *verdict_text(enum flyt_verdict verdict, enum flyt_lang lang)
{
    static const char *const en[] = {
#define X(name, en, da) en,
        FLYT_VERDICTS(X)
#undef X
    };
    static const char *const da[] = {
#define X(name, en, da) da,
        FLYT_VERDICTS(X)
#undef X
    };
    return lang == FLYT_DA ? da[verdict] : en[verdict];
}

static const char *use_text(enum flyt_target_use use, enum flyt_lang lang)
{
    static const char *const en[] = {"fit", "test", "demand"};
    static const char *const da[] = {"tilpasset", "prøve", "krav"};
    return lang == FLYT_DA ? da[use] : en[use];
}

static const char *scope_text(uint32_t scope, enum flyt_lang lang)
{
    static const char *const en[] = {"national", "regional", "local"};
    static const char *const da[] = {"landet", "regionen", "stedet"};
    return lang == FLYT_DA ? da[scope] : en[scope];
}

static const char *counts_text(uint32_t counts, enum flyt_lang lang)
{
    static const char *const en[] = {"persons", "households", "homes", "money"};
    static const char *const da[] = {"personer", "husstande", "boliger", "penge"};
    return lang == FLYT_DA ? da[counts] : en[counts];
}

/** Two decimals at most, three figures at least; "" for NaN. */
static const char *number(char out[32], double value, bool sign)
{
    out[0] = '\0';
    if (!isnan(value)) {
        int digits = fabs(value) >= 100.0 ? 1 : 2;
        (void)snprintf(out, 32, sign ? "%+.*f" : "%.*f", digits, value);
    }
    return out;
}

/* ---- for people ---------------------------------------------------------------------------- */

struct line {
    const char *cell[COLUMNS];
    char value[40], simulated[32], spread[32], gap[32], year[16];
};

static void fill_head(enum flyt_lang lang, struct line *line)
{
    const char *const head[COLUMNS] = {
        say(lang, "target", "mål"),          say(lang, "known", "kendt"),
        say(lang, "simulated", "simuleret"), "±",
        say(lang, "gap", "afvigelse"),       say(lang, "use", "brug"),
        say(lang, "scope", "dækker"),        say(lang, "of", "af"),
        say(lang, "verdict", "dom")};
    memcpy(line->cell, head, sizeof head);
}

static void fill_line(const struct flyt_validate_row *row, enum flyt_lang lang, struct line *line)
{
    static const char *const sign[] = {"", "<= ", ">= "};
    const struct flyt_target *target = row->target;
    char value[32];
    (void)snprintf(line->value, sizeof line->value, "%s%s", sign[target->bound],
                   number(value, target->value, false));
    line->cell[0] = say(lang, target->en, target->da);
    line->cell[1] = line->value;
    line->cell[2] = number(line->simulated, row->simulated, false);
    line->cell[3] = number(line->spread, row->spread, false);
    line->cell[4] = number(line->gap, target->bound == FLYT_TARGET_equal ? row->gap : NAN, true);
    line->cell[5] = use_text(target->use, lang);
    line->cell[6] = scope_text(target->scope, lang);
    line->cell[7] = counts_text(target->counts, lang);
    line->cell[8] = verdict_text(row->verdict, lang);
}

static void add_line(struct flyt_text *text, const struct line *line, const size_t *width)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *cell = line->cell[i];
        size_t blank = width[i] - flyt_text_length(cell, strlen(cell));
        bool right = i >= 1 && i <= 4;
        flyt_text_add(text, "%s%*s", i == 0 ? "" : "  ", right ? (int)blank : 0, "");
        flyt_text_add(text, "%s", cell);
        flyt_text_add(text, "%*s", right || i == COLUMNS - 1 ? 0 : (int)blank, "");
    }
    flyt_text_add(text, "\n");
}

/** "test: 7 of 9 hit, 1 cannot be measured yet; of 3 indicative 2 inside". */
static void add_summary(const struct flyt_validate_row *row, uint32_t n, enum flyt_target_use use,
                        enum flyt_lang lang, struct flyt_text *text)
{
    uint32_t count[FLYT_N_VERDICTS] = {0}, all = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (row[i].target->use == use) {
            count[row[i].verdict]++;
            all++;
        }
    }
    if (all == 0) {
        return;
    }
    flyt_text_add(text, say(lang, "%s: %u of %u hit", "%s: %u af %u ramt"), use_text(use, lang),
                  count[FLYT_VERDICT_hit], count[FLYT_VERDICT_hit] + count[FLYT_VERDICT_miss]);
    uint32_t n_indicative = count[FLYT_VERDICT_inside] + count[FLYT_VERDICT_outside];
    if (n_indicative > 0) {
        flyt_text_add(text,
                      say(lang, "; of %u indicative %u inside", "; af %u vejledende %u inden for"),
                      n_indicative, count[FLYT_VERDICT_inside]);
    }
    if (count[FLYT_VERDICT_unmeasured] > 0) {
        flyt_text_add(text, say(lang, "; %u cannot be measured yet", "; %u kan endnu ikke måles"),
                      count[FLYT_VERDICT_unmeasured]);
    }
    flyt_text_add(text, "\n");
}

static void write_table(const struct flyt_validate_row *row, uint32_t n, enum flyt_lang lang,
                        struct flyt_text *text)
{
    size_t width[COLUMNS] = {0};
    for (uint32_t pass = 0; pass < 2; pass++) { /* measure, then write */
        for (uint32_t i = 0; i <= n; i++) {
            struct line line = {0};
            if (i == 0) {
                fill_head(lang, &line);
            } else {
                fill_line(&row[i - 1], lang, &line);
            }
            for (size_t k = 0; k < COLUMNS && pass == 0; k++) {
                size_t length = flyt_text_length(line.cell[k], strlen(line.cell[k]));
                width[k] = length > width[k] ? length : width[k];
            }
            if (pass == 1) {
                add_line(text, &line, width);
            }
        }
    }
    flyt_text_add(text, "\n");
    for (enum flyt_target_use use = FLYT_TARGET_fit; use <= FLYT_TARGET_demand; use++) {
        add_summary(row, n, use, lang, text);
    }
    for (uint32_t i = 0; i < n; i++) {
        const char *why = row[i].missing != NULL ? row[i].missing : row[i].cell;
        if (why != NULL) {
            flyt_text_add(text, "%s: %s\n", say(lang, row[i].target->en, row[i].target->da), why);
        }
    }
}

/* ---- for programs -------------------------------------------------------------------------- */

static void add_csv(struct flyt_text *text, const char *cell, bool last)
{
    bool quote = strpbrk(cell, ",\"\n") != NULL;
    flyt_text_add(text, quote ? "\"" : "");
    for (; *cell != '\0'; cell++) {
        flyt_text_put(text, cell, 1);
        if (*cell == '"') {
            flyt_text_put(text, cell, 1);
        }
    }
    flyt_text_add(text, "%s%s", quote ? "\"" : "", last ? "\n" : ",");
}

static const char *const text_name[TEXTS] = {
    "name", "text", "measure",  "known", "tolerance", "unit",   "bound",   "simulated", "spread",
    "gap",  "use",  "standing", "world", "scope",     "counts", "verdict", "remark",    "source"};

/** Full precision for programs, "" for NaN. */
static const char *exact(struct flyt_arena *arena, double value)
{
    return isnan(value) ? "" : flyt_arena_printf(arena, "%.10g", value);
}

/** False when out of memory. */
static bool fill_texts(const struct flyt_validate_row *row, enum flyt_lang lang,
                       struct flyt_arena *arena, const char *cell[TEXTS])
{
    static const char *const verdict[] = {
#define X(name, en, da) #name,
        FLYT_VERDICTS(X)
#undef X
    };
    const struct flyt_target *target = row->target;
    const char *remark = row->missing != NULL ? row->missing : row->cell;
    const char *const filled[TEXTS] = {
        target->name,
        say(lang, target->en, target->da),
        flyt_targets_name(arena, FLYT_TARGET_MEASURE_NAMES, target->measure),
        exact(arena, target->value),
        exact(arena, target->tolerance),
        target->unit,
        flyt_targets_name(arena, FLYT_TARGET_BOUND_NAMES, target->bound),
        exact(arena, row->simulated),
        exact(arena, row->spread),
        exact(arena, row->gap),
        flyt_targets_name(arena, FLYT_TARGET_USE_NAMES, target->use),
        flyt_targets_name(arena, FLYT_TARGET_STANDING_NAMES, target->standing),
        flyt_targets_name(arena, FLYT_TARGET_WORLD_NAMES, target->world),
        flyt_targets_name(arena, FLYT_TARGET_SCOPE_NAMES, target->scope),
        flyt_targets_name(arena, FLYT_TARGET_COUNTS_NAMES, target->counts),
        verdict[row->verdict],
        remark == NULL ? "" : remark,
        target->source};
    bool ok = true;
    for (size_t i = 0; i < TEXTS; i++) {
        cell[i] = filled[i];
        ok &= filled[i] != NULL;
    }
    return ok;
}

static void write_csv(const struct flyt_validate_row *row, uint32_t n, enum flyt_lang lang,
                      struct flyt_text *text)
{
    for (size_t i = 0; i < TEXTS; i++) {
        add_csv(text, text_name[i], i + 1 == TEXTS);
    }
    for (uint32_t k = 0; k < n; k++) {
        const char *cell[TEXTS];
        if (!fill_texts(&row[k], lang, text->arena, cell)) {
            text->failed = true;
            return;
        }
        for (size_t i = 0; i < TEXTS; i++) {
            add_csv(text, cell[i], i + 1 == TEXTS);
        }
    }
}

static bool is_number(size_t i)
{
    static const char *const numbers[] = {"known", "tolerance", "simulated", "spread", "gap"};
    for (size_t k = 0; k < FLYT_COUNT(numbers); k++) {
        if (strcmp(text_name[i], numbers[k]) == 0) {
            return true;
        }
    }
    return false;
}

static void write_json(const struct flyt_validate_row *row, uint32_t n, enum flyt_lang lang,
                       struct flyt_text *text)
{
    flyt_text_add(text, "{\"targets\": [");
    for (uint32_t k = 0; k < n; k++) {
        const char *cell[TEXTS];
        if (!fill_texts(&row[k], lang, text->arena, cell)) {
            text->failed = true;
            return;
        }
        flyt_text_add(text, "%s\n  {", k == 0 ? "" : ",");
        for (size_t i = 0; i < TEXTS; i++) {
            flyt_text_add(text, "%s\"%s\": ", i == 0 ? "" : ", ", text_name[i]);
            if (is_number(i)) {
                flyt_text_add(text, "%s", cell[i][0] == '\0' ? "null" : cell[i]);
            } else {
                flyt_describe_json(text, cell[i]);
            }
        }
        flyt_text_add(text, "}");
    }
    flyt_text_add(text, "\n]}\n");
}

void flyt_validate_write(const struct flyt_validate_row *row, uint32_t n,
                         enum flyt_validate_format format, enum flyt_lang lang,
                         struct flyt_text *text)
{
    switch (format) {
    case FLYT_VALIDATE_table:
        write_table(row, n, lang, text);
        break;
    case FLYT_VALIDATE_csv:
        write_csv(row, n, lang, text);
        break;
    case FLYT_VALIDATE_json:
        write_json(row, n, lang, text);
        break;
    }
}

/**
 * @file letting_tell.c
 * @brief Followed sections as tables for people: `flyt trace` (docs/letting-trace.md).
 */
#include <math.h>
#include <string.h>

#include "models/housing.h"
#include "models/housing_parts.h"
#include "models/kinds.h"
#include "models/letting_tell.h"
#include "sim/scenario.h"
#include "sim/text.h"

/** What a label of a dimension of the series says; beyond the last: not let yet. */
static const char *label(uint32_t dim, uint32_t i, bool da)
{
    const struct flyt_dim *labels = &flyt_housing_model.dim[dim];
    if (i >= labels->n) {
        return da ? "ikke udlejet endnu" : "not let yet";
    }
    return (da ? labels->label_da : labels->label_en)[i];
}

static bool is_almen(const struct flyt_world *world, uint32_t section)
{
    return world->sections.tenure[section] == FLYT_TENURE_almen;
}

static const char *const *names(const struct flyt_world *world)
{
    return flyt_table_texts(&world->housing->scenario->table[FLYT_TABLE_sections], "name");
}

/* ---- following ----------------------------------------------------------------------------- */

static enum flyt_status unknown(const struct flyt_world *world, const char *name)
{
    char quoted[FLYT_QUOTE_SIZE];
    const char *const *known = names(world);
    uint32_t near = flyt_text_nearest(name, strlen(name), world->sections.n, flyt_text_name, known);
    for (uint32_t s = 0; s < world->sections.n && near == FLYT_NONE && name[0] != '\0'; s++) {
        near = is_almen(world, s) && strstr(known[s], name) != NULL ? s : FLYT_NONE;
    }
    (void)flyt_text_quote(quoted, name, strlen(name));
    return near == FLYT_NONE
               ? flyt_diag_fault(world->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                                 "there is no section %s; without a section all almen ones are "
                                 "listed",
                                 "der er ingen afdeling %s; uden afdeling vises alle almene",
                                 quoted)
               : flyt_diag_fault(world->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                                 "there is no section %s; did you mean %s?",
                                 "der er ingen afdeling %s; mente du %s?", quoted, known[near]);
}

enum flyt_status flyt_letting_tell_follow(void *state, const char *const *name, uint32_t n)
{
    struct flyt_world *world = state;
    const char *const *known = names(world);
    uint32_t *section = FLYT_ARENA_ARRAY(world->run_arena, uint32_t, n + 1);
    if (section == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t s = 0;
        while (s < world->sections.n && strcmp(known[s], name[i]) != 0) {
            s++;
        }
        if (s == world->sections.n) {
            return unknown(world, name[i]);
        }
        if (!is_almen(world, s)) {
            return flyt_diag_fault(world->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                                   "%s is no almen section: only these are let by the act",
                                   "%s er ikke en almen afdeling: kun de udlejes efter loven",
                                   known[s]);
        }
        section[i] = s;
    }
    return flyt_letting_follow(world, section, n);
}

/* ---- tables -------------------------------------------------------------------------------- */

enum { LINE_COLUMNS = 11, PLACE_COLUMNS = 6 };

static const char *const line_en[LINE_COLUMNS] = {
    "no.",    "vacant from", "may claim", "claimed", "channel",       "first offered",
    "offers", "refusals",    "taken by",  "let in",  "waited, months"};
static const char *const line_da[LINE_COLUMNS] = {
    "nr.",    "ledig fra", "kan kræves",   "krævet",  "måde",           "først tilbudt",
    "tilbud", "afslag",    "overtaget af", "udlejet", "ventet, måneder"};
static const char *const place_en[PLACE_COLUMNS] = {
    "section", "kind", "homes", "vacancies", "let by lists", "median wait, months"};
static const char *const place_da[PLACE_COLUMNS] = {"afdeling",
                                                    "boligtype",
                                                    "boliger",
                                                    "ledige",
                                                    "udlejet efter lister",
                                                    "median af ventetid, måneder"};

struct teller {
    const struct flyt_world *world;
    bool da;
    struct flyt_arena *arena;
};

static const char *month_of(const struct teller *teller, int16_t month)
{
    return month == FLYT_NO_MONTH
               ? ""
               : flyt_arena_printf(teller->arena, "%d-%02d", 1900 + month / 12, month % 12 + 1);
}

static const char *household(const struct teller *teller, uint64_t uid)
{
    return uid == 0 ? "" : flyt_arena_printf(teller->arena, "%016llx", (unsigned long long)uid);
}

static const char *number(const struct teller *teller, int64_t n)
{
    return flyt_arena_printf(teller->arena, "%lld", (long long)n);
}

static void tell_line(const struct teller *teller, const struct flyt_letting_line *line,
                      const char **cell)
{
    const char *yes = teller->da ? "ja" : "yes", *no = teller->da ? "nej" : "no";
    bool let = line->let != FLYT_NO_MONTH;
    const char *const row[LINE_COLUMNS] = {
        number(teller, line->number),
        month_of(teller, line->month),
        line->may_claim ? yes : no,
        line->claimed ? yes : no,
        label(FLYT_DIM_channel, line->channel, teller->da),
        household(teller, line->head),
        number(teller, line->n_offers),
        number(teller, line->n_refusals),
        household(teller, line->taker),
        month_of(teller, line->let),
        let && line->channel != FLYT_CHANNEL_other ? number(teller, line->waited) : ""};
    memcpy(cell, row, sizeof row);
}

static enum flyt_status open_table(const struct teller *teller, struct flyt_trace *trace,
                                   const char *title, uint32_t n_columns, uint32_t n_rows,
                                   const char *const *en, const char *const *da)
{
    *trace = (struct flyt_trace){
        .title = title,
        .n_columns = n_columns,
        .n_rows = n_rows,
        .column = teller->da ? da : en,
        .cell = FLYT_ARENA_ZERO(teller->arena, const char *, (size_t)n_columns *n_rows + 1)};
    return trace->cell == NULL || title == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

static enum flyt_status tell_section(const struct teller *teller,
                                     const struct flyt_letting_trace *from,
                                     struct flyt_trace *trace)
{
    const char *title = flyt_arena_printf(
        teller->arena, "%s (%s)", names(teller->world)[from->section],
        label(FLYT_DIM_kind, teller->world->sections.kind[from->section], teller->da));
    FLYT_TRY(open_table(teller, trace, title, LINE_COLUMNS, from->n, line_en, line_da));
    for (uint32_t i = 0; i < from->n; i++) {
        tell_line(teller, &from->line[i], trace->cell + (size_t)i * LINE_COLUMNS);
    }
    return FLYT_OK;
}

static enum flyt_status tell_places(const struct teller *teller, struct flyt_trace *trace)
{
    const struct flyt_world *world = teller->world;
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        n += is_almen(world, s);
    }
    const char *title = teller->da ? "Almene afdelinger" : "Almen sections";
    FLYT_TRY(open_table(teller, trace, title, PLACE_COLUMNS, n, place_en, place_da));
    n = 0;
    for (uint32_t s = 0; s < world->sections.n; s++) {
        if (!is_almen(world, s)) {
            continue;
        }
        uint32_t n_lists, homes = world->sections.first[s + 1] - world->sections.first[s];
        double wait = flyt_letting_median_wait(world, s, &n_lists);
        const char *const row[PLACE_COLUMNS] = {
            names(world)[s],
            label(FLYT_DIM_kind, world->sections.kind[s], teller->da),
            number(teller, homes),
            number(teller, world->letting->counter[s].n_vacancies - world->letting->n_before[s]),
            number(teller, n_lists),
            wait == wait ? flyt_arena_printf(teller->arena, "%.1f", wait) : ""};
        memcpy(trace->cell + (size_t)n++ * PLACE_COLUMNS, row, sizeof row);
    }
    return FLYT_OK;
}

static bool complete(const struct flyt_trace *trace)
{
    for (size_t i = 0; i < (size_t)trace->n_columns * trace->n_rows; i++) {
        if (trace->cell[i] == NULL) {
            return false; /* out of memory */
        }
    }
    return true;
}

enum flyt_status flyt_letting_tell(const void *state, enum flyt_lang lang, struct flyt_arena *arena,
                                   struct flyt_trace **trace, uint32_t *n)
{
    const struct teller teller = {state, lang == FLYT_DA, arena};
    const struct flyt_letting *letting = teller.world->letting;
    *n = letting->n_traces + 1;
    *trace = FLYT_ARENA_ZERO(arena, struct flyt_trace, *n);
    if (*trace == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < letting->n_traces; i++) {
        FLYT_TRY(tell_section(&teller, &letting->trace[i], &(*trace)[i]));
    }
    FLYT_TRY(tell_places(&teller, &(*trace)[letting->n_traces]));
    for (uint32_t i = 0; i < *n; i++) {
        if (!complete(&(*trace)[i])) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

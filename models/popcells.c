/**
 * @file popcells.c
 * @brief Reads the tables of shares, cuts ages into bands, and lays out places and groups.
 */
#include "models/popcells.h"

#include <math.h>
#include <string.h>

#include "models/housing_parts.h"
#include "models/popages.h"
#include "sim/num.h"

static const struct flyt_table *table_of(const struct flyt_scenario *scenario,
                                         enum flyt_housing_table table)
{
    return &scenario->table[table];
}

double flyt_popcells_normal(double u)
{
    static const double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,
                               -2.759285104469687e+02, 1.383577518672690e+02,
                               -3.066479806614716e+01, 2.506628277459239e+00};
    static const double b[] = {-5.447609879822406e+01, 1.615858368580409e+02,
                               -1.556989798598866e+02, 6.680131188771972e+01,
                               -1.328068155288572e+01};
    static const double c[] = {-7.784894002430293e-03, -3.223964580411365e-01,
                               -2.400758277161838e+00, -2.549732539343734e+00,
                               4.374664141464968e+00,  2.938163982698783e+00};
    static const double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                               3.754408661907416e+00};
    double tail = u < 0.5 ? u : 1.0 - u;
    if (tail < 0.02425) {
        double q = sqrt(-2.0 * flyt_num_log(tail));
        double z = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
                   ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1.0);
        return u < 0.5 ? z : -z;
    }
    double q = u - 0.5, r = q * q;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
           (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1.0);
}

double flyt_popcells_gap(const struct flyt_start_params *params, double u)
{
    return params->gap_mean + params->gap_sd * flyt_popcells_normal(u);
}

double flyt_popcells_unapproved(const struct flyt_start_params *params, uint32_t origin)
{
    return origin == FLYT_ORIGIN_danish    ? 0.0
           : origin == FLYT_ORIGIN_western ? params->unapproved_western
                                           : params->unapproved_nonwestern;
}

/* ---- age bands ------------------------------------------------------------------------------ */

/** Cuts the ages before an age; false when there is no room for one more band. */
static bool cut(struct flyt_popbands *bands, int32_t age)
{
    uint32_t at = 0;
    while (at < bands->n && bands->from[at] < age) {
        at++;
    }
    if ((at < bands->n && bands->from[at] == age) || age > 99) {
        return true;
    }
    if (bands->n == FLYT_POP_BANDS) {
        return false;
    }
    for (uint32_t i = bands->n; i > at; i--) {
        bands->from[i] = bands->from[i - 1];
    }
    bands->from[at] = age;
    bands->n++;
    return true;
}

bool flyt_popcells_cut(const struct flyt_scenario *scenario, struct flyt_popbands *bands,
                       uint32_t *table_, uint32_t *row_)
{
    static const enum flyt_housing_table sources[] = {FLYT_TABLE_households, FLYT_TABLE_origins,
                                                      FLYT_TABLE_works, FLYT_TABLE_educations,
                                                      FLYT_TABLE_adult_children};
    static const int32_t always[] = {18, 30, 60, 65};
    bands->n = 0;
    for (size_t i = 0; i < FLYT_COUNT(always); i++) {
        (void)cut(bands, always[i]);
    }
    for (size_t i = 0; i < FLYT_COUNT(sources); i++) {
        const struct flyt_table *table = table_of(scenario, sources[i]);
        const double *from = flyt_table_values(table, "age_from");
        const double *to = flyt_table_values(table, "age_to");
        for (uint32_t row = 0; row < table->n_rows; row++) {
            if (!cut(bands, (int32_t)from[row]) || !cut(bands, (int32_t)to[row] + 1)) {
                *table_ = sources[i];
                *row_ = row;
                return false;
            }
        }
    }
    bands->from[bands->n] = 100;
    return true;
}

uint32_t flyt_popcells_band(const struct flyt_popbands *bands, int32_t age)
{
    uint32_t band = 0;
    while (band + 1 < bands->n && age >= bands->from[band + 1]) {
        band++;
    }
    return band;
}

/* ---- shares of the country ------------------------------------------------------------------ */

static void read_types(const struct flyt_scenario *scenario, struct flyt_popcells *cells)
{
    const struct flyt_table *table = table_of(scenario, FLYT_TABLE_households);
    const double *kind = flyt_table_values(table, "tenure");
    const double *type = flyt_table_values(table, "type");
    const double *from = flyt_table_values(table, "age_from");
    const double *to = flyt_table_values(table, "age_to");
    const double *share = flyt_table_values(table, "share");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            double first = cells->bands.from[b], end = cells->bands.from[b + 1];
            first = first > from[row] ? first : from[row];
            end = end < to[row] + 1.0 ? end : to[row] + 1.0;
            if (end > first) {
                cells->shares.type_age[(uint32_t)kind[row]][(uint32_t)type[row]][b] +=
                    share[row] * (end - first) / (to[row] - from[row] + 1.0);
            }
        }
    }
}

static void read_children(const struct flyt_scenario *scenario, struct flyt_popcells *cells)
{
    const struct flyt_table *table = table_of(scenario, FLYT_TABLE_children);
    const double *type = flyt_table_values(table, "type"); /* single_parent, couple... */
    const double *number = flyt_table_values(table, "children");
    const double *share = flyt_table_values(table, "share");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        uint32_t t = type[row] > 0.0 ? FLYT_TYPE_couple_with_children : FLYT_TYPE_single_parent;
        cells->shares.children[t][(uint32_t)number[row]] = share[row];
    }
    for (uint32_t t = 0; t < FLYT_N_TYPES; t++) {
        for (uint32_t n = 1; n <= FLYT_CHILDREN; n++) {
            cells->shares.children[t][n] += cells->shares.children[t][n - 1];
        }
    }
    table = table_of(scenario, FLYT_TABLE_adult_children);
    type = flyt_table_values(table, "type");
    share = flyt_table_values(table, "share");
    const double *from = flyt_table_values(table, "age_from");
    const double *to = flyt_table_values(table, "age_to");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            if (cells->bands.from[b] >= from[row] && cells->bands.from[b] <= to[row]) {
                cells->shares.adult_child[(uint32_t)type[row]][b] = share[row];
            }
        }
    }
}

/** Shares of one table by class of tenure, origin (unless it is what the table gives) and age. */
static void read_shares(const struct flyt_scenario *scenario, enum flyt_housing_table which,
                        const char *what, struct flyt_popcells *cells)
{
    const struct flyt_table *table = table_of(scenario, which);
    const double *tenure = flyt_table_values(table, "tenure_class");
    const double *origin = flyt_table_values(table, "origin");
    const double *from = flyt_table_values(table, "age_from");
    const double *to = flyt_table_values(table, "age_to");
    const double *value = flyt_table_values(table, what);
    const double *share = flyt_table_values(table, "share");
    for (uint32_t row = 0; row < table->n_rows; row++) {
        uint32_t t = (uint32_t)tenure[row], o = (uint32_t)origin[row], v = (uint32_t)value[row];
        for (uint32_t b = 0; b < cells->bands.n; b++) {
            if (cells->bands.from[b] < from[row] || cells->bands.from[b] > to[row]) {
                continue;
            }
            double *cell = which == FLYT_TABLE_origins ? &cells->shares.origin[t][b][v]
                           : which == FLYT_TABLE_works ? &cells->shares.work[t][o][b][v]
                                                       : &cells->shares.education[t][o][b][v];
            *cell = share[row];
            if (which == FLYT_TABLE_works) {
                cells->shares.work_from[t][o][b] = (int32_t)from[row];
            }
        }
    }
}

/** Where the younger adult of a couple falls, by the band of the older one. */
static void make_partner_bands(struct flyt_popcells *cells)
{
    enum { QUANTILES = 40 };
    const struct flyt_popbands *bands = &cells->bands;
    for (uint32_t b = 0; b < bands->n; b++) {
        int32_t years = bands->from[b + 1] - bands->from[b];
        for (int32_t year = 0; year < years; year++) {
            for (int q = 0; q < QUANTILES; q++) {
                double age = bands->from[b] + year + 0.5 -
                             fabs(flyt_popcells_gap(cells->params, (q + 0.5) / QUANTILES));
                uint32_t younger = flyt_popcells_band(bands, age < 18.0 ? 18 : (int32_t)age);
                cells->shares.partner_band[b][younger] += 1.0 / (years * QUANTILES);
            }
        }
    }
}

/* ---- places and groups ---------------------------------------------------------------------- */

/** The place that a municipality, or an area with values, is; FLYT_NONE when it is none. */
static uint32_t find_place(const struct flyt_popcells *cells, bool is_area, uint32_t index)
{
    for (uint32_t p = 0; p < cells->n_places; p++) {
        if (cells->place[p].is_area == is_area && cells->place[p].index == index) {
            return p;
        }
    }
    return FLYT_NONE;
}

static uint32_t find_name(const struct flyt_table *table, const char *text)
{
    const char *const *name = flyt_table_texts(table, "name");
    uint32_t i = 0;
    while (i < table->n_rows && strcmp(name[i], text) != 0) {
        i++;
    }
    return i;
}

static void add_place(struct flyt_popcells *cells, bool is_area, uint32_t index,
                      uint32_t municipality)
{
    struct flyt_popplace *place = &cells->place[cells->n_places++];
    *place =
        (struct flyt_popplace){.is_area = is_area, .index = index, .municipality = municipality};
    for (uint32_t v = 0; v < FLYT_N_VARIABLES; v++) {
        place->target[v] = (double)NAN;
    }
}

/** All municipalities, then the areas of which a value is known. */
static enum flyt_status make_places(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                                    struct flyt_popcells *cells)
{
    const struct flyt_table *values = table_of(scenario, FLYT_TABLE_places);
    const struct flyt_table *areas = table_of(scenario, FLYT_TABLE_areas);
    const struct flyt_table *towns = table_of(scenario, FLYT_TABLE_municipalities);
    const double *level = flyt_table_values(values, "level");
    const double *variable = flyt_table_values(values, "variable");
    const double *value = flyt_table_values(values, "value");
    const double *lies_in = flyt_table_values(areas, "municipality");
    cells->place =
        FLYT_ARENA_ARRAY(arena, struct flyt_popplace, (size_t)towns->n_rows + areas->n_rows);
    if (cells->place == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t m = 0; m < towns->n_rows; m++) {
        add_place(cells, false, m, m);
    }
    for (uint32_t row = 0; row < values->n_rows; row++) {
        bool is_area = level[row] > 0.0;
        uint32_t index = find_name(is_area ? areas : towns, flyt_table_texts(values, "place")[row]);
        if (isnan(value[row])) {
            continue;
        }
        if (find_place(cells, is_area, index) == FLYT_NONE) {
            add_place(cells, true, index, (uint32_t)lies_in[index]);
        }
        cells->place[find_place(cells, is_area, index)].target[(uint32_t)variable[row]] =
            value[row];
    }
    return FLYT_OK;
}

/** Groups by place and kind, and which one each section belongs to. */
static enum flyt_status make_groups(const struct flyt_scenario *scenario, struct flyt_arena *arena,
                                    struct flyt_popcells *cells)
{
    const struct flyt_table *sections = table_of(scenario, FLYT_TABLE_sections);
    const double *area = flyt_table_values(sections, "area");
    const double *kind = flyt_table_values(sections, "tenure");
    const double *households = flyt_table_values(sections, "households");
    const double *lies_in = flyt_table_values(table_of(scenario, FLYT_TABLE_areas), "municipality");
    size_t most = (size_t)cells->n_places * FLYT_N_KINDS;
    uint32_t *n = FLYT_ARENA_ZERO(arena, uint32_t, most);
    cells->group_of_row = FLYT_ARENA_ARRAY(arena, uint32_t, sections->n_rows);
    cells->group = FLYT_ARENA_ZERO(arena, struct flyt_popgroup, most);
    if (n == NULL || cells->group_of_row == NULL || cells->group == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        uint32_t place = find_place(cells, true, (uint32_t)area[row]);
        place = place != FLYT_NONE ? place : (uint32_t)lies_in[(uint32_t)area[row]];
        cells->group_of_row[row] = place * FLYT_N_KINDS + (uint32_t)kind[row];
        n[cells->group_of_row[row]] += (uint32_t)households[row];
    }
    for (uint32_t i = 0; i < most; i++) {
        struct flyt_popplace *place = &cells->place[i / FLYT_N_KINDS];
        place->first_group = i % FLYT_N_KINDS == 0 ? cells->n_groups : place->first_group;
        if (n[i] > 0) {
            cells->group[cells->n_groups] = (struct flyt_popgroup){
                .place = i / FLYT_N_KINDS, .kind = i % FLYT_N_KINDS, .n = n[i]};
            n[i] = cells->n_groups++;
            place->n_groups++;
        } else {
            n[i] = FLYT_NONE; /* a section nobody lives in */
        }
    }
    for (uint32_t row = 0; row < sections->n_rows; row++) {
        cells->group_of_row[row] = n[cells->group_of_row[row]];
    }
    return FLYT_OK;
}

enum flyt_status flyt_popcells_make(const struct flyt_scenario *scenario,
                                    const struct flyt_start_params *params,
                                    const struct flyt_work_rest *rest, const struct flyt_par *par,
                                    struct flyt_arena *arena, struct flyt_popcells *out)
{
    *out = (struct flyt_popcells){.params = params};
    uint32_t table, row;
    if (!flyt_popcells_cut(scenario, &out->bands, &table, &row)) {
        return FLYT_ERR_INVARIANT; /* the check of the scenario has not been asked */
    }
    read_types(scenario, out);
    read_children(scenario, out);
    read_shares(scenario, FLYT_TABLE_origins, "origin", out);
    read_shares(scenario, FLYT_TABLE_works, "work", out);
    read_shares(scenario, FLYT_TABLE_educations, "education", out);
    make_partner_bands(out);
    const uint32_t size[POP_N_DIMS] = {FLYT_N_ORIGINS, FLYT_N_WORKS, out->bands.n, FLYT_N_TYPES,
                                       FLYT_N_EDUCATIONS};
    out->n_cells = 1;
    for (uint32_t d = 0; d < POP_N_DIMS; d++) {
        out->size[d] = size[d];
        out->n_cells *= size[d];
    }
    FLYT_TRY(make_places(scenario, arena, out));
    FLYT_TRY(make_groups(scenario, arena, out));
    for (uint32_t g = 0; g < out->n_groups; g++) {
        out->group[g].cell = FLYT_ARENA_ARRAY(arena, double, out->n_cells);
        if (out->group[g].cell == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    if (rest != NULL) {
        FLYT_TRY(flyt_popages_cut(out, rest, arena));
    }
    FLYT_TRY(flyt_popcells_fit(out, par, arena));
    return flyt_popages_fit(out, rest, par, arena);
}

struct flyt_popcell flyt_popcells_at(const struct flyt_popcells *cells, uint32_t group, double u)
{
    const double *end = cells->group[group].cell;
    uint32_t low = 0, high = cells->n_cells - 1;
    while (low < high) { /* the first cell whose end is above u; empty cells are passed over */
        uint32_t middle = low + (high - low) / 2;
        if (end[middle] > u) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    uint32_t at[POP_N_DIMS];
    for (uint32_t d = POP_N_DIMS; d-- > 0;) {
        at[d] = low % cells->size[d];
        low /= cells->size[d];
    }
    return (struct flyt_popcell){.origin = at[POP_origin],
                                 .work = at[POP_work],
                                 .age = at[POP_age],
                                 .type = at[POP_type],
                                 .education = at[POP_education]};
}

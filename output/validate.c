#include "output/validate.h"

#include <math.h>
#include <string.h>

#include "output/validate_cells.h"
#include "sim/num.h"

/** A target and where it is measured. */
struct measure {
    const struct flyt_result *result;
    const struct flyt_target *target;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    struct flyt_cells of, over, where;
    uint32_t first, last;
};

static bool by_cell(const struct flyt_target *target)
{
    return target->measure == FLYT_TARGET_drift || target->measure == FLYT_TARGET_trend;
}

/** Slope of a straight line by least squares through the years first - 1 ... last. */
static double slope(const struct measure *measure, uint32_t replicate, uint32_t cell)
{
    bool flow = measure->of.series->kind == FLYT_SERIES_flow;
    bool share = measure->target->measure == FLYT_TARGET_drift;
    uint32_t begin = flow ? measure->first : measure->first - 1;
    double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
    for (uint32_t year = begin; year <= measure->last; year++) {
        double x = (double)year;
        double y = flyt_cells_at(measure->result, &measure->of, replicate, year, cell);
        if (share) {
            uint32_t of_all = measure->over.n == measure->of.n ? cell : FLYT_NONE;
            double over = flyt_cells_at(measure->result, &measure->over, replicate, year, of_all);
            y = over > 0.0 ? 100.0 * y / over : NAN;
        } else {
            y = y > 0.0 ? 100.0 * flyt_num_log(y) : NAN;
        }
        n += 1.0;
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    return n < 2.0 ? NAN : (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static double value_of(const struct measure *measure, uint32_t replicate, uint32_t cell)
{
    if (by_cell(measure->target)) {
        return slope(measure, replicate, cell);
    }
    double of = flyt_cells_sum(measure->result, &measure->of, replicate, measure->first,
                               measure->last, FLYT_NONE);
    if (measure->target->measure == FLYT_TARGET_level) {
        return of / (double)(measure->last - measure->first + 1);
    }
    double over = flyt_cells_sum(measure->result, &measure->over, replicate, measure->first,
                                 measure->last, FLYT_NONE);
    double ratio = over != 0.0 ? of / over : NAN;
    return measure->target->measure == FLYT_TARGET_percent ? 100.0 * ratio : ratio;
}

/** Mean and standard deviation over the replicates. */
static void over_replicates(const struct measure *measure, uint32_t cell, double *mean,
                            double *spread)
{
    double n = (double)measure->result->n_replicates, sum = 0.0, squares = 0.0;
    for (uint32_t r = 0; r < measure->result->n_replicates; r++) {
        sum += value_of(measure, r, cell);
    }
    *mean = sum / n;
    for (uint32_t r = 0; r < measure->result->n_replicates; r++) {
        double away = value_of(measure, r, cell) - *mean;
        squares += away * away;
    }
    *spread = n > 1.0 ? sqrt(squares / (n - 1.0)) : NAN;
}

static bool is_counted(const struct measure *measure, uint32_t cell)
{
    return measure->where.series == NULL ||
           flyt_cells_at(measure->result, &measure->where, 0, 0, cell) != 0.0;
}

/** The cell whose mean slope is greatest, up or down. */
static enum flyt_status worst_cell(const struct measure *measure, struct flyt_measured *out)
{
    for (uint32_t cell = 0; cell < measure->of.n; cell++) {
        double mean = NAN, spread = NAN;
        if (is_counted(measure, cell)) {
            over_replicates(measure, cell, &mean, &spread);
        }
        if (isnan(mean) || (!isnan(out->mean) && fabs(mean) <= fabs(out->mean))) {
            continue;
        }
        *out = (struct flyt_measured){.mean = mean, .spread = spread};
        out->cell = flyt_cells_label(measure->result, &measure->of, cell, measure->diag->lang,
                                     measure->arena);
        if (out->cell == NULL) {
            return FLYT_ERR_MEMORY;
        }
    }
    return FLYT_OK;
}

/** Says what the result lacks, in the reader's language. */
static enum flyt_status lacks(const struct measure *measure, struct flyt_measured *out,
                              const char *en, const char *da, const char *what)
{
    const char *lead = measure->diag->lang == FLYT_DA ? da : en;
    out->mean = out->spread = NAN;
    out->missing = flyt_arena_printf(measure->arena, "%s %s", lead, what);
    return out->missing == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

static enum flyt_status find(struct measure *measure, const char *text, struct flyt_cells *cells)
{
    return text[0] == '\0' ? FLYT_OK
                           : flyt_cells_find(measure->result, text, measure->target->place,
                                             measure->arena, cells, measure->diag);
}

/** Finds the series; `where` looks at the same cells. */
static enum flyt_status find_all(struct measure *measure)
{
    FLYT_TRY(find(measure, measure->target->of, &measure->of));
    FLYT_TRY(find(measure, measure->target->over, &measure->over));
    FLYT_TRY(find(measure, measure->target->where, &measure->where));
    if (measure->of.series != NULL && measure->where.series != NULL &&
        measure->where.n != measure->of.n) {
        return flyt_diag_fault(measure->diag, FLYT_ERR_SCENARIO, measure->target->place,
                               "%s has %u cells, %s has %u", "%s har %u celler, %s har %u",
                               measure->target->of, measure->of.n, measure->target->where,
                               measure->where.n);
    }
    return FLYT_OK;
}

enum flyt_status flyt_validate_measure(const struct flyt_result *result,
                                       const struct flyt_target *target, uint32_t first,
                                       uint32_t last, struct flyt_arena *arena,
                                       struct flyt_measured *out, struct flyt_diag *diag)
{
    struct measure measure = {.result = result,
                              .target = target,
                              .arena = arena,
                              .diag = diag,
                              .first = first,
                              .last = last < result->n_years ? last : result->n_years};
    *out = (struct flyt_measured){.mean = NAN, .spread = NAN};
    FLYT_TRY(find_all(&measure));
    const struct flyt_cells *cells[] = {&measure.of, &measure.over, &measure.where};
    const char *text[] = {target->of, target->over, target->where};
    for (size_t i = 0; i < FLYT_COUNT(cells); i++) {
        if (text[i][0] != '\0' && cells[i]->series == NULL) {
            return lacks(&measure, out, "there is no series", "der er ingen serie", cells[i]->name);
        }
    }
    bool whole = by_cell(target) && target->last_year != FLYT_NONE;
    if (first > result->n_years || (whole && last > result->n_years)) {
        return lacks(&measure, out, "the run is too short:", "kørslen er for kort:", target->name);
    }
    if (by_cell(target)) {
        FLYT_TRY(worst_cell(&measure, out));
        if (fabs(out->mean) < 1e-9) { /* per cent: rounding, nothing moves any cell */
            return lacks(&measure, out, "nothing moves", "intet flytter", measure.of.name);
        }
    } else {
        over_replicates(&measure, FLYT_NONE, &out->mean, &out->spread);
    }
    return !isnan(out->mean) ? FLYT_OK
                             : lacks(&measure, out, "nothing is counted in", "intet er talt i",
                                     target->over[0] != '\0' ? measure.over.name : measure.of.name);
}

/* ---- rows ---------------------------------------------------------------------------------- */

enum flyt_verdict flyt_validate_verdict(const struct flyt_target *target, double simulated)
{
    if (isnan(simulated)) {
        return FLYT_VERDICT_unmeasured;
    }
    double size = by_cell(target) ? fabs(simulated) : simulated;
    bool inside = target->bound == FLYT_TARGET_at_most ? size <= target->value + target->tolerance
                  : target->bound == FLYT_TARGET_at_least
                      ? size >= target->value - target->tolerance
                      : fabs(simulated - target->value) <= target->tolerance;
    if (target->standing == FLYT_TARGET_indicative) {
        return inside ? FLYT_VERDICT_inside : FLYT_VERDICT_outside;
    }
    return inside ? FLYT_VERDICT_hit : FLYT_VERDICT_miss;
}

struct flyt_validate_row flyt_validate_unmeasured(const struct flyt_target *target,
                                                  const char *missing)
{
    return (struct flyt_validate_row){.target = target,
                                      .simulated = NAN,
                                      .spread = NAN,
                                      .gap = NAN,
                                      .verdict = FLYT_VERDICT_unmeasured,
                                      .missing = missing};
}

enum flyt_status flyt_validate(const struct flyt_result *result, const struct flyt_targets *targets,
                               enum flyt_target_world world, struct flyt_arena *arena,
                               struct flyt_validate_row *row, struct flyt_diag *diag)
{
    enum flyt_status status = FLYT_OK;
    for (uint32_t i = 0; i < targets->n; i++) {
        const struct flyt_target *target = &targets->target[i];
        struct flyt_measured measured;
        if (target->world != world) {
            continue;
        }
        enum flyt_status fault = flyt_validate_measure(result, target, target->first_year,
                                                       target->last_year, arena, &measured, diag);
        if (fault == FLYT_ERR_MEMORY) {
            return fault;
        }
        status = status == FLYT_OK ? fault : status;
        row[i] = (struct flyt_validate_row){
            .target = target,
            .simulated = measured.mean,
            .spread = measured.spread,
            .gap = measured.mean - target->value,
            .verdict = flyt_validate_verdict(target, measured.mean),
            .missing = measured.missing,
            .cell = measured.cell,
        };
    }
    return status;
}

bool flyt_validate_missed(const struct flyt_validate_row *row, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (row[i].verdict == FLYT_VERDICT_miss) {
            return true;
        }
    }
    return false;
}

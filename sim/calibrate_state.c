#include "sim/calibrate_state.h"

#include <math.h>
#include <string.h>

#include "sim/csv.h"

/** Columns before those of parameters and targets. */
enum { COLUMN_fingerprint, COLUMN_wave, COLUMN_point, FIRST_COLUMNS };

/** Parameters that calibration sets: fitted and free ones. */
static uint32_t n_set(const struct flyt_calibration *calibration)
{
    return calibration->tuning->n_fit + calibration->tuning->n_free;
}

static void add_number(struct flyt_text *text, double value)
{
    if (isnan(value)) {
        flyt_text_add(text, ",");
    } else {
        flyt_text_add(text, ",%.17g", value);
    }
}

static void add_names(const struct flyt_calibration *calibration, struct flyt_text *text)
{
    for (uint32_t i = 0; i < n_set(calibration); i++) {
        flyt_text_add(text, ",%s", calibration->tuning->tuned[i].name);
    }
    for (uint32_t i = 0; i < calibration->targets->n; i++) {
        flyt_text_add(text, ",%s", calibration->targets->target[i].name);
    }
    flyt_text_add(text, "\n");
}

static void add_values(const struct flyt_calibration *calibration, const double *value,
                       const double *measured, struct flyt_text *text)
{
    for (uint32_t i = 0; i < n_set(calibration); i++) {
        add_number(text, value[i]);
    }
    for (uint32_t i = 0; i < calibration->targets->n; i++) {
        add_number(text, measured[i]);
    }
    flyt_text_add(text, "\n");
}

void flyt_calibrate_state_write(const struct flyt_calibration *calibration, struct flyt_text *text)
{
    const char *mark = calibration->fingerprint;
    flyt_text_add(text, "fingerprint,wave,point");
    add_names(calibration, text);
    if (calibration->fitted) {
        flyt_text_add(text, "%s,fit,0", mark);
        add_values(calibration, calibration->value, calibration->measured, text);
        flyt_text_add(text, "%s,spread,0", mark);
        add_values(calibration, calibration->value, calibration->spread, text);
    }
    for (uint32_t i = 0; i < calibration->n_points; i++) {
        if (calibration->point[i].done) {
            flyt_text_add(text, "%s,%u,%u", mark, calibration->point[i].wave, i);
            add_values(calibration, calibration->point[i].value, calibration->point[i].measured,
                       text);
        }
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

static enum flyt_status other_state(const struct flyt_csv *csv, struct flyt_diag *diag)
{
    return flyt_diag_fault(
        diag, FLYT_ERR_SCENARIO, (struct flyt_place){.file = csv->file, .line = 1, .column = 1},
        "this is the state of another calibration (scenario, options or version differ): take "
        "another folder with --output, or remove it",
        "dette er tilstanden for en anden kalibrering (scenarie, tilvalg eller version er en "
        "anden): vælg en anden mappe med --output, eller fjern den");
}

/** Numbers of a row from a column on; empty: NaN. */
static bool take_numbers(const struct flyt_csv *csv, uint32_t row, uint32_t column, double *value,
                         uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct flyt_cell *cell = &csv->cell[(size_t)row * csv->n_columns + column + i];
        value[i] = NAN;
        if (cell->length > 0 &&
            flyt_text_number(cell->text, cell->length, &value[i]) != FLYT_NUMBER_ok) {
            return false;
        }
    }
    return true;
}

static bool take_row(struct flyt_calibration *calibration, const struct flyt_csv *csv, uint32_t row)
{
    const struct flyt_cell *cell = &csv->cell[(size_t)row * csv->n_columns];
    double *value = calibration->value, *measured = calibration->measured, number = 0.0;
    if (strcmp(cell[COLUMN_wave].text, "spread") == 0) {
        measured = calibration->spread;
        calibration->fitted = true; /* the second of the two rows of the fit */
    } else if (strcmp(cell[COLUMN_wave].text, "fit") != 0) {
        if (flyt_text_number(cell[COLUMN_point].text, cell[COLUMN_point].length, &number) !=
                FLYT_NUMBER_ok ||
            number < 0.0 || number >= (double)calibration->n_points) {
            return false;
        }
        struct flyt_calibrate_point *point = &calibration->point[(uint32_t)number];
        value = point->value;
        measured = point->measured;
        point->done = true;
    }
    return strcmp(cell[COLUMN_fingerprint].text, calibration->fingerprint) == 0 &&
           take_numbers(csv, row, FIRST_COLUMNS, value, n_set(calibration)) &&
           take_numbers(csv, row, FIRST_COLUMNS + n_set(calibration), measured,
                        calibration->targets->n);
}

enum flyt_status flyt_calibrate_state_read(struct flyt_calibration *calibration,
                                           const struct flyt_bytes *bytes, struct flyt_arena *arena,
                                           struct flyt_diag *diag)
{
    struct flyt_csv csv;
    FLYT_TRY(flyt_csv_parse(bytes, arena, &csv, diag));
    if (csv.n_columns != FIRST_COLUMNS + n_set(calibration) + calibration->targets->n) {
        return other_state(&csv, diag);
    }
    for (uint32_t row = 0; row < csv.n_rows; row++) {
        if (!take_row(calibration, &csv, row)) {
            return other_state(&csv, diag);
        }
    }
    return FLYT_OK;
}

/* ---- what people read ---------------------------------------------------------------------- */

void flyt_calibrate_admitted_write(const struct flyt_calibration *calibration,
                                   const uint32_t *order, uint32_t n, struct flyt_text *text)
{
    flyt_text_add(text, "set,wave,implausibility");
    add_names(calibration, text);
    if (calibration->n_points == 0) {
        flyt_text_add(text, "1,0,");
        add_values(calibration, calibration->value, calibration->measured, text);
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct flyt_calibrate_point *point = &calibration->point[order[i]];
        flyt_text_add(text, "%u,%u,%.6g", i + 1, point->wave, point->implausibility);
        add_values(calibration, point->value, point->measured, text);
    }
}

void flyt_calibrate_path_write(const struct flyt_calibration *calibration, struct flyt_text *text)
{
    uint32_t n_fit = calibration->tuning->n_fit;
    flyt_text_add(text, "year,parameter,value,target,measured,wanted\n");
    for (uint32_t year = 0; year < calibration->options->settle_years; year++) {
        for (uint32_t i = 0; i < n_fit; i++) {
            const struct flyt_tuned *tuned = &calibration->tuning->tuned[i];
            const struct flyt_target *target = &calibration->targets->target[tuned->target];
            flyt_text_add(text, "%u,%s", year + 1, tuned->name);
            add_number(text, calibration->path[(size_t)year * n_fit + i]);
            flyt_text_add(text, ",%s", target->name);
            add_number(text, calibration->path_measured[(size_t)year * n_fit + i]);
            flyt_text_add(text, ",%.10g\n", target->value);
        }
    }
}

/**
 * @file startfit.h
 * @brief How well a scenario's start population agrees with what is known of its places.
 *
 * One line for each value of the table of places: what is known, what was simulated, how far
 * apart, how sure. What is not known is listed as unknown and never as met; only published values
 * are judged. A published share must be met within 1 point or 2 binomial standard deviations,
 * whichever is wider, a published count or amount within 1 %.
 */
#ifndef FLYT_STARTFIT_H
#define FLYT_STARTFIT_H

#include "models/kinds.h"
#include "sim/model.h"
#include "sim/scenario.h"
#include "sim/text.h"

/** Evidence of a row of a table: enum flyt_evidence, or this. */
#define FLYT_STARTFIT_UNKNOWN 4
#define FLYT_STARTFIT_CLASSES 5

enum flyt_startfit_verdict {
    FLYT_STARTFIT_met,     /* published and met */
    FLYT_STARTFIT_missed,  /* published and not met */
    FLYT_STARTFIT_shown,   /* not published: shown, not judged */
    FLYT_STARTFIT_unknown, /* nothing is known */
};

struct flyt_startfit_row {
    const char *place;
    bool is_area;
    enum flyt_variable variable;
    double known, simulated, allowed; /* NaN: not known; allowed: the greatest difference */
    uint32_t year;                    /* 0: none given */
    uint32_t evidence;                /* class */
    enum flyt_startfit_verdict verdict;
};

/** What is published of an area, of the FLYT_STARTFIT_OF_AREA values that lists ask for. */
struct flyt_startfit_area {
    const char *name;
    uint32_t published;
};
#define FLYT_STARTFIT_OF_AREA 6

struct flyt_startfit {
    const char *title;
    int32_t year;
    uint32_t n_rows, n_areas, n_other_areas; /* other areas: nothing published */
    struct flyt_startfit_row *row;
    struct flyt_startfit_area *area;
    uint64_t cells[FLYT_STARTFIT_CLASSES]; /* rows of all tables by class */
    uint64_t households, homes;
};

enum flyt_startfit_format {
    FLYT_STARTFIT_text,
    FLYT_STARTFIT_markdown,
    FLYT_STARTFIT_json,
    FLYT_STARTFIT_csv
};

/**
 * @brief Makes the scenario's start and compares it. The scenario's model must be `housing`.
 * @param args  both arenas belong to the caller; rows lie in run_arena.
 */
FLYT_NODISCARD enum flyt_status flyt_startfit_make(const struct flyt_model_args *args,
                                                   struct flyt_startfit *out);

/** @brief Published values of an area, of FLYT_STARTFIT_OF_AREA; for captions of pictures. */
uint32_t flyt_startfit_published(const struct flyt_scenario *scenario, const char *area);

/**
 * @brief How many values the scenario's table of places asks for, and how many are published; for
 *        captions of pictures. 0 and 0 for a model without such a table.
 */
void flyt_startfit_values(const struct flyt_scenario *scenario, uint32_t *n, uint32_t *published);

/** @brief Adds the report. @return FLYT_OK or FLYT_ERR_MEMORY. */
FLYT_NODISCARD enum flyt_status flyt_startfit_write(struct flyt_text *text,
                                                    const struct flyt_startfit *fit,
                                                    enum flyt_startfit_format format,
                                                    enum flyt_lang lang);

#endif

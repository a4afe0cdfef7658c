/**
 * @file stock.h
 * @brief Homes come and go: building after projected growth and prices, and the plan of homes to be
 *        built, pulled down or converted.
 *
 * A section holds addresses for all homes it may ever have; those not built yet, or pulled down,
 * are FLYT_CLOSED. `sections.n_open` counts the others.
 *
 * A plan's homes close as they fall vacant, from `stock.notice_months` before the month it names;
 * what is still lived in then closes when those who live there have found another home, to which
 * they have the first right: nobody is put on the street. ASSUMPTION: which homes go is not known,
 * so those that fall vacant first do.
 */
#ifndef FLYT_STOCK_H
#define FLYT_STOCK_H

#include "models/market_params.h"
#include "sim/scenario.h"
#include "sim/world.h"

/** name in tables, English, Danish */
#define FLYT_STOCK_CHANGES(X)                                                                      \
    X(build, "built", "bygges")                                                                    \
    X(demolish, "pulled down", "nedrives")                                                         \
    X(convert, "converted or sold", "ommærkes eller sælges")

enum flyt_stock_change {
#define X(name, en, da) FLYT_STOCK_##name,
    FLYT_STOCK_CHANGES(X)
#undef X
        FLYT_N_STOCK_CHANGES
};

#define FLYT_STOCK_CHANGE_NAMES "build|demolish|convert"
#define FLYT_STOCK_LAG_MOST 121 /* months of building.lag_months, and one */

/** Working state, in the run's arena. */
struct flyt_stock {
    double *carry;   /* [n_sections] part of a home that is owed */
    double *started; /* [n_municipalities][FLYT_STOCK_LAG_MOST] homes by month of completion, mod */
    uint32_t *done;  /* [rows of stock_plan] homes of the plan carried out */
    int64_t *built, *closed; /* [n_markets] homes in this month */
};

/** @brief Addresses each row of the sections table needs in all years. n_all: [rows]. */
void flyt_stock_addresses(const struct flyt_scenario *scenario, uint64_t *n_all);

/** @brief Their sum. */
uint64_t flyt_stock_count(const struct flyt_scenario *scenario);

/** @brief Takes the working state. The world's sections and homes must stand. */
FLYT_NODISCARD enum flyt_status flyt_stock_create(struct flyt_world *world);

/** @brief Walks what is owed, under way and done. */
void flyt_stock_archive(struct flyt_world *world, struct flyt_archive *archive);

/**
 * @brief One month: new homes open, planned ones close when vacant.
 * Call before vacancies are listed. Serial over sections; a home's section does not change.
 */
FLYT_NODISCARD enum flyt_status flyt_stock_step(struct flyt_world *world);

/** @brief The plan's homes of a section that should be empty by now and are lived in. */
uint32_t flyt_stock_overdue(const struct flyt_world *world, uint32_t section);

#endif

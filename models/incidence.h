/**
 * @file incidence.h
 * @brief Who bears a tax reform: what each household pays more a month than it would by the law
 *        without it, by tenure, age, income and year of purchase.
 *
 * Of the homes, debts and incomes of the run as they are: what the law takes and gives back, not
 * what prices do to anybody's wealth. Flows are reckoned as the ledger books them (cost.h), twice,
 * so parts sum to its accounts to the øre. Policy-neutral: a policy says which law was before.
 */
#ifndef FLYT_INCIDENCE_H
#define FLYT_INCIDENCE_H

#include "models/housing_parts.h"
#include "models/resources.h"
#include "models/usercost_params.h"

/** name, English, Danish */
#define FLYT_INCIDENCE_PARTS(X)                                                                    \
    X(property_tax, "Property value tax", "Ejendomsværdiskat")                                     \
    X(deduction, "Interest deduction lost", "Mistet rentefradrag")                                 \
    X(gains_tax, "Gains tax at sale", "Gevinstskat ved salg")                                      \
    X(returned, "Returned (net of benefit)", "Tilbageført (netto)")

enum flyt_incidence_part {
#define X(name, en, da) FLYT_INCIDENCE_##name,
    FLYT_INCIDENCE_PARTS(X)
#undef X
        FLYT_N_INCIDENCE_PARTS
};

/** Of owner homes and shares, when the household moved in. first year, label. */
#define FLYT_BOUGHT_YEARS(X)                                                                       \
    X(INT32_MIN, "Before 2000", "Før 2000")                                                        \
    X(2000, "2000-2004", "2000-2004")                                                              \
    X(2005, "2005-2009", "2005-2009")                                                              \
    X(2010, "2010-2014", "2010-2014")                                                              \
    X(2015, "2015-2019", "2015-2019")                                                              \
    X(2020, "2020 or later", "2020 eller senere")

#define FLYT_N_BOUGHT 6

extern const char *const flyt_incidence_part_en[FLYT_N_INCIDENCE_PARTS];
extern const char *const flyt_incidence_part_da[FLYT_N_INCIDENCE_PARTS];
extern const char *const flyt_incidence_bought_en[FLYT_N_BOUGHT];
extern const char *const flyt_incidence_bought_da[FLYT_N_BOUGHT];

/** What is paid more in a month, øre, by part and class; negative: less. */
struct flyt_incidence_sheet {
    int64_t tenure[FLYT_N_INCIDENCE_PARTS][FLYT_N_TENURES];
    int64_t age[FLYT_N_INCIDENCE_PARTS][FLYT_AGE_BANDS];
    int64_t bought[FLYT_N_INCIDENCE_PARTS][FLYT_N_BOUGHT]; /* of owner homes alone */
    int64_t income[FLYT_N_INCIDENCE_PARTS][FLYT_INCOME_CLASSES];
    int64_t owners[FLYT_N_BOUGHT]; /* households in owner homes */
    int64_t under_water;           /* owners and members who owe more than the home is worth */
};

/** @brief When an owner's home was bought, 0: before 2000. @param moved_in  calendar month. */
uint32_t flyt_incidence_bought(int16_t moved_in);

/** @brief Adds what a household pays more. Threads: only the work whose sheet it is. */
void flyt_incidence_add(const struct flyt_world *world, uint32_t household,
                        enum flyt_incidence_part part, int64_t ore,
                        struct flyt_incidence_sheet *sheet);

/**
 * @brief All households' flows of the month against those by the law before, added to a sheet:
 *        all parts but the gains tax, which is paid at sale; owners; who is under water.
 * @param before  the law of owners without the policy; nothing was returned by it.
 * Memory: step arena. Parallel.
 */
FLYT_NODISCARD enum flyt_status flyt_incidence_month(struct flyt_world *world,
                                                     const struct flyt_usercost_params *before,
                                                     struct flyt_incidence_sheet *sheet);

/** @brief Adds a sheet to another. */
void flyt_incidence_sum(struct flyt_incidence_sheet *sum, const struct flyt_incidence_sheet *sheet);

#endif

/**
 * @file livelihood_params.h
 * @brief The four groups of parameters of a livelihood, and their descriptors.
 */
#ifndef FLYT_LIVELIHOOD_PARAMS_H
#define FLYT_LIVELIHOOD_PARAMS_H

#include "models/income_params.h"
#include "models/social_params.h"
#include "models/tax.h"
#include "models/work_params.h"

struct flyt_livelihood_params {
    struct flyt_work_params work;
    struct flyt_income_params income;
    struct flyt_tax_params tax;
    struct flyt_social_params social;
};

#define X(...) +1
enum {
    FLYT_N_WORK_FIELDS = 0 WORK_PARAMS(X),
    FLYT_N_INCOME_FIELDS = 0 INCOME_PARAMS(X),
    FLYT_N_TAX_FIELDS = 0 TAX_PARAMS(X),
    FLYT_N_SOCIAL_FIELDS = 0 SOCIAL_PARAMS(X),
};
#undef X

extern const struct flyt_field flyt_work_fields[FLYT_N_WORK_FIELDS];
extern const struct flyt_field flyt_income_fields[FLYT_N_INCOME_FIELDS];
extern const struct flyt_field flyt_tax_fields[FLYT_N_TAX_FIELDS];
extern const struct flyt_field flyt_social_fields[FLYT_N_SOCIAL_FIELDS];

/** Initialisers of the groups for a model whose parameters hold the struct at `at`. */
#define FLYT_LIVELIHOOD_GROUPS(at)                                                                 \
    {"work",                                                                                       \
     "Work states from month to month",                                                            \
     "Arbejdsmarkedstilstande fra måned til måned",                                                \
     flyt_work_fields,                                                                             \
     FLYT_N_WORK_FIELDS,                                                                           \
     (at) + offsetof(struct flyt_livelihood_params, work)},                                        \
        {"income",                                                                                 \
         "Wages, benefits and saving",                                                             \
         "Løn, ydelser og opsparing",                                                              \
         flyt_income_fields,                                                                       \
         FLYT_N_INCOME_FIELDS,                                                                     \
         (at) + offsetof(struct flyt_livelihood_params, income)},                                  \
        {"tax",           "Income tax",      "Indkomstskat",                                       \
         flyt_tax_fields, FLYT_N_TAX_FIELDS, (at) + offsetof(struct flyt_livelihood_params, tax)}, \
    {                                                                                              \
        "social", "Social cases, convictions, language", "Sociale sager, domme, sprog",            \
            flyt_social_fields, FLYT_N_SOCIAL_FIELDS,                                              \
            (at) + offsetof(struct flyt_livelihood_params, social)                                 \
    }

/** @brief All parameters at their defaults. */
void flyt_livelihood_defaults(struct flyt_livelihood_params *params);

#endif

#include "models/livelihood_params.h"

const struct flyt_field flyt_work_fields[FLYT_N_WORK_FIELDS] = {
#define X(...) FLYT_FIELD(flyt_work_params, __VA_ARGS__)
    WORK_PARAMS(X)
#undef X
};

const struct flyt_field flyt_income_fields[FLYT_N_INCOME_FIELDS] = {
#define X(...) FLYT_FIELD(flyt_income_params, __VA_ARGS__)
    INCOME_PARAMS(X)
#undef X
};

const struct flyt_field flyt_tax_fields[FLYT_N_TAX_FIELDS] = {
#define X(...) FLYT_FIELD(flyt_tax_params, __VA_ARGS__)
    TAX_PARAMS(X)
#undef X
};

const struct flyt_field flyt_social_fields[FLYT_N_SOCIAL_FIELDS] = {
#define X(...) FLYT_FIELD(flyt_social_params, __VA_ARGS__)
    SOCIAL_PARAMS(X)
#undef X
};

void flyt_livelihood_defaults(struct flyt_livelihood_params *params)
{
    static const struct flyt_field_group groups[] = {FLYT_LIVELIHOOD_GROUPS((size_t)0)};
    for (uint32_t g = 0; g < FLYT_COUNT(groups); g++) {
        for (uint32_t i = 0; i < groups[g].n_fields; i++) {
            flyt_field_store(&groups[g].field[i], groups[g].field[i].fallback,
                             (char *)params + groups[g].offset);
        }
    }
}

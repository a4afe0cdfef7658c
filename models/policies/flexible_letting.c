/**
 * @file flexible_letting.c
 * @brief Policy: flexible letting (fleksibel udlejning) by agreement, almenboligloven section 60.
 *
 * A municipality and an organisation agree that a share of the vacant family homes goes to
 * applicants who meet criteria, in order of time among them; when none will have the home it is
 * let by the list. Where the law makes it mandatory already, the greater share holds; criteria
 * that are agreed replace the usual ones.
 */
#include "models/letting.h"
#include "models/policy.h"

#define FLEXIBLE_PARAMS(X)                                                                         \
    X(real, share, "share", 0.5, 0, 1, assumed, "by agreement, up to nearly all: SBi 2004",        \
      "Share of list-lettings that goes to those who meet the criteria.",                          \
      "Andel af udlejninger efter venteliste til dem, der opfylder kriterierne.")                  \
    X(flag, work, "", 1, 0, 1, published, "SBi 2004: typical criteria",                            \
      "Those in work meet them.", "Personer i arbejde opfylder dem.")                              \
    X(flag, study, "", 1, 0, 1, published, "SBi 2004: typical criteria",                           \
      "Those in education meet them.", "Personer under uddannelse opfylder dem.")                  \
    X(count, age, "years", 55, 0, 120, published, "SBi 2004: typical criteria",                    \
      "Age from which one meets them; 0: age does not count.",                                     \
      "Alder, hvorfra man opfylder dem; 0: alderen tæller ikke.")

struct flexible_params {
#define X(type, name, ...) flyt_##type name;
    FLEXIBLE_PARAMS(X)
#undef X
};

static const struct flyt_field fields[] = {
#define X(...) FLYT_FIELD(flexible_params, __VA_ARGS__)
    FLEXIBLE_PARAMS(X)
#undef X
};

static void letting_rules(const struct flyt_policy_question *question, uint32_t section,
                          struct flyt_letting_rules *rules)
{
    const struct flexible_params *params = question->policy->params;
    double share = params->share * question->intensity;
    if (share <= 0.0 || !flyt_letting_family(question->world, section)) {
        return;
    }
    rules->flexible_share = share > rules->flexible_share ? share : rules->flexible_share;
    rules->criteria = (params->work ? FLYT_PREFERENCE_work : 0u) |
                      (params->study ? FLYT_PREFERENCE_study : 0u) |
                      (params->age > 0 ? FLYT_PREFERENCE_age : 0u);
    rules->flexible_age = params->age;
}

static enum flyt_status check(const struct flyt_policy_values *values)
{
    const struct flexible_params *params = values->params;
    bool anybody = params->work || params->study || params->age > 0 || params->share <= 0.0;
    return anybody ? FLYT_OK
                   : flyt_diag_fault(values->diag, FLYT_ERR_SCENARIO,
                                     flyt_policies_place(values, "share work study age"),
                                     "policies.flexible_letting: a share of %g is for those who "
                                     "meet criteria, but work and study are off and age is 0",
                                     "policies.flexible_letting: en andel på %g er til dem, der "
                                     "opfylder kriterier, men work og study er fra, og age er 0",
                                     params->share);
}

const struct flyt_policy flyt_policy_flexible_letting = {
    .spec = {.name = "flexible_letting",
             .en = "Flexible letting by agreement",
             .da = "Fleksibel udlejning efter aftale",
             .field = fields,
             .n_fields = FLYT_COUNT(fields),
             .params_size = sizeof(struct flexible_params),
             .sleeps = true,
             .source = "almenboligloven section 60; SBi, Fleksibel udlejning af almene "
                       "familieboliger (2004)",
             .serves = "H1, H2",
             .doc_en = "A share of vacant family homes goes to applicants who meet criteria, in "
                       "order of time among them; when none will have it, it is let by the list.",
             .doc_da = "En andel af ledige familieboliger går til ansøgere, der opfylder "
                       "kriterier, i tidsorden blandt dem; vil ingen have den, udlejes den efter "
                       "ventelisten."},
    .check = check,
    .hooks = {.letting_rules = letting_rules},
};

/* Values of policies that contradict each other, before a run. See policy.h. */
#include <stddef.h>
#include <string.h>

#include "models/policy.h"

struct flyt_place flyt_policies_place(const struct flyt_policy_values *values, const char *names)
{
    const struct flyt_policy_spec *spec = values->given->spec;
    while (*names != '\0') {
        size_t n = strcspn(names, " ");
        for (uint32_t i = 0; i < spec->n_fields; i++) {
            const char *name = spec->field[i].name;
            const struct flyt_schedule *schedule = &values->given->parameter[i];
            if (strncmp(name, names, n) == 0 && name[n] == '\0' && schedule->place.file != NULL) {
                return schedule->place;
            }
        }
        names += n + (names[n] == ' ');
    }
    return values->given->place;
}

static void check_policy(const struct flyt_scenario *scenario, const struct flyt_policy *policy,
                         const struct flyt_scenario_policy *given, struct flyt_diag *diag)
{
    _Alignas(max_align_t) char params[FLYT_POLICY_PARAMS_MOST];
    enum flyt_status status = FLYT_OK;
    for (uint32_t year = 0; year < scenario->years && status == FLYT_OK; year++) {
        flyt_scenario_policy_params(given, scenario->start_year + (int32_t)year, params);
        status = policy->check(&(struct flyt_policy_values){scenario, given, params, diag});
    }
}

void flyt_policies_check_values(const struct flyt_scenario *scenario, struct flyt_diag *diag)
{
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        const struct flyt_scenario_policy *given = &scenario->policy[i];
        for (uint32_t k = 0; given->on && flyt_policies_known[k] != NULL; k++) {
            const struct flyt_policy *policy = flyt_policies_known[k];
            if (policy->check != NULL && strcmp(policy->spec.name, given->spec->name) == 0) {
                check_policy(scenario, policy, given, diag);
            }
        }
    }
}

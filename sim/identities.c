#include "sim/identities.h"

#include <math.h>
#include <string.h>

/** Whether a target is a part of a series over all of the same series. */
static bool is_share(const struct flyt_target *target)
{
    size_t n = strcspn(target->of, "[");
    return target->measure == FLYT_TARGET_percent && target->of[n] == '[' &&
           strlen(target->over) == n && memcmp(target->of, target->over, n) == 0;
}

double flyt_identities_sum(const struct flyt_targets *targets, uint32_t i, uint32_t *n_parts)
{
    const struct flyt_target *first = &targets->target[i];
    double sum = 0.0;
    *n_parts = 0;
    if (!is_share(first)) {
        return NAN;
    }
    for (uint32_t k = 0; k < targets->n; k++) {
        const struct flyt_target *target = &targets->target[k];
        if (is_share(target) && strcmp(target->over, first->over) == 0) {
            if (k < i) {
                return NAN;
            }
            sum += target->value;
            (*n_parts)++;
        }
    }
    return sum;
}

void flyt_identities_write(const struct flyt_targets *targets, enum flyt_lang lang,
                           struct flyt_text *text)
{
    bool da = lang == FLYT_DA;
    for (uint32_t i = 0; i < targets->n; i++) {
        uint32_t n_parts = 0;
        double sum = flyt_identities_sum(targets, i, &n_parts);
        if (isnan(sum) || n_parts < 2) {
            continue;
        }
        const char *verdict = sum > 100.5 ? (da ? " - kan ikke passe" : " - cannot be") : "";
        flyt_text_add(text, "%s: %u %s %.1f %%%s\n", targets->target[i].over, n_parts,
                      da ? "dele, i alt" : "parts, together", sum, verdict);
    }
}

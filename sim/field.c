/* Parameters by their descriptors: parsing, range check, storing. See field.h. */
#include "sim/field.h"

#include <math.h>
#include <string.h>

#include "sim/text.h"
#include "sim/units.h"

void flyt_field_store(const struct flyt_field *field, double value, void *group_struct)
{
    char *at = (char *)group_struct + field->offset;
    switch (field->type) {
    case FLYT_FIELD_real:
        memcpy(at, &(flyt_real){value}, sizeof(flyt_real));
        break;
    case FLYT_FIELD_count:
        memcpy(at, &(flyt_count){(flyt_count)value}, sizeof(flyt_count));
        break;
    case FLYT_FIELD_flag:
        memcpy(at, &(flyt_flag){value != 0}, sizeof(flyt_flag));
        break;
    case FLYT_FIELD_choice:
        memcpy(at, &(flyt_choice){(flyt_choice)value}, sizeof(flyt_choice));
        break;
    }
}

double flyt_field_value(const struct flyt_field *field, const void *group_struct)
{
    const char *at = (const char *)group_struct + field->offset;
    flyt_real real;
    flyt_count count;
    flyt_flag flag;
    switch (field->type) {
    case FLYT_FIELD_flag:
        memcpy(&flag, at, sizeof flag);
        return flag ? 1 : 0;
    case FLYT_FIELD_count:
    case FLYT_FIELD_choice:
        memcpy(&count, at, sizeof count);
        return (double)count;
    case FLYT_FIELD_real:
        break;
    }
    memcpy(&real, at, sizeof real);
    return real;
}

const char *flyt_field_evidence(enum flyt_evidence evidence, enum flyt_lang lang)
{
    static const char *const names[][2] = {
#define X(name, da) {#name, da},
        FLYT_EVIDENCES(X)
#undef X
    };
    return names[evidence][lang == FLYT_DA];
}

const char *flyt_field_choice_name(const char *choices, uint32_t index, size_t *n)
{
    for (uint32_t i = 0; i < index; i++) {
        choices = strchr(choices, '|');
        if (choices == NULL) {
            return NULL;
        }
        choices++;
    }
    *n = strcspn(choices, "|");
    return choices;
}

uint32_t flyt_field_choice(const char *choices, const char *bytes, size_t n)
{
    const char *name;
    size_t length;
    for (uint32_t i = 0; (name = flyt_field_choice_name(choices, i, &length)) != NULL; i++) {
        if (length == n && memcmp(name, bytes, n) == 0) {
            return i;
        }
    }
    return FLYT_NONE;
}

/** The text that is being parsed, for messages. */
struct scalar {
    const struct flyt_field *field;
    const char *key;
    char quoted[FLYT_QUOTE_SIZE];
    struct flyt_place place;
    struct flyt_diag *diag;
};

static enum flyt_status parse_flag(const struct scalar *scalar, const char *bytes, size_t n,
                                   double *value)
{
    static const char *const words[] = {"no", "yes", "false", "true"};
    for (size_t i = 0; i < FLYT_COUNT(words); i++) {
        if (n == strlen(words[i]) && memcmp(bytes, words[i], n) == 0) {
            *value = (double)(i % 2);
            return FLYT_OK;
        }
    }
    return flyt_diag_fault(scalar->diag, FLYT_ERR_SCENARIO, scalar->place,
                           "%s: \"%s\" is neither yes nor no (true, false)",
                           "%s: \"%s\" er hverken yes eller no (true, false)", scalar->key,
                           scalar->quoted);
}

static enum flyt_status parse_choice(const struct scalar *scalar, const char *bytes, size_t n,
                                     double *value)
{
    uint32_t index = flyt_field_choice(scalar->field->unit, bytes, n);
    *value = (double)index;
    if (index != FLYT_NONE) {
        return FLYT_OK;
    }
    return flyt_diag_fault(scalar->diag, FLYT_ERR_SCENARIO, scalar->place,
                           "%s: \"%s\" is not one of %s", "%s: \"%s\" er ikke en af %s",
                           scalar->key, scalar->quoted, scalar->field->unit);
}

static enum flyt_status parse_number(const struct scalar *scalar, const char *bytes, size_t n,
                                     double *value)
{
    const struct flyt_field *field = scalar->field;
    const char *unit =
        flyt_units_say(field->unit, scalar->diag == NULL ? FLYT_EN : scalar->diag->lang);
    enum flyt_number fault = flyt_text_number(bytes, n, value);
    if (fault != FLYT_NUMBER_ok) {
        enum flyt_lang lang = scalar->diag == NULL ? FLYT_EN : scalar->diag->lang;
        return flyt_diag_fault(scalar->diag, FLYT_ERR_SCENARIO, scalar->place,
                               "%s: \"%s\" %s; a number from %.10g to %.10g is needed (%s)",
                               "%s: \"%s\" %s; der skal stå et tal fra %.10g til %.10g (%s)",
                               scalar->key, scalar->quoted, flyt_text_number_fault(fault, lang),
                               field->low, field->high, unit);
    }
    if (!(*value >= field->low && *value <= field->high)) {
        return flyt_diag_fault(scalar->diag, FLYT_ERR_SCENARIO, scalar->place,
                               "%s: %s is outside [%.10g, %.10g] (%s)",
                               "%s: %s ligger uden for [%.10g, %.10g] (%s)", scalar->key,
                               scalar->quoted, field->low, field->high, unit);
    }
    if (field->type == FLYT_FIELD_count && (*value != floor(*value) || *value > 4294967295.0)) {
        return flyt_diag_fault(
            scalar->diag, FLYT_ERR_SCENARIO, scalar->place, "%s: %s is not a whole number (%s)",
            "%s: %s er ikke et helt tal (%s)", scalar->key, scalar->quoted, unit);
    }
    *value = *value == 0 ? 0 : *value; /* -0 would print as another value than 0 */
    return FLYT_OK;
}

enum flyt_status flyt_field_parse(const struct flyt_field *field, const char *key,
                                  const char *bytes, size_t n, struct flyt_place place,
                                  double *value, struct flyt_diag *diag)
{
    struct scalar scalar = {.field = field, .key = key, .place = place, .diag = diag};
    (void)flyt_text_quote(scalar.quoted, bytes, n);
    switch (field->type) {
    case FLYT_FIELD_flag:
        return parse_flag(&scalar, bytes, n, value);
    case FLYT_FIELD_choice:
        return parse_choice(&scalar, bytes, n, value);
    case FLYT_FIELD_real:
    case FLYT_FIELD_count:
        break;
    }
    return parse_number(&scalar, bytes, n, value);
}

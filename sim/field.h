/**
 * @file field.h
 * @brief Tables of parameters: each number's name, unit, default, range, evidence, source and text.
 *
 * Declared once by the module that owns the number (see STYLE: "Tables: declare once"); from the
 * tables come the parser, the range check, `flyt describe`, and the attributes in output files.
 */
#ifndef FLYT_FIELD_H
#define FLYT_FIELD_H

#include "sim/status.h"

/** name, Danish */
#define FLYT_EVIDENCES(X)                                                                          \
    X(published, "offentliggjort")                                                                 \
    X(derived, "afledt")                                                                           \
    X(borrowed, "lånt")                                                                            \
    X(assumed, "antaget")

/** What the column `evidence` of a table may say: the classes, or that nothing is known. */
#define FLYT_EVIDENCE_NAMES "published|derived|borrowed|assumed|unknown"

enum flyt_evidence {
#define X(name, da) FLYT_EVIDENCE_##name,
    FLYT_EVIDENCES(X)
#undef X
};

/** type in a parameter struct, and how a scenario writes it */
typedef double flyt_real;     /* 0.25 */
typedef uint32_t flyt_count;  /* 12; whole, no sign */
typedef bool flyt_flag;       /* yes | no | true | false */
typedef uint32_t flyt_choice; /* one of the names in `unit`, which is then "fresh|period|life" */

enum flyt_field_type { FLYT_FIELD_real, FLYT_FIELD_count, FLYT_FIELD_flag, FLYT_FIELD_choice };

struct flyt_field {
    const char *name, *unit;
    double fallback, low, high; /* the default and the allowed range, both ends allowed */
    enum flyt_evidence evidence;
    const char *source, *en, *da;
    enum flyt_field_type type;
    size_t offset; /* in the group's struct */
};

/** The parameters of one module: "letting" with letting.municipal_share, ... */
struct flyt_field_group {
    const char *name, *en, *da;
    const struct flyt_field *field;
    uint32_t n_fields;
    size_t offset; /* of the group's struct in the model's parameter struct */
};

/** Declares one field from the arguments of a parameter table's X(); see STYLE. */
#define FLYT_FIELD(params, type, name, unit, fallback, low, high, evidence, source, en, da)        \
    {#name,                                                                                        \
     unit,                                                                                         \
     fallback,                                                                                     \
     low,                                                                                          \
     high,                                                                                         \
     FLYT_EVIDENCE_##evidence,                                                                     \
     source,                                                                                       \
     en,                                                                                           \
     da,                                                                                           \
     FLYT_FIELD_##type,                                                                            \
     offsetof(struct params, name)},

/** @brief Stores `value` (flags 0 or 1, choices their index) into the group's struct. */
void flyt_field_store(const struct flyt_field *field, double value, void *group_struct);

/** @brief Reads the field back from the group's struct as a number. */
double flyt_field_value(const struct flyt_field *field, const void *group_struct);

/** @brief Name of an evidence class. */
const char *flyt_field_evidence(enum flyt_evidence evidence, enum flyt_lang lang);

/** @brief Index of a choice's name in "a|b|c", FLYT_NONE when it is none of them. */
uint32_t flyt_field_choice(const char *choices, const char *bytes, size_t n);

/** @brief The index-th name of "a|b|c"; its length goes to *n. NULL past the end. */
const char *flyt_field_choice_name(const char *choices, uint32_t index, size_t *n);

/**
 * @brief Parses a scalar for a field and checks its range.
 * @param key    the full name for messages, "letting.municipal_share".
 * @param place  of the value.
 * @return FLYT_OK or FLYT_ERR_SCENARIO with one fault added: what was found, what is allowed.
 */
FLYT_NODISCARD enum flyt_status flyt_field_parse(const struct flyt_field *field, const char *key,
                                                 const char *bytes, size_t n,
                                                 struct flyt_place place, double *value,
                                                 struct flyt_diag *diag);

#endif

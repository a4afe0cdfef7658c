/**
 * @file describe.h
 * @brief The reference of parameters and output variables, made from the tables that declare them.
 *
 * Knows nothing of printing: text is built for `sim/cli_describe.c` and the reference pages.
 */
#ifndef FLYT_DESCRIBE_H
#define FLYT_DESCRIBE_H

#include "sim/scenario.h"
#include "sim/text.h"

enum flyt_describe_format { FLYT_DESCRIBE_text, FLYT_DESCRIBE_markdown, FLYT_DESCRIBE_json };

/**
 * @brief Adds a table of all parameters: name, unit, default, range, evidence, source, text.
 * @param scenario  its model and the values it uses; NULL: all models, defaults only.
 * @return FLYT_OK or FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_describe_parameters(struct flyt_text *text,
                                                         const struct flyt_scenario *scenario,
                                                         enum flyt_describe_format format,
                                                         enum flyt_lang lang);

/** @brief Adds a table of each policy's keys: when and where it holds, its parameters; with a
 *         scenario, what it says of them. */
FLYT_NODISCARD enum flyt_status flyt_describe_policies(struct flyt_text *text,
                                                       const struct flyt_scenario *scenario,
                                                       enum flyt_describe_format format,
                                                       enum flyt_lang lang);

/** @brief Adds a table of all output variables: name, unit, dimensions, period, kind, text, how. */
FLYT_NODISCARD enum flyt_status flyt_describe_outputs(struct flyt_text *text,
                                                      const struct flyt_scenario *scenario,
                                                      enum flyt_describe_format format,
                                                      enum flyt_lang lang);

/** @brief Adds one value as a scenario writes it: 0.25, yes, fresh. */
void flyt_describe_value(struct flyt_text *text, const struct flyt_field *field, double value);

/** @brief Adds what a scenario uses for a parameter: "0.25", or "2024: 0.04, 2028: 0.03". */
void flyt_describe_schedule(struct flyt_text *text, const struct flyt_field *field,
                            const struct flyt_schedule *schedule);

/** @brief Adds bytes as a JSON string, in quotes. */
void flyt_describe_json(struct flyt_text *text, const char *string);

#endif

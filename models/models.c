/**
 * @file models.c
 * @brief The list of models. A new one adds its file and one line here.
 */
#include "models/housing.h"
#include "models/logit_blocks.h"
#include "models/schelling.h"
#include "models/test_functions.h"

const struct flyt_model *const flyt_models[] = {&flyt_housing_model, &flyt_schelling_model,
                                                &flyt_logit_blocks_model,
                                                &flyt_test_functions_model, NULL};

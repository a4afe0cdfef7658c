/**
 * @file h5_writer.h
 * @brief What files of one run and of a merged sweep share when they are written.
 */
#ifndef FLYT_H5_WRITER_H
#define FLYT_H5_WRITER_H

#include "output/h5.h"
#include "output/h5_object.h"

/** The file being written and its dimension scales. */
struct flyt_h5_writer {
    struct flyt_h5 h5;
    const struct flyt_result *result;
    const struct flyt_scenario *scenario;
    struct flyt_arena *arena;
    int64_t point; /* of a sweep; -1: there is none */
    uint64_t n_points;
    int64_t replicate, time, year;
    int64_t *dim; /* [result->n_dims] */
};

/** @brief long_name in both languages. */
void flyt_h5_name_it(struct flyt_h5_writer *writer, int64_t object, const char *en, const char *da);

/** @brief units and long_name. */
void flyt_h5_describe(struct flyt_h5_writer *writer, int64_t object, const char *unit,
                      const char *en, const char *da);

/** @brief A column of n values; makes it a dimension scale when it is one. Close it. */
int64_t flyt_h5_column(struct flyt_h5_writer *writer, int64_t parent, const char *name,
                       enum flyt_h5_type type, uint64_t n, const void *data, bool scale);

/** @brief The scales `replicate`, `time` and `year` of the writer's result. */
void flyt_h5_put_replicates(struct flyt_h5_writer *writer);
FLYT_NODISCARD enum flyt_status flyt_h5_put_times(struct flyt_h5_writer *writer);

/** @brief The model's dimensions with their labels, to writer->dim. */
FLYT_NODISCARD enum flyt_status flyt_h5_put_dims(struct flyt_h5_writer *writer);

/** @brief Shape and type of a series' dataset, after point (when there is one) and replicate. */
void flyt_h5_series_spec(const struct flyt_h5_writer *writer,
                         const struct flyt_result_series *series, struct flyt_h5_spec *spec);

/** @brief Attributes and scales of a series' dataset. */
FLYT_NODISCARD enum flyt_status flyt_h5_describe_series(struct flyt_h5_writer *writer,
                                                        const struct flyt_result_series *series,
                                                        int64_t dataset);

/** @brief The files that a scenario was read from, as group `inputs`. */
FLYT_NODISCARD enum flyt_status flyt_h5_put_inputs(struct flyt_h5_writer *writer,
                                                   const struct flyt_scenario *scenario,
                                                   int64_t parent);

#endif

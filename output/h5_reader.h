/**
 * @file h5_reader.h
 * @brief What files of one result and of a merged sweep share when they are read.
 *
 * The file may come from a stranger: whatever it says of names, sizes, links and filters is checked
 * before it is followed. Each function returns ERR_SCENARIO with a fault that names the part that
 * is missing or wrong, or ERR_MEMORY.
 */
#ifndef FLYT_H5_READER_H
#define FLYT_H5_READER_H

#include "output/h5.h"
#include "output/h5_object.h"

struct flyt_h5_reader {
    struct flyt_h5 h5;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    struct flyt_place place;
    struct flyt_result *result;
    uint64_t n_points;         /* of a merged sweep; 0: one result */
    uint64_t room;             /* bytes of data that may still be read */
    const char *const *member; /* [n_members] of the root group */
    uint32_t n_members;
};

/* ---- before HDF5 sees a byte ---- */

/** @brief Whether these are the first bytes of a file of this type, as Flyt writes it. */
bool flyt_h5_head_is(const char *bytes, size_t n, const char *type);

/** @brief Whether the bytes give the digest that stands in them. They are as before afterwards. */
bool flyt_h5_digest_holds(struct flyt_bytes *bytes);

/** @brief The same of a file that need not fit into memory. */
FLYT_NODISCARD enum flyt_status flyt_h5_digest_of_disk(const char *path, bool *holds,
                                                       struct flyt_diag *diag);

/* ---- pieces ---- */

/** @brief The fault of a file that is not what Flyt writes; `what` names the part. */
enum flyt_status flyt_h5_odd(struct flyt_h5_reader *reader, const char *what);

/** @brief A text attribute that must be there, or may be missing (NULL). */
FLYT_NODISCARD enum flyt_status flyt_h5_need_text(struct flyt_h5_reader *reader, const char *path,
                                                  const char *name, const char **out);
FLYT_NODISCARD enum flyt_status flyt_h5_maybe_text(struct flyt_h5_reader *reader, const char *path,
                                                   const char *name, const char **out);

/** @brief Loads a dataset of the type and shape in spec; the first `n_free` sizes are found. */
FLYT_NODISCARD enum flyt_status flyt_h5_take(struct flyt_h5_reader *reader,
                                             const struct flyt_h5_spec *spec, uint32_t n_free,
                                             struct flyt_h5_spec *found, void **data);

/** @brief A column: one dimension, its length, at least 1, to *n. */
FLYT_NODISCARD enum flyt_status flyt_h5_take_column(struct flyt_h5_reader *reader, const char *name,
                                                    enum flyt_h5_type type, uint32_t *n,
                                                    void **data);
FLYT_NODISCARD enum flyt_status flyt_h5_take_labels(struct flyt_h5_reader *reader, const char *name,
                                                    uint32_t *n, const char *const **labels);

/* ---- the parts of a file, in this order ---- */

/** @brief Links and members of the root. */
FLYT_NODISCARD enum flyt_status flyt_h5_begin_reading(struct flyt_h5_reader *reader);

/** @brief Type, format (at most `format`), title, model, version, seed. */
FLYT_NODISCARD enum flyt_status flyt_h5_take_root(struct flyt_h5_reader *reader, const char *type,
                                                  int64_t format);

FLYT_NODISCARD enum flyt_status flyt_h5_take_times(struct flyt_h5_reader *reader);

/** @brief Dimensions: what has a twin with Danish labels. */
FLYT_NODISCARD enum flyt_status flyt_h5_take_dims(struct flyt_h5_reader *reader);

/** @brief What a series is, and the type and shape that its dataset must have; no data. */
FLYT_NODISCARD enum flyt_status flyt_h5_take_series(struct flyt_h5_reader *reader, const char *name,
                                                    const char *axes,
                                                    struct flyt_result_series *series,
                                                    struct flyt_h5_spec *spec);

#endif

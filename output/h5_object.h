/**
 * @file h5_object.h
 * @brief HDF5 as Flyt uses it: files in memory, datasets, dimension scales, attributes.
 *
 * Knows nothing of results. The first failure sticks: later calls on the same `struct flyt_h5` do
 * nothing, so that a writer reads as a list and asks once at the end. Objects carry no times.
 * Reading trusts nothing: plain links, plain layouts and known filters only.
 */
#ifndef FLYT_H5_OBJECT_H
#define FLYT_H5_OBJECT_H

#include "sim/fileio.h"

#define FLYT_H5_RANK 7           /* dimensions of a dataset */
#define FLYT_H5_CHUNK (1u << 20) /* bytes of a chunk, at most */

enum flyt_h5_type {
    FLYT_H5_int64, /* int64_t */
    FLYT_H5_int32, /* int32_t */
    FLYT_H5_uint8, /* uint8_t */
    FLYT_H5_real,  /* double */
    FLYT_H5_text,  /* const char *, UTF-8. Of variable length: netCDF-C 4.9.0 crashes on fixed */
    FLYT_H5_other  /* what Flyt does not write */
};

struct flyt_h5_origin;

struct flyt_h5 {
    struct flyt_arena *arena;
    int64_t file;       /* handle of the file and of its root group; -1: none */
    const char *failed; /* the call that failed, NULL: none yet */
    bool no_memory;     /* it failed because the arena is used up */
};

/** Name, type and shape of a dataset; n_dims 0: one value. */
struct flyt_h5_spec {
    const char *name;
    enum flyt_h5_type type;
    uint32_t n_dims;
    uint64_t size[FLYT_H5_RANK];
};

/* ---- for output/h5.c and output/h5_in.c, the only files that know HDF5 ---- */

/** @brief Remembers the first call that failed; true when `result` is no failure. */
bool flyt_h5_went_well(struct flyt_h5 *h5, int64_t result, const char *call);

/** @brief Remembers that the arena is used up; true when it is not. */
bool flyt_h5_has_memory(struct flyt_h5 *h5, const void *taken);

/** @brief No file yet; the library quiet, without plugins and without its exit handler. */
void flyt_h5_begin(struct flyt_h5 *h5, struct flyt_arena *arena);

/** @brief The type in the file, or that of this machine's memory; a new handle. */
int64_t flyt_h5_open_type(enum flyt_h5_type type, bool in_memory);

/** @brief Bytes of one value; of a text, of its pointer. */
size_t flyt_h5_value_bytes(enum flyt_h5_type type);

/* ---- writing ---- */

/** @brief An empty file in memory. End it with flyt_h5_end(). */
void flyt_h5_create(struct flyt_h5 *h5, struct flyt_arena *arena);

/**
 * @brief An empty file on disk, for what does not fit into memory. The path is there already and
 *        its maker holds its lock. End it with flyt_h5_end().
 */
void flyt_h5_create_at(struct flyt_h5 *h5, struct flyt_arena *arena, const char *path);

/** @brief A group; close it with flyt_h5_close(). */
int64_t flyt_h5_group(struct flyt_h5 *h5, int64_t parent, const char *name);

/** @brief A dataset with its data, compressed and check-summed. Close it with flyt_h5_close(). */
int64_t flyt_h5_dataset(struct flyt_h5 *h5, int64_t parent, const struct flyt_h5_spec *spec,
                        const void *data);

/** @brief A dataset that is filled later; a chunk has at most n_first of its first dimension. */
int64_t flyt_h5_dataset_empty(struct flyt_h5 *h5, int64_t parent, const struct flyt_h5_spec *spec,
                              uint64_t n_first);

/** @brief Fills [first, first + n) of a dataset's first dimension. */
void flyt_h5_write_some(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec,
                        uint64_t first, uint64_t n, const void *data);

/** @brief Makes a dataset of one dimension a dimension scale. */
void flyt_h5_scale(struct flyt_h5 *h5, int64_t dataset, const char *name);

/** @brief A dimension without coordinates, as netCDF-4 marks it. */
int64_t flyt_h5_bare_scale(struct flyt_h5 *h5, int64_t parent, const char *name, uint64_t n);

/** @brief Names the axis-th dimension of a dataset by a scale. */
void flyt_h5_attach(struct flyt_h5 *h5, int64_t dataset, int64_t scale, uint32_t axis);

void flyt_h5_put_text(struct flyt_h5 *h5, int64_t object, const char *name, const char *text);
void flyt_h5_put_texts(struct flyt_h5 *h5, int64_t object, const char *name,
                       const char *const *text, uint32_t n);
void flyt_h5_put_fixed(struct flyt_h5 *h5, int64_t object, const char *name, const char *text);
void flyt_h5_put_ints(struct flyt_h5 *h5, int64_t object, const char *name, const int32_t *value,
                      uint32_t n);
void flyt_h5_put_int(struct flyt_h5 *h5, int64_t object, const char *name, int64_t value);
void flyt_h5_put_real(struct flyt_h5 *h5, int64_t object, const char *name, double value);

/** @brief Bytes of the file so far, owned by the arena. */
void flyt_h5_bytes(struct flyt_h5 *h5, struct flyt_bytes *out);

/* ---- reading ---- */

/** @brief Opens a file image; `bytes` must stay until flyt_h5_end(). No plug-ins are loaded. */
void flyt_h5_open(struct flyt_h5 *h5, struct flyt_arena *arena, const struct flyt_bytes *bytes);

/** @brief Opens a file on disk to read, for what does not fit into memory. No plug-ins are loaded.
 */
void flyt_h5_open_at(struct flyt_h5 *h5, struct flyt_arena *arena, const char *path);

/** @brief Fails unless all links of the file are hard ones: nothing leads out of it. */
void flyt_h5_check_links(struct flyt_h5 *h5);

/** @brief Names of the members of the root group in alphabetical order, owned by the arena. */
const char *const *flyt_h5_members(struct flyt_h5 *h5, uint32_t *n);

/**
 * @brief Opens a dataset and says what it is. Virtual and external data, unknown filters and
 *        chunks beyond 64 MiB fail.
 * @return its handle, -1 when there is no such dataset (no failure).
 */
int64_t flyt_h5_find(struct flyt_h5 *h5, const char *path, struct flyt_h5_spec *spec);

/** @brief Bytes flyt_h5_load() takes; UINT64_MAX when they cannot be counted. */
uint64_t flyt_h5_size(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec);

/** @brief Reads a whole dataset into the arena: of the type in spec, texts as const char *. */
void *flyt_h5_load(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec);

/** @brief Reads [first, first + n) of a dataset's first dimension: no texts. */
void flyt_h5_load_some(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec,
                       uint64_t first, uint64_t n, void *data);

/** @brief Whether something of this path is there. */
bool flyt_h5_has(struct flyt_h5 *h5, const char *path);

/** @brief An attribute of text, owned by the arena; NULL when absent or no single text.
 *  @param path  of the object in the file, "/" for the root. */
const char *flyt_h5_text(struct flyt_h5 *h5, const char *path, const char *name);

/** @brief A list of texts as attribute, owned by the arena; NULL and *n 0 when absent or none. */
const char *const *flyt_h5_texts(struct flyt_h5 *h5, const char *path, const char *name,
                                 uint32_t *n);

/** @brief A whole number as attribute; false when absent or none. */
bool flyt_h5_int(struct flyt_h5 *h5, const char *path, const char *name, int64_t *value);

/**
 * @brief Reads what a result was made from (see flyt_h5_read_origin()).
 * @param group  of the file: "provenance", or that of a sweep's further scenario.
 * @param room  bytes that may still be read; less what was.
 * @return NULL when all is there, else the name of the part that is missing or wrong.
 */
const char *flyt_h5_load_origin(struct flyt_h5 *h5, const char *group, uint64_t *room,
                                struct flyt_h5_origin *origin);

/* ---- both ---- */

void flyt_h5_close(struct flyt_h5 *h5, int64_t object);
void flyt_h5_end(struct flyt_h5 *h5);

#endif

#include "output/h5_object.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <string.h>

enum { DEFLATE_LEVEL = 1, GROW_BYTES = 1 << 20 };

_Static_assert(sizeof(hid_t) == sizeof(int64_t), "handles pass through int64_t");

/** Remembers the first call that failed; true when `result` is no failure. */
bool flyt_h5_went_well(struct flyt_h5 *h5, int64_t result, const char *call)
{
    if (result < 0 && h5->failed == NULL) {
        h5->failed = call;
    }
    return result >= 0;
}

#define DO(h5, call) flyt_h5_went_well((h5), (int64_t)(call), #call)

/** Remembers that the arena is used up; true when it is not. */
bool flyt_h5_has_memory(struct flyt_h5 *h5, const void *taken)
{
    h5->no_memory = h5->no_memory || taken == NULL;
    return flyt_h5_went_well(h5, taken == NULL ? -1 : 0, "memory");
}

void flyt_h5_begin(struct flyt_h5 *h5, struct flyt_arena *arena)
{
    *h5 = (struct flyt_h5){.arena = arena, .file = -1};
    (void)H5dont_atexit(); /* HDF5's exit handler crashes after a failed write */
    (void)H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    (void)H5PLset_loading_state(0);
}

void flyt_h5_close(struct flyt_h5 *h5, int64_t object)
{
    if (object >= 0) {
        (void)DO(h5, H5Oclose(object));
    }
}

void flyt_h5_end(struct flyt_h5 *h5)
{
    if (h5->file >= 0) {
        (void)DO(h5, H5Fclose(h5->file));
    }
    h5->file = -1;
}

/** The type in the file, or that of this machine's memory; a new handle. */
int64_t flyt_h5_open_type(enum flyt_h5_type type, bool in_memory)
{
    switch (type) {
    case FLYT_H5_int64:
        return H5Tcopy(in_memory ? H5T_NATIVE_INT64 : H5T_STD_I64LE);
    case FLYT_H5_int32:
        return H5Tcopy(in_memory ? H5T_NATIVE_INT32 : H5T_STD_I32LE);
    case FLYT_H5_uint8:
        return H5Tcopy(in_memory ? H5T_NATIVE_UINT8 : H5T_STD_U8LE);
    case FLYT_H5_real:
        return H5Tcopy(in_memory ? H5T_NATIVE_DOUBLE : H5T_IEEE_F64LE);
    case FLYT_H5_text:
    case FLYT_H5_other:
        break;
    }
    hid_t text = H5Tcopy(H5T_C_S1);
    (void)H5Tset_size(text, H5T_VARIABLE);
    (void)H5Tset_cset(text, H5T_CSET_UTF8);
    return text;
}

size_t flyt_h5_value_bytes(enum flyt_h5_type type)
{
    return type == FLYT_H5_uint8 ? 1 : type == FLYT_H5_int32 ? 4 : 8;
}

void flyt_h5_create(struct flyt_h5 *h5, struct flyt_arena *arena)
{
    flyt_h5_begin(h5, arena);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t create = H5Pcreate(H5P_FILE_CREATE);
    if (DO(h5, H5Pset_fapl_core(access, GROW_BYTES, 0)) &&
        DO(h5, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG)) &&
        DO(h5, H5Pset_obj_track_times(create, 0))) {
        h5->file = H5Fcreate("flyt", H5F_ACC_TRUNC, create, access);
        (void)DO(h5, h5->file);
    }
    (void)H5Pclose(create);
    (void)H5Pclose(access);
}

void flyt_h5_create_at(struct flyt_h5 *h5, struct flyt_arena *arena, const char *path)
{
    flyt_h5_begin(h5, arena);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t create = H5Pcreate(H5P_FILE_CREATE);
    if (DO(h5, H5Pset_file_locking(access, false, true)) && /* who made the path holds its lock */
        DO(h5, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG)) &&
        DO(h5, H5Pset_obj_track_times(create, 0))) {
        h5->file = H5Fcreate(path, H5F_ACC_TRUNC, create, access);
        (void)DO(h5, h5->file);
    }
    (void)H5Pclose(create);
    (void)H5Pclose(access);
}

int64_t flyt_h5_group(struct flyt_h5 *h5, int64_t parent, const char *name)
{
    if (h5->failed != NULL) {
        return -1;
    }
    hid_t create = H5Pcreate(H5P_GROUP_CREATE);
    (void)DO(h5, H5Pset_obj_track_times(create, 0));
    hid_t group = H5Gcreate2(parent, name, H5P_DEFAULT, create, H5P_DEFAULT);
    (void)DO(h5, group);
    (void)H5Pclose(create);
    return group;
}

/** As much of the last dimensions as a chunk may hold; 1 of those before. */
static void chunk_shape(const struct flyt_h5_spec *spec, hsize_t *chunk)
{
    uint64_t room = FLYT_H5_CHUNK / flyt_h5_value_bytes(spec->type);
    for (uint32_t i = spec->n_dims; i-- > 0;) {
        chunk[i] = spec->size[i] < room ? spec->size[i] : room;
        room = chunk[i] == spec->size[i] ? room / chunk[i] : 1;
    }
}

/** How a dataset is stored. `n_first` > 0: a chunk has so many of the first dimension, at most. */
static hid_t storage(struct flyt_h5 *h5, const struct flyt_h5_spec *spec, uint64_t n_first)
{
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    hsize_t chunk[FLYT_H5_RANK];
    bool empty = spec->n_dims == 0;
    for (uint32_t i = 0; i < spec->n_dims; i++) {
        empty = empty || spec->size[i] == 0;
    }
    (void)DO(h5, H5Pset_obj_track_times(create, 0));
    if (!empty && spec->type != FLYT_H5_text) { /* texts lie in a heap that no filter reaches */
        struct flyt_h5_spec some = *spec;
        some.size[0] = n_first > 0 && n_first < spec->size[0] ? n_first : spec->size[0];
        chunk_shape(&some, chunk);
        (void)(DO(h5, H5Pset_chunk(create, (int)spec->n_dims, chunk)) &&
               DO(h5, H5Pset_shuffle(create)) && DO(h5, H5Pset_deflate(create, DEFLATE_LEVEL)) &&
               DO(h5, H5Pset_fletcher32(create)));
    }
    return create;
}

/** Creates a dataset and writes `data`, unless that is NULL. */
static int64_t make_dataset(struct flyt_h5 *h5, int64_t parent, const struct flyt_h5_spec *spec,
                            uint64_t n_first, const void *data)
{
    if (h5->failed != NULL) {
        return -1;
    }
    hsize_t size[FLYT_H5_RANK] = {0};
    for (uint32_t i = 0; i < spec->n_dims; i++) {
        size[i] = spec->size[i];
    }
    hid_t in_file = flyt_h5_open_type(spec->type, false),
          in_memory = flyt_h5_open_type(spec->type, true);
    hid_t space =
        spec->n_dims == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple((int)spec->n_dims, size, NULL);
    hid_t create = storage(h5, spec, n_first);
    hid_t dataset =
        H5Dcreate2(parent, spec->name, in_file, space, H5P_DEFAULT, create, H5P_DEFAULT);
    if (DO(h5, dataset) && data != NULL && H5Sget_simple_extent_npoints(space) > 0) {
        (void)DO(h5, H5Dwrite(dataset, in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data));
    }
    (void)H5Pclose(create);
    (void)H5Sclose(space);
    (void)H5Tclose(in_memory);
    (void)H5Tclose(in_file);
    return dataset;
}

int64_t flyt_h5_dataset(struct flyt_h5 *h5, int64_t parent, const struct flyt_h5_spec *spec,
                        const void *data)
{
    return make_dataset(h5, parent, spec, 0, data);
}

int64_t flyt_h5_dataset_empty(struct flyt_h5 *h5, int64_t parent, const struct flyt_h5_spec *spec,
                              uint64_t n_first)
{
    return make_dataset(h5, parent, spec, n_first, NULL);
}

void flyt_h5_write_some(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec,
                        uint64_t first, uint64_t n, const void *data)
{
    hsize_t at[FLYT_H5_RANK] = {first}, size[FLYT_H5_RANK] = {n};
    if (h5->failed != NULL) {
        return;
    }
    for (uint32_t i = 1; i < spec->n_dims; i++) {
        size[i] = spec->size[i];
    }
    hid_t in_memory = flyt_h5_open_type(spec->type, true);
    hid_t space = H5Dget_space(dataset), part = H5Screate_simple((int)spec->n_dims, size, NULL);
    if (DO(h5, H5Sselect_hyperslab(space, H5S_SELECT_SET, at, NULL, size, NULL))) {
        (void)DO(h5, H5Dwrite(dataset, in_memory, part, space, H5P_DEFAULT, data));
    }
    (void)H5Sclose(part);
    (void)H5Sclose(space);
    (void)H5Tclose(in_memory);
}

void flyt_h5_scale(struct flyt_h5 *h5, int64_t dataset, const char *name)
{
    if (h5->failed == NULL) {
        (void)DO(h5, H5DSset_scale(dataset, name));
    }
}

int64_t flyt_h5_bare_scale(struct flyt_h5 *h5, int64_t parent, const char *name, uint64_t n)
{
    if (h5->failed != NULL) {
        return -1;
    }
    char mark[80]; /* the words netCDF-4 looks for */
    (void)snprintf(mark, sizeof mark, "This is a netCDF dimension but not a netCDF variable.%10llu",
                   (unsigned long long)n);
    hsize_t size = n;
    hid_t space = H5Screate_simple(1, &size, NULL);
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    (void)DO(h5, H5Pset_obj_track_times(create, 0));
    hid_t scale = H5Dcreate2(parent, name, H5T_STD_U8LE, space, H5P_DEFAULT, create, H5P_DEFAULT);
    if (DO(h5, scale)) {
        (void)DO(h5, H5DSset_scale(scale, mark));
    }
    (void)H5Pclose(create);
    (void)H5Sclose(space);
    return scale;
}

void flyt_h5_attach(struct flyt_h5 *h5, int64_t dataset, int64_t scale, uint32_t axis)
{
    if (h5->failed == NULL) {
        (void)DO(h5, H5DSattach_scale(dataset, scale, axis));
    }
}

/** An attribute of one value (n 0) or a list of n. Takes over `in_file` and `in_memory`. */
static void put(struct flyt_h5 *h5, int64_t object, const char *name, hid_t in_file,
                hid_t in_memory, uint32_t n, const void *data)
{
    if (h5->failed == NULL) {
        hsize_t size = n;
        hid_t space = n == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, NULL);
        hid_t attribute = H5Acreate2(object, name, in_file, space, H5P_DEFAULT, H5P_DEFAULT);
        if (DO(h5, attribute)) {
            (void)DO(h5, H5Awrite(attribute, in_memory, data));
            (void)H5Aclose(attribute);
        }
        (void)H5Sclose(space);
    }
    (void)H5Tclose(in_memory);
    (void)H5Tclose(in_file);
}

static void put_type(struct flyt_h5 *h5, int64_t object, const char *name, enum flyt_h5_type type,
                     uint32_t n, const void *data)
{
    put(h5, object, name, flyt_h5_open_type(type, false), flyt_h5_open_type(type, true), n, data);
}

void flyt_h5_put_text(struct flyt_h5 *h5, int64_t object, const char *name, const char *text)
{
    put_type(h5, object, name, FLYT_H5_text, 0, &text);
}

void flyt_h5_put_texts(struct flyt_h5 *h5, int64_t object, const char *name,
                       const char *const *text, uint32_t n)
{
    if (n > 0) {
        put_type(h5, object, name, FLYT_H5_text, n, text);
    }
}

void flyt_h5_put_fixed(struct flyt_h5 *h5, int64_t object, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    (void)DO(h5, H5Tset_size(type, strlen(text)));
    (void)DO(h5, H5Tset_strpad(type, H5T_STR_NULLPAD));
    put(h5, object, name, type, H5Tcopy(type), 0, text);
}

void flyt_h5_put_ints(struct flyt_h5 *h5, int64_t object, const char *name, const int32_t *value,
                      uint32_t n)
{
    if (n > 0) {
        put_type(h5, object, name, FLYT_H5_int32, n, value);
    }
}

void flyt_h5_put_int(struct flyt_h5 *h5, int64_t object, const char *name, int64_t value)
{
    put_type(h5, object, name, FLYT_H5_int64, 0, &value);
}

void flyt_h5_put_real(struct flyt_h5 *h5, int64_t object, const char *name, double value)
{
    put_type(h5, object, name, FLYT_H5_real, 0, &value);
}

void flyt_h5_bytes(struct flyt_h5 *h5, struct flyt_bytes *out)
{
    *out = (struct flyt_bytes){0};
    if (h5->failed != NULL || !DO(h5, H5Fflush(h5->file, H5F_SCOPE_GLOBAL))) {
        return;
    }
    ssize_t n = H5Fget_file_image(h5->file, NULL, 0);
    if (!DO(h5, n)) {
        return;
    }
    out->bytes = FLYT_ARENA_ARRAY(h5->arena, char, (size_t)n + 1);
    if (flyt_h5_has_memory(h5, out->bytes) &&
        DO(h5, H5Fget_file_image(h5->file, out->bytes, (size_t)n))) {
        out->n = (size_t)n;
        out->bytes[n] = '\0';
    }
}

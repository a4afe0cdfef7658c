/**
 * @file h5_in.c
 * @brief Reading HDF5 files from memory, trusting nothing that they say.
 */
#include "output/h5_object.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <string.h>

enum { CORE_GROW_BYTES = 1 << 16 };

#define DO(h5, call) flyt_h5_went_well((h5), (int64_t)(call), #call)

void flyt_h5_open(struct flyt_h5 *h5, struct flyt_arena *arena, const struct flyt_bytes *bytes)
{
    flyt_h5_begin(h5, arena);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (DO(h5, access) && DO(h5, H5Pset_fapl_core(access, CORE_GROW_BYTES, 0)) &&
        DO(h5, H5Pset_file_image(access, bytes->bytes, bytes->n))) {
        h5->file = H5Fopen("image", H5F_ACC_RDONLY, access); /* never opens a file of that name */
        (void)DO(h5, h5->file);
    }
    (void)H5Pclose(access);
}

void flyt_h5_open_at(struct flyt_h5 *h5, struct flyt_arena *arena, const char *path)
{
    flyt_h5_begin(h5, arena);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (DO(h5, H5Pset_file_locking(access, false, true)) && /* files are replaced, never changed */
        DO(h5, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG))) {
        h5->file = H5Fopen(path, H5F_ACC_RDONLY, access);
        (void)DO(h5, h5->file);
    }
    (void)H5Pclose(access);
}

static herr_t check_link(hid_t group, const char *name, const H5L_info_t *info, void *unused)
{
    (void)group;
    (void)name;
    (void)unused;
    return info->type == H5L_TYPE_HARD ? 0 : -1;
}

void flyt_h5_check_links(struct flyt_h5 *h5)
{
    if (h5->failed == NULL) {
        (void)DO(h5, H5Lvisit(h5->file, H5_INDEX_NAME, H5_ITER_INC, check_link, NULL));
    }
}

struct members {
    struct flyt_arena *arena;
    const char **name;
    uint32_t n, room;
};

static herr_t add_member(hid_t group, const char *name, const H5L_info_t *info, void *members_)
{
    struct members *members = members_;
    (void)group;
    (void)info;
    if (members->n < members->room) {
        members->name[members->n] = flyt_arena_copy(members->arena, name, strlen(name));
        return members->name[members->n++] == NULL ? -1 : 0;
    }
    return -1;
}

const char *const *flyt_h5_members(struct flyt_h5 *h5, uint32_t *n)
{
    H5G_info_t info;
    *n = 0;
    if (h5->failed != NULL || !DO(h5, H5Gget_info(h5->file, &info)) ||
        !DO(h5, info.nlinks < (1u << 20) ? 0 : -1)) {
        return NULL;
    }
    struct members members = {.arena = h5->arena, .room = (uint32_t)info.nlinks};
    members.name = FLYT_ARENA_ARRAY(h5->arena, const char *, members.room);
    if (flyt_h5_has_memory(h5, members.name)) {
        (void)DO(h5, H5Literate(h5->file, H5_INDEX_NAME, H5_ITER_INC, NULL, add_member, &members));
    }
    *n = members.n;
    return members.name;
}

static enum flyt_h5_type type_of(hid_t type)
{
    size_t bytes = H5Tget_size(type);
    switch (H5Tget_class(type)) {
    case H5T_INTEGER:
        return bytes == 8   ? FLYT_H5_int64
               : bytes == 4 ? FLYT_H5_int32
               : bytes == 1 ? FLYT_H5_uint8
                            : FLYT_H5_other;
    case H5T_FLOAT:
        return bytes == 8 ? FLYT_H5_real : FLYT_H5_other;
    case H5T_STRING:
        return H5Tis_variable_str(type) > 0 ? FLYT_H5_text : FLYT_H5_other;
    default:
        return FLYT_H5_other;
    }
}

/** Only what flyt_h5_dataset() makes: no file elsewhere, no code of others. */
static bool storage_is_plain(hid_t dataset, enum flyt_h5_type type)
{
    hid_t create = H5Dget_create_plist(dataset);
    H5D_layout_t layout = H5Pget_layout(create);
    bool plain = (layout == H5D_COMPACT || layout == H5D_CONTIGUOUS || layout == H5D_CHUNKED) &&
                 H5Pget_external_count(create) == 0;
    int n_filters = H5Pget_nfilters(create);
    for (int i = 0; plain && i < n_filters; i++) {
        unsigned flags = 0, config = 0;
        size_t n_values = 0;
        H5Z_filter_t filter =
            H5Pget_filter2(create, (unsigned)i, &flags, &n_values, NULL, 0, NULL, &config);
        plain = filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE ||
                filter == H5Z_FILTER_FLETCHER32;
    }
    hsize_t chunk[FLYT_H5_RANK];
    if (plain && layout == H5D_CHUNKED) {
        int n = H5Pget_chunk(create, FLYT_H5_RANK, chunk);
        uint64_t room = (64u << 20) / flyt_h5_value_bytes(type);
        plain = n > 0 && n <= FLYT_H5_RANK;
        for (int i = 0; plain && i < n; i++) {
            plain = chunk[i] > 0 && chunk[i] <= room;
            room = plain ? room / chunk[i] : 0;
        }
    }
    (void)H5Pclose(create);
    return plain && n_filters >= 0;
}

int64_t flyt_h5_find(struct flyt_h5 *h5, const char *path, struct flyt_h5_spec *spec)
{
    *spec = (struct flyt_h5_spec){.name = path, .type = FLYT_H5_other};
    H5O_info_t info;
    if (h5->failed != NULL || H5LTpath_valid(h5->file, path, 1) <= 0 ||
        H5Oget_info_by_name1(h5->file, path, &info, H5P_DEFAULT) < 0 ||
        info.type != H5O_TYPE_DATASET) {
        return -1;
    }
    hid_t dataset = H5Dopen2(h5->file, path, H5P_DEFAULT);
    if (!DO(h5, dataset)) {
        return -1;
    }
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hsize_t size[H5S_MAX_RANK] = {0};
    int n_dims = H5Sget_simple_extent_dims(space, size, NULL);
    spec->type = type_of(type);
    bool fine = n_dims >= 0 && n_dims <= FLYT_H5_RANK && storage_is_plain(dataset, spec->type) &&
                H5Sget_simple_extent_type(space) != H5S_NULL;
    spec->n_dims = fine ? (uint32_t)n_dims : 0;
    for (uint32_t i = 0; i < spec->n_dims; i++) {
        spec->size[i] = size[i];
    }
    (void)H5Sclose(space);
    (void)H5Tclose(type);
    if (!DO(h5, fine ? 0 : -1)) {
        flyt_h5_close(h5, dataset);
        return -1;
    }
    return dataset;
}

bool flyt_h5_has(struct flyt_h5 *h5, const char *path)
{
    return h5->failed == NULL && H5LTpath_valid(h5->file, path, 1) > 0;
}

static uint64_t n_values(const struct flyt_h5_spec *spec)
{
    uint64_t n = 1;
    for (uint32_t i = 0; i < spec->n_dims; i++) {
        if (spec->size[i] != 0 && n > UINT64_MAX / 16 / spec->size[i]) {
            return UINT64_MAX / 16;
        }
        n *= spec->size[i];
    }
    return n;
}

uint64_t flyt_h5_size(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec)
{
    uint64_t n = n_values(spec), texts = 0;
    if (n >= UINT64_MAX / 16) {
        return UINT64_MAX;
    }
    if (spec->type == FLYT_H5_text && n < (1u << 24)) { /* each text may be as long as the file */
        hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
        hsize_t bytes = 0;
        bool known = H5Dvlen_get_buf_size(dataset, type, space, &bytes) >= 0;
        texts = known ? bytes : UINT64_MAX / 2;
        (void)H5Sclose(space);
        (void)H5Tclose(type);
    } else if (spec->type == FLYT_H5_text) {
        return UINT64_MAX;
    }
    (void)h5;
    return n * flyt_h5_value_bytes(spec->type) + texts;
}

/** Moves texts that HDF5 allocated into the arena. */
static bool keep_texts(struct flyt_h5 *h5, char **text, uint64_t n)
{
    bool kept = true;
    for (uint64_t i = 0; i < n; i++) {
        char *own = text[i];
        const char *bytes = own == NULL ? "" : own;
        text[i] = flyt_arena_copy(h5->arena, bytes, strlen(bytes));
        kept = flyt_h5_has_memory(h5, text[i]) && kept;
        (void)H5free_memory(own);
    }
    return kept;
}

void *flyt_h5_load(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec)
{
    uint64_t n = n_values(spec);
    if (h5->failed != NULL || dataset < 0 ||
        !DO(h5, spec->type == FLYT_H5_other || n >= SIZE_MAX / 16 ? -1 : 0)) {
        return NULL;
    }
    void *data = flyt_arena_zero(h5->arena, (size_t)n, flyt_h5_value_bytes(spec->type));
    if (!flyt_h5_has_memory(h5, data)) {
        return NULL;
    }
    hid_t type = flyt_h5_open_type(spec->type, true);
    bool got = n == 0 || DO(h5, H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data));
    (void)H5Tclose(type);
    if (spec->type == FLYT_H5_text && got) {
        got = keep_texts(h5, data, n);
    }
    return got ? data : NULL;
}

void flyt_h5_load_some(struct flyt_h5 *h5, int64_t dataset, const struct flyt_h5_spec *spec,
                       uint64_t first, uint64_t n, void *data)
{
    hsize_t at[FLYT_H5_RANK] = {first}, size[FLYT_H5_RANK] = {n};
    if (h5->failed != NULL || !DO(h5, spec->type == FLYT_H5_text ? -1 : 0)) {
        return;
    }
    for (uint32_t i = 1; i < spec->n_dims; i++) {
        size[i] = spec->size[i];
    }
    hid_t in_memory = flyt_h5_open_type(spec->type, true);
    hid_t space = H5Dget_space(dataset), part = H5Screate_simple((int)spec->n_dims, size, NULL);
    if (DO(h5, H5Sselect_hyperslab(space, H5S_SELECT_SET, at, NULL, size, NULL))) {
        (void)DO(h5, H5Dread(dataset, in_memory, part, space, H5P_DEFAULT, data));
    }
    (void)H5Sclose(part);
    (void)H5Sclose(space);
    (void)H5Tclose(in_memory);
}

/** Opens an attribute of one value; -1 when there is none. Its type goes to *type. */
static hid_t open_attribute(struct flyt_h5 *h5, const char *path, const char *name,
                            enum flyt_h5_type *type)
{
    if (h5->failed != NULL || H5Aexists_by_name(h5->file, path, name, H5P_DEFAULT) <= 0) {
        return -1;
    }
    hid_t attribute = H5Aopen_by_name(h5->file, path, name, H5P_DEFAULT, H5P_DEFAULT);
    if (!DO(h5, attribute)) {
        return -1;
    }
    hid_t of_file = H5Aget_type(attribute), space = H5Aget_space(attribute);
    *type = H5Sget_simple_extent_npoints(space) == 1 ? type_of(of_file) : FLYT_H5_other;
    (void)H5Sclose(space);
    (void)H5Tclose(of_file);
    return attribute;
}

const char *flyt_h5_text(struct flyt_h5 *h5, const char *path, const char *name)
{
    enum flyt_h5_type type = FLYT_H5_other;
    hid_t attribute = open_attribute(h5, path, name, &type);
    char *text = NULL;
    if (attribute >= 0 && type == FLYT_H5_text) {
        hid_t in_memory = flyt_h5_open_type(FLYT_H5_text, true);
        bool got = DO(h5, H5Aread(attribute, in_memory, &text)) && keep_texts(h5, &text, 1);
        text = got ? text : NULL;
        (void)H5Tclose(in_memory);
    }
    if (attribute >= 0) {
        (void)H5Aclose(attribute);
    }
    return text;
}

const char *const *flyt_h5_texts(struct flyt_h5 *h5, const char *path, const char *name,
                                 uint32_t *n)
{
    enum { MOST = 1 << 16 };
    *n = 0;
    if (h5->failed != NULL || H5Aexists_by_name(h5->file, path, name, H5P_DEFAULT) <= 0) {
        return NULL;
    }
    hid_t attribute = H5Aopen_by_name(h5->file, path, name, H5P_DEFAULT, H5P_DEFAULT);
    if (!DO(h5, attribute)) {
        return NULL;
    }
    hid_t of_file = H5Aget_type(attribute), space = H5Aget_space(attribute);
    hssize_t n_texts = H5Sget_simple_extent_npoints(space);
    bool fine = type_of(of_file) == FLYT_H5_text && n_texts > 0 && n_texts <= MOST;
    char **text = fine ? FLYT_ARENA_ZERO(h5->arena, char *, (size_t)n_texts) : NULL;
    if (fine && flyt_h5_has_memory(h5, text)) {
        hid_t in_memory = flyt_h5_open_type(FLYT_H5_text, true);
        bool got =
            DO(h5, H5Aread(attribute, in_memory, text)) && keep_texts(h5, text, (uint64_t)n_texts);
        *n = got ? (uint32_t)n_texts : 0;
        (void)H5Tclose(in_memory);
    }
    (void)H5Sclose(space);
    (void)H5Tclose(of_file);
    (void)H5Aclose(attribute);
    return *n > 0 ? (const char *const *)text : NULL;
}

bool flyt_h5_int(struct flyt_h5 *h5, const char *path, const char *name, int64_t *value)
{
    enum flyt_h5_type type = FLYT_H5_other;
    hid_t attribute = open_attribute(h5, path, name, &type);
    bool whole = type == FLYT_H5_int64 || type == FLYT_H5_int32 || type == FLYT_H5_uint8;
    bool got = attribute >= 0 && whole && DO(h5, H5Aread(attribute, H5T_NATIVE_INT64, value));
    if (attribute >= 0) {
        (void)H5Aclose(attribute);
    }
    return got;
}

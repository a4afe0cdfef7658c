#include "sim/archive.h"

#include <string.h>

enum { NAME_MOST = 255, POISON = 0xA5 };

static void fail(struct flyt_archive *archive, const char *name, enum flyt_status status)
{
    if (archive->status == FLYT_OK) {
        archive->status = status;
        archive->name = name;
    }
}

static void move(struct flyt_archive *archive, void *bytes, size_t n)
{
    if (archive->status == FLYT_OK && n > 0) {
        fail(archive, archive->name, archive->move(archive->job, bytes, n));
    }
}

/** Bytes that must be these when read. */
static void move_fixed(struct flyt_archive *archive, const void *bytes, size_t n)
{
    char found[NAME_MOST + 1];
    memcpy(found, bytes, n);
    move(archive, found, n);
    flyt_archive_require(archive, archive->name, memcmp(found, bytes, n) == 0);
}

void flyt_archive_begin(struct flyt_archive *archive, const char *name, uint64_t n, size_t size)
{
    if (archive->status != FLYT_OK) {
        return;
    }
    archive->name = name;
    if (archive->mode == FLYT_ARCHIVE_look) {
        return;
    }
    const size_t length = strlen(name) < NAME_MOST ? strlen(name) : NAME_MOST;
    const uint64_t shape[] = {length, size, n};
    move_fixed(archive, shape, sizeof shape);
    move_fixed(archive, name, length);
}

void flyt_archive_piece(struct flyt_archive *archive, void *data, uint64_t n, size_t size)
{
    if (archive->mode == FLYT_ARCHIVE_look) {
        archive->look(archive->job, archive->name, data, (size_t)n * size, FLYT_ARCHIVE_state);
    } else {
        move(archive, data, (size_t)n * size);
    }
}

void flyt_archive_array(struct flyt_archive *archive, const char *name, void *data, uint64_t n,
                        size_t size)
{
    flyt_archive_begin(archive, name, n, size);
    flyt_archive_piece(archive, data, n, size);
}

void flyt_archive_require(struct flyt_archive *archive, const char *name, bool holds)
{
    if (archive->mode == FLYT_ARCHIVE_read && !holds) {
        fail(archive, name, FLYT_ERR_SCENARIO);
    }
}

void flyt_archive_count(struct flyt_archive *archive, const char *name, uint32_t *n, uint64_t most)
{
    FLYT_ARCHIVE_VALUE(archive, name, *n);
    flyt_archive_require(archive, name, *n <= most);
}

void flyt_archive_check(struct flyt_archive *archive, const char *name, const uint32_t *index,
                        uint64_t n, uint32_t end, uint32_t otherwise)
{
    for (uint64_t i = 0; i < n && flyt_archive_reads(archive); i++) {
        flyt_archive_require(archive, name, index[i] < end || index[i] >= otherwise);
    }
}

void flyt_archive_list(struct flyt_archive *archive, const char *name, struct flyt_list *list,
                       uint32_t end)
{
    flyt_archive_count(archive, name, &list->n, list->capacity);
    if (archive->status == FLYT_OK) {
        FLYT_ARCHIVE_FRONT(archive, name, list->row, list->n, list->capacity);
        flyt_archive_check(archive, name, list->row, list->n, end, FLYT_NONE);
    }
}

void flyt_archive_scratch(struct flyt_archive *archive, const char *name, void *data, uint64_t n,
                          size_t size)
{
    if (archive->mode == FLYT_ARCHIVE_look) {
        archive->look(archive->job, name, data, (size_t)n * size, FLYT_ARCHIVE_scratch);
    } else if (flyt_archive_reads(archive) && archive->poison && n > 0) {
        memset(data, POISON, (size_t)n * size);
    }
}

void flyt_archive_pointers(struct flyt_archive *archive, const char *name, void *data, size_t size)
{
    if (archive->mode == FLYT_ARCHIVE_look) {
        archive->look(archive->job, name, data, size, FLYT_ARCHIVE_pointers);
    }
}

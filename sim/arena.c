#define _DEFAULT_SOURCE
#include "sim/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { ALIGN = 64, CHUNK = 1 << 20, HUGE = 2 << 20 };

struct flyt_arena_chunk {
    struct flyt_arena_chunk *next;
    size_t size, used; /* bytes behind the header */
};

_Static_assert(sizeof(struct flyt_arena_chunk) <= ALIGN, "the header fits one cache line");

void flyt_arena_init(struct flyt_arena *arena, size_t budget_bytes)
{
    *arena = (struct flyt_arena){.budget_bytes = budget_bytes};
}

static char *chunk_data(struct flyt_arena_chunk *chunk)
{
    return (char *)chunk + ALIGN;
}

/** Whole huge pages straight from the system, which has them back when they are freed: the heap
 *  could not give such a block to the next that asks for one. */
static void *take_huge(size_t bytes)
{
    char *all =
        mmap(NULL, bytes + HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) {
        return NULL;
    }
    size_t before = (HUGE - (uintptr_t)all % HUGE) % HUGE;
    if (before > 0) {
        (void)munmap(all, before);
    }
    (void)munmap(all + before + bytes, HUGE - before);
    (void)madvise(all + before, bytes, MADV_HUGEPAGE); /* a wish: the run is right without it */
    return all + before;
}

static bool is_huge(size_t total)
{
    return total > CHUNK;
}

/** A chunk with room for `bytes`: of 1 MiB, or of whole huge pages. */
static struct flyt_arena_chunk *chunk_create(struct flyt_arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2) {
        return NULL;
    }
    size_t total = bytes + ALIGN;
    total = is_huge(total) ? (total + HUGE - 1) / HUGE * HUGE : CHUNK;
    if (arena->budget_bytes != 0 && (arena->used_bytes > arena->budget_bytes ||
                                     total > arena->budget_bytes - arena->used_bytes)) {
        return NULL;
    }
    void *memory = is_huge(total) ? take_huge(total) : NULL;
    if (memory == NULL && (is_huge(total) || posix_memalign(&memory, ALIGN, total) != 0)) {
        return NULL;
    }
    struct flyt_arena_chunk *chunk = memory;
    *chunk = (struct flyt_arena_chunk){.next = arena->chunk, .size = total - ALIGN};
    arena->chunk = chunk;
    arena->used_bytes += total;
    return chunk;
}

static void chunk_destroy(struct flyt_arena_chunk *chunk)
{
    size_t total = chunk->size + ALIGN;
    if (is_huge(total)) {
        (void)munmap(chunk, total);
    } else {
        free(chunk);
    }
}

/** A new chunk with room for `bytes` and, if there is as much, for what will be taken after them:
 *  the first after emptying for all, others for an eighth of what is there already. Arrays of a
 *  large arena so share few huge pages. */
static struct flyt_arena_chunk *next_chunk(struct flyt_arena *arena, size_t bytes)
{
    size_t eighth = arena->used_bytes / 8 > ALIGN ? arena->used_bytes / 8 - ALIGN : 0;
    size_t wished = arena->next_bytes > eighth ? arena->next_bytes : eighth;
    arena->next_bytes = 0;
    struct flyt_arena_chunk *chunk = wished > bytes ? chunk_create(arena, wished) : NULL;
    return chunk != NULL ? chunk : chunk_create(arena, bytes);
}

/** The newest chunk with room for `bytes`: after a mark the newest of all or none. */
static struct flyt_arena_chunk *find_room(const struct flyt_arena *arena, size_t bytes)
{
    struct flyt_arena_chunk *chunk = arena->chunk;
    while (chunk != NULL && bytes > chunk->size - chunk->used) {
        chunk = arena->marked ? NULL : chunk->next;
    }
    return chunk;
}

void *flyt_arena_take(struct flyt_arena *arena, size_t n, size_t size)
{
    if (size != 0 && n > (SIZE_MAX - ALIGN) / size) {
        return NULL;
    }
    size_t bytes = (n * size + ALIGN - 1) / ALIGN * ALIGN;
    bytes = bytes == 0 ? ALIGN : bytes;
    struct flyt_arena_chunk *chunk = find_room(arena, bytes);
    chunk = chunk == NULL ? next_chunk(arena, bytes) : chunk;
    if (chunk == NULL) {
        return NULL;
    }
    void *taken = chunk_data(chunk) + chunk->used;
    chunk->used += bytes;
    return taken;
}

void *flyt_arena_zero(struct flyt_arena *arena, size_t n, size_t size)
{
    void *taken = flyt_arena_take(arena, n, size);
    if (taken != NULL && n * size > 0) {
        memset(taken, 0, n * size);
    }
    return taken;
}

char *flyt_arena_copy(struct flyt_arena *arena, const char *bytes, size_t n)
{
    char *copy = n == SIZE_MAX ? NULL : flyt_arena_take(arena, n + 1, 1);
    if (copy != NULL) {
        memcpy(copy, bytes, n);
        copy[n] = '\0';
    }
    return copy;
}

char *flyt_arena_printf(struct flyt_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = n < 0 ? NULL : flyt_arena_take(arena, (size_t)n + 1, 1);
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)n + 1, format, again);
    }
    va_end(again);
    return text;
}

void flyt_arena_empty(struct flyt_arena *arena)
{
    struct flyt_arena_chunk *only = arena->chunk;
    if (only != NULL && only->next == NULL) {
        only->used = 0;
        arena->marked = false;
        return;
    }
    /* next time a single chunk has room for all: several would be given back and asked for again
       every month, and the system clears what it hands out */
    size_t used_bytes = arena->used_bytes;
    flyt_arena_free(arena);
    arena->next_bytes = used_bytes + used_bytes / 8;
}

void flyt_arena_free(struct flyt_arena *arena)
{
    struct flyt_arena_chunk *chunk = arena->chunk;
    while (chunk != NULL) {
        struct flyt_arena_chunk *next = chunk->next;
        chunk_destroy(chunk);
        chunk = next;
    }
    *arena = (struct flyt_arena){.budget_bytes = arena->budget_bytes};
}

/* ---- marks --------------------------------------------------------------------------------- */

struct flyt_arena_mark flyt_arena_mark(struct flyt_arena *arena)
{
    arena->marked = true;
    return (struct flyt_arena_mark){arena->chunk, arena->chunk == NULL ? 0 : arena->chunk->used};
}

void flyt_arena_between(const struct flyt_arena *arena, struct flyt_arena_mark from,
                        struct flyt_arena_mark to, void (*tell)(void *job, void *bytes, size_t n),
                        void *job)
{
    const struct flyt_arena_chunk *last = from.chunk; /* the newest that was told of */
    bool begun = false;
    while (to.chunk != NULL && (!begun || last != to.chunk)) {
        struct flyt_arena_chunk *chunk = arena->chunk;
        while (chunk != NULL &&
               (begun || from.chunk == NULL ? chunk->next != last : chunk != last)) {
            chunk = chunk->next;
        }
        if (chunk == NULL) {
            return;
        }
        size_t first = !begun && from.chunk != NULL ? from.used : 0;
        size_t end = chunk == to.chunk ? to.used : chunk->used;
        if (end > first) {
            tell(job, chunk_data(chunk) + first, end - first);
        }
        last = chunk;
        begun = true;
    }
}

void flyt_arena_return(struct flyt_arena *arena, struct flyt_arena_mark mark)
{
    while (arena->chunk != NULL && arena->chunk != mark.chunk) {
        struct flyt_arena_chunk *newest = arena->chunk;
        arena->chunk = newest->next;
        arena->used_bytes -= ALIGN + newest->size;
        chunk_destroy(newest);
    }
    if (arena->chunk != NULL) {
        arena->chunk->used = mark.used;
    }
}

/* ---- what there is ------------------------------------------------------------------------- */

/** A number of bytes from a file of one line; UINT64_MAX when absent or "max". */
static uint64_t read_bytes(const char *path)
{
    unsigned long long bytes = UINT64_MAX;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return UINT64_MAX;
    }
    if (fscanf(file, "%llu", &bytes) != 1) {
        bytes = UINT64_MAX;
    }
    (void)fclose(file);
    return bytes;
}

static uint64_t machine_available(void)
{
    char line[128];
    unsigned long long kib = 0;
    FILE *file = fopen("/proc/meminfo", "re");
    if (file == NULL) {
        return UINT64_MAX;
    }
    while (fgets(line, sizeof line, file) != NULL &&
           sscanf(line, "MemAvailable: %llu", &kib) != 1) {
    }
    (void)fclose(file);
    return kib == 0 ? UINT64_MAX : (uint64_t)kib * 1024;
}

uint64_t flyt_arena_available(void)
{
    uint64_t least = machine_available();
    uint64_t limit = read_bytes("/sys/fs/cgroup/memory.max");
    uint64_t used = read_bytes("/sys/fs/cgroup/memory.current");
    if (limit != UINT64_MAX && used != UINT64_MAX) {
        uint64_t left = limit > used ? limit - used : 0;
        least = left < least ? left : least;
    }
    struct rlimit space;
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY) {
        least = space.rlim_cur < least ? space.rlim_cur : least;
    }
    return least;
}

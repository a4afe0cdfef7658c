/* The columns as checkpoints keep them. */
#include "sim/world.h"

static uint32_t rows_in_use(const struct flyt_world *world)
{
    uint32_t n = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        n += world->households.n_rows[block];
    }
    return n;
}

void flyt_world_archive_rows(const struct flyt_world *world, struct flyt_archive *archive,
                             const char *name, void *data, size_t size, uint32_t n_outside)
{
    char *row = data;
    flyt_archive_begin(archive, name, (uint64_t)rows_in_use(world) + n_outside, size);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        flyt_archive_piece(archive, row + flyt_world_first(world, block) * size,
                           world->households.n_rows[block], size);
    }
    flyt_archive_piece(archive, row + world->households.capacity * size, n_outside, size);
}

void flyt_world_scratch_rows(const struct flyt_world *world, struct flyt_archive *archive,
                             const char *name, void *data, size_t size)
{
    char *row = data;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        flyt_archive_scratch(archive, name, row + flyt_world_first(world, block) * size,
                             world->households.n_rows[block], size);
    }
}

/** A column of the households with those from outside; rows that nobody has used hold nothing. */
static void walk_column(const struct flyt_world *world, struct flyt_archive *archive,
                        const char *name, void *data, size_t size)
{
    char *row = data;
    flyt_world_archive_rows(world, archive, name, data, size, world->households.n_outside);
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        uint32_t end = flyt_world_end(world, block);
        flyt_archive_scratch(archive, name, row + end * size,
                             flyt_world_first(world, block + 1) - end, size);
    }
}

static void walk_households(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_households *households = &world->households;
    uint32_t n_blocks = world->par.n_blocks, n = households->capacity + households->n_outside;
    FLYT_ARCHIVE_ARRAY(archive, "households.n_rows", households->n_rows, n_blocks);
    for (uint32_t block = 0; block < n_blocks; block++) {
        uint32_t first = flyt_world_first(world, block), end = flyt_world_first(world, block + 1);
        flyt_archive_require(archive, "households.n_rows",
                             households->n_rows[block] <= end - first);
    }
    for (uint32_t block = 0; block < n_blocks && archive->status == FLYT_OK; block++) {
        struct flyt_list *list = &households->free[block];
        flyt_archive_list(archive, "households.free", list, flyt_world_end(world, block));
        for (uint32_t i = 0; i < list->n && flyt_archive_reads(archive); i++) {
            flyt_archive_require(archive, "households.free",
                                 list->row[i] >= flyt_world_first(world, block));
        }
    }
    if (archive->status != FLYT_OK) {
        return;
    }
    walk_column(world, archive, "households.uid", households->uid, sizeof *households->uid);
    walk_column(world, archive, "households.row", households->row, sizeof *households->row);
    walk_column(world, archive, "households.cold", households->cold, sizeof *households->cold);
    for (uint32_t p = 0; p < FLYT_PURPOSES; p++) {
        walk_column(world, archive, "households.bound", households->bound[p], sizeof(uint16_t));
    }
    for (uint32_t p = 0; p < FLYT_LUCK; p++) {
        FLYT_ARCHIVE_SCRATCH(archive, "households.luck", households->luck[p], n);
    }
}

/** Whether every household and home points into the world: a file may say anything. */
static void check_places(const struct flyt_world *world, struct flyt_archive *archive)
{
    const struct flyt_households *households = &world->households;
    for (uint32_t i = 0; i < households->capacity + households->n_outside; i++) {
        bool used =
            i >= households->capacity || i < flyt_world_end(world, flyt_world_block(world, i));
        if (used && households->uid[i] != 0) {
            const struct flyt_household *row = &households->row[i];
            flyt_archive_check(archive, "households.home", &row->home, 1, world->dwellings.n,
                               FLYT_NONE);
            flyt_archive_check(archive, "households.section", &row->section, 1, world->sections.n,
                               FLYT_NONE);
            flyt_archive_check(archive, "households.wanted", &row->wanted, 1, world->dwellings.n,
                               FLYT_NONE);
        }
    }
    flyt_archive_check(archive, "dwellings.occupant", world->dwellings.occupant, world->dwellings.n,
                       households->capacity, FLYT_CLOSED);
}

void flyt_world_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_dwellings *dwellings = &world->dwellings;
    FLYT_ARCHIVE_VALUE(archive, "month", world->month);
    FLYT_ARCHIVE_VALUE(archive, "calendar", world->calendar);
    FLYT_ARCHIVE_VALUE(archive, "n_hidden", world->n_hidden);
    walk_households(world, archive);
    FLYT_ARCHIVE_ARRAY(archive, "dwellings.occupant", dwellings->occupant, dwellings->n);
    FLYT_ARCHIVE_ARRAY(archive, "dwellings.empty_since", dwellings->empty_since, dwellings->n);
    FLYT_ARCHIVE_ARRAY(archive, "sections.n_open", world->sections.n_open, world->sections.n);
    FLYT_ARCHIVE_ARRAY(archive, "areas.listed", world->areas.listed, world->areas.n);
    if (flyt_archive_reads(archive)) {
        check_places(world, archive);
        for (uint32_t block = 0; block < world->par.n_blocks; block++) {
            flyt_world_draw_luck(world, block);
        }
    }
}

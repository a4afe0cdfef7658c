#include "sim/uids.h"

#include "sim/rank.h"

/** The wanted uids in order, and a table of bits by which most others are told apart at once. */
struct uids_job {
    const struct flyt_world *world;
    struct flyt_ranked *wanted; /* [n] key: uid, index: in the list */
    uint32_t n;
    uint64_t *bits; /* [(mask + 1) / 64] */
    uint64_t mask;
    uint32_t *n_taken; /* [n_blocks] */
};

static void set_bit(const struct uids_job *job, uint64_t uid)
{
    uint64_t bit = uid & job->mask;
    job->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool has_bit(const struct uids_job *job, uint64_t uid)
{
    uint64_t bit = uid & job->mask;
    return job->bits[bit / 64] >> bit % 64 & 1;
}

/** Place of the first wanted uid that is not below this one; n: all are. */
static uint32_t first_from(const struct uids_job *job, uint64_t uid)
{
    uint32_t low = 0, high = job->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (job->wanted[middle].key < uid) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_wanted(const struct uids_job *job, uint64_t uid)
{
    uint32_t at = first_from(job, uid);
    return at < job->n && job->wanted[at].key == uid;
}

static void look_block(void *job_, uint32_t block)
{
    struct uids_job *job = job_;
    const uint64_t *uid = job->world->households.uid;
    uint32_t end = flyt_world_end(job->world, block), n = 0;
    for (uint32_t i = flyt_world_first(job->world, block); i < end; i++) {
        n += has_bit(job, uid[i]) && is_wanted(job, uid[i]);
    }
    job->n_taken[block] = n;
}

/** Whether a wanted uid is taken, or wanted twice. */
static bool any_twin(struct uids_job *job)
{
    const struct flyt_world *world = job->world;
    flyt_par_blocks(&world->par, look_block, job);
    uint32_t n = 0;
    for (uint32_t block = 0; block < world->par.n_blocks; block++) {
        n += job->n_taken[block];
    }
    const uint64_t *outside = world->households.uid + world->households.capacity;
    for (uint32_t k = 0; k < world->households.n_outside; k++) {
        n += has_bit(job, outside[k]) && is_wanted(job, outside[k]);
    }
    for (uint32_t i = 1; i < job->n; i++) {
        n += job->wanted[i].key == job->wanted[i - 1].key;
    }
    return n > 0;
}

/* ---- a collision: of 64 bits, so this part need not be fast ---------------------------------- */

static bool in_world(const struct flyt_world *world, uint64_t uid)
{
    FLYT_EACH_HOUSEHOLD(world, i)
    {
        if (world->households.uid[i] == uid) {
            return true;
        }
    }
    for (uint32_t k = 0; k < world->households.n_outside; k++) {
        if (world->households.uid[world->households.capacity + k] == uid) {
            return true;
        }
    }
    return false;
}

static bool in_list(const struct flyt_uids_new *list, uint32_t n, uint64_t uid)
{
    for (uint32_t i = 0; i < n; i++) {
        if (list[i].uid == uid) {
            return true;
        }
    }
    return false;
}

static enum flyt_status ask_again(const struct uids_job *job, struct flyt_uids_new *list)
{
    struct flyt_ranked *again =
        FLYT_ARENA_ARRAY(job->world->step_arena, struct flyt_ranked, job->n);
    uint32_t n_again = 0;
    if (again == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < job->n; i++) {
        uint64_t uid = job->wanted[i].key;
        bool twin = (i > 0 && job->wanted[i - 1].key == uid) ||
                    (i + 1 < job->n && job->wanted[i + 1].key == uid);
        if (twin || in_world(job->world, uid)) {
            uint32_t k = job->wanted[i].index;
            uint64_t order = (uint64_t)list[k].kind << 32 | list[k].ordinal;
            again[n_again++] = (struct flyt_ranked){list[k].mother, order, k};
        }
    }
    flyt_rank_sort(again, n_again);
    for (uint32_t i = 0; i < n_again; i++) {
        struct flyt_uids_new *one = &list[again[i].index];
        uint64_t uid;
        uint32_t times = 0;
        do {
            uid = flyt_rng_uid(one->mother, job->world->month, one->kind, one->ordinal, ++times);
        } while (in_list(list, job->n, uid) || in_world(job->world, uid));
        one->uid = uid;
    }
    return FLYT_OK;
}

enum flyt_status flyt_uids_give(const struct flyt_world *world, struct flyt_uids_new *list,
                                uint32_t n)
{
    if (n == 0) {
        return FLYT_OK;
    }
    uint64_t n_bits = 4096; /* at least 32 for each, so that few others pass */
    while (n_bits < UINT64_C(32) * n) {
        n_bits *= 2;
    }
    struct uids_job job = {.world = world,
                           .wanted = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, n),
                           .n = n,
                           .bits = FLYT_ARENA_ZERO(world->step_arena, uint64_t, n_bits / 64),
                           .mask = n_bits - 1,
                           .n_taken =
                               FLYT_ARENA_ARRAY(world->step_arena, uint32_t, world->par.n_blocks)};
    if (job.wanted == NULL || job.bits == NULL || job.n_taken == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        list[i].uid = flyt_rng_uid(list[i].mother, world->month, list[i].kind, list[i].ordinal, 0);
        job.wanted[i] = (struct flyt_ranked){list[i].uid, i, i};
        set_bit(&job, list[i].uid);
    }
    flyt_rank_sort(job.wanted, n);
    return any_twin(&job) ? ask_again(&job, list) : FLYT_OK;
}

/* Threads: every block and item once, whatever the spread; how many threads are used. */
#define _GNU_SOURCE
#include "sim/par.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t THREADS[] = {1, 2, 3, 7, 16};
static const uint32_t BLOCKS[] = {1, 2, 3, 4, 16, 17, 64, 255, 256, 1000, 1024};
static const uint32_t SHUFFLES[] = {0, 1, 2, 3, 64, 256, 1000, 4242424242, UINT32_MAX};

enum { ITEMS_MAX = 5000 };

struct visits {
    unsigned char times[ITEMS_MAX + 1];
    uint32_t first[ITEMS_MAX + 1], end[ITEMS_MAX + 1]; /* range that visited the item */
};

static void count_block(void *job, uint32_t block)
{
    struct visits *visits = job;
    visits->times[block]++;
}

static void count_range(void *job, uint32_t first, uint32_t end)
{
    struct visits *visits = job;
    for (uint32_t i = first; i < end; i++) {
        visits->times[i]++;
        visits->first[i] = first;
        visits->end[i] = end;
    }
}

static void assert_once(const struct visits *visits, uint32_t n, struct flyt_par par)
{
    for (uint32_t i = 0; i <= ITEMS_MAX; i++) {
        cr_assert_eq(visits->times[i], i < n, "item %u of %u: %u times (%u threads, %u blocks, %u)",
                     i, n, visits->times[i], par.n_threads, par.n_blocks, par.shuffle);
    }
}

/** Calls check for every combination of threads, blocks and order. */
static void each_par(void (*check)(struct flyt_par par))
{
    for (size_t t = 0; t < FLYT_COUNT(THREADS); t++) {
        for (size_t b = 0; b < FLYT_COUNT(BLOCKS); b++) {
            for (size_t s = 0; s < FLYT_COUNT(SHUFFLES); s++) {
                check((struct flyt_par){THREADS[t], BLOCKS[b], SHUFFLES[s]});
            }
        }
    }
}

static void check_blocks(struct flyt_par par)
{
    static struct visits visits;
    memset(&visits, 0, sizeof visits);
    flyt_par_blocks(&par, count_block, &visits);
    assert_once(&visits, par.n_blocks, par);
    memset(&visits, 0, sizeof visits);
    flyt_par_blocks_even(&par, count_block, &visits);
    assert_once(&visits, par.n_blocks, par);
}

Test(par, every_block_runs_once_whatever_the_spread)
{
    each_par(check_blocks);
}

static void check_ranges(struct flyt_par par)
{
    static struct visits visits;
    const uint32_t sizes[] = {0, 1, 2, 255, 256, 257, ITEMS_MAX};
    for (size_t i = 0; i < 2 * FLYT_COUNT(sizes); i++) {
        const size_t k = i / 2;
        memset(&visits, 0, sizeof visits);
        (i % 2 == 0 ? flyt_par_ranges : flyt_par_ranges_even)(&par, sizes[k], count_range, &visits);
        assert_once(&visits, sizes[k], par);
        for (uint32_t j = 0; j < sizes[k]; j++) {
            cr_assert_lt(visits.first[j], visits.end[j], "a range has an item at least");
        }
    }
}

Test(par, every_item_lies_in_one_range_whatever_the_spread)
{
    each_par(check_ranges);
}

static void check_tasks(struct flyt_par par)
{
    static struct visits visits;
    memset(&visits, 0, sizeof visits);
    flyt_par_tasks(&par, 37, count_block, &visits);
    assert_once(&visits, 37, par);
}

Test(par, every_task_runs_once)
{
    each_par(check_tasks);
}

struct order {
    uint32_t block[FLYT_BLOCKS];
    uint32_t n;
};

static void note_order(void *job, uint32_t block)
{
    struct order *order = job;
    order->block[order->n++] = block;
}

Test(par, one_thread_takes_the_blocks_in_order_unless_shuffled)
{
    struct order plain = {.n = 0}, shuffled = {.n = 0};
    struct flyt_par par = {.n_threads = 1, .n_blocks = FLYT_BLOCKS};
    flyt_par_blocks(&par, note_order, &plain);
    par.shuffle = 77;
    flyt_par_blocks(&par, note_order, &shuffled);
    uint32_t same = 0;
    for (uint32_t i = 0; i < FLYT_BLOCKS; i++) {
        cr_assert_eq(plain.block[i], i);
        same += shuffled.block[i] == i;
    }
    cr_assert_leq(same, FLYT_BLOCKS / 8u, "the test order is another order");
}

Test(par, blocks_cover_all_rows_without_gap_and_differ_by_one_at_most)
{
    const uint32_t sizes[] = {0, 1, 7, 255, 256, 1000, 2800000, UINT32_MAX};
    for (size_t k = 0; k < FLYT_COUNT(sizes); k++) {
        for (size_t b = 0; b < FLYT_COUNT(BLOCKS); b++) {
            uint32_t least = UINT32_MAX, most = 0;
            cr_assert_eq(flyt_par_first(sizes[k], BLOCKS[b], 0), 0);
            cr_assert_eq(flyt_par_first(sizes[k], BLOCKS[b], BLOCKS[b]), sizes[k]);
            for (uint32_t i = 0; i < BLOCKS[b]; i++) {
                uint32_t n = flyt_par_first(sizes[k], BLOCKS[b], i + 1) -
                             flyt_par_first(sizes[k], BLOCKS[b], i);
                least = n < least ? n : least;
                most = n > most ? n : most;
            }
            cr_assert_leq(most - least, 1u, "%u rows in %u blocks", sizes[k], BLOCKS[b]);
        }
    }
}

static void add_thousand(void *job, uint32_t block)
{
    (void)block;
    for (int i = 0; i < 1000; i++) {
        (void)flyt_par_add(job, 3);
    }
}

Test(par, a_shared_counter_loses_nothing)
{
    uint64_t counter = 5;
    const struct flyt_par par = {.n_threads = 4, .n_blocks = 64};
    flyt_par_blocks(&par, add_thousand, &counter);
    cr_assert_eq(counter, 5u + UINT64_C(3) * 64 * 1000);
    cr_assert_eq(flyt_par_add(&counter, 2), 7u + UINT64_C(3) * 64 * 1000);
}

static void forget_environment(void)
{
    (void)unsetenv("OMP_NUM_THREADS");
    (void)unsetenv("SLURM_CPUS_PER_TASK");
}

Test(par, a_wanted_number_of_threads_wins_up_to_the_greatest, .init = forget_environment)
{
    (void)setenv("OMP_NUM_THREADS", "1", 1);
    cr_assert_eq(flyt_par_threads(1), 1);
    cr_assert_eq(flyt_par_threads(64), 64);
    cr_assert_eq(flyt_par_threads(FLYT_THREADS_MAX), FLYT_THREADS_MAX);
    cr_assert_eq(flyt_par_threads(FLYT_THREADS_MAX + 1), FLYT_THREADS_MAX);
    cr_assert_eq(flyt_par_threads(UINT32_MAX), FLYT_THREADS_MAX);
}

Test(par, the_environment_lowers_the_number, .init = forget_environment)
{
    const char *const names[] = {"OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK"};
    uint32_t allowed = flyt_par_threads(0);
    cr_assert_geq(allowed, 1u);
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        (void)setenv(names[i], "1", 1);
        cr_assert_eq(flyt_par_threads(0), 1, "%s", names[i]);
        (void)setenv(names[i], "1000000", 1);
        cr_assert_eq(flyt_par_threads(0), allowed, "%s cannot raise it", names[i]);
        (void)unsetenv(names[i]);
    }
    (void)setenv("OMP_NUM_THREADS", "1,4", 1); /* a list of nesting levels */
    cr_assert_eq(flyt_par_threads(0), 1);
}

Test(par, what_is_no_count_in_the_environment_is_ignored, .init = forget_environment)
{
    const char *const texts[] = {"",   "0",   "-1",  "+1",  " 1", "1 ",
                                 "1x", "two", "1.5", "0x1", ",1", "99999999999999999999999"};
    uint32_t allowed = flyt_par_threads(0);
    for (size_t i = 0; i < FLYT_COUNT(texts); i++) {
        (void)setenv("SLURM_CPUS_PER_TASK", texts[i], 1);
        cr_assert_eq(flyt_par_threads(0), allowed, "'%s'", texts[i]);
    }
}

Test(par, the_affinity_mask_lowers_the_number, .init = forget_environment)
{
    cpu_set_t all, one;
    cr_assert_eq(sched_getaffinity(0, sizeof all, &all), 0);
    CPU_ZERO(&one);
    for (size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++) {
        if (CPU_ISSET(cpu, &all)) {
            CPU_SET(cpu, &one);
        }
    }
    cr_assert_leq(flyt_par_threads(0), (uint32_t)CPU_COUNT(&all));
    cr_assert_eq(sched_setaffinity(0, sizeof one, &one), 0);
    cr_assert_eq(flyt_par_threads(0), 1);
}

Test(par, production_uses_the_fixed_blocks_in_order, .init = forget_environment)
{
    struct flyt_par par = flyt_par_default(3);
    cr_assert_eq(par.n_threads, 3);
    cr_assert_eq(par.n_blocks, FLYT_BLOCKS);
    cr_assert_eq(par.shuffle, 0);
}

/* ---- tasks that use several threads themselves --------------------------------------------- */

/** Holds a thread until a second one is in the same team: how many came. */
struct meeting {
    uint64_t n_here, n_met;
};

static void meet(void *meeting_, uint32_t block)
{
    struct meeting *meeting = meeting_;
    (void)block;
    (void)flyt_par_add(&meeting->n_here, 1);
    for (uint64_t i = 0; i < 200000 && flyt_par_add(&meeting->n_here, 0) < 2; i++) {
        (void)sched_yield();
    }
    if (flyt_par_add(&meeting->n_here, 0) >= 2) {
        (void)flyt_par_add(&meeting->n_met, 1);
    }
}

static void task_of_two(void *meetings, uint32_t i)
{
    flyt_par_blocks(&(struct flyt_par){2, 2, 0}, meet, &((struct meeting *)meetings)[i]);
}

Test(par, a_task_may_use_several_threads)
{
    struct meeting meeting[2] = {{0, 0}};
    flyt_par_tasks(&(struct flyt_par){2, 2, 0}, 2, task_of_two, meeting);
    /* the first block waits for the second, which no thread would begin if there were only one */
    cr_assert_eq(meeting[0].n_met, 2);
    cr_assert_eq(meeting[1].n_met, 2);
}

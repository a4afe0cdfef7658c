/**
 * @file par.h
 * @brief Threads: the only module that knows OpenMP.
 *
 * Work is cut into blocks whatever the thread count, so that no result can depend on it. A
 * function given here writes only what its block or range owns and cannot fail.
 */
#ifndef FLYT_PAR_H
#define FLYT_PAR_H

#include "sim/status.h"

#define FLYT_BLOCKS 256
#define FLYT_THREADS_MAX 1024

/** How work is spread. Only speed depends on it: a test runs every combination. */
struct flyt_par {
    uint32_t n_threads; /* from 1 */
    uint32_t n_blocks;  /* FLYT_BLOCKS but in tests */
    uint32_t shuffle;   /* 0: blocks in order; else visits them in an order keyed by this (tests) */
};

typedef void flyt_par_block(void *job, uint32_t block);
typedef void flyt_par_range(void *job, uint32_t first, uint32_t end);

/**
 * @brief Threads to use: the least of `wanted`, and what OMP_NUM_THREADS, SLURM_CPUS_PER_TASK,
 *        the affinity mask and the cgroup quota allow. An explicit `wanted` > 0 wins over them.
 * @param wanted  0: as many as allowed.
 */
uint32_t flyt_par_threads(uint32_t wanted);

/** @brief A `struct flyt_par` for production: flyt_par_threads(wanted) threads, FLYT_BLOCKS. */
struct flyt_par flyt_par_default(uint32_t wanted);

/** @brief First row of `block` when n rows are cut into n_blocks; of block n_blocks: n. */
static inline uint32_t flyt_par_first(uint32_t n, uint32_t n_blocks, uint32_t block)
{
    return (uint32_t)((uint64_t)n * block / n_blocks);
}

/** @brief Runs fn once for each block. */
void flyt_par_blocks(const struct flyt_par *par, flyt_par_block *fn, void *job);

/** @brief Runs fn once for each block, neighbouring blocks on the same thread every time: for even
 *         work on memory that then stays near. */
void flyt_par_blocks_even(const struct flyt_par *par, flyt_par_block *fn, void *job);

/** @brief Runs fn over [0, n) cut into ranges of at least one item. */
void flyt_par_ranges(const struct flyt_par *par, uint32_t n, flyt_par_range *fn, void *job);

/** @brief As flyt_par_ranges(), neighbouring ranges on the same thread every time. */
void flyt_par_ranges_even(const struct flyt_par *par, uint32_t n, flyt_par_range *fn, void *job);

/** @brief Runs fn(job, i) for i in [0, n) as independent tasks, longest wait first come. For whole
 *         worlds: replicates and design points. Each on one thread, which may use more inside. */
void flyt_par_tasks(const struct flyt_par *par, uint32_t n, flyt_par_block *fn, void *job);

/** @brief Adds to a counter shared by tasks; returns the new value. Progress only, never results.
 */
uint64_t flyt_par_add(uint64_t *counter, uint64_t n);

/** @brief Tries to be the only thread in a place; false when another one is there. */
bool flyt_par_enter(uint64_t *place);

/** @brief The same; one who must comes in, and waits until it can. */
bool flyt_par_enter_or_wait(uint64_t *place, bool must);

/** @brief Leaves a place that flyt_par_enter() let one into. */
void flyt_par_leave(uint64_t *place);

#endif

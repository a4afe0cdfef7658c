#define _GNU_SOURCE
#include "sim/par.h"

#include <omp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Parses a count from the environment; 0 when absent or not a plain number in [1, MAX]. */
static uint32_t env_count(const char *name)
{
    const char *text = getenv(name);
    if (text == NULL || *text < '0' || *text > '9') {
        return 0;
    }
    char *end = NULL;
    unsigned long n = strtoul(text, &end, 10);
    /* OMP_NUM_THREADS may be a list of nesting levels: its first entry counts */
    if ((*end != '\0' && *end != ',') || n == 0) {
        return 0;
    }
    return n > FLYT_THREADS_MAX ? FLYT_THREADS_MAX : (uint32_t)n;
}

static uint32_t affinity_count(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return FLYT_THREADS_MAX;
    }
    int n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > FLYT_THREADS_MAX ? FLYT_THREADS_MAX : (uint32_t)n;
}

/** Whole processors the control group grants (cgroup v2, then v1); FLYT_THREADS_MAX: no limit. */
static uint32_t cgroup_count(void)
{
    long long quota = -1, period = 0;
    char first[32] = "";
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    if (file != NULL) {
        if (fscanf(file, "%31s %lld", first, &period) == 2 && strcmp(first, "max") != 0) {
            quota = strtoll(first, NULL, 10);
        }
        (void)fclose(file);
    } else {
        file = fopen("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "re");
        FILE *other = fopen("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "re");
        if (file == NULL || other == NULL || fscanf(file, "%lld", &quota) != 1 ||
            fscanf(other, "%lld", &period) != 1) {
            quota = -1;
        }
        if (file != NULL) {
            (void)fclose(file);
        }
        if (other != NULL) {
            (void)fclose(other);
        }
    }
    if (quota <= 0 || period <= 0) {
        return FLYT_THREADS_MAX;
    }
    long long n = quota / period;
    return n < 1 ? 1 : n > FLYT_THREADS_MAX ? FLYT_THREADS_MAX : (uint32_t)n;
}

uint32_t flyt_par_threads(uint32_t wanted)
{
    if (wanted > 0) {
        return wanted < FLYT_THREADS_MAX ? wanted : FLYT_THREADS_MAX;
    }
    uint32_t least = affinity_count();
    uint32_t limits[] = {cgroup_count(), env_count("OMP_NUM_THREADS"),
                         env_count("SLURM_CPUS_PER_TASK")};
    for (size_t i = 0; i < FLYT_COUNT(limits); i++) {
        least = limits[i] > 0 && limits[i] < least ? limits[i] : least;
    }
    return least;
}

struct flyt_par flyt_par_default(uint32_t wanted)
{
    return (struct flyt_par){.n_threads = flyt_par_threads(wanted), .n_blocks = FLYT_BLOCKS};
}

/** The i-th of n items in the order keyed by `shuffle`: a walk with a step coprime to n. */
static uint32_t visit(uint32_t shuffle, uint32_t n, uint32_t i)
{
    if (shuffle == 0) {
        return i;
    }
    uint32_t step = shuffle % n;
    for (;; step = (step + 1) % n) {
        uint32_t a = n, b = step;
        while (b != 0) {
            uint32_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1) {
            break;
        }
    }
    return (uint32_t)(((uint64_t)i * step + shuffle) % n);
}

void flyt_par_blocks(const struct flyt_par *par, flyt_par_block *fn, void *job)
{
    int n = (int)par->n_blocks;
#pragma omp parallel for num_threads((int)par->n_threads) schedule(dynamic, 1)
    for (int i = 0; i < n; i++) {
        fn(job, visit(par->shuffle, par->n_blocks, (uint32_t)i));
    }
}

void flyt_par_blocks_even(const struct flyt_par *par, flyt_par_block *fn, void *job)
{
    int n = (int)par->n_blocks;
#pragma omp parallel for num_threads((int)par->n_threads) schedule(static)
    for (int i = 0; i < n; i++) {
        fn(job, visit(par->shuffle, par->n_blocks, (uint32_t)i));
    }
}

void flyt_par_ranges(const struct flyt_par *par, uint32_t n, flyt_par_range *fn, void *job)
{
    uint32_t n_ranges = n < par->n_blocks ? n : par->n_blocks;
#pragma omp parallel for num_threads((int)par->n_threads) schedule(dynamic, 1)
    for (int i = 0; i < (int)n_ranges; i++) {
        uint32_t range = visit(par->shuffle, n_ranges, (uint32_t)i);
        fn(job, flyt_par_first(n, n_ranges, range), flyt_par_first(n, n_ranges, range + 1));
    }
}

void flyt_par_ranges_even(const struct flyt_par *par, uint32_t n, flyt_par_range *fn, void *job)
{
    uint32_t n_ranges = n < par->n_blocks ? n : par->n_blocks;
#pragma omp parallel for num_threads((int)par->n_threads) schedule(static)
    for (int i = 0; i < (int)n_ranges; i++) {
        uint32_t range = visit(par->shuffle, n_ranges, (uint32_t)i);
        fn(job, flyt_par_first(n, n_ranges, range), flyt_par_first(n, n_ranges, range + 1));
    }
}

void flyt_par_tasks(const struct flyt_par *par, uint32_t n, flyt_par_block *fn, void *job)
{
    enum { LEVELS = 2 }; /* tasks, and blocks inside: else worlds of several threads get one */
    if (omp_get_max_active_levels() < LEVELS) {
        omp_set_max_active_levels(LEVELS);
    }
#pragma omp parallel for num_threads((int)par->n_threads) schedule(dynamic, 1)
    for (int i = 0; i < (int)n; i++) {
        fn(job, (uint32_t)i);
    }
}

uint64_t flyt_par_add(uint64_t *counter, uint64_t n)
{
    uint64_t now;
#pragma omp atomic capture seq_cst
    {
        *counter += n;
        now = *counter;
    }
    return now;
}

bool flyt_par_enter(uint64_t *place)
{
    if (flyt_par_add(place, 1) == 1) {
        return true;
    }
    (void)flyt_par_add(place, UINT64_MAX); /* takes the 1 back */
    return false;
}

bool flyt_par_enter_or_wait(uint64_t *place, bool must)
{
    bool entered = flyt_par_enter(place);
    while (!entered && must) {
        entered = flyt_par_enter(place);
    }
    return entered;
}

void flyt_par_leave(uint64_t *place)
{
    (void)flyt_par_add(place, UINT64_MAX);
}

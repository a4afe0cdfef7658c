/**
 * @file bench.h
 * @brief A workload per line: name, then named figures. Each repetition runs in a process of its
 *        own, so that peak memory and the time of the whole process are its own.
 */
#ifndef FLYT_BENCH_H
#define FLYT_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BENCH_FIGURES = 12, BENCH_RUNS_MAX = 64 };

/** What one repetition measured. Figures that do not vary (a checksum) are simply equal. */
struct bench_run {
    double figure[BENCH_FIGURES];
    double whole_s;    /* from before the fork until the process has ended */
    double peak_bytes; /* resident, above that of a process that does nothing */
    bool ok;
};

static inline double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/** @brief Processor time of all threads of the process: a busy machine shows less in it. */
static inline double bench_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/**
 * @brief Runs `work(job, figure)` in a child process.
 * @param work  fills figure[BENCH_FIGURES]; returns false when it failed. May be NULL.
 */
static inline struct bench_run bench_once(bool (*work)(const void *job, double *figure),
                                          const void *job)
{
    struct bench_run run = {.ok = false};
    struct rusage usage;
    int ends[2], status = 0;
    (void)fflush(stdout);
    if (pipe(ends) != 0) {
        return run;
    }
    double start = bench_now();
    pid_t child = fork();
    if (child == 0) {
        double figure[BENCH_FIGURES] = {0};
        bool ok = work == NULL || work(job, figure);
        ok = ok && write(ends[1], figure, sizeof figure) == (ssize_t)sizeof figure;
        _exit(ok ? 0 : 1);
    }
    (void)close(ends[1]);
    bool got = read(ends[0], run.figure, sizeof run.figure) == (ssize_t)sizeof run.figure;
    bool ended = child > 0 && wait4(child, &status, 0, &usage) == child;
    run.whole_s = bench_now() - start;
    (void)close(ends[0]);
    run.peak_bytes = ended ? 1024.0 * (double)usage.ru_maxrss : 0.0;
    run.ok = got && ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return run;
}

static inline int bench_compare(const void *a_, const void *b_)
{
    const double *a = a_, *b = b_;
    return (*a > *b) - (*a < *b);
}

/** @brief Median; of an even number the mean of the middle two. Sorts the values. */
static inline double bench_median(double *value, size_t n)
{
    qsort(value, n, sizeof *value, bench_compare);
    return n % 2 == 1 ? value[n / 2] : 0.5 * (value[n / 2 - 1] + value[n / 2]);
}

/**
 * @brief Medians of n repetitions, figure by figure.
 * @param idle  a process that did nothing: its memory is taken off.
 */
static inline struct bench_run bench_medians(const struct bench_run *run, size_t n,
                                             const struct bench_run *idle)
{
    double value[BENCH_RUNS_MAX];
    struct bench_run out = {.ok = true};
    for (int f = 0; f < BENCH_FIGURES + 2; f++) {
        for (size_t i = 0; i < n; i++) {
            value[i] = f < BENCH_FIGURES    ? run[i].figure[f]
                       : f == BENCH_FIGURES ? run[i].whole_s
                                            : run[i].peak_bytes;
            out.ok = out.ok && run[i].ok;
        }
        double median = bench_median(value, n);
        *(f < BENCH_FIGURES    ? &out.figure[f]
          : f == BENCH_FIGURES ? &out.whole_s
                               : &out.peak_bytes) = median;
    }
    out.peak_bytes -= idle->peak_bytes;
    return out;
}

/** @brief Medians of n repetitions of `work(job, figure)`; n at most BENCH_RUNS_MAX. */
static inline struct bench_run bench_repeat(bool (*work)(const void *job, double *figure),
                                            const void *job, size_t n)
{
    struct bench_run run[BENCH_RUNS_MAX], idle = bench_once(NULL, NULL);
    for (size_t i = 0; i < n; i++) {
        run[i] = bench_once(work, job);
    }
    return bench_medians(run, n, &idle);
}

#endif

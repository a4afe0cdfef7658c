/**
 * @file race_par.c
 * @brief Blocks, ranges and tasks that write only what is theirs race with nobody; a program that
 *        does not is caught (`race_par racy`, which scripts/test-long.sh expects to fail).
 */
#include "sim/par.h"
#include "sim/rng.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 20000 };

struct job {
    uint64_t uid[ROWS];
    uint16_t plane[FLYT_LUCK][ROWS];
    uint64_t of_block[FLYT_BLOCKS], of_task[64], progress;
    uint32_t n_blocks;
    uint64_t shared; /* written by all blocks in the racy program only */
};

static void block_luck(void *job_, uint32_t block)
{
    struct job *job = job_;
    const struct flyt_rng_key key = {1, 2};
    uint32_t first = flyt_par_first(ROWS, job->n_blocks, block);
    uint32_t end = flyt_par_first(ROWS, job->n_blocks, block + 1);
    uint16_t *luck[FLYT_LUCK];
    for (int p = 0; p < FLYT_LUCK; p++) {
        luck[p] = job->plane[p] + first;
    }
    flyt_rng_luck(key, 4, job->uid + first, end - first, luck);
    job->of_block[block] += end - first;
}

static void range_uid(void *job_, uint32_t first, uint32_t end)
{
    struct job *job = job_;
    for (uint32_t i = first; i < end; i++) {
        job->uid[i] = flyt_rng_uid(i, 0, FLYT_STREAM_test, 0, 0);
    }
}

static void task_count(void *job_, uint32_t task)
{
    struct job *job = job_;
    job->of_task[task]++;
    (void)flyt_par_add(&job->progress, 1);
}

static void block_racy(void *job_, uint32_t block)
{
    struct job *job = job_;
    job->shared += block;
}

static uint64_t digest(const struct job *job)
{
    uint64_t sum = job->progress;
    for (uint32_t i = 0; i < ROWS; i++) {
        sum += job->uid[i] * (job->plane[0][i] + 65536u * job->plane[7][i] + 1);
    }
    for (uint32_t b = 0; b < FLYT_BLOCKS; b++) {
        sum += job->of_block[b];
    }
    return sum;
}

int main(int argc, char **argv)
{
    static struct job job;
    const uint32_t threads[] = {1, 2, 4, 8}, blocks[] = {7, 64, FLYT_BLOCKS};
    const bool racy = argc > 1 && strcmp(argv[1], "racy") == 0;
    uint64_t first = 0;
    for (size_t i = 0; i < FLYT_COUNT(threads) * FLYT_COUNT(blocks) * 2; i++) {
        const struct flyt_par par = {.n_threads = threads[i % 4],
                                     .n_blocks = blocks[i / 4 % 3],
                                     .shuffle = i / 12 == 0 ? 0 : 12345};
        memset(&job, 0, sizeof job);
        job.n_blocks = par.n_blocks;
        flyt_par_ranges(&par, ROWS, range_uid, &job);
        flyt_par_blocks(&par, block_luck, &job); /* reads what the ranges wrote */
        flyt_par_tasks(&par, 64, task_count, &job);
        if (racy) {
            flyt_par_blocks(&par, block_racy, &job);
        }
        first = i == 0 ? digest(&job) : first;
        if (digest(&job) != first) {
            (void)fprintf(stderr, "%u threads, %u blocks: another result\n", par.n_threads,
                          par.n_blocks);
            return 1;
        }
    }
    return 0;
}

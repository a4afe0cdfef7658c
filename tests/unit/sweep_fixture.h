/**
 * @file sweep_fixture.h
 * @brief Sweeps of the test functions and of tiny, from texts.
 */
#ifndef FLYT_TESTS_SWEEP_FIXTURE_H
#define FLYT_TESTS_SWEEP_FIXTURE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/sweep.h"

static struct flyt_arena sweep_arena;
static struct flyt_diag sweep_diag;
static struct flyt_sweep sweep;

/** Reads a sweep file of this text, written to a folder that is gone afterwards. */
static inline enum flyt_status sweep_read(const char *text)
{
    static char path[64]; /* the sweep goes on naming it */
    char folder[] = "/tmp/flyt-sweep-XXXXXX";
    const struct flyt_sweep_options options = {.share = FLYT_SOURCE_DIR "/scenarios"};
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/small.yaml", folder);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
    sweep_diag = (struct flyt_diag){0};
    flyt_arena_init(&sweep_arena, 0);
    enum flyt_status status = flyt_sweep_load(path, &options, &sweep_arena, &sweep, &sweep_diag);
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(rmdir(folder), 0);
    return status;
}

/** Reads one that is right. */
static inline void sweep_take(const char *text)
{
    cr_assert_eq(sweep_read(text), FLYT_OK, "%s", sweep_diag.fault[0].text);
}

static inline void sweep_drop(void)
{
    flyt_arena_free(&sweep_arena);
}

/** The number of a factor at a point. */
static inline double sweep_number(uint32_t point, uint32_t factor)
{
    return flyt_sweep_at(&sweep, point, factor)->number;
}

#define SWEEP_FUNCTIONS "scenario: test_functions.yaml\n"
#define SWEEP_TINY "scenario: tiny\n"

#endif

/**
 * @file track.h
 * @brief What becomes of the households that policies reach, so that each can be held against the
 *        same household without the policy.
 *
 * A run with policies notes, month by month, each household that one has reached, and how all of
 * them live at the end of each year. The run without notes how the same uids live. Bounded by the
 * number reached; sorted by uid, so that no order of rows, blocks or threads shows. Runs with
 * policies come first: only then is it known whom to look for without.
 *
 * Deprived areas are those on a list of the ministry at the start, all through (compare.h).
 */
#ifndef FLYT_TRACK_H
#define FLYT_TRACK_H

#include "models/policy.h"

/** How a household lives at the end of a year. */
struct flyt_track_life {
    uint64_t uid;
    int32_t disposable_ore; /* a month */
    uint16_t area;
    uint16_t child_months; /* of children at home, in deprived areas */
    int16_t moved_in;      /* calendar month */
    uint8_t cases;
    bool works, deprived;         /* an adult has work; its area was on a list at the start */
    uint8_t working_age, outside; /* adults below 65; of them neither in work nor education */
};

/** When and where a policy first reached a household. */
struct flyt_track_reach {
    uint64_t uid;
    uint32_t policy; /* in flyt_policies_known */
    uint16_t area;
    int16_t month; /* calendar */
    uint32_t year; /* of the run, from 1: the first end of a year after it */
};

/** One replicate. */
struct flyt_track_one {
    struct flyt_arena arena;
    uint64_t *wanted; /* [n_wanted] uids to follow, rising; without policies given before the run */
    uint32_t n_wanted;
    struct flyt_track_reach *reach; /* [n_reach], by uid and policy once the run is over */
    uint32_t n_reach, capacity;
    uint64_t **seen;               /* [policies known][rows] uid already noted in this row */
    bool *deprived;                /* [areas] at the start */
    uint32_t policies;             /* bit i: it has the i-th of flyt_policies_known */
    struct flyt_track_life **life; /* [n_years + 1] of the wanted who are there, by uid */
    uint32_t *n_life;
    int64_t *outside, *working_age; /* [n_years + 1] persons of all deprived areas */
};

/** One arm: a run of several replicates. */
struct flyt_track {
    struct flyt_track_one *one; /* [n_pairs] */
    uint32_t n_pairs, n_years;
    bool follows; /* looks for `wanted` alone and notes nobody new */
};

/** @brief An arm of so many replicates and years; without policies it is given `wanted` by
 *         flyt_track_want(). Memory: the arena, and arenas of the replicates' own. */
FLYT_NODISCARD enum flyt_status flyt_track_open(struct flyt_track *track, uint32_t n_pairs,
                                                uint32_t n_years, struct flyt_arena *arena);

/** @brief After a month: flyt_run_options.watch; `track_` a struct flyt_track, `world_` a world of
 *         households. Threads: one a replicate. Scratch: the world's step arena. */
FLYT_NODISCARD enum flyt_status flyt_track_watch(void *track_, void *world_,
                                                 uint32_t n_months_done);

/** @brief Makes an arm that is yet to run follow all whom another has reached. */
FLYT_NODISCARD enum flyt_status flyt_track_want(struct flyt_track *track,
                                                const struct flyt_track *other);

/** @brief How a household lived at the end of a year; NULL: it was not there. */
const struct flyt_track_life *flyt_track_find(const struct flyt_track_one *one, uint32_t year,
                                              uint64_t uid);

/** @brief Gives the replicates' memory back. */
void flyt_track_close(struct flyt_track *track);

#endif

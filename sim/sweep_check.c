/* Whether every point of a sweep holds together: what single settings cannot show. */
#include <stdio.h>
#include <string.h>

#include "sim/sweep_run.h"
#include "sim/text.h"

struct check {
    const struct flyt_sweep *sweep;
    struct flyt_diag *diag;
    enum flyt_status status;
    uint64_t telling;
};

/** "point 3 (letting.claim=0.3, ...)" before each fault of a point. */
static void tell(struct check *check, uint32_t point, const struct flyt_diag *found,
                 enum flyt_status status, struct flyt_arena *arena)
{
    const char *const *set = NULL;
    uint32_t n = 0, base = 0;
    struct flyt_text text = {.arena = arena};
    struct flyt_place place = check->sweep->factor[0].place; /* where the factors stand */
    while (!flyt_par_enter(&check->telling)) {
    }
    if (flyt_sweep_sets(check->sweep, point, arena, &set, &n, &base) == FLYT_OK) {
        for (uint32_t i = check->sweep->n_sets; i < n; i++) {
            flyt_text_add(&text, "%s%s", i == check->sweep->n_sets ? "" : ", ", set[i]);
        }
    }
    check->status = check->status == FLYT_OK ? status : check->status;
    for (uint32_t i = 0; i < found->n_faults && i < FLYT_DIAG_FAULTS; i++) {
        static const char prefix[] = "--set: ";
        const char *said = found->fault[i].text;
        said += strncmp(said, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
        (void)flyt_diag_fault(check->diag, found->fault[i].status, place, "point %u (%.200s): %s",
                              "punkt %u (%.200s): %s", point,
                              text.bytes == NULL || text.failed ? "" : text.bytes, said);
    }
    flyt_par_leave(&check->telling);
}

static void check_point(void *check_, uint32_t point)
{
    struct check *check = check_;
    struct flyt_scenario scenario;
    struct flyt_arena arena;
    flyt_arena_init(&arena, 0);
    struct flyt_diag *diag = FLYT_ARENA_ZERO(&arena, struct flyt_diag, 1);
    if (diag != NULL) {
        diag->lang = check->diag->lang;
        enum flyt_status status = flyt_sweep_scenario(check->sweep, point, &arena, &scenario, diag);
        if (status != FLYT_OK) {
            tell(check, point, diag, status, &arena);
        }
    }
    flyt_arena_free(&arena);
}

enum flyt_status flyt_sweep_check(const struct flyt_sweep *sweep, const struct flyt_par *par,
                                  struct flyt_diag *diag)
{
    struct check check = {.sweep = sweep, .diag = diag};
    flyt_par_tasks(par, sweep->n_points, check_point, &check);
    return check.status;
}

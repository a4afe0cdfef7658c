/**
 * @file sweep_load.h
 * @brief What the parts of reading a sweep share: keys (sweep_file.c), factors (sweep_factors.c),
 *        points (sweep_plan.c), series (sweep_layout.c).
 */
#ifndef FLYT_SWEEP_LOAD_H
#define FLYT_SWEEP_LOAD_H

#include "sim/sweep.h"
#include "sim/yaml.h"

struct flyt_sweep_load {
    const struct flyt_sweep_options *options;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    struct flyt_sweep *out;
    enum flyt_status status; /* of the first fault */
    const char *folder;      /* of the sweep file; "" or ends with a slash */
    const struct flyt_yaml_node *root;
    const char *base_text[FLYT_SWEEP_FACTORS]; /* how the file names each base */
    bool given[32];                            /* keys, by their number */
};

/** @brief Keeps the status of the first fault; passes on only lack of memory. */
FLYT_NODISCARD static inline enum flyt_status flyt_sweep_note(struct flyt_sweep_load *load,
                                                              enum flyt_status status)
{
    load->status = load->status == FLYT_OK ? status : load->status;
    return status == FLYT_ERR_MEMORY ? status : FLYT_OK;
}

/** @brief As flyt_sweep_note() for a fault, which is never lack of memory. */
static inline void flyt_sweep_fault(struct flyt_sweep_load *load, enum flyt_status status)
{
    load->status = load->status == FLYT_OK ? status : load->status;
}

/** @brief The base scenario that the file names like this: loaded once. *base: its number, or
 *         FLYT_NONE with a fault. */
FLYT_NODISCARD enum flyt_status flyt_sweep_base_named(struct flyt_sweep_load *load,
                                                      const struct flyt_yaml_node *node,
                                                      const char *key, uint32_t *base);

/** @brief Checks one setting by reading the first base with it; faults are told at `place`. */
FLYT_NODISCARD enum flyt_status flyt_sweep_probe(struct flyt_sweep_load *load,
                                                 const char *const *set, uint32_t n_sets,
                                                 uint32_t base, struct flyt_place place);

/** @brief `factors:`, or those of `points:` in the plan list. */
FLYT_NODISCARD enum flyt_status flyt_sweep_take_factors(struct flyt_sweep_load *load);

/** @brief The points listed: fills cells, n_points, and the factors they name. */
FLYT_NODISCARD enum flyt_status flyt_sweep_take_list(struct flyt_sweep_load *load,
                                                     const struct flyt_yaml_node *node);

/** @brief Faults of what is set twice, and of keys that the plan does not have. */
FLYT_NODISCARD enum flyt_status flyt_sweep_find_conflicts(struct flyt_sweep_load *load);

/** @brief A fault of more runs than there may be. */
FLYT_NODISCARD enum flyt_status flyt_sweep_count_runs(struct flyt_sweep_load *load);

/** @brief Where a key of the file stands; the file's beginning when it is not there. */
struct flyt_place flyt_sweep_key_place(const struct flyt_sweep_load *load, const char *key);

/** @brief Lays out the points of all plans but list. */
FLYT_NODISCARD enum flyt_status flyt_sweep_lay_points(struct flyt_sweep_load *load);

/** @brief Those of latin_hypercube, sobol and morris. FLYT_ERR_SCENARIO with a fault. */
FLYT_NODISCARD enum flyt_status flyt_sweep_lay_samples(struct flyt_sweep_load *load);

/** @brief Series that are kept, and the layout of a run. */
FLYT_NODISCARD enum flyt_status flyt_sweep_lay_series(struct flyt_sweep_load *load);

#endif

#include "sim/sweep_measure.h"

#include "sim/run_probe.h"

enum flyt_status flyt_sweep_measure(const struct flyt_sweep *sweep, struct flyt_arena *arena,
                                    struct flyt_sweep_estimate *estimate, struct flyt_diag *diag)
{
    const struct flyt_scenario *scenario = &sweep->base[0];
    const struct flyt_model *model = scenario->model;
    struct flyt_run_probe probe;
    (void)arena;
    FLYT_TRY(flyt_run_probe(scenario, estimate->n_parallel, &probe, diag));
    double month = probe.month_seconds;
    double pass = model->pass_months == NULL ? 0.0 : month * model->pass_months(scenario);
    double total = estimate->n_runs * (probe.start_seconds + month * 12.0 * scenario->years) +
                   estimate->n_passes * pass;
    estimate->n_probed = probe.n_months;
    estimate->core_seconds = total;
    estimate->seconds = total / (estimate->n_parallel * estimate->n_threads);
    return FLYT_OK;
}

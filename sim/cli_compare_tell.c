#include <stdio.h>

#include "output/compare_fade.h"
#include "sim/cli_compare.h"
#include "sim/cli_follow.h"
#include "sim/cli_result.h"
#include "sim/fileio.h"
#include "sim/text.h"

static enum flyt_status tell_factorial(struct flyt_cli *cli, const struct flyt_cli_comparison *call)
{
    const char *say[FLYT_FACTORIAL_MOST], *name[FLYT_FACTORIAL_MOST];
    struct flyt_compare_values *values =
        FLYT_ARENA_ARRAY(cli->arena, struct flyt_compare_values, call->n_arms + 1);
    struct flyt_text text = {.arena = cli->arena}, csv = text;
    if (values == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i <= call->n_arms; i++) {
        values[i] = call->arm[i].values;
    }
    for (uint32_t k = 0; k < call->n_policies; k++) {
        const struct flyt_policy_spec *spec = call->scenario.policy[call->policy[k]].spec;
        say[k] = flyt_cli_say(cli, spec->en, spec->da);
        name[k] = spec->name;
    }
    struct flyt_factorial factorial = {call->n_policies, say, values};
    FLYT_TRY(flyt_factorial_write(&factorial, &call->items, &call->page, &text));
    (void)fwrite(text.bytes, 1, text.n, stdout);
    if (call->plot.folder == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_factorial_csv(&factorial, &call->items, name, call->page.year,
                                call->page.start_year, &csv));
    return flyt_cli_result_csv(cli, call->plot.folder, "factorial.csv", &csv);
}

/** Arms that tell what policies do beyond the sum of their parts. @return false: there is but one.
 */
static bool take_surplus(const struct flyt_cli_comparison *call, struct flyt_surplus *surplus)
{
    *surplus = (struct flyt_surplus){.k = call->n_policies,
                                     .none = &call->arm[0].values,
                                     .all = &call->arm[call->n_arms].values};
    for (uint32_t p = 0; p < surplus->k; p++) {
        surplus->alone[p] = &call->arm[call->factorial ? 1u << p : p + 1].values;
    }
    return surplus->k > 1;
}

enum flyt_status flyt_cli_compare_csv(const struct flyt_cli_comparison *call, const char *lead,
                                      bool head, struct flyt_text *csv)
{
    struct flyt_surplus surplus;
    for (uint32_t a = 1; a <= call->n_arms; a++) {
        const struct flyt_compare_arm *arm = &call->arm[a];
        const char *name = flyt_arena_printf(csv->arena, "%s%s", lead, arm->name);
        if (name == NULL) {
            return FLYT_ERR_MEMORY;
        }
        FLYT_TRY(flyt_compare_csv(&call->items, &call->arm[0].values, &arm->values, name,
                                  call->page.start_year, head && a == 1, csv));
    }
    return take_surplus(call, &surplus)
               ? flyt_surplus_csv(&surplus, &call->items, lead, call->page.start_year, csv)
               : FLYT_OK;
}

/** The picture: each policy alone, all together, and what they do beyond the sum. */
static enum flyt_status draw(struct flyt_cli *cli, const struct flyt_cli_comparison *call)
{
    struct flyt_compare_arm alone[FLYT_FACTORIAL_MOST + 1];
    const struct flyt_compare_arm *arm = call->arm + 1;
    uint32_t n_arms = call->n_arms;
    struct flyt_surplus surplus;
    bool several = take_surplus(call, &surplus);
    if (call->factorial && several) {
        for (uint32_t p = 0; p < surplus.k; p++) {
            alone[p] = call->arm[1u << p];
        }
        alone[surplus.k] = call->arm[call->n_arms];
        arm = alone;
        n_arms = surplus.k + 1;
    }
    return flyt_compare_draw(&call->items, &call->arm[0].values, arm, n_arms,
                             several ? &surplus : NULL, &call->page, &call->plot, cli->arena,
                             cli->diag);
}

/** Takes away what an earlier comparison left in the folder and this one does not write: beside
 *  the new compare.csv it would tell of other runs. The file of --set-file may bear such a name. */
static enum flyt_status remove_earlier(const struct flyt_cli *cli,
                                       const struct flyt_cli_comparison *call)
{
    const char *set_file = flyt_cli_text(cli, "set-file");
    const struct {
        const char *name;
        bool written;
    } known[] = {{"sets.csv", call->n_sets > 1},
                 {"factorial.csv", call->factorial},
                 {"half-life.csv", call->page.last > 0},
                 {"tracking.csv", call->track != NULL},
                 {"leakage.csv", call->track != NULL},
                 {"compare.svg", call->plot.format == FLYT_PLOT_svg},
                 {"compare.png", call->plot.format == FLYT_PLOT_png},
                 {"compare.pdf", call->plot.format == FLYT_PLOT_pdf}};
    for (uint32_t i = 0; i < FLYT_COUNT(known); i++) {
        const char *path = flyt_arena_printf(cli->arena, "%s/%s", call->plot.folder, known[i].name);
        if (path == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (known[i].written || !flyt_fileio_exists(path) ||
            (set_file != NULL && flyt_fileio_same(path, set_file))) {
            continue;
        }
        if (!flyt_fileio_remove(path)) {
            const char *file = flyt_text_path(cli->arena, path);
            return flyt_diag_fault(cli->diag, FLYT_ERR_OUTPUT, (struct flyt_place){.file = file},
                                   "of an earlier comparison, and cannot be removed",
                                   "fra en tidligere sammenligning, og kan ikke fjernes");
        }
    }
    return FLYT_OK;
}

static bool holds_comparison(const struct flyt_cli *cli, const char *folder)
{
    const char *path =
        folder == NULL ? NULL : flyt_arena_printf(cli->arena, "%s/compare.csv", folder);
    return path != NULL && flyt_fileio_exists(path);
}

enum flyt_status flyt_cli_compare_tell(struct flyt_cli *cli, struct flyt_cli_comparison *call)
{
    struct flyt_text text = {.arena = cli->arena}, csv = text, fade = text;
    const struct flyt_compare_arm *arm = call->arm + 1;
    const struct flyt_compare_values *before = &call->arm[0].values;
    struct flyt_surplus surplus;
    bool several = take_surplus(call, &surplus);
    bool earlier = holds_comparison(cli, call->plot.folder);
    if (call->factorial) {
        FLYT_TRY(tell_factorial(cli, call));
    } else if (call->n_arms == 1) {
        call->page.policy = flyt_cli_say(cli, arm[0].en, arm[0].da);
        FLYT_TRY(flyt_compare_write(&call->items, before, &arm[0].values, &call->page, &text));
    } else {
        FLYT_TRY(flyt_compare_write_many(&call->items, before, arm, call->n_arms,
                                         several ? &surplus : NULL, &call->page, &text));
    }
    if (text.n > 0) {
        (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    }
    FLYT_TRY(flyt_cli_follow_tell(cli, call->track, call->arm, call->n_arms, &call->page,
                                  call->plot.folder));
    if (call->plot.folder == NULL) {
        return FLYT_OK;
    }
    FLYT_TRY(flyt_cli_compare_csv(call, "", true, &csv));
    FLYT_TRY(flyt_cli_result_csv(cli, call->plot.folder, "compare.csv", &csv));
    if (call->n_sets > 1) {
        FLYT_TRY(flyt_cli_result_csv(cli, call->plot.folder, "sets.csv", &call->sets));
    }
    for (uint32_t a = 0; call->page.last > 0 && a < call->n_arms; a++) {
        FLYT_TRY(flyt_fade_csv(&call->items, before, &arm[a].values, arm[a].name,
                               call->page.start_year, call->page.last, a == 0, &fade));
    }
    if (call->page.last > 0) {
        FLYT_TRY(flyt_cli_result_csv(cli, call->plot.folder, "half-life.csv", &fade));
    }
    FLYT_TRY(draw(cli, call));
    FLYT_TRY(earlier ? remove_earlier(cli, call) : FLYT_OK);
    if (!cli->quiet) {
        printf("%s/compare.%s\n", call->plot.folder, flyt_plot_format_name(call->plot.format));
    }
    return FLYT_OK;
}

/* `flyt describe`: the reference of parameters and output variables; the fit of the start. */
#include <string.h>

#include "models/housing.h"
#include "output/describe.h"
#include "output/startfit.h"
#include "sim/cli.h"

static const struct flyt_cli_option options[] = {
    {"format", 'f', "text|markdown|json|csv", "form (default: text); csv: of start only",
     "form (ellers text); csv: kun af start"},
    {"set", 0, "KEY=VALUE", "a parameter instead of the scenario's; may be repeated",
     "en parameter i stedet for scenariets; kan gentages"},
};

/** Index of a word among n, FLYT_ERR_USAGE with a fault when it is none of them. */
static enum flyt_status pick(struct flyt_cli *cli, const char *word, const char *choices,
                             uint32_t *index)
{
    char quoted[FLYT_QUOTE_SIZE];
    *index = flyt_field_choice(choices, word, strlen(word));
    if (*index != FLYT_NONE) {
        return FLYT_OK;
    }
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                           "\"%s\" is not one of %s", "\"%s\" er ikke en af %s",
                           flyt_text_quote(quoted, word, strlen(word)), choices);
}

/** The start population beside what is known of its places. */
static enum flyt_status describe_start(struct flyt_cli *cli, const struct flyt_scenario *scenario,
                                       enum flyt_startfit_format format)
{
    struct flyt_text text = {.arena = cli->arena};
    struct flyt_startfit fit;
    if (scenario == NULL) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "start needs a scenario", "start kræver et scenarie");
    }
    if (strcmp(scenario->model->name, flyt_housing_model.name) != 0) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "the model %s has no start population",
                               "modellen %s har ingen startbefolkning", scenario->model->name);
    }
    struct flyt_model_args args = {.scenario = scenario,
                                   .key = {scenario->seed, 0},
                                   .par = flyt_par_default(cli->n_threads),
                                   .run_arena = cli->arena,
                                   .step_arena = cli->arena,
                                   .diag = cli->diag};
    FLYT_TRY(flyt_startfit_make(&args, &fit));
    FLYT_TRY(flyt_startfit_write(&text, &fit, format, cli->lang));
    (void)fwrite(text.bytes, 1, text.n, stdout);
    return FLYT_OK;
}

static enum flyt_status describe_command(struct flyt_cli *cli)
{
    uint32_t what = 0, format = 0;
    const char *form = flyt_cli_text(cli, "format");
    struct flyt_text text = {.arena = cli->arena};
    struct flyt_scenario scenario;
    const struct flyt_scenario *given = NULL;
    FLYT_TRY(pick(cli, cli->args[0], "parameters|outputs|start|policies", &what));
    if (form != NULL) {
        FLYT_TRY(
            pick(cli, form, what == 2 ? "text|markdown|json|csv" : "text|markdown|json", &format));
    }
    if (cli->n_args > 1) {
        struct flyt_cli inner = *cli;
        inner.args++;
        inner.n_args--;
        FLYT_TRY(flyt_cli_scenario(&inner, &scenario));
        given = &scenario;
    } else if (flyt_cli_given(cli, "set")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--set needs a scenario", "--set kræver et scenarie");
    }
    if (what == 2) {
        return describe_start(cli, given, (enum flyt_startfit_format)format);
    }
    enum flyt_status (*const describe[])(struct flyt_text *, const struct flyt_scenario *,
                                         enum flyt_describe_format, enum flyt_lang) = {
        flyt_describe_parameters, flyt_describe_outputs, NULL, flyt_describe_policies};
    FLYT_TRY(describe[what](&text, given, (enum flyt_describe_format)format, cli->lang));
    (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    return FLYT_OK;
}

const struct flyt_cli_command flyt_cli_describe = {
    .name = "describe",
    .args = "parameters|policies|outputs|start [SCENARIO]",
    .min_args = 1,
    .max_args = 2,
    .en = "list parameters, policies or output variables with unit, evidence and source; show the "
          "start",
    .da = "vis parametre, politikker eller resultatvariable med enhed, belæg og kilde; vis starten",
    .more_en = "With a scenario: of its model, with the values it uses. start: the start "
               "population beside "
               "what is known of its places.\n\nExamples:\n"
               "  flyt describe parameters\n"
               "  flyt describe parameters scenarios/fyn --format markdown\n"
               "  flyt describe policies scenarios/fyn\n"
               "  flyt describe outputs --format json\n"
               "  flyt describe start scenarios/fyn",
    .more_da =
        "Med et scenarie: for dets model, med de værdier, det bruger. start: startbefolkningen ved "
        "siden af det, der vides om dens steder.\n\nEksempler:\n"
        "  flyt describe parameters\n"
        "  flyt describe parameters scenarios/fyn --format markdown\n"
        "  flyt describe policies scenarios/fyn\n"
        "  flyt describe outputs --format json\n"
        "  flyt describe start scenarios/fyn",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = describe_command,
};

/* `flyt check`: whether a scenario is sound, and what it holds. */
#include "output/describe.h"
#include "sim/cli.h"

static const struct flyt_cli_option options[] = {
    {"set", 0, "KEY=VALUE", "a parameter instead of the scenario's; may be repeated",
     "en parameter i stedet for scenariets; kan gentages"},
    {"set-file", 0, "FILE", "parameters from a row of a CSV, such as an admitted set",
     "parametre fra en række i en CSV-fil, fx et godkendt sæt"},
    {"row", 0, "N", "which row of --set-file, counted from 1 (default: 1)",
     "hvilken række i --set-file, talt fra 1 (ellers 1)"},
};

static void add_summary(const struct flyt_cli *cli, struct flyt_text *text,
                        const struct flyt_scenario *scenario)
{
    const struct flyt_model *model = scenario->model;
    flyt_text_add(text, flyt_cli_say(cli, "ok: %s (model %s)", "ok: %s (modellen %s)"),
                  scenario->title, model->name);
    if (model->n_agents != NULL) {
        flyt_text_add(text, ", %llu %s", (unsigned long long)model->n_agents(scenario),
                      flyt_cli_say(cli, model->agents_en, model->agents_da));
    }
    const char *year = flyt_cli_say(cli, scenario->years == 1 ? "year" : "years", "år");
    const char *one = flyt_cli_say(cli, "replicate", "gentagelse");
    const char *several = flyt_cli_say(cli, "replicates", "gentagelser");
    flyt_text_add(text, flyt_cli_say(cli, ", %u %s from %d", ", %u %s fra %d"), scenario->years,
                  year, scenario->start_year);
    flyt_text_add(text, flyt_cli_say(cli, ", %u %s, seed %u\n", ", %u %s, frø %u\n"),
                  scenario->n_replicates, scenario->n_replicates == 1 ? one : several,
                  scenario->seed);
    bool any = false;
    for (uint32_t i = 0; i < model->n_tables; i++) {
        if (scenario->table[i].present) {
            flyt_text_add(text, "%s%s (%u)",
                          any ? ", " : flyt_cli_say(cli, "tables (rows): ", "tabeller (rækker): "),
                          model->table[i].name, scenario->table[i].n_rows);
            any = true;
        }
    }
    flyt_text_add(text, any ? "\n" : "");
}

/** Year of a schedule's last value when the run goes past it, else `last`, the run's last year. */
static int32_t end_of(const struct flyt_schedule *schedule, int32_t last)
{
    int32_t year = schedule->n > 1 ? schedule->year[schedule->n - 1] : last;
    return year < last ? year : last;
}

/** The parameters that keep their last value from a year on, a line for each such year. */
static void add_ends(const struct flyt_cli *cli, struct flyt_text *text,
                     const struct flyt_scenario *scenario)
{
    int32_t last = scenario->start_year + (int32_t)scenario->years - 1, done = INT32_MIN;
    for (;;) {
        int32_t year = last;
        for (uint32_t i = 0; i < scenario->n_fields; i++) {
            int32_t end = end_of(&scenario->parameter[i], last);
            year = end > done && end < year ? end : year;
        }
        if (year >= last) {
            return;
        }
        flyt_text_add(text,
                      flyt_cli_say(cli, "no value after %d; it is kept to %d:",
                                   "ingen værdi efter %d; den beholdes til %d:"),
                      year, last);
        for (uint32_t i = 0; i < scenario->n_fields; i++) {
            const struct flyt_field_group *group = NULL;
            const struct flyt_field *field = flyt_scenario_field(scenario->model, i, &group);
            if (end_of(&scenario->parameter[i], last) == year) {
                flyt_text_add(text, " %s.%s", group->name, field->name);
            }
        }
        flyt_text_add(text, "\n");
        done = year;
    }
}

static void add_line(const struct flyt_cli *cli, struct flyt_text *text,
                     const struct flyt_field *field, const struct flyt_schedule *schedule)
{
    flyt_text_add(text, "%s: ", field->name);
    flyt_describe_schedule(text, field, schedule);
    flyt_text_add(text, "%s", flyt_cli_say(cli, " (default ", " (standard "));
    flyt_describe_value(text, field, field->fallback);
    flyt_text_add(text, ")\n");
}

/** The parameters that are not the default, and the values taken from another year. */
static void add_parameters(const struct flyt_cli *cli, struct flyt_text *text,
                           const struct flyt_scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->n_fields; i++) {
        const struct flyt_field_group *group = NULL;
        const struct flyt_field *field = flyt_scenario_field(scenario->model, i, &group);
        const struct flyt_schedule *schedule = &scenario->parameter[i];
        int32_t start = scenario->start_year, from = flyt_scenario_borrowed(scenario, i, start);
        if (schedule->n > 1 || flyt_scenario_value(scenario, i, start) != field->fallback) {
            flyt_text_add(text, "%s.", group->name);
            add_line(cli, text, field, schedule);
        }
        if (from != start) {
            flyt_text_add(text,
                          flyt_cli_say(cli, "%s.%s: no value for %d, that of %d is used\n",
                                       "%s.%s: ingen værdi for %d, den for %d bruges\n"),
                          group->name, field->name, start, from);
        }
    }
}

/** Where a policy is in force: the rows that the scenario names. */
static void add_places(struct flyt_text *text, const struct flyt_scenario *scenario,
                       const struct flyt_scenario_policy *policy)
{
    const struct flyt_policy_spec *spec = policy->spec;
    uint32_t n = spec->nationwide ? 0 : scenario->model->n_scopes + spec->n_scopes;
    for (uint32_t i = 0; i < n; i++) {
        const struct flyt_policy_scope *scope = flyt_scenario_scope(scenario->model, spec, i);
        const char *const *name =
            flyt_table_texts(flyt_scenario_table(scenario, scope->table), scope->column);
        for (uint32_t k = 0; k < policy->named[i].n; k++) {
            if (k == 0) {
                flyt_text_add(text, "; %s: ", scope->name);
            }
            flyt_text_add(text, k == 0 ? "%s" : ", %s", name[policy->named[i].row[k]]);
        }
    }
}

/** The policies that are in force: when, where, and what of them is not the default. */
static void add_policies(const struct flyt_cli *cli, struct flyt_text *text,
                         const struct flyt_scenario *scenario)
{
    int32_t start = scenario->start_year, last = start + (int32_t)scenario->years - 1;
    for (uint32_t i = 0; i < scenario->n_policies; i++) {
        const struct flyt_scenario_policy *policy = &scenario->policy[i];
        if (!policy->on) {
            continue;
        }
        const char *name = policy->spec->name;
        if (policy->from > last) {
            flyt_text_add(text,
                          flyt_cli_say(cli,
                                       "policies.%s: from %d, after the last year (%d): never in "
                                       "force",
                                       "policies.%s: fra %d, efter det sidste år (%d): gælder "
                                       "aldrig"),
                          name, policy->from, last);
        } else {
            flyt_text_add(
                text, flyt_cli_say(cli, "policies.%s: %d to %d", "policies.%s: %d til %d"), name,
                policy->from > start ? policy->from : start, policy->to < last ? policy->to : last);
        }
        if (policy->ramp_years > 0.0) {
            flyt_text_add(text, "; ramp: %g", policy->ramp_years);
        }
        add_places(text, scenario, policy);
        flyt_text_add(text, "\n");
        for (uint32_t k = 0; k < policy->spec->n_fields; k++) {
            const struct flyt_schedule *schedule = &policy->parameter[k];
            const struct flyt_field *field = &policy->spec->field[k];
            if (schedule->n > 1 || (schedule->n == 1 && schedule->value[0] != field->fallback)) {
                flyt_text_add(text, "policies.%s.", name);
                add_line(cli, text, field, schedule);
            }
        }
    }
}

static enum flyt_status check_command(struct flyt_cli *cli)
{
    struct flyt_scenario scenario;
    struct flyt_text text = {.arena = cli->arena};
    FLYT_TRY(flyt_cli_scenario(cli, &scenario));
    add_summary(cli, &text, &scenario);
    if (cli->no_parameters != NULL) {
        flyt_text_add(&text,
                      flyt_cli_say(cli, "columns of --set-file that are no parameters: %s\n",
                                   "kolonner i --set-file, der ikke er parametre: %s\n"),
                      cli->no_parameters);
    }
    if (!cli->quiet) {
        add_policies(cli, &text, &scenario);
        add_parameters(cli, &text, &scenario);
        add_ends(cli, &text, &scenario);
    }
    if (text.failed) {
        return FLYT_ERR_MEMORY;
    }
    (void)fwrite(text.bytes, 1, text.n, stdout); /* flyt_cli_main() notices a failed write */
    return FLYT_OK;
}

const struct flyt_cli_command flyt_cli_check = {
    .name = "check",
    .args = "SCENARIO",
    .min_args = 1,
    .max_args = 1,
    .en = "check a scenario and its tables, and tell what it holds",
    .da = "kontrollér et scenarie og dets tabeller, og vis hvad det rummer",
    .more_en =
        "The faults of all files are shown at once, with file, line and column; what must "
        "hold between tables is checked where those tables are sound. Exit code 0: sound; 65: "
        "faults; 66: a file is missing.",
    .more_da =
        "Fejlene i alle filer vises på én gang, med fil, linje og kolonne; hvad der skal gælde "
        "mellem tabeller, kontrolleres, hvor netop de tabeller er i orden. Slutkode 0: i orden; "
        "65: "
        "fejl; 66: en fil mangler.",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = check_command,
};

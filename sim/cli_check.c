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
            flyt_text_add(text, "%s.%s: ", group->name, field->name);
            flyt_describe_schedule(text, scenario, i);
            flyt_text_add(text, "%s", flyt_cli_say(cli, " (default ", " (standard "));
            flyt_describe_value(text, field, field->fallback);
            flyt_text_add(text, ")\n");
        }
        if (from != start) {
            flyt_text_add(text,
                          flyt_cli_say(cli, "%s.%s: no value for %d, that of %d is used\n",
                                       "%s.%s: ingen værdi for %d, den for %d bruges\n"),
                          group->name, field->name, start, from);
        }
    }
}

static enum flyt_status check_command(struct flyt_cli *cli)
{
    struct flyt_scenario scenario;
    struct flyt_text text = {.arena = cli->arena};
    FLYT_TRY(flyt_cli_scenario(cli, &scenario));
    add_summary(cli, &text, &scenario);
    if (!cli->quiet) {
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

/**
 * @file cli_trace.c
 * @brief `flyt trace`: runs one replicate and shows what happened in a few places, case by case.
 */
#include <string.h>

#include "output/export.h"
#include "sim/cli.h"
#include "sim/cli_progress.h"
#include "sim/cli_targets.h"
#include "sim/run.h"
#include "sim/text.h"

static const struct flyt_cli_option options[] = {
    {"years", 'y', "N", "years to simulate (default: the scenario's)",
     "antal år (ellers scenariets)"},
    {"replicate", 'r', "K", "which replicate, counted from 0 (default: 0)",
     "hvilken gentagelse, talt fra 0 (ellers 0)"},
    {"seed", 's', "S", "random seed, 32 bits (default: the scenario's)",
     "tilfældighedstallenes frø, 32 bit (ellers scenariets)"},
    {"set", 0, "KEY=VALUE", "a parameter instead of the scenario's; may be repeated",
     "en parameter i stedet for scenariets; kan gentages"},
    {"set-file", 0, "FILE", "parameters from a row of a CSV, such as an admitted set",
     "parametre fra en række i en CSV-fil, fx et godkendt sæt"},
    {"row", 0, "N", "which row of --set-file, counted from 1 (default: 1)",
     "hvilken række i --set-file, talt fra 1 (ellers 1)"},
    {"sample", 0, "K", "simulate one home in K", "simulér én bolig ud af K"},
    {"format", 'f', "FORM", "table or csv (default: table)", "table eller csv (ellers table)"},
};

struct call {
    struct flyt_cli *cli;
    struct flyt_scenario scenario;
    struct flyt_cli_bar bar;
    uint32_t n_months;
    bool csv;
    struct flyt_trace *trace;
    uint32_t n;
};

static void show(void *job, const struct flyt_run_progress *progress)
{
    struct call *call = job;
    bool pass = progress->n_pass > 0;
    double share = pass ? 0.0 : (double)progress->n_months_done / (double)progress->n_months;
    flyt_cli_bar_show(
        &call->bar, share,
        pass ? flyt_cli_say(call->cli, "standing still before the start", "stilstand før start")
             : flyt_cli_say(call->cli, "simulating", "simulerer"));
}

static enum flyt_status watch(void *job, void *state, uint32_t n_months_done)
{
    struct call *call = job;
    const struct flyt_model *model = call->scenario.model;
    if (n_months_done == 0) {
        FLYT_TRY(model->follow(state, call->cli->args + 1, call->cli->n_args - 1));
    }
    return n_months_done == call->n_months
               ? model->traces(state, call->cli->lang, call->cli->arena, &call->trace, &call->n)
               : FLYT_OK;
}

/* ---- tables on paper ----------------------------------------------------------------------- */

static void put(struct flyt_text *out, const char *text, size_t width, bool last)
{
    size_t n = flyt_text_length(text, strlen(text));
    flyt_text_add(out, "%s%*s", text, last || n > width ? 0 : (int)(width - n), "");
    flyt_text_add(out, "%s", last ? "\n" : "  ");
}

/** A cell as people read it: "-" where there is nothing. */
static const char *shown(const struct flyt_trace *trace, uint32_t row, uint32_t column)
{
    const char *cell = trace->cell[(size_t)row * trace->n_columns + column];
    return cell[0] == '\0' ? "-" : cell;
}

static void put_table(struct flyt_text *out, const struct flyt_trace *trace)
{
    enum { MOST = 32 };
    size_t width[MOST] = {0};
    uint32_t n = trace->n_columns < MOST ? trace->n_columns : MOST;
    for (uint32_t c = 0; c < n; c++) {
        width[c] = flyt_text_length(trace->column[c], strlen(trace->column[c]));
        for (uint32_t r = 0; r < trace->n_rows; r++) {
            size_t length = flyt_text_length(shown(trace, r, c), strlen(shown(trace, r, c)));
            width[c] = length > width[c] ? length : width[c];
        }
    }
    flyt_text_add(out, "%s\n", trace->title);
    for (uint32_t c = 0; c < n; c++) {
        put(out, trace->column[c], width[c], c + 1 == n);
    }
    for (uint32_t r = 0; r < trace->n_rows; r++) {
        for (uint32_t c = 0; c < n; c++) {
            put(out, shown(trace, r, c), width[c], c + 1 == n);
        }
    }
}

static void put_cell(struct flyt_text *out, const char *text, bool last)
{
    flyt_export_cell(out, text);
    flyt_text_add(out, last ? "\n" : ",");
}

/** One CSV: the title of a table goes before each of its rows. */
static void put_csv(struct flyt_text *out, const struct flyt_trace *trace, bool head,
                    const char *title)
{
    if (head) {
        put_cell(out, title, false);
        for (uint32_t c = 0; c < trace->n_columns; c++) {
            put_cell(out, trace->column[c], c + 1 == trace->n_columns);
        }
    }
    for (uint32_t r = 0; r < trace->n_rows; r++) {
        put_cell(out, trace->title, false);
        for (uint32_t c = 0; c < trace->n_columns; c++) {
            put_cell(out, trace->cell[(size_t)r * trace->n_columns + c], c + 1 == trace->n_columns);
        }
    }
}

static enum flyt_status print(const struct call *call)
{
    struct flyt_text out = {.arena = call->cli->arena};
    uint32_t n_places = call->n - 1; /* places named; without any, all of them in one table */
    uint32_t first = n_places > 0 ? 0 : call->n - 1, end = n_places > 0 ? n_places : call->n;
    for (uint32_t i = first; i < end; i++) {
        if (call->csv) {
            put_csv(&out, &call->trace[i], i == first, flyt_cli_say(call->cli, "place", "sted"));
        } else {
            flyt_text_add(&out, "%s", i > first ? "\n" : "");
            put_table(&out, &call->trace[i]);
        }
    }
    if (out.failed) {
        return FLYT_ERR_MEMORY;
    }
    (void)fwrite(out.bytes, 1, out.n, stdout); /* flyt_cli_main() notices a failed write */
    return FLYT_OK;
}

/* ---- the command --------------------------------------------------------------------------- */

static enum flyt_status take_options(struct flyt_cli *cli, struct call *call,
                                     struct flyt_run_options *run)
{
    const char *form = flyt_cli_text(cli, "format");
    uint64_t years = call->scenario.years, k = 0, seed = call->scenario.seed;
    FLYT_TRY(flyt_cli_count(cli, "years", 1, 1000, &years));
    FLYT_TRY(flyt_cli_count(cli, "replicate", 0, 1000000, &k));
    FLYT_TRY(flyt_cli_count(cli, "seed", 0, UINT32_MAX, &seed));
    call->csv = form != NULL && strcmp(form, "csv") == 0;
    if (form != NULL && !call->csv && strcmp(form, "table") != 0) {
        char quoted[FLYT_QUOTE_SIZE];
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--format: %s is neither table nor csv",
                               "--format: %s er hverken table eller csv",
                               flyt_text_quote(quoted, form, strlen(form)));
    }
    call->scenario.years = (uint32_t)years;
    call->scenario.seed = (uint32_t)seed;
    call->n_months = (uint32_t)years * 12;
    *run = (struct flyt_run_options){.first_replicate = (uint32_t)k,
                                     .n_replicates = 1,
                                     .par = flyt_par_default(cli->n_threads),
                                     .progress = show,
                                     .progress_job = call,
                                     .watch = watch,
                                     .watch_job = call};
    return FLYT_OK;
}

static enum flyt_status trace_command(struct flyt_cli *cli)
{
    struct call call = {.cli = cli};
    struct flyt_run_options run;
    struct flyt_result result;
    FLYT_TRY(flyt_cli_sampled(cli, &call.scenario));
    if (call.scenario.model->follow == NULL) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "the model %s cannot be traced", "modellen %s kan ikke følges",
                               call.scenario.model->name);
    }
    FLYT_TRY(take_options(cli, &call, &run));
    call.bar = flyt_cli_bar_open(cli, 0.0);
    FLYT_TRY(flyt_run(&call.scenario, &run, cli->arena, &result, cli->diag));
    return print(&call);
}

const struct flyt_cli_command flyt_cli_trace = {
    .name = "trace",
    .args = "SCENARIO [SECTION...]",
    .min_args = 1,
    .max_args = 100,
    .en = "show who was offered and got the homes of almen sections",
    .da = "vis, hvem der fik tilbudt og overtog almene afdelingers boliger",
    .more_en =
        "Runs one replicate as `flyt run` does and writes down the first 24 vacancies of each "
        "SECTION: whether the municipality might claim the home and did, the way it was let, who "
        "was offered it first, offers and refusals, who took it and how long that household had "
        "waited. Households go by their number (uid). Without a section it shows vacancies and the "
        "median wait of all almen sections. docs/letting-trace.md tells how to read it.\n\n"
        "Examples:\n"
        "  flyt trace scenarios/tiny 'Parken 01' 'Parken 02'\n"
        "  flyt trace scenarios/fyn --years 10 --format csv > waits.csv",
    .more_da =
        "Kører én gentagelse som `flyt run` og skriver de første 24 ledige boliger i hver SECTION "
        "(afdeling) ned: om kommunen kunne kræve boligen og gjorde det, hvordan den blev udlejet, "
        "hvem der først fik den tilbudt, tilbud og afslag, hvem der overtog den, og hvor længe den "
        "husstand havde ventet. Husstande nævnes ved deres nummer (uid). Uden en afdeling vises "
        "ledige boliger og medianen af ventetiden i alle almene afdelinger. docs/letting-trace.md "
        "fortæller, hvordan det læses.\n\nEksempler:\n"
        "  flyt trace scenarios/tiny 'Parken 01' 'Parken 02'\n"
        "  flyt trace scenarios/fyn --years 10 --format csv > ventetid.csv",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = trace_command,
};

/**
 * @file cli_segregation.c
 * @brief `flyt segregation`: every index for a table of counts, no simulation needed.
 */
#include <math.h>
#include <string.h>

#include "output/segregation_input.h"
#include "output/segregation_report.h"
#include "sim/cli.h"

/** Persons for whom random tables are still drawn in seconds. */
static const double PERSONS_MOST = 2e7;

static const struct flyt_cli_option options[] = {
    {"groups", 'g', "A,B,...", "columns that are groups (default: all that are nothing else)",
     "kolonner, der er grupper (ellers alle, der ikke er andet)"},
    {"unit", 'u', "COLUMN", "column with the names of the units", "kolonne med enhedernes navne"},
    {"within", 'w', "COLUMN", "split M between and within the parts named here",
     "del M op mellem og inden for de dele, der står her"},
    {"coords", 'c', "X,Y", "columns with coordinates in km", "kolonner med koordinater i km"},
    {"bandwidth", 'b', "KM", "bandwidth of the biweight kernel (default: 1)",
     "båndbredde for biweight-kernen (ellers 1)"},
    {"neighbours", 'n', "FILE", "CSV of neighbours: unit, neighbour, both ways; needs --unit",
     "CSV med naboer: enhed, nabo, begge veje; kræver --unit"},
    {"area-km2", 'a', "COLUMN", "column with land area, for relative concentration",
     "kolonne med landareal, til relativ koncentration"},
    {"atkinson", 0, "B", "shape parameter of Atkinson's index, between 0 and 1 (default: .5)",
     "Atkinson-indeksets parameter, mellem 0 og 1 (ellers 0.5)"},
    {"draws", 'd', "N", "random tables for intervals; 0: no correction (default: 200)",
     "tilfældige tabeller til intervaller; 0: ingen korrektion (ellers 200)"},
    {"seed", 's', "S", "random seed, 32 bits (default: 1)",
     "tilfældighedstallenes frø, 32 bit (ellers 1)"},
    {"format", 'f', "table|csv|json", "how the result is written (default: table)",
     "hvordan resultatet skrives (ellers table)"},
};

enum format { FORMAT_table, FORMAT_csv, FORMAT_json, FORMATS };

static const char *const formats[FORMATS] = {"table", "csv", "json"};

/** What the options ask for. */
struct request {
    struct flyt_segregation_columns columns;
    double bandwidth_km, atkinson_b;
    const char *neighbours;
    uint32_t n_draws, seed;
    enum format format;
};

static const struct flyt_place nowhere = {0};

/* ---- options ------------------------------------------------------------------------------- */

/** Splits "A,B,C" into names; empty and repeated ones are faults. */
static enum flyt_status split_names(struct flyt_cli *cli, const char *option,
                                    const char *const **names, uint32_t *n)
{
    const char *text = flyt_cli_text(cli, option);
    *n = 0;
    if (text == NULL) {
        return FLYT_OK;
    }
    uint32_t n_most = 1;
    for (const char *c = text; *c != '\0'; c++) {
        n_most += *c == ',' ? 1 : 0;
    }
    const char **list = FLYT_ARENA_ARRAY(cli->arena, const char *, n_most);
    if (list == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (const char *c = text;; c++) {
        const size_t length = strcspn(c, ",");
        char quoted[FLYT_QUOTE_SIZE];
        list[*n] = flyt_arena_copy(cli->arena, c, length);
        if (list[*n] == NULL) {
            return FLYT_ERR_MEMORY;
        }
        if (length == 0) {
            return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere, "--%s: a name is missing",
                                   "--%s: der mangler et navn", option);
        }
        for (uint32_t k = 0; k < *n; k++) {
            if (strcmp(list[k], list[*n]) == 0) {
                return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                                       "--%s: '%s' is named twice", "--%s: '%s' er nævnt to gange",
                                       option, flyt_text_quote(quoted, list[k], strlen(list[k])));
            }
        }
        ++*n;
        c += length;
        if (*c == '\0') {
            break;
        }
    }
    *names = list;
    return FLYT_OK;
}

/** A number in the open interval (low, high). */
static enum flyt_status take_real(const struct flyt_cli *cli, const char *option, double low,
                                  double high, double *value)
{
    const char *text = flyt_cli_text(cli, option);
    if (text == NULL) {
        return FLYT_OK;
    }
    double number = 0.0;
    if (flyt_text_number(text, strlen(text), &number) != FLYT_NUMBER_ok || !(number > low) ||
        !(number < high)) {
        char quoted[FLYT_QUOTE_SIZE];
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--%s: '%s' is no number between %g and %g",
                               "--%s: '%s' er intet tal mellem %g og %g", option,
                               flyt_text_quote(quoted, text, strlen(text)), low, high);
    }
    *value = number;
    return FLYT_OK;
}

static enum flyt_status take_format(const struct flyt_cli *cli, enum format *format)
{
    const char *text = flyt_cli_text(cli, "format");
    if (text == NULL) {
        return FLYT_OK;
    }
    for (int k = 0; k < FORMATS; k++) {
        if (strcmp(text, formats[k]) == 0) {
            *format = (enum format)k;
            return FLYT_OK;
        }
    }
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                           "--format: '%s' is none of table, csv, json",
                           "--format: '%s' er hverken table, csv eller json",
                           flyt_text_quote(quoted, text, strlen(text)));
}

/** Options that need another option. */
static enum flyt_status check_pairs(const struct flyt_cli *cli)
{
    if (flyt_cli_given(cli, "bandwidth") && !flyt_cli_given(cli, "coords")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere, "--bandwidth needs --coords",
                               "--bandwidth kræver --coords");
    }
    if (flyt_cli_given(cli, "neighbours") && !flyt_cli_given(cli, "unit")) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--neighbours needs --unit, the column with the units' names",
                               "--neighbours kræver --unit, kolonnen med enhedernes navne");
    }
    return FLYT_OK;
}

static enum flyt_status take_options(struct flyt_cli *cli, struct request *request)
{
    const char *const *coords = NULL;
    uint32_t n_coords = 0;
    uint64_t n_draws = 200, seed = 1;
    *request = (struct request){.bandwidth_km = 1.0, .atkinson_b = 0.5};
    FLYT_TRY(check_pairs(cli));
    FLYT_TRY(split_names(cli, "groups", &request->columns.groups, &request->columns.n_groups));
    FLYT_TRY(split_names(cli, "coords", &coords, &n_coords));
    FLYT_TRY(take_real(cli, "bandwidth", 0.0, 1e6, &request->bandwidth_km));
    FLYT_TRY(take_real(cli, "atkinson", 0.0, 1.0, &request->atkinson_b));
    FLYT_TRY(flyt_cli_count(cli, "draws", 0, 10000, &n_draws));
    FLYT_TRY(flyt_cli_count(cli, "seed", 0, UINT32_MAX, &seed));
    FLYT_TRY(take_format(cli, &request->format));
    if (request->columns.n_groups == 1) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--groups: segregation needs two groups",
                               "--groups: segregation kræver to grupper");
    }
    if (flyt_cli_given(cli, "coords") && n_coords != 2) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, nowhere,
                               "--coords: name two columns, as in --coords x,y",
                               "--coords: nævn to kolonner, som i --coords x,y");
    }
    request->columns.unit = flyt_cli_text(cli, "unit");
    request->columns.within = flyt_cli_text(cli, "within");
    request->columns.area_km2 = flyt_cli_text(cli, "area-km2");
    request->columns.x_km = n_coords == 2 ? coords[0] : NULL;
    request->columns.y_km = n_coords == 2 ? coords[1] : NULL;
    request->neighbours = flyt_cli_text(cli, "neighbours");
    request->n_draws = (uint32_t)n_draws;
    request->seed = (uint32_t)seed;
    return FLYT_OK;
}

/* ---- the command --------------------------------------------------------------------------- */

static const size_t max_bytes = (size_t)1 << 30;

/** Space of the units that are not empty. Memory for it in `near` and `kept`. */
static enum flyt_status take_space(struct flyt_cli *cli, const struct request *request,
                                   const struct flyt_segregation_input *input,
                                   const struct flyt_segregation_table *table,
                                   struct flyt_segregation_neighbours kept[2],
                                   struct flyt_segregation_space *space)
{
    const uint32_t n = input->counts.n_units;
    struct flyt_segregation_neighbours all;
    *space = (struct flyt_segregation_space){0};
    if (input->x_km != NULL) {
        FLYT_TRY(flyt_segregation_neighbours_near(&all, n, input->x_km, input->y_km,
                                                  request->bandwidth_km, cli->arena));
        FLYT_TRY(flyt_segregation_neighbours_keep(&kept[0], &all, n, table, cli->arena));
        space->kernel = space->adjacent = &kept[0];
        if (kept[0].first[table->n_units] == 0 && !cli->quiet) {
            fprintf(stderr,
                    flyt_cli_say(cli,
                                 "note: no two units are within %g km of each other; are the "
                                 "coordinates in km?\n",
                                 "bemærk: ingen to enheder ligger inden for %g km af hinanden; er "
                                 "koordinaterne i km?\n"),
                    request->bandwidth_km);
        }
    }
    if (request->neighbours != NULL) {
        struct flyt_bytes bytes;
        FLYT_TRY(flyt_fileio_read(request->neighbours, max_bytes, nowhere, cli->arena, &bytes,
                                  cli->diag));
        FLYT_TRY(flyt_segregation_input_neighbours(&bytes, input, cli->arena, &all, cli->diag));
        FLYT_TRY(flyt_segregation_neighbours_keep(&kept[1], &all, n, table, cli->arena));
        space->adjacent = &kept[1];
        space->kernel = space->kernel != NULL ? space->kernel : &kept[1];
    }
    if (input->area_km2 != NULL) {
        double *area_km2 = FLYT_ARENA_ARRAY(cli->arena, double, table->n_units);
        if (area_km2 == NULL) {
            return FLYT_ERR_MEMORY;
        }
        for (uint32_t i = 0; i < table->n_units; i++) {
            area_km2[i] = input->area_km2[table->row[i]];
        }
        space->area_km2 = area_km2;
    }
    return FLYT_OK;
}

static enum flyt_status decompose(struct flyt_cli *cli, const struct flyt_segregation_input *input,
                                  const struct flyt_segregation_table *table,
                                  struct flyt_segregation_parts *parts)
{
    uint32_t *part = FLYT_ARENA_ARRAY(cli->arena, uint32_t, table->n_units);
    if (part == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < table->n_units; i++) {
        part[i] = input->part[table->row[i]];
    }
    return flyt_segregation_decompose(table, part, input->n_parts, cli->arena, parts);
}

static enum flyt_status write_report(struct flyt_cli *cli, enum format format,
                                     const struct flyt_segregation_report *report)
{
    struct flyt_text text = {.arena = cli->arena};
    switch (format) {
    case FORMAT_csv:
        flyt_segregation_report_csv(report, &text);
        break;
    case FORMAT_json:
        flyt_segregation_report_json(report, &text);
        break;
    default:
        flyt_segregation_report_table(report, cli->lang, &text);
        break;
    }
    if (text.failed) {
        return FLYT_ERR_MEMORY;
    }
    if (fwrite(text.bytes, 1, text.n, stdout) != text.n || fflush(stdout) != 0) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_IO, nowhere, "the result could not be written",
                               "resultatet kunne ikke skrives");
    }
    return FLYT_OK;
}

/** Says which units or groups tell nothing. */
static void note_empty(const struct flyt_cli *cli, const struct flyt_segregation_input *input,
                       const struct flyt_segregation_table *table)
{
    const uint32_t n_empty = input->counts.n_units - table->n_units;
    if (cli->quiet) {
        return;
    }
    if (n_empty > 0) {
        fprintf(stderr,
                flyt_cli_say(cli, "note: %s: %u of %u units have nobody in them and are left out\n",
                             "bemærk: %s: i %u af %u enheder er der ingen; de udelades\n"),
                cli->args[0], n_empty, input->counts.n_units);
    }
    for (uint32_t g = 0; g < table->n_groups; g++) {
        if (!(table->group_total[g] > 0.0)) {
            fprintf(stderr,
                    flyt_cli_say(cli,
                                 "note: %s, column %s: there is nobody in this group, so it has no "
                                 "indices\n",
                                 "bemærk: %s, kolonne %s: der er ingen i denne gruppe, så den har "
                                 "ingen indeks\n"),
                    cli->args[0], input->group[g]);
        }
    }
    if (table->n_units == 1) {
        fprintf(stderr,
                flyt_cli_say(cli,
                             "note: %s: there is one unit only, so nobody can live apart from "
                             "anybody and nothing is corrected\n",
                             "bemærk: %s: der er kun én enhed, så ingen kan bo adskilt fra nogen, "
                             "og intet korrigeres\n"),
                cli->args[0]);
    }
}

/** The first group of whom nobody, or nobody else, is in more than a tenth of the units; n_groups:
 *  none. */
static uint32_t thin_group(const struct flyt_segregation_table *table)
{
    const uint32_t n = table->n_units;
    for (uint32_t g = 0; g < table->n_groups; g++) {
        const double *x = table->persons + (size_t)g * n;
        uint32_t n_thin = 0;
        for (uint32_t i = 0; i < n; i++) {
            n_thin += x[i] < 1.0 || table->unit_total[i] - x[i] < 1.0 ? 1 : 0;
        }
        if (table->group_total[g] > 0.0 && n_thin > n / 10) {
            return g;
        }
    }
    return table->n_groups;
}

/** Says which intervals rest on what no table tells (docs/segregation.md, "Coverage"). */
static void note_thin_units(const struct flyt_cli *cli, const struct request *request,
                            const struct flyt_segregation_table *table, const char *const *name)
{
    const uint32_t few = 30; /* units: of fewer there is little to tell anyway */
    const uint32_t g = thin_group(table);
    if (cli->quiet || request->n_draws == 0 || table->n_units < few || g == table->n_groups) {
        return;
    }
    fprintf(stderr,
            flyt_cli_say(
                cli,
                "note: %s, column %s: more than a tenth of the units have nobody of the group, or "
                "nobody else; no table tells how near 0 their chances are, so do not rely on the "
                "intervals of the Atkinson and Hutchens indices of such groups\n",
                "bemærk: %s, kolonne %s: mere end en tiendedel af enhederne har ingen fra gruppen, "
                "eller ingen andre; ingen tabel viser, hvor nær 0 deres chancer er, så stol ikke "
                "på intervallerne for Atkinsons og Hutchens' indeks for sådanne grupper\n"),
            cli->args[0], name[g]);
}

/** Says when cuts near the ends of the order carry the polynomial far out of [0, 1]: a little below
 * 0 it may be where nobody lives apart. */
static void note_rank_order(const struct flyt_cli *cli,
                            const struct flyt_segregation_estimates *estimates)
{
    const struct flyt_segregation_estimate *all =
        estimates->index + (size_t)estimates->n_groups * FLYT_SEGREGATION_N;
    const double h = all[FLYT_SEGREGATION_rank_order_h].value,
                 r = all[FLYT_SEGREGATION_rank_order_r].value;
    if (cli->quiet || !(fabs(h) > 1.0 || fabs(r) > 1.0)) {
        return;
    }
    fprintf(stderr,
            flyt_cli_say(cli,
                         "note: %s: a rank-order index lies outside [0, 1], so it means nothing "
                         "here: the classes are too few or too unlike in size, or not ordered\n",
                         "bemærk: %s: et rangordnet indeks ligger uden for [0, 1] og betyder intet "
                         "her: klasserne er for få eller for ulige store, eller ikke ordnede\n"),
            cli->args[0]);
}

static enum flyt_status segregation_command(struct flyt_cli *cli)
{
    struct request request;
    struct flyt_bytes bytes;
    struct flyt_segregation_input input;
    struct flyt_segregation_table table;
    struct flyt_segregation_neighbours kept[2];
    struct flyt_segregation_options measured = {0};
    struct flyt_segregation_estimates estimates;
    struct flyt_segregation_parts parts;
    struct flyt_segregation_report report;
    FLYT_TRY(take_options(cli, &request));
    FLYT_TRY(flyt_fileio_read(cli->args[0], max_bytes, nowhere, cli->arena, &bytes, cli->diag));
    FLYT_TRY(flyt_segregation_input_read(&bytes, &request.columns, cli->arena, &input, cli->diag));
    FLYT_TRY(flyt_segregation_table_init(&table, &input.counts, cli->arena));
    measured.atkinson_b = request.atkinson_b;
    FLYT_TRY(take_space(cli, &request, &input, &table, kept, &measured.space));
    const struct flyt_segregation_chance chance = {.key = {.seed = request.seed},
                                                   .n_draws = request.n_draws,
                                                   .large = FLYT_SEGREGATION_LARGE,
                                                   .par = flyt_par_default(cli->n_threads)};
    if (request.n_draws > 0 && table.n_units < FLYT_SEGREGATION_LARGE &&
        table.total > PERSONS_MOST) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_SCENARIO,
                               (struct flyt_place){cli->args[0], 0, 0},
                               "%.0f persons are too many to draw at random (%.0f at most): give "
                               "--draws 0, chance hardly shows in so many",
                               "%.0f personer er for mange til at trække tilfældigt (højst %.0f): "
                               "giv --draws 0, tilfældet ses knap blandt så mange",
                               table.total, PERSONS_MOST);
    }
    FLYT_TRY(flyt_segregation_estimate(&table, &measured, &chance, cli->arena, &estimates));
    note_empty(cli, &input, &table);
    note_rank_order(cli, &estimates);
    note_thin_units(cli, &request, &table, (const char *const *)input.group);
    if (input.part != NULL) {
        FLYT_TRY(decompose(cli, &input, &table, &parts));
    }
    FLYT_TRY(flyt_segregation_report_build(&estimates, input.group,
                                           input.part != NULL ? &parts : NULL, input.part_name,
                                           cli->arena, &report));
    return write_report(cli, request.format, &report);
}

const struct flyt_cli_command flyt_cli_segregation = {
    .name = "segregation",
    .args = "COUNTS.csv",
    .min_args = 1,
    .max_args = 1,
    .en = "every segregation index of a table of counts, corrected for chance",
    .da = "alle segregationsindeks for en tabel med antal, korrigeret for tilfældighed",
    .more_en =
        "COUNTS.csv has a header, one row per unit and one column of whole counts per group. Small "
        "units look segregated by chance alone: 'baseline' is the value expected if persons were "
        "allocated at random, 'corrected' the value without chance, low and high its 95 % "
        "interval, in which the value itself need not lie. Semicolons with decimal commas are read "
        "as well. Columns are taken as ordered classes, in their order, in the rank-order "
        "indices.\n\nExamples:\n"
        "  flyt segregation counts.csv --unit estate --groups danish,other\n"
        "  flyt segregation counts.csv --unit estate --within municipality --format csv\n"
        "  flyt segregation counts.csv --unit estate --coords x,y --bandwidth 0.5",
    .more_da =
        "COUNTS.csv har en overskrift, en række pr. enhed og en kolonne med hele antal pr. gruppe. "
        "Små enheder ser segregerede ud ved ren tilfældighed: 'baseline' er værdien, hvis personer "
        "blev fordelt tilfældigt, 'corrected' værdien uden tilfældighed, low og high dens 95 %-"
        "interval, som værdien selv ikke behøver ligge i. Semikolon og decimalkomma læses også. I "
        "de rangordnede indeks er kolonnerne ordnede klasser i deres rækkefølge."
        "\n\nEksempler:\n"
        "  flyt segregation antal.csv --unit afdeling --groups dansk,anden\n"
        "  flyt segregation antal.csv --unit afdeling --within kommune --format csv\n"
        "  flyt segregation antal.csv --unit afdeling --coords x,y --bandwidth 0.5",
    .option = options,
    .n_options = FLYT_COUNT(options),
    .run = segregation_command,
};

/* Scenarios from strangers. The input is cut at lines "====" into scenario.yaml, base.yaml,
   drivers.csv, towns.csv; what is accepted keeps every promise of the descriptors. */
#define _GNU_SOURCE
#include <unistd.h>

#include "sim/scenario.h"
#include "tests/fuzz/fuzz.h"

struct fuzz_params {
    flyt_real share;
    flyt_count rounds;
    flyt_flag open;
    flyt_choice mode;
};

static const struct flyt_field fuzz_fields[] = {
    FLYT_FIELD(fuzz_params, real, share, "share", 0.25, 0, 1, assumed, "", "x", "x")
        FLYT_FIELD(fuzz_params, count, rounds, "rounds", 4, 1, 12, assumed, "", "x",
                   "x") FLYT_FIELD(fuzz_params, flag, open, "", 1, 0, 1, assumed, "", "x", "x")
            FLYT_FIELD(fuzz_params, choice, mode, "fresh|life", 1, 0, 1, assumed, "", "x", "x")};
static const struct flyt_field_group fuzz_groups[] = {{"a", "x", "x", fuzz_fields, 4, 0}};
static const struct flyt_column fuzz_scenario_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_text, .unique = true}};
static const struct flyt_table_spec fuzz_tables[] = {
    {.name = "towns", .en = "t", .da = "b", .column = fuzz_scenario_columns, .n_columns = 1}};
static const struct flyt_model fuzz_model = {.name = "fuzz",
                                             .group = fuzz_groups,
                                             .n_groups = 1,
                                             .params_size = sizeof(struct fuzz_params),
                                             .table = fuzz_tables,
                                             .n_tables = 1};
const struct flyt_model *const flyt_models[] = {&fuzz_model, NULL};

/** A folder of this process's own, in memory; made at the first call. The working folder stays:
    libFuzzer reads its corpus by relative paths. */
static const char *fuzz_folder(void)
{
    static char folder[] = "/dev/shm/flyt-fuzz-XXXXXX";
    if (folder[sizeof folder - 2] == 'X' && access(folder, F_OK) != 0) {
        FUZZ_CHECK(mkdtemp(folder) != NULL);
    }
    return folder;
}

/** Writes the parts of the input into files of the folder. */
static void fuzz_write_parts(const uint8_t *bytes, size_t n)
{
    static const char *const names[] = {"scenario.yaml", "base.yaml", "drivers.csv", "towns.csv"};
    static const char cut[] = "\n====\n";
    size_t at = 0;
    for (size_t i = 0; i < FLYT_COUNT(names); i++) {
        const uint8_t *end = at < n ? memmem(bytes + at, n - at, cut, sizeof cut - 1) : NULL;
        bool last = end == NULL || i + 1 == FLYT_COUNT(names);
        size_t length = last ? n - at : (size_t)(end - bytes) + 1 - at;
        char path[64];
        (void)snprintf(path, sizeof path, "%s/%s", fuzz_folder(), names[i]);
        FILE *file = fopen(path, "wb");
        FUZZ_CHECK(file != NULL && fwrite(bytes + at, 1, length, file) == length);
        FUZZ_CHECK(fclose(file) == 0);
        at += last ? length : length + sizeof cut - 2;
    }
}

static void fuzz_check_scenario(const struct flyt_scenario *scenario)
{
    FUZZ_CHECK(scenario->start_year >= 1900 && scenario->start_year <= 2200);
    FUZZ_CHECK(scenario->years >= 1 && scenario->years <= 200);
    FUZZ_CHECK(scenario->n_replicates >= 1 && scenario->n_replicates <= 10000);
    FUZZ_CHECK(strpbrk(scenario->title, "\n\t\r") == NULL && scenario->n_inputs >= 1);
    for (int32_t year = 1890; year < 2220; year += 13) {
        struct fuzz_params params;
        flyt_scenario_params(scenario, year, &params);
        FUZZ_CHECK(params.share >= 0 && params.share <= 1 && params.mode < 2);
        FUZZ_CHECK(params.rounds >= 1 && params.rounds <= 12);
    }
    for (uint32_t i = 0; i < scenario->n_fields; i++) {
        const struct flyt_schedule *schedule = &scenario->parameter[i];
        for (uint32_t k = 1; k < schedule->n; k++) {
            FUZZ_CHECK(schedule->year[k] > schedule->year[k - 1]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char *const sets[] = {"a.rounds=2"};
    static struct flyt_arena arena = {.budget_bytes = (size_t)1 << 28}; /* kept: faster */
    struct flyt_diag diag = {.lang = n % 2 == 0 ? FLYT_EN : FLYT_DA};
    struct flyt_scenario scenario;
    struct flyt_scenario_options options = {.set = sets, .n_sets = n % 3 == 0};
    fuzz_write_parts(bytes, n);
    char path[64];
    (void)snprintf(path, sizeof path, "%s/scenario.yaml", fuzz_folder());
    enum flyt_status status = flyt_scenario_load(path, &options, &arena, &scenario, &diag);
    fuzz_check_faults(status, &diag);
    if (status == FLYT_OK) {
        fuzz_check_scenario(&scenario);
    }
    flyt_arena_empty(&arena);
    return 0;
}

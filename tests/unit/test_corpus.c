/* Replays what the fuzzers began with and what they have found: each file once, in every build. */
#define _GNU_SOURCE
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>

#define LLVMFuzzerTestOneInput fuzz_csv
#include "tests/fuzz/fuzz_csv.c" // NOLINT(bugprone-suspicious-include): what is fuzzed
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_table
#include "tests/fuzz/fuzz_table.c" // NOLINT(bugprone-suspicious-include): what is fuzzed
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_scenario
#include "tests/fuzz/fuzz_scenario.c" // NOLINT(bugprone-suspicious-include): what is fuzzed
#undef LLVMFuzzerTestOneInput

/** Gives every file of a folder of the corpus to a target; returns their number. */
static uint32_t replay(const char *name, int (*target)(const uint8_t *bytes, size_t n))
{
    char folder[512], path[1024];
    uint32_t n_files = 0;
    (void)snprintf(folder, sizeof folder, FLYT_SOURCE_DIR "/tests/fuzz/corpus/%s", name);
    DIR *dir = opendir(folder);
    cr_assert_not_null(dir, "%s", folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        static uint8_t bytes[1 << 20];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "rb");
        cr_assert_not_null(file, "%s", path);
        size_t n = fread(bytes, 1, sizeof bytes, file);
        cr_assert_eq(fclose(file), 0);
        for (size_t cut = 0; cut <= n; cut += 1 + n / 16) {
            (void)target(bytes, n - cut); /* whole, and ending too early */
        }
        n_files++;
    }
    cr_assert_eq(closedir(dir), 0);
    return n_files;
}

Test(corpus, csv_is_read_without_a_crash)
{
    cr_expect_geq(replay("csv", fuzz_csv), 6);
}

Test(corpus, tables_keep_their_promises)
{
    cr_expect_geq(replay("table", fuzz_table), 6);
}

Test(corpus, scenarios_keep_their_promises)
{
    cr_expect_geq(replay("scenario", fuzz_scenario), 8);
    char command[64];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", fuzz_folder());
    cr_expect_eq(system(command), 0);
}

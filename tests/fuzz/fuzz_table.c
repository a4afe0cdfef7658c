/* Tables from strangers: what is accepted keeps every promise of its declaration. */
#include <math.h>

#include "sim/table.h"
#include "tests/fuzz/fuzz.h"

static const struct flyt_column fuzz_town_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_text, .unique = true}};
static const struct flyt_table_spec fuzz_towns = {
    .name = "towns", .column = fuzz_town_columns, .n_columns = 1};

static const struct flyt_column fuzz_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_ref, .refers_table = "towns", .refers_column = "town"},
    {.name = "tenure", .type = FLYT_COLUMN_choice, .unit = "owner|almen|a"},
    {.name = "homes", .type = FLYT_COLUMN_count, .unit = "homes"},
    {.name = "share", .type = FLYT_COLUMN_real, .unit = "share", .low = -1, .high = 1},
    {.name = "name", .type = FLYT_COLUMN_text, .unique = true, .optional = true},
    {.name = "change", .type = FLYT_COLUMN_real, .unit = "kr", .optional = true},
    {.name = "seat",
     .type = FLYT_COLUMN_ref,
     .refers_table = "towns",
     .refers_column = "town",
     .optional = true},
};
static const struct flyt_table_spec fuzz_spec = {.name = "homes",
                                                 .column = fuzz_columns,
                                                 .n_columns = FLYT_COUNT(fuzz_columns),
                                                 .key_columns = "town,tenure,change"};

static void fuzz_check_table(const struct flyt_table *table)
{
    double sum = 0;
    for (uint32_t row = 0; row < table->n_rows; row++) {
        double homes = flyt_table_values(table, "homes")[row];
        double share = flyt_table_values(table, "share")[row];
        double change = flyt_table_values(table, "change")[row];
        double seat = flyt_table_values(table, "seat")[row];
        FUZZ_CHECK(flyt_table_values(table, "town")[row] < 3);
        FUZZ_CHECK(flyt_table_values(table, "tenure")[row] < 3);
        FUZZ_CHECK(seat < 3 || seat == (double)FLYT_NONE);
        FUZZ_CHECK(homes >= 0 && homes == floor(homes));
        FUZZ_CHECK(share >= -1 && share <= 1);
        FUZZ_CHECK(!isinf(change));
        FUZZ_CHECK(flyt_table_place(table, row, 0).line > 1);
        for (uint32_t other = 0; other < row && row < 50; other++) {
            const char *const *name = flyt_table_texts(table, "name");
            FUZZ_CHECK(name[row][0] == '\0' || strcmp(name[row], name[other]) != 0);
        }
        sum += homes;
    }
    FUZZ_CHECK(table->n_rows > 0 && sum <= 4294967294.0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char towns_text[] = "town\nOdense\nÆrø\nb\n";
    static struct flyt_arena arena = {.budget_bytes = (size_t)1 << 28}; /* kept: faster */
    struct flyt_diag diag = {.lang = n % 2 == 0 ? FLYT_EN : FLYT_DA};
    struct flyt_table towns, table;
    struct flyt_bytes file = {"towns.csv",
                              flyt_arena_copy(&arena, towns_text, sizeof towns_text - 1),
                              sizeof towns_text - 1};
    FUZZ_CHECK(flyt_table_load(&fuzz_towns, &file, NULL, 0, &arena, &towns, &diag) == FLYT_OK);
    file = (struct flyt_bytes){"t.csv", flyt_arena_copy(&arena, (const char *)bytes, n), n};
    FUZZ_CHECK(file.bytes != NULL);
    enum flyt_status status = flyt_table_load(&fuzz_spec, &file, &towns, 1, &arena, &table, &diag);
    fuzz_check_faults(status, &diag);
    if (status == FLYT_OK) {
        fuzz_check_table(&table);
    }
    flyt_arena_empty(&arena);
    return 0;
}

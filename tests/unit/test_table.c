#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/table.h"

static const struct flyt_column town_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_text, .unique = true},
    {.name = "persons", .type = FLYT_COLUMN_count, .unit = "persons"},
    {.name = "share", .type = FLYT_COLUMN_real, .unit = "share", .low = 0, .high = 1},
    {.name = "code", .type = FLYT_COLUMN_count, .high = 999, .unique = true, .optional = true},
    {.name = "size", .type = FLYT_COLUMN_choice, .unit = "small|large", .optional = true},
};
static const struct flyt_table_spec towns_spec = {
    .name = "towns", .column = town_columns, .n_columns = FLYT_COUNT(town_columns)};

static const struct flyt_column home_columns[] = {
    {.name = "town", .type = FLYT_COLUMN_ref, .refers_table = "towns", .refers_column = "town"},
    {.name = "tenure", .type = FLYT_COLUMN_choice, .unit = "owner|almen"},
    {.name = "change", .type = FLYT_COLUMN_real, .unit = "kr"},
    {.name = "remark", .type = FLYT_COLUMN_text, .optional = true},
};
static const struct flyt_table_spec homes_spec = {.name = "homes",
                                                  .column = home_columns,
                                                  .n_columns = FLYT_COUNT(home_columns),
                                                  .key_columns = "town,tenure"};

static struct flyt_arena arena;
static struct flyt_diag diag;
static struct flyt_table towns, homes;

static void begin(void)
{
    flyt_arena_init(&arena, 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
}

static void end(void)
{
    flyt_arena_free(&arena);
}

TestSuite(table, .init = begin, .fini = end);

static enum flyt_status load(const struct flyt_table_spec *spec, const char *text,
                             struct flyt_table *out)
{
    char *copy = flyt_arena_copy(&arena, text, strlen(text));
    struct flyt_bytes bytes = {.path = "t.csv", .bytes = copy, .n = strlen(text)};
    diag.n_faults = 0;
    return flyt_table_load(spec, &bytes, &towns, spec == &homes_spec, &arena, out, &diag);
}

static void expect_towns_fault(const char *text, const char *message)
{
    cr_expect_eq(load(&towns_spec, text, &towns), FLYT_ERR_SCENARIO, "%s", message);
    cr_expect_eq(diag.n_faults, 1, "%s: %u faults, the last: %s", message, diag.n_faults,
                 diag.fault[diag.n_faults - 1].text);
    cr_expect(strstr(diag.fault[0].text, message) != NULL, "%s", diag.fault[0].text);
}

Test(table, values_are_found_by_the_declaration_whatever_the_files_order)
{
    cr_assert_eq(load(&towns_spec,
                      "source,persons,town,share,code\nx,200,Odense,0.5,461\ny,7,Ærø,1,\n", &towns),
                 FLYT_OK);
    cr_assert_eq(towns.n_rows, 2);
    cr_expect_str_eq(flyt_table_texts(&towns, "town")[1], "Ærø");
    cr_expect_eq(flyt_table_values(&towns, "persons")[0], 200);
    cr_expect_eq(flyt_table_values(&towns, "share")[1], 1);
    cr_expect_eq(flyt_table_values(&towns, "code")[0], 461);
    cr_expect(isnan(flyt_table_values(&towns, "code")[1]), "an empty optional cell");
    cr_expect_eq(flyt_table_values(&towns, "size")[0], (double)FLYT_NONE, "an absent column");
    struct flyt_place place = flyt_table_place(&towns, 1, flyt_table_column(&towns, "town"));
    cr_expect(place.line == 3 && place.column == 5, "got %u:%u", place.line, place.column);
    place = flyt_table_place(&towns, 1, flyt_table_column(&towns, "size"));
    cr_expect(place.line == 3 && place.column == 1, "an absent column stands at the row's start");
}

Test(table, references_become_rows_and_choices_become_indices)
{
    cr_assert_eq(load(&towns_spec, "town,persons,share\nOdense,1,0\nNyborg,2,0\n", &towns), 0);
    cr_assert_eq(load(&homes_spec,
                      "town,tenure,change\nNyborg,almen,-5\nOdense,owner,1e9\nOdense,almen,0\n",
                      &homes),
                 FLYT_OK);
    cr_expect_eq(flyt_table_values(&homes, "town")[0], 1);
    cr_expect_eq(flyt_table_values(&homes, "town")[1], 0);
    cr_expect_eq(flyt_table_values(&homes, "tenure")[0], 1);
    cr_expect_eq(flyt_table_values(&homes, "change")[0], -5, "no limits: all numbers");
    cr_expect_str_eq(flyt_table_texts(&homes, "remark")[2], "");
}

Test(table, columns_are_checked_before_rows)
{
    expect_towns_fault("town,persons\nx,y\n",
                       "t.csv:1:1: the table towns lacks the column \"share\"");
    expect_towns_fault("town,persons,share,colour\nx,1,1,1\n",
                       "t.csv:1:20: unknown column \"colour\" in the table towns");
    expect_towns_fault("town,person,share\nx,1,1\n", "\"person\" in the table towns; did you mean "
                                                     "\"persons\"?");
    expect_towns_fault("town,persons,share,town\nx,1,1,x\n",
                       "t.csv:1:20: the column \"town\" stands twice; the first is column 1");
    expect_towns_fault("town,persons,share\n", "t.csv:1:1: the table towns has no rows");
}

Test(table, each_wrong_cell_has_its_place_and_one_message)
{
    expect_towns_fault("town,persons,share\nÆrø,-1,0\n", "t.csv:2:5: persons: -1 is outside");
    expect_towns_fault("town,persons,share\nx,1.5,0\n", "t.csv:2:3: persons: 1.5 is not a whole");
    expect_towns_fault("town,persons,share\nx,4294967295,0\n", "is outside [0, 4294967294]");
    expect_towns_fault("town,persons,share\nx,1,\"0,5\"\n", "share: \"0,5\" has a decimal comma");
    expect_towns_fault("town,persons,share\nx,1,1.01\n",
                       "t.csv:2:5: share: 1.01 is outside [0, 1]");
    expect_towns_fault("town,persons,share\nx,,1\n", "t.csv:2:3: persons: the cell is empty");
    expect_towns_fault("town,persons,share\n x,1,1\n", "t.csv:2:1: town: \" x\" begins or ends");
    expect_towns_fault("town,persons,share\nA\xcc\x8a"
                       "rup,1,1\n",
                       "t.csv:2:2: town: ");
    expect_towns_fault("town,persons,share,size\nx,1,1,big\n",
                       "t.csv:2:7: size: \"big\" is not one of small|large");
}

Test(table, what_stands_twice_is_refused_at_the_later_row)
{
    expect_towns_fault("town,persons,share\nx,1,1\ny,1,1\nx,2,1\n",
                       "t.csv:4:1: town: \"x\" stands already in line 2");
    expect_towns_fault("town,persons,share,code\nx,1,1,5\ny,1,1,5\n",
                       "t.csv:3:7: code: \"5\" stands already in line 2");
    cr_expect_eq(load(&towns_spec, "town,persons,share,code\nx,1,1,\ny,1,1,\n", &towns), FLYT_OK,
                 "two cells that are not given are not the same code");
    cr_expect_eq(load(&homes_spec, "town,tenure,change\nx,owner,1\ny,owner,1\nx,owner,2\n", &homes),
                 FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 1);
    cr_expect_str_eq(diag.fault[0].text,
                     "t.csv:4:1: town, tenure: \"x, owner\" stands already in line 2");
}

Test(table, sums_past_32_bits_are_refused_where_they_pass)
{
    cr_expect_eq(load(&towns_spec, "town,persons,share\nx,4294967290,1\ny,4,1\n", &towns), FLYT_OK);
    expect_towns_fault("town,persons,share\nx,4294967290,1\ny,4,1\nz,1,1\n",
                       "t.csv:4:3: persons: the sum of the column passes 4294967294 in this row");
}

Test(table, unknown_names_get_the_nearest_known)
{
    cr_assert_eq(load(&towns_spec, "town,persons,share\nOdense,1,0\nNyborg,2,0\n", &towns), 0);
    cr_expect_eq(load(&homes_spec, "town,tenure,change\nNybrog,almen,0\n", &homes),
                 FLYT_ERR_SCENARIO);
    cr_expect_str_eq(diag.fault[0].text, "t.csv:2:1: town: \"Nybrog\" is not in the table towns "
                                         "(column town); did you mean \"Nyborg\"?");
    diag.lang = FLYT_DA;
    cr_expect_eq(load(&homes_spec, "town,tenure,change\nNybrog,almen,0\n", &homes),
                 FLYT_ERR_SCENARIO);
    cr_expect_str_eq(diag.fault[0].text, "t.csv:2:1: town: \"Nybrog\" findes ikke i tabellen towns "
                                         "(kolonnen town); mente du \"Nyborg\"?");
}

Test(table, references_to_a_broken_table_are_left_alone_and_to_an_absent_one_refused)
{
    const char *text = "town,tenure,change\nNyborg,almen,0\n";
    cr_assert_eq(load(&towns_spec, "town,persons\n", &towns), FLYT_ERR_SCENARIO);
    cr_expect_eq(load(&homes_spec, text, &homes), FLYT_OK, "the other file's fault is enough");
    towns.present = false;
    cr_expect_eq(load(&homes_spec, text, &homes), FLYT_ERR_SCENARIO);
    cr_expect_str_eq(diag.fault[0].text, "t.csv:1:1: the column \"town\" refers to the table "
                                         "towns, which is not given");
    cr_expect_eq(diag.n_faults, 1);
}

Test(table, all_faults_are_reported_at_once)
{
    cr_expect_eq(load(&towns_spec, "town,persons,share\nx,-1,2\ny,a,0\nx,1,1\n", &towns),
                 FLYT_ERR_SCENARIO);
    cr_expect_eq(diag.n_faults, 4);
}

Test(table, out_of_memory_is_said_at_every_size)
{
    uint32_t refused = 0;
    for (size_t kib = 0; kib < 4096; kib += 512) {
        flyt_arena_free(&arena);
        flyt_arena_init(&arena, 0);
        char *text = flyt_arena_take(&arena, (2 << 20) - 64, 1); /* a chunk without room left */
        size_t n = (size_t)sprintf(text, "town,persons,share\n");
        for (uint32_t i = 0; i < 10000; i++) {
            n += (size_t)sprintf(text + n, "t%u,1,1\n", i);
        }
        struct flyt_bytes bytes = {.path = "t.csv", .bytes = text, .n = n};
        arena.budget_bytes = arena.used_bytes + (kib << 10) + 1;
        enum flyt_status status =
            flyt_table_load(&towns_spec, &bytes, NULL, 0, &arena, &towns, &diag);
        cr_expect(status == FLYT_OK || status == FLYT_ERR_MEMORY);
        refused += status == FLYT_ERR_MEMORY;
    }
    cr_expect_gt(refused, 2);
    cr_expect_lt(refused, 8);
}

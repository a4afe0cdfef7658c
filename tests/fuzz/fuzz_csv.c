/* CSV from strangers: cells lie where they say, in rows of one length. */
#include "sim/csv.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct flyt_arena arena = {.budget_bytes = (size_t)1 << 28}; /* kept: faster */
    struct flyt_diag diag = {.lang = n % 2 == 0 ? FLYT_EN : FLYT_DA};
    struct flyt_csv csv;
    struct flyt_bytes file = {.path = "t.csv", .n = n};
    file.bytes = flyt_arena_copy(&arena, (const char *)bytes, n);
    FUZZ_CHECK(file.bytes != NULL);
    enum flyt_status status = flyt_csv_parse(&file, &arena, &csv, &diag);
    fuzz_check_faults(status, &diag);
    for (uint32_t row = 0; status == FLYT_OK && row < csv.n_rows; row++) {
        FUZZ_CHECK(csv.line[row] > (row == 0 ? csv.header_line : csv.line[row - 1]));
        for (uint32_t column = 0; column < csv.n_columns; column++) {
            const struct flyt_cell *cell = &csv.cell[(size_t)row * csv.n_columns + column];
            FUZZ_CHECK(strlen(cell->text) == cell->length);
            FUZZ_CHECK(column == 0 ? cell->column == 1 : cell->column > (cell - 1)->column);
            FUZZ_CHECK(flyt_text_utf8_fault(cell->text, cell->length) == cell->length);
        }
    }
    flyt_arena_empty(&arena);
    return 0;
}

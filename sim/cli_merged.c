#include "sim/cli_merged.h"

#include <string.h>

#include "output/h5.h"
#include "sim/text.h"

enum flyt_status flyt_cli_merged_open(struct flyt_cli *cli, struct flyt_merged *merged)
{
    return flyt_merge_open(cli->args[0], flyt_cli_result_room(), cli->arena, merged, cli->diag);
}

enum flyt_status flyt_cli_merged_number(struct flyt_cli *cli, const struct flyt_merged *merged,
                                        uint32_t *point)
{
    uint64_t number = 0;
    FLYT_TRY(flyt_cli_count(cli, "point", 0, merged->n_points - 1, &number));
    *point = (uint32_t)number;
    return FLYT_OK;
}

static enum flyt_status take_point(struct flyt_cli *cli, struct flyt_merged *merged,
                                   struct flyt_result *result)
{
    uint32_t point = 0;
    FLYT_TRY(flyt_cli_merged_open(cli, merged));
    if (!flyt_cli_given(cli, "point")) {
        char quoted[FLYT_QUOTE_SIZE];
        const char *path = cli->args[0];
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "%s is a merged sweep of the points 0 to %u: --point N takes one; "
                               "flyt export writes which is which to design.csv",
                               "%s er et samlet gennemløb med punkterne 0 til %u: --point N tager "
                               "ét; flyt export skriver i design.csv, hvad de er",
                               flyt_text_quote(quoted, path, strlen(path)), merged->n_points - 1);
    }
    FLYT_TRY(flyt_cli_merged_number(cli, merged, &point));
    return flyt_merge_point(merged, point, cli->arena, result);
}

enum flyt_status flyt_cli_merged_point(struct flyt_cli *cli, struct flyt_result *result)
{
    struct flyt_merged merged;
    if (flyt_h5_is_sweep(cli->args[0])) {
        enum flyt_status status = take_point(cli, &merged, result);
        flyt_merge_close(&merged);
        return status;
    }
    if (flyt_cli_given(cli, "point") && flyt_h5_is_result(cli->args[0])) {
        return flyt_diag_fault(cli->diag, FLYT_ERR_USAGE, (struct flyt_place){0},
                               "--point: the file is the result of one scenario, not a merged "
                               "sweep",
                               "--point: filen er resultatet af ét scenarie, ikke et samlet "
                               "gennemløb");
    }
    return flyt_cli_result(cli, result);
}

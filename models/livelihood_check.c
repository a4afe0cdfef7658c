/**
 * @file livelihood_check.c
 * @brief The full check of incomes, savings and the ledger. Declared in livelihood.h.
 */
#include "models/ledger.h"
#include "models/livelihood.h"

struct check_job {
    const struct flyt_world *world;
    struct flyt_ledger_sheet *sheet; /* [n_blocks] what the rows say */
    int64_t *savings;                /* [n_blocks] at the end of this month */
    uint64_t *wrong;                 /* [n_blocks] a uid whose row has not its income, 0: none */
};

static void check_household(struct check_job *job, uint32_t block, uint32_t household)
{
    const struct flyt_world *world = job->world;
    const struct flyt_household *row = &world->households.row[household];
    struct flyt_income income = flyt_livelihood_income(world, household);
    uint32_t tenure = world->sections.tenure[row->section];
    struct flyt_ledger_sheet *sheet = &job->sheet[block];
    if (row->gross_ore[0] != income.gross[0] || row->gross_ore[1] != income.gross[1] ||
        row->disposable_ore != income.disposable) {
        job->wrong[block] = world->households.uid[household];
    }
    sheet->amount[FLYT_ACCOUNT_wages][tenure] += income.wages;
    sheet->amount[FLYT_ACCOUNT_private_pensions][tenure] += income.private_pensions;
    sheet->amount[FLYT_ACCOUNT_unemployment_benefit][tenure] += income.unemployment_benefit;
    sheet->amount[FLYT_ACCOUNT_cash_benefit][tenure] += income.cash_benefit;
    sheet->amount[FLYT_ACCOUNT_study_grants][tenure] += income.study_grants;
    sheet->amount[FLYT_ACCOUNT_disability_pensions][tenure] += income.disability_pensions;
    sheet->amount[FLYT_ACCOUNT_state_pensions][tenure] += income.state_pensions;
    sheet->amount[FLYT_ACCOUNT_child_benefit][tenure] += income.child_benefit;
    sheet->amount[FLYT_ACCOUNT_labour_tax][tenure] += income.labour_tax;
    sheet->amount[FLYT_ACCOUNT_state_tax][tenure] += income.state_tax;
    sheet->amount[FLYT_ACCOUNT_municipal_tax][tenure] += income.municipal_tax;
    sheet->amount[FLYT_ACCOUNT_revenue_returned][tenure] += income.revenue_returned;
    sheet->amount[FLYT_ACCOUNT_saving][tenure] += income.saving;
    sheet->amount[FLYT_ACCOUNT_consumption][tenure] += income.disposable - income.saving;
    struct flyt_cost_flows flows = flyt_cost_flows(world, household, &income);
    flyt_ledger_add_housing(sheet, tenure, &flows, FLYT_LEDGER_in);
    job->savings[block] += flyt_livelihood_savings(world, household) + income.saving;
}

static void check_block(void *job_, uint32_t block)
{
    struct check_job *job = job_;
    const struct flyt_world *world = job->world;
    for (uint32_t i = flyt_world_first(world, block); i < flyt_world_end(world, block); i++) {
        if (world->households.uid[i] != 0) {
            check_household(job, block, i);
        }
    }
}

static enum flyt_status broken(const struct flyt_world *world, const char *en, const char *da,
                               uint64_t who)
{
    return flyt_diag_fault(
        world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
        "internal error in month %u of replicate %u: %s%.0s (%llu); please report it",
        "intern fejl i måned %u af gentagelse %u: %.0s%s (%llu); meld den venligst", world->month,
        world->key.replicate, en, da, (unsigned long long)who);
}

enum flyt_status flyt_livelihood_check(const struct flyt_world *world)
{
    uint32_t n_blocks = world->par.n_blocks;
    struct check_job job = {world,
                            FLYT_ARENA_ZERO(world->step_arena, struct flyt_ledger_sheet, n_blocks),
                            FLYT_ARENA_ZERO(world->step_arena, int64_t, n_blocks),
                            FLYT_ARENA_ZERO(world->step_arena, uint64_t, n_blocks)};
    if (job.sheet == NULL || job.savings == NULL || job.wrong == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_blocks(&world->par, check_block, &job);
    struct flyt_ledger_sheet rates = flyt_ledger_rates(world);
    int64_t savings = 0;
    for (uint32_t block = 0; block < n_blocks; block++) {
        if (job.wrong[block] != 0) {
            return broken(world, "a household's income is not what the law gives",
                          "en husstands indkomst er ikke, hvad loven giver", job.wrong[block]);
        }
        savings += job.savings[block];
        for (uint32_t i = 0; i < FLYT_N_ACCOUNTS * FLYT_N_TENURES; i++) {
            uint32_t a = i / FLYT_N_TENURES, t = i % FLYT_N_TENURES;
            rates.amount[a][t] -= job.sheet[block].amount[a][t];
        }
    }
    for (uint32_t i = 0; i < FLYT_N_ACCOUNTS * FLYT_N_TENURES; i++) {
        if (rates.amount[i / FLYT_N_TENURES][i % FLYT_N_TENURES] != 0) {
            return broken(world, "an account of the ledger is not the sum of the households",
                          "en konto i regnskabet er ikke summen af husstandene",
                          i / FLYT_N_TENURES);
        }
    }
    if (savings != world->ledger->savings_ore) {
        return broken(world, "households' savings are not what the banks hold",
                      "husstandenes opsparing er ikke, hvad bankerne har",
                      (uint64_t)world->ledger->savings_ore);
    }
    return FLYT_OK;
}

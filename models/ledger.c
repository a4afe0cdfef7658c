#include "models/ledger.h"

#include <string.h>

const struct flyt_ledger_party flyt_ledger_parties[FLYT_N_PARTIES] = {
#define X(name, en, da) {#name, en, da},
    FLYT_LEDGER_PARTIES(X)
#undef X
};

const struct flyt_ledger_account flyt_ledger_accounts[FLYT_N_ACCOUNTS] = {
#define X(name, payer, receiver, en, da) {#name, FLYT_PARTY_##payer, FLYT_PARTY_##receiver, en, da},
    FLYT_LEDGER_ACCOUNTS(X)
#undef X
};

enum flyt_status flyt_ledger_create(struct flyt_world *world)
{
    uint32_t n = world->par.n_blocks + world->sections.n;
    struct flyt_ledger *ledger = FLYT_ARENA_ZERO(world->run_arena, struct flyt_ledger, 1);
    if (ledger == NULL) {
        return FLYT_ERR_MEMORY;
    }
    ledger->n_desks = n;
    ledger->rate = FLYT_ARENA_ZERO(world->run_arena, struct flyt_ledger_sheet, n);
    ledger->once = FLYT_ARENA_ZERO(world->run_arena, struct flyt_ledger_sheet, n);
    world->ledger = ledger;
    return ledger->rate == NULL || ledger->once == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
}

void flyt_ledger_book(struct flyt_world *world, uint32_t desk, const struct flyt_household *row,
                      const struct flyt_income *income, enum flyt_ledger_side side)
{
    uint32_t tenure = world->sections.tenure[row->section];
    int64_t sign = side;
    struct flyt_ledger_sheet *rate = &world->ledger->rate[desk];
#define BOOK(name) rate->amount[FLYT_ACCOUNT_##name][tenure] += sign * income->name
    BOOK(wages);
    BOOK(private_pensions);
    BOOK(unemployment_benefit);
    BOOK(cash_benefit);
    BOOK(study_grants);
    BOOK(disability_pensions);
    BOOK(state_pensions);
    BOOK(child_benefit);
    BOOK(labour_tax);
    BOOK(state_tax);
    BOOK(municipal_tax);
    BOOK(revenue_returned);
    BOOK(saving);
#undef BOOK
    rate->amount[FLYT_ACCOUNT_consumption][tenure] +=
        sign * ((int64_t)row->disposable_ore - income->saving);
}

void flyt_ledger_add_housing(struct flyt_ledger_sheet *sheet, uint32_t tenure,
                             const struct flyt_cost_flows *flows, enum flyt_ledger_side side)
{
    int64_t sign = side;
#define X(name, ...) sheet->amount[FLYT_ACCOUNT_##name][tenure] += sign * flows->name;
    FLYT_LEDGER_HOUSING(X)
#undef X
    sheet->amount[FLYT_ACCOUNT_rent_returned][tenure] += sign * flows->rent_returned;
    sheet->amount[FLYT_ACCOUNT_rent_lowered][tenure] += sign * flows->rent_lowered;
    sheet->amount[FLYT_ACCOUNT_upkeep_spared][tenure] += sign * flows->upkeep_spared;
    sheet->amount[FLYT_ACCOUNT_consumption][tenure] -= sign * flyt_cost_net(flows);
}

void flyt_ledger_pay(struct flyt_world *world, uint32_t desk, enum flyt_account account,
                     uint32_t tenure, int64_t amount_ore)
{
    world->ledger->once[desk].amount[account][tenure] += amount_ore;
}

enum flyt_status flyt_ledger_extend(struct flyt_world *world,
                                    const struct flyt_ledger_account *account, uint32_t n,
                                    uint32_t *first)
{
    *first = 0;
    if (n == 0) {
        return FLYT_OK;
    }
    struct flyt_ledger_more *more = &world->ledger->more, old = *more;
    *first = old.n;
    more->n = old.n + n;
    more->account = FLYT_ARENA_ZERO(world->run_arena, struct flyt_ledger_account, more->n);
    more->once = FLYT_ARENA_ZERO(world->run_arena, struct flyt_ledger_line, more->n);
    more->month = FLYT_ARENA_ZERO(world->run_arena, struct flyt_ledger_line, more->n);
    if (more->account == NULL || more->once == NULL || more->month == NULL) {
        return FLYT_ERR_MEMORY;
    }
    for (uint32_t a = 0; a < more->n; a++) {
        more->account[a] = a < old.n ? old.account[a] : account[a - old.n];
    }
    return FLYT_OK;
}

void flyt_ledger_pay_more(struct flyt_world *world, uint32_t account, uint32_t tenure,
                          int64_t amount_ore)
{
    world->ledger->more.once[account].amount[tenure] += amount_ore;
}

void flyt_ledger_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_ledger *ledger = world->ledger;
    FLYT_ARCHIVE_ARRAY(archive, "ledger.rate", ledger->rate, ledger->n_desks);
    FLYT_ARCHIVE_VALUE(archive, "ledger.month", ledger->month);
    FLYT_ARCHIVE_VALUE(archive, "ledger.savings_ore", ledger->savings_ore);
    FLYT_ARCHIVE_ARRAY(archive, "ledger.more.month", ledger->more.month, ledger->more.n);
    if (flyt_archive_reads(archive)) { /* those of the start were paid in month 0 */
        memset(ledger->once, 0, ledger->n_desks * sizeof *ledger->once);
        for (size_t i = 0; i < ledger->more.n; i++) {
            ledger->more.once[i] = (struct flyt_ledger_line){0};
        }
    }
}

void flyt_ledger_reset(struct flyt_world *world)
{
    memset(world->ledger->rate, 0, world->ledger->n_desks * sizeof *world->ledger->rate);
}

static void add(struct flyt_ledger_sheet *sum, const struct flyt_ledger_sheet *sheet)
{
    for (uint32_t a = 0; a < FLYT_N_ACCOUNTS; a++) {
        for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
            sum->amount[a][t] += sheet->amount[a][t];
        }
    }
}

struct flyt_ledger_sheet flyt_ledger_rates(const struct flyt_world *world)
{
    struct flyt_ledger_sheet sum = {{{0}}};
    for (uint32_t desk = 0; desk < world->ledger->n_desks; desk++) {
        add(&sum, &world->ledger->rate[desk]);
    }
    return sum;
}

enum flyt_status flyt_ledger_close(struct flyt_world *world)
{
    struct flyt_ledger *ledger = world->ledger;
    ledger->month = flyt_ledger_rates(world);
    for (uint32_t desk = 0; desk < ledger->n_desks; desk++) {
        add(&ledger->month, &ledger->once[desk]);
    }
    memset(ledger->once, 0, ledger->n_desks * sizeof *ledger->once);
    for (uint32_t a = 0; a < ledger->more.n; a++) {
        ledger->more.month[a] = ledger->more.once[a];
        ledger->more.once[a] = (struct flyt_ledger_line){{0}};
    }
    ledger->savings_ore += flyt_ledger_net(ledger, FLYT_PARTY_banks);
    return flyt_ledger_check(world);
}

/** What an account adds to what a party received less what it paid. */
static int64_t signed_for(const struct flyt_ledger_account *account, enum flyt_party party,
                          int64_t amount)
{
    return (account->receiver == party ? amount : 0) - (account->payer == party ? amount : 0);
}

enum flyt_status flyt_ledger_check(const struct flyt_world *world)
{
    const struct flyt_ledger *ledger = world->ledger;
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        int64_t net = 0;
        for (uint32_t a = 0; a < FLYT_N_ACCOUNTS; a++) {
            net += signed_for(&flyt_ledger_accounts[a], FLYT_PARTY_households,
                              ledger->month.amount[a][t]);
        }
        for (uint32_t a = 0; a < ledger->more.n; a++) {
            net += signed_for(&ledger->more.account[a], FLYT_PARTY_households,
                              ledger->more.month[a].amount[t]);
        }
        if (net != 0) {
            return flyt_diag_fault(
                world->diag, FLYT_ERR_INVARIANT, (struct flyt_place){0},
                "internal error in month %u of replicate %u: the ledger of tenure %u is out by "
                "%lld øre; please report it",
                "intern fejl i måned %u af gentagelse %u: regnskabet for ejerform %u er %lld øre "
                "ved siden af; meld den venligst",
                world->month, world->key.replicate, t, (long long)net);
        }
    }
    return FLYT_OK;
}

int64_t flyt_ledger_total(const struct flyt_ledger *ledger, enum flyt_account account)
{
    int64_t sum = 0;
    for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
        sum += ledger->month.amount[account][t];
    }
    return sum;
}

int64_t flyt_ledger_net(const struct flyt_ledger *ledger, enum flyt_party party)
{
    int64_t net = 0;
    for (uint32_t a = 0; a < FLYT_N_ACCOUNTS; a++) {
        net += signed_for(&flyt_ledger_accounts[a], party, flyt_ledger_total(ledger, a));
    }
    for (uint32_t a = 0; a < ledger->more.n; a++) {
        for (uint32_t t = 0; t < FLYT_N_TENURES; t++) {
            net += signed_for(&ledger->more.account[a], party, ledger->more.month[a].amount[t]);
        }
    }
    return net;
}

/* ---- output ---------------------------------------------------------------------------------- */

#define X(name, payer, receiver, en, da)                                                           \
    void flyt_ledger_record_##name(const void *world_, void *row)                                  \
    {                                                                                              \
        const struct flyt_world *world = world_;                                                   \
        memcpy(row, world->ledger->month.amount[FLYT_ACCOUNT_##name],                              \
               FLYT_N_TENURES * sizeof(int64_t));                                                  \
    }
FLYT_LEDGER_ACCOUNTS(X)
#undef X

void flyt_ledger_record_savings_held(const void *world_, void *row)
{
    const struct flyt_world *world = world_;
    *(int64_t *)row = world->ledger->savings_ore;
}

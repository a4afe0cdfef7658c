/**
 * @file policy.h
 * @brief What a housing policy is to the model: its parameters, its scope and where it is asked.
 *
 * One file per policy in models/policies/; the build collects them in order of name. A scenario's
 * `policies:` says which are in force, from when to when, where, and with which parameters. A
 * policy that is absent, or has intensity 0, is never asked, so that the bits are those of a run
 * without it.
 *
 * Several policies on one question, in name order: permissions AND, rates and priorities multiply.
 *
 * A policy that has been in force goes on being asked what it began once it is at an end: `year`,
 * `month` and `rates` then come with intensity 0, so that a programme runs out and what it pays is
 * paid.
 *
 * A policy says `.sleeps = true` in its spec when it leaves no trace before its first year: `open`
 * and what `check` looks at touch its own memory alone, and no other file asks whether the policy
 * is there. Runs with and without it then share all that comes before; else each is made from the
 * start. tests/cli/compare_arms.sh compares both.
 *
 * A hook has a caller, named beside it; a new question comes with the code that asks it.
 *
 * Money: a policy names its accounts in a table X(name, payer, receiver, English, Danish) and gets
 * an output variable ledger_NAME of each with FLYT_POLICY_ACCOUNT_SERIES. What is paid to or by
 * households is balanced by what they consume.
 *
 * A policy's random streams are lines `FLYT_POLICY_STREAM(name, "what is drawn with it")` in its
 * file; the build gathers them with sim/streams.def.
 */
#ifndef FLYT_POLICY_H
#define FLYT_POLICY_H

#include "flyt_streams.h"
#include "models/ledger.h"
#include "sim/scenario.h"
#include "sim/world.h"

#define FLYT_POLICY_STREAM(name, what)                                                             \
    _Static_assert(FLYT_STREAM_##name >= 0, "random stream of a policy: " what)

struct flyt_letting_rules; /* models/letting.h */
struct flyt_policy_state;

/** What every policy may be limited to; a scenario that names none means all. */
enum flyt_scope {
    FLYT_SCOPE_municipalities,
    FLYT_SCOPE_organisations,
    FLYT_SCOPE_areas,
    FLYT_SCOPE_sections,
    FLYT_N_SCOPES
};
extern const struct flyt_policy_scope flyt_policies_scopes[FLYT_N_SCOPES];

/** A policy's turn to act: how much of it is in force, in (0, 1]. Serial code. */
struct flyt_policy_ask {
    struct flyt_world *world;
    struct flyt_policy_state *policy;
    double intensity;
};

/** A question put to a policy, also from parallel code: it looks and answers. */
struct flyt_policy_question {
    const struct flyt_world *world;
    const struct flyt_policy_state *policy;
    double intensity;
};

/** What policies do to a household's monthly odds: factors, 1 where they do nothing. */
struct flyt_policy_rates {
    double to_work, to_study;           /* of adults on unemployment or cash benefit */
    double case_closes, language_rises; /* of the household */
};

/** Programmes a household can take part in, one at a time: `programme` of its cold row, which stays
 *  after the end until another begins (flyt_policies_is_free()). */
enum flyt_programme {
    FLYT_PROGRAMME_none,
    FLYT_PROGRAMME_lift,
    FLYT_PROGRAMME_chance,    /* second chance taken; support until programme_end */
    FLYT_PROGRAMME_reception, /* assigned by steering; support until programme_end */
    FLYT_PROGRAMME_welcome,   /* resourceful newcomer of steering; support until programme_end */
    FLYT_PROGRAMME_refused,   /* second chance refused; not asked again before programme_end, or
                                 before the end of a programme that began since */
    FLYT_N_PROGRAMMES
};

/** What is asked in rent of an almen home. */
struct flyt_policy_rent {
    double asked;  /* share of the section's rent */
    double spared; /* of what is asked less: running costs that the organisation is spared */
};

typedef bool flyt_policy_law(const struct flyt_policy_ask *ask);
typedef enum flyt_status flyt_policy_act(const struct flyt_policy_ask *ask);
typedef bool flyt_policy_may(const struct flyt_policy_question *question, uint32_t household,
                             uint32_t section);
typedef bool flyt_policy_may_take(const struct flyt_policy_question *question, uint32_t household,
                                  uint32_t dwelling);

struct flyt_policy_hooks {
    /** January, before anything is made of the year's law: may edit world->housing->this_year,
     *  which the scenario has just filled. True: it did. */
    flyt_policy_law *year;
    /** Before the first month: takes arrays of numbers of its own from the run's arena, into `own`.
     *  Checkpoints keep them and `own` without being told. */
    flyt_policy_act *open;
    flyt_policy_act *month; /* the phase `policies`, after livelihood */
    /** letting.c, before a month's vacancies are numbered: holds homes back and gives them away
     *  (letting_shelf.h). Pools queues and capacity of members. */
    flyt_policy_act *assign;
    /** livelihood.c: multiplies what it changes. Who lets a household's factors rise renews its
     *  bound with flyt_livelihood_refresh_bound(); it stands until December. */
    void (*rates)(const struct flyt_policy_question *question, uint32_t household,
                  struct flyt_policy_rates *rates);
    void (*letting_rules)(const struct flyt_policy_question *question, uint32_t section,
                          struct flyt_letting_rules *rules); /* letting_law.c, once a month */
    bool rules_anywhere;         /* letting_rules is asked outside the policy's places too */
    flyt_policy_may *may_assign; /* letting_offer.c: the municipality offers a claimed home */
    /** Asked of what it once began, also at an end; choice.c: may take this almen home. */
    flyt_policy_may_take *may_take;
    /** letting.c, letting_offer.c: a home that the municipality may not claim or assign, and that
     *  residents are offered first. Asked as may_take. */
    bool (*set_aside)(const struct flyt_policy_question *question, uint32_t dwelling);
    /** cost.c, choice.c: multiplies `asked`. Asked as may_take. The ledger keeps it as a rate:
     * while somebody lives in the home it changes in January alone. */
    void (*rent)(const struct flyt_policy_question *question, uint32_t dwelling,
                 struct flyt_policy_rent *rent);
    /** sale.c: what a household is paid by its organisation when it leaves its home, øre. Asked as
     *  may_take. */
    int64_t (*repays)(const struct flyt_policy_question *question, uint32_t household);
    /** sale.c: a household that still lives in its home pays tax on the gain, øre. Asked as
     * may_take; it counts at the desk (ledger.h) and nowhere else. */
    void (*taxed)(const struct flyt_policy_question *question, uint32_t desk, uint32_t household,
                  int64_t tax_ore);
    flyt_policy_act *closed; /* after the month's books were closed: counts what was paid */
    /** output/track.c, after a month: the area where the policy has reached the household (taken it
     *  in, moved it, begun its share); FLYT_NONE: it has not. Asked as may_take. */
    uint32_t (*reached)(const struct flyt_policy_question *question, uint32_t household);
    /** After a month, in checks: what must hold of what it did. FLYT_ERR_INVARIANT with a fault. */
    enum flyt_status (*check)(const struct flyt_policy_question *question);
};

#define FLYT_POLICY_PARAMS_MOST 1024 /* bytes of a policy's parameters; a test holds it */

/** Values of a policy's parameters in a year, to be checked against each other. */
struct flyt_policy_values {
    const struct flyt_scenario *scenario;
    const struct flyt_scenario_policy *given;
    const void *params; /* the spec's struct */
    struct flyt_diag *diag;
};

struct flyt_policy {
    struct flyt_policy_spec spec; /* sim/model.h: name, texts, parameters, scopes, series */
    /** Refuses values that contradict each other, one message: flyt_policies_place(). NULL: none
     *  can. */
    enum flyt_status (*check)(const struct flyt_policy_values *values);
    struct flyt_policy_hooks hooks;
    const struct flyt_ledger_account *account; /* its own */
    uint32_t n_accounts;
    size_t own_size;                     /* bytes of `own`, zero at the start */
    const char *reached_en, *reached_da; /* whom `reached` tells of; NULL: it tells of nobody */
};

/** A policy in a world. */
struct flyt_policy_state {
    const struct flyt_policy *policy;
    const struct flyt_scenario_policy *given;
    void *params;     /* the spec's struct, of this year */
    double intensity; /* of this month */
    bool begun;       /* has been in force */
    bool *covers;     /* [n_sections] */
    uint8_t **named;  /* [scope][row of its table], NULL: the scenario does not name any */
    void *own;        /* what the policy keeps from month to month */
    struct flyt_arena_mark taken[2]; /* before and after `open` took memory */
    uint32_t first_account;          /* of its own, in ledger->more */
};

struct flyt_policies {
    struct flyt_policy_state *state; /* [n] of the policies the scenario names, in name order */
    uint32_t n;
    uint64_t *followed; /* a bit for each row where a programme ever began; NULL: no policies */
};

/** All policies in name order, NULL-terminated; written by the build. */
extern const struct flyt_policy *const flyt_policies_known[];
/** Their descriptors, for the model's. */
extern const struct flyt_policy_spec *const flyt_policies_specs[];

/** @brief Checks each policy that is on, all years of the scenario; one message a policy at most.
 */
void flyt_policies_check_values(const struct flyt_scenario *scenario, struct flyt_diag *diag);

/** @brief Where a parameter was given: the first of these, with a space between, that was; where
 *         the policy was, if all have their defaults. */
struct flyt_place flyt_policies_place(const struct flyt_policy_values *values, const char *names);

/** @brief Takes the policies the scenario names. Memory: the run's arena. */
FLYT_NODISCARD enum flyt_status flyt_policies_create(struct flyt_world *world,
                                                     const struct flyt_scenario *scenario);

/** @brief The model's `become`: the world goes on with the scenario, and its policies that are off
 *         there are off. */
void flyt_policies_become(void *world, const struct flyt_scenario *scenario);

/** @brief Walks what policies keep: `own` but for its pointers, and what `open` took. */
void flyt_policies_archive(struct flyt_world *world, struct flyt_archive *archive);

/** @brief First thing of a month: intensities and, in January, parameters and law of the year.
 *  @return whether a policy changed the law. */
bool flyt_policies_begin(struct flyt_world *world);

/** @brief A policy of this world; NULL: the scenario does not name it. */
struct flyt_policy_state *flyt_policies_find(const struct flyt_world *world,
                                             const struct flyt_policy *policy);

/** @brief What a policy keeps from month to month; NULL: the scenario does not name it. */
void *flyt_policies_own(const struct flyt_world *world, const struct flyt_policy *policy);

/** @brief Whether a household takes part in a programme that has not ended. */
bool flyt_policies_takes_part(const struct flyt_world *world, uint32_t household,
                              enum flyt_programme programme);

/** @brief Whether a household can begin a programme: it is in none, and took part in none that is
 *         followed and offered once, a lift or a second chance. A refusal is no programme. */
bool flyt_policies_is_free(const struct flyt_world *world, uint32_t household);

/**
 * @brief A household begins a programme, or one that is told apart from none in the same way.
 * @param area  where it is reached: flyt_policies_programme_area().  @param end  last month.
 * Also of one from outside. Threads: serial code.
 */
void flyt_policies_enrol(struct flyt_world *world, uint32_t household,
                         enum flyt_programme programme, uint32_t area, int32_t end);

/** @brief A household that may take part in a programme has got its row. */
void flyt_policies_arrived(struct flyt_world *world, uint32_t household);

/** @brief First row from `from` on whose household may have begun a programme; FLYT_NONE: there is
 *         no further one. Spares a look at all rows: only some of many ever do. */
uint32_t flyt_policies_next_followed(const struct flyt_world *world, uint32_t from);

/** Runs a statement for each household `i` that may have begun a programme, in row order. */
#define FLYT_EACH_FOLLOWED(world, i)                                                               \
    for (uint32_t i = flyt_policies_next_followed(world, 0); i != FLYT_NONE;                       \
         i = flyt_policies_next_followed(world, i + 1))

/** @brief Takes the marks of rows that are followed; walks them; none is missing. */
FLYT_NODISCARD enum flyt_status flyt_policies_follow_create(struct flyt_world *world);
void flyt_policies_follow_archive(struct flyt_world *world, struct flyt_archive *archive);
FLYT_NODISCARD enum flyt_status flyt_policies_follow_check(const struct flyt_world *world);

/** @brief Kroner as whole øre; not negative. */
int64_t flyt_policies_ore(double dkk);

/** @brief The phase `policies`. */
FLYT_NODISCARD enum flyt_status flyt_policies_step(struct flyt_world *world);

/** @brief What all policies together do to a household's monthly odds. */
struct flyt_policy_rates flyt_policies_rates(const struct flyt_world *world, uint32_t household);

/** @brief Pays a policy's own account, øre: households spend what they get and spare what they
 *         pay. @param account  index in the policy's table.  @param tenure  of the household it is
 *         about. Threads: serial code. */
void flyt_policies_pay(const struct flyt_policy_ask *ask, uint32_t account, uint32_t tenure,
                       int64_t amount_ore);

/** @brief Records a policy's own account by tenure; zeros where the policy is not in the world. */
void flyt_policies_record_account(const void *world, const struct flyt_policy *policy,
                                  uint32_t account, void *row);

/** The descriptor of an account, and the output variable that goes with it; `record` is a function
 *  of the policy's that calls flyt_policies_record_account(). */
#define FLYT_POLICY_ACCOUNT(name, payer, receiver, en, da)                                         \
    {#name, FLYT_PARTY_##payer, FLYT_PARTY_##receiver, en, da},
#define FLYT_POLICY_ACCOUNT_SERIES(account, payer, receiver, en_, da_, policy_, record_)           \
    {                                                                                              \
        .name = "ledger_" #account, .unit = "0.01 DKK", .type = FLYT_SERIES_count,                 \
        .kind = FLYT_SERIES_flow, .period = FLYT_SERIES_monthly, .n_dims = 1,                      \
        .dim = {FLYT_DIM_tenure}, .en = en_, .da = da_,                                            \
        .how = "paid by " #payer " to " #receiver ", by the tenure of the household",              \
        .policy = policy_, .record = record_                                                       \
    }

/** For tables X(name, …): functions record_NAME of an account, and of a count of the policy's that
 *  lies in `counts` of its `own`, a struct `own_`. */
#define FLYT_POLICY_RECORD_ACCOUNT(policy, name)                                                   \
    static void record_##name(const void *world, void *row)                                        \
    {                                                                                              \
        flyt_policies_record_account(world, &(policy), name, row);                                 \
    }
#define FLYT_POLICY_RECORD_COUNT(policy, own_, name_)                                              \
    static void record_##name_(const void *world, void *row)                                       \
    {                                                                                              \
        const struct own_ *own = flyt_policies_own(world, &(policy));                              \
        *(int64_t *)row = own == NULL ? 0 : own->counts.name_;                                     \
    }

/** The output variable of such a count, one number a month. */
#define FLYT_POLICY_COUNT_SERIES(name_, unit_, kind_, en_, da_, how_, policy_)                     \
    {                                                                                              \
        .name = #name_, .unit = unit_, .type = FLYT_SERIES_count, .kind = FLYT_SERIES_##kind_,     \
        .period = FLYT_SERIES_monthly, .en = en_, .da = da_, .how = how_, .policy = policy_,       \
        .record = record_##name_                                                                   \
    }

/** @brief Tells policies of a tax on a gain, øre. Threads: the work whose desk it is. */
void flyt_policies_taxed(const struct flyt_world *world, uint32_t desk, uint32_t household,
                         int64_t tax_ore);

/** @brief After flyt_ledger_close(): policies count what was paid. */
FLYT_NODISCARD enum flyt_status flyt_policies_close(struct flyt_world *world);

/** @brief Homes that policies hold back and give away this month. */
FLYT_NODISCARD enum flyt_status flyt_policies_assign(struct flyt_world *world);

/** @brief After a month: homes held back were given once, and what each policy says must hold. */
FLYT_NODISCARD enum flyt_status flyt_policies_check(const struct flyt_world *world);

/** @brief Rules of letting in a section, as all policies together leave them. */
void flyt_policies_letting_rules(const struct flyt_world *world, uint32_t section,
                                 struct flyt_letting_rules *rules);

/** @brief Whether every policy allows assigning the household to the section. */
bool flyt_policies_may_assign(const struct flyt_world *world, uint32_t household, uint32_t section);

/** @brief Whether every policy lets the household take the almen home. Threads: any. */
bool flyt_policies_may_take(const struct flyt_world *world, uint32_t household, uint32_t dwelling);

/** @brief Whether a policy has set the almen home aside for residents: nobody is assigned to it. */
bool flyt_policies_set_aside(const struct flyt_world *world, uint32_t dwelling);

/** @brief What all policies together ask in rent of the almen home. Threads: any. */
struct flyt_policy_rent flyt_policies_rent(const struct flyt_world *world, uint32_t dwelling);

/** @brief The area where a policy has reached the household, FLYT_NONE: it has not, or never does.
 *         Threads: any. */
uint32_t flyt_policies_reached(const struct flyt_world *world,
                               const struct flyt_policy_state *state, uint32_t household);

/** @brief Where the programme that a household takes or took part in reached it; FLYT_NONE: it is
 *         another programme, or none. */
uint32_t flyt_policies_programme_area(const struct flyt_world *world, uint32_t household,
                                      enum flyt_programme programme);

/** @brief What all policies together pay a household that leaves its own home, øre. */
int64_t flyt_policies_repay(const struct flyt_world *world, uint32_t household);

/** @brief Share of a policy in force in a month: 0 before `from` and after `to`, rising evenly over
 *         `ramp` years. @param month  calendar month. */
double flyt_policies_intensity(const struct flyt_scenario_policy *given, int16_t month);

#endif

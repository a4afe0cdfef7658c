#include "models/social.h"

static const int32_t age_from[FLYT_CONVICTION_AGES] = {0, 20, 25, 30, 40, 50, 65};

static uint32_t age_band(int16_t born, int32_t calendar)
{
    uint32_t band = FLYT_CONVICTION_AGES - 1;
    while (calendar - born < age_from[band] * 12) {
        band--;
    }
    return band;
}

/* ---- tables --------------------------------------------------------------------------------- */

static void prepare_convictions(const struct flyt_social_params *params,
                                struct flyt_social_table *table)
{
    const double age[FLYT_CONVICTION_AGES] = {params->men_18, params->men_20, params->men_25,
                                              params->men_30, params->men_40, params->men_50,
                                              params->men_65};
    const double education[FLYT_N_EDUCATIONS] = {
        params->convicted_basic, params->convicted_vocational, params->convicted_higher};
    double work[FLYT_N_WORKS];
    for (uint32_t i = 0; i < FLYT_N_WORKS; i++) {
        work[i] = 1.0;
    }
    work[FLYT_WORK_employed] = params->convicted_employed;
    work[FLYT_WORK_benefit] = params->convicted_benefit;
    work[FLYT_WORK_student] = params->convicted_student;
    work[FLYT_WORK_disability] = params->convicted_disability;
    for (uint32_t sex = 0; sex < 2; sex++) {
        double level = params->convicted_scale / 12.0 *
                       (sex == FLYT_SEX_woman ? params->convicted_women : 1.0);
        for (uint32_t a = 0; a < FLYT_CONVICTION_AGES; a++) {
            for (uint32_t i = 0; i < FLYT_N_EDUCATIONS * FLYT_N_WORKS; i++) {
                uint32_t e = i / FLYT_N_WORKS, w = i % FLYT_N_WORKS;
                double x = level * age[a] * education[e] * work[w];
                table->conviction[sex][a][e][w][0] = x;
                table->conviction[sex][a][e][w][1] = x * params->convicted_nonwestern;
            }
        }
    }
    table->again = params->convicted_again;
    table->with_case = params->convicted_case;
}

void flyt_social_prepare(const struct flyt_social_params *params, struct flyt_social_table *table)
{
    prepare_convictions(params, table);
    for (uint32_t i = 0; i < 8; i++) {
        uint32_t support = i >> 2, single_parent = i >> 1 & 1, basic = i & 1;
        table->opens[support][single_parent][basic] =
            (support ? params->open_benefit : params->open) / 12.0 *
            (single_parent ? params->open_single_parent : 1.0) * (basic ? params->open_basic : 1.0);
    }
    for (uint32_t cases = 0; cases <= FLYT_CASES_MOST; cases++) {
        table->closes[cases][0] = cases * params->close / 12.0;
        table->closes[cases][1] = table->closes[cases][0] * params->close_work;
    }
    table->rises[0][0] = params->language_0 / 12.0;
    table->rises[0][1] = params->language_0_work / 12.0;
    table->rises[1][0] = params->language_1 / 12.0;
    table->rises[1][1] = params->language_1_work / 12.0;
    table->rises[2][0] = table->rises[2][1] = 0.0;
}

/* ---- odds of one household ------------------------------------------------------------------ */

static bool is_single_parent(const struct flyt_household *row, int16_t calendar)
{
    return flyt_people_adults(row) == 1 && flyt_people_children(row, calendar) > 0;
}

/** What the adults of a household do, together. */
struct doing {
    bool works, studies, needs_support, only_basic;
};

static struct doing doing_of(const struct flyt_household *row)
{
    struct doing doing = {.only_basic = true};
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        struct flyt_adult adult = flyt_people_adult(row, i);
        if (adult.born != FLYT_NO_MONTH) {
            doing.works |= adult.work == FLYT_WORK_employed;
            doing.studies |= adult.work == FLYT_WORK_student;
            doing.needs_support |=
                adult.work == FLYT_WORK_benefit || adult.work == FLYT_WORK_disability;
            doing.only_basic &= adult.education == FLYT_EDUCATION_basic;
        }
    }
    return doing;
}

/** Odds of a conviction in month `calendar`, by age alone; `again`, with_case come on top. */
static double conviction(const struct flyt_social_table *table, struct flyt_adult adult,
                         uint32_t origin, int32_t calendar)
{
    return table->conviction[adult.sex][age_band(adult.born, calendar)][adult.education][adult.work]
                            [origin == FLYT_ORIGIN_nonwestern];
}

static bool is_first(const struct flyt_household *row, uint32_t which)
{
    return which == (row->born[0] != FLYT_NO_MONTH ? 0 : 1);
}

static bool convicted_within_a_year(const struct flyt_household_cold *cold, uint32_t which,
                                    int16_t calendar)
{
    return cold->convicted[which] != FLYT_NO_MONTH && calendar - cold->convicted[which] < 12;
}

/** Odds of the household's own events; `single_parent` since time may end that. */
static void household_odds(const struct flyt_social_table *table, const struct flyt_household *row,
                           struct flyt_background background, bool single_parent,
                           double x[FLYT_N_SOCIAL_EVENTS])
{
    struct doing doing = doing_of(row);
    bool busy = doing.works || (doing.studies && background.language == 0);
    if (background.cases < FLYT_CASES_MOST) {
        x[FLYT_SOCIAL_case_opens] =
            table->opens[doing.needs_support][single_parent][doing.only_basic];
    }
    x[FLYT_SOCIAL_case_closes] = table->closes[background.cases][doing.works];
    x[FLYT_SOCIAL_language_rises] = table->rises[background.language][busy];
}

struct flyt_social_chances flyt_social_chances(const struct flyt_social_table *table,
                                               const struct flyt_household *row,
                                               const struct flyt_household_cold *cold,
                                               uint32_t which, int16_t calendar)
{
    struct flyt_background background = flyt_people_background(row);
    struct flyt_social_chances chances = {.sum = 0.0};
    double x[FLYT_N_SOCIAL_EVENTS] = {0.0};
    x[FLYT_SOCIAL_conviction] =
        conviction(table, flyt_people_adult(row, which), background.origin, calendar) *
        (convicted_within_a_year(cold, which, calendar) ? table->again : 1.0) *
        (background.cases > 0 ? table->with_case : 1.0);
    if (is_first(row, which)) {
        bool single_parent = is_single_parent(row, calendar);
        household_odds(table, row, background, single_parent, x);
    }
    for (uint32_t i = 0; i < FLYT_N_SOCIAL_EVENTS; i++) {
        chances.event[i] = x[i] / (1.0 + x[i]);
        chances.sum += chances.event[i];
    }
    return chances;
}

double flyt_social_bound(const struct flyt_social_table *table, const struct flyt_household *row,
                         const struct flyt_household_cold *cold, uint32_t which, int16_t calendar,
                         int16_t ahead)
{
    struct flyt_background background = flyt_people_background(row);
    struct flyt_adult adult = flyt_people_adult(row, which);
    double now = conviction(table, adult, background.origin, calendar);
    double then = conviction(table, adult, background.origin, calendar + ahead);
    double x[FLYT_N_SOCIAL_EVENTS] = {0.0};
    now = now > then ? now : then;
    if (convicted_within_a_year(cold, which, calendar)) {
        now *= table->again > 1.0 ? table->again : 1.0;
    }
    x[FLYT_SOCIAL_conviction] = now * (background.cases > 0 ? table->with_case : 1.0);
    if (is_first(row, which)) {
        double other[FLYT_N_SOCIAL_EVENTS] = {0.0}; /* when the last child has turned 18 */
        bool single_parent = is_single_parent(row, calendar);
        household_odds(table, row, background, single_parent, x);
        if (single_parent) {
            household_odds(table, row, background, false, other);
        }
        x[FLYT_SOCIAL_case_opens] = x[FLYT_SOCIAL_case_opens] > other[FLYT_SOCIAL_case_opens]
                                        ? x[FLYT_SOCIAL_case_opens]
                                        : other[FLYT_SOCIAL_case_opens];
    }
    return x[0] + x[1] + x[2] + x[3]; /* odds are never below the chance */
}

uint32_t flyt_social_cases_at_rest(const struct flyt_social_table *table,
                                   const struct flyt_household *row, int16_t calendar, double u)
{
    struct doing doing = doing_of(row);
    bool single_parent = is_single_parent(row, calendar);
    double opens = table->opens[doing.needs_support][single_parent][doing.only_basic];
    double weight[FLYT_CASES_MOST + 1] = {1.0}, sum = 1.0, end = 0.0;
    for (uint32_t k = 1; k <= FLYT_CASES_MOST; k++) { /* as many go from k - 1 to k as come back */
        double closes = table->closes[k][doing.works];
        weight[k] = closes > 0.0 ? weight[k - 1] * opens / closes : 0.0;
        sum += weight[k];
    }
    for (uint32_t k = 0; k < FLYT_CASES_MOST; k++) {
        end += weight[k];
        if (u * sum < end) {
            return k;
        }
    }
    return FLYT_CASES_MOST;
}

void flyt_social_apply(struct flyt_household *row, struct flyt_household_cold *cold, uint32_t which,
                       enum flyt_social_event event, int16_t calendar)
{
    struct flyt_background background = flyt_people_background(row);
    switch (event) {
    case FLYT_SOCIAL_conviction:
        cold->convicted[which] = calendar;
        break;
    case FLYT_SOCIAL_case_opens:
        background.cases++;
        break;
    case FLYT_SOCIAL_case_closes:
        background.cases--;
        break;
    case FLYT_SOCIAL_language_rises:
        background.language++;
        break;
    default:
        break;
    }
    flyt_people_set_background(row, background);
}

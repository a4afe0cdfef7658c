#include "models/income.h"

#include "sim/num.h"

static int32_t ore(double dkk_month)
{
    return (int32_t)(dkk_month * 100.0 + 0.5);
}

static int64_t ten_thousandths(double share)
{
    return (int64_t)(share * 10000.0 + 0.5);
}

static void prepare_wages(const struct flyt_income_params *params, struct flyt_income_year *year)
{
    const double level[FLYT_N_EDUCATIONS] = {params->wage_basic * params->time_basic,
                                             params->wage_vocational * params->time_vocational,
                                             params->wage_higher * params->time_higher};
    const double age[FLYT_WAGE_AGES] = {params->age_18, params->age_25, params->age_30,
                                        params->age_40, params->age_50, params->age_60,
                                        params->age_67};
    const double man = 2.0 / (1.0 + params->women);
    for (uint32_t o = 0; o < FLYT_N_ORIGINS; o++) {
        double origin = o == FLYT_ORIGIN_nonwestern ? params->nonwestern : 1.0;
        for (uint32_t sex = 0; sex < 2; sex++) {
            double factor = origin * man * (sex == FLYT_SEX_woman ? params->women : 1.0) *
                            params->taxable * params->wage_index;
            for (uint32_t i = 0; i < FLYT_N_EDUCATIONS * FLYT_WAGE_AGES; i++) {
                uint32_t education = i / FLYT_WAGE_AGES, a = i % FLYT_WAGE_AGES;
                year->wage[o][sex][education][a] = ore(level[education] * age[a] * factor);
            }
        }
    }
}

static void prepare_benefits(const struct flyt_income_params *params, struct flyt_income_year *year)
{
    year->insurance = ore(params->insurance);
    year->insurance_share = ten_thousandths(params->insurance_share);
    year->cash_parent = ore(params->cash_parent);
    year->cash = ore(params->cash);
    year->cash_young = ore(params->cash_young);
    year->cash_young_parent = ore(params->cash_young_parent);
    year->cash_young_single_parent = ore(params->cash_young_single_parent);
    year->aid = ore(params->aid);
    year->aid_parent = ore(params->aid_parent);
    year->aid_single_parent = ore(params->aid_single_parent);
    year->grant = ore(params->grant);
    year->student_wage = ore(params->student_wage);
    year->disability_single = ore(params->disability_single);
    year->disability_couple = ore(params->disability_couple);
    year->pension_single = ore(params->pension_single);
    year->pension_couple = ore(params->pension_couple);
    year->private_pension[FLYT_EDUCATION_basic] =
        ore(params->private_pension * params->private_basic);
    year->private_pension[FLYT_EDUCATION_vocational] =
        ore(params->private_pension * params->private_vocational);
    year->private_pension[FLYT_EDUCATION_higher] =
        ore(params->private_pension * params->private_higher);
}

void flyt_income_prepare(const struct flyt_income_params *params, const struct flyt_tax_params *tax,
                         double pension_age, int16_t january, struct flyt_income_year *year)
{
    year->january = january;
    year->pension_months = (int32_t)(pension_age * 12.0 + 0.5);
    prepare_wages(params, year);
    prepare_benefits(params, year);
    year->child[0] = ore(params->child_0);
    year->child[1] = ore(params->child_3);
    year->child[2] = ore(params->child_7);
    year->child[3] = ore(params->child_15);
    year->single_child = ore(params->single_child);
    year->single_family = ore(params->single_family);
    year->need_first = ore(params->need_first);
    year->need_second = ore(params->need_second);
    year->need_child = ore(params->need_child);
    year->saving_share = ten_thousandths(params->saving_share);
    year->tax = flyt_tax_law(tax);
    year->returned = 0;
}

void flyt_income_return(const struct flyt_returns *returns, struct flyt_income_year *year)
{
    year->returned = (int32_t)returns->household;
    year->tax.returned = returns->adult;
    year->tax.returned_share = returns->share;
}

bool flyt_income_returns(const struct flyt_income_year *year)
{
    return year->returned != 0 || year->tax.returned != 0 || year->tax.returned_share != 0;
}

/* ---- one adult ------------------------------------------------------------------------------ */

/** The household as its adults' income sees it. */
struct home {
    const struct flyt_income_year *year;
    uint32_t origin, n_adults, n_children;
};

static uint32_t wage_age(int32_t age)
{
    return age < 25 ? 0 : age < 30 ? 1 : age >= 67 ? 6 : age >= 60 ? 5 : (uint32_t)(age - 10) / 10;
}

/** Full wage of an adult, in work or not. */
static int32_t wage_of(struct home home, struct flyt_adult adult, int32_t age, uint16_t earning)
{
    return (int32_t)(home.year->wage[home.origin][adult.sex][adult.education][wage_age(age)] *
                     earning / 1024);
}

/** Cash benefit; below 30 without an education it is education aid. */
static int32_t cash_of(struct home home, struct flyt_adult adult, int32_t age)
{
    const struct flyt_income_year *year = home.year;
    bool parent = home.n_children > 0, single = home.n_adults == 1;
    if (age >= 30) {
        return parent ? year->cash_parent : year->cash;
    }
    if (adult.education == FLYT_EDUCATION_basic) {
        return !parent ? year->aid : single ? year->aid_single_parent : year->aid_parent;
    }
    return !parent  ? year->cash_young
           : single ? year->cash_young_single_parent
                    : year->cash_young_parent;
}

/** Adds an adult's pay to the household's flows: sets gross, returns its part that is a wage. */
static int32_t earn(struct home home, struct flyt_adult adult, uint16_t earning, int32_t *gross,
                    struct flyt_income *income)
{
    const struct flyt_income_year *year = home.year;
    int32_t age = flyt_people_age(adult.born, year->january), wage = 0, benefit = 0;
    int32_t insured;
    switch ((enum flyt_work)adult.work) {
    case FLYT_WORK_employed:
        wage = wage_of(home, adult, age, earning);
        break;
    case FLYT_WORK_unemployed:
        insured = (int32_t)(wage_of(home, adult, age, earning) * year->insurance_share / 10000);
        benefit = insured < year->insurance ? insured : year->insurance;
        income->unemployment_benefit += benefit;
        break;
    case FLYT_WORK_benefit:
        benefit = cash_of(home, adult, age);
        income->cash_benefit += benefit;
        break;
    case FLYT_WORK_student:
        wage = year->student_wage;
        benefit = year->grant;
        income->study_grants += benefit;
        break;
    case FLYT_WORK_disability:
        benefit = home.n_adults == 1 ? year->disability_single : year->disability_couple;
        income->disability_pensions += benefit;
        break;
    default:
        /* ASSUMPTION: who retires early lives on a pension of the state pension's size */
        benefit = home.n_adults == 1 ? year->pension_single : year->pension_couple;
        income->state_pensions += benefit;
        insured = (int32_t)(year->private_pension[adult.education] * earning / 1024);
        income->private_pensions += insured;
        benefit += insured;
        break;
    }
    income->wages += wage;
    *gross = wage + benefit;
    return wage;
}

/* ---- the household --------------------------------------------------------------------------- */

/** Child benefit; a child born this year counts from its birth. */
static int32_t child_benefit(struct home home, const struct flyt_household *row)
{
    const struct flyt_income_year *year = home.year;
    int32_t sum = 0;
    if (home.n_children == 0) {
        return 0;
    }
    for (uint32_t i = 0; i < FLYT_CHILDREN; i++) {
        int32_t age = flyt_people_age(row->child_born[i], year->january);
        if (row->child_born[i] != FLYT_NO_MONTH && age < 18) {
            sum += year->child[age < 3 ? 0 : age < 7 ? 1 : age < 15 ? 2 : 3];
            sum += home.n_adults == 1 ? year->single_child : 0;
        }
    }
    return sum + (home.n_adults == 1 ? year->single_family : 0);
}

static int32_t saving_of(struct home home, int32_t disposable)
{
    const struct flyt_income_year *year = home.year;
    int64_t need = (int64_t)year->need_first + (home.n_adults == 2 ? year->need_second : 0) +
                   (int64_t)home.n_children * year->need_child;
    return disposable > need ? (int32_t)((disposable - need) * year->saving_share / 10000) : 0;
}

struct flyt_income flyt_income_of(const struct flyt_income_year *year,
                                  const struct flyt_household *row,
                                  const uint16_t earning[FLYT_ADULTS], int32_t municipal)
{
    struct flyt_income income = {.wages = 0};
    struct home home = {year, flyt_people_background(row).origin, flyt_people_adults(row),
                        flyt_people_children(row, year->january)};
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        struct flyt_adult adult = flyt_people_adult(row, i);
        if (adult.born == FLYT_NO_MONTH) {
            continue;
        }
        int32_t wage = earn(home, adult, earning[i], &income.gross[i], &income);
        struct flyt_tax tax = flyt_tax_of(&year->tax, municipal, wage, income.gross[i] - wage);
        income.labour_tax += tax.labour;
        income.state_tax += tax.state;
        income.municipal_tax += tax.municipal;
        income.revenue_returned += tax.returned;
        income.tax_base += tax.base;
        income.disposable += income.gross[i] - tax.labour - tax.state - tax.municipal;
    }
    income.revenue_returned += year->returned;
    income.disposable += income.revenue_returned;
    income.child_benefit = child_benefit(home, row);
    income.disposable += income.child_benefit;
    income.saving = saving_of(home, income.disposable);
    return income;
}

/** The part of an adult's gross income that is a wage, as earn() tells. */
static int32_t wage_in(const struct flyt_income_year *year, uint8_t work, int32_t gross)
{
    return work == FLYT_WORK_employed ? gross : work == FLYT_WORK_student ? year->student_wage : 0;
}

struct flyt_income_left flyt_income_left(const struct flyt_income_year *year,
                                         const struct flyt_household *row, int32_t municipal)
{
    struct home home = {year, 0, flyt_people_adults(row), flyt_people_children(row, year->january)};
    struct flyt_income_left left = {.disposable = child_benefit(home, row)};
    for (uint32_t i = 0; i < FLYT_ADULTS; i++) {
        int32_t gross = row->gross_ore[i], wage = wage_in(year, row->work[i], gross);
        if (row->born[i] != FLYT_NO_MONTH) {
            struct flyt_tax tax = flyt_tax_of(&year->tax, municipal, wage, gross - wage);
            left.gross += gross;
            left.labour_tax += tax.labour;
            left.disposable += gross - tax.labour - tax.state - tax.municipal + tax.returned;
        }
    }
    left.disposable += year->returned;
    return left;
}

int32_t flyt_income_saving(const struct flyt_income_year *year, const struct flyt_household *row)
{
    struct home home = {year, 0, flyt_people_adults(row), flyt_people_children(row, year->january)};
    return saving_of(home, row->disposable_ore);
}

uint16_t flyt_income_factor(const struct flyt_income_params *params, double z)
{
    double spread = params->spread; /* the mean of the factor is 1 */
    double factor = flyt_num_exp(spread * z - 0.5 * spread * spread) * 1024.0;
    return (uint16_t)(factor < 205.0 ? 205.0 : factor > 8192.0 ? 8192.0 : factor + 0.5);
}

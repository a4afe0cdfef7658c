/**
 * @file income_params.h
 * @brief Parameters of income (income.h). Defaults are those of 2024; other years by schedule.
 */
#ifndef FLYT_INCOME_PARAMS_H
#define FLYT_INCOME_PARAMS_H

#include "sim/field.h"

/* Relative levels are recalled; their mean over all in work, by hours, is what Danmarks Statistik
   publishes: 265 DKK an hour in 2021, 160.33 hours a month, wages 13 % higher in 2024. */
#define INCOME_WAGE_SOURCE "assumptions.csv, wage: scaled to mean hourly earnings, "

#define INCOME_WAGES(X)                                                                            \
    X(real, wage_basic, "DKK/month", 40700, 0, 200000, derived,                                    \
      INCOME_WAGE_SOURCE "basic, age 40",                                                          \
      "Full-time wage at 40 with basic schooling in 2024, pension included.",                      \
      "Fuldtidsløn som 40-årig med grundskole i 2024, inklusive pension.")                         \
    X(real, wage_vocational, "DKK/month", 46700, 0, 200000, derived,                               \
      INCOME_WAGE_SOURCE "vocational, age 40",                                                     \
      "Full-time wage at 40 with a vocational education in 2024, pension included.",               \
      "Fuldtidsløn som 40-årig med erhvervsuddannelse i 2024, inklusive pension.")                 \
    X(real, wage_higher, "DKK/month", 56600, 0, 200000, derived,                                   \
      INCOME_WAGE_SOURCE "higher, age 40",                                                         \
      "Full-time wage at 40 with a higher education in 2024, pension included.",                   \
      "Fuldtidsløn som 40-årig med videregående uddannelse i 2024, inklusive pension.")            \
    X(real, time_basic, "share", 0.82, 0, 1, assumed, "assumptions.csv, wage: .74-.90",            \
      "Share of full time worked with basic schooling.", "Andel af fuld tid, grundskole.")         \
    X(real, time_vocational, "share", 0.90, 0, 1, assumed, "assumptions.csv, wage: .84-.95",       \
      "Share of full time worked with a vocational education.",                                    \
      "Andel af fuld tid, erhvervsuddannelse.")                                                    \
    X(real, time_higher, "share", 0.93, 0, 1, assumed, "assumptions.csv, wage: .88-.97",           \
      "Share of full time worked with a higher education.",                                        \
      "Andel af fuld tid, videregående uddannelse.")                                               \
    X(real, taxable, "share", 0.87, 0.5, 1, assumed, "assumptions.csv, wage: .84-.91",             \
      "Wage paid out and taxed, pension contributions taken out.",                                 \
      "Udbetalt og beskattet løn uden pensionsbidrag.")                                            \
    X(real, age_18, "1", 0.62, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage at 18-24 relative to 40.", "Løn som 18-24-årig i forhold til 40.")                     \
    X(real, age_25, "1", 0.84, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage at 25-29 relative to 40.", "Løn som 25-29-årig i forhold til 40.")                     \
    X(real, age_30, "1", 0.97, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage at 30-39 relative to 40.", "Løn som 30-39-årig i forhold til 40.")                     \
    X(real, age_40, "1", 1.05, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage at 40-49 relative to 40.", "Løn som 40-49-årig i forhold til 40.")                     \
    X(real, age_50, "1", 1.04, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage at 50-59 relative to 40.", "Løn som 50-59-årig i forhold til 40.")                     \
    X(real, age_60, "1", 0.98, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage at 60-66 relative to 40.", "Løn som 60-66-årig i forhold til 40.")                     \
    X(real, age_67, "1", 0.90, 0, 3, assumed, "assumptions.csv, wage",                             \
      "Wage from 67 relative to 40.", "Løn fra 67 år i forhold til 40.")                           \
    X(real, women, "1", 0.91, 0.5, 2, assumed, "assumptions.csv, wage: .87-.95",                   \
      "Wage of women relative to men, same education and age; the mean is kept.",                  \
      "Kvinders løn i forhold til mænds, samme uddannelse og alder; gennemsnittet holdes.")        \
    X(real, nonwestern, "1", 0.88, 0.5, 2, assumed, "assumptions.csv, wage: .80-.95",              \
      "Wage of non-western origin relative to Danish, same education and age.",                    \
      "Løn for ikke-vestlig oprindelse i forhold til dansk, samme uddannelse og alder.")           \
    X(real, spread, "log points", 0.28, 0, 1, assumed, "assumptions.csv, wage: .20-.36",           \
      "Standard deviation of the log of the earning factor.",                                      \
      "Standardafvigelse for logaritmen af indtjeningsfaktoren.")                                  \
    X(real, wage_index, "2024 = 1", 1, 0.01, 10, derived, "drivers.csv, hourly_wage_index",        \
      "Wages of the year relative to 2024.", "Årets løn i forhold til 2024.")

#define INCOME_BENEFITS(X)                                                                         \
    X(real, insurance, "DKK/month", 20359, 0, 100000, published, "assumptions.csv, benefit",       \
      "Most unemployment benefit (dagpenge).", "Højeste dagpenge.")                                \
    X(real, insurance_share, "share", 0.9, 0, 1, assumed, "the law's 90 per cent of earlier wage", \
      "Unemployment benefit as a share of the wage before.",                                       \
      "Dagpenge som andel af tidligere løn.")                                                      \
    X(real, cash_parent, "DKK/month", 16382, 0, 100000, published, "assumptions.csv, benefit",     \
      "Cash benefit from 30 with children.", "Kontanthjælp fra 30 år med børn.")                   \
    X(real, cash, "DKK/month", 12326, 0, 100000, published, "assumptions.csv, benefit",            \
      "Cash benefit from 30 without children.", "Kontanthjælp fra 30 år uden børn.")               \
    X(real, cash_young, "DKK/month", 7945, 0, 100000, published, "assumptions.csv, benefit",       \
      "Cash benefit below 30 with an education, without children.",                                \
      "Kontanthjælp under 30 år med uddannelse, uden børn.")                                       \
    X(real, cash_young_parent, "DKK/month", 10955, 0, 100000, published,                           \
      "assumptions.csv, benefit",                                                                  \
      "Cash benefit below 30 with an education, couple with children.",                            \
      "Kontanthjælp under 30 år med uddannelse, par med børn.")                                    \
    X(real, cash_young_single_parent, "DKK/month", 15658, 0, 100000, published,                    \
      "assumptions.csv, benefit", "Cash benefit below 30 with an education, single parent.",       \
      "Kontanthjælp under 30 år med uddannelse, enlig forsørger.")                                 \
    X(real, aid, "DKK/month", 6754, 0, 100000, derived, "assumptions.csv, benefit",                \
      "Education aid below 30 without an education, without children.",                            \
      "Uddannelseshjælp under 30 år uden uddannelse, uden børn.")                                  \
    X(real, aid_parent, "DKK/month", 9454, 0, 100000, derived, "assumptions.csv, benefit",         \
      "Education aid below 30 without an education, couple with children.",                        \
      "Uddannelseshjælp under 30 år uden uddannelse, par med børn.")                               \
    X(real, aid_single_parent, "DKK/month", 13509, 0, 100000, derived, "assumptions.csv, benefit", \
      "Education aid below 30 without an education, single parent.",                               \
      "Uddannelseshjælp under 30 år uden uddannelse, enlig forsørger.")                            \
    X(real, grant, "DKK/month", 6820, 0, 100000, published, "assumptions.csv, benefit",            \
      "Study grant (SU) with a home of one's own.", "SU for udeboende.")                           \
    X(real, student_wage, "DKK/month", 4225, 0, 100000, assumed,                                   \
      "assumptions.csv, benefit: 6500 earned by 65 % of students", "Mean wage beside a study.",    \
      "Gennemsnitlig løn ved siden af studiet.")                                                   \
    X(real, disability_single, "DKK/month", 20370, 0, 100000, published,                           \
      "assumptions.csv, benefit", "Disability pension, single.", "Førtidspension, enlig.")         \
    X(real, disability_couple, "DKK/month", 17315, 0, 100000, published,                           \
      "assumptions.csv, benefit", "Disability pension, each of a couple.",                         \
      "Førtidspension, gift eller samlevende.")                                                    \
    X(real, pension_single, "DKK/month", 14944, 0, 100000, published, "assumptions.csv, benefit",  \
      "State pension, single.", "Folkepension, enlig.")                                            \
    X(real, pension_couple, "DKK/month", 11030, 0, 100000, published, "assumptions.csv, benefit",  \
      "State pension, each of a couple.", "Folkepension, gift eller samlevende.")                  \
    X(real, private_pension, "DKK/month", 8200, 0, 100000, assumed,                                \
      "assumptions.csv, benefit: 90000 a year in 2022, 40000-140000",                              \
      "Mean pension beside the state pension.",                                                    \
      "Gennemsnitlig pension ved siden af folkepension.")                                          \
    X(real, private_basic, "1", 0.5, 0, 5, assumed, "assumption",                                  \
      "That pension with basic schooling, relative to the mean.",                                  \
      "Denne pension med grundskole i forhold til gennemsnittet.")                                 \
    X(real, private_vocational, "1", 0.95, 0, 5, assumed, "assumption",                            \
      "That pension with a vocational education, relative to the mean.",                           \
      "Denne pension med erhvervsuddannelse i forhold til gennemsnittet.")                         \
    X(real, private_higher, "1", 1.62, 0, 5, assumed, "assumption",                                \
      "That pension with a higher education, relative to the mean.",                               \
      "Denne pension med videregående uddannelse i forhold til gennemsnittet.")

#define INCOME_NEEDS(X)                                                                            \
    X(real, child_0, "DKK/month", 1708, 0, 20000, assumed, "assumptions.csv, benefit: 5124/3",     \
      "Child benefit at 0-2 years.", "Børneydelse, 0-2 år.")                                       \
    X(real, child_3, "DKK/month", 1352, 0, 20000, assumed, "assumptions.csv, benefit: 4056/3",     \
      "Child benefit at 3-6 years.", "Børneydelse, 3-6 år.")                                       \
    X(real, child_7, "DKK/month", 1064, 0, 20000, assumed, "assumptions.csv, benefit: 3192/3",     \
      "Child benefit at 7-14 years.", "Børneydelse, 7-14 år.")                                     \
    X(real, child_15, "DKK/month", 1064, 0, 20000, assumed, "assumptions.csv, benefit: 3192/3",    \
      "Child benefit at 15-17 years.", "Ungeydelse, 15-17 år.")                                    \
    X(real, single_child, "DKK/month", 512, 0, 20000, derived,                                     \
      "assumptions.csv, benefit: 1319/3 in 2014, raised like child benefit",                       \
      "Ordinary child grant of a single parent, each child.",                                      \
      "Ordinært børnetilskud til enlige, pr. barn.")                                               \
    X(real, single_family, "DKK/month", 522, 0, 20000, derived,                                    \
      "assumptions.csv, benefit: 1345/3 in 2014, raised like child benefit",                       \
      "Extra child grant of a single parent.", "Ekstra børnetilskud til enlige.")                  \
    X(real, need_first, "DKK/month", 11700, 0, 100000, derived,                                    \
      "assumptions.csv, need: 10000 in 2016, consumer prices",                                     \
      "Minimum budget of the first adult, housing included; saving begins above it.",              \
      "Minimumsbudget for første voksne inklusive bolig; opsparing begynder derover.")             \
    X(real, need_second, "DKK/month", 5500, 0, 100000, derived,                                    \
      "assumptions.csv, need: 4700 in 2016, consumer prices",                                      \
      "Minimum budget of the second adult.", "Minimumsbudget for anden voksne.")                   \
    X(real, need_child, "DKK/month", 3300, 0, 100000, derived,                                     \
      "assumptions.csv, need: 2800 in 2016, consumer prices", "Minimum budget of a child.",        \
      "Minimumsbudget for et barn.")                                                               \
    X(real, saving_share, "share", 0.12, 0, 1, assumed, "assumptions.csv, need: .05-.20",          \
      "Share of the income above the minimum budget that is saved.",                               \
      "Andel af indkomsten over minimumsbudgettet, der spares op.")

#define INCOME_PARAMS(X) INCOME_WAGES(X) INCOME_BENEFITS(X) INCOME_NEEDS(X)

struct flyt_income_params {
#define X(type, name, ...) flyt_##type name;
    INCOME_PARAMS(X)
#undef X
};

#endif

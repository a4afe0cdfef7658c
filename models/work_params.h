/**
 * @file work_params.h
 * @brief Parameters of the work states (work.h): log odds, wear-off, fixed ends.
 *
 * Reference person: 30-49 years, basic schooling, Danish origin, fluent, attached, first month.
 */
#ifndef FLYT_WORK_PARAMS_H
#define FLYT_WORK_PARAMS_H

#include "sim/field.h"

#define WORK_EN_employed "work"
#define WORK_EN_unemployed "insured unemployment"
#define WORK_EN_benefit "cash benefit"
#define WORK_EN_student "studies"
#define WORK_EN_disability "disability pension"
#define WORK_EN_pension "retirement"
#define WORK_EN_pension_late "retirement past pension age"
#define WORK_DA_employed "arbejde"
#define WORK_DA_unemployed "forsikret ledighed"
#define WORK_DA_benefit "kontanthjælp"
#define WORK_DA_student "uddannelse"
#define WORK_DA_disability "førtidspension"
#define WORK_DA_pension "pension"
#define WORK_DA_pension_late "pension efter folkepensionsalderen"

#define WORK_FITTED                                                                                \
    "fitted by bench_livelihood_fit to labour_education.csv and income_age_education.csv"

/** A way from one state to another: its log odds a month for the reference person. */
#define WORK_WAY(X, from, to, value)                                                               \
    X(real, from##_##to, "log odds", value, -25, 5, derived, WORK_FITTED,                          \
      "Log odds a month of going from " WORK_EN_##from " to " WORK_EN_##to                         \
      " for the reference person.",                                                                \
      "Log-odds pr. måned for at gå fra " WORK_DA_##from " til " WORK_DA_##to                      \
      " for referencepersonen.")

/** What a group of people adds to the log odds of a kind of way. */
#define WORK_EFFECT(X, kind, group, value, en, da)                                                 \
    X(real, kind##_##group, "log odds", value, -8, 8, derived, WORK_FITTED,                        \
      "Added to the log odds of " WORK_EN_##kind " for " en ".",                                   \
      "Lægges til log-odds for " WORK_DA_##kind " for " da ".")

#define WORK_EN_find "finding work"
#define WORK_DA_find "at finde arbejde"
#define WORK_EN_lose "losing work"
#define WORK_DA_lose "at miste arbejde"
#define WORK_EN_uninsured "going to cash benefit"
#define WORK_DA_uninsured "at gå til kontanthjælp"
#define WORK_EN_study "beginning to study"
#define WORK_DA_study "at begynde uddannelse"
#define WORK_EN_disable "disability pension"
#define WORK_DA_disable "førtidspension"

#define WORK_AGE_EFFECTS(X, kind, at_18, at_25, at_50, at_60)                                      \
    WORK_EFFECT(X, kind, age_18, at_18, "ages 18-24", "18-24-årige")                               \
    WORK_EFFECT(X, kind, age_25, at_25, "ages 25-29", "25-29-årige")                               \
    WORK_EFFECT(X, kind, age_50, at_50, "ages 50-59", "50-59-årige")                               \
    WORK_EFFECT(X, kind, age_60, at_60, "ages from 60", "personer fra 60 år")

#define WORK_EDUCATION_EFFECTS(X, kind, if_vocational, if_higher)                                  \
    WORK_EFFECT(X, kind, vocational, if_vocational, "vocational or upper secondary education",     \
                "erhvervsuddannede og gymnasialt uddannede")                                       \
    WORK_EFFECT(X, kind, higher, if_higher, "higher education", "videregående uddannede")

#define WORK_NONWESTERN(X, kind, value)                                                            \
    WORK_EFFECT(X, kind, nonwestern, value, "non-western origin",                                  \
                "personer af ikke-vestlig oprindelse")

#define WORK_WESTERN(X, kind, value)                                                               \
    WORK_EFFECT(X, kind, western, value, "western origin", "personer af vestlig oprindelse")

#define WORK_DETACHED(X, kind, value)                                                              \
    WORK_EFFECT(X, kind, detached, value, "the detached latent class",                             \
                "den løst tilknyttede latente klasse")

#include "models/work_values.h"

#define WORK_WEAR(X, from, value, low, high, evidence, source)                                     \
    X(real, wear_##from, "1", value, low, high, evidence, source,                                  \
      "Wear-off of ways out of " WORK_EN_##from ": fall of log odds per ln(1 + months).",          \
      "Aftagen af veje ud af " WORK_DA_##from ": fald i log-odds pr. ln(1 + måneder).")

#define WORK_LIKELY(X, state, value)                                                               \
    X(real, likely_##state, "1", value, 0, 100, derived, "comes out of bench_livelihood_fit",      \
      "At the start: how many times likelier " WORK_EN_##state                                     \
      " is for the detached than for the attached.",                                               \
      "Ved starten: hvor mange gange mere sandsynligt " WORK_DA_##state                            \
      " er for løst tilknyttede end for tilknyttede.")

#define WORK_SHARE(X, name, value, low, high, evidence, source, en, da)                            \
    X(real, name, "share", value, low, high, evidence, source, en, da)

#define WORK_ENDS(X)                                                                               \
    X(real, pension_age, "years", 67, 60, 75, published,                                           \
      "lov om social pension section 1 a: 65 to 2018, 67 from 2022, 68 from 2030, 69 from 2035",   \
      "Age at which the state pension begins.", "Folkepensionsalder.")                             \
    X(count, study_months_basic, "months", 36, 1, 120, assumed, "assumptions.csv, student",        \
      "Longest study of those who end with basic or preparatory schooling.",                       \
      "Længste uddannelsestid for dem, der ender med grundskole.")                                 \
    X(count, study_months_vocational, "months", 44, 1, 120, assumed, "assumptions.csv, student",   \
      "Longest vocational or upper-secondary study.",                                              \
      "Længste erhvervs- eller gymnasiale uddannelse.")                                            \
    X(count, study_months_higher, "months", 67, 1, 120, assumed,                                   \
      "assumptions.csv, student: bachelor 3.2 and master 2.4 years", "Longest higher study.",      \
      "Længste videregående uddannelse.")                                                          \
    X(real, demand, "log odds", 0, -3, 3, assumed, "0 is 2021",                                    \
      "Added to the log odds of finding work, taken from those of losing it, for all.",            \
      "Lægges til log-odds for at finde arbejde og trækkes fra for at miste det, for alle.")       \
    X(real, demand_nonwestern, "log odds", 0, -3, 3, assumed, "0 is 2021",                         \
      "The same, for non-western origin on top.", "Det samme, oveni for ikke-vestlig oprindelse.")

/* Those who found a household of their own while young: what they do then. */
#define WORK_FIRST(X)                                                                              \
    WORK_SHARE(X, first_student_basic, 0.4, 0, 1, assumed, "assumption",                           \
               "Share who study at 18 of those who end with basic schooling.",                     \
               "Andel i uddannelse som 18-årige blandt dem, der ender med grundskole.")            \
    WORK_SHARE(X, first_student_vocational, 0.65, 0, 1, assumed, "assumption",                     \
               "Share who study at 18 of those who get a vocational education.",                   \
               "Andel i uddannelse som 18-årige blandt kommende erhvervsuddannede.")               \
    WORK_SHARE(X, first_student_higher, 0.9, 0, 1, assumed, "assumption",                          \
               "Share who study at 18 of those who get a higher education.",                       \
               "Andel i uddannelse som 18-årige blandt kommende videregående uddannede.")          \
    WORK_SHARE(X, first_benefit_attached, 0.05, 0, 1, assumed, "assumption",                       \
               "Share on cash benefit at 18 of the attached who do not study.",                    \
               "Andel på kontanthjælp som 18-årige blandt tilknyttede uden for uddannelse.")       \
    WORK_SHARE(X, first_benefit_detached, 0.4, 0, 1, assumed, "assumption",                        \
               "Share on cash benefit at 18 of the detached who do not study.",                    \
               "Andel på kontanthjælp som 18-årige blandt løst tilknyttede uden for uddannelse.")

#define WORK_PARAMS(X) WORK_VALUES(X) WORK_LIKELIES(X) WORK_ENDS(X) WORK_FIRST(X)

struct flyt_work_params {
#define X(type, name, ...) flyt_##type name;
    WORK_PARAMS(X)
#undef X
};

#endif

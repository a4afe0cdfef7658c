/**
 * @file credit.h
 * @brief Whether a household may take a home: down payment, debt factor, stressed payment, deposit.
 *
 * Pure rules of a year's parameters; knows no world (cost.h puts the question for a household and a
 * home). All amounts DKK. A buyer puts in what it has, so that the loan is the smallest possible.
 * ASSUMPTION: the stressed payment is an annuity after the deduction's value with taxes and upkeep,
 * and is held against disposable income.
 * Source: tax_history.csv (down payment), assumptions.csv (credit, deposit, coop).
 */
#ifndef FLYT_CREDIT_H
#define FLYT_CREDIT_H

#include "sim/field.h"

#define CREDIT_PARAMS(X)                                                                           \
    X(real, down_payment, "share", 0.05, 0, 1, published, "tax_history.csv: from November 2015",   \
      "Least down payment of an owner's home, of the price.",                                      \
      "Mindste udbetaling for en ejerbolig, af prisen.")                                           \
    X(real, share_down_payment, "share", 0.25, 0, 1, assumed, "assumptions.csv, coop: .15-.40",    \
      "Least down payment of a co-operative share, of its price.",                                 \
      "Mindste udbetaling for en andel, af andelens pris.")                                        \
    X(real, debt_factor, "1", 4.0, 0.1, 20, assumed, "assumptions.csv, credit: 3.5-5",             \
      "Most debt over the household's gross income of a year.",                                    \
      "Højeste gæld i forhold til husstandens bruttoindkomst på et år.")                           \
    X(real, payment_share, "share", 0.40, 0.01, 5, assumed, "docs/MODEL.md section 4: .35-.40",    \
      "Most stressed payment over disposable income.",                                             \
      "Højeste stressede ydelse i forhold til den disponible indkomst.")                           \
    X(real, stress, "share/year", 0.01, 0, 0.2, assumed, "assumptions.csv, credit: .01-.03",       \
      "Interest added in the bank's test.", "Rentetillæg i bankens prøve.")                        \
    X(real, term, "years", 30, 1, 100, assumed, "general knowledge: mortgage bonds",               \
      "Term of the loan in the bank's test.", "Lånets løbetid i bankens prøve.")                   \
    X(real, deposit_months, "months", 0, 0, 24, assumed,                                           \
      "economics.csv: 3, and as much prepaid; lent by parents or a bank on demand",                \
      "Deposit of a private rental home that a household must have itself, months of rent.",       \
      "Depositum for en privat lejebolig, som husstanden selv skal have, måneders husleje.")       \
    X(real, almen_deposit, "DKK", 0, 0, 1e6, assumed,                                              \
      "assumptions.csv: 28000, lent by the municipality on demand",                                \
      "Deposit (indskud) of an almen home that a household must have itself.",                     \
      "Indskud i en almen bolig, som husstanden selv skal have.")

struct flyt_credit_params {
#define X(type, name, ...) flyt_##type name;
    CREDIT_PARAMS(X)
#undef X
};

/** A household that wants to buy a home or a share. */
struct flyt_credit_case {
    double price_dkk;
    double wealth_dkk;          /* savings, and what is left of the home it sells */
    double gross_dkk_year;      /* income before tax */
    double disposable_dkk_year; /* after tax */
    double down_payment;        /* least, share of the price */
    double payment;             /* a year on one krone of debt: flyt_credit_payment() */
    double other_dkk_year;      /* taxes and upkeep, or the fee */
};

/** @brief The debt with which the household would buy, DKK: the price less its wealth. */
static inline double flyt_credit_debt(double price_dkk, double wealth_dkk)
{
    double debt = wealth_dkk > 0.0 ? price_dkk - wealth_dkk : price_dkk;
    return debt > 0.0 ? debt : 0.0;
}

/** @brief Payment a year on one krone of debt: an annuity over `years`. */
double flyt_credit_annuity(double interest, double years);

/** @brief Stressed payment a year on one krone of debt at this interest, after the value of the
 *         deduction (a share of the interest). Slow (a power): once a year, not once a pair. */
double flyt_credit_payment(const struct flyt_credit_params *params, double interest,
                           double deduction);

/** @brief Whether the household may buy. */
bool flyt_credit_allows(const struct flyt_credit_params *params,
                        const struct flyt_credit_case *buyer);

#endif

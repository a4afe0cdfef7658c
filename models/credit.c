#include "models/credit.h"

#include "sim/num.h"

double flyt_credit_annuity(double interest, double years)
{
    if (interest <= 0.0) {
        return 1.0 / years;
    }
    return interest / (1.0 - flyt_num_pow(1.0 + interest, -years));
}

double flyt_credit_payment(const struct flyt_credit_params *params, double interest,
                           double deduction)
{
    double stressed = interest + params->stress;
    return flyt_credit_annuity(stressed, params->term) - deduction * stressed;
}

bool flyt_credit_allows(const struct flyt_credit_params *params,
                        const struct flyt_credit_case *buyer)
{
    double debt = flyt_credit_debt(buyer->price_dkk, buyer->wealth_dkk);
    return buyer->wealth_dkk >= buyer->down_payment * buyer->price_dkk &&
           debt <= params->debt_factor * buyer->gross_dkk_year &&
           debt * buyer->payment + buyer->other_dkk_year <=
               params->payment_share * buyer->disposable_dkk_year;
}

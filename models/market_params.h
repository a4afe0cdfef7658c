/**
 * @file market_params.h
 * @brief Parameters of the markets of private rental and owner homes, and of building (market.h).
 */
#ifndef FLYT_MARKET_PARAMS_H
#define FLYT_MARKET_PARAMS_H

#include "sim/field.h"

#define MARKET_PARAMS(X)                                                                            \
    X(flag, prices_move, "1", true, 0, 1, assumed, "docs/MODEL.md section 4",                       \
      "Whether rents of private homes and prices of owner homes answer to demand.",                 \
      "Om private huslejer og priser på ejerboliger reagerer på efterspørgslen.")                   \
    X(real, rent_speed, "1/month", 0.02, 0, 0.2, assumed, "docs/MODEL.md section 4",                \
      "Change of the logarithm of private rents per unit of ln(usual vacancy/vacancy).",            \
      "Ændring i logaritmen af private huslejer pr. enhed af ln(normal ledighed/ledighed).")        \
    X(real, rent_step_most, "1/month", 0.005, 0, 0.1, assumed, "docs/MODEL.md section 4",           \
      "Largest change of the logarithm of private rents in a month by vacancy.",                    \
      "Største ændring i logaritmen af private huslejer på en måned på grund af ledighed.")         \
    X(real, rent_pull, "1/month", 0.02, 0, 0.2, assumed, "docs/MODEL.md section 4",                 \
      "Return of private rents to the start rent times the wage index.",                            \
      "Private huslejers tilbagevenden til startlejen gange lønindekset.")                          \
    X(real, rent_vacancy, "share", 0.03, 0.001, 0.2, assumed, "docs/MODEL.md section 3",            \
      "Vacancy of private rental at which rents stand still, until it is measured.",                \
      "Ledighed i privat udlejning, hvor huslejerne står stille, indtil den er målt.")              \
    X(count, vacancy_memory, "months", 0, 0, 1200, assumed,                                         \
      "chosen: natural vacancy after Rosen & Smith 1983; 0: as the pass measured it, for ever",     \
      "Months over which a municipality's vacancy becomes its usual one, at which rents stand "     \
      "still.",                                                                                     \
      "Måneder, hvorover en kommunes ledighed bliver den normale, hvor huslejerne står stille.")    \
    X(real, empty_days, "days", 0, 0, 365, assumed,                                                 \
      "chosen: as almen homes, 14 (assumptions.csv); 0: let at once",                               \
      "Mean time that a private rental home stands empty between tenants while it is made ready.",  \
      "Gennemsnitlig tid, en privat lejebolig står tom mellem to lejere, mens den istandsættes.")   \
    X(real, price_pressure, "1/month", 0.01, 0, 0.1, assumed, "docs/MODEL.md section 4 (phi_1)",    \
      "Change of the logarithm of prices per unit of ln(buyers per listing, to its usual level).",  \
      "Ændring i logaritmen af priser pr. enhed af ln(købere pr. udbudt bolig i forhold til det " \
      "normale).")                                                                                  \
    X(real, price_pull, "1/month", 0.01, 0, 0.1, assumed, "docs/MODEL.md section 4 (phi_2)",        \
      "Return of prices to what user cost and incomes warrant.",                                    \
      "Prisernes tilbagevenden til det, som boligudgift og indkomster berettiger til.")             \
    X(real, price_trend, "1", 0.3, 0, 1, assumed, "docs/MODEL.md section 4 (phi_3)",                \
      "Share of the last twelve months' change that prices go on with.",                            \
      "Andel af de sidste tolv måneders ændring, som priserne fortsætter med.")                     \
    X(real, capitalisation, "1", 0.35, 0, 1, assumed,                                               \
      "docs/MODEL.md section 4 (kappa_p); debated, 0 to 1",                                         \
      "Elasticity of prices to the user cost of owning (capitalisation).",                          \
      "Prisernes elasticitet over for boligudgiften som ejer (kapitalisering).")                    \
    X(real, income_elasticity, "1", 0.8, 0, 2, assumed, "docs/MODEL.md section 4 (eta)",            \
      "Elasticity of prices to disposable income.",                                                 \
      "Prisernes elasticitet over for den disponible indkomst.")                                    \
    X(real, user_cost_least, "1/year", 0.015, 0.001, 0.1, assumed, "docs/MODEL.md section 4",       \
      "Least user cost that is capitalised.", "Mindste boligudgift som ejer, der kapitaliseres.")

struct flyt_market_params {
#define X(type, name, ...) flyt_##type name;
    MARKET_PARAMS(X)
#undef X
};

#define BUILDING_PARAMS(X)                                                                         \
    X(real, growth, "1/year", 0, -0.02, 0.05, assumed, "drivers: projected growth of households",  \
      "Growth of the number of households for which homes are built.",                             \
      "Vækst i antallet af husstande, som der bygges boliger til.")                                \
    X(real, price_exponent, "1", 0.5, 0, 3, assumed, "docs/MODEL.md section 4",                    \
      "Exponent of price over building cost in what is built.",                                    \
      "Eksponent for pris over byggeomkostning i det, der bygges.")                                \
    X(real, most, "1/year", 0.015, 0, 0.05, assumed, "assumptions.csv, building: .8-2.5 %",        \
      "Most that is built in a municipality, of its homes.",                                       \
      "Mest der bygges i en kommune i forhold til dens boliger.")                                  \
    X(count, lag_months, "months", 24, 0, 120, assumed, "assumptions.csv, building: 16-30",        \
      "From decision to completion.", "Fra beslutning til færdiggørelse.")

struct flyt_building_params {
#define X(type, name, ...) flyt_##type name;
    BUILDING_PARAMS(X)
#undef X
};

#define STOCK_PARAMS(X)                                                                            \
    X(flag, plan, "1", 1, 0, 1, assumed, "docs/MODEL.md section 4: switchable",                    \
      "Whether the stock plan is carried out.", "Om planen for boligmassen gennemføres.")          \
    X(count, notice_months, "months", 24, 0, 120, assumed, "assumption",                           \
      "How long before a home is pulled down or converted it is no longer let.",                   \
      "Hvor længe før nedrivning eller ommærkning en bolig ikke længere udlejes.")

struct flyt_stock_params {
#define X(type, name, ...) flyt_##type name;
    STOCK_PARAMS(X)
#undef X
};

#endif

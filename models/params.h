/**
 * @file params.h
 * @brief All parameters of the housing model, as the processes read them: one struct a process.
 *
 * Filled for each calendar year by the engine from the descriptor tables of the processes.
 */
#ifndef FLYT_PARAMS_H
#define FLYT_PARAMS_H

#include "models/benefit_params.h"
#include "models/choice_params.h"
#include "models/couples.h"
#include "models/credit.h"
#include "models/fertility.h"
#include "models/leaving.h"
#include "models/letting_params.h"
#include "models/liferates.h"
#include "models/listing_params.h"
#include "models/livelihood_params.h"
#include "models/market_params.h"
#include "models/match.h"
#include "models/migration.h"
#include "models/mortality.h"
#include "models/offers.h"
#include "models/prices.h"
#include "models/reputation_params.h"
#include "models/resources_params.h"
#include "models/returns.h"
#include "models/search.h"
#include "models/segregation_series.h"
#include "models/standstill_params.h"
#include "models/start_params.h"
#include "models/usercost_params.h"

struct flyt_params {
    struct flyt_search_params search;
    struct flyt_letting_params letting;
    struct flyt_start_params start;
    struct flyt_mortality_params mortality;
    struct flyt_fertility_params fertility;
    struct flyt_couples_params couples;
    struct flyt_leaving_params leaving;
    struct flyt_migration_params migration;
    struct flyt_lifecourse_params lifecourse;
    struct flyt_frailty_params frailty;
    struct flyt_livelihood_params livelihood;
    struct flyt_resources_params resources;
    struct flyt_benefit_params benefit;
    struct flyt_usercost_params usercost;
    struct flyt_credit_params credit;
    struct flyt_prices_params prices;
    struct flyt_law_params law;
    struct flyt_lists_params lists;
    struct flyt_need_params need;
    struct flyt_listing_params listing;
    struct flyt_reputation_params reputation;
    struct flyt_segregation_params segregation;
    struct flyt_market_params market;
    struct flyt_building_params building;
    struct flyt_stock_params stock;
    struct flyt_choice_params choice;
    struct flyt_offers_params offers;
    struct flyt_match_params match;
    struct flyt_standstill_params standstill;
    struct flyt_returns returns; /* of a policy: no parameters of a scenario */
};

#endif

/**
 * @file housing_params.c
 * @brief The parameters of the housing model: one group a process, from the processes' tables.
 */
#include "models/housing_parts.h"
#include "models/livelihood_params.h"
#include "models/params.h"

static const struct flyt_field search_fields[] = {
#define X(...) FLYT_FIELD(flyt_search_params, __VA_ARGS__)
    SEARCH_PARAMS(X)
#undef X
};

static const struct flyt_field letting_fields[] = {
#define X(...) FLYT_FIELD(flyt_letting_params, __VA_ARGS__)
    LETTING_PARAMS(X)
#undef X
};

static const struct flyt_field mortality_fields[] = {
#define X(...) FLYT_FIELD(flyt_mortality_params, __VA_ARGS__)
    MORTALITY_PARAMS(X)
#undef X
};

static const struct flyt_field fertility_fields[] = {
#define X(...) FLYT_FIELD(flyt_fertility_params, __VA_ARGS__)
    FERTILITY_PARAMS(X)
#undef X
};

static const struct flyt_field couples_fields[] = {
#define X(...) FLYT_FIELD(flyt_couples_params, __VA_ARGS__)
    COUPLES_PARAMS(X)
#undef X
};

static const struct flyt_field leaving_fields[] = {
#define X(...) FLYT_FIELD(flyt_leaving_params, __VA_ARGS__)
    LEAVING_PARAMS(X)
#undef X
};

static const struct flyt_field migration_fields[] = {
#define X(...) FLYT_FIELD(flyt_migration_params, __VA_ARGS__)
    MIGRATION_PARAMS(X)
#undef X
};

static const struct flyt_field lifecourse_fields[] = {
#define X(...) FLYT_FIELD(flyt_lifecourse_params, __VA_ARGS__)
    LIFECOURSE_PARAMS(X)
#undef X
};

static const struct flyt_field frailty_fields[] = {
#define X(...) FLYT_FIELD(flyt_frailty_params, __VA_ARGS__)
    FRAILTY_PARAMS(X)
#undef X
};

static const struct flyt_field start_fields[] = {
#define X(...) FLYT_FIELD(flyt_start_params, __VA_ARGS__)
    START_PARAMS(X)
#undef X
};

static const struct flyt_field resources_fields[] = {
#define X(...) FLYT_FIELD(flyt_resources_params, __VA_ARGS__)
    RESOURCES_PARAMS(X)
#undef X
};

static const struct flyt_field benefit_fields[] = {
#define X(...) FLYT_FIELD(flyt_benefit_params, __VA_ARGS__)
    BENEFIT_PARAMS(X)
#undef X
};

static const struct flyt_field usercost_fields[] = {
#define X(...) FLYT_FIELD(flyt_usercost_params, __VA_ARGS__)
    USERCOST_PARAMS(X)
#undef X
};

static const struct flyt_field credit_fields[] = {
#define X(...) FLYT_FIELD(flyt_credit_params, __VA_ARGS__)
    CREDIT_PARAMS(X)
#undef X
};

static const struct flyt_field prices_fields[] = {
#define X(...) FLYT_FIELD(flyt_prices_params, __VA_ARGS__)
    PRICES_PARAMS(X)
#undef X
};

static const struct flyt_field law_fields[] = {
#define X(...) FLYT_FIELD(flyt_law_params, __VA_ARGS__)
    LAW_PARAMS(X)
#undef X
};

static const struct flyt_field lists_fields[] = {
#define X(...) FLYT_FIELD(flyt_lists_params, __VA_ARGS__)
    LISTS_PARAMS(X)
#undef X
};

static const struct flyt_field need_fields[] = {
#define X(...) FLYT_FIELD(flyt_need_params, __VA_ARGS__)
    NEED_PARAMS(X)
#undef X
};

static const struct flyt_field listing_fields[] = {
#define X(...) FLYT_FIELD(flyt_listing_params, __VA_ARGS__)
    LISTING_PARAMS(X)
#undef X
};

static const struct flyt_field reputation_fields[] = {
#define X(...) FLYT_FIELD(flyt_reputation_params, __VA_ARGS__)
    REPUTATION_PARAMS(X)
#undef X
};

static const struct flyt_field segregation_fields[] = {
#define X(...) FLYT_FIELD(flyt_segregation_params, __VA_ARGS__)
    SEGREGATION_PARAMS(X)
#undef X
};

static const struct flyt_field market_fields[] = {
#define X(...) FLYT_FIELD(flyt_market_params, __VA_ARGS__)
    MARKET_PARAMS(X)
#undef X
};

static const struct flyt_field building_fields[] = {
#define X(...) FLYT_FIELD(flyt_building_params, __VA_ARGS__)
    BUILDING_PARAMS(X)
#undef X
};

static const struct flyt_field stock_fields[] = {
#define X(...) FLYT_FIELD(flyt_stock_params, __VA_ARGS__)
    STOCK_PARAMS(X)
#undef X
};

static const struct flyt_field choice_fields[] = {
#define X(...) FLYT_FIELD(flyt_choice_params, __VA_ARGS__)
    CHOICE_PARAMS(X)
#undef X
};

static const struct flyt_field offers_fields[] = {
#define X(...) FLYT_FIELD(flyt_offers_params, __VA_ARGS__)
    OFFERS_PARAMS(X)
#undef X
};

static const struct flyt_field match_fields[] = {
#define X(...) FLYT_FIELD(flyt_match_params, __VA_ARGS__)
    MATCH_PARAMS(X)
#undef X
};

static const struct flyt_field standstill_fields[] = {
#define X(...) FLYT_FIELD(flyt_standstill_params, __VA_ARGS__)
    STANDSTILL_PARAMS(X)
#undef X
};

const struct flyt_field_group flyt_housing_groups[FLYT_N_GROUPS] = {
    {"search", "Looking for a home", "Boligsøgning", search_fields, FLYT_COUNT(search_fields),
     offsetof(struct flyt_params, search)},
    {"letting", "Letting and waiting lists", "Udlejning og ventelister", letting_fields,
     FLYT_COUNT(letting_fields), offsetof(struct flyt_params, letting)},
    {"mortality", "Death", "Død", mortality_fields, FLYT_COUNT(mortality_fields),
     offsetof(struct flyt_params, mortality)},
    {"fertility", "Birth", "Fødsel", fertility_fields, FLYT_COUNT(fertility_fields),
     offsetof(struct flyt_params, fertility)},
    {"couples", "Couples", "Par", couples_fields, FLYT_COUNT(couples_fields),
     offsetof(struct flyt_params, couples)},
    {"leaving", "Leaving the parental home", "At flytte hjemmefra", leaving_fields,
     FLYT_COUNT(leaving_fields), offsetof(struct flyt_params, leaving)},
    {"migration", "Moving in from and out to other places", "Til- og fraflytning", migration_fields,
     FLYT_COUNT(migration_fields), offsetof(struct flyt_params, migration)},
    {"frailty", "Old people who need daily help", "Ældre, der har brug for daglig hjælp",
     frailty_fields, FLYT_COUNT(frailty_fields), offsetof(struct flyt_params, frailty)},
    {"lifecourse", "Other events of life", "Andre begivenheder i livet", lifecourse_fields,
     FLYT_COUNT(lifecourse_fields), offsetof(struct flyt_params, lifecourse)},
    {"start", "The start population", "Startbefolkningen", start_fields, FLYT_COUNT(start_fields),
     offsetof(struct flyt_params, start)},
    FLYT_LIVELIHOOD_GROUPS(offsetof(struct flyt_params, livelihood)),
    {"resources", "Resources and vulnerability", "Ressourcer og sårbarhed", resources_fields,
     FLYT_COUNT(resources_fields), offsetof(struct flyt_params, resources)},
    {"benefit", "Housing benefit", "Boligstøtte", benefit_fields, FLYT_COUNT(benefit_fields),
     offsetof(struct flyt_params, benefit)},
    {"usercost", "What it costs to own a home", "Udgiften ved at eje sin bolig", usercost_fields,
     FLYT_COUNT(usercost_fields), offsetof(struct flyt_params, usercost)},
    {"credit", "Who may borrow for a home, deposits", "Hvem kan låne til en bolig, og indskud",
     credit_fields, FLYT_COUNT(credit_fields), offsetof(struct flyt_params, credit)},
    {"prices", "Interest and regulated rents", "Rente og regulerede huslejer", prices_fields,
     FLYT_COUNT(prices_fields), offsetof(struct flyt_params, prices)},
    {"law", "Which year's law holds", "Hvilket års lov der gælder", law_fields,
     FLYT_COUNT(law_fields), offsetof(struct flyt_params, law)},
    {"listing", "Lists of deprived areas", "Lister over udsatte boligområder", listing_fields,
     FLYT_COUNT(listing_fields), offsetof(struct flyt_params, listing)},
    {"reputation", "Reputation of areas", "Boligområders omdømme", reputation_fields,
     FLYT_COUNT(reputation_fields), offsetof(struct flyt_params, reputation)},
    {"segregation", "Segregation measures", "Segregationsmål", segregation_fields,
     FLYT_COUNT(segregation_fields), offsetof(struct flyt_params, segregation)},
    {"market", "Private rents and owner prices", "Private huslejer og ejerpriser", market_fields,
     FLYT_COUNT(market_fields), offsetof(struct flyt_params, market)},
    {"building", "Building", "Nybyggeri", building_fields, FLYT_COUNT(building_fields),
     offsetof(struct flyt_params, building)},
    {"stock", "The plan of homes to be pulled down or converted",
     "Planen for boliger, der rives ned eller ommærkes", stock_fields, FLYT_COUNT(stock_fields),
     offsetof(struct flyt_params, stock)},
    {"lists", "Who signs up on waiting lists", "Hvem skriver sig på venteliste", lists_fields,
     FLYT_COUNT(lists_fields), offsetof(struct flyt_params, lists)},
    {"need", "Acute housing need", "Akut boligbehov", need_fields, FLYT_COUNT(need_fields),
     offsetof(struct flyt_params, need)},
    {"choice", "What a home is worth", "Hvad en bolig er værd", choice_fields,
     FLYT_COUNT(choice_fields), offsetof(struct flyt_params, choice)},
    {"offers", "Homes on offer", "Udbudte boliger", offers_fields, FLYT_COUNT(offers_fields),
     offsetof(struct flyt_params, offers)},
    {"match", "Who gets a home on the market", "Hvem får en bolig på markedet", match_fields,
     FLYT_COUNT(match_fields), offsetof(struct flyt_params, match)},
    {"standstill", "The pass before the first month", "Forløbet før første måned",
     standstill_fields, FLYT_COUNT(standstill_fields), offsetof(struct flyt_params, standstill)},
};

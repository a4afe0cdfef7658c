#include "models/letting_first.h"

#include "models/housing.h"
#include "models/params.h"
#include "sim/rank.h"

struct letting_job {
    struct flyt_world *world;
    struct flyt_ranked *applicants; /* [n_applicants] scratch, by market */
    struct flyt_ranked *homes;      /* [n_dwellings vacant] scratch, by market */
    uint32_t *first_home;           /* [n_markets + 1] into homes */
};

/** Almen homes: longest on the list first. Others: a keyed rank of the month. */
static uint64_t applicant_key(const struct flyt_world *world, uint32_t household, bool almen)
{
    if (almen) {
        return (uint64_t)(world->households.row[household].search_since + INT16_MAX + 1);
    }
    return flyt_rng_word64(world->key, world->households.uid[household], world->month,
                           FLYT_STREAM_letting_rank, 0);
}

/** Brings the first n_first applicants of a market to the front. */
static void rank_applicants(const struct letting_job *job, uint32_t market, uint32_t n_first)
{
    const struct flyt_world *world = job->world;
    const struct flyt_housing *housing = world->housing;
    bool almen = market % FLYT_N_TENURES == FLYT_TENURE_almen;
    uint32_t first = housing->first_applicant[market];
    uint32_t n = housing->first_applicant[market + 1] - first;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t household = housing->applicants[first + i];
        job->applicants[first + i] = (struct flyt_ranked){
            applicant_key(world, household, almen), world->households.uid[household], household};
    }
    flyt_rank_first(job->applicants + first, n, n_first);
}

/** Gathers a market's vacant homes in their order of this month. */
static void rank_homes(const struct letting_job *job, uint32_t market)
{
    const struct flyt_world *world = job->world;
    const struct flyt_housing *housing = world->housing;
    struct flyt_ranked *homes = job->homes + job->first_home[market];
    uint32_t n = 0;
    for (uint32_t s = housing->market_section[market]; s < housing->market_section[market + 1];
         s++) {
        const uint32_t *vacant = housing->vacant + world->sections.first[s];
        for (uint32_t i = 0; i < housing->n_vacant[s]; i++) {
            homes[n++] = (struct flyt_ranked){
                flyt_rng_word64(world->key, vacant[i], world->month, FLYT_STREAM_letting_home, 0),
                vacant[i], vacant[i]};
        }
        housing->n_vacant[s] = 0; /* what is left is put back */
    }
    flyt_rank_sort(homes, n);
}

/** The first in order get the first homes; what is left of either waits. */
static void let_market(const struct letting_job *job, uint32_t market)
{
    struct flyt_world *world = job->world;
    struct flyt_housing *housing = world->housing;
    uint32_t first = housing->first_applicant[market];
    uint32_t n_applicants = housing->first_applicant[market + 1] - first;
    uint32_t n_vacant = job->first_home[market + 1] - job->first_home[market];
    uint32_t n = n_applicants < n_vacant ? n_applicants : n_vacant;
    for (uint32_t s = housing->market_section[market]; s < housing->market_section[market + 1];
         s++) {
        housing->n_let[s] = 0;
    }
    if (n == 0) {
        return;
    }
    rank_applicants(job, market, n);
    rank_homes(job, market);
    const struct flyt_ranked *homes = job->homes + job->first_home[market];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t household = job->applicants[first + i].index, home = homes[i].index;
        uint32_t s = world->dwellings.section[home];
        housing->moves[world->sections.first[s] + housing->n_let[s]++] =
            (struct flyt_move){household, home};
        housing->counts.waited_months[market] +=
            world->calendar - world->households.row[household].search_since;
    }
    for (uint32_t i = n; i < n_vacant; i++) {
        uint32_t s = world->dwellings.section[homes[i].index];
        housing->vacant[world->sections.first[s] + housing->n_vacant[s]++] = homes[i].index;
    }
    housing->counts.moves_in[market] += n;
}

static void let_range(void *job_, uint32_t first, uint32_t end)
{
    for (uint32_t market = first; market < end; market++) {
        let_market(job_, market);
    }
}

enum flyt_status flyt_letting_resolve(struct flyt_world *world)
{
    struct flyt_housing *housing = world->housing;
    uint32_t n_markets = world->housing->n_markets;
    struct letting_job job = {
        .world = world, .first_home = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_markets + 1)};
    if (job.first_home == NULL) {
        return FLYT_ERR_MEMORY;
    }
    job.first_home[0] = 0;
    for (uint32_t s = 0; s < n_markets; s++) {
        job.first_home[s + 1] = job.first_home[s] + flyt_housing_vacant(world, s);
    }
    job.applicants = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked,
                                      housing->first_applicant[n_markets]);
    job.homes = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_ranked, job.first_home[n_markets]);
    if (job.applicants == NULL || job.homes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    flyt_par_ranges(&world->par, n_markets, let_range, &job);
    return FLYT_OK;
}

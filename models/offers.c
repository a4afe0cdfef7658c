#include "models/offers.h"

#include <string.h>

#include "models/housing.h"
#include "models/letting.h"
#include "models/moves.h"
#include "models/params.h"
#include "sim/num.h"

enum { TILE = 256 };

/* ---- the state ------------------------------------------------------------------------------- */

/** ASSUMPTION: homes that stand empty at the start fell vacant in the months before. */
static void spread_start(struct flyt_world *world)
{
    uint32_t wait = world->params->offers.owner_wait + 1;
    for (uint32_t d = 0; d < world->dwellings.n; d++) {
        if (world->dwellings.occupant[d] == FLYT_NONE) {
            uint32_t ago = flyt_rng_below(world->key, d, 0, FLYT_STREAM_offers_start, 0, wait);
            world->dwellings.empty_since[d] = (int16_t)(world->calendar - (int32_t)ago);
        }
    }
}

enum flyt_status flyt_offers_create(struct flyt_world *world)
{
    struct flyt_arena *arena = world->run_arena;
    size_t n = world->municipalities.n;
    struct flyt_offers *offers = FLYT_ARENA_ZERO(arena, struct flyt_offers, 1);
    if (offers == NULL) {
        return FLYT_ERR_MEMORY;
    }
    bool ok = true;
    ok &= (offers->taken = FLYT_ARENA_ZERO(arena, bool, world->dwellings.n)) != NULL;
    ok &= (offers->reach = FLYT_ARENA_ARRAY(arena, double, n)) != NULL;
    ok &= (offers->part = FLYT_ARENA_ZERO(arena, struct flyt_offers_part, n * (n + 1))) != NULL;
    ok &= (offers->guide = FLYT_ARENA_ARRAY(arena, uint16_t, n * FLYT_OFFERS_GUIDE)) != NULL;
    ok &= (offers->first = FLYT_ARENA_ZERO(arena, uint32_t, n)) != NULL;
    ok &= (offers->n = FLYT_ARENA_ZERO(arena, uint32_t, n)) != NULL;
    ok &= (offers->usual = FLYT_ARENA_ZERO(arena, double, n)) != NULL;
    ok &= (offers->sum = FLYT_ARENA_ZERO(arena, uint64_t, n)) != NULL;
    ok &= (offers->new_listings = FLYT_ARENA_ZERO(arena, int64_t, n * FLYT_N_HOUSES)) != NULL;
    if (!ok) {
        return FLYT_ERR_MEMORY;
    }
    world->offers = offers;
    spread_start(world);
    return FLYT_OK;
}

void flyt_offers_archive(struct flyt_world *world, struct flyt_archive *archive)
{
    struct flyt_offers *offers = world->offers;
    size_t n = world->municipalities.n;
    bool sound = true;
    FLYT_ARCHIVE_ARRAY(archive, "offers.part", offers->part, n * (n + 1));
    FLYT_ARCHIVE_ARRAY(archive, "offers.guide", offers->guide, n * FLYT_OFFERS_GUIDE);
    FLYT_ARCHIVE_VALUE(archive, "offers.weighed", offers->weighed);
    for (size_t i = 0; i < n * (n + 1); i++) {
        sound &= offers->part[i].municipality < n;
    }
    for (size_t i = 0; i < n * FLYT_OFFERS_GUIDE; i++) {
        sound &= offers->guide[i] <= n;
    }
    flyt_archive_require(archive, "offers.part", sound);
    FLYT_ARCHIVE_ARRAY(archive, "offers.usual", offers->usual, n);
    FLYT_ARCHIVE_ARRAY(archive, "offers.sum", offers->sum, n);
    FLYT_ARCHIVE_VALUE(archive, "offers.n_built", offers->n_built);
    FLYT_ARCHIVE_SCRATCH(archive, "offers.offer", &offers->offer, 1);
    FLYT_ARCHIVE_SCRATCH(archive, "offers.bucket", &offers->bucket, 1);
    FLYT_ARCHIVE_SCRATCH(archive, "offers.first", offers->first, n);
    FLYT_ARCHIVE_SCRATCH(archive, "offers.n", offers->n, n);
    FLYT_ARCHIVE_SCRATCH(archive, "offers.reach", offers->reach, n);
    FLYT_ARCHIVE_SCRATCH(archive, "offers.new_listings", offers->new_listings, n * FLYT_N_HOUSES);
}

static double homes_in(const struct flyt_world *world, uint32_t municipality)
{
    const uint32_t *first = world->housing->market_first;
    return first[flyt_housing_market(municipality + 1, 0)] -
           first[flyt_housing_market(municipality, 0)];
}

double flyt_offers_mean(const struct flyt_offers *offers, uint32_t municipality)
{
    if (offers->n_built == 0) {
        return offers->usual[municipality];
    }
    double mean = (double)offers->sum[municipality] / offers->n_built;
    return mean > 0.5 ? mean : 0.5;
}

static void renew_usual(struct flyt_offers *offers, uint32_t n_municipalities)
{
    for (uint32_t m = 0; m < n_municipalities; m++) {
        offers->usual[m] = flyt_offers_mean(offers, m);
        offers->sum[m] = 0;
    }
    offers->n_built = 0;
}

/** Which part of a municipality's draws a random word belongs to: 0 one's own, m + 1 municipality
 * m.
 */
static uint32_t part_at(const double *reach, uint32_t n, double inside, uint64_t word)
{
    double u = ((double)word + 0.5) * 0x1p-32;
    if (u < inside) {
        return 0;
    }
    double at = (u - inside) / (1.0 - inside);
    uint32_t m = 0;
    while (m < n - 1 && reach[m] <= at) { /* the first sum above `at` */
        m++;
    }
    return m + 1;
}

/** Cuts the words of a municipality's draws into parts; words rise, so parts do. */
static void cut_parts(const double *reach, uint32_t n, double inside, uint32_t own,
                      struct flyt_offers_part *part)
{
    uint64_t low = 0;
    for (uint32_t k = 0; k <= n; k++) {
        uint64_t high = UINT64_C(1) << 32;
        while (low < high) { /* the first word beyond part k */
            uint64_t middle = (low + high) / 2;
            if (part_at(reach, n, inside, middle) > k) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        double share = k < 2 ? reach[0] : reach[k - 1] - reach[k - 2];
        part[k] = (struct flyt_offers_part){.end = low,
                                            .chance = k == 0 ? inside : (1.0 - inside) * share,
                                            .municipality = k == 0 ? own : k - 1};
    }
}

/** By the first bits of a word, the part of the first word with these bits. */
static void fill_guide(const struct flyt_offers_part *part, uint16_t *guide)
{
    uint32_t k = 0;
    for (uint64_t bits = 0; bits < FLYT_OFFERS_GUIDE; bits++) {
        while (bits * (UINT64_C(1) << 32) / FLYT_OFFERS_GUIDE >= part[k].end) {
            k++;
        }
        guide[bits] = (uint16_t)k;
    }
}

void flyt_offers_year(struct flyt_world *world)
{
    struct flyt_offers *offers = world->offers;
    uint32_t n = world->municipalities.n;
    double *reach = offers->reach, inside = n > 1 ? world->params->offers.inside : 1.0;
    renew_usual(offers, n);
    for (uint32_t from = 0; from < n; from++) {
        double sum = 0.0;
        for (uint32_t m = 0; m < n; m++) {
            double km = world->housing->distance_km[(size_t)from * n + m];
            sum += m == from ? 0.0
                             : homes_in(world, m) *
                                   flyt_num_pow(1.0 + km, -world->params->choice.distance);
            reach[m] = sum;
        }
        for (uint32_t m = 0; m < n && sum > 0.0; m++) {
            reach[m] /= sum;
        }
        struct flyt_offers_part *part = offers->part + (size_t)from * (n + 1);
        cut_parts(reach, n, inside, from, part);
        fill_guide(part, offers->guide + (size_t)from * FLYT_OFFERS_GUIDE);
    }
    offers->weighed = false;
}

/* ---- building -------------------------------------------------------------------------------- */

struct build_job {
    struct flyt_world *world;
    struct flyt_offer *loose; /* as found, placed like offers->offer */
    bool first_round;
};

static bool is_offered(const struct flyt_world *world, uint32_t tenure, uint32_t dwelling)
{
    if (tenure == FLYT_TENURE_almen) {
        return flyt_letting_advertised(world, dwelling) && flyt_moves_ready(world, dwelling);
    }
    if (tenure == FLYT_TENURE_private_rental) {
        return flyt_moves_ready(world, dwelling);
    }
    int32_t months = world->calendar - world->dwellings.empty_since[dwelling];
    return tenure != FLYT_TENURE_owner || months >= (int32_t)world->params->offers.owner_wait;
}

/** Whether an owner's home is on offer since this month. */
static bool is_new(const struct flyt_world *world, uint32_t dwelling)
{
    int32_t months = world->calendar - world->dwellings.empty_since[dwelling];
    return months == (int32_t)world->params->offers.owner_wait;
}

/** Gathers a municipality's offers in the order of its vacancies; returns how many. */
static uint32_t gather(const struct build_job *job, uint32_t municipality)
{
    const struct flyt_world *world = job->world;
    const struct flyt_housing *housing = world->housing;
    struct flyt_offer *loose = job->loose + world->offers->first[municipality];
    int64_t *listings = world->offers->new_listings + (size_t)municipality * FLYT_N_HOUSES;
    uint32_t n = 0, s = housing->market_section[flyt_housing_market(municipality, 0)];
    uint32_t end = housing->market_section[flyt_housing_market(municipality + 1, 0)];
    for (; s < end; s++) {
        const uint32_t *vacant = housing->vacant + world->sections.first[s];
        uint32_t tenure = world->sections.tenure[s];
        for (uint32_t i = 0; i < housing->n_vacant[s]; i++) {
            if (!is_offered(world, tenure, vacant[i])) {
                continue;
            }
            loose[n] = flyt_choice_home(world, vacant[i]);
            if (job->first_round && tenure == FLYT_TENURE_owner && is_new(world, vacant[i])) {
                listings[flyt_prices_house(loose[n].rooms)]++;
            }
            n++;
        }
    }
    return n;
}

/** Points on the circle of this month. */
static void hash(const struct flyt_world *world, struct flyt_offer *offer, uint32_t n)
{
    uint64_t name[TILE];
    uint32_t words[4][TILE];
    uint32_t *const word[4] = {words[0], words[1], words[2], words[3]};
    for (uint32_t done = 0; done < n; done += TILE) {
        uint32_t now = n - done < TILE ? n - done : TILE;
        for (uint32_t i = 0; i < now; i++) {
            name[i] = offer[done + i].dwelling;
        }
        flyt_rng_blocks(world->key, name, now, world->month, FLYT_STREAM_offers_order, 0, word);
        for (uint32_t i = 0; i < now; i++) {
            offer[done + i].point = words[0][i];
        }
    }
}

static bool before(const struct flyt_offer *a, const struct flyt_offer *b)
{
    return a->point != b->point ? a->point < b->point : a->dwelling < b->dwelling;
}

/** The part of the circle, cut into n, in which a point lies. */
static uint32_t part_of(uint32_t point, uint32_t n)
{
    return (uint32_t)((uint64_t)point * n >> 32);
}

/** Sorts n loose offers along the circle: into n parts, then within each. */
static void arrange(const struct flyt_offer *loose, uint32_t n, uint32_t *bucket,
                    struct flyt_offer *sorted)
{
    memset(bucket, 0, ((size_t)n + 1) * sizeof *bucket);
    for (uint32_t i = 0; i < n; i++) {
        bucket[part_of(loose[i].point, n) + 1]++;
    }
    for (uint32_t b = 0; b < n; b++) {
        bucket[b + 1] += bucket[b];
    }
    for (uint32_t i = 0; i < n; i++) {
        sorted[bucket[part_of(loose[i].point, n)]++] = loose[i];
    }
    for (uint32_t b = n; b > 0; b--) { /* placing moved each start to its end */
        bucket[b] = bucket[b - 1];
    }
    bucket[0] = 0;
    for (uint32_t i = 1; i < n; i++) { /* parts hold one offer on average */
        struct flyt_offer offer = sorted[i];
        uint32_t at = i;
        for (; at > 0 && before(&offer, &sorted[at - 1]); at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = offer;
    }
}

static void build_range(void *job_, uint32_t first, uint32_t end)
{
    const struct build_job *job = job_;
    const struct flyt_offers *offers = job->world->offers;
    for (uint32_t m = first; m < end; m++) {
        struct flyt_offer *loose = job->loose + offers->first[m];
        uint32_t n = gather(job, m);
        hash(job->world, loose, n);
        arrange(loose, n, offers->bucket + offers->first[m] + m, offers->offer + offers->first[m]);
        offers->n[m] = n;
    }
}

/** What a draw weighs by where it looks. */
static void weigh(struct flyt_offers *offers, uint32_t n)
{
    for (size_t i = 0; i < (size_t)n * (n + 1); i++) {
        struct flyt_offers_part *part = &offers->part[i];
        double usual = offers->usual[part->municipality]; /* no arc is longer than the circle */
        usual = usual > 1.0 ? usual : 1.0;
        part->weight = part->chance > 0.0 ? usual / part->chance : 0.0;
        part->arc = (uint32_t)(UINT32_MAX / usual);
    }
    offers->weighed = true;
}

enum flyt_status flyt_offers_build(struct flyt_world *world, bool first_round)
{
    struct flyt_offers *offers = world->offers;
    const struct flyt_housing *housing = world->housing;
    uint32_t n_municipalities = world->municipalities.n, n = 0;
    for (uint32_t m = 0; m < n_municipalities; m++) {
        offers->first[m] = n;
        uint32_t end = housing->market_section[flyt_housing_market(m + 1, 0)];
        for (uint32_t s = housing->market_section[flyt_housing_market(m, 0)]; s < end; s++) {
            n += housing->n_vacant[s];
        }
    }
    struct build_job job = {.world = world,
                            .loose = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_offer, n),
                            .first_round = first_round};
    size_t n_buckets = (size_t)n + 2 * (size_t)n_municipalities;
    offers->offer = FLYT_ARENA_ARRAY(world->step_arena, struct flyt_offer, n);
    offers->bucket = FLYT_ARENA_ARRAY(world->step_arena, uint32_t, n_buckets);
    if (job.loose == NULL || offers->offer == NULL || offers->bucket == NULL) {
        return FLYT_ERR_MEMORY;
    }
    if (first_round) {
        memset(offers->new_listings, 0, n_municipalities * FLYT_N_HOUSES * sizeof(int64_t));
    }
    flyt_par_ranges(&world->par, n_municipalities, build_range, &job);
    offers->n_built++;
    for (uint32_t m = 0; m < n_municipalities; m++) {
        offers->sum[m] += offers->n[m];
        if (offers->usual[m] <= 0.0) {
            offers->usual[m] = offers->n[m] > 0 ? offers->n[m] : 0.5;
            offers->weighed = false;
        }
    }
    if (!offers->weighed) {
        weigh(offers, n_municipalities);
    }
    return FLYT_OK;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/** A draw on its way to its offer. */
struct draw {
    double weight;
    uint32_t arc, municipality, point, first; /* first offer of the point's part of the circle */
};

/** Where n draws of a household look, two by each block of random words; draws without offers are
 *  left out. Returns how many are left. */
static uint32_t start_draws(const struct flyt_world *world, uint32_t own, uint32_t n,
                            uint32_t *const *word, struct draw *draw)
{
    const struct flyt_offers *offers = world->offers;
    const struct flyt_offers_part *parts =
        offers->part + own * ((size_t)world->municipalities.n + 1);
    const uint16_t *guide = offers->guide + (size_t)own * FLYT_OFFERS_GUIDE;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t where = word[2 * (i % 2)][i / 2], point = word[2 * (i % 2) + 1][i / 2];
        const struct flyt_offers_part *part = parts + guide[part_of(where, FLYT_OFFERS_GUIDE)];
        while (where >= part->end) {
            part++;
        }
        uint32_t m = part->municipality;
        if (offers->n[m] == 0 || part->weight <= 0.0) {
            continue;
        }
        uint32_t bucket = offers->first[m] + m + part_of(point, offers->n[m]);
        draw[kept++] = (struct draw){part->weight, part->arc, m, point, bucket};
        __builtin_prefetch(&offers->bucket[bucket]);
    }
    return kept;
}

/** Offers drawn so far. Most are drawn once: a bit by the place of each tells which may be met
 * again without going through all. */
struct sight {
    struct flyt_drawn *drawn;
    uint32_t n;
    uint64_t bits;
};

/** Adds a draw to those before it. */
static void add_drawn(struct sight *sight, const struct flyt_offer *offer, double weight)
{
    uint64_t bit = UINT64_C(1) << (offer->point >> 8 & 63); /* homes of an arc differ there */
    for (uint32_t i = 0; sight->bits & bit && i < sight->n; i++) {
        if (sight->drawn[i].offer == offer) {
            sight->drawn[i].weight += weight;
            return;
        }
    }
    sight->bits |= bit;
    sight->drawn[sight->n++] = (struct flyt_drawn){offer, weight};
}

/** The offers on the arcs that a household's draws look along. Returns how many. */
static uint32_t end_draws(const struct flyt_world *world, const struct draw *draw, uint32_t n,
                          struct flyt_drawn *drawn)
{
    const struct flyt_offers *offers = world->offers;
    struct sight sight = {.drawn = drawn};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t m = draw[i].municipality, n_here = offers->n[m], at = draw[i].first;
        const struct flyt_offer *offer = offers->offer + offers->first[m];
        while (at < n_here && offer[at].point < draw[i].point) {
            at++;
        }
        for (uint32_t k = 0; k < n_here && sight.n < FLYT_CHOICE_MOST; k++, at++) {
            at = at < n_here ? at : 0;
            if (offer[at].point - draw[i].point > draw[i].arc) { /* modulo 2^32, as the circle */
                break;
            }
            add_drawn(&sight, &offer[at], draw[i].weight);
        }
    }
    return sight.n;
}

void flyt_offers_draw_many(const struct flyt_world *world, const struct flyt_offers_caller *caller,
                           uint32_t n_callers, uint32_t n, struct flyt_drawn *drawn,
                           uint32_t *n_drawn)
{
    enum { BLOCKS = FLYT_OFFERS_CALLERS * FLYT_CHOICE_MOST / 2 };
    const struct flyt_offers *offers = world->offers;
    struct draw draw[FLYT_OFFERS_CALLERS * FLYT_CHOICE_MOST];
    uint64_t name[BLOCKS];
    uint32_t words[4][BLOCKS], n_draws[FLYT_OFFERS_CALLERS], n_blocks = (n + 1) / 2;
    uint32_t *const word[4] = {words[0], words[1], words[2], words[3]};
    if (n_callers == 0) {
        return;
    }
    for (uint32_t c = 0; c < n_callers; c++) {
        for (uint32_t b = 0; b < n_blocks; b++) { /* two draws a block */
            name[c * n_blocks + b] =
                caller[c].uid ^ (caller[c].draw / 2 + b + 1) * UINT64_C(0x9E3779B97F4A7C15);
        }
    }
    flyt_rng_blocks(world->key, name, n_callers * n_blocks, world->month, caller[0].stream, 0,
                    word);
    for (uint32_t c = 0; c < n_callers; c++) {
        uint32_t *const own[4] = {word[0] + c * n_blocks, word[1] + c * n_blocks,
                                  word[2] + c * n_blocks, word[3] + c * n_blocks};
        n_draws[c] = start_draws(world, caller[c].municipality, n, own, draw + c * n);
    }
    for (uint32_t c = 0; c < n_callers; c++) { /* what lies far off in memory is asked for early */
        for (uint32_t i = 0; i < n_draws[c]; i++) {
            struct draw *now = &draw[c * n + i];
            now->first = offers->bucket[now->first];
            __builtin_prefetch(&offers->offer[offers->first[now->municipality] + now->first]);
        }
    }
    for (uint32_t c = 0; c < n_callers; c++) {
        n_drawn[c] =
            end_draws(world, draw + c * n, n_draws[c], drawn + (size_t)c * FLYT_CHOICE_MOST);
    }
}

uint32_t flyt_offers_draw(const struct flyt_world *world, const struct flyt_offers_caller *caller,
                          uint32_t n, struct flyt_drawn *drawn)
{
    uint32_t n_drawn;
    flyt_offers_draw_many(world, caller, 1, n, drawn, &n_drawn);
    return n_drawn;
}

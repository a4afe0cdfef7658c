/**
 * @file choice_look.c
 * @brief What homes are worth to households that look at them: V, taste, cost.
 *
 * Most homes are not worth moving for, and four logarithms a look would be most of the work. So
 * each look first gets upper bounds from the bits of the numbers; only where these leave it open
 * is the value worked out, many at a time.
 */
#include <math.h>
#include <string.h>

#include "models/choice.h"
#include "models/params.h"
#include "sim/num.h"

enum { TILE = 256 }; /* looks worked through together: a power of two that stays near */

static const double slack = 1e-6; /* more than what rounding takes from a sum of such numbers */

/* ---- one look -------------------------------------------------------------------------------- */

/** What V is made of: beta_c ln(left) - beta_d ln(far) + plain. */
struct terms {
    double left, far, plain;
};

/** What does not need a logarithm: the place, rooms, tenure. */
static double plain_value(const struct flyt_world *world, const struct flyt_chooser *chooser,
                          const struct flyt_offer *offer)
{
    const struct flyt_choice_params *params = &world->params->choice;
    const struct flyt_choice_area *area = &world->choice->area[offer->area];
    const double *mix = chooser->area == offer->area ? area->here : area->known;
    double space =
        world->choice->ln_rooms[offer->rooms] - world->choice->ln_rooms[chooser->persons];
    double value = params->space * space + chooser->tenure[offer->tenure];
    value += mix[chooser->origin] + chooser->drawn * area->quality;
    return offer->municipality == chooser->municipality ? value : value - params->border;
}

static double cost_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                      const struct flyt_offer *offer)
{
    return flyt_cost_month(world, &chooser->cost, offer->section, offer->area_m2, offer->rooms) /
           100.0;
}

static struct terms terms_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                             const struct flyt_offer *offer, double cost)
{
    const struct flyt_choice_params *params = &world->params->choice;
    const struct flyt_choice_area *area = &world->choice->area[offer->area];
    double x = area->x_km - chooser->x_km, y = area->y_km - chooser->y_km;
    double rest = chooser->income - cost;
    return (struct terms){
        .left = (rest > params->left_least ? rest : params->left_least) / chooser->need,
        .far = 1.0 + sqrt(x * x + y * y),
        .plain = plain_value(world, chooser, offer),
    };
}

static double value_of(const struct flyt_choice_params *params, double ln_left, double ln_far,
                       double plain)
{
    return params->income_left * ln_left - params->distance * ln_far + plain;
}

/** The name by which a chooser's taste for a home is drawn; its period is the month. */
static uint64_t name_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                        const struct flyt_offer *offer)
{
    bool fresh = world->params->choice.shock == FLYT_SHOCK_fresh;
    uint64_t thing = 1 + (uint64_t)(fresh ? offer->dwelling : offer->section);
    return chooser->uid ^ (thing * UINT64_C(0x9E3779B97F4A7C15));
}

static uint64_t draw_taste(const struct flyt_world *world, const struct flyt_chooser *chooser,
                           const struct flyt_offer *offer)
{
    return flyt_rng_word64(world->key, name_of(world, chooser, offer), chooser->period,
                           FLYT_STREAM_choice_taste, 0);
}

static double value_at(const struct flyt_world *world, const struct flyt_chooser *chooser,
                       const struct flyt_offer *offer, double cost)
{
    struct terms terms = terms_of(world, chooser, offer, cost);
    return value_of(&world->params->choice, flyt_num_log(terms.left), flyt_num_log(terms.far),
                    terms.plain);
}

double flyt_choice_value(const struct flyt_world *world, const struct flyt_look *look)
{
    return value_at(world, look->chooser, look->offer, look->view.cost);
}

void flyt_choice_look(const struct flyt_world *world, const struct flyt_chooser *chooser,
                      const struct flyt_offer *const *offer, uint32_t n, struct flyt_view *view)
{
    for (uint32_t i = 0; i < n; i++) {
        double cost = cost_of(world, chooser, offer[i]);
        uint64_t bits = draw_taste(world, chooser, offer[i]);
        view[i] = (struct flyt_view){
            .value = value_at(world, chooser, offer[i], cost),
            .taste = -flyt_num_log(-flyt_num_log(flyt_rng_to_unit(bits))),
            .cost = cost,
        };
    }
}

double flyt_choice_utility(const struct flyt_world *world, const struct flyt_chooser *chooser,
                           uint32_t dwelling)
{
    struct flyt_offer home = flyt_choice_home(world, dwelling);
    const struct flyt_offer *offer = &home;
    struct flyt_view view;
    flyt_choice_look(world, chooser, &offer, 1, &view);
    return view.value + view.taste;
}

/* ---- many ------------------------------------------------------------------------------------ */

/** The bits of a number, read as a whole one, are a line below its binary logarithm, by .0861 at
 *  most: no more than the logarithm. */
static double log_least(double x)
{
    int64_t whole;
    memcpy(&whole, &x, sizeof whole);
    return ((double)whole * 0x1p-52 - 1023.0) * 0.6931471805599453;
}

/** No less than the logarithm. */
static double log_most(double x)
{
    return log_least(x) + 0.0597; /* .0861 ln 2 = .05966 */
}

/** No less than the taste of these bits, -ln(-ln u): -ln u >= 1 - u. */
static double taste_most(uint64_t bits)
{
    double above = flyt_rng_to_unit(~bits), other = -log_most(flyt_rng_to_unit(bits));
    return -log_least(above > other ? above : other); /* above: 1 - u */
}

/** No more than the taste of these bits: -ln u <= (1 - u) / u. */
static double taste_least(uint64_t bits)
{
    double u = flyt_rng_to_unit(bits);
    double below = flyt_rng_to_unit(~bits) / u, other = -log_least(u);
    return -log_most(below < other ? below : other);
}

/** Random bits of tastes, named by (uid, section, period). */
static void draw_tastes(const struct flyt_world *world, const struct flyt_look *look, uint32_t n,
                        uint64_t *bits)
{
    uint64_t name[TILE];
    uint32_t period[TILE], words[4][TILE];
    for (uint32_t i = 0; i < n; i++) {
        name[i] = name_of(world, look[i].chooser, look[i].offer);
        period[i] = look[i].chooser->period;
    }
    uint32_t *const word[4] = {words[0], words[1], words[2], words[3]};
    flyt_rng_blocks_of(world->key, name, period, n, FLYT_STREAM_choice_taste, 0, word);
    for (uint32_t i = 0; i < n; i++) {
        bits[i] = (uint64_t)words[1][i] << 32 | words[0][i];
    }
}

/** Values and Gumbel tastes, -ln(-ln u), of the looks whose places stand in `which`. */
static void work_out(const struct flyt_world *world, struct flyt_look *look, const uint32_t *which,
                     uint32_t n, struct terms *terms, double *taste)
{
    double left[TILE], far[TILE];
    for (uint32_t i = 0; i < n; i++) {
        left[i] = terms[i].left;
        far[i] = terms[i].far;
    }
    flyt_num_log_n(left, left, n);
    flyt_num_log_n(far, far, n);
    flyt_num_log_n(taste, taste, n);
    for (uint32_t i = 0; i < n; i++) {
        taste[i] = -taste[i];
    }
    flyt_num_log_n(taste, taste, n);
    for (uint32_t i = 0; i < n; i++) {
        struct flyt_view *view = &look[which[i]].view;
        view->value = value_of(&world->params->choice, left[i], far[i], terms[i].plain);
        view->taste = -taste[i];
    }
}

static void look_tile(const struct flyt_world *world, struct flyt_look *look, uint32_t n)
{
    uint64_t bits[TILE];
    struct terms terms[TILE];
    double taste[TILE];
    uint32_t which[TILE], n_open = 0;
    if (n == 0) {
        return;
    }
    draw_tastes(world, look, n, bits);
    for (uint32_t i = 0; i < n; i++) {
        struct flyt_chooser *chooser = look[i].chooser;
        double cost = cost_of(world, chooser, look[i].offer);
        struct terms now = terms_of(world, chooser, look[i].offer, cost);
        double most = value_of(&world->params->choice, log_most(now.left), log_least(now.far),
                               now.plain + slack);
        look[i].view = (struct flyt_view){most, -INFINITY, cost};
        terms[n_open] = now;
        taste[n_open] = flyt_rng_to_unit(bits[i]);
        which[n_open] = i;
        most += taste_most(bits[i]);
        if (most > chooser->stay_least) {
            flyt_choice_settle(world, chooser);
            n_open += most > chooser->stay;
        }
    }
    work_out(world, look, which, n_open, terms, taste);
}

void flyt_choice_looks(const struct flyt_world *world, struct flyt_look *look, uint32_t n)
{
    for (uint32_t first = 0; first < n; first += TILE) {
        look_tile(world, look + first, n - first < TILE ? n - first : TILE);
    }
}

/* ---- bounds of one --------------------------------------------------------------------------- */

double flyt_choice_own_least(const struct flyt_world *world, const struct flyt_chooser *chooser,
                             const struct flyt_offer *home)
{
    struct terms terms = terms_of(world, chooser, home, cost_of(world, chooser, home));
    double far = terms.far > 1.0 ? log_most(terms.far) : 0.0; /* one's own home: 1 */
    return value_of(&world->params->choice, log_least(terms.left), far, terms.plain - slack) +
           taste_least(draw_taste(world, chooser, home));
}

double flyt_choice_kappa_least(const struct flyt_choice_params *params, double years,
                               double forgone)
{
    return params->move_cost + params->years_cost * log_least(1.0 + years) + forgone - slack;
}

bool flyt_choice_may_gain(const struct flyt_world *world, const struct flyt_chooser *chooser,
                          const struct flyt_offer *offer, double least)
{
    struct terms terms = terms_of(world, chooser, offer, cost_of(world, chooser, offer));
    double most = value_of(&world->params->choice, log_most(terms.left), log_least(terms.far),
                           terms.plain + slack);
    return most + taste_most(draw_taste(world, chooser, offer)) > least + chooser->stay_least;
}

/* ---- sampled choice sets --------------------------------------------------------------------- */

void flyt_choice_correct(const double *value, const double *weight, uint32_t n, double *corrected)
{
    double share[FLYT_CHOICE_MOST] = {0}, most = -INFINITY, sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        share[i] = weight[i];
    }
    flyt_num_log_n(share, share, n);
    for (uint32_t i = 0; i < n; i++) {
        corrected[i] = value[i] + share[i];
        most = corrected[i] > most ? corrected[i] : most;
    }
    for (uint32_t i = 0; i < n; i++) {
        share[i] = corrected[i] - most;
    }
    flyt_num_exp_n(share, share, n);
    for (uint32_t i = 0; i < n; i++) {
        sum += share[i];
    }
    for (uint32_t i = 0; i < n; i++) { /* a single home is compared with nothing */
        double others = (sum - share[i]) / sum;
        share[i] = others > 1e-12 ? others : 1e-12;
    }
    flyt_num_log_n(share, share, n);
    for (uint32_t i = 0; i < n; i++) {
        corrected[i] -= share[i];
    }
}

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
#include "models/policy.h"
#include "sim/num.h"

enum { TILE = 256 }; /* looks worked through together: a power of two that stays near */

static const double slack = 1e-6; /* more than what rounding takes from a sum of such numbers */

/* ---- one look -------------------------------------------------------------------------------- */

/** What V is made of: beta_c ln(left) - beta_d ln(far) + plain. */
struct terms {
    double left, far, plain;
};

static bool is_rental(uint32_t tenure)
{
    return tenure == FLYT_TENURE_almen || tenure == FLYT_TENURE_private_rental;
}

/** What does not need a logarithm: the place, rooms, tenure. */
static double plain_value(const struct flyt_world *world, const struct flyt_glance *who,
                          double tenure, const struct flyt_offer *offer)
{
    const struct flyt_choice_params *params = &world->params->choice;
    const struct flyt_choice_area *area = &world->choice->area[offer->area];
    const double *mix = who->area == offer->area ? area->here : area->known;
    double space = world->choice->ln_rooms[offer->rooms] - world->choice->ln_rooms[who->persons];
    double value = params->space * space + tenure;
    value += mix[who->origin] + who->drawn * area->quality;
    return offer->municipality == who->municipality ? value : value - params->border;
}

double flyt_choice_cost(const struct flyt_world *world, const struct flyt_chooser *chooser,
                        const struct flyt_offer *offer)
{
    double asked = offer->lowered ? flyt_policies_rent(world, offer->dwelling).asked : 1.0;
    return flyt_cost_month_asked(world, &chooser->cost, offer->section, offer->area_m2,
                                 offer->rooms, asked) /
           100.0;
}

static double far_of(const struct flyt_world *world, const struct flyt_glance *who,
                     const struct flyt_offer *offer)
{
    const struct flyt_choice_area *area = &world->choice->area[offer->area];
    double x = area->x_km - who->x_km, y = area->y_km - who->y_km;
    return 1.0 + sqrt(x * x + y * y);
}

/** Income left over basic need. */
static double left_of(const struct flyt_choice_params *params, double income, double need,
                      double cost)
{
    double rest = income - cost;
    return (rest > params->left_least ? rest : params->left_least) / need;
}

static struct terms terms_of(const struct flyt_world *world, const struct flyt_chooser *chooser,
                             const struct flyt_offer *offer, double cost)
{
    return (struct terms){
        .left = left_of(&world->params->choice, chooser->income, chooser->need, cost),
        .far = far_of(world, &chooser->glance, offer),
        .plain = plain_value(world, &chooser->glance, chooser->tenure[offer->tenure], offer),
    };
}

static double value_of(const struct flyt_choice_params *params, double ln_left, double ln_far,
                       double plain)
{
    return params->income_left * ln_left - params->distance * ln_far + plain;
}

/** The name by which a chooser's taste for a home is drawn; its period is the month. */
static uint64_t name_of(const struct flyt_world *world, const struct flyt_glance *who,
                        const struct flyt_offer *offer)
{
    bool fresh = world->params->choice.shock == FLYT_SHOCK_fresh;
    uint64_t thing = 1 + (uint64_t)(fresh ? offer->dwelling : offer->section);
    return who->uid ^ (thing * UINT64_C(0x9E3779B97F4A7C15));
}

static uint64_t draw_taste(const struct flyt_world *world, const struct flyt_chooser *chooser,
                           const struct flyt_offer *offer)
{
    return flyt_rng_word64(world->key, name_of(world, &chooser->glance, offer), chooser->period,
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
    bool known = !isnan(look->view.cost);
    double cost = known ? look->view.cost : flyt_choice_cost(world, look->chooser, look->offer);
    return value_at(world, look->chooser, look->offer, cost);
}

double flyt_choice_taste_of(uint64_t bits)
{
    return -flyt_num_log(-flyt_num_log(flyt_rng_to_unit(bits)));
}

double flyt_choice_own(const struct flyt_world *world, const struct flyt_chooser *chooser,
                       const struct flyt_offer *home)
{
    return value_at(world, chooser, home, flyt_choice_cost(world, chooser, home)) +
           flyt_choice_taste_of(chooser->own_taste);
}

void flyt_choice_look(const struct flyt_world *world, const struct flyt_chooser *chooser,
                      const struct flyt_offer *const *offer, uint32_t n, struct flyt_view *view)
{
    for (uint32_t i = 0; i < n; i++) {
        double cost = flyt_choice_cost(world, chooser, offer[i]);
        view[i] = (struct flyt_view){
            .value = value_at(world, chooser, offer[i], cost),
            .taste = flyt_choice_taste_of(draw_taste(world, chooser, offer[i])),
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

/** A double of these bits. */
static inline double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/** The bits of a number, read as a whole one, are a line below its binary logarithm, by .0861 at
 *  most: no more than the logarithm. The last bits are left out, so that loops vectorise. */
static inline double log_least(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    double high = from_bits(UINT64_C(0x4330000000000000) | bits >> 20) - 0x1p52; /* bits >> 20 */
    return (high * 0x1p-32 - 1023.0) * 0.6931471805599453;
}

/** No less than the logarithm. */
static inline double log_most(double x)
{
    return log_least(x) + 0.0597; /* .0861 ln 2 = .05966, and the last bits */
}

/** flyt_rng_to_unit() without a conversion: the same bits. */
static inline double unit_of(uint64_t bits)
{
    return from_bits(UINT64_C(0x3FF0000000000000) | bits >> 12) - (1.0 - 0x1p-53);
}

/** No less than the taste of these bits, -ln(-ln u): -ln u >= 1 - u. */
static inline double taste_most(uint64_t bits)
{
    double above = unit_of(~bits), other = -log_most(unit_of(bits));
    return -log_least(above > other ? above : other); /* above: 1 - u */
}

/** No more than the taste of these bits: -ln u <= (1 - u) / u. */
static double taste_least(uint64_t bits)
{
    double u = unit_of(bits);
    double below = unit_of(~bits) / u, other = -log_least(u);
    return -log_most(below < other ? below : other);
}

FLYT_CLONES static void tastes_most(const uint64_t *bits, uint32_t n, double *most)
{
    for (uint32_t i = 0; i < n; i++) {
        most[i] = taste_most(bits[i]);
    }
}

/** Random bits of tastes by their names and periods, at most TILE. */
static void draw_named(const struct flyt_world *world, const uint64_t *name, const uint32_t *period,
                       uint32_t n, uint64_t *bits)
{
    uint32_t words[4][TILE];
    uint32_t *const word[4] = {words[0], words[1], words[2], words[3]};
    flyt_rng_blocks_of(world->key, name, period, n, FLYT_STREAM_choice_taste, 0, word);
    for (uint32_t i = 0; i < n; i++) {
        bits[i] = (uint64_t)words[1][i] << 32 | words[0][i];
    }
}

/** Random bits of tastes, named by (uid, section, period). */
static void draw_looks(const struct flyt_world *world, const struct flyt_look *look, uint32_t n,
                       uint64_t *bits)
{
    uint64_t name[TILE];
    uint32_t period[TILE];
    for (uint32_t i = 0; i < n; i++) {
        name[i] = name_of(world, &look[i].chooser->glance, look[i].offer);
        period[i] = look[i].chooser->period;
    }
    draw_named(world, name, period, n, bits);
}

void flyt_choice_draw_tastes(const struct flyt_world *world, struct flyt_chooser *const *chooser,
                             const struct flyt_offer *home, uint32_t n, uint64_t *bits)
{
    uint64_t name[TILE];
    uint32_t period[TILE];
    if (n < 2) {
        bits[0] = n == 0 ? 0 : draw_taste(world, chooser[0], &home[0]);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        name[i] = name_of(world, &chooser[i]->glance, &home[i]);
        period[i] = chooser[i]->period;
    }
    draw_named(world, name, period, n, bits);
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

/** Whether a look may matter; if so, what it is made of. Otherwise its view is a bound. */
static bool may_matter(const struct flyt_world *world, struct flyt_look *look, double taste,
                       struct terms *terms)
{
    const struct flyt_choice_params *params = &world->params->choice;
    struct flyt_chooser *chooser = look->chooser;
    double far = far_of(world, &chooser->glance, look->offer);
    double level = chooser->tenure[look->offer->tenure];
    double plain = plain_value(world, &chooser->glance, level, look->offer);
    double rest = plain + slack - params->distance * log_least(far);
    double least = chooser->stay_least + chooser->least_gain;
    if (is_rental(look->offer->tenure) && chooser->left_most + rest + taste <= least) {
        look->view = (struct flyt_view){chooser->left_most + rest, -INFINITY, NAN};
        return false; /* whatever it costs */
    }
    double cost = flyt_choice_cost(world, chooser, look->offer);
    double left = left_of(params, chooser->income, chooser->need, cost);
    double most = params->income_left * log_most(left) + rest;
    look->view = (struct flyt_view){most, -INFINITY, cost};
    *terms = (struct terms){left, far, plain};
    if (most + taste <= least) {
        return false;
    }
    flyt_choice_settle(world, chooser);
    return most + taste > chooser->stay + chooser->least_gain;
}

static void look_tile(const struct flyt_world *world, struct flyt_look *look, uint32_t n)
{
    uint64_t bits[TILE];
    struct terms terms[TILE];
    double taste[TILE], most[TILE];
    uint32_t which[TILE], n_open = 0;
    if (n == 0) {
        return;
    }
    draw_looks(world, look, n, bits);
    tastes_most(bits, n, most);
    for (uint32_t i = 0; i < n; i++) {
        if (may_matter(world, &look[i], most[i], &terms[n_open])) {
            taste[n_open] = unit_of(bits[i]);
            which[n_open++] = i;
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
    struct terms terms = terms_of(world, chooser, home, flyt_choice_cost(world, chooser, home));
    double far = terms.far > 1.0 ? log_most(terms.far) : 0.0; /* one's own home: 1 */
    return value_of(&world->params->choice, log_least(terms.left), far, terms.plain - slack) +
           taste_least(chooser->own_taste);
}

double flyt_choice_left_most(const struct flyt_choice_params *params, double income, double need)
{
    return params->income_left * log_most(left_of(params, income, need, 0.0));
}

double flyt_choice_kappa_least(const struct flyt_choice_params *params, double years,
                               double forgone)
{
    return params->move_cost + params->years_cost * log_least(1.0 + years) + forgone - slack;
}

void flyt_choice_may_gain(const struct flyt_world *world, const struct flyt_glance *const *glance,
                          uint32_t n, const struct flyt_offer *home, double least, bool *may)
{
    const struct flyt_choice_params *params = &world->params->choice;
    uint64_t name[FLYT_CHOICE_BATCH], bits[FLYT_CHOICE_BATCH];
    uint32_t period[FLYT_CHOICE_BATCH];
    double taste[FLYT_CHOICE_BATCH];
    if (n == 0) {
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        name[i] = name_of(world, glance[i], home);
        period[i] = glance[i]->period;
    }
    draw_named(world, name, period, n, bits);
    tastes_most(bits, n, taste);
    for (uint32_t i = 0; i < n; i++) { /* whatever it costs; the level of almen homes is 0 */
        double far = params->distance * log_least(far_of(world, glance[i], home));
        double most = glance[i]->left_most + plain_value(world, glance[i], 0.0, home) + slack - far;
        may[i] = most + taste[i] > least + glance[i]->stay_least;
    }
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

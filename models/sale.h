/**
 * @file sale.h
 * @brief What a household pays and is paid when it leaves or takes an owner's home or a share.
 *
 * ASSUMPTION: whoever gives up a home is paid at once, at the price of the day, by the outside
 * world, which holds vacant homes until a buyer pays it the price of that day: no household waits
 * for a sale, and a household that dies or leaves needs no account after its end. The debt is
 * repaid from the price, and tax on the gain where there is one, the rest is saved. A buyer puts in
 * all its savings (credit.h) and borrows the rest. All by single payments in the ledger, which
 * balances to the øre.
 *
 * A share in a co-owned almen home is paid back by its organisation, as policies say (policy.h).
 *
 * Only shares of co-operatives and homes of owners have a price (prices.h). Source: docs/MODEL.md
 * sections 4 and 6.
 */
#ifndef FLYT_SALE_H
#define FLYT_SALE_H

#include "sim/world.h"

/**
 * @brief The household's own home is sold, a share in an almen home paid back; does nothing where
 *        it owns none.
 * Between flyt_livelihood_before() and _after(), while it still stands as living there.
 * @param desk  see ledger.h. Threads: only the work whose desk it is.
 */
void flyt_sale_sell(struct flyt_world *world, uint32_t desk, uint32_t household);

/** @brief Tax due on the gain if the household sold its owner home now, øre: over what it paid, in
 *         kroner of the day. ASSUMPTION: heirs and those who leave pay it too. */
int64_t flyt_sale_gains_tax(const struct flyt_world *world, uint32_t household);

/** @brief The household buys the home it has just moved into; does nothing where there is nothing
 *         to buy. As flyt_sale_sell(). */
void flyt_sale_buy(struct flyt_world *world, uint32_t desk, uint32_t household);

#endif

"""A two-level design over all that a claim's policies assume, and what its runs tell of each end.

Every row of the design puts every parameter at one of its ends, by columns of a Hadamard matrix (Sylvester 1867),
so each end of each parameter is met in half of the rows and every run speaks of all parameters (Plackett and
Burman 1946). A choice of m values takes as many columns as number them, and the columns that are their products;
the first values come twice where m is no power of two. Where there are enough columns the second half of the rows is
the first with all ends turned, so that no two parameters together are taken for a third (a fold-over). Rows go
through the admitted sets in turn. See docs/decisions/0022-ends-by-a-design.md. Used by scripts/hypotheses.py; needs
nothing but Python's standard library.
"""
import functools
import itertools
import math
from dataclasses import dataclass, field

from hypotheses_input import ends_of, text_of

FREEDOM = 8  # columns left over at least, for what chance and sets do
LEVEL = 0.05  # at which a difference is sure, after Holm


@dataclass
class Factor:
    """A parameter, its levels as flyt reads them, and what is not run of its ends."""

    name: str
    levels: list
    base: str  # as the claim has it
    choice: bool = False
    notes: list = field(default_factory=list)
    columns: list = field(default_factory=list)  # generators, of the design


# ---- what is assumed ------------------------------------------------------------------------------------------------


def factors_of(described, policies, instead):
    """All assumed parameters of the policies but the years in force. `instead`: {(parameter, end): (value, why)};
    no value: nothing or next to nothing is done there, and the value of the claim is taken."""
    factors = []
    for row in described:
        policy, key = row["name"].split(".")
        if policy not in policies or row["evidence"] != "assumed" or key in ("from", "to"):
            continue
        choice = not isinstance(row["range"], list)
        ends = ends_of(row)
        base = text_of(row["value"])
        if choice and set(ends) == {"yes", "no"}:
            ends, choice = ["no", "yes"], False
        factor = Factor(row["name"], [], base, choice)
        for end in ends:
            value = end
            if (row["name"], end) in instead:
                value, why = instead[row["name"], end]
                factor.notes.append(f"{end}: {why}")
                value = value or base
            factor.levels += [] if value in factor.levels else [value]
        if choice and base in factor.levels:  # it comes first, so it is among those that come twice
            factor.levels.sort(key=lambda value: value != base)
        factors.append(factor)
    return factors


# ---- the design -----------------------------------------------------------------------------------------------------


def high(row, column):
    """Whether a row has the high level of a column of Sylvester's matrix."""
    return bin(row & column).count("1") % 2 == 1


def span(generators):
    """The columns that are products of some, without the first of the matrix."""
    sums = {0}
    for one in generators:
        sums |= {one ^ other for other in sums}
    return sums - {0}


def place(factors, size, n_sets, fold):
    """Gives every factor its columns, none of them a product of a choice's; False: the matrix is too small. Those in
    which the second half of the rows turns the first come first, for no two of them give a third; with `fold` they
    alone are given. Columns that follow the admitted sets, where rows go through these in turn, stay free."""
    period = n_sets & -n_sets  # the greatest power of two that divides it
    free = [*range(size // 2, size), *range(min(period, size // 2), size // 2)]
    for factor in sorted(factors, key=lambda factor: -len(factor.levels)):
        if len(factor.levels) < 2:
            continue
        n = (len(factor.levels) - 1).bit_length()
        given = [column for column in free if column >= size // 2] if fold else free
        factor.columns = next((list(some) for some in itertools.combinations(given, n)
                               if len(span(some)) == 2**n - 1 and span(some) <= set(free)), [])
        if not factor.columns:
            return False
        taken = span(factor.columns)
        free = [column for column in free if column not in taken]
    return size - 1 - sum(2 ** len(factor.columns) - 1 for factor in factors) >= FREEDOM


def is_clear(factors, size):
    """Whether no two parameters together can be taken for a third, choices apart."""
    return all(column >= size // 2 for factor in factors for column in factor.columns)


def level_at(factor, row):
    """Which level a factor has in a row."""
    number = sum(high(row, column) << bit for bit, column in enumerate(factor.columns))
    return number % len(factor.levels)


def design_of(factors, least, n_sets, fold=False):
    """[row][factor]: levels. `fold`: as many rows as keep main effects clear of what two parameters do together."""
    size = 1 << max(2, (max(least, 1) - 1).bit_length())
    while not place(factors, size, n_sets, fold):
        size *= 2
    return [[level_at(factor, row) for factor in factors] for row in range(size)]


def settings_of(factors, levels):
    return [f"policies.{factor.name}={factor.levels[level]}" for factor, level in zip(factors, levels)
            if len(factor.levels) > 1]


# ---- Student's t ----------------------------------------------------------------------------------------------------


def incomplete_beta(a, b, x):
    """The regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - incomplete_beta(b, a, 1.0 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    total = d
    for m in range(1, 500):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1.0 / (1.0 + term * d), 1.0 + term / c
            total *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return front * total


def t_tail(t, freedom):
    """The chance of more than |t| on either side."""
    return incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + t * t))


@functools.lru_cache(maxsize=None)
def t_quantile(freedom, tail=0.05):
    low, top = 0.0, 1e6
    for _ in range(200):
        middle = (low + top) / 2.0
        low, top = (middle, top) if t_tail(middle, freedom) > tail else (low, middle)
    return top


def chance_from(bound, told, freedom):
    """Of a mean with its interval of 95 %, (mean, low, high): the chance of one as far from a bound, on either side."""
    error = (told[2] - told[0]) / t_quantile(freedom)
    return t_tail((told[0] - bound) / error, freedom) if error > 0.0 else float(told[0] == bound)


def holm(chances):
    """Chances of n tests, such that all that are below a level are right together."""
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    out, worst = [1.0] * len(chances), 0.0
    for rank, i in enumerate(order):
        worst = max(worst, min(1.0, (len(chances) - rank) * chances[i]))
        out[i] = worst
    return out


# ---- what the rows tell ---------------------------------------------------------------------------------------------


def invert(matrix):
    """Inverse of a symmetric matrix, by Gauss and Jordan; rows and columns that follow from others are zero.
    Returns it with the columns that do not."""
    n = len(matrix)
    work = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    kept = []
    for k in range(n):
        if work[k][k] <= 1e-9 * max(matrix[k][k], 1e-300):
            continue
        kept.append(k)
        pivot = work[k][k]
        work[k] = [x / pivot for x in work[k]]
        for i in range(n):
            if i != k and work[i][k] != 0.0:
                share = work[i][k]
                work[i] = [x - share * y for x, y in zip(work[i], work[k])]
    inverse = [[work[i][n + j] if i in kept and j in kept else 0.0 for j in range(n)] for i in range(n)]
    return inverse, set(kept)


class Fit:
    """Main effects by least squares: the mean, and for each factor what each level but the first adds, about the
    levels' shares of the rows."""

    def __init__(self, factors, rows, effects):
        self.factors, n = factors, len(rows)
        self.first, columns = {}, [[1.0] * n]
        self.shares = []
        for f, factor in enumerate(factors):
            shares = [sum(row[f] == level for row in rows) / max(n, 1) for level in range(len(factor.levels))]
            self.shares.append(shares)
            self.first[f] = len(columns)
            columns += [[(row[f] == level) - shares[level] for row in rows] for level in range(1, len(shares))]
        self.inverse, self.kept = invert([[sum(map(float.__mul__, a, b)) for b in columns] for a in columns])
        right = [sum(map(float.__mul__, column, effects)) for column in columns]
        self.effect = [sum(map(float.__mul__, line, right)) for line in self.inverse]
        self.freedom = n - len(self.kept)
        told = [sum(e * column[r] for e, column in zip(self.effect, columns)) for r in range(n)]
        size = sum(y * y for y in effects)
        left = sum((y - t) ** 2 for y, t in zip(effects, told))
        left = left if left > 1e-24 * size else 0.0  # rounding
        self.variance = left / self.freedom if self.freedom > 0 else math.nan
        self.half = t_quantile(self.freedom) if self.freedom > 0 else math.nan

    def weigh(self, weights):
        """A sum of effects: {column: weight}. Returns it with its standard error; NaN: no row tells it."""
        if not set(weights) <= self.kept:
            return math.nan, math.nan
        value = sum(weight * self.effect[k] for k, weight in weights.items())
        spread = sum(a * b * self.inverse[i][j] for i, a in weights.items() for j, b in weights.items())
        return value, math.sqrt(max(spread, 0.0) * self.variance)

    def weights(self, f, level):
        """Of the mean at a level, all else as in the design."""
        weights = {self.first[f] + k - 1: -share for k, share in enumerate(self.shares[f]) if k > 0}
        if level > 0:
            weights[self.first[f] + level - 1] += 1.0
        return weights

    def mean(self, f=None, level=0):
        """(mean, low, high): of everything, or at a level of a factor."""
        value, error = self.weigh({0: 1.0} | (self.weights(f, level) if f is not None else {}))
        return value, value - self.half * error, value + self.half * error

    def difference(self, f, level):
        """(difference, p): of a level from the first."""
        value, error = self.weigh({self.first[f] + level - 1: 1.0})
        if math.isnan(value) or math.isnan(error):
            return value, math.nan
        if error == 0.0:
            return value, float(abs(value) < 1e-12 * max(1.0, abs(self.effect[0])))
        return value, t_tail(value / error, self.freedom)


def tell(factors, rows, effects):
    """The mean and a line for each parameter (of a choice: for each value but the claim's). `effects`: of the rows;
    None: not measured. Lines are dicts; `sure`: the difference is, after Holm over all lines; `freedom`: of all
    intervals."""
    seen = [(row, effect) for row, effect in zip(rows, effects) if effect is not None]
    fit = Fit(factors, [row for row, _ in seen], [float(effect) for _, effect in seen])
    lines = []
    for f, factor in enumerate(factors):
        for level in range(1, len(factor.levels)):
            difference, chance = fit.difference(f, level)
            lines.append({"factor": factor, "ends": (0, level), "means": (fit.mean(f, 0), fit.mean(f, level)),
                          "difference": difference, "p": chance})
        if len(factor.levels) < 2:
            lines.append({"factor": factor, "ends": (0,), "means": (), "difference": math.nan, "p": math.nan})
    tested = [line for line in lines if not math.isnan(line["p"])]
    for line in lines:
        line["freedom"] = fit.freedom
    for line, chance in zip(tested, holm([line["p"] for line in tested])):
        line["sure"] = chance < LEVEL
    return fit.mean(), len(seen), lines


def effect_in(changes, policies, arm):
    """A claim's effect from the changes of all arms of one row, {name of the arm: change}; None: one is missing.
    An interaction is the difference of differences, averaged over the other policies on and off."""
    if "+" not in arm:
        return changes.get(arm)
    names, total = arm.split("+"), 0.0
    for on in itertools.product((False, True), repeat=len(policies)):
        some = [policy for policy, is_on in zip(policies, on) if is_on]
        key = "all" if len(some) == len(policies) else "+".join(some)
        value = changes.get(key) if some else 0.0
        if value is None:
            return None
        total += value * (-1.0) ** sum(name not in some for name in names)
    return total / 2 ** (len(policies) - len(names))

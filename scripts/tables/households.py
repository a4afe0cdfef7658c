"""Household types by age and tenure, and children."""
import math

from tables.facts import AGES, CLASSES, TYPES, fact, facts, fit, shares

# Assumed: of 100 household heads of an age, how many are of each type, the country over. Only the
# pattern matters: it is fitted to the ages and to the types of each tenure.
TYPES_AT_AGE = {
    (18, 24): [70, 25, 2, 3],
    (25, 29): [52, 31, 4, 13],
    (30, 39): [34, 15, 9, 42],
    (40, 49): [28, 11, 13, 48],
    (50, 59): [36, 36, 7, 21],
    (60, 64): [39, 56, 1.5, 3.5],
    (65, 69): [39, 58.3, 0.7, 2],
    (70, 79): [45, 54.5, 0.2, 0.3],
    (80, 99): [66, 33.8, 0.1, 0.1],
}

# Assumed: heads of almen youth and elderly homes by age, and their types.
YOUTH = {(18, 24): 70, (25, 29): 30}
YOUTH_TYPES = [86, 12, 1.5, 0.5]
ELDERLY = {(60, 64): 4, (65, 69): 10, (70, 79): 36, (80, 99): 50}
ELDERLY_TYPES = [76, 24, 0, 0]
SENIOR = {(50, 59): 15, (60, 64): 20, (65, 69): 25, (70, 79): 30, (80, 99): 10}
SENIOR_TYPES = [62, 38, 0, 0]

# Assumed: of 100 families with 3 or more children, how many have 3, 4, 5, 6.
THREE_OR_MORE = [79, 16, 4, 1]

# Assumed, so that about 4 % of all persons are adult children at home (64 % of those 18-21 live
# with a parent, 2021): households with an adult child, percent, by age of the head.
ADULT_CHILD_OF_COUPLE = {(40, 49): 14, (50, 59): 36, (60, 64): 14, (65, 69): 5, (70, 79): 1}
ADULT_CHILD_OF_SINGLE = {(40, 49): 8, (50, 59): 12, (60, 64): 5, (65, 69): 3, (70, 79): 1}


def types_2002(table):
    """Households by type in one row of Statistisk Årbog 2002, table 320."""
    rows = [row for row in facts("income_age_education") if row["indicator"] == table]

    def count(group):
        return fact(rows, group=group)

    singles = [count(f"single {sex}, 0 children") for sex in ("man", "woman")]
    children = ("1 child", "2 children", "3 or more children")
    parents = [count(f"single {sex}, {n}") for sex in ("man", "woman") for n in children]
    with_children = [count(f"all, {n}") for n in children]
    single, parent = math.fsum(singles), math.fsum(parents)
    couple_with = math.fsum(with_children) - parent
    return [single, count("all") - single - parent - couple_with, parent, couple_with]


def types_of_almen():
    """Of 100 almen households in 2000: singles and couples after the catalogue, split by children
    as rented homes of 2002."""
    rows = [row for row in facts("almen_household_types") if row["year"] == "2000"]
    single = math.fsum(fact(rows, household_type=name) for name in ("single_men", "single_women"))
    couple = fact(rows, household_type="married_or_couples") + fact(rows, household_type="other")
    rented = types_2002("households_by_type_rented")
    parents = rented[2] / (rented[0] + rented[2])
    with_children = rented[3] / (rented[1] + rented[3])
    return [single * (1 - parents), couple * (1 - with_children), single * parents,
            couple * with_children]


def types_2022():
    """Of 100 households in 2022; several families in one home are taken as couples."""
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "household_type_share"]

    def share(*groups):
        return math.fsum(fact(rows, group=group) for group in groups)

    return [share("single man, no children", "single woman, no children"),
            share("couple, no children", "several families, no children"),
            share("single parent"),
            share("couple with children", "several families with children")]


def types_by_tenure():
    """Households by tenure and type: the pattern of 2000-2002 fitted to tenures of 2021 and types
    of 2022. Private rental and cooperative homes take the pattern of all rented homes."""
    rented = types_2002("households_by_type_rented")
    pattern = [types_of_almen(), rented, rented, types_2002("households_by_type_owner_occupied")]
    rows = [row for row in facts("tenure_stock")
            if row["year"] == "2021" and row["unit"] == "dwellings"]
    stock_2021 = [fact(rows, tenure=name)
                  for name in ("almen", "private_rental", "andel", "owner_occupied")]
    types = types_2022()
    types = [math.fsum(stock_2021) * share / math.fsum(types) for share in types]
    return fit(pattern, stock_2021, types)


def ages_of_heads(tenure):
    """Percent of household heads by age band; 60-69 is halved."""
    group = {"cooperative": "andel", "owner": "owner_occupied"}.get(tenure, tenure)
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "age_of_household_head" and row["group"] == group]

    def share(low, high):
        return fact(rows, note="age 80+" if low == 80 else f"age {low}-{high}")

    return [share(60, 69) / 2 if low in (60, 65) else share(low, high) for low, high in AGES]


def by_type_and_age(types, ages):
    """Percent of heads by age band and type: the pattern fitted to these margins."""
    total = math.fsum(types)
    ages = [total * age / math.fsum(ages) for age in ages]
    table = fit([TYPES_AT_AGE[band] for band in AGES], ages, types)
    return [[100 * cell / total for cell in row] for row in table]


def special(ages, types):
    """Percent of heads by age band and type of homes for one age group."""
    weights = [[TYPES_AT_AGE[band][t] if types[t] else 0 for t in range(4)] if band in ages
               else [0] * 4 for band in AGES]
    rows = [i for i, band in enumerate(AGES) if band in ages]
    used = [t for t in range(4) if types[t]]
    fitted = fit([[weights[i][t] for t in used] for i in rows],
                 [ages[AGES[i]] for i in rows],
                 [100 * types[t] / math.fsum(types) for t in used])
    out = [[0.0] * 4 for _ in AGES]
    for i, row in zip(rows, fitted):
        for t, cell in zip(used, row):
            out[i][t] = cell
    return out


def almen_kinds():
    """Share of almen homes for families, the young and the elderly (2024)."""
    rows = [row for row in facts("assumptions")
            if row["block"] == "vacancy" and row["parameter"] == "almen dwellings"]
    homes = [fact(rows, group=name) for name in ("family", "youth", "elderly")]
    return [n / math.fsum(homes) for n in homes]


def tables_by_tenure():
    """Percent of heads by age band and type, for each tenure in its order."""
    classes = {tenure: by_type_and_age(types, ages_of_heads(tenure))
               for tenure, types in zip(CLASSES, types_by_tenure())}
    youth, elderly = special(YOUTH, YOUTH_TYPES), special(ELDERLY, ELDERLY_TYPES)
    family_share, youth_share, elderly_share = almen_kinds()
    family = [[(cell - youth_share * y - elderly_share * e) / family_share
               for cell, y, e in zip(*rows)]
              for rows in zip(classes["almen"], youth, elderly)]
    if min(min(row) for row in family) < 0:
        raise SystemExit("youth and elderly homes hold more than all almen homes")
    return {"almen_family": family, "almen_youth": youth, "almen_elderly": elderly,
            "almen_senior_cohousing": special(SENIOR, SENIOR_TYPES),
            "almen_family_cohousing": family, "almen_plus": family, "almen_coowned": family,
            "private_rental": classes["private_rental"], "cooperative": classes["cooperative"],
            "owner": classes["owner"]}


def households():
    """tenure,type,age_from,age_to,share"""
    notes = {"almen_family": "almen homes less those for the young and the elderly",
             "almen_youth": "assumed ages and types", "almen_elderly": "assumed ages and types",
             "almen_senior_cohousing": "assumed ages and types",
             "almen_family_cohousing": "as almen_family", "almen_plus": "as almen_family",
             "almen_coowned": "as almen_family"}
    lines = []
    for tenure, table in tables_by_tenure().items():
        cells = [(kind, band, table[b][t])
                 for t, kind in enumerate(TYPES) for b, band in enumerate(AGES)]
        for (kind, band, _), share in zip(cells, shares([cell[2] for cell in cells])):
            lines.append([tenure, kind, band[0], band[1], share,
                          "Danmarks Statistik (Statistisk Årbog 2002, table 320); "
                          "Boligliv i Balance 2015; general knowledge (ages; types 2022)",
                          "assumed", "low", notes.get(tenure, "")])
    return lines


def children():
    """type,children,share"""
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "households_by_type"]

    def count(group):
        return fact(rows, group=group)

    numbers = ("1 child", "2 children", "3 or more children")
    parents = [math.fsum(count(f"single {sex}, {n}") for sex in ("man", "woman")) for n in numbers]
    couples = [count(f"all, {n}") - parent for n, parent in zip(numbers, parents)]
    lines = []
    for kind, families in (("single_parent", parents), ("couple_with_children", couples)):
        many = [families[2] * share / 100 for share in THREE_OR_MORE]
        for n, share in enumerate(shares(families[:2] + many), start=1):
            lines.append([kind, n, share, "Danmarks Statistik, Statistisk Årbog 2002, table 320",
                          "derived" if n < 3 else "assumed", "high" if n < 3 else "low",
                          "" if n < 3 else "3 or more children split by an assumed pattern"])
    return lines


def adult_children():
    """type,age_from,age_to,share"""
    lines = []
    for kind, percent in (("single", ADULT_CHILD_OF_SINGLE), ("couple", ADULT_CHILD_OF_COUPLE)):
        for low, high in AGES:
            lines.append([kind, low, high, f"{percent.get((low, high), 0) / 100:.2f}",
                          "general knowledge", "assumed", "low",
                          "about 4 % of all persons are adult children at home"])
    return lines

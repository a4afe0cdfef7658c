"""Household types by age and tenure, and children."""
import functools
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

# Age bands whose sum is fitted to the country's ages.
AGE_GROUPS = [(0, 1), (2,), (3,), (4,), (5, 6), (7,), (8,)]

# Assumed: heads of almen youth and elderly homes by age, and their types.
YOUTH = {(18, 24): 70, (25, 29): 30}
YOUTH_TYPES = [86, 12, 1.5, 0.5]
ELDERLY = {(60, 64): 4, (65, 69): 10, (70, 79): 36, (80, 99): 50}
ELDERLY_TYPES = [76, 24, 0, 0]
SENIOR = {(50, 59): 15, (60, 64): 20, (65, 69): 25, (70, 79): 30, (80, 99): 10}
SENIOR_TYPES = [62, 38, 0, 0]

# Assumed: of 100 families with 3 or more children, how many have 3, 4, 5, 6.
THREE_OR_MORE = [79, 16, 4, 1]

# Assumed: households with an adult child at home by age of the head. Only the pattern counts: it is
# scaled so that as many adults live with a parent as published (adults_with_parents).
ADULT_CHILD = {"couple": {(40, 49): 9, (50, 59): 38, (60, 64): 14, (65, 69): 5, (70, 79): 1},
               "single": {(40, 49): 6, (50, 59): 13, (60, 64): 5, (65, 69): 3, (70, 79): 1}}
# Assumed: percent of those 24 and 25-29 who live with a parent (23: 15; 30-44: 3.2, published).
WITH_PARENTS_24, WITH_PARENTS_25_29 = 10, 5

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


def of_drivers(indicator, year):
    """A national driver of a year; between two years on the line through them."""
    rows = {int(row["year"]): float(row["value"]) for row in facts("drivers")
            if row["indicator"] == indicator}
    low, high = max(y for y in rows if y <= year), min(y for y in rows if y >= year)
    if low == high:
        return rows[low]
    return rows[low] + (rows[high] - rows[low]) * (year - low) / (high - low)


def families_with_minors():
    """Percent of households with children below 18, 2024: children over children in a family (2002).

    The 28 % with children of 2022 count children at home below 25: with as many children in a
    family as in 2002 they would hold a fifth more children than there are below 18."""
    known = [row for row in facts("municipalities") if row["pct_0_17_2024"]]
    persons = [float(row["population"]) for row in known]
    young = math.fsum(n * float(row["pct_0_17_2024"]) / 100 for n, row in zip(persons, known))
    below_18 = of_drivers("population_1jan", 2024) * young / math.fsum(persons)
    families, children = 0.0, 0.0
    for sort, numbers in children_2002().items():
        families += math.fsum(numbers)
        children += math.fsum(numbers[:2]) + numbers[1] + numbers[2] * mean_three_or_more()
    return 100 * below_18 / (children / families) / of_drivers("households", 2024)


def types_2022():
    """Of 100 households in 2022 by whether children below 18 live there; several families in one
    home are taken as couples."""
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "household_type_share"]

    def share(*groups):
        return math.fsum(fact(rows, group=group) for group in groups)

    parent, couple_with = share("single parent"), share("couple with children",
                                                        "several families with children")
    minors = families_with_minors() / (parent + couple_with)
    return [share("single man, no children", "single woman, no children") + parent * (1 - minors),
            share("couple, no children", "several families, no children") +
            couple_with * (1 - minors), parent * minors, couple_with * minors]


def types_of(year):
    """Of 100 households of a year: the types of 2022, those of one adult scaled to the drivers."""
    types = types_2022()
    one = of_drivers("one_adult_households_men", year) + of_drivers("one_adult_households_women",
                                                                    year)
    alone = types[0] + types[2]
    scale = [one / alone, (100 - one) / (100 - alone)]
    return [share * scale[t % 2] for t, share in enumerate(types)]


def types_by_tenure(year):
    """Households by tenure and type: the pattern of 2000-2002 fitted to tenures of 2021 and types
    of the year. Private rental and cooperative homes take the pattern of all rented homes."""
    rented = types_2002("households_by_type_rented")
    pattern = [types_of_almen(), rented, rented, types_2002("households_by_type_owner_occupied")]
    rows = [row for row in facts("tenure_stock")
            if row["year"] == "2021" and row["unit"] == "dwellings"]
    stock_2021 = [fact(rows, tenure=name)
                  for name in ("almen", "private_rental", "andel", "owner_occupied")]
    types = types_of(year)
    types = [math.fsum(stock_2021) * share / math.fsum(types) for share in types]
    return fit(pattern, stock_2021, types)


def recalled_ages(tenure):
    """Percent of household heads by age band as recalled; 60-69 is halved."""
    group = {"cooperative": "andel", "owner": "owner_occupied"}.get(tenure, tenure)
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "age_of_household_head" and row["group"] == group]

    def share(low, high):
        return fact(rows, note="age 80+" if low == 80 else f"age {low}-{high}")

    return [share(60, 69) / 2 if low in (60, 65) else share(low, high) for low, high in AGES]


@functools.cache
def age_factors():
    """By age band, what the recalled ages of heads are multiplied by so that the country's adults
    have the published ages of 2020: with 18-29, 60-69 and 80 or older taken together."""
    wanted = adults_2020()
    factor = [1.0] * len(AGES)
    types = types_by_tenure(2022)
    for _ in range(40):
        adults = [0.0] * len(AGES)
        for row, tenure in zip(types, CLASSES):
            ages = [n * f for n, f in zip(recalled_ages(tenure), factor)]
            for band, cells in enumerate(by_type_and_age(row, ages, 60)):
                couples = (cells[1] + cells[3]) * math.fsum(row)
                adults[band] += math.fsum(cells) * math.fsum(row)
                for younger, share in enumerate(partner_bands()[band]):
                    adults[younger] += couples * share
        adults = with_adult_children(adults)
        for group in AGE_GROUPS:
            ratio = (math.fsum(wanted[b] for b in group) / math.fsum(wanted) /
                     math.fsum(adults[b] for b in group) * math.fsum(adults))
            for band in group:
                factor[band] *= ratio
    return factor


def ages_of_heads(tenure):
    """Percent of household heads by age band: recalled by tenure, moved to the country's ages."""
    ages = [n * f for n, f in zip(recalled_ages(tenure), age_factors())]
    return [100 * age / math.fsum(ages) for age in ages]


def adults_2020():
    """Adults of the country in 2020 by age band (the parts of ten years in equal shares)."""
    ages = {row["group"]: float(row["value"]) for row in facts("income_age_education")
            if row["indicator"] == "population" and row["year"] == "2020"}
    twenties, sixties = ages["20-29"] / 2, ages["60-69"] / 2
    return [ages["10-19"] / 5 + twenties, twenties, ages["30-39"], ages["40-49"], ages["50-59"],
            sixties, sixties, ages["70-79"], ages["80-89"] + ages["90+"]]


def with_adult_children(adults):
    """Adds the adults who live with a parent; most are below 25 (ages as poppersons.c draws)."""
    grown = math.fsum(adults) * adults_with_parents() / (145 + adults_with_parents())
    at_home = [321, 25, 32, 16]  # percent-years at 18-24, 25-29, 30-39, 40-44, as poppersons.c has
    more = [grown * years / math.fsum(at_home) for years in at_home]
    return [old + new for old, new in zip(adults, more)] + adults[4:]


@functools.cache
def partner_bands():
    """[band of the older adult][band of the younger]: men are 2.3 years older, s.d. 4.5."""
    table = []
    for low, high in AGES:
        row = [0.0] * len(AGES)
        for year in range(low, high + 1):
            for gap in range(-17, 23):
                weight = math.exp(-((gap - 2.3) / 4.5) ** 2 / 2)
                age = max(18, year - abs(gap))
                weight *= (high + 1 - year) ** 2 if low == 80 else 1  # few are very old
                row[next(b for b, band in enumerate(AGES) if age <= band[1])] += weight
        table.append([cell / math.fsum(row) for cell in row])
    return table


def by_type_and_age(types, ages, rounds=500):
    """Percent of heads by age band and type: the pattern fitted to these margins."""
    total = math.fsum(types)
    ages = [total * age / math.fsum(ages) for age in ages]
    table = fit([TYPES_AT_AGE[band] for band in AGES], ages, types, rounds)
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


def tables_by_tenure(year):
    """Percent of heads by age band and type, for each tenure in its order."""
    classes = {tenure: by_type_and_age(types, ages_of_heads(tenure))
               for tenure, types in zip(CLASSES, types_by_tenure(year))}
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


def households(year):
    """tenure,type,age_from,age_to,share"""
    notes = {"almen_family": "almen homes less those for the young and the elderly",
             "almen_youth": "assumed ages and types", "almen_elderly": "assumed ages and types",
             "almen_senior_cohousing": "assumed ages and types",
             "almen_family_cohousing": "as almen_family", "almen_plus": "as almen_family",
             "almen_coowned": "as almen_family"}
    lines = []
    for tenure, table in tables_by_tenure(year).items():
        cells = [(kind, band, table[b][t])
                 for t, kind in enumerate(TYPES) for b, band in enumerate(AGES)]
        for (kind, band, _), share in zip(cells, shares([cell[2] for cell in cells])):
            lines.append([tenure, kind, band[0], band[1], share,
                          "Danmarks Statistik (Statistisk Årbog 2002, table 320); "
                          "Boligliv i Balance 2015; general knowledge (ages; types 2022)",
                          "assumed", "low", notes.get(tenure, "")])
    return lines


def children_2002():
    """Families by type and number of children below 18 (1, 2, 3 or more), 2002."""
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "households_by_type"]
    numbers = ("1 child", "2 children", "3 or more children")
    parents = [math.fsum(fact(rows, group=f"single {sex}, {n}") for sex in ("man", "woman"))
               for n in numbers]
    couples = [fact(rows, group=f"all, {n}") - parent for n, parent in zip(numbers, parents)]
    return {"single_parent": parents, "couple_with_children": couples}


def mean_three_or_more():
    """Children in a family of three or more."""
    return math.fsum(n * share for n, share in enumerate(THREE_OR_MORE, start=3)) / 100


def children():
    """type,children,share"""
    lines = []
    for kind, families in children_2002().items():
        many = [families[2] * share / 100 for share in THREE_OR_MORE]
        for n, share in enumerate(shares(families[:2] + many), start=1):
            lines.append([kind, n, share, "Danmarks Statistik, Statistisk Årbog 2002, table 320",
                          "derived" if n < 3 else "assumed", "high" if n < 3 else "low",
                          "" if n < 3 else "3 or more children split by an assumed pattern"])
    return lines


def adults_with_parents():
    """Adults who live with a parent in 100 households of the country, 2021."""
    ages = {row["group"]: float(row["value"]) for row in facts("income_age_education")
            if row["indicator"] == "population" and row["year"] == "2020"}
    at_home = [row for row in facts("assumptions") if row["block"] == "leaving_home"
               and row["parameter"] == "living with a parent"]

    def percent(group, year="2021"):
        return fact(at_home, group=group, year=year)

    aged_23 = (percent("23, men") + percent("23, women")) / 2
    teens, twenties = ages["10-19"] / 10, ages["20-29"] / 10
    adults = (2 * (teens + twenties) * percent("18-21") +
              twenties * ((percent("21") + aged_23) / 2 + aged_23 + WITH_PARENTS_24) +
              5 * twenties * WITH_PARENTS_25_29 +
              (ages["30-39"] + ages["40-49"] / 2) * percent("30-44", "2023")) / 100
    return 100 * adults / of_drivers("households", 2021)


def adult_children():
    """type,age_from,age_to,share"""
    types = types_by_tenure(2022)
    total, with_one = 0.0, 0.0
    for row, tenure in zip(types, CLASSES):
        for band, cells in zip(AGES, by_type_and_age(row, ages_of_heads(tenure))):
            for t, cell in enumerate(cells):
                n = cell / 100 * math.fsum(row)
                total += n
                with_one += n * ADULT_CHILD["couple" if t % 2 else "single"].get(band, 0) / 100
    scale = adults_with_parents() / 100 / (with_one / total)
    lines = []
    for kind in ("single", "couple"):
        for low, high in AGES:
            share = scale * ADULT_CHILD[kind].get((low, high), 0) / 100
            lines.append([kind, low, high, f"{share:.3f}",
                          "Danmarks Statistik, Børnefamilier 1. januar 2021 (how many live with a "
                          "parent); general knowledge (with whom)", "assumed", "low",
                          "at most one in a household"])
    return lines

"""Origin, work and education of adults by age and tenure."""
import functools
import math

from tables.facts import (AGES, CLASSES, EDUCATIONS, ORIGINS, WORKS, fact, facts, fit, shares,
                          shifted, solve)
from tables.households import ages_of_heads

# Assumed: of 100 renters of an origin, how many rent an almen home (the rest rent privately).
ALMEN_OF_RENTERS = {"danish": 48, "western": 45, "nonwestern": 68}
# Assumed: how much more often (log odds) owners and co-operative members are in work or study than
# private tenants; against almen tenants the difference is published (2013).
OWNER_OVER_PRIVATE = 0.35
# Ages that work is known for; the model spreads each band over its years as work rests at each age.
WORK_AGES = [(18, 29), (30, 49), (50, 64), (65, 69), (70, 79), (80, 99)]
# Assumed: from 65, percent still in work (9 % of all, recalled).
EMPLOYED_FROM_65 = {(65, 69): 22, (70, 79): 6, (80, 99): 1}


def rows_of(indicator):
    """Rows of one indicator of income_age_education."""
    return [row for row in facts("income_age_education") if row["indicator"] == indicator]


def heads():
    """Household heads of the country by class of tenure and age, thousands."""
    rows = [row for row in facts("tenure_stock")
            if row["year"] == "2021" and row["unit"] == "dwellings"]
    stock = [fact(rows, tenure=name) / 1000
             for name in ("almen", "private_rental", "andel", "owner_occupied")]
    return [[n * age / 100 for age in ages_of_heads(tenure)]
            for tenure, n in zip(CLASSES, stock)]


def nonwestern_by_age(year):
    """Percent of non-western origin by age band; before 2022 scaled to the share of the year."""
    rows = [row for row in rows_of("nonwestern_share") if row["year"] == "2022"]
    age = {(18, 24): "20-29", (25, 29): "20-29", (30, 39): "30-39", (40, 49): "40-49",
           (50, 59): "50-59", (60, 64): "60-69", (65, 69): "60-69"}
    of_2022 = fact(rows, group="all ages")
    counted = facts("income_age_education")
    of_2013 = 100 * (fact(counted, indicator="nonwestern_immigrants", group="all") +
                     fact(counted, indicator="nonwestern_descendants", group="all")) / 5602628
    now = of_2022 if year >= 2022 else of_2013 + (of_2022 - of_2013) * (year - 2013) / 9
    return [fact(rows, group=age.get(band, "70+")) * now / of_2022 for band in AGES]


def western_by_age():
    """Percent of western origin by age band: 5.3 % of all, younger than the rest."""
    counted = facts("income_age_education")
    people = (fact(counted, indicator="immigrants", group="all") * 0.43 +
              fact(counted, indicator="descendants", group="all") * 0.177)
    mean = 100 * people / 5873420  # population of 1 January 2022
    pattern = [1.3, 1.8, 1.7, 1.2, 0.9, 0.7, 0.6, 0.5, 0.4]  # assumed after the ages of 2011
    return [mean * factor for factor in pattern]


def tenure_given_origin(origin):
    """Percent of an origin by class of tenure (not renting: 2011)."""
    group = {"danish": "danish origin", "western": "western immigrants",
             "nonwestern": "non-western immigrants"}[origin]
    rows = [row for row in facts("ownership_by_group") if row["dimension"] == "origin"
            and row["year"] == "2011"]
    own = fact(rows, group=group)
    rent = 100 - own
    almen = rent * ALMEN_OF_RENTERS[origin] / 100
    return [almen, rent - almen, own * 0.12, own * 0.88]  # 202 of 1,629 thousand are cooperative


@functools.cache
def origin_table(year):
    """[class][age][origin]: heads, thousands."""
    count = heads()
    table = [[None] * len(AGES) for _ in CLASSES]
    for a in range(len(AGES)):
        nonwestern, western = nonwestern_by_age(year)[a], western_by_age()[a]
        total = math.fsum(row[a] for row in count)
        columns = [total * part / 100 for part in (100 - nonwestern - western, western, nonwestern)]
        seed = [[tenure_given_origin(origin)[c] for origin in ORIGINS] for c in range(len(CLASSES))]
        for c, row in enumerate(fit(seed, [row[a] for row in count], columns)):
            table[c][a] = row
    return table


def origins(year):
    """tenure_class,age_from,age_to,origin,share"""
    lines = []
    for c, rows in enumerate(origin_table(year)):
        for band, row in zip(AGES, rows):
            for origin, share in zip(ORIGINS, shares(row)):
                lines.append([CLASSES[c], band[0], band[1], origin, share,
                              "Danmarks Statistik, Fakta om indvandrere og efterkommere 2022; "
                              "Social- og Integrationsministeriet 2011 (tenure); general "
                              "knowledge (ages)",
                              "assumed", "low", ""])
    return lines


def labour_states(origin, band):
    """Percent of adults of an origin and band of WORK_AGES by state of WORKS, 2021."""
    ages = f"{band[0]}-{band[1]}"
    if band[0] >= 65:
        employed = EMPLOYED_FROM_65[band]
        return [employed, 0, 0, 0, 0, 100 - employed]
    group = f"{ages}, danish origin"
    if origin == "nonwestern":
        group = f"{ages}, non-western" + ("" if ages == "18-29" else " immigrants")
    rows = [row for row in rows_of("labour_state_share") if row["group"] == group]

    def share(state):
        return next(float(row["value"]) for row in rows if row["note"].startswith(state))

    other = share("other outside")
    if band[0] < 50:
        return [share("employed"), share("unemployment benefit"), share("activity-ready") + other,
                share("in education"), share("early retirement"), 0]
    # the others outside work at 50-64 are retired
    return [share("employed"), share("unemployment benefit"), share("activity-ready"),
            share("in education"), share("early retirement"), other]


def employment(year, origin):
    """Log odds by which employment of the year differs from that of the states of 2021."""
    rows = [row for row in facts("labour_education")
            if row["indicator"] == "employment rate 30-59"]
    group = "danish origin" if origin != "nonwestern" else "non-western immigrants"
    if year >= 2021:
        return 0.0
    now, then = (fact(rows, group=group, year=y) / 100 for y in ("2021", "2015"))
    return math.log(then / (1 - then)) - math.log(now / (1 - now))


def western_gap():
    """Log odds by which western immigrants are less often in work than the Danish (2021)."""
    rows = [row for row in facts("labour_education")
            if row["indicator"] == "employment rate 30-59" and row["year"] == "2021"]
    here, danish = (fact(rows, group=g) / 100 for g in ("western immigrants", "danish origin"))
    return math.log(here / (1 - here)) - math.log(danish / (1 - danish))


def tilted(row, inside, log_odds):
    """Moves the share of the states `inside` on log odds; the others keep their proportions."""
    total = math.fsum(row)
    part = math.fsum(row[i] for i in inside) / total
    if part <= 0 or part >= 1:
        return list(row)
    moved = shifted(part, log_odds)
    return [cell / total * (moved / part if i in inside else (1 - moved) / (1 - part))
            for i, cell in enumerate(row)]


def tenure_gap():
    """Log odds of being in work or study by class of tenure, against almen."""
    rows = [row for row in facts("labour_education")
            if row["indicator"] == "self-supporting 18-64"]
    almen, other = (fact(rows, group=g) / 100 for g in ("other almen", "not almen"))
    gap = math.log(other / (1 - other)) - math.log(almen / (1 - almen))
    return [0.0, gap - 0.7 * OWNER_OVER_PRIVATE, gap + 0.3 * OWNER_OVER_PRIVATE,
            gap + 0.3 * OWNER_OVER_PRIVATE]


def spread(row, weights, gaps, inside):
    """One row by class of tenure: tilted by the gaps so that the weighted mean stays the row."""
    total = math.fsum(row)
    part = math.fsum(row[i] for i in inside) / total
    if part <= 0 or part >= 1:
        return [[cell / total for cell in row] for _ in gaps]
    scale = math.fsum(weights)
    base = solve(lambda c: math.fsum(w / scale * shifted(part, c + g)
                                     for w, g in zip(weights, gaps)) - part)
    return [tilted(row, inside, base + g) for g in gaps]


def works(year):
    """tenure_class,origin,age_from,age_to,work,share"""
    table, lines = origin_table(year), []
    inside = [WORKS.index("employed"), WORKS.index("student")]
    for o, origin in enumerate(ORIGINS):
        for band in WORK_AGES:
            row = tilted(labour_states(origin, band), [0], employment(year, origin) +
                         (western_gap() if origin == "western" else 0))
            weights = [math.fsum(rows[a][o] for a, ages in enumerate(AGES)
                                 if band[0] <= ages[0] <= band[1]) for rows in table]
            for tenure, cells in zip(CLASSES, spread(row, weights, tenure_gap(), inside)):
                for work, share in zip(WORKS, shares(cells)):
                    lines.append([tenure, origin, band[0], band[1], work, share,
                                  "Danmarks Statistik RAS (employment by origin); KL 2014 "
                                  "(tenure); general knowledge (states by age)",
                                  "assumed", "low", ""])
    return lines


def schooling(origin, band):
    """Percent of adults of an origin and age by level of EDUCATIONS, 2020."""
    if band[0] >= 60:
        group = "60-79, all"
    elif band[0] >= 30:
        group = ("30-59, non-western immigrants" if origin == "nonwestern"
                 else "30-59, danish origin")
    else:
        group = "18-29, non-western" if origin == "nonwestern" else "18-29, danish origin"
    rows = [row for row in rows_of("education_share")
            if row["group"] == group and row["year"] == "2020"]

    def share(*names):
        return math.fsum(float(row["value"]) for row in rows
                         if row["note"].split(";")[0] in names)

    return [share("basic school"), share("upper secondary", "vocational"),
            share("short higher", "medium higher and bachelor", "long higher")]


def educations(year):
    """tenure_class,origin,age_from,age_to,education,share"""
    basic = fact([row for row in facts("labour_education")
                  if row["indicator"] == "only basic schooling, adults"], group="almen residents")
    almen, other = basic / 100, 0.22
    gap = math.log(almen / (1 - almen)) - math.log(other / (1 - other))
    table, lines = origin_table(year), []
    for o, origin in enumerate(ORIGINS):
        for a, band in enumerate(AGES):
            weights = [table[c][a][o] for c in range(len(CLASSES))]
            rows = spread(schooling(origin, band), weights, [gap, 0, 0, 0], [0])
            for tenure, cells in zip(CLASSES, rows):
                for level, share in zip(EDUCATIONS, shares(cells)):
                    lines.append([tenure, origin, band[0], band[1], level, share,
                                  "general knowledge (education by age and origin 2020, by tenure)",
                                  "assumed", "low", ""])
    return lines

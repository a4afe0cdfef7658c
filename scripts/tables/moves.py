"""Where households go when they leave a home, and what changes by year."""
import math

from tables.facts import CLASSES, evidence_of, fact, facts, fit, shares

# Assumed: where 100 movers would go by the tenure they leave, before the flows are balanced
# (columns in the order of CLASSES). The almen row is not here: it is recalled in the facts.
GO_TO = {
    "private_rental": [15, 52, 5, 28],
    "cooperative": [12, 28, 15, 45],
    "owner": [12, 25, 3, 60],
}

FIRST_YEAR = 2010  # of the drivers of population
PERSONS_OF_MOVERS = 1.55  # of a household that moves in: mean of the model's table of movers
PERSONS_OF_REFUGEES = 1.5  # assumed: many come alone, families later


def out_rates():
    """Share of a tenure's households that leave their home in a year."""
    rows = [row for row in facts("moving_rates") if row["unit"].endswith("per year")]
    rate = "annual household move rate"
    return [fact(rows, tenure="almen", group="all", indicator="move-out rate (external)",
                 year="2019") / 100,
            fact(rows, tenure="private_rental", group="all", indicator=rate) / 100,
            fact(rows, tenure="andel", group="all", indicator=rate) / 100,
            fact(rows, tenure="owner", group="all", indicator=rate) / 100]


def almen_destinations():
    """Of 100 households that leave an almen home; who is not recalled goes to another almen one."""
    rows = [row for row in facts("moving_rates") if row["tenure"] == "almen"]
    private, coop, owner = (fact(rows, indicator="destination of out-movers: " + name)
                            for name in ("private rental", "andel", "owner-occupied"))
    return [100 - private - coop - owner, private, coop, owner]


def destinations(occupied):
    """from_tenure,to_tenure,share; occupied: homes lived in by tenure, in the order of CLASSES"""
    leave = [n * rate for n, rate in zip(occupied, out_rates())]
    almen = [leave[0] * share / 100 for share in almen_destinations()]
    left_over = [into - part for into, part in zip(leave, almen)]
    flows = [almen] + fit([GO_TO[tenure] for tenure in CLASSES[1:]], leave[1:], left_over)
    lines = []
    for tenure, row in zip(CLASSES, flows):
        if tenure == "almen":
            note = "recalled for all who leave; the rest taken to move to another almen home"
        else:
            note = "assumed pattern, fitted so that each tenure gains as many as it loses"
        for other, share in zip(CLASSES, shares(row)):
            lines.append([tenure, other, share, "general knowledge", "assumed", "low", note])
    return lines


def national(indicator):
    """Rows of a national driver by year, from FIRST_YEAR on."""
    return {int(row["year"]): row for row in facts("drivers")
            if row["indicator"] == indicator and int(row["year"]) >= FIRST_YEAR}


def shares_of(region):
    """The region's share of the country's persons, of those below 18, and of those from 65."""
    rows = [row for row in facts("municipalities") if row["pct_0_17_2024"]]

    def part(of):
        return (math.fsum(of(row) for row in rows if row["code"] in region.codes) /
                math.fsum(of(row) for row in rows))

    persons = [float(row["population"]) for row in rows]
    by_code = dict(zip((row["code"] for row in rows), persons))
    return [part(lambda row: by_code[row["code"]]),
            part(lambda row: by_code[row["code"]] * float(row["pct_0_17_2024"])),
            part(lambda row: by_code[row["code"]] * float(row["pct_65plus_2024"]))]


def refugees_share(region, rows):
    """Part of the country's refugees that the region receives, and where it is from."""
    if region.folder == "fyn":
        share = (fact(rows, group="Odense") + fact(rows, group="other Fyn")) / 100
        return share, "refugees received by the country x Funen's quota of 2015 (10.8 %)"
    names = {row["name"] for row in facts("municipalities") if row["code"] in region.codes}
    quotas = [row for row in facts("assumptions") if row["parameter"] == "municipal quota"
              and row["year"] == "2015" and row["group"] in names]
    if quotas:
        whole = fact([row for row in facts("assumptions") if row["parameter"] == "municipal quota"],
                     group="Denmark")
        share = math.fsum(float(row["value"]) for row in quotas) / whole
        note = f"the municipalities' quotas of 2015 ({100 * share:.1f} %)"
    else:
        share = len(names) * fact(rows, group="Gladsaxe") / 100
        note = f"Gladsaxe's share for each municipality, recalled ({100 * share:.1f} %)"
    return share, "refugees received by the country x " + note


def refugees_of(region):
    """Refugee households of a year over homes, per 1,000, by year."""
    rows = [row for row in facts("assumptions") if row["block"] == "refugees"
            and row["parameter"] == "share of the national number"]
    share = refugees_share(region, rows)[0]
    received = national("refugees_received_by_municipalities")
    return {year: float(row["value"]) * share / PERSONS_OF_REFUGEES
            for year, row in received.items()}


def net_of(region):
    """Households that the region gains by moves, refugees left out, by year: growth less births over
    deaths. Births go by persons below 18, deaths by persons from 65."""
    persons, young, old = shares_of(region)
    people, births, deaths = (national(name) for name in ("population_1jan", "births", "deaths"))
    refugees, out = refugees_of(region), {}
    for year in sorted(deaths):
        grown = float(people[year + 1]["value"]) - float(people[year]["value"])
        natural = float(births[year]["value"]) * young - float(deaths[year]["value"]) * old
        moved = region.growth * persons * grown - natural
        out[year] = moved / PERSONS_OF_MOVERS - refugees[year]
    return out


def households_growth():
    """Growth a year of the country's households; even between the years in which they are known."""
    known = sorted((year, float(row["value"])) for year, row in national("households").items())
    return {year: math.log(after / before) / (end - start)
            for (start, before), (end, after) in zip(known, known[1:])
            for year in range(start, end)}


def population_drivers(region, homes):
    """Fertility, life expectancy, migration, refugees and building of each year."""
    lines = []
    for name, indicator, unit in (
            ("fertility.total_fertility", "total_fertility", "children/woman"),
            ("mortality.life_expectancy_men", "life_expectancy_men", "years"),
            ("mortality.life_expectancy_women", "life_expectancy_women", "years")):
        for year, row in sorted(national(indicator).items()):
            lines.append([name, year, row["value"], unit, row["source"], evidence_of(row),
                          "of the country"])
    quotas = [row for row in facts("assumptions") if row["block"] == "refugees"
              and row["parameter"] == "share of the national number"]
    for name, by_year, note in (
            ("migration.net", net_of(region), region.growth_note),
            ("migration.refugees", refugees_of(region), refugees_share(region, quotas)[1])):
        for year, households in sorted(by_year.items()):
            lines.append([name, year, f"{1000 * households / homes:.2f}", "1/1000/year",
                          "Danmarks Statistik (population, births, deaths); KL 2015 (quotas)",
                          "assumed", note])
    for year, rate in sorted(households_growth().items()):
        lines.append(["building.growth", year, f"{region.growth * rate:.5f}", "1/year",
                      "Danmarks Statistik (households)", "assumed",
                      f"growth of the country's households x {region.growth:g} (assumed)"])
    return lines

#!/usr/bin/env python3
"""Derives the starting tables of scenarios/fyn/ from the facts in scenarios/data/.

    scripts/make-tables.py [FOLDER]

writes municipalities.csv, stock.csv, households.csv, destinations.csv and drivers.csv into FOLDER
(scenarios/fyn/ by default). Needs nothing but Python's standard library; the same facts give the
same bytes, which tests/cli/tables.sh checks.

Evidence: a number is only as well known as the weakest number it was made from. Facts marked
`catalogue` count as published, facts marked `recalled` as assumed.
"""
import csv
import io
import math
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "scenarios" / "data"

FYN = ["410", "420", "430", "440", "450", "461", "479", "480", "482", "492"]
TENURES = ["almen", "private_rental", "cooperative", "owner"]
TYPES = ["single", "couple", "single_parent", "couple_with_children"]
AGES = [(18, 24), (25, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 99)]

# Empty homes on the market, percent of homes: docs/MODEL.md section 3 (cooperative: assumed).
VACANCY_PCT = {"almen": 0.3, "private_rental": 3.0, "cooperative": 1.0, "owner": 1.5}

# Assumed: of 100 household heads of an age, how many are of each type, the country over. Only the
# pattern matters: it is fitted to the ages and to the types of each tenure.
TYPES_AT_AGE = {
    (18, 24): [70, 25, 2, 3],
    (25, 29): [52, 31, 4, 13],
    (30, 39): [34, 15, 9, 42],
    (40, 49): [28, 11, 13, 48],
    (50, 59): [36, 36, 7, 21],
    (60, 69): [39, 57, 1, 3],
    (70, 79): [45, 54.5, 0.2, 0.3],
    (80, 99): [66, 33.8, 0.1, 0.1],
}

# Assumed: where 100 movers would go by the tenure they leave, before the flows are balanced
# (columns in the order of TENURES). The almen row is not here: it is recalled in the facts.
GO_TO = {
    "private_rental": [15, 52, 5, 28],
    "cooperative": [12, 28, 15, 45],
    "owner": [12, 25, 3, 60],
}


def facts(name):
    """Rows of one fact table."""
    with open(DATA / (name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fact(rows, **wanted):
    """The value of the only row that agrees with all of `wanted`."""
    found = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} rows instead of one for {wanted}")
    return float(found[0]["value"])


def evidence(*rows):
    """The class of a number made from these rows: that of the weakest."""
    classes = {row["evidence"] for row in rows}
    return "assumed" if "recalled" in classes else "derived"


def whole_parts(total, weights):
    """Splits an integer in proportion to weights by largest remainder; ties go to the first."""
    scale = math.fsum(weights)
    exact = [total * weight / scale for weight in weights]
    parts = [math.floor(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def shares(weights, digits=6):
    """Shares that sum to exactly 1 when written with this many digits."""
    unit = 10**digits
    return [f"{part // unit}.{part % unit:0{digits}d}" for part in whole_parts(unit, weights)]


def fit(table, rows, columns, rounds=500):
    """Iterative proportional fitting of a matrix to row and column sums of one total."""
    table = [list(row) for row in table]
    for _ in range(rounds):
        for i, row in enumerate(table):
            scale = rows[i] / math.fsum(row)
            table[i] = [cell * scale for cell in row]
        for j, column in enumerate(columns):
            scale = column / math.fsum(row[j] for row in table)
            for row in table:
                row[j] *= scale
    for i, row in enumerate(table):
        if abs(math.fsum(row) - rows[i]) > 1e-9 * rows[i]:
            raise SystemExit("iterative proportional fitting did not settle")
    return table


def municipalities():
    """code,name,labour_market,longitude,latitude,population"""
    rows = {row["code"]: row for row in facts("municipalities")}
    lines = []
    for code in FYN:
        row = rows[code]
        lines.append([code, row["name"], "Fyn", row["lon_centroid"], row["lat_centroid"],
                      row["population"],
                      "Danmarks Statistik FOLK1A (population); mapDK polygons (position)",
                      "published", "high",
                      "labour_market is assumed: one for Funen and its islands"])
    return lines


def tenure_split(row):
    """Households of one municipality by tenure."""
    almen = float(row["almen_share_occupied_pct"])
    others = [float(row[key]) for key in ("private_rental_share_est_pct", "coop_share_est_pct",
                                          "owner_share_est_pct")]
    rest = (100 - almen) / math.fsum(others)
    weights = [almen] + [share * rest for share in others]
    return whole_parts(int(row["households_est"]), weights)


def homes_for(households, tenure):
    """Homes of which all but the tenure's vacancy are occupied, rounded to the nearest."""
    return math.floor(households / (1 - VACANCY_PCT[tenure] / 100) + 0.5)


def stock():
    """municipality,tenure,homes,households"""
    rows = {row["code"]: row for row in facts("municipalities")}
    lines = []
    for code in FYN:
        row = rows[code]
        for tenure, households in zip(TENURES, tenure_split(row)):
            if tenure == "almen":
                note = f"{row['almen_share_occupied_pct']} % of occupied homes are almen (published)"
            else:
                note = "recalled share scaled to what is not almen"
            lines.append([row["name"], tenure, homes_for(households, tenure), households,
                          "Danmarks Statistik BOL101 through public extracts (almen share 2023); "
                          "general knowledge (households; other tenures)",
                          "assumed", "low", note])
    return lines


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
    """Percent of household heads by age band."""
    group = {"cooperative": "andel", "owner": "owner_occupied"}.get(tenure, tenure)
    rows = [row for row in facts("income_age_education")
            if row["indicator"] == "age_of_household_head" and row["group"] == group]
    names = ["age 80+" if low == 80 else f"age {low}-{high}" for low, high in AGES]
    return [fact(rows, note=name) for name in names]


def households():
    """tenure,type,age_from,age_to,share"""
    lines = []
    for tenure, types in zip(TENURES, types_by_tenure()):
        total = math.fsum(types)
        ages = ages_of_heads(tenure)
        ages = [total * age / math.fsum(ages) for age in ages]
        fitted = fit([TYPES_AT_AGE[band] for band in AGES], ages, types)
        cells = [(kind, band, fitted[b][t])
                 for t, kind in enumerate(TYPES) for b, band in enumerate(AGES)]
        for (kind, band, _), share in zip(cells, shares([cell[2] for cell in cells])):
            lines.append([tenure, kind, band[0], band[1], share,
                          "Danmarks Statistik (Statistisk Årbog 2002, table 320); "
                          "Boligliv i Balance 2015; general knowledge (ages; types 2022)",
                          "assumed", "low", ""])
    return lines


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


def destinations():
    """from_tenure,to_tenure,share"""
    occupied = [sum(line[3] for line in stock() if line[1] == tenure) for tenure in TENURES]
    leave = [n * rate for n, rate in zip(occupied, out_rates())]
    almen = [leave[0] * share / 100 for share in almen_destinations()]
    left_over = [into - part for into, part in zip(leave, almen)]
    flows = [almen] + fit([GO_TO[tenure] for tenure in TENURES[1:]], leave[1:], left_over)
    lines = []
    for tenure, row in zip(TENURES, flows):
        if tenure == "almen":
            note = "recalled for all who leave; the rest taken to move to another almen home"
        else:
            note = "assumed pattern, fitted so that each tenure gains as many as it loses"
        for other, share in zip(TENURES, shares(row)):
            lines.append([tenure, other, share, "general knowledge", "assumed", "low", note])
    return lines


def drivers():
    """parameter,year,value,unit,source,evidence,note"""
    rows = facts("moving_rates")
    sector = facts("almen_sector")
    homes = {year: fact(sector, indicator="dwellings", year=str(year)) for year in (2008, 2018)}
    grown = (homes[2018] - homes[2008]) / 10
    moves_2013 = fact(rows, indicator="external household moves out", year="2013")
    homes_2013 = homes[2008] + 5 * grown
    yearly = [
        (2013, moves_2013 / homes_2013, "Landsbyggefonden, Fraflytninger 2013-2017; "
         "Organisatoriske enheder 2008-2018", "derived",
         f"{moves_2013:.0f} external moves out / {homes_2013:.0f} homes, "
         "interpolated between 2008 and 2018"),
        (2017, fact(rows, tenure="almen", group="all", indicator="move-out rate (external)",
                    year="2017") / 100, "Landsbyggefonden, Fraflytninger 2013-2017", "derived",
         "67628 external moves out / 573066 homes"),
        (2019, fact(rows, tenure="almen", group="all", indicator="move-out rate (external)",
                    year="2019") / 100, "Landsbyggefonden, Fraflytninger 2019", "published", ""),
    ]
    return [["moves.out_almen", year, f"{value:.4f}", "1/year", source, kind, note]
            for year, value, source, kind, note in yearly]


PROVENANCE = ["source", "evidence", "confidence", "note"]

# file, columns, maker, what the header says
TABLES = [
    ("municipalities.csv",
     ["code", "name", "labour_market", "longitude", "latitude", "population"] + PROVENANCE,
     municipalities, """\
The ten municipalities of Funen.
code: official municipality code; longitude, latitude: centroid of the municipality, degrees
(WGS 84); population: persons on 1 January 2020.
Contains data of Danmarks Statistik (Statistics Denmark), CC BY 4.0."""),
    ("stock.csv",
     ["municipality", "tenure", "homes", "households"] + PROVENANCE,
     stock, """\
Homes on the market and occupied homes (= households) by municipality and tenure, about 2023.
households: estimated households of the municipality split by tenure. The almen share is published
(share of occupied homes); the other three are recalled shares scaled to what remains; whole numbers
by largest remainder, so that a municipality's rows sum to its households.
homes: households / (1 - vacancy), vacancy 0.3 % almen, 3 % private rental, 1 % cooperative, 1.5 %
owner (for sale). Homes never on the market, 4 to 5 % of the stock, are left out.
Contains data of Danmarks Statistik, CC BY 4.0."""),
    ("households.csv",
     ["tenure", "type", "age_from", "age_to", "share"] + PROVENANCE,
     households, """\
Household heads of each tenure by type and age, shares that sum to 1 within a tenure; whole country.
age_from and age_to are both included, years.
How: (1) types by tenure: rented and owner-occupied homes of 2002 (published), almen singles and
couples of 2000 (catalogue), fitted (iterative proportional fitting) to the dwellings by tenure of
2021 (published) and to the household types of 2022 (recalled). (2) types by age: an assumed pattern
of the whole country, fitted within each tenure to (1) and to the ages of its heads (recalled).
Since the ages are recalled, every cell counts as assumed.
Contains data of Danmarks Statistik, CC BY 4.0."""),
    ("destinations.csv",
     ["from_tenure", "to_tenure", "share"] + PROVENANCE,
     destinations, """\
Where households that leave a home go, by the tenure they leave; shares that sum to 1 in each row.
How: moves out of a tenure a year = its households on Funen (stock.csv) x its yearly move rate
(almen 0.131 published 2019; private rental 0.28, cooperative 0.10, owner 0.06 recalled). The almen
row is recalled. The other three start from an assumed pattern and are fitted (iterative
proportional fitting) so that each tenure is entered as often as it is left."""),
    ("drivers.csv",
     ["parameter", "year", "value", "unit", "source", "evidence", "note"],
     drivers, """\
Parameters by calendar year: a value holds from 1 January of its year until the next one.
moves.out_almen: external moves out of almen homes / almen homes, per year. Moves inside a housing
organisation are not counted. (The 14.3 % of 2021 in scenarios/data/moving_rates.csv counts adults
who leave their estate, another unit, and is not used.)
Source: Landsbyggefonden, as named in each row."""),
]


def text_of(columns, lines, about):
    """The bytes of one table."""
    out = io.StringIO()
    for line in about.splitlines():
        out.write("# " + line + "\n")
    out.write("# Made by scripts/make-tables.py; do not edit by hand.\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return unicodedata.normalize("NFC", out.getvalue()).encode("utf-8")


def main():
    if len(sys.argv) > 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else ROOT / "scenarios" / "fyn"
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, maker, about in TABLES:
        (folder / name).write_bytes(text_of(columns, maker(), about))


if __name__ == "__main__":
    main()

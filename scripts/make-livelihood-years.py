#!/usr/bin/env python3
"""Writes the yearly values of tax, benefits, wages and work: rows for a scenario's `drivers`.

    scripts/make-livelihood-years.py [FILE]

writes scenarios/data/livelihood_years.csv by default, from scenarios/data/assumptions.csv; the same
facts give the same bytes. Amounts known for 2015 and 2024 grow at an even rate between them
(derived); from 2025 to 2026 they follow the wage index, as does everything else; later years keep
the value of 2026. Needs nothing but Python's standard library.
"""
import csv
import io
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "scenarios" / "data"
FIRST, KNOWN, LAST = 2015, 2024, 2026

# Hourly wages, 2015 = 100: Danmarks Statistik; from 2021 chained with recalled yearly rises.
WAGES = {2015: 100.0, 2016: 100.27, 2017: 101.85, 2018: 103.44, 2019: 104.61, 2020: 105.78,
         2021: 108.85, 2022: 112.55, 2023: 117.05, 2024: 123.02, 2025: 127.57, 2026: 131.65}
# Consumer prices, 2015 = 100: Danmarks Statistik; known years only, even growth between them.
PRICES = {2015: 100.0, 2020: 102.87, 2023: 116.58, 2024: 118.18}

# parameter: block, parameter and group of assumptions.csv; amounts in kroner
AMOUNTS = {
    "tax.allowance": ("tax", "personal allowance", "adult", "DKK/year"),
    "tax.top_from": ("tax", "top-tax threshold after labour-market contribution", "all",
                     "DKK/year"),
    "income.insurance": ("benefit", "dagpenge maximum", "full-time insured", "DKK/month"),
    "income.cash_parent": ("benefit", "kontanthjælp, gross", "30+, with children", "DKK/month"),
    "income.cash": ("benefit", "kontanthjælp, gross", "30+, no children", "DKK/month"),
    "income.cash_young": ("benefit", "kontanthjælp, gross", "under 30, own home", "DKK/month"),
    "income.cash_young_single_parent": ("benefit", "kontanthjælp, gross",
                                        "single parent under 30", "DKK/month"),
    "income.aid": ("benefit", "uddannelseshjælp under 30, gross", "own home", "DKK/month"),
    "income.aid_single_parent": ("benefit", "uddannelseshjælp under 30, gross", "single parent",
                                 "DKK/month"),
    "income.grant": ("benefit", "SU grant, gross", "own home, higher education", "DKK/month"),
    "income.disability_single": ("benefit", "førtidspension", "single", "DKK/month"),
    "income.disability_couple": ("benefit", "førtidspension", "couple, each", "DKK/month"),
    "income.pension_single": ("benefit", "folkepension maximum",
                              "single, basic plus supplement", "DKK/month"),
    "income.pension_couple": ("benefit", "folkepension maximum", "couple, each", "DKK/month"),
}
# rates in percent, straight lines between the years
RATES = {
    "tax.state_rate": ("tax", "state base tax incl. health contribution", "all"),
    "tax.municipal_rate": ("tax", "municipal tax, mean", "all"),
    "tax.work_rate": ("tax", "employment deduction", "wages"),
}
# amounts whose groups differ between the years, or that stand in a note
PAIRS = {
    "tax.work_most": (26800, 45100, "DKK/year", "assumptions.csv, employment deduction, note"),
    "income.cash_young_parent": (9640, 10955, "DKK/month",
                                 "assumptions.csv, kontanthjælp, parent under 30"),
    "income.aid_parent": (8319, 9454, "DKK/month", "assumptions.csv, uddannelseshjælp"),
}
# amounts of 2024 that follow an index; the pension is 90000 a year in 2022
BY_WAGES = {"income.student_wage": 4225, "income.private_pension": 8200}
BY_PRICES = {"income.need_first": 11700, "income.need_second": 5500, "income.need_child": 3300,
             "income.child_0": 1708, "income.child_3": 1352, "income.child_7": 1064,
             "income.child_15": 1064, "income.single_child": 512, "income.single_family": 522}
PENSION_AGE = {2015: 65, 2019: 65.5, 2020: 66, 2021: 66.5, 2022: 67, 2030: 68, 2035: 69}
# so that 83.6 % of Danish and 52.0 (2015), 60.7 (2020) of non-western origin are in work at 30-59,
# were the law of motion left at rest; 2021 is the year the parameters were fitted to
DEMAND = {2015: -0.08, 2021: 0.0}
DEMAND_NONWESTERN = {2015: -0.29, 2020: -0.10, 2021: 0.0}


def facts():
    """(block, parameter, group, year) -> row; the first row where one is given twice."""
    with open(DATA / "assumptions.csv", encoding="utf-8", newline="") as file:
        found = {}
        for row in csv.DictReader(file):
            found.setdefault((row["block"], row["parameter"], row["group"], int(row["year"])), row)
        return found


def between(points, year, even_growth):
    """The value of a year between known years; the nearest one outside them."""
    years = sorted(points)
    if year in points or year <= years[0] or year >= years[-1]:
        return points[min(max(year, years[0]), years[-1])] if year not in points else points[year]
    low = max(y for y in years if y < year)
    high = min(y for y in years if y > year)
    part = (year - low) / (high - low)
    if even_growth:
        return points[low] * (points[high] / points[low]) ** part
    return points[low] + (points[high] - points[low]) * part


def evidence_of(row):
    return {"published": "published", "derived": "derived"}.get(row["evidence"], "assumed")


def two_years(found, key):
    """The values of 2015 and 2024 with source and evidence of each."""
    rows = [found[(*key[:3], year)] for year in (FIRST, KNOWN)]
    return ({year: float(row["value"]) for year, row in zip((FIRST, KNOWN), rows)},
            {year: (row["source"], evidence_of(row)) for year, row in zip((FIRST, KNOWN), rows)})


def amount_rows(name, points, known, unit):
    for year in range(FIRST, LAST + 1):
        value = between(points, year, True)
        source, evidence, note = "even growth between 2015 and 2024", "derived", ""
        if year in known:
            source, evidence = known[year]
        elif year > KNOWN:
            value *= WAGES[year] / WAGES[KNOWN]
            source, evidence, note = "2024 raised by the wage index", "assumed", ""
        yield name, year, f"{value:.0f}", unit, source, evidence, note


def index_rows(name, base, index, unit, what):
    for year in range(FIRST, LAST + 1):
        level = between(index, year, True) / index[KNOWN]
        if year > max(index):
            level *= WAGES[year] / WAGES[max(index)]
        yield name, year, f"{base * level:.0f}", unit, what, "derived", ""


def all_rows():
    found = facts()
    for name, key in AMOUNTS.items():
        points, known = two_years(found, key)
        yield from amount_rows(name, points, known, key[3])
    for name, (old, new, unit, source) in PAIRS.items():
        known = {FIRST: (source, "derived"), KNOWN: (source, "derived")}
        yield from amount_rows(name, {FIRST: old, KNOWN: new}, known, unit)
    for name, key in RATES.items():
        points, _ = two_years(found, key)
        for year in range(FIRST, KNOWN + 1):
            yield (name, year, f"{between(points, year, False) / 100:.4f}", "share",
                   "assumptions.csv, tax; straight line between 2015 and 2024", "assumed", "")
    for year in range(FIRST, LAST + 1):
        yield ("income.wage_index", year, f"{WAGES[year] / WAGES[KNOWN]:.4f}", "2024 = 1",
               "Danmarks Statistik, hourly wages" if year <= 2020 else "recalled yearly rises",
               "derived" if year <= 2020 else "assumed", "")
    for name, base in BY_WAGES.items():
        yield from index_rows(name, base, WAGES, "DKK/month", "2024 by the wage index")
    for name, base in BY_PRICES.items():
        yield from index_rows(name, base, PRICES, "DKK/month", "2024 by consumer prices")
    for year, age in PENSION_AGE.items():
        yield ("work.pension_age", year, f"{age:g}", "years", "lov om social pension section 1 a",
               "published", "")
    for name, points in (("work.demand", DEMAND), ("work.demand_nonwestern", DEMAND_NONWESTERN)):
        for year in range(FIRST, 2022):
            yield (name, year, f"{between(points, year, False):.3f}", "log odds",
                   "set by employment at 30-59, Danmarks Statistik (RAS)", "derived", "")


HEAD = """# Tax, benefits, wages and the labour market by year, for a scenario's drivers.
# Amounts of 2015 and 2024 from assumptions.csv, even growth between them; 2025-2026 by the wage
# index. Contains data of Danmarks Statistik, CC BY 4.0.
# Made by scripts/make-livelihood-years.py; do not edit by hand.
"""


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "livelihood_years.csv"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["parameter", "year", "value", "unit", "source", "evidence", "note"])
    for row in all_rows():
        writer.writerow(row)
    target.write_text(HEAD + text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()

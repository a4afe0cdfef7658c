#!/usr/bin/env python3
"""Demography alone: simulates Funen and sets persons, household types and ages beside the drivers.

    scripts/demography.py FLYT [FOLDER]

runs fyn-2015 and fyn-2024 for 20 years, one replicate each, with the program FLYT; writes results to
FOLDER (a temporary one by default) and prints a table a scenario, as in docs/demography.md. The path
of the drivers is that of the country (scenarios/data/drivers.csv): its change since the start year,
added to Funen's start. Ends with 1 when one-adult households of fyn-2015 are more than 1 point
off the path in a year the drivers cover. Needs nothing but Python's standard library.
"""
import csv
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios" / "fyn"
YEARS = 20
TYPES = ["Single", "Couple", "Single parent", "Couple with children"]
AGES = {"0-17": ["0-9", "10-17"],
        "18-64": ["18-19", "20-29", "30-39", "40-49", "50-59", "60-64"],
        "65+": ["65-69", "70-79", "80-89", "90+"], "80+": ["80-89", "90+"]}
SERIES = ["persons", "households", "households_by_type", "persons_by_age", "vacant_homes"]
LIMIT = 1.0


def simulate(flyt, name, folder):
    """Runs one vintage and exports what is asked; returns the folder of the tables."""
    result, tables = folder / f"{name}.h5", folder / name
    subprocess.run([flyt, "run", SCENARIOS / f"{name}.yaml", "-o", result, "--replicates", "1",
                    "--quiet", "--set", f"years={YEARS}"], check=True)
    subprocess.run([flyt, "export", result, *SERIES, "-o", tables, "--quiet", "--lang", "en"],
                   check=True)
    return tables


def january(tables, series, by=None):
    """Sum of a series on 1 January by year (and by the labels of one dimension)."""
    out = defaultdict(lambda: defaultdict(float))
    with open(tables / f"{series}.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["time"][5:10] == "01-01":
                out[int(row["time"][:4])][row[by] if by else ""] += float(row[series])
    return out


def national(indicator):
    """A driver of the country by year, on lines between the years it has."""
    with open(ROOT / "scenarios/data/drivers.csv", encoding="utf-8", newline="") as file:
        known = {int(row["year"]): float(row["value"]) for row in csv.DictReader(file)
                 if row["indicator"] == indicator}
    years, out = sorted(known), {}
    for low, high in zip(years, years[1:] + years[-1:]):
        for year in range(low, high + 1):
            step = (year - low) / (high - low) if high > low else 0
            out[year] = known[low] + (known[high] - known[low]) * step
    return out


def path_of(driver, start, first, relative=False):
    """The country's change since the first year laid on Funen's start."""
    if first not in driver:
        return {}
    return {year: start * value / driver[first] if relative else start + value - driver[first]
            for year, value in driver.items() if year >= first}


def sums(series):
    return {year: row[""] for year, row in series.items()}


def measure(tables):
    """Everything the table shows, by year."""
    persons, households = sums(january(tables, "persons")), sums(january(tables, "households"))
    types = january(tables, "households_by_type", "household_type")
    ages = january(tables, "persons_by_age", "person_age")
    out = {}
    for year in sorted(persons):
        n, all_ages = sum(types[year].values()), sum(ages[year].values())
        row = {"persons": persons[year], "size": persons[year] / households[year]}
        row |= {name: 100 * types[year][name] / n for name in TYPES}
        row["one adult"] = row["Single"] + row["Single parent"]
        row |= {name: 100 * sum(ages[year][band] for band in bands) / all_ages
                for name, bands in AGES.items()}
        out[year] = row
    return out


def table_of(name, measured):
    """Prints one table; returns the largest gap of the one-adult share."""
    first = min(measured)
    men, women = (national(f"one_adult_households_{sex}") for sex in ("men", "women"))
    one = path_of({y: men[y] + women[y] for y in men}, measured[first]["one adult"], first)
    size = path_of(national("mean_household_size"), measured[first]["size"], first, True)
    people = path_of(national("population_1jan"), 100, first, True)
    print(f"\n{name}: percent of households by type, percent of persons by age; path: the country's "
          "change on Funen's start\n")
    print("| year | persons | index | path | size | path | single | couple | single parent | couple "
          "with children | one adult | path | difference | 0-17 | 18-64 | 65+ | 80+ |")
    print("| --- |" + " ---: |" * 16)
    worst = 0.0
    for year, row in measured.items():
        gap = row["one adult"] - one[year] if year in one else None
        worst = max(worst, abs(gap)) if gap is not None else worst

        def shown(path, digits):
            return f"{path[year]:.{digits}f}" if year in path else ""

        cells = [year, f"{row['persons']:.0f}",
                 f"{100 * row['persons'] / measured[first]['persons']:.1f}", shown(people, 1),
                 f"{row['size']:.3f}", shown(size, 3), *(f"{row[t]:.1f}" for t in TYPES),
                 f"{row['one adult']:.1f}", shown(one, 1), "" if gap is None else f"{gap:+.1f}",
                 *(f"{row[a]:.1f}" for a in AGES)]
        print("| " + " | ".join(str(cell) for cell in cells) + " |")
    return worst


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) == 3 else temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        worst = {name: table_of(name, measure(simulate(sys.argv[1], name, folder)))
                 for name in ("fyn-2015", "fyn-2024")}
    print(f"\nOne-adult households: at most {worst['fyn-2015']:.2f} points off the drivers' path "
          f"({LIMIT} allowed).")
    return 1 if worst["fyn-2015"] > LIMIT else 0


if __name__ == "__main__":
    raise SystemExit(main())

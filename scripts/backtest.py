#!/usr/bin/env python3
"""Back-test: the lists of the ministry beside the lists of a run from 2015.

    scripts/backtest.py FLYT [--replicates N] [--years N] [--result FILE]

runs scenarios/fyn/fyn-2015.yaml (or reads FILE, a result of it) and prints, for each anchored area and
December, on which list it stood, on which list how many of the replicates put it, and each published
value beside the simulated one (mean, least and most of the replicates). Published: listed_areas.csv of
scenarios/data. Needs nothing but Python's standard library.
"""
import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AREAS = ["Vollsmose", "Solbakken mv", "Korsløkkeparken Øst", "Byparken/Skovparken",
         "Dianavænget/Heliosvænget", "Højstrupvej-kvarteret"]
LISTS = ["none", "prevention", "deprived", "parallel", "transformation", "old list"]
# category of listed_areas.csv -> place in LISTS; the strictest of a year counts
CATEGORIES = {"left_list": 0, "forebyggelse": 1, "udsat_only": 2, "ghetto_parallelsamfund": 3,
              "hard_omdannelse": 4, "ghetto_old": 5}
VALUES = {"pct_outside_labour_market_18_64": "outside work", "pct_nonwestern": "non-western",
          "pct_convicted_18plus": "convicted", "pct_basic_schooling_30_59": "basic schooling"}
CRITERIA = {"outside work": "Outside work and education", "non-western": "Non-western origin",
            "convicted": "Convicted", "basic schooling": "Basic schooling"}


def published():
    """(area, year) -> strictest list; (area, year, value) -> percent. Old and new law are not mixed:
    the old list ends in 2017."""
    lists, values = {}, {}
    with open(ROOT / "scenarios/data/listed_areas.csv", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            key = (row["area"], int(row["year"]))
            if row["area"] in AREAS and row["category"] in CATEGORIES:
                lists[key] = max(lists.get(key, 0), CATEGORIES[row["category"]])
            for column, name in VALUES.items():
                if row["area"] in AREAS and row[column]:
                    values[(*key, name)] = float(row[column])
    return lists, values


def rows_of(folder, series):
    with open(folder / f"{series}.csv", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def simulated(flyt, result):
    """(area, year) -> lists of the replicates; (area, year, value) -> percents of the replicates."""
    lists, values = defaultdict(list), defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "csv"
        subprocess.run([flyt, "export", result, "area_list", "area_criteria", "--lang", "en",
                        "--quiet", "-o", str(folder)], check=True)
        for row in rows_of(folder, "area_list"):  # a stock of 1 January is of the December before
            year = int(row["time"][:4]) - 1
            lists[(row["area"], year)].append(int(float(row["area_list"])))
        for row in rows_of(folder, "area_criteria"):
            year = int(row["time"][:4]) - 1
            for name, label in CRITERIA.items():
                if row["criterion"].startswith(label):
                    values[(row["area"], year, name)].append(float(row["area_criteria"]))
    return lists, values


def say_lists(counts):
    return ", ".join(f"{LISTS[k]} {n}" for k, n in sorted(Counter(counts).items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("flyt")
    parser.add_argument("--replicates", default="5")
    parser.add_argument("--years", default="9")
    parser.add_argument("--result")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        result = options.result or str(Path(name) / "backtest.h5")
        if not options.result:
            subprocess.run([options.flyt, "run", str(ROOT / "scenarios/fyn/fyn-2015.yaml"), "-o", result,
                            "-n", options.replicates, "-y", options.years, "--quiet"], check=True)
        lists, values = simulated(options.flyt, result)
    known, numbers = published()
    print("| area | December | list | replicates | value | published | simulated |")
    print("| --- | --: | --- | --- | --- | --: | --: |")
    same = told = 0
    for area, year in sorted(lists, key=lambda key: (AREAS.index(key[0]) if key[0] in AREAS else 99, key)):
        if area not in AREAS or year < 2015:
            continue
        real = known.get((area, year), 0)
        told += len(lists[(area, year)])
        same += sum(is_same(real, one, year) for one in lists[(area, year)])
        found = [name for name in CRITERIA if (area, year, name) in numbers] or [""]
        for name in found:
            drawn = values.get((area, year, name), [])
            number = f"{numbers[(area, year, name)]:g}" if name else ""
            mean = f"{sum(drawn) / len(drawn):.1f} ({min(drawn):.1f}-{max(drawn):.1f})" if name else ""
            print(f"| {area} | {year} | {LISTS[real]} | {say_lists(lists[(area, year)])} | {name} | "
                  f"{number} | {mean} |")
    print(f"\nOn the same list as published, or on none as published: {same} of {told} "
          f"(areas x years x replicates); an area that no source names in a year counts as on none.")


def is_same(real, simulated_list, year):
    """The same list; from 2018 to 2020 who says parallel society says deprived as well."""
    return real == simulated_list if year >= 2018 else (real > 0) == (simulated_list > 0)


if __name__ == "__main__":
    sys.exit(main())

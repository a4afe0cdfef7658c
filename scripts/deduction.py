#!/usr/bin/env python3
"""Deduction cut: what ten points less of the mortgage-interest deduction do, over sets of parameters.

    scripts/deduction.py FLYT SETS.csv [--sample K] [--sets N] [--replicates N]

runs scenarios/fyn/fyn-2015.yaml and deduction-cut-2015.yaml with each of the first N rows of SETS.csv
(admitted.csv of flyt calibrate) and the same random numbers, and prints the difference at the end of
the run as the table of docs/deduction.md: the mean over the sets and the interval that holds nine in
ten of them. Needs nothing but Python's standard library.
"""
import argparse
import csv
import io
import statistics
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios" / "fyn"
FIFTHS = ["Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth"]
LABELS = {"all": "owners, all households, % and points", "price": "price of owner homes, %",
          "sold": "houses sold a year, points of the stock"}
HEAD = ("name,en,da,measure,of,over,where,value,tolerance,unit,bound,use,standing,world,scope,counts,"
        "year,first_year,last_year,source,evidence,confidence,note").split(",")


def watched(year):
    """What is measured, as a table of targets: nothing is aimed at."""
    owner = "households_by_income[tenure=Owner"
    rows = [("all", "percent", owner + "]", "households_by_income")]
    rows += [(fifth, "percent", f"{owner};income_class={fifth}]",
              f"households_by_income[income_class={fifth}]") for fifth in FIFTHS]
    rows += [("price", "level", "price_m2[kind=Owner]", ""),
             ("sold", "percent", "houses_sold", "owner_houses")]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for name, measure, of, over in rows:
        writer.writerow([name.replace(" ", "_"), name, name, measure, of, over, "", 1, 1, "-",
                         "equal", "demand", "indicative", "scenario", "local", "households", "",
                         year, year, "-", "assumed", "low", ""])
    return out.getvalue()


def measure(flyt, scenario, targets, sets, row, options):
    """name -> simulated value of one run."""
    call = [flyt, "validate", str(SCENARIOS / scenario), "--targets", targets, "--set-file", sets,
            "--row", str(row), "--sample", str(options.sample), "--replicates",
            str(options.replicates), "--years", str(options.years), "--threads", "1", "--quiet",
            "--format", "csv", "--lang", "en"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    text = done.stdout
    return {r["name"]: float(r["simulated"]) for r in csv.DictReader(io.StringIO(text))}


def interval(values):
    values = sorted(values)
    cut = len(values) // 20
    return values[cut], values[-1 - cut]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("flyt")
    parser.add_argument("sets")
    parser.add_argument("--sample", type=int, default=8)
    parser.add_argument("--sets", dest="n", type=int, default=30)
    parser.add_argument("--replicates", type=int, default=2)
    parser.add_argument("--years", type=int, default=8)
    options = parser.parse_args()
    n = min(options.n, sum(1 for line in open(options.sets) if not line.startswith("#")) - 1)
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as targets, ThreadPoolExecutor(2) as pool:
        targets.write(watched(options.years))
        targets.flush()
        runs = {(scenario, row): pool.submit(measure, options.flyt, scenario, targets.name,
                                             options.sets, row, options)
                for row in range(1, n + 1)
                for scenario in ("fyn-2015.yaml", "deduction-cut-2015.yaml")}
        pairs = [(runs["fyn-2015.yaml", row].result(),
                  runs["deduction-cut-2015.yaml", row].result()) for row in range(1, n + 1)]
    print(f"{n} sets, {options.replicates} replicates each, one home in {options.sample}, "
          f"year {options.years}")
    print("\n| | without the cut | change | nine in ten of the sets |\n| --- | --- | --- | --- |")
    for name in pairs[0][0]:
        relative = name == "price"
        change = [100 * (b[name] / a[name] - 1) if relative else b[name] - a[name]
                  for a, b in pairs]
        low, high = interval(change)
        before = "" if relative else f"{statistics.mean(a[name] for a, _ in pairs):.1f}"
        print(f"| {LABELS.get(name) or 'owners, ' + name.replace('_', ' ').lower()} | {before} | "
              f"{statistics.mean(change):+.2f} | {low:+.2f} to {high:+.2f} |")


if __name__ == "__main__":
    main()

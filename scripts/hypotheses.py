#!/usr/bin/env python3
"""H1-H8: what the claims of scenarios/hypotheses/claims.csv come to, over admitted sets and both ends.

    scripts/hypotheses.py FLYT FOLDER [--only H1,H6] [--sets N] [--pairs N] [--sample K] [--ends-pairs N]

runs `flyt compare` for each line over the first N rows of scenarios/fyn/admitted.csv, every set with chance of
its own, and then with the best set at both ends of every parameter that the policies assume (each choice of
those that are a choice). Writes FOLDER/verdicts.md and ends.csv, and every comparison into a folder of its own
(sets.csv tells its sets); what is there already is not run again.

The interval is that of `flyt compare --rows`: of the effect in one more set, for chance and parameters together.
Supports: all of it is on the side that is claimed, and at no end of an assumed range is the other side sure (by
chance alone: one set). Refutes: all of it is on the other side. Else: cannot know. Needs nothing but Python's
standard library.
"""
import argparse
import csv
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = 2016  # of the first set; row R has SEED + R - 1


def read_csv(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def run_of(claim):
    """What is run for a claim; several read the same."""
    return "-".join([claim["scenario"], *claim["policies"].split(), *claim["settings"].split()])


class Runs:
    """Calls of flyt compare, kept in folders."""

    def __init__(self, options, pool, claims):
        self.options, self.pool, self.calls, self.claims = options, pool, {}, {}
        for claim in claims:
            self.claims.setdefault(run_of(claim), []).append(claim)

    def submit(self, claim, name, *how):
        """Runs a comparison once, however many claims read it."""
        folder = self.folder(claim, name)
        if folder not in self.calls:
            self.calls[folder] = self.pool.submit(self.make, claim, name, *how)
        return self.calls[folder]

    def folder(self, claim, name):
        return Path(self.options.folder) / f"{run_of(claim)}-{name}".replace("policies.", "")

    def make(self, claim, name, rows, pairs, sample, settings):
        """The folder with the tables of one comparison; None: flyt refuses the settings."""
        folder = self.folder(claim, name)
        policies = claim["policies"].split()
        readers = self.claims[run_of(claim)]
        if all(rows_of(folder, reader) for reader in readers):
            return folder  # with all outcomes: a line may be newer than the folder
        call = [self.options.flyt, "compare", str(ROOT / f"scenarios/hypotheses/{claim['scenario']}.yaml"),
                *policies, "--set-file", str(ROOT / "scenarios/fyn/admitted.csv"), "--rows", rows,
                "--replicates", str(pairs), "--sample", str(sample), "--years", claim["years"],
                "--seed", str(SEED), "--output", str(folder), "--threads", "1", "--quiet", "--lang", "en"]
        call += ["--factorial"] if any("+" in reader["arm"] for reader in readers) else []
        for setting in claim["settings"].split() + settings:
            call += ["--set", setting]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode == 65 and settings:
            return None  # an end that contradicts another value
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return folder


def rows_of(folder, claim):
    """What the tables of a comparison tell of the claim, all years: [] when it is not in them."""
    if "+" in claim["arm"]:
        table, known = folder / "factorial.csv", {"policies": claim["arm"], "scale": "points"}
    else:
        table, known = folder / "compare.csv", {"policy": claim["arm"]}
    known["outcome"] = claim["outcome"]
    return [row for row in read_csv(table) if known.items() <= row.items()] if table.exists() else []


def effect_of(folder, claim):
    """The claim's effect in one comparison, at the end: a row of its table, as numbers."""
    row = rows_of(folder, claim)[-1]
    row = row | {"effect": row["effect"] if "effect" in row else row["change"]}
    return {key: float(row[key] or "nan")
            for key in ("effect", "low", "high", "chance_low", "chance_high", "sets_spread")}


def verdict(claim, low, high):
    bound, less = float(claim["bound"]), claim["claim"] == "less"
    if (high < bound) if less else (low > bound):
        return "supports"
    if (low > bound) if less else (high < bound):
        return "refutes"
    return "cannot know"


def ends_of(flyt, policies):
    """[(parameter, value)]: both ends, or every choice, of what the policies assume."""
    done = subprocess.run([flyt, "describe", "policies", "--format", "json", "--lang", "en"],
                          capture_output=True, text=True, check=True)
    ends = []
    for row in json.loads(done.stdout):
        key = row["name"].split(".")[1]
        if row["group"] not in policies or row["evidence"] != "assumed" or key in ("from", "to"):
            continue
        values = row["range"] if isinstance(row["range"], list) else row["range"].split("|")
        default = {True: "yes", False: "no"}.get(row["default"], row["default"])
        ends += [(row["name"], f"{value:g}" if isinstance(value, (int, float)) else value)
                 for value in values if value != default]
    return ends


def take_sets(runs, claims):
    options = runs.options
    calls = [runs.submit(claim, "sets", f"1-{options.sets}", options.pairs, options.sample, []) for claim in claims]
    return [effect_of(call.result(), claim) for call, claim in zip(calls, claims)]


def take_ends(runs, claims):
    """[(claim, parameter, value, effect)]; effect None: refused."""
    options, calls = runs.options, []
    first = {}  # ends are run of a hypothesis' claim itself, not of its variants
    for claim in claims:
        first.setdefault(claim["hypothesis"], claim["settings"])
    for claim in claims:
        if claim["settings"] != first[claim["hypothesis"]] or options.ends_pairs == 0:
            continue
        for name, value in ends_of(options.flyt, claim["policies"].split()):
            setting = f"policies.{name}={value}"
            calls.append((claim, name, value, runs.submit(claim, f"end-{name}={value}", "1", options.ends_pairs,
                                                          options.ends_sample, [setting])))
    return [(claim, name, value, None if call.result() is None else effect_of(call.result(), claim))
            for claim, name, value, call in calls]


def against(claim, ends):
    """Ends at which the other side is sure."""
    return [f"{name}={value}" for other, name, value, effect in ends
            if other is claim and effect is not None and verdict(claim, effect["low"], effect["high"]) == "refutes"]


def write(options, claims, effects, ends):
    folder = Path(options.folder)
    with open(folder / "ends.csv", "w", encoding="utf-8") as file:
        file.write("hypothesis,run,parameter,value,effect,low,high\n")
        for claim, name, value, effect in ends:
            shown = ",,refused" if effect is None else f"{effect['effect']:.6g},{effect['low']:.6g},{effect['high']:.6g}"
            file.write(f"{claim['hypothesis']},{claim['run']},{name},{value},{shown}\n")
    with open(folder / "verdicts.md", "w", encoding="utf-8") as file:
        file.write("| | claim | change, mean of sets | chance alone | sets +- | chance and parameters | verdict |"
                   " ends where the other side is sure |\n| --- | --- | ---: | --- | ---: | --- | --- | --- |\n")
        for claim, effect in zip(claims, effects):
            other, said = against(claim, ends), verdict(claim, effect["low"], effect["high"])
            said = "cannot know" if said == "supports" and other else said
            file.write(f"| {claim['hypothesis']} {claim['run']} | {claim['en']} ({claim['outcome']} "
                       f"{claim['claim']} than {claim['bound']}) | {effect['effect']:+.3g} | "
                       f"{effect['chance_low']:+.3g} to {effect['chance_high']:+.3g} | {effect['sets_spread']:.2g} | "
                       f"{effect['low']:+.3g} to {effect['high']:+.3g} | {said} | {', '.join(other) or '-'} |\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("flyt")
    parser.add_argument("folder")
    parser.add_argument("--only", default="", help="H1,H6: these alone")
    parser.add_argument("--sets", type=int, default=10)
    parser.add_argument("--pairs", type=int, default=4)
    parser.add_argument("--sample", type=int, default=16)
    parser.add_argument("--ends-pairs", type=int, default=3, help="0: no ends")
    parser.add_argument("--ends-sample", type=int, default=32)
    options = parser.parse_args()
    claims = [claim for claim in read_csv(ROOT / "scenarios/hypotheses/claims.csv")
              if not options.only or claim["hypothesis"] in options.only.split(",")]
    Path(options.folder).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as workers:
        runs = Runs(options, workers, claims)
        effects = take_sets(runs, claims)
        ends = take_ends(runs, claims)
    write(options, claims, effects, ends)
    print((Path(options.folder) / "verdicts.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""H1-H8: what the claims of scenarios/hypotheses/claims.csv come to, over admitted sets and both ends.

    scripts/hypotheses.py FLYT FOLDER [--only H1,H6] [--sets N] [--pairs N] [--sample K] [--ends-pairs N]

runs `flyt compare` for each line with each of the first N rows of scenarios/fyn/admitted.csv, every set
with chance of its own, and then with the best set at both ends of every parameter that the policies
assume (each choice of those that are a choice). Writes FOLDER/verdicts.md, sets.csv and ends.csv; what
is there already is not run again.

The effect is the mean over sets. Its interval is Student's t over sets (95 %) of an effect in one more
set: mean +- t sqrt(p^2 (1 + 1/S) + c^2), where c^2 is what chance leaves of the mean of all pairs and
p^2 is the variance between sets less what chance gives it: what `flyt compare --rows 1-S --seed 2016`
tells of all sets at once (output/compare_sets.h; here each is run by itself, so that it is kept). Supports: all of the interval is on the side
that is claimed, and at no end of an assumed range is the other side sure. Refutes: all of it is on the
other side. Else: cannot know. Needs nothing but Python's standard library.
"""
import argparse
import csv
import json
import math
import statistics
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
T95 = [0, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
       2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052,
       2.048, 2.045, 2.042]  # Student's t, 97.5 %, by degrees of freedom
SEED = 2015


def t95(freedom):
    return T95[min(freedom, len(T95) - 1)]


def read_csv(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def run_of(claim):
    """What is run for a claim; several read the same."""
    return "-".join([claim["scenario"], *claim["policies"].split(), *claim["settings"].split()])


class Runs:
    """Calls of flyt compare, kept in folders."""

    def __init__(self, options, pool, claims):
        self.options, self.pool, self.calls, self.outcomes = options, pool, {}, {}
        for claim in claims:
            self.outcomes.setdefault(run_of(claim), set()).add(claim["outcome"])

    def submit(self, claim, name, *how):
        """Runs a comparison once, however many claims read it."""
        folder = self.folder(claim, name)
        if folder not in self.calls:
            self.calls[folder] = self.pool.submit(self.make, claim, name, *how)
        return self.calls[folder]

    def folder(self, claim, name):
        return Path(self.options.folder) / f"{run_of(claim)}-{name}".replace("policies.", "")

    def make(self, claim, name, row, pairs, sample, settings):
        """The folder with the tables of one comparison; None: flyt refuses the settings."""
        folder = self.folder(claim, name)
        policies = claim["policies"].split()
        table = folder / ("factorial.csv" if len(policies) > 1 else "compare.csv")
        if table.exists() and self.outcomes[run_of(claim)] <= {row["outcome"] for row in read_csv(table)}:
            return folder  # with all outcomes: a line may be newer than the folder
        call = [self.options.flyt, "compare", str(ROOT / f"scenarios/hypotheses/{claim['scenario']}.yaml"),
                *policies, "--set-file", str(ROOT / "scenarios/fyn/admitted.csv"), "--row", str(row),
                "--replicates", str(pairs), "--sample", str(sample), "--years", claim["years"],
                "--seed", str(SEED + row), "--output", str(folder), "--threads", "1", "--quiet",
                "--lang", "en"]
        call += ["--factorial"] if len(policies) > 1 else []
        for setting in claim["settings"].split() + settings:
            call += ["--set", setting]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode == 65 and settings:
            return None  # an end that contradicts another value
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return folder


def effect_of(folder, claim):
    """(mean, standard error) of the claim's effect in one comparison, at the end."""
    if len(claim["policies"].split()) > 1:
        rows = [row for row in read_csv(folder / "factorial.csv")
                if row["policies"] == claim["arm"] and row["scale"] == "points"]
    else:
        rows = [row for row in read_csv(folder / "compare.csv") if row["policy"] == claim["arm"]]
        for row in rows:
            row["effect"] = row["change"]
    row = [row for row in rows if row["outcome"] == claim["outcome"]][-1]
    half = (float(row["high"]) - float(row["low"])) / 2.0
    return float(row["effect"]), half / t95(int(row["pairs"]) - 1)


def verdict(claim, low, high):
    bound, less = float(claim["bound"]), claim["claim"] == "less"
    if (high < bound) if less else (low > bound):
        return "supports"
    if (low > bound) if less else (high < bound):
        return "refutes"
    return "cannot know"


def pool(effects):
    """Mean over sets, its standard error from chance, the spread of sets beyond chance, interval."""
    n = len(effects)
    mean = statistics.fmean(effect for effect, _ in effects)
    chance = math.sqrt(sum(error ** 2 for _, error in effects)) / n
    between = statistics.variance([effect for effect, _ in effects]) if n > 1 else 0.0
    sets = math.sqrt(max(0.0, between - statistics.fmean(error ** 2 for _, error in effects)))
    half = t95(n - 1) * math.sqrt(sets ** 2 * (1 + 1 / n) + chance ** 2)
    return mean, chance, sets, mean - half, mean + half


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
    rows = range(1, options.sets + 1)
    calls = [[runs.submit(claim, f"set-{row}", row, options.pairs, options.sample, []) for row in rows]
             for claim in claims]
    return [[effect_of(call.result(), claim) for call in of] for of, claim in zip(calls, claims)]


def take_ends(runs, claims):
    """[(claim, parameter, value, effect, error)]; effect None: refused."""
    options, calls = runs.options, []
    first = {}  # ends are run of a hypothesis' claim itself, not of its variants
    for claim in claims:
        first.setdefault(claim["hypothesis"], claim["settings"])
    for claim in claims:
        if claim["settings"] != first[claim["hypothesis"]] or options.ends_pairs == 0:
            continue
        for name, value in ends_of(options.flyt, claim["policies"].split()):
            setting = f"policies.{name}={value}"
            calls.append((claim, name, value, runs.submit(claim, f"end-{name}={value}", 1, options.ends_pairs,
                                                          options.ends_sample, [setting])))
    return [(claim, name, value, *((None, None) if call.result() is None else effect_of(call.result(), claim)))
            for claim, name, value, call in calls]


def against(claim, ends, pairs):
    """Ends at which the other side is sure."""
    told = []
    for other, name, value, effect, error in ends:
        if other is claim and effect is not None:
            half = t95(pairs - 1) * error
            if verdict(claim, effect - half, effect + half) == "refutes":
                told.append(f"{name}={value}")
    return told


def write(options, claims, effects, ends):
    folder = Path(options.folder)
    with open(folder / "sets.csv", "w", encoding="utf-8") as file:
        file.write("hypothesis,run,set,effect,error\n")
        for i, claim in enumerate(claims):
            for row, (effect, error) in enumerate(effects[i], 1):
                file.write(f"{claim['hypothesis']},{claim['run']},{row},{effect:.6g},{error:.6g}\n")
    with open(folder / "ends.csv", "w", encoding="utf-8") as file:
        file.write("hypothesis,run,parameter,value,effect,error\n")
        for claim, name, value, effect, error in ends:
            shown = ",refused" if effect is None else f"{effect:.6g},{error:.6g}"
            file.write(f"{claim['hypothesis']},{claim['run']},{name},{value},{shown}\n")
    with open(folder / "verdicts.md", "w", encoding="utf-8") as file:
        file.write("| | claim | change, mean of sets | chance +- | sets +- | 95 % interval | verdict |"
                   " ends where the other side is sure |\n| --- | --- | ---: | ---: | ---: | --- | --- | --- |\n")
        for i, claim in enumerate(claims):
            mean, chance, sets, low, high = pool(effects[i])
            other, said = against(claim, ends, options.ends_pairs), verdict(claim, low, high)
            said = "cannot know" if said == "supports" and other else said
            file.write(f"| {claim['hypothesis']} {claim['run']} | {claim['en']} ({claim['outcome']} "
                       f"{claim['claim']} than {claim['bound']}) | {mean:+.3g} | {chance:.2g} | {sets:.2g} | "
                       f"{low:+.3g} to {high:+.3g} | {said} | {', '.join(other) or '-'} |\n")


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

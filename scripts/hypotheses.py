#!/usr/bin/env python3
"""H1-H8: what the claims of scenarios/hypotheses/claims.csv come to, over admitted sets and at both ends.

    scripts/hypotheses.py FLYT FOLDER [--only H1,H6] [--sets N] [--pairs N] [--sample K]
                          [--ends-rows N] [--ends-pairs N] [--ends-sample K] [--ends-fold] [--ends-only]

runs `flyt compare` for each line over the first N rows of scenarios/fyn/admitted.csv, every set with chance of
its own, and then each hypothesis' first line with all parameters that its policies assume at their ends together,
by a design of N rows or more (scripts/ends_design.py), which go through the same sets in turn. Writes
FOLDER/verdicts.md, ends.csv and ends.md, and every comparison into a folder of its own; what is there already is
not run again.

The interval of sets is that of `flyt compare --rows`: of the effect in one more set, for chance and parameters
together. That of an end is of the mean effect in the rows with it, all else at its ends. Supports: all of it is on
the side that is claimed. Refutes: all of it is on the other side. Else: cannot know. A claim is supported when at no
end of an assumed range the other side is sure. Needs nothing but Python's standard library.
"""
import argparse
import csv
import hashlib
import math
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ends_design

ROOT = Path(__file__).resolve().parent.parent
SEED = 2016  # of the first set; row R has SEED + R - 1
CHUNK = 8  # rows of a design in one call
ADMITTED = ROOT / "scenarios/fyn/admitted.csv"


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

    def make(self, claim, name, rows, pairs, sample):
        """The folder with the tables of one comparison over admitted sets."""
        folder = self.folder(claim, name)
        if not all(rows_of(folder, reader) for reader in self.claims[run_of(claim)]):
            self.compare(claim, folder, ADMITTED, rows, pairs, sample, SEED, claim["settings"].split())
        return folder  # with all outcomes: a line may be newer than the folder

    def compare(self, claim, folder, set_file, rows, pairs, sample, seed, settings):
        readers = self.claims[run_of(claim)]
        call = [self.options.flyt, "compare", str(scenario_of(claim)), *claim["policies"].split(),
                "--set-file", str(set_file), "--rows", rows, "--replicates", str(pairs), "--sample", str(sample),
                "--years", claim["years"], "--seed", str(seed), "--output", str(folder), "--threads", "1",
                "--quiet", "--lang", "en"]
        call += ["--factorial"] if any("+" in reader["arm"] for reader in readers) else []
        for setting in settings:
            call += ["--set", setting]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stderr)


def scenario_of(claim):
    return ROOT / f"scenarios/hypotheses/{claim['scenario']}.yaml"


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


def take_sets(runs, claims):
    options = runs.options
    calls = [runs.submit(claim, "sets", f"1-{options.sets}", options.pairs, options.sample) for claim in claims]
    return [effect_of(call.result(), claim) for call, claim in zip(calls, claims)]


# ---- both ends ------------------------------------------------------------------------------------------------------


class Design:
    """The rows of one run that are taken to the ends, kept in a folder by what they are."""

    def __init__(self, runs, claim):
        options, self.claim, self.runs = runs.options, claim, runs
        policies, settings = claim["policies"].split(), claim["settings"].split()
        instead = {(row["parameter"], row["end"]): (row["instead"], row["why"])
                   for policy in policies for row in ends_not_run(policy)}
        self.factors = ends_design.factors_of(ends_design.describe(options.flyt, scenario_of(claim), settings),
                                              policies, instead)
        admitted = read_csv(ADMITTED)[:options.sets]
        rows = ends_design.design_of(self.factors, options.ends_rows, len(admitted), options.ends_fold)
        self.clear = ends_design.is_clear(self.factors, len(rows))
        varied = {f"policies.{factor.name}" for factor in self.factors if len(factor.levels) > 1}
        self.settings = [setting for setting in settings if setting.split("=")[0] not in varied]
        sets = [admitted[r % len(admitted)] for r in range(len(rows))]
        text = self.table(rows, sets)
        key = hashlib.sha256(f"{text} {self.settings} {options.ends_pairs} {options.ends_sample}".encode()).hexdigest()
        self.folder = runs.folder(claim, f"ends-{key[:8]}")
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "all.csv").write_text(text, encoding="utf-8")
        refused = list(runs.pool.map(self.refused, range(1, len(rows) + 1)))
        self.rows = [row for row, why in zip(rows, refused) if not why]
        self.refused_rows = [why for why in refused if why]
        kept = self.table(self.rows, [one for one, why in zip(sets, refused) if not why])
        (self.folder / "design.csv").write_text(kept, encoding="utf-8")

    def refused(self, row):
        """What flyt says of values of a row that contradict each other; "": they do not."""
        call = [self.runs.options.flyt, "check", str(scenario_of(self.claim)), "--quiet", "--lang", "en",
                "--set-file", str(self.folder / "all.csv"), "--row", str(row)]
        for setting in self.settings:
            call += ["--set", setting]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 65):
            raise SystemExit(done.stderr)
        return done.stderr.strip() if done.returncode else ""

    def table(self, rows, sets):
        known = [name for name in sets[0] if "." in name]
        names = [f"policies.{factor.name}" for factor in self.factors if len(factor.levels) > 1]
        lines = [",".join(["set", *known, *names])]
        for row, one in zip(rows, sets):
            values = [setting.split("=", 1)[1] for setting in ends_design.settings_of(self.factors, row)]
            lines.append(",".join([one["set"], *(one[name] for name in known), *values]))
        return "\n".join(lines) + "\n"

    def submit(self):
        """Runs what is not there, some rows a call: two at least, or there is no sets.csv."""
        n, starts = len(self.rows), list(range(0, max(len(self.rows) - 1, 1), CHUNK))
        self.parts = [(start, n if start == starts[-1] else start + CHUNK) for start in starts]
        return [self.runs.pool.submit(self.run, *part) for part in self.parts]

    def part(self, start, end):
        return self.folder / f"rows-{start + 1}-{end}"

    def run(self, start, end):
        folder, options = self.part(start, end), self.runs.options
        if not (folder / "sets.csv").exists():
            self.runs.compare(self.claim, folder, self.folder / "design.csv", f"{start + 1}-{end}",
                              options.ends_pairs, options.ends_sample, SEED + start, self.settings)

    def effects(self, claim):
        """A claim's effect in each row, at the end; None: not measured."""
        changes = [{} for _ in self.rows]
        for part in self.parts:
            table = [row for row in read_csv(self.part(*part) / "sets.csv") if row["outcome"] == claim["outcome"]]
            last = max(int(row["year"]) for row in table)
            for row in table:
                if int(row["year"]) == last and row["change"]:
                    changes[int(row["row"]) - 1][row["policy"]] = float(row["change"])
        return [ends_design.effect_in(one, claim["policies"].split(), claim["arm"]) for one in changes]


def ends_not_run(policy):
    """Rows of ends.csv for a policy; * stands for each."""
    return [row | {"parameter": row["parameter"].replace("*", policy)}
            for row in read_csv(ROOT / "scenarios/hypotheses/ends.csv")
            if row["parameter"].split(".")[0] in ("*", policy)]


def take_ends(runs, claims):
    """[(claim, design, mean, rows measured, lines)], of each hypothesis' first run: variants are not taken to ends."""
    first, designs = {}, {}
    for claim in claims:
        first.setdefault(claim["hypothesis"], run_of(claim))
    taken = [claim for claim in claims if run_of(claim) == first[claim["hypothesis"]]]
    for claim in taken if runs.options.ends_rows > 0 else []:
        if run_of(claim) not in designs:
            designs[run_of(claim)] = Design(runs, claim)
    for calls in [design.submit() for design in designs.values()]:
        for call in calls:
            call.result()
    out = []
    for claim in taken if designs else []:
        design = designs[run_of(claim)]
        out.append((claim, design, *ends_design.tell(design.factors, design.rows, design.effects(claim))))
    return out


def ends_in(claim, lines):
    """[(parameter=value, verdict)]: every end once."""
    seen = {}
    for line in lines:
        for end, (_, low, high) in zip(line["ends"], line["means"]):
            seen[f"{line['factor'].name}={line['factor'].levels[end]}"] = verdict(claim, low, high)
    return list(seen.items())


def against(claim, ends):
    """Ends at which the other side is sure."""
    return [name for other, _, _, _, lines in ends if other is claim
            for name, said in ends_in(claim, lines) if said == "refutes"]


# ---- tables ---------------------------------------------------------------------------------------------------------


def number(value):
    return "" if math.isnan(value) else f"{value:.6g}"


def interval(told):
    return f"{told[0]:+.3g} ({told[1]:+.3g} to {told[2]:+.3g})"


def write_ends_csv(path, ends):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["hypothesis", "run", "parameter"]
                       + [f"{end}_{what}" for end in ("low", "high") for what in ("end", "mean", "from", "to", "verdict")]
                       + ["difference", "p", "flag", "note"])
        for claim, _, _, _, lines in ends:
            for line in lines:
                factor, cells = line["factor"], []
                for end, told in zip(line["ends"], line["means"] or [(math.nan,) * 3]):
                    said = verdict(claim, told[1], told[2]) if line["means"] else ""
                    cells += [factor.levels[end], *map(number, told), said]
                flag = "held" if not line["means"] else "not told" if math.isnan(line["p"]) else "sure" * line["sure"]
                table.writerow([claim["hypothesis"], claim["run"], factor.name, *cells, *[""] * (10 - len(cells)),
                                number(line["difference"]), number(line["p"]), flag, "; ".join(factor.notes)])


def write_ends_md(path, ends):
    with open(path, "w", encoding="utf-8") as file:
        file.write("| | rows | change, mean of all | parameters at both ends; held | ends that support, refute, cannot know"
                   " | refutes at | sure differences |\n| --- | ---: | --- | ---: | ---: | --- | --- |\n")
        for claim, design, mean, n_rows, lines in ends:
            said = [one for _, one in ends_in(claim, lines)]
            held = sum(len(factor.levels) < 2 for factor in design.factors)
            sure = [f"`{line['factor'].name}` {line['factor'].levels[line['ends'][0]]}: {interval(line['means'][0])}, "
                    f"{line['factor'].levels[line['ends'][1]]}: {interval(line['means'][1])}"
                    for line in lines if line.get("sure")]
            counts = ", ".join(str(said.count(one)) for one in ("supports", "refutes", "cannot know"))
            refuting = ", ".join(f"`{name}`" for name in against(claim, ends)) or "-"
            file.write(f"| {claim['hypothesis']} {claim['run']} | {n_rows} | {interval(mean)} | "
                       f"{len(design.factors) - held}; {held} | {counts} | {refuting} | {'; '.join(sure) or '-'} |\n")
        for design in {id(one): one for _, one, _, _, _ in ends}.values():
            if not design.clear:
                file.write(f"\n{design.claim['hypothesis']}: what two parameters do together may be taken for a third; "
                           "--ends-fold keeps it apart\n")
            if design.refused_rows:
                file.write(f"\n{design.claim['hypothesis']}: {len(design.refused_rows)} rows contradict themselves and "
                           f"are left out: {'; '.join(sorted(set(design.refused_rows)))}\n")


def write_verdicts(path, claims, effects, ends):
    with open(path, "w", encoding="utf-8") as file:
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
    parser.add_argument("--sets", type=int, default=8)
    parser.add_argument("--pairs", type=int, default=4)
    parser.add_argument("--sample", type=int, default=16)
    parser.add_argument("--ends-rows", type=int, default=64, help="at least, a power of two; 0: no ends")
    parser.add_argument("--ends-pairs", type=int, default=1, help="of each row")
    parser.add_argument("--ends-sample", type=int, default=16)
    parser.add_argument("--ends-fold", action="store_true", help="more rows, where main effects need them to be clear of pairs")
    parser.add_argument("--ends-only", action="store_true", help="no verdicts over sets")
    options = parser.parse_args()
    claims = [claim for claim in read_csv(ROOT / "scenarios/hypotheses/claims.csv")
              if not options.only or claim["hypothesis"] in options.only.split(",")]
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as workers:
        runs = Runs(options, workers, claims)
        effects = [] if options.ends_only else take_sets(runs, claims)
        ends = take_ends(runs, claims)
    if ends:
        write_ends_csv(folder / "ends.csv", ends)
        write_ends_md(folder / "ends.md", ends)
        print((folder / "ends.md").read_text(encoding="utf-8"))
    if not options.ends_only:
        write_verdicts(folder / "verdicts.md", claims, effects, ends)
        print((folder / "verdicts.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""H1-H8: what the claims of scenarios/hypotheses/claims.csv come to, over admitted sets and at both ends.

    scripts/hypotheses.py FLYT FOLDER [--only H1,H6] [--sets N] [--pairs N] [--sample K]
                          [--ends-rows N] [--ends-pairs N] [--ends-sample K] [--ends-fold] [--ends-only] [--quiet]

runs `flyt compare` for each line over the first N rows of scenarios/fyn/admitted.csv, every set with chance of
its own, and then each hypothesis' first line with all parameters that its policies assume at their ends together,
by a design of N rows or more (scripts/ends_design.py), which go through the same sets in turn. Writes
FOLDER/verdicts.md, ends.csv and ends.md, and every comparison into a folder of its own, named by all that it was
run with but flyt itself: another flyt needs another FOLDER. One that has ended holds a file `done` and is not run
again. A call that ends is told on standard error. Faults are one line and flyt's exit codes (hypotheses_input.py).

The interval of sets is that of `flyt compare --rows`: of the effect in one more set, for chance and parameters
together. That of an end is of the mean effect in the rows with it, all else at its ends. Supports: all of it is on
the side that is claimed. Refutes: all of it is on the other side. Nothing done: no set changes at all, and the claim is
void. Not told: nothing was measured. Else: cannot know. One that the sets support is "cannot know" where at some end
of an assumed range the other side is sure, by Holm's correction over all ends of the claim (of fifty ends two or three
would be on some side by chance). Needs nothing but Python's standard library.
"""
import csv
import hashlib
import math
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ends_design
from hypotheses_input import (DATA, MISSING, Refused, ask, check_ends, claims_of, describe, options_of, read_csv,
                              sets_of)

ROOT = Path(__file__).resolve().parent.parent
SEED = 2016  # of the first set; row R has SEED + R - 1
CHUNK = 8  # rows of a design in one call
ADMITTED = ROOT / "scenarios/fyn/admitted.csv"
NAME_MOST = 150  # of a folder; a file system takes 255 bytes
VERDICTS = ("supports", "refutes", "cannot know", "nothing done", "not told")


def run_of(claim):
    """What is run for a claim; several read the same."""
    return "-".join([claim["scenario"], *claim["policies"].split(), *claim["settings"].split(), f"{claim['years']}y"])


class Runs:
    """Calls of flyt compare, kept in folders."""

    def __init__(self, options, pool, claims):
        self.options, self.pool, self.calls, self.claims = options, pool, {}, {}
        self.sets, self.lock = sets_of(ADMITTED, options.sets), threading.Lock()
        for claim in claims:
            self.claims.setdefault(run_of(claim), []).append(claim)

    def folder(self, claim, name, *how):
        """Where a comparison is kept, by all that it is run with: named so far as a name may be long, then by a key."""
        how = [run_of(claim), scenario_of(claim).read_text(encoding="utf-8"), self.is_factorial(claim), SEED, *how]
        key = hashlib.sha256(repr(how).encode()).hexdigest()[:8]
        return Path(self.options.folder) / f"{run_of(claim).replace('policies.', '')[:NAME_MOST]}-{name}-{key}"

    def is_factorial(self, claim):
        return any("+" in reader["arm"] for reader in self.claims[run_of(claim)])

    def submit(self, claim):
        """Compares over admitted sets once, however many claims read it."""
        options = self.options
        folder = self.folder(claim, "sets", self.sets, options.pairs, options.sample)
        if folder not in self.calls:
            self.calls[folder] = self.pool.submit(self.make, claim, folder)
        return self.calls[folder]

    def make(self, claim, folder):
        """The folder with the tables of one comparison over admitted sets."""
        options = self.options
        self.compare(claim, folder, rows_of, ADMITTED, f"1-{options.sets}", options.pairs, options.sample, SEED,
                     claim["settings"].split())
        self.say(claim, f"{options.sets} of {options.sets} sets")
        return folder

    def say(self, claim, text):
        if not self.options.quiet:
            print(f"{claim['hypothesis']} {claim['run']}: {text}", file=sys.stderr, flush=True)

    def compare(self, claim, folder, find, set_file, rows, pairs, sample, seed, settings):
        """Runs what has not ended well; `find(folder, claim)`: rows of its tables that tell of a claim."""
        readers, mark = self.claims[run_of(claim)], folder / "done"
        if mark.exists() and all(find(folder, reader) for reader in readers):
            return  # with all outcomes: a line may be newer than the folder
        mark.unlink(missing_ok=True)
        call = [self.options.flyt, "compare", str(scenario_of(claim)), *claim["policies"].split(),
                "--set-file", str(set_file), "--rows", rows, "--replicates", str(pairs), "--sample", str(sample),
                "--years", claim["years"], "--seed", str(seed), "--output", str(folder), "--threads", "1",
                "--quiet", "--lang", "en"]
        call += ["--factorial"] if self.is_factorial(claim) else []
        for setting in settings:
            call += ["--set", setting]
        ask(call)
        for reader in readers:
            if not find(folder, reader):
                raise Refused(DATA, f"claims.csv: {reader['hypothesis']} {reader['run']}: flyt compare does not tell "
                              f"{reader['outcome']} of {reader['arm']}")
        mark.write_text(" ".join(call[1:]) + "\n", encoding="utf-8")


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
    if math.isnan(low) or math.isnan(high):
        return "not told"
    if low == 0.0 == high:
        return "nothing done"
    bound, less = float(claim["bound"]), claim["claim"] == "less"
    if (high < bound) if less else (low > bound):
        return "supports"
    if (low > bound) if less else (high < bound):
        return "refutes"
    return "cannot know"


def take_sets(runs, claims):
    calls = [runs.submit(claim) for claim in claims]
    return [effect_of(call.result(), claim) for call, claim in zip(calls, claims)]


# ---- both ends ------------------------------------------------------------------------------------------------------


class Design:
    """The rows of one run that are taken to the ends, kept in a folder by what they are."""

    def __init__(self, runs, claim):
        options, self.claim, self.runs = runs.options, claim, runs
        policies, settings = claim["policies"].split(), claim["settings"].split()
        instead = {(row["parameter"], row["end"]): (row["instead"], row["why"])
                   for policy in policies for row in ends_not_run(policy)}
        self.factors = ends_design.factors_of(describe(options.flyt, scenario_of(claim), settings), policies, instead)
        admitted = runs.sets
        rows = ends_design.design_of(self.factors, options.ends_rows, len(admitted), options.ends_fold)
        self.clear = ends_design.is_clear(self.factors, len(rows))
        varied = {f"policies.{factor.name}" for factor in self.factors if len(factor.levels) > 1}
        self.settings = [setting for setting in settings if setting.split("=")[0] not in varied]
        sets = [admitted[r % len(admitted)] for r in range(len(rows))]
        text = self.table(rows, sets)
        self.folder = runs.folder(claim, "ends", text, self.settings, options.ends_pairs, options.ends_sample)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "all.csv").write_text(text, encoding="utf-8")
        refused = list(runs.pool.map(self.refused, range(1, len(rows) + 1)))
        self.rows = [row for row, why in zip(rows, refused) if not why]
        self.refused_rows = [why for why in refused if why]
        if len(self.rows) < 2:
            raise Refused(DATA, f"{claim['hypothesis']}: flyt refuses {len(self.refused_rows)} of {len(rows)} rows at the "
                          f"ends, such as: {self.refused_rows[0]}")
        self.n_done, self.units, self.year = 0, {}, None
        kept = self.table(self.rows, [one for one, why in zip(sets, refused) if not why])
        (self.folder / "design.csv").write_text(kept, encoding="utf-8")

    def refused(self, row):
        """What flyt says of values of a row that contradict each other; "": they do not."""
        call = [self.runs.options.flyt, "check", str(scenario_of(self.claim)), "--quiet", "--lang", "en",
                "--set-file", str(self.folder / "all.csv"), "--row", str(row)]
        for setting in self.settings:
            call += ["--set", setting]
        done = ask(call, (0, 65))
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
        options = self.runs.options
        self.runs.compare(self.claim, self.part(start, end), set_rows_of, self.folder / "design.csv",
                          f"{start + 1}-{end}", options.ends_pairs, options.ends_sample, SEED + start, self.settings)
        with self.runs.lock:
            self.n_done += end - start
            self.runs.say(self.claim, f"{self.n_done} of {len(self.rows)} rows")

    def effects(self, claim):
        """A claim's effect in each row, at the end; None: not measured."""
        changes = [{} for _ in self.rows]
        for part in self.parts:
            table = set_rows_of(self.part(*part), claim)
            self.year = max(int(row["year"]) for row in table)
            for row in table:
                self.units[claim["outcome"]] = row["unit"]
                if int(row["year"]) == self.year and row["change"]:
                    changes[int(row["row"]) - 1][row["policy"]] = float(row["change"])
        return [ends_design.effect_in(one, claim["policies"].split(), claim["arm"]) for one in changes]


def set_rows_of(folder, claim):
    """What the table of each set tells of a claim's outcome."""
    table = folder / "sets.csv"
    return [row for row in read_csv(table) if row["outcome"] == claim["outcome"]] if table.exists() else []


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


def means_in(lines):
    """{parameter=value: (mean, low, high)}: every end once."""
    return {f"{line['factor'].name}={line['factor'].levels[end]}": told
            for line in lines for end, told in zip(line["ends"], line["means"])}


def ends_in(claim, lines):
    """[(parameter=value, verdict)]: every end once, each by its own interval."""
    return [(name, verdict(claim, low, high)) for name, (_, low, high) in means_in(lines).items()]


def against(claim, ends):
    """Ends at which the other side is sure, after Holm over all ends of the claim."""
    out = []
    for lines in [lines for other, _, _, _, lines in ends if other is claim]:
        told = {name: one for name, one in means_in(lines).items() if not math.isnan(one[2])}
        chances = ends_design.holm([ends_design.chance_from(float(claim["bound"]), one, lines[0]["freedom"])
                                    for one in told.values()])
        out += [name for (name, (_, low, high)), chance in zip(told.items(), chances)
                if chance < ends_design.LEVEL and verdict(claim, low, high) == "refutes"]
    return out


# ---- tables ---------------------------------------------------------------------------------------------------------


def number(value):
    return "" if math.isnan(value) else f"{value:.6g}"


def signed(value):
    return "-" if math.isnan(value) else f"{value:+.3g}"


def span(low, high):
    return "-" if math.isnan(low) or math.isnan(high) else f"{low:+.3g} to {high:+.3g}"


def interval(told):
    return f"{signed(told[0])} ({span(*told[1:])})"


def flag_of(line):
    if not line["means"]:
        return "held"
    return "not told" if math.isnan(line["p"]) else "sure" if line["sure"] else "not sure"


def write_ends_csv(path, ends):
    """first, other: the low and the high end of a range; of choices the claim's value and another."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["hypothesis", "run", "parameter"]
                       + [f"{end}_{what}" for end in ("first", "other") for what in ("end", "mean", "from", "to", "verdict")]
                       + ["difference", "p", "flag", "note"])
        for claim, _, _, _, lines in ends:
            for line in lines:
                factor, cells = line["factor"], []
                for end, told in zip(line["ends"], line["means"] or [(math.nan,) * 3]):
                    said = verdict(claim, told[1], told[2]) if line["means"] else ""
                    cells += [factor.levels[end], *map(number, told), said]
                table.writerow([claim["hypothesis"], claim["run"], factor.name, *cells, *[""] * (10 - len(cells)),
                                number(line["difference"]), number(line["p"]), flag_of(line), "; ".join(factor.notes)])


def told_before(options, ends):
    """What the table of ends is: lines of Markdown."""
    years = sorted({design.year for _, design, *_ in ends})
    lines = [f"All that a claim's policies assume, at its ends together: change in {' or '.join(map(str, years))}, the "
             f"last year, one home in {options.ends_sample}, {options.ends_pairs} "
             f"{'pair' if options.ends_pairs == 1 else 'pairs'} of runs a row, rows through {options.sets} admitted sets "
             "in turn. Intervals of 95 % of the mean over these rows. An end's verdict is of its mean, all else at its "
             "ends, and ends of a claim share the mean of all: what sets ends apart are the differences that are sure "
             "after Holm's correction. The other side is sure at an end where it is after Holm's correction over all ends "
             "of the claim.", ""]
    for claim, design, *_ in ends:
        unit = design.units[claim["outcome"]]
        lines.append(f"* {claim['hypothesis']} {claim['run']}: {claim['en']} (`{claim['outcome']}`, "
                     f"{'percentage points' if unit == '%' else f'unit {unit}'}, {claim['claim']} than {claim['bound']})")
    return "\n".join(lines) + "\n\n"


def told_after(ends):
    """What is left out, and what may be taken for something else."""
    lines = []
    for design in {id(one): one for _, one, *_ in ends}.values():
        name = design.claim["hypothesis"]
        if not design.clear:
            lines.append(f"{name}: what two parameters do together may be taken for a third; --ends-fold keeps it apart")
        if design.refused_rows:
            lines.append(f"{name}: {len(design.refused_rows)} rows contradict themselves and are left out: "
                         f"{'; '.join(sorted(set(design.refused_rows)))}")
    for claim, design, _, n_rows, _ in ends:
        if n_rows < len(design.rows):
            lines.append(f"{claim['hypothesis']} {claim['run']}: {len(design.rows) - n_rows} of {len(design.rows)} rows "
                         f"have no `{claim['outcome']}` and are left out")
    return "".join(f"\n{line}\n" for line in lines)


def write_ends_md(path, options, ends):
    with open(path, "w", encoding="utf-8") as file:
        file.write(told_before(options, ends))
        file.write(f"| claim | rows | change, mean of all rows | parameters at both ends | parameters held | ends: "
                   f"{', '.join(VERDICTS)} | ends at which the other side is sure | parameters whose ends differ for sure "
                   "|\n| --- | ---: | --- | ---: | ---: | --- | --- | --- |\n")
        for claim, design, mean, n_rows, lines in ends:
            said = [one for _, one in ends_in(claim, lines)]
            held = sum(len(factor.levels) < 2 for factor in design.factors)
            sure = [f"`{line['factor'].name}` {line['factor'].levels[line['ends'][0]]}: {interval(line['means'][0])}, "
                    f"{line['factor'].levels[line['ends'][1]]}: {interval(line['means'][1])}"
                    for line in lines if line.get("sure")]
            counts = ", ".join(str(said.count(one)) for one in VERDICTS)
            refuting = ", ".join(f"`{name}`" for name in against(claim, ends)) or "-"
            file.write(f"| {claim['hypothesis']} {claim['run']} | {n_rows} | {interval(mean)} | "
                       f"{len(design.factors) - held} | {held} | {counts} | {refuting} | {'; '.join(sure) or '-'} |\n")
        file.write(told_after(ends))


def write_verdicts(path, options, claims, effects, ends):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"Change at the end of the run, mean of {options.sets} admitted sets, {options.pairs} "
                   f"{'pair' if options.pairs == 1 else 'pairs'} of runs each, "
                   f"{f'one home in {options.sample}' if options.sample > 1 else 'all homes'}. Intervals of 95 %: of "
                   "chance alone, and of chance and parameters (of one more set), which decides.\n\n")
        file.write("| | claim | change, mean of sets | chance alone | sets +- | chance and parameters | verdict |"
                   " ends where the other side is sure |\n| --- | --- | ---: | --- | ---: | --- | --- | --- |\n")
        for claim, effect in zip(claims, effects):
            other, said = against(claim, ends), verdict(claim, effect["low"], effect["high"])
            said = "cannot know" if said == "supports" and other else said
            spread = "-" if math.isnan(effect["sets_spread"]) else f"{effect['sets_spread']:.2g}"
            file.write(f"| {claim['hypothesis']} {claim['run']} | {claim['en']} ({claim['outcome']} "
                       f"{claim['claim']} than {claim['bound']}) | {signed(effect['effect'])} | "
                       f"{span(effect['chance_low'], effect['chance_high'])} | {spread} | "
                       f"{span(effect['low'], effect['high'])} | {said} | {', '.join(other) or '-'} |\n")


def run(options):
    claims, folder = claims_of(ROOT / "scenarios/hypotheses/claims.csv", options.only), Path(options.folder)
    workers = ThreadPoolExecutor(2)
    try:
        runs = Runs(options, workers, claims)
        if options.ends_rows > 0:
            check_ends(ROOT / "scenarios/hypotheses/ends.csv", options.flyt, scenario_of(claims[0]))
        folder.mkdir(parents=True, exist_ok=True)
        effects = [] if options.ends_only else take_sets(runs, claims)
        ends = take_ends(runs, claims)
    finally:
        workers.shutdown(cancel_futures=True)  # what has begun ends and is kept
    if ends:
        write_ends_csv(folder / "ends.csv", ends)
        write_ends_md(folder / "ends.md", options, ends)
        print((folder / "ends.md").read_text(encoding="utf-8"))
    if not options.ends_only:
        write_verdicts(folder / "verdicts.md", options, claims, effects, ends)
        print((folder / "verdicts.md").read_text(encoding="utf-8"))


def main():
    try:
        run(options_of(__doc__.split("\n", 1)[0]))
    except Refused as why:
        print(why, file=sys.stderr)
        sys.exit(why.code)
    except KeyboardInterrupt:
        print("stopped; what had ended is kept, and the same call goes on from there", file=sys.stderr)
        sys.exit(130)
    except OSError as why:
        print(f"{why.filename}: {why.strerror}", file=sys.stderr)
        sys.exit(MISSING if isinstance(why, FileNotFoundError) else 74)


if __name__ == "__main__":
    main()

"""What scripts/hypotheses.py is given: its options, tables with comments, ends.csv, and what flyt answers.

What is wrong is one line on standard error and an exit code, those of flyt: 64 usage, 65 bad data, 66 input missing,
73 cannot create output. Needs nothing but Python's standard library.
"""
import argparse
import csv
import difflib
import json
import re
import shutil
import subprocess
from pathlib import Path

USAGE, DATA, MISSING, CREATE = 64, 65, 66, 73
CLAIMS_COLUMNS = "hypothesis run scenario policies settings arm outcome claim bound years en".split()
ENDS_COLUMNS = "parameter end instead why".split()
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


class Refused(Exception):
    """A line for whoever called, and the exit code."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


# ---- tables ---------------------------------------------------------------------------------------------------------


def read_lines(path, columns=()):
    """[(line, row)] of a table with comments, which has these columns at least."""
    path = Path(path)
    if not path.is_file():
        raise Refused(MISSING, f"{path}: there is no such file")
    try:
        lines = [(n, line) for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
                 if line.strip() and not line.startswith("#")]
    except UnicodeDecodeError as why:
        raise Refused(DATA, f"{path.name}: is not UTF-8") from why
    cells = list(csv.reader(line for _, line in lines))
    names = cells[0] if cells else []
    if len(cells) != len(lines):
        raise Refused(DATA, f"{path.name}: a quotation mark is not closed")
    for name in columns:
        if name not in names:
            raise Refused(DATA, f"{path.name}:{lines[0][0] if lines else 1}: there is no column {name}; "
                          f"{','.join(columns)} are needed")
    for (line, _), row in zip(lines, cells):
        if len(row) != len(names):
            raise Refused(DATA, f"{path.name}:{line}: {len(row)} cells; {len(names)} are needed, as in the row of names")
    return [(line, dict(zip(names, row))) for (line, _), row in list(zip(lines, cells))[1:]]


def read_csv(path, columns=()):
    return [row for _, row in read_lines(path, columns)]


# ---- flyt -----------------------------------------------------------------------------------------------------------


def ask(call, answers=(0,)):
    """What flyt says, a finished process; exit codes that are no answer are passed on with its words."""
    try:
        done = subprocess.run(call, capture_output=True, text=True, check=False)
    except OSError as why:
        raise Refused(MISSING, f"{call[0]}: cannot be run: {why.strerror}") from why
    if done.returncode not in answers:
        said = done.stderr.strip() or f"{' '.join(call[:2])}: ended with {done.returncode}"
        raise Refused(done.returncode if 0 < done.returncode < 128 else 70, said)
    return done


def describe(flyt, scenario=None, settings=()):
    """What flyt describe tells of parameters of policies; without a scenario of all."""
    call = [flyt, "describe", "policies", *([str(scenario)] if scenario else []), "--format", "json", "--lang", "en"]
    for setting in settings:
        call += ["--set", setting] if setting.startswith("policies.") else []
    try:
        return json.loads(ask(call).stdout)
    except json.JSONDecodeError as why:
        raise Refused(DATA, f"{flyt}: does not describe policies as flyt does") from why


# ---- ends.csv -------------------------------------------------------------------------------------------------------


def text_of(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def ends_of(row):
    """Ends of a described range, or its choices, as text."""
    return [text_of(value) for value in (row["range"] if isinstance(row["range"], list) else row["range"].split("|"))]


def fault_of(row, name, known):
    """What is wrong with a row of ends.csv for one parameter; "": nothing."""
    about, ends, value = known[name], ends_of(known[name]), row["instead"]
    if about["evidence"] != "assumed":
        return f"{name} is {about['evidence']}; only what is assumed is taken to its ends"
    if row["end"] not in ends:
        return f"{name} has no end \"{row['end']}\"; {' or '.join(ends)} is needed"
    if value and isinstance(about["range"], list):
        low, high = about["range"]
        if not NUMBER.fullmatch(value) or not low <= float(value) <= high:
            return f"instead: {name}: \"{value}\" is no number from {ends[0]} to {ends[1]}, or nothing"
    elif value and value not in ends:
        return f"instead: {name}: \"{value}\" is none of {', '.join(ends)}, or nothing"
    return "" if row["why"] else "why: a reason is needed"


def check_ends(path, flyt, scenario):
    """Refuses ends.csv where a row names no parameter, no end of its, or a value that flyt refuses alone."""
    known, seen = {row["name"]: row for row in describe(flyt)}, {}
    for line, row in read_lines(path, ENDS_COLUMNS):
        where, named = f"{path.name}:{line}", row["parameter"]
        names = [name for name in known if name == named or named == f"*.{name.split('.')[1]}"]
        if not names:
            like = difflib.get_close_matches(named, known, 1)
            raise Refused(DATA, f"{where}: there is no parameter {named}; "
                          + (f"{like[0]}?" if like else "flyt describe policies lists them"))
        if (named, row["end"]) in seen:
            raise Refused(DATA, f"{where}: {named} {row['end']} is in line {seen[named, row['end']]}; once is needed")
        seen[named, row["end"]] = line
        for name in names:
            fault = fault_of(row, name, known)
            if not fault and row["instead"]:
                said = ask([flyt, "check", str(scenario), "--quiet", "--lang", "en", "--set",
                            f"policies.{name}={row['instead']}"], (0, 64, 65)).stderr.strip()
                alone = f"--set: policies.{name}: "  # values that contradict each other are told of the policy
                fault = f"instead: {name}: {said.removeprefix(alone)}" if said.startswith(alone) else ""
            if fault:
                raise Refused(DATA, f"{where}: {fault}")


# ---- options --------------------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Refused(USAGE, message.removeprefix("argument "))


def at_least(least, why=""):
    """Reads a whole number."""
    def read(text):
        if not (text.isascii() and text.isdigit() and int(text) >= least):
            raise argparse.ArgumentTypeError(f"{text}: a whole number from {least} on is needed{why}")
        return int(text)
    return read


def options_of(description):
    parser = Parser(description=description)
    parser.add_argument("flyt")
    parser.add_argument("folder")
    parser.add_argument("--only", help="H1,H6: these alone")
    two = at_least(2, "; of one alone chance cannot be told")
    parser.add_argument("--sets", type=two, default=8)
    parser.add_argument("--pairs", type=two, default=4)
    parser.add_argument("--sample", type=at_least(1), default=16)
    parser.add_argument("--ends-rows", type=at_least(0), default=64, help="at least, a power of two; 0: no ends")
    parser.add_argument("--ends-pairs", type=at_least(1), default=1, help="of each row")
    parser.add_argument("--ends-sample", type=at_least(1), default=16)
    parser.add_argument("--ends-fold", action="store_true", help="more rows, where main effects need them to be clear of pairs")
    parser.add_argument("--ends-only", action="store_true", help="no verdicts over sets")
    parser.add_argument("--quiet", action="store_true", help="no line on standard error for each call that ended")
    options = parser.parse_args()
    if options.ends_only and options.ends_rows == 0:
        raise Refused(USAGE, "--ends-only with --ends-rows 0: nothing is to be done")
    if not shutil.which(options.flyt):
        there = Path(options.flyt).exists()
        raise Refused(MISSING, f"{options.flyt}: {'cannot be run' if there else 'there is no such program'}; "
                      "the path of flyt is needed")
    folder = Path(options.folder)
    if any(one.exists() and not one.is_dir() for one in (folder, *folder.parents)):
        raise Refused(CREATE, f"{folder}: is no folder; one for results is needed")
    return options


def claims_of(path, only):
    """Lines of claims.csv, of these hypotheses alone: "H1,H6"; None: all."""
    claims = read_csv(path, CLAIMS_COLUMNS)
    known = list(dict.fromkeys(claim["hypothesis"] for claim in claims))
    if not claims:
        raise Refused(DATA, f"{path.name}: there is no claim")
    wanted = known if only is None else only.split(",")
    for name in wanted:
        if name not in known:
            raise Refused(USAGE, f"--only: there is no \"{name}\"; {', '.join(known)} are known")
    return [claim for claim in claims if claim["hypothesis"] in wanted]


def sets_of(path, n):
    """The first sets of parameters of a table."""
    rows = read_csv(path, ("set",))
    if n > len(rows):
        raise Refused(USAGE, f"--sets: there is no set {n}; {path.name} has {len(rows)}")
    return rows[:n]

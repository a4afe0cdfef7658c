"""Reading the facts of scenarios/data/, splitting numbers exactly, writing tables."""
import csv
import functools
import io
import math
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "scenarios" / "data"

CLASSES = ["almen", "private_rental", "cooperative", "owner"]
TENURES = ["almen_family", "almen_youth", "almen_elderly", "almen_senior_cohousing",
           "almen_family_cohousing", "almen_plus", "almen_coowned", "private_rental",
           "cooperative", "owner"]
TYPES = ["single", "couple", "single_parent", "couple_with_children"]
ORIGINS = ["danish", "western", "nonwestern"]
WORKS = ["employed", "unemployed", "benefit", "student", "disability", "pension"]
EDUCATIONS = ["basic", "vocational", "higher"]
AGES = [(18, 24), (25, 29), (30, 39), (40, 49), (50, 59), (60, 64), (65, 69), (70, 79), (80, 99)]
PROVENANCE = ["source", "evidence", "confidence", "note"]


@functools.cache
def facts(name):
    """Rows of one fact table."""
    with open(DATA / (name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def find(rows, **wanted):
    """The only row that agrees with all of `wanted`."""
    found = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} rows instead of one for {wanted}")
    return found[0]


def fact(rows, **wanted):
    """The value of the only row that agrees with all of `wanted`."""
    return float(find(rows, **wanted)["value"])


def evidence_of(row):
    """The class of a fact in a table of a scenario."""
    return {"catalogue": "published", "recalled": "assumed"}.get(row["evidence"], row["evidence"])


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


def shifted(share, log_odds):
    """A share moved on the scale of log odds."""
    if share <= 0.0 or share >= 1.0:
        return share
    odds = share / (1 - share) * math.exp(log_odds)
    return odds / (1 + odds)


def solve(function, low=-12.0, high=12.0):
    """Where a rising function crosses 0, by halving: the same on every machine to 12 digits."""
    for _ in range(200):
        middle = (low + high) / 2
        if function(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def text_of(columns, lines, about):
    """The bytes of one table."""
    out = io.StringIO()
    for line in about.splitlines():
        out.write("# " + line + "\n")
    out.write("# Made by scripts/make-tables.py; a copy of it may be edited by hand.\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return unicodedata.normalize("NFC", out.getvalue()).encode("utf-8")

#!/usr/bin/env bash
# The starting tables of Funen come from the facts, byte for byte; their sums hold; SOURCES.md counts
# their evidence rightly.
set -eu
source_dir=$FLYT_SOURCE_DIR folder=$2
fyn=$source_dir/scenarios/fyn
python3 "$source_dir/scripts/make-tables.py" "$folder/made"
for table in municipalities stock households destinations drivers; do
    cmp "$folder/made/$table.csv" "$fyn/$table.csv"
done
[ "$(find "$folder/made" -type f | wc -l)" -eq 5 ]

python3 - "$fyn" <<'PY'
import csv, re, sys, unicodedata
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

fyn = Path(sys.argv[1])


def rows(name):
    text = (fyn / name).read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text) and "\r" not in text, name
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


places = rows("municipalities.csv")
assert [r["code"] for r in places] == sorted(r["code"] for r in places) and len(places) == 10
assert all(9 < float(r["longitude"]) < 12 and 54 < float(r["latitude"]) < 56 for r in places)

facts = list(csv.DictReader((fyn.parent / "data/municipalities.csv").open(encoding="utf-8")))
households = {r["name"]: int(r["households_est"]) for r in facts}
sums, vacant, homes = Counter(), Counter(), Counter()
for r in rows("stock.csv"):
    n, m = int(r["homes"]), int(r["households"])
    assert n > m > 0, r
    sums[r["municipality"]] += m
    vacant[r["tenure"]] += n - m
    homes[r["tenure"]] += n
assert sums == {r["name"]: households[r["name"]] for r in places}, sums
assert sum(sums.values()) == 241900
for tenure, percent in {"almen": .3, "private_rental": 3, "cooperative": 1, "owner": 1.5}.items():
    assert abs(100 * vacant[tenure] / homes[tenure] - percent) < .05, tenure

for name, key in (("households.csv", "tenure"), ("destinations.csv", "from_tenure")):
    total = defaultdict(Decimal)
    for r in rows(name):
        total[r[key]] += Decimal(r["share"])
    assert len(total) == 4 and set(total.values()) == {Decimal(1)}, total

# each tenure is entered as often as it is left
rate = {"almen": .131, "private_rental": .28, "cooperative": .10, "owner": .06}
occupied = Counter()
for r in rows("stock.csv"):
    occupied[r["tenure"]] += int(r["households"])
into = Counter()
for r in rows("destinations.csv"):
    start = r["from_tenure"]
    into[r["to_tenure"]] += occupied[start] * rate[start] * float(r["share"])
for tenure, n in occupied.items():
    assert abs(into[tenure] / (n * rate[tenure]) - 1) < 1e-4, tenure

told = dict(re.findall(r"^\| (\w+\.csv) \| (\d+ \| \d+ \| \d+) \|$",
                       (fyn / "SOURCES.md").read_text(encoding="utf-8"), re.M))
assert len(told) == 5, told
for name, counts in told.items():
    found = Counter(r["evidence"] for r in rows(name))
    assert set(found) <= {"published", "derived", "borrowed", "assumed"}
    assert counts == " | ".join(str(found[c]) for c in ("published", "derived", "assumed")), name
PY

#!/usr/bin/env bash
# The starting tables come from the facts, byte for byte; their sums hold; SOURCES.md counts their
# evidence rightly.
set -eu
source_dir=$FLYT_SOURCE_DIR folder=$2
python3 "$source_dir/scripts/make-tables.py" "$folder/made"
(cd "$folder/made" && find . -type f | sort) >"$folder/made.txt"
(cd "$source_dir/scenarios" && find ./fyn ./gladsaxe ./kolding ./tiny -name '*.csv' ! -name admitted.csv | sort) >"$folder/shipped.txt"
cmp "$folder/made.txt" "$folder/shipped.txt"
while read -r table; do
    cmp "$folder/made/$table" "$source_dir/scenarios/$table"
    [ "$(stat -c %s "$folder/made/$table")" -le 1000000 ]
done <"$folder/made.txt"

python3 - "$source_dir/scenarios" <<'PY'
import csv, re, sys, unicodedata
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

scenarios = Path(sys.argv[1])
fyn = scenarios / "fyn"


def rows(path):
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text) and "\r" not in text, path
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


places = rows(fyn / "municipalities.csv")
assert [r["code"] for r in places] == sorted(r["code"] for r in places) and len(places) == 10
assert all(9 < float(r["longitude"]) < 12 and 54 < float(r["latitude"]) < 56 for r in places)

facts = rows(scenarios / "data/municipalities.csv")
households = {r["name"]: int(r["households_est"]) for r in facts}
almen = {r["name"]: float(r["almen_share_occupied_pct"]) for r in facts}
for year in ("2015", "2024"):
    area = {r["name"]: r["municipality"] for r in rows(fyn / year / "areas.csv")}
    assert all(54.7 < float(r["latitude"]) < 55.8 for r in rows(fyn / year / "areas.csv"))
    owner = {r["name"]: r["municipality"] for r in rows(fyn / "organisations.csv")}
    sums, vacant, homes = Counter(), Counter(), Counter()
    for r in rows(fyn / year / "sections.csv"):
        n, m, kind = int(r["homes"]), int(r["households"]), r["tenure"].split("_")[0]
        assert n >= m > 0, r
        sums[area[r["area"]], kind] += m
        vacant[kind] += n - m
        homes[kind] += n
        assert (kind == "almen") == (r["organisation"] != ""), r
        assert kind != "almen" or owner[r["organisation"]] == area[r["area"]], r
    for name in area.values():
        total = sum(n for (place, _), n in sums.items() if place == name)
        assert total == households[name], (name, total)
        assert abs(100 * sums[name, "almen"] / total - almen[name]) < .01, name
    percents = {"almen": .3, "private": 3, "cooperative": 1, "owner": 1.5}
    for kind, percent in percents.items():
        assert abs(100 * vacant[kind] / homes[kind] - percent) < .05, (year, kind)

GROUPS = {"households": ["tenure"], "children": ["type"], "rooms": ["tenure"],
          "destinations": ["from_tenure"], "origins": ["tenure_class", "age_from"],
          "works": ["tenure_class", "origin", "age_from"],
          "educations": ["tenure_class", "origin", "age_from"]}
made = [path for path in sorted(fyn.rglob("*.csv")) if path.name != "admitted.csv"]  # of a run
for path in made + sorted((scenarios / "tiny").glob("*.csv")):
    total = defaultdict(Decimal)
    for r in rows(path):
        if path.stem in GROUPS:
            total[tuple(r[key] for key in GROUPS[path.stem])] += Decimal(r["share"])
        if path.stem != "drivers":
            assert r["evidence"] in ("published", "derived", "borrowed", "assumed", "unknown"), r
        assert (r["evidence"] == "unknown") == (path.stem == "places" and r["value"] == ""), r
    assert set(total.values()) <= {Decimal(1)}, (path, total)

# each tenure is entered as often as it is left
rate = {"almen": .131, "private_rental": .28, "cooperative": .10, "owner": .06}
occupied, into = Counter(), Counter()
for r in rows(fyn / "2024/sections.csv"):
    occupied["almen" if r["tenure"].startswith("almen") else r["tenure"]] += int(r["households"])
for r in rows(fyn / "destinations.csv"):
    start = r["from_tenure"]
    into[r["to_tenure"]] += occupied[start] * rate[start] * float(r["share"])
for tenure, n in occupied.items():
    assert abs(into[tenure] / (n * rate[tenure]) - 1) < 1e-4, tenure

CLASSES = ["published", "derived", "borrowed", "assumed", "unknown"]
for folder in ("fyn", "gladsaxe", "kolding"):
    told = dict(re.findall(r"^\| ([\w/]+\.csv) \| (\d+(?: \| \d+){4}) \|$",
                           (scenarios / folder / "SOURCES.md").read_text(encoding="utf-8"), re.M))
    shipped = {str(path.relative_to(scenarios / folder)): path
               for path in (scenarios / folder).rglob("*.csv") if path.name != "admitted.csv"}
    assert set(told) == set(shipped), set(told) ^ set(shipped)
    for name, counts in told.items():
        found = Counter(r["evidence"] for r in rows(shipped[name]))
        assert counts == " | ".join(str(found[c]) for c in CLASSES), (folder, name, found)

# the other regions: as many households as the facts say, almen share as published
for folder in ("gladsaxe", "kolding"):
    area = {r["name"]: r["municipality"] for r in rows(scenarios / folder / "areas.csv")}
    sums = Counter()
    for r in rows(scenarios / folder / "sections.csv"):
        assert int(r["homes"]) >= int(r["households"]) > 0, r
        sums[area[r["area"]], r["tenure"].split("_")[0]] += int(r["households"])
    for name in set(area.values()):
        total = sum(n for (place, _), n in sums.items() if place == name)
        assert total == households[name], (folder, name, total)
        assert abs(100 * sums[name, "almen"] / total - almen[name]) < .01, (folder, name)
PY

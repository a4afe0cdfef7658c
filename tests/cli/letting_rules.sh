#!/usr/bin/env bash
# The defaults of letting are those of the table of rules.
set -eu
"$1" describe parameters --format json >parameters.json
exec python3 - "$FLYT_SOURCE_DIR/scenarios/data/letting_rules.csv" <<'PY'
import csv
import json
import sys

used = {row["name"]: row["default"] for row in json.load(open("parameters.json", encoding="utf-8"))}
rules = {}
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    rules.setdefault(row["rule"], row)


def value(rule):
    return float(rules[rule]["value"])


def year(rule):
    return float(rules[rule]["from_year"])


expected = {
    "letting.municipal_share": value("municipal_assignment_basic") / 100,
    "letting.inside_old": value("internal_priority_old") / 100,
    "letting.inside_new": value("internal_priority_new") / 100,
    "letting.persons_per_room": value("occupancy_cap"),
    "letting.combined_months": value("combined_letting"),
    "letting.combined_from": year("combined_letting"),
    "letting.flexible_from": year("flexible_letting"),
    "letting.flexible_deprived_from": year("flexible_letting_mandatory"),
    "letting.ban_from": year("assignment_ban"),
}
for name, wanted in expected.items():
    assert abs(used[name] - wanted) < 1e-9, (name, used[name], wanted)
# dates within a year: the table has the year, its note the day
assert "1 July 2019" in rules["internal_priority_new"]["note"]
assert "1 July 2019" in rules["hard_refusal"]["note"]
assert used["letting.inside_new_from"] == used["letting.hard_from"] == 2019.5
assert "forebyggelsesområder from 2021" in rules["flexible_letting_mandatory"]["note"]
assert used["letting.prevention_from"] == 2021
PY

#!/usr/bin/env bash
# `flyt describe start`: four forms, two languages, and what it refuses.
set -eu
flyt=$1 scenarios=$FLYT_SOURCE_DIR/scenarios
cd "$2"

refuses() { # CODE WORD ARGS...
    local code=$1 word=$2 found=0
    shift 2
    "$flyt" "$@" >out.txt 2>err.txt || found=$?
    [ "$found" -eq "$code" ] || { echo "exit $found for $*"; exit 1; }
    grep -q "$word" err.txt
    [ ! -s out.txt ]
}

"$flyt" describe start "$scenarios/tiny" --lang en >en.txt
grep -q "578 households in 594 homes" en.txt
grep -q "^Parken .* unknown *unknown" en.txt
"$flyt" describe start "$scenarios/tiny" --lang da >da.txt
grep -q "578 husstande i 594 boliger" da.txt
"$flyt" describe start "$scenarios/tiny" --threads 7 --lang en | cmp - en.txt
"$flyt" describe start "$scenarios/tiny" --format json >start.json
"$flyt" describe start "$scenarios/tiny" --format csv --lang en >start.csv
"$flyt" describe start "$scenarios/tiny" --format markdown >start.md
grep -q '^| Parken |' start.md
python3 - <<'PY'
import csv, json

report = json.load(open("start.json", encoding="utf-8"))
rows = list(csv.DictReader(open("start.csv", encoding="utf-8")))
assert report["households"] == 578 and len(report["values"]) == len(rows) == 7
for value, row in zip(report["values"], rows):
    assert value["place"] == row["place"] and value["verdict"] == row["verdict"]
    assert (value["known"] is None) == (row["known"] == "") == (value["verdict"] == "unknown")
    if value["known"] is not None:
        assert abs(value["simulated"] - value["known"]) < 1
PY

refuses 64 "needs a scenario" describe start
refuses 64 "is not one of" describe start "$scenarios/tiny" --format xml
refuses 64 "is not one of" describe outputs "$scenarios/tiny" --format csv
refuses 66 "nowhere" describe start "$scenarios/nowhere"

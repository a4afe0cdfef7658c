#!/usr/bin/env bash
# `flyt validate`: targets beside a run or a result file, forms, --strict, ends, and what it refuses.
set -eu
flyt=$1 scenarios=$FLYT_SOURCE_DIR/scenarios
cd "$2"
export LC_ALL=C

. "$FLYT_SOURCE_DIR/tests/cli/common.bash"

head=name,en,da,measure,of,over,where,value,tolerance,unit,bound,use,standing,world,scope,counts
head=$head,year,first_year,last_year,source,evidence,confidence,note
# of value tolerance use standing evidence: a row on persons over persons of the tiny scenario
row() {
    printf '%s,%s in English,%s på dansk,percent,%s,persons,,%s,%s,%%,equal,%s,%s,scenario,local,' \
        "$1" "$1" "$1" "$2" "$3" "$4" "$5" "$6"
    printf 'persons,2024,1,,made up,%s,high,\n' "$7"
}
{
    echo "$head"
    row all persons 100 0.1 test hard published
    row half "persons_by_kind[kind=Owner]" 1 0.1 fit hard published
    row guess "persons_by_kind[kind=Owner]" 1 0.1 fit indicative assumed
    row later sales 1 0.1 test hard published
    echo "price,Price,Pris,trend,price_m2[kind=Owner],,,0.5,0,%,at_most,demand,hard,constant,local,money,,1,,made up,assumed,high,"
} >targets.csv

"$flyt" validate "$scenarios/tiny" --targets targets.csv --years 2 -q --lang en >en.txt
grep -q "^all in English .* 100.0 .* test .* hit$" en.txt
grep -q "^half in English .* miss$" en.txt
grep -q "^guess in English .* indicative: outside$" en.txt
grep -q "^later in English .* cannot be measured yet$" en.txt
grep -q "^later in English: there is no series sales$" en.txt
grep -q "^test: 1 of 1 hit; 1 cannot be measured yet$" en.txt
grep -q "^fit: 0 of 1 hit; of 1 indicative 0 inside$" en.txt
"$flyt" validate "$scenarios/tiny" --targets targets.csv --years 2 -q --lang da >da.txt
grep -q "^all på dansk .* ramt$" da.txt
grep -q "^prøve: 1 af 1 ramt; 1 kan endnu ikke måles$" da.txt

# the same numbers on any number of threads, and from a file
"$flyt" validate "$scenarios/tiny" --targets targets.csv --years 2 -n 3 -q -f csv -t 1 >one.csv
"$flyt" validate "$scenarios/tiny" --targets targets.csv --years 2 -n 3 -q -f csv -t 3 | cmp - one.csv
"$flyt" run "$scenarios/tiny" --set years=2 -n 3 -q -o r.h5 >/dev/null
"$flyt" validate r.h5 --targets targets.csv -q -f csv | grep -v ^price >file.csv
grep -v ^price one.csv | cmp - file.csv
"$flyt" validate "$scenarios/tiny" --targets targets.csv --years 2 -q -f json >r.json
"$flyt" validate "$scenarios/tiny" --targets targets.csv --years 2 -q --no-constant -f json >/dev/null
python3 - <<'PY'
import json
rows = {r["name"]: r for r in json.load(open("r.json", encoding="utf-8"))["targets"]}
assert rows["all"]["simulated"] == 100 and rows["all"]["verdict"] == "hit"
assert rows["later"]["simulated"] is None and rows["later"]["verdict"] == "unmeasured"
assert 20 < rows["half"]["simulated"] < 90 and rows["half"]["gap"] == rows["half"]["simulated"] - 1
PY

# --strict: 1 when a row that counts is missed, 0 when none is
refuses 1 "was missed" validate "$scenarios/tiny" --targets targets.csv --years 1 -q --strict
grep -v ^half targets.csv >met.csv
"$flyt" validate "$scenarios/tiny" --targets met.csv --years 1 -q --strict --no-constant >/dev/null

# ends: the base and both ends; an end that is refused is told
"$flyt" validate "$scenarios/tiny" --targets met.csv --years 1 -q -f csv \
    --ends fertility.total_fertility,couples.age_gap >ends.csv
[ "$(wc -l <ends.csv)" -eq $((1 + 5 * 4)) ]
grep -q "^fertility.total_fertility,8,all,100,100," ends.csv
"$flyt" validate "$scenarios/tiny" --targets met.csv --years 1 -q --lang en --ends couples.age_gap |
    grep -q "^as it is: 1 of 1 hit$"

# a sample is smaller
"$flyt" validate "$scenarios/tiny" --sample 4 --targets met.csv --years 1 -q >/dev/null

refuses 64 "there are no targets" validate "$scenarios/tiny"
refuses 64 "there are no targets" validate r.h5
refuses 64 "did you mean json" validate "$scenarios/tiny" --targets targets.csv -f jason
refuses 65 "unknown parameter \"couples.age_gip\"; did you mean .couples.age_gap" \
    validate "$scenarios/tiny" --targets targets.csv --ends couples.age_gip
refuses 66 "nowhere" validate "$scenarios/tiny" --targets nowhere.csv
sed 's/^half,\(.*\),published/half,\1,derived/' targets.csv >bad.csv
refuses 65 "bad.csv:3:.*standing: only a value" validate "$scenarios/tiny" --targets bad.csv
sed 's/kind=Owner/kind=Owners/' targets.csv >bad.csv
refuses 65 "bad.csv:3:.*Owners is not there; there are: .*Owner" \
    validate "$scenarios/tiny" --targets bad.csv --years 1 -q

#!/usr/bin/env bash
# scripts/ends_design.py: columns are orthogonal, known effects come back, and what cannot be told is said; a design
# of a small world is run, with rows that contradict themselves left out.
set -eu
flyt=$1
cd "$2"

"$flyt" describe policies --format json --lang en >policies.json
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import itertools
import json
import math
import random
import sys
from collections import Counter

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import ends_design as ends
import hypotheses


def factors(n_two, *choices):
    return [ends.Factor(f"p.two{i}", ["0", "1"], "0") for i in range(n_two)] + \
        [ends.Factor(f"p.choice{i}", [str(k) for k in range(n)], "0", True) for i, n in enumerate(choices)]


# every two parameters meet in all combinations, as often as their shares say; and every set, where sets go in turn
for fold in (False, True):
    some = factors(28, 3, 4, 6)
    rows = ends.design_of(some, 32, 8, fold)
    assert len(rows) == (128 if fold else 64) and ends.is_clear(some, len(rows)) == fold, len(rows)
    columns = [[row[f] for row in rows] for f in range(len(some))] + [[r % 8 for r in range(len(rows))]]
    for a, b in itertools.combinations(columns, 2):
        one, other, both = Counter(a), Counter(b), Counter(zip(a, b))
        for (x, n), (y, m) in itertools.product(one.items(), other.items()):
            assert both[x, y] * len(rows) == n * m, (fold, x, y)
    assert set(Counter(columns[0]).values()) == {len(rows) // 2}
    assert set(Counter(columns[29]).values()) == {len(rows) // 4}  # of four values
    if fold:
        assert all(x + y == 1 for x, y in zip(rows[5][:28], rows[64 + 5][:28]))
assert len(ends.design_of(factors(23), 0, 1)) == 32 and len(ends.design_of(factors(24), 0, 1)) == 64

# known effects come back, with chance and sets on top; turned columns are found out
some = factors(20, 3)
rows = ends.design_of(some, 64, 8)
add = [0.0] * 20
add[3], add[7] = 2.0, -1.0
choice = [0.0, 0.5, 3.0]
plain = [1.0 + sum(a * level for a, level in zip(add, row)) + choice[row[20]] for row in rows]
draw = random.Random(1)
noisy = [y + draw.gauss(0.0, 0.3) + 0.1 * (r % 8) for r, y in enumerate(plain)]


def told(design, effects):
    mean, n, lines = ends.tell(some, design, effects)
    return mean, n, {(line["factor"].name, line["ends"][-1]): line for line in lines}


_, n, lines = told(rows, plain)
for f in range(20):
    line = lines[f"p.two{f}", 1]
    assert n == 64 and abs(line["difference"] - add[f]) < 1e-9, line
    assert line["sure"] == (add[f] != 0.0), line
    assert abs(line["means"][0][0] - sum(y for y, row in zip(plain, rows) if row[f] == 0) / 32) < 1e-9
    assert abs(line["means"][1][0] - sum(y for y, row in zip(plain, rows) if row[f] == 1) / 32) < 1e-9
assert abs(lines["p.choice0", 1]["difference"] - 0.5) < 1e-9 and abs(lines["p.choice0", 2]["difference"] - 3.0) < 1e-9
mean, _, lines = told(rows, noisy)
sure = {name for (name, _), line in lines.items() if line["sure"]}
assert sure >= {"p.two3", "p.two7", "p.choice0"} and len(sure) == 3, sure
assert mean[1] < sum(noisy) / 64 < mean[2] and abs(mean[0] - sum(noisy) / 64) < 1e-9
assert abs(lines["p.two3", 1]["difference"] - 2.0) < 0.3
low, high = lines["p.two3", 1]["means"]
assert low[1] < low[0] < low[2] < high[1] < high[0] < high[2]
_, _, turned = told([[1 - x for x in row[:20]] + row[20:] for row in rows], noisy)
assert turned["p.two3", 1]["difference"] < -1.7 and turned["p.two7", 1]["difference"] > 0.7

# an interval by hand: of two values 32 each, the rest constant, the residual's variance over 32, t of what is left
one = [ends.Factor("p.x", ["0", "1"], "0")]
design = ends.design_of(one, 16, 1)
y = [(-1.0) ** (r // 2) for r in range(len(design))]
mean, _, (line,) = ends.tell(one, design, y)
half = ends.t_quantile(len(y) - 2) * math.sqrt(len(y) / (len(y) - 2.0) / (len(y) / 2.0))
assert abs(line["means"][0][2] - line["means"][0][0] - half) < 1e-9, (line, half)

# rows left out or not measured: least squares on the others; of a level that no row has, nothing
gaps = [None if r % 9 == 4 else y for r, y in enumerate(plain)]
_, n, lines = told(rows, gaps)
assert n == 57 and abs(lines["p.two3", 1]["difference"] - 2.0) < 1e-9
_, n, lines = told(rows, [y if row[3] == 0 else None for y, row in zip(plain, rows)])
assert n == 32 and math.isnan(lines["p.two3", 1]["p"]) and abs(lines["p.two7", 1]["difference"] + 1.0) < 1e-9
for same in (0.0, 0.1):
    mean, _, lines = told(rows, [same] * 64)
    assert abs(mean[0] - same) < 1e-12 and not any(line["sure"] for line in lines.values())
held = [ends.Factor("p.held", ["3"], "3", notes=["0: nothing is done"]), *factors(2)]
design = ends.design_of(held, 0, 8)
assert ends.settings_of(held, design[0]) == ["policies.p.two0=0", "policies.p.two1=0"]
_, _, lines = ends.tell(held, design, [float(r) for r in range(len(design))])
assert lines[0]["means"] == () and "sure" not in lines[0] and len(lines) == 3
assert ends.tell(some, rows, [None] * 64)[1] == 0

# two together are taken for a third, and not when folded over
some = factors(20)
for fold, known in ((False, True), (True, False)):
    rows = ends.design_of(some, 32, 1, fold)
    mistaken = 0
    for a, b in itertools.combinations(range(20), 2):
        bent = [float(row[a] == row[b]) for row in rows]
        mistaken += any(abs(line["difference"]) > 1e-9 for line in ends.tell(some, rows, bent)[2])
    assert (mistaken > 0) == known and ends.is_clear(some, len(rows)) != known, (fold, mistaken)

# Student's t: tables; Holm by hand
for freedom, known in ((1, 12.7062), (5, 2.57058), (10, 2.22814), (60, 2.00030)):
    assert abs(ends.t_quantile(freedom) - known) < 1e-4 and abs(ends.t_tail(known, freedom) - 0.05) < 1e-6
assert abs(ends.t_tail(1.0, 1) - 0.5) < 1e-12
assert abs(ends.chance_from(1.0, (3.0, 3.0 - 2 * 2.22814, 3.0 + 2 * 2.22814), 10) - ends.t_tail(1.0, 10)) < 1e-6
assert ends.chance_from(0.0, (0.0, 0.0, 0.0), 10) == 1.0 and ends.chance_from(0.0, (1.0, 1.0, 1.0), 10) == 0.0
assert [round(p, 9) for p in ends.holm([0.01, 0.04, 0.03, 0.5])] == [0.04, 0.09, 0.09, 0.5]

# effects of a row: an arm, and differences of differences, the third policy off and on
arms = {"a": 1.0, "b": 2.0, "c": 4.0, "a+b": 5.0, "a+c": 6.0, "b+c": 7.0, "all": 20.0, "all_less_sum": 13.0}
assert ends.effect_in(arms, ["a", "b", "c"], "a+b") == ((5 - 1 - 2) + (20 - 6 - 7 + 4)) / 2
assert ends.effect_in(arms, ["a", "b", "c"], "all_less_sum") == 13.0 and ends.effect_in(arms, ["a"], "a") == 1.0
assert ends.effect_in({"a": 1.0, "all": 3.0}, ["a", "b"], "a+b") is None

# ends.csv names parameters and ends that there are; what is taken is in the range, and no claim's base is refused
rows = {row["name"]: row for row in json.load(open("policies.json", encoding="utf-8"))}
table = [row for policy in sorted({name.split(".")[0] for name in rows}) for row in hypotheses.ends_not_run(policy)]
assert len(table) > 20
for row in table:
    known = rows[row["parameter"]]
    values = known["range"] if isinstance(known["range"], list) else known["range"].split("|")
    assert row["end"] in map(ends.text_of, values) and known["evidence"] == "assumed" and row["why"], row
    assert not row["instead"] or values[0] <= float(row["instead"]) <= values[1], row
described = [{"name": "p.x", "evidence": "assumed", "range": [0, 1], "value": 0.5},
             {"name": "p.flag", "evidence": "assumed", "range": "yes|no", "value": True},
             {"name": "p.way", "evidence": "assumed", "range": "a|b|c", "value": "b"},
             {"name": "p.known", "evidence": "published", "range": [0, 1], "value": 0.5},
             {"name": "p.from", "evidence": "assumed", "range": [1900, 2200], "value": None},
             {"name": "q.x", "evidence": "assumed", "range": [0, 1], "value": 0.5}]
found = ends.factors_of(described, ["p"], {("p.x", "0"): ("", "void"), ("p.flag", "no"): ("", "off")})
assert [(factor.name, factor.levels) for factor in found] == [
    ("p.x", ["0.5", "1"]), ("p.flag", ["yes"]), ("p.way", ["b", "a", "c"])], found
PY

# a small world, with two shares whose sum is refused where both are high: said, and told of the rows that are left
mkdir -p root/scenarios/hypotheses root/scenarios/fyn
cat >root/scenarios/hypotheses/small.yaml <<'YAML'
title: Small
extends: tiny
years: 1
parameters:
  standstill.months: 0
policies:
  social_lift: {intake: 300}
YAML
cat >root/scenarios/hypotheses/claims.csv <<'CSV'
hypothesis,run,scenario,policies,settings,arm,outcome,claim,bound,years,en
H1,lift,small,social_lift,policies.social_lift.work=4,social_lift,outside_work,less,0,1,Falls
H1,also,small,social_lift,policies.social_lift.work=4,social_lift,few_resources,less,0,1,Falls
H1,other,small,social_lift,policies.social_lift.work=5,social_lift,few_resources,less,0,1,Not taken to the ends
CSV
cat >root/scenarios/hypotheses/ends.csv <<'CSV'
parameter,end,instead,why
*.ramp,100,,slow
social_lift.age_from,120,,nobody
social_lift.state_share,1,0.25,all pay
social_lift.organisation_share,1,0.25,all pay
CSV
printf 'set,search.owner\n1,0.05\n2,0.15\n' >root/scenarios/fyn/admitted.csv
cat >small.py <<'PY'
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv.pop(1) + "/scripts")
import hypotheses

hypotheses.ROOT = Path("root").resolve()
hypotheses.ADMITTED = hypotheses.ROOT / "scenarios/fyn/admitted.csv"
hypotheses.main()
PY
small() {
    python3 small.py "$FLYT_SOURCE_DIR" "$flyt" kept --ends-only --ends-rows 32 --ends-sample 1 --sets 2 "$@"
}
small >first.txt 2>first.err
[ "$(tail -n 1 first.err)" = "H1 lift: 48 of 48 rows" ]
[ "$(wc -l <first.err)" -eq 6 ]
grep -q '^\* H1 also: Falls (`few_resources`, percentage points, less than 0)$' first.txt
grep -q "change in 2024, the last year, one home in 1, 1 pair of runs a row, rows through 2 admitted sets" first.txt
grep -q "^| H1 lift | 48 | " first.txt
grep -q "^H1: 16 rows contradict themselves and are left out: .*sum to 1.25" first.txt
touch -d '1 minute ago' first.txt
find kept -name sets.csv -newer first.txt >made.txt
[ "$(wc -l <made.txt)" -eq 6 ]
touch later
small >second.txt 2>&1 --quiet
cmp first.txt second.txt
[ -z "$(find kept -name sets.csv -newer later)" ]
one=$(find kept -name "done" | sort | head -n 1) # a call that did not end well, alone, is run again
rm "$one"
small >second.txt --quiet
cmp first.txt second.txt
[ "$(find kept -name sets.csv -newer later)" = "$(dirname "$one")/sets.csv" ]
[ ! -e kept/verdicts.md ]
grep -q '^H1,lift,social_lift.ramp,0,,,,,,,,,,,,held,100: slow$' kept/ends.csv
grep -q '^H1,also,social_lift.work,0.2,.*,5,' kept/ends.csv
if grep '^H1,other' kept/ends.csv; then exit 1; fi
grep -q '^hypothesis,run,parameter,first_end,.*,other_verdict,difference,p,flag,note$' kept/ends.csv
python3 -c '
import csv
flags = [row["flag"] for row in csv.DictReader(open("kept/ends.csv", encoding="utf-8"))]
assert set(flags) <= {"held", "sure", "not sure", "not told"} and "not sure" in flags, flags'
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import csv
import sys
from pathlib import Path

# a mean at an end is near that of the rows that have it, and rows are what flyt compare was given
(folder,) = Path("kept").glob("small-*")
design = list(csv.DictReader(open(folder / "design.csv", encoding="utf-8")))
assert len(design) == 48 and {row["set"] for row in design} == {"1", "2"}
assert {row["policies.social_lift.state_share"] for row in design} == {"0", "0.25"}
assert all(row["policies.social_lift.state_share"] == "0" or row["policies.social_lift.organisation_share"] == "0"
           for row in design)
change = {}
for part in folder.glob("rows-*"):
    for row in csv.DictReader(open(part / "sets.csv", encoding="utf-8")):
        if row["outcome"] == "outside_work" and row["year"] == "2024":
            change[int(row["row"])] = float(row["change"])
            assert int(row["seed"]) == 2016 + int(row["row"]) - 1
assert sorted(change) == list(range(1, 49)) and len(set(change.values())) > 2
line = next(row for row in csv.DictReader(open("kept/ends.csv", encoding="utf-8"))
            if row["run"] == "lift" and row["parameter"] == "social_lift.work")
high = [change[r + 1] for r, row in enumerate(design) if row["policies.social_lift.work"] == "5"]
low = [change[r + 1] for r, row in enumerate(design) if row["policies.social_lift.work"] == "0.2"]
assert len(high) + len(low) == 48
difference = sum(high) / len(high) - sum(low) / len(low)
assert abs(float(line["difference"]) - difference) < 0.5 * max(1.0, abs(difference)), (line, difference)
PY

# a row of ends.csv that is wrong ends it, in one line that says what would be right; and so does a table that is missing
table=root/scenarios/hypotheses/ends.csv
cp $table ends.good
refused() { # exit code, the line's beginning (a pattern)
    code=0
    small --quiet >out.txt 2>err.txt || code=$?
    if [ "$code" -ne "$1" ] || [ "$(wc -l <err.txt)" -ne 1 ] || [ -s out.txt ] || ! grep -q -- "^$2" err.txt; then
        echo "wanted $1, $2; got $code"
        cat err.txt
        return 1
    fi
}
bad() { # a row in place of the fourth, what is said
    sed "4s|.*|$1|" ends.good >$table
    refused 65 "ends.csv:4: $2"
}
bad 'social_lift.state_share,1,abc,all' 'instead: social_lift.state_share: "abc" is no number from 0 to 1'
bad 'social_lift.state_share,1,1.5,all' 'instead: social_lift.state_share: "1.5" is no number from 0 to 1'
bad 'social_lift.state_share,1,nan,all' 'instead: social_lift.state_share: "nan" is no number'
bad 'social_lift.age_to,18,20.5,all' 'instead: social_lift.age_to: 20.5 is not a whole number'
bad 'social_lift.stat_share,1,,all' 'there is no parameter social_lift.stat_share; social_lift.state_share?'
bad '*.nothing,1,,all' 'there is no parameter \*.nothing'
bad 'social_lift.state_share,0.9,,all' 'social_lift.state_share has no end "0.9"; 0 or 1 is needed'
bad 'equalisation.running,maybe,,all' 'equalisation.running has no end "maybe"; yes or no is needed'
bad 'equalisation.running,no,1,all' 'instead: equalisation.running: "1" is none of yes, no'
bad 'social_lift.state_share,1,' '3 cells; 4 are needed'
bad 'social_lift.age_from,120,,twice' 'social_lift.age_from 120 is in line 3'
sed '1s/instead/other/' ends.good >$table
refused 65 'ends.csv:1: there is no column instead; parameter,end,instead,why are needed'
rm $table
refused 66 '.*/ends.csv: there is no such file'
cp ends.good $table
small --quiet >second.txt
cmp first.txt second.txt

# other years are other runs
n=$(find kept -name sets.csv | wc -l)
sed -i 's/,0,1,/,0,2,/' root/scenarios/hypotheses/claims.csv
small --quiet >second.txt
[ "$(find kept -name sets.csv | wc -l)" -eq $((2 * n)) ]
grep -q "change in 2025, the last year" second.txt

# so are other sets, pairs and samples of the verdicts over sets; what is kept is not run, unless it did not end well
over_sets() {
    python3 small.py "$FLYT_SOURCE_DIR" "$flyt" over --only H1 --ends-rows 0 --quiet --sets 2 --pairs 2 --sample 1 "$@"
}
printf '3,0.1\n' >>root/scenarios/fyn/admitted.csv
over_sets >first.txt
n=$(find over -name compare.csv | wc -l)
for other in "--sample 2" "--pairs 3" "--sets 3"; do
    # shellcheck disable=SC2086 # two words
    over_sets $other >third.txt
done
[ "$(find over -name compare.csv | wc -l)" -eq $((4 * n)) ]
sleep 0.1
touch later
over_sets >second.txt
cmp first.txt second.txt
[ -z "$(find over -name compare.csv -newer later)" ]
touch -d '1 minute ago' later
one=$(find over -name "done" | sort | head -n 1)
rm "$one"
find over -name compare.csv -exec touch -d '2 minutes ago' {} +
for other in "--sample 1" "--sample 2" "--pairs 3" "--sets 3"; do
    # shellcheck disable=SC2086 # two words
    over_sets $other >third.txt
done
[ "$(find over -name compare.csv -newer later)" = "$(dirname "$one")/compare.csv" ]

#!/usr/bin/env bash
# scripts/hypotheses.py: pooled effects and verdicts reckoned by hand; every line of claims.csv names what flyt compare
# knows; and the lines of H7 run over two sets, the second time from what is kept.
set -eu
flyt=$1
cd "$2"
rm -rf kept

"$flyt" describe policies --format json --lang en >policies.json
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import json
import math
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import hypotheses

# sets -1, -2, -3, each +- .5: mean -2; chance .5 / sqrt(3); variance between them 1, less .25 of chance
mean, chance, sets, low, high = hypotheses.pool([(-1.0, 0.5), (-2.0, 0.5), (-3.0, 0.5)])
half = 4.303 * math.sqrt(0.75 * (1 + 1 / 3) + 0.25 / 3)
assert abs(mean + 2) < 1e-12 and abs(chance - 0.5 / math.sqrt(3)) < 1e-12
assert abs(sets - math.sqrt(0.75)) < 1e-12
assert abs(low - (-2 - half)) < 1e-12 and abs(high - (-2 + half)) < 1e-12
assert hypotheses.pool([(1.0, 2.0), (1.0, 2.0)])[2] == 0.0  # chance explains more than there is

less, more = {"claim": "less", "bound": "0"}, {"claim": "more", "bound": "-0.5"}
assert [hypotheses.verdict(less, *i) for i in ((-2, -1), (1, 2), (-1, 1))] == ["supports", "refutes", "cannot know"]
assert [hypotheses.verdict(more, *i) for i in ((-0.4, 1), (-2, -1), (-1, 1))] == ["supports", "refutes", "cannot know"]
ends = [(less, "a.x", "1", 2.0, 0.1), (less, "a.y", "0", 2.0, 1.0), (less, "a.z", "0", None, None), (more, "a.x", "1", -9.0, 0.1)]
assert hypotheses.against(less, ends, 3) == ["a.x=1"]

names = {row["name"] for row in json.load(open("policies.json", encoding="utf-8"))}
text = Path(sys.argv[1], "output/compare.h").read_text(encoding="utf-8")
for claim in hypotheses.read_csv(Path(sys.argv[1], "scenarios/hypotheses/claims.csv")):
    policies = claim["policies"].split()
    assert Path(sys.argv[1], f"scenarios/hypotheses/{claim['scenario']}.yaml").exists(), claim
    assert claim["claim"] in ("less", "more") and float(claim["bound"]) <= 0.0, claim
    assert f"X({claim['outcome']}, " in text, claim
    assert claim["arm"] == "all_less_sum" or set(claim["arm"].split("+")) <= set(policies), claim
    for setting in claim["settings"].split():
        name = setting.split("=")[0]
        assert name.removeprefix("policies.") in names or name == "market.capitalisation", setting
PY

small="--only H7 --sets 2 --pairs 2 --sample 256 --ends-pairs 0"
# shellcheck disable=SC2086 # the words are several arguments
python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "$flyt" kept $small >first.txt
grep -q '^| H7 placebo | ' first.txt
[ "$(wc -l <kept/sets.csv)" = 9 ] # a head, and four lines of two sets
# shellcheck disable=SC2086
python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "$flyt" kept $small >second.txt
cmp first.txt second.txt
[ -z "$(find kept -name compare.csv -newer first.txt)" ]

# what is pooled here is what flyt compare pools of the same sets
"$flyt" compare "$FLYT_SOURCE_DIR/scenarios/hypotheses/h7.yaml" housing_career -n 2 --sample 256 --years 10 --seed 2016 \
    --set-file "$FLYT_SOURCE_DIR/scenarios/fyn/admitted.csv" --rows 1-2 -q --lang en -o pooled >/dev/null
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import hypotheses

claim = {"policies": "housing_career", "arm": "housing_career", "outcome": "career_equity"}  # in this sample not 0
sets = [hypotheses.effect_of(Path(f"kept/h7-housing_career-set-{row}"), claim) for row in (1, 2)]
told = [row for row in hypotheses.read_csv("pooled/compare.csv") if row["outcome"] == "career_equity"][-1]
mean, chance, between, low, high = hypotheses.pool(sets)
assert mean > 0.0 and chance > 0.0
for name, value in (("change", mean), ("sets_spread", between), ("low", low), ("high", high)):
    assert abs(float(told[name]) - value) <= 1e-3 * (abs(high) + abs(low)), (name, told[name], value)
half = (float(told["chance_high"]) - float(told["chance_low"])) / 2
assert abs(half - hypotheses.t95(2) * chance) < 1e-3 * half, (half, chance)
PY

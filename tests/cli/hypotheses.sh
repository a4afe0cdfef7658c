#!/usr/bin/env bash
# scripts/hypotheses.py: verdicts reckoned by hand; every line of claims.csv names what flyt compare
# knows; and the lines of H7 run over two sets, the second time from what is kept.
set -eu
flyt=$1
cd "$2"
rm -rf kept

"$flyt" describe policies --format json --lang en >policies.json
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import hypotheses

less, more = {"claim": "less", "bound": "0"}, {"claim": "more", "bound": "-0.5"}
assert [hypotheses.verdict(less, *i) for i in ((-2, -1), (1, 2), (-1, 1))] == ["supports", "refutes", "cannot know"]
assert [hypotheses.verdict(more, *i) for i in ((-0.4, 1), (-2, -1), (-1, 1))] == ["supports", "refutes", "cannot know"]
x, y, z = (hypotheses.ends_design.Factor(name, ["0", "1"], "0") for name in ("a.x", "a.y", "a.z"))
sure, unsure, other = (2.0, 1.0, 3.0), (1.0, -1.0, 3.0), (-8.5, -9.0, -8.0)
lines = [{"factor": x, "ends": (0, 1), "means": (unsure, sure)}, {"factor": y, "ends": (0, 1), "means": (other, unsure)},
         {"factor": z, "ends": (0,), "means": ()}]
ends = [(less, None, unsure, 8, lines), (more, None, unsure, 8, lines)]
assert hypotheses.against(less, ends) == ["a.x=1"] and hypotheses.against(more, ends) == ["a.y=0"]
assert hypotheses.ends_in(less, lines)[2] == ("a.y=0", "supports") and len(hypotheses.ends_in(less, lines)) == 4

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

small="--only H7 --sets 2 --pairs 2 --sample 256 --ends-rows 0"
# shellcheck disable=SC2086 # the words are several arguments
python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "$flyt" kept $small >first.txt
grep -q '^| H7 placebo | ' first.txt
# shellcheck disable=SC2086
python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "$flyt" kept $small >second.txt
cmp first.txt second.txt
[ -z "$(find kept -name compare.csv -newer first.txt)" ]

# a line is what flyt compare tells of its sets, and factorial effects are found
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import hypotheses

folder = Path("kept/h7-housing_career-sets")
claim = {"policies": "housing_career", "arm": "housing_career", "outcome": "career_equity"}  # in this sample not 0
effect = hypotheses.effect_of(folder, claim)
told = [row for row in hypotheses.read_csv(folder / "compare.csv") if row["outcome"] == "career_equity"][-1]
assert effect["effect"] == float(told["change"]) > 0.0 and told["sets"] == "2" and told["pairs"] == "4"
assert effect["low"] < effect["chance_low"] < effect["effect"] < effect["chance_high"] < effect["high"], effect
assert {row["row"] for row in hypotheses.read_csv(folder / "sets.csv")} == {"1", "2"}

folder.joinpath("factorial.csv").write_text(
    "outcome,policies,scale,effect,low,high,chance_low,chance_high,sets_spread\n"
    "moves,a+b,points,1,0,2,0.5,1.5,0.3\nmoves,a+b,log_odds,9,9,9,9,9,9\nmoves,a,points,8,8,8,8,8,8\n",
    encoding="utf-8")
folder.joinpath("compare.csv").write_text(
    "policy,outcome,change,low,high,chance_low,chance_high,sets_spread\n"
    "a,moves,2,2,2,2,2,\nall,moves,3,3,3,3,3,\nall_less_sum,moves,4,4,4,4,4,\nall_less_sum,owners,5,5,5,5,5,\n",
    encoding="utf-8")
for arm, known in (("a", 2), ("all", 3), ("all_less_sum", 4)):
    assert hypotheses.effect_of(folder, {"policies": "a b", "arm": arm, "outcome": "moves"})["effect"] == known
assert hypotheses.effect_of(folder, {"policies": "a b", "arm": "a+b", "outcome": "moves"}) == {
    "effect": 1, "low": 0, "high": 2, "chance_low": 0.5, "chance_high": 1.5, "sets_spread": 0.3}
PY

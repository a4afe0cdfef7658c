#!/usr/bin/env bash
# scripts/hypotheses.py: verdicts reckoned by hand; every line of claims.csv names what flyt compare
# knows; the lines of H7 run over two sets, the second time from what is kept; and what is wrong is one line and an exit code.
set -eu
flyt=$1
cd "$2"
rm -rf kept

"$flyt" describe policies --format json --lang en >policies.json
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import argparse
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
assert [hypotheses.verdict(one, 0.0, 0.0) for one in (less, more)] == ["nothing done"] * 2
assert hypotheses.verdict(more, float("nan"), 1.0) == "not told" == hypotheses.verdict(less, 1.0, float("nan"))
sure, unsure, other = (2.0, 1.0, 3.0), (1.0, -1.0, 3.0), (-8.5, -9.0, -8.0)
lines = [{"factor": x, "ends": (0, 1), "means": (unsure, sure)}, {"factor": y, "ends": (0, 1), "means": (other, unsure)},
         {"factor": z, "ends": (0,), "means": ()}]
for line in lines:
    line["freedom"] = 40
ends = [(less, None, unsure, 8, lines), (more, None, unsure, 8, lines)]
assert hypotheses.against(less, ends) == ["a.x=1"] and hypotheses.against(more, ends) == ["a.y=0"]
assert hypotheses.ends_in(less, lines)[2] == ("a.y=0", "supports") and len(hypotheses.ends_in(less, lines)) == 4

# a single end out of many that refutes by its own interval alone is no other side that is sure; what is void has no nan
many = [{"factor": hypotheses.ends_design.Factor(f"a.n{i}", ["0", "1"], "0"), "ends": (0, 1), "freedom": 40,
         "means": (unsure, (1.0, 0.01, 1.99) if i == 0 else unsure)} for i in range(25)]
claim = less | {"hypothesis": "H0", "run": "x", "en": "Falls", "outcome": "moves"}
effect = {"effect": -2.0, "low": -3.0, "high": -1.0, "chance_low": -2.5, "chance_high": -1.5, "sets_spread": 0.1}
assert ("a.n0=1", "refutes") in hypotheses.ends_in(claim, many) and hypotheses.against(claim, [(claim, 0, 0, 0, many)]) == []


def row_of(effect, lines):
    options = argparse.Namespace(sets=8, pairs=1, sample=1)
    hypotheses.write_verdicts("row.md", options, [claim], [effect], [(claim, None, unsure, 8, lines)])
    return open("row.md", encoding="utf-8").read().splitlines()[-1]


assert row_of(effect, many).endswith("| supports | - |"), row_of(effect, many)
assert row_of(effect, lines).endswith("| cannot know | a.x=1 |"), row_of(effect, lines)
void = {"effect": 0.0, "low": 0.0, "high": 0.0, "chance_low": 0.0, "chance_high": 0.0, "sets_spread": float("nan")}
assert row_of(void, []).endswith("| nothing done | - |") and "nan" not in row_of(void, []), row_of(void, [])
assert hypotheses.interval((float("nan"),) * 3) == "- (-)"

# a folder's name fits a file system, however many settings a claim has, and differs where only the last setting does
long = [{"policies": "a b", "scenario": "h1", "settings": "policies.a.x=1 " * 40 + last, "arm": "a", "years": "10"} for last in "12"]
runs = hypotheses.Runs(argparse.Namespace(folder=".", sets=1), None, long)
folders = [runs.folder(claim, "sets").name for claim in long]
assert folders[0] != folders[1] and all(len(folder.encode()) < 255 for folder in folders), folders

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
        off = {f"policies.{row.split('.')[0]}=no" for row in names}
        assert name.removeprefix("policies.") in names or name == "market.capitalisation" or setting in off, setting
PY

small="--only H7 --sets 2 --pairs 2 --sample 256 --ends-rows 0"
# shellcheck disable=SC2086 # the words are several arguments
python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "$flyt" kept $small >first.txt 2>first.err
grep -q '^| H7 placebo | .*| nothing done | - |$' first.txt
grep -qx 'H7 turnover: 2 of 2 sets' first.err
# shellcheck disable=SC2086
python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "$flyt" kept $small --quiet >second.txt 2>second.err
[ ! -s second.err ]
cmp first.txt second.txt
[ -z "$(find kept -name compare.csv -newer first.txt)" ]

# what is wrong is one line, and nothing is written
refused() { # exit code, words of the line, arguments
    code=0
    python3 "$FLYT_SOURCE_DIR/scripts/hypotheses.py" "${@:3}" >out.txt 2>err.txt || code=$?
    if [ "$code" -ne "$1" ] || [ "$(wc -l <err.txt)" -ne 1 ] || [ -s out.txt ] || ! grep -q -- "$2" err.txt; then
        echo "wanted $1, $2; got $code of ${*:3}"
        cat err.txt
        return 1
    fi
}
: >plain
refused 66 'no such program' ./nowhere none
refused 66 'cannot be run' ./plain none
refused 73 'plain: is no folder' "$flyt" plain
refused 73 'plain/under: is no folder' "$flyt" plain/under
for option in --sets --pairs --sample --ends-sample --ends-pairs; do
    refused 64 "$option: 0: a whole number" "$flyt" none $option 0
    refused 64 "$option: -1: a whole number" "$flyt" none $option -1
done
refused 64 '--ends-rows: -1: a whole number' "$flyt" none --ends-rows -1
refused 64 'chance cannot be told' "$flyt" none --sets 1
refused 64 'chance cannot be told' "$flyt" none --pairs 1
for only in H99 h7 H1,H99 ""; do
    refused 64 'there is no ".*"; H1, H2, .*H8 are known' "$flyt" none --only "$only"
done
refused 64 'nothing is to be done' "$flyt" none --ends-only --ends-rows 0
refused 64 '^--sets: there is no set 1000; admitted.csv has ' "$flyt" none --only H7 --sets 1000 --ends-rows 0
refused 64 '^--sets: there is no set 1000; admitted.csv has ' "$flyt" none --only H7 --sets 1000 --ends-only
refused 64 'required: flyt, folder' --sets 2
[ ! -e none ]

# a line is what flyt compare tells of its sets, and factorial effects are found
python3 - "$FLYT_SOURCE_DIR" <<'PY'
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1] + "/scripts")
import hypotheses

(folder,) = Path("kept").glob("h7-housing_career-10y-sets-*")
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

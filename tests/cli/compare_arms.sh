#!/usr/bin/env bash
# `flyt compare --factorial` simulates once what its arms have in common: the same numbers as runs of their own,
# for policies that begin in different years, on any number of threads; `--dry-run` tells of it.
set -eu
flyt=$1 tiny=$FLYT_SOURCE_DIR/scenarios/tiny
cd "$2"
export LC_ALL=C
. "$FLYT_SOURCE_DIR/tests/cli/common.bash"
still="--set standstill.months=0"

# every policy promises to sleep until its first year, or each arm is made from its start (turnover needs series that no
# file has)
"$flyt" run "$tiny" $still -n 2 --set years=3 -q -o without.h5
year=2025
for file in "$FLYT_SOURCE_DIR"/models/policies/*.c; do
    name=$(basename "$file" .c)
    from="--set policies.$name.from=$year"
    "$flyt" run "$tiny" $still -n 2 --set years=3 $from -q -o with.h5
    "$flyt" compare without.h5 with.h5 -q -o files >files.txt
    "$flyt" compare "$tiny" "$name" $still -n 2 -y 3 $from --factorial -q -o "arms-$name" >arms.txt
    tail -n +2 "arms-$name/compare.csv" | cut -d, -f2- | grep "^change\|^cost" | grep -v ",turnover" >one.txt
    tail -n +2 files/compare.csv | cut -d, -f2- | grep "^change\|^cost" >two.txt
    cmp one.txt two.txt || { echo "$name: an arm differs from a run of its own"; exit 1; }
    year=$((year == 2025 ? 2026 : 2025))
done

# alone or in a factorial, an arm is the same; whatever the threads
late="--set policies.social_lift.from=2026 --set policies.second_chance.from=2025"
for threads in 1 2 3; do
    "$flyt" compare "$tiny" social_lift second_chance $still $late -n 3 -y 3 -t $threads --factorial \
        -q -o "factorial-$threads" >"factorial-$threads.txt"
    cmp factorial-1.txt "factorial-$threads.txt"
    cmp factorial-1/compare.csv "factorial-$threads/compare.csv"
done
"$flyt" compare "$tiny" second_chance $still $late --set policies.social_lift=no -n 3 -y 3 -q -o alone >alone.txt
grep "^second_chance,change" alone/compare.csv >one.txt
grep "^second_chance,change" factorial-1/compare.csv >two.txt
cmp one.txt two.txt

# every row of every table has the cells of its head, also of names with a comma
grep -q '"chance_refill_channel\[channel=Advertised, other\]"' alone/compare.csv
python3 - alone/*.csv factorial-1/*.csv <<'PY'
import csv
import sys

for name in sys.argv[1:]:
    with open(name, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows and all(len(row) == len(rows[0]) for row in rows), name
PY

# a dry run counts what is shared: the first year of each replicate, and its start
"$flyt" compare "$tiny" social_lift second_chance $still $late -n 3 -y 3 -t 1 --factorial --dry-run --lang en >dry.txt
grep -q "^4 arms x 3 replicates x 3 years: 12 runs$" dry.txt
grep -q "^months: 324 to simulate instead of 432, 3 starts instead of 12; the arms of a replicate share 12 months$" dry.txt
grep -q "^time: about .* on 1 threads (1 worlds at a time, 1 threads each)$" dry.txt
grep -q "^memory: about " dry.txt
"$flyt" compare "$tiny" social_lift $still -n 1 -y 1 -t 1 --factorial --dry-run --lang da >dry.txt
grep -q "^måneder: 24, der simuleres, i stedet for 24, 1 starter i stedet for 2; " dry.txt
grep -q "^hukommelse: ca\. " dry.txt

# the bar tells arms, replicates and years
"$flyt" compare "$tiny" social_lift $still -n 2 -y 2 --factorial --lang en >said.txt 2>bar.txt
grep -q "2 arms x 2 replicates x 2 years, 4 of 4 runs done" bar.txt

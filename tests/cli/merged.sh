#!/usr/bin/env bash
# A merged sweep is opened by the other commands: verify, export, plot, sensitivity. What is unfinished
# or damaged says so; folders may be called anything that a message can show.
set -eu
flyt=$1
cd "$2"
export LC_ALL=C OMP_WAIT_POLICY=passive

. "$FLYT_SOURCE_DIR/tests/cli/common.bash"

cat >small.yaml <<'END'
title: Small
scenario: tiny
plan: factorial
replicates: 2
years: 3
parameters:
  standstill.months: 2
factors:
  policies.flexible_letting: [no, yes]
  letting.claim: {from: 0.25, to: 0.75}
series: [households, moves_out]
time: years
END
cat >line.yaml <<'END'
scenario: test_functions.yaml
plan: morris
points: 4
factors:
  test_functions.x1: {from: 0, to: 1}
  test_functions.x2: {from: 0, to: 1}
time: end
END

"$flyt" sweep small.yaml -o small -q
"$flyt" merge small -q

# verify: the whole file, without a run of its own
"$flyt" verify small.h5 --lang en >said.txt
grep -qx 'small.h5: whole' said.txt
grep -q 'merged sweep (factorial) of 4 points × 2 replicates, 2 series by years' said.txt
grep -q 'what varies: policies.flexible_letting, letting.claim$' said.txt
cp small.h5 damaged.h5
at=$(($(wc -c <small.h5) / 2))
for byte in '\xff' '\x00'; do # one of them is another byte than the one that was there
    printf "$byte" | dd of=damaged.h5 bs=1 seek=$at conv=notrunc 2>dd.txt
    cmp -s small.h5 damaged.h5 || break
done
refuses 65 'damaged.h5: is damaged' verify damaged.h5 --lang en
refuses 65 'damaged.h5: is damaged' export damaged.h5 --lang en
head -c 3000 small.h5 >cut.h5
refuses 65 'cut.h5: is damaged' verify cut.h5 --lang en
refuses 64 "small: is a folder: name result files, .*; of a sweep 'flyt merge' makes one" \
    verify small --lang en

# export: the same numbers as the result of the point by itself
"$flyt" export small.h5 -q
[ "$(sed -n 3p small-csv/design.csv)" = '1,yes,0.25' ]
head -1 small-csv/moves_out.csv | grep -qx 'point,replicate,since,time,municipality,tenure,moves_out'
[ "$(tail -n +2 small-csv/households.csv | cut -d, -f1 | sort -u | tr -d '\n')" = 0123 ]
"$flyt" run "$FLYT_SOURCE_DIR/scenarios/tiny" --years 3 --replicates 2 -o alone.h5 -q \
    --set standstill.months=2 --set policies.flexible_letting=yes --set letting.claim=0.25
"$flyt" export alone.h5 households -q
grep '^1,' small-csv/households.csv | cut -d, -f2- >point.txt
awk -F, '$2 ~ /-01-01$/' alone-csv/households.csv >years.txt
[ -s years.txt ]
cmp point.txt years.txt
"$flyt" export small.h5 --point 1 -q
tail -n +2 small-point-1-csv/households.csv | cmp - point.txt
"$flyt" export small.h5 --lang da --decimal-comma -o dansk -q
grep -q '^1;yes;0,25' dansk/design.csv

# plot: a point's curves with the band of its replicates
if command -v gnuplot >said.txt; then
    "$flyt" plot small.h5 moves --point 1 -q
    grep -q 'filledcurves' small-point-1-plots/moves.gp
    grep -q 'policies.flexible_letting yes, letting.claim 0.25' small-point-1-plots/moves.gp
fi
refuses 64 'points 0 to 3: --point N takes one' plot small.h5 --lang en
refuses 64 'point: 4 is no whole number from 0 to 3' plot small.h5 --point 4 --lang en
refuses 64 'is the result of one scenario' plot alone.h5 --point 0 --lang en
refuses 65 'plot --point N open it' rerun small.h5 --lang en

# sensitivity: the same from folder and file; an unfinished sweep says how far it is
"$flyt" sensitivity small >folder.txt
"$flyt" sensitivity small.h5 >file.txt
cmp folder.txt file.txt
[ -s file.txt ]
refuses 65 'damaged.h5: is damaged' sensitivity damaged.h5 --lang en
rm small/runs/point-000001-replicate-0001.run small/runs/point-000003-replicate-0000.run
refuses 66 '6 of 8 runs are there; .*replicate 1 of point 1: flyt sweep FILE -o small --resume' \
    sensitivity small --lang en

"$flyt" sweep line.yaml -o line -q
refuses 64 'this sweep kept the end of each run only' sensitivity line --at 1 --lang en

# names of folders
for name in 'with space' 'æble og øl' "it's" ./-dash; do
    "$flyt" sweep line.yaml -o "$name" --lang en >said.txt 2>progress.txt
    merge=$(sed -n 's/.*; \(flyt merge .*\) makes one file$/\1/p' said.txt)
    eval "${merge/#flyt/\"$flyt\"} -q"
    "$flyt" verify "$name.h5" -q
    "$flyt" sensitivity "$name" >folder.txt
    "$flyt" sensitivity "$name.h5" | cmp - folder.txt
done
refuses 64 'looks like an option; ./-x is a folder' sweep line.yaml -o -x --lang en
refuses 64 'a folder is needed' sweep line.yaml -o '' --lang en
refuses 64 'cannot be shown' sweep line.yaml -o $'a\nb' --lang en
refuses 66 'is no folder of a sweep' merge '' --lang en
refuses 66 'is no folder of a sweep' sensitivity nowhere --lang en
[ ! -e -x ] && [ ! -e $'a\nb' ]

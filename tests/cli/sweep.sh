#!/usr/bin/env bash
# `flyt sweep` and `flyt merge`: the merged file is the same from threads, shards and stops; what is
# not done is said; nothing is mixed.
set -eu
flyt=$1
cd "$2"
export LC_ALL=C OMP_WAIT_POLICY=passive

. "$FLYT_SOURCE_DIR/tests/cli/common.bash"

cat >small.yaml <<'END'
title: Small
scenario: tiny
plan: grid
replicates: 2
years: 1
parameters:
  standstill.months: 2
factors:
  policies.flexible_letting: [no, yes]
  letting.claim: {from: 0.2, to: 0.8, steps: 2}
series: [households, moves_out, adults_left]
END

"$flyt" sweep small.yaml --dry-run --lang en >plan.txt
grep -q "^Small: 4 points × 2 replicates = 8 runs of 1 years" plan.txt
grep -q "^time: about .* 2 passes before the start" plan.txt
"$flyt" sweep small.yaml --dry-run --lang da | grep -q "^størrelse: "
[ ! -e runs ]

"$flyt" sweep small.yaml -o one -t 1 -q
"$flyt" merge one -q
"$flyt" sweep small.yaml -o two -t 2 -q
"$flyt" merge two -q
cmp one.h5 two.h5
for i in 2 0 1; do "$flyt" sweep small.yaml -o parts --shard $i/3 -t 1 -q; done
"$flyt" merge parts -o merged/parts.h5 -q
cmp one.h5 merged/parts.h5

# what is lost or damaged is missed, and made again
rm two/runs/point-000003-replicate-0001.run
refuses 66 "7 of 8 runs are there; the first that is missing is replicate 1 of point 3" merge two --lang en
printf x | dd of=two/runs/point-000001-replicate-0000.run bs=1 seek=900 conv=notrunc 2>dd.txt
refuses 64 "holds this sweep already" sweep small.yaml -o two -q --lang en
"$flyt" sweep small.yaml -o two -q --resume
"$flyt" merge two -q
cmp one.h5 two.h5
printf x | dd of=two/runs/point-000001-replicate-0000.run bs=1 seek=900 conv=notrunc 2>dd.txt
refuses 65 "point-000001-replicate-0000.run: is damaged" merge two --lang en
cmp one.h5 two.h5

# nothing of another sweep gets in
sed 's/years: 1/years: 2/' small.yaml >other.yaml
refuses 65 "is of another sweep file" sweep other.yaml -o two --resume --lang en
refuses 66 "is no folder of a sweep" merge . --lang en

# nor into a folder of other results, of its own or of its runs
mkdir -p others/runs apart/runs
touch others/a.h5 apart/runs/b.h5 others/notes.txt
refuses 64 "holds other results (a.h5) and no sweep" sweep small.yaml -o others --lang en
refuses 64 "apart/runs holds other results (b.h5) and no sweep" sweep small.yaml -o apart --resume --lang en
[ "$(ls others others/runs | tr '\n' ' ')" = "others: a.h5 notes.txt runs  others/runs: " ] || { ls -R others; exit 1; }
refuses 64 "is no part" sweep small.yaml --shard 3/3 --lang en

# a lock on the folder, and signals: what is finished is kept
sed 's/years: 1/years: 100/' small.yaml >long.yaml
"$flyt" sweep long.yaml -o long -t 1 -q --lang en 2>stopped.txt &
pid=$!
until compgen -G "long/runs/*" >seen.txt; do sleep 0.05; done
refuses 73 "another flyt is at work here" sweep long.yaml -o long --resume --lang en
refuses 73 "another flyt is at work here" merge long --lang en
kill -USR1 "$pid"
code=0
wait "$pid" || code=$?
[ "$code" -eq 75 ] || { echo "exit $code after a signal"; exit 1; }
grep -q "^stopped after [0-9]* of 8 runs, which are kept in long; --resume goes on$" stopped.txt
[ -z "$(find . -name '*.part')" ]

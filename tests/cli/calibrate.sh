#!/usr/bin/env bash
# `flyt calibrate`: finds parameters that are known, can be killed and resumed, and its sets run.
set -eu
flyt=$1
cd "$2"
export LC_ALL=C

. "$FLYT_SOURCE_DIR/tests/cli/common.bash"

head=name,en,da,measure,of,over,where,value,tolerance,unit,bound,use,standing,world,scope,counts
head=$head,year,first_year,last_year,source,evidence,confidence,note
tail=%,equal,fit,hard,scenario,local,persons,2024,1,12,known,published,high,
write_targets() { # BIRTHS PARTED
    {
        echo "$head"
        echo "births,Births,Fødte,percent,births,persons,,$1,0.05,$tail"
        echo "parted,Parted,Brudte par,percent,couples_parted,households,,$2,0.1,$tail"
    } >targets.csv
}
printf '%s\n' "title: Known answers" "extends: tiny" "tables:" "  targets: targets.csv" \
    "  calibration: calibration.csv" >scenario.yaml
cat >calibration.csv <<'CSV'
parameter,role,target,elasticity,low,high,scale,every
couples.separation_cohabiting,free,,,0.2,4,log,
fertility.total_fertility,fit,births,1,0.5,6,log,1
fertility.boys,range,,,0.4,0.6,linear,
CSV

# the answer: fertility 2.2, separation 1.2; what they give is the target
write_targets 1 1
"$flyt" validate . --years 12 -n 4 -q -f csv --set fertility.total_fertility=2.2 \
    --set couples.separation_cohabiting=1.2 >known.csv
write_targets "$(awk -F, '$1 == "births" {print $8}' known.csv)" \
    "$(awk -F, '$1 == "parted" {print $8}' known.csv)"
"$flyt" calibrate . -n 3 --steps 6 --measure 12 --rounds 3 --waves 2 --points 16 \
    --wave-rounds 3 --wave-measure 12 --wave-replicates 2 -o found -q --lang en >found.txt
grep -q "^wave 2: " found.txt
python3 - <<'PY'
import csv
rows = list(csv.DictReader(open("found/admitted.csv")))
assert len(rows) >= 3, len(rows)
best = rows[:3]
fertility = sum(float(r["fertility.total_fertility"]) for r in best) / 3
separation = sum(float(r["couples.separation_cohabiting"]) for r in best) / 3
assert abs(fertility / 2.2 - 1) < .2, fertility
assert .8 < separation < 1.8, separation
assert all(float(r["implausibility"]) < 3 for r in rows)
path = list(csv.DictReader(open("found/path.csv")))
assert len(path) == 6 and float(path[-1]["value"]) > 1.7, path[-1]
PY

# a set can be run; --set wins over it
"$flyt" run . --set-file found/admitted.csv --row 2 --set years=1 -o set.h5 -q >/dev/null

refuses 64 "--row: there is no row 99" run . --set-file found/admitted.csv --row 99 -o x.h5

# killed and resumed: the same sets as without a stop
few=(-n 1 --steps 3 --measure 2 --rounds 2 --wave-rounds 2 --waves 2 --points 12 --wave-steps 1 --wave-measure 2 -t 1 -q)
"$flyt" calibrate . "${few[@]}" -o whole >/dev/null
"$flyt" calibrate . "${few[@]}" -o part >/dev/null &
job=$!
for _ in $(seq 600); do
    [ -s part/state.csv ] && [ "$(wc -l <part/state.csv)" -gt 5 ] && break
    sleep 0.05
done
kill -9 "$job" 2>/dev/null || true
wait "$job" 2>/dev/null || true
# a stop is told, and keeps what is done
"$flyt" calibrate . "${few[@]}" --points 5000 -o stopped --lang en 2>stopped.txt >/dev/null &
job=$!
for _ in $(seq 600); do
    [ -s stopped/state.csv ] && break
    sleep 0.05
done
kill -TERM "$job"
code=0
wait "$job" || code=$?
[ "$code" = 75 ]
grep -q "are kept in .*stopped.*; --resume goes on" stopped.txt
refuses 64 "--resume goes on" calibrate . "${few[@]}" -o part
"$flyt" calibrate . "${few[@]}" -o part --resume >/dev/null
cmp whole/admitted.csv part/admitted.csv
cmp whole/state.csv part/state.csv
# threads change nothing
"$flyt" calibrate . "${few[@]}" -t 3 -o threads >/dev/null
cmp whole/state.csv threads/state.csv
refuses 65 "another calibration" calibrate . "${few[@]}" --seed 9 -o part --resume

# when no set fits it says so, and there is none to run
write_targets 90 1
"$flyt" calibrate . "${few[@]}" -o nothing --lang en >nothing.txt
grep -q "^admitted sets: 0$" nothing.txt
grep -q "^no set fits: every point that was run misses a target" nothing.txt
grep -q "^no set fits" found.txt && { echo "sets were found"; exit 1; }
refuses 65 "there are no rows" run . --set-file nothing/admitted.csv --row 1 -o x.h5

sed -i 's/total_fertility/total_fertilty/' calibration.csv
refuses 65 "calibration.csv:3:1: .*did you mean .fertility.total_fertility" calibrate . -o other
sed -i 's/total_fertilty/total_fertility/; s/,births,1,/,birth,1,/' calibration.csv
refuses 65 "no target \"birth\"; did you mean .births" calibrate . -o other
refuses 65 "no table 'calibration'" calibrate "$FLYT_SOURCE_DIR/scenarios/tiny" \
    --targets targets.csv -o other

#!/usr/bin/env bash
# A result file alone is enough to make it again, byte for byte (PROMISES 14): scenario, tables, what
# they extend, what --set, --set-file, --years, --seed and --replicate said.
set -eu
flyt=$1
scenarios=$FLYT_SOURCE_DIR/scenarios
mkdir work
cp -r "$scenarios/tiny" work/tiny
cp "$scenarios/schelling.yaml" work/
mkdir work/child
printf 'extends: ../tiny\ntitle: Æblehaven\nyears: 2\nparameters:\n  search.owner: 0.1\n' >work/child/scenario.yaml
printf 'title: as shipped\nextends: tiny\n' >work/shipped.yaml
printf 'set,search.owner,standstill.months\n1,0.2,0\n2,0.05,0\n' >work/sets.csv
off="--set standstill.months=0 --quiet"
n=0
make() {
    n=$((n + 1))
    "$flyt" run "$@" -o $n.h5
}
make work/tiny $off --years 1 --replicates 2 --seed 7
make work/tiny $off --years 1 --replicate 4 --set title=Other
make work/tiny --quiet --years 1 --set-file work/sets.csv --row 2 --set search.owner=0.3
make work/child $off --allow-outside --set start=2023
make work/schelling.yaml --quiet --years 5
if [ "${FLYT_LONG:-0}" = 1 ]; then
    make work/tiny $off --years 2
    make work/tiny/scenario.yaml $off --set years=1
    make work/tiny --quiet --years 1 --set standstill.months=12
    make work/shipped.yaml $off --years 1
    cp -r "$scenarios" work/places # some read tables of others
    for place in work/places/*/scenario.yaml; do
        make "$place" $off --years 1 --replicates 1 --allow-outside
    done
fi
mv work gone && rm -r gone
for k in $(seq $n); do
    "$flyt" rerun $k.h5 --threads $((k % 3 + 1)) --quiet -o again.h5
    cmp $k.h5 again.h5
done
"$flyt" rerun 1.h5 | grep -q 'the same content'
"$flyt" verify $(seq -f %g.h5 $n) --quiet
# a file that is no longer what it was is not made again
printf 'x' >>2.h5
code=0
"$flyt" rerun 2.h5 >said 2>&1 || code=$?
[ $code = 65 ] && grep -q damaged said
echo "$n files made again"

#!/usr/bin/env bash
# sweep.sh FLYT [SCENARIO [YEARS [RUNS]]]: what the machinery of `flyt sweep` costs against bare runs of
# `flyt run`, and how well two threads share a sweep (defaults: tiny, 100 years, 32 runs).
# Both need a machine with two free processors; processor time alone is told beside the clock, for those
# who have none. Three rounds; the least of each counts.
set -eu
flyt=$(realpath "$1") scenario=${2:-tiny} years=${3:-100} runs=${4:-32} rounds=3
scenarios=$(realpath "$(dirname "$0")/../../scenarios")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export LC_ALL=C OMP_WAIT_POLICY=passive
TIMEFORMAT='%R %U %S'
cat >sweep.yaml <<YAML
scenario: $scenarios/$scenario
plan: list
points: [{}]
replicates: $runs
years: $years
time: months
YAML

# timed NAME COMMAND...: appends "clock processor" to NAME
timed() {
    local name=$1
    shift
    { time "$@" >/dev/null 2>err.txt; } 2>time.txt || { cat err.txt; exit 1; }
    awk '{print $1, $2 + $3}' time.txt >>"$name"
}
sweep() {
    rm -rf "sweep-$1"
    "$flyt" sweep sweep.yaml -o "sweep-$1" -t "$1" -q --allow-outside
}
for _ in $(seq $rounds); do
    timed bare "$flyt" run "$scenarios/$scenario" --years "$years" --replicates "$runs" \
        -t 1 -o bare.h5 -q
    timed one sweep 1
    timed two sweep 2
done
least() { awk -v c="$2" '$c < m || NR == 1 {m = $c} END {print m}' "$1"; }
awk -v b="$(least bare 2)" -v o="$(least one 2)" -v t="$(least two 2)" \
    -v bw="$(least bare 1)" -v ow="$(least one 1)" -v tw="$(least two 1)" 'BEGIN {
    printf "processor seconds: bare runs %.2f, sweep %.2f (overhead %+.1f %%), on two threads %.2f (%.1f %% of one thread'"'"'s)\n",
        b, o, 100 * (o / b - 1), t, 100 * o / t
    printf "clock: bare runs %.2f s, sweep %.2f s (%+.1f %%), on two threads %.2f s: efficiency %.1f %%\n",
        bw, ow, 100 * (ow / bw - 1), tw, 100 * ow / 2 / tw }'

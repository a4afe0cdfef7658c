#!/usr/bin/env bash
# scripts/members.sh [FOLDER [PAIRS [SAMPLE [YEARS [CAPACITY [OPTION...]]]]]]: H3, intake steering with 1, 2, 4 and 10
# members drawn by lot in each pair, all together assigning as many households a year. One folder of
# results for each number of members; then a table of what changes by the last year. Options go to flyt compare, such as
# --set standstill.months=120, or --set policies.intake_steering.draw=alike (or unlike): members whose shares of almen
# homes differ least (or most) instead of any.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=${1:-runs/members} pairs=${2:-80} sample=${3:-8} years=${4:-5} capacity=${5:-8}
shift $(($# < 5 ? $# : 5))
flyt=${FLYT:-build/release/flyt}
mkdir -p "$(dirname "$folder")"

for n in 1 2 4 10; do
    "$flyt" compare scenarios/hypotheses/h3.yaml intake_steering -n "$pairs" --sample "$sample" \
        --years "$years" --set policies.intake_steering.join=random \
        --set policies.intake_steering.members="$n" --set policies.intake_steering.quota=1 \
        --set policies.intake_steering.capacity="$capacity" -o "$folder/$n" -q "$@" >"$folder-$n.txt"
done
printf '%-22s %8s %9s %9s %9s %9s %9s\n' outcome members without with change low high
for outcome in few_resources few_receiving few_released few_outside few_private segregation queued \
    steering_spread steering_assigned steering_unfilled steering_waiting municipalities; do
    for n in 1 2 4 10; do
        awk -F, -v outcome="$outcome" -v n="$n" '$3 == outcome { last = $0 } END { if (last != "") {
            split(last, f, ","); printf "%-22s %8d %9.4g %9.4g %+9.4g %+9.4g %+9.4g\n", outcome, n,
            f[7], f[8], f[9], f[10], f[11] } }' "$folder/$n/compare.csv"
    done
done

#!/usr/bin/env bash
# scripts/members.sh: its options reach flyt, and who is alike differs less than who is unlike.
set -eu
export FLYT=$1
cd "$2"
small="$2/%s 1 256 2 2 --set standstill.months=0"
for draw in alike unlike; do
    # shellcheck disable=SC2059,SC2046 # the words are several arguments
    bash "$FLYT_SOURCE_DIR/scripts/members.sh" $(printf "$small" $draw) --set policies.intake_steering.draw=$draw >$draw.txt
done
spread() { awk -v n="$2" '$1 == "steering_spread" && $2 == n { print $4 }' "$1.txt"; }
for n in 2 4; do
    awk -v a="$(spread alike $n)" -v b="$(spread unlike $n)" 'BEGIN { exit !(0 < a && a < b) }'
done
[ "$(spread alike 10)" = "$(spread unlike 10)" ] # all are in
grep -q "^few_resources  *4 " alike.txt

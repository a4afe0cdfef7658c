#!/usr/bin/env bash
# The yearly values of tax, benefits and wages come from the facts byte for byte.
set -eu
out=$2/livelihood_years.csv
"$FLYT_SOURCE_DIR/scripts/make-livelihood-years.py" "$out"
cmp "$out" "$FLYT_SOURCE_DIR/scenarios/data/livelihood_years.csv"

# Funen's drivers hold each of those rows, and the check tells what is kept past the last year.
flyt=$1 fyn=$FLYT_SOURCE_DIR/scenarios/fyn
grep -v '^#' "$out" | sed 1d >"$2/rows"
[ "$(wc -l <"$2/rows")" -gt 300 ]
grep -Fxf "$2/rows" "$fyn/drivers.csv" | cmp - "$2/rows"
"$flyt" check "$fyn" --lang en >"$2/check"
grep -q '^no value after 2026; it is kept to 2053: income.wage_index .* tax.allowance' "$2/check"
"$flyt" check "$fyn/fyn-2015.yaml" --lang da >"$2/check"
grep -q '^ingen værdi efter 2021; den beholdes til 2022: work.demand ' "$2/check"

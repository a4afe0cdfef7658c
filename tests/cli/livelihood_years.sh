#!/usr/bin/env bash
# The yearly values of tax, benefits and wages come from the facts byte for byte.
set -eu
out=$2/livelihood_years.csv
"$FLYT_SOURCE_DIR/scripts/make-livelihood-years.py" "$out"
cmp "$out" "$FLYT_SOURCE_DIR/scenarios/data/livelihood_years.csv"

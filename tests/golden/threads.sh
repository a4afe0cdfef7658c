#!/usr/bin/env bash
# threads.sh FLYT: the whole file, not only its content, is the same bytes on any number of threads.
set -eu
flyt=$1
src=$FLYT_SOURCE_DIR
for threads in 1 2 3 7 16; do
    "$flyt" run "$src/scenarios/fyn" --set years=2 --set standstill.months=6 -n 3 -t "$threads" -q -o "$threads.h5"
    cmp 1.h5 "$threads.h5"
done
"$flyt" run "$src/scenarios/fyn" --set years=2 --set standstill.months=6 -n 3 --seed 2 -q -o other.h5
if cmp -s 1.h5 other.h5; then
    echo "another seed gave the same file"
    exit 1
fi

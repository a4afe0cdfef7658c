#!/usr/bin/env bash
# threads.sh FLYT: the whole file, not only its content, is the same bytes on any number of threads.
set -eu
flyt=$1
src=$FLYT_SOURCE_DIR
for threads in 1 2 3 7 16; do
    "$flyt" run "$src/scenarios/fyn" --years 1 --set standstill.months=3 -n 1 -t "$threads" -q -o "fyn-$threads.h5"
    cmp fyn-1.h5 "fyn-$threads.h5"
    "$flyt" run "$src/scenarios/tiny" --years 3 -n 5 -t "$threads" -q -o "tiny-$threads.h5"
    cmp tiny-1.h5 "tiny-$threads.h5"
done
"$flyt" run "$src/scenarios/tiny" --years 3 -n 5 --seed 2 -q -o other.h5
if cmp -s tiny-1.h5 other.h5; then
    echo "another seed gave the same file"
    exit 1
fi

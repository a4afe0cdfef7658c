#!/usr/bin/env bash
# Result files from strangers: each has a right digest and something in it that Flyt never writes.
set -eu
. "$(dirname "$0")/common.bash"
need_python python3-h5py h5py numpy
small_copy
"$python" "$source_dir/tests/clients/make_hostile.py" small.h5
n=0
for file in bad_*.h5; do
    set +e
    timeout 20 "$flyt" export "$file" -o out --quiet >said.txt 2>&1
    code=$?
    set -e
    [ $code = 65 ] || { echo "$file: exit $code"; cat said.txt; exit 1; }
    [ "$(wc -l <said.txt)" = 1 ] || { echo "$file:"; cat said.txt; exit 1; }
    if grep -qP '[\x00-\x08\x1b]' said.txt; then echo "$file: control characters"; exit 1; fi
    n=$((n + 1))
done
[ ! -e out ] || { echo "something was exported"; exit 1; }
"$flyt" export good_resealed.h5 -o out --quiet # the sealing itself is right
echo "$n files refused"
[ "$n" -ge 20 ]

#!/usr/bin/env bash
# A really full disk under a sweep, and under its merge: exit 74 with the path, all finished runs
# intact, no part file; once there is room again they go on and give the same bytes. The disk is a
# small one in memory, which only root (or a namespace of one's own) can mount.
set -eu
flyt=$1
cd "$2"
export LC_ALL=C OMP_WAIT_POLICY=passive
if [ -z "${FLYT_IN_NAMESPACE:-}" ]; then
    if unshare -m true 2>said.txt; then
        exec env FLYT_IN_NAMESPACE=1 unshare -m bash "$0" "$flyt" "$PWD"
    elif unshare -rm true 2>said.txt; then
        exec env FLYT_IN_NAMESPACE=1 unshare -rm bash "$0" "$flyt" "$PWD"
    fi
    echo "skipped: a small disk cannot be mounted here"
    exit 77
fi
mkdir disk
if ! mount -t tmpfs -o size=64m none disk 2>said.txt; then
    echo "skipped: a small disk cannot be mounted here"
    exit 77
fi
trap 'umount disk' EXIT

cat >small.yaml <<'YAML'
title: Too much for the disk
scenario: tiny
plan: list
points: [{}]
replicates: 6
years: 1
parameters: {standstill.months: 1}
time: months
YAML
"$flyt" sweep small.yaml -o whole -q
"$flyt" merge whole -q
full() { # PATH COMMAND...: ends with exit 74 and names the file; no part file is left
    local path=$1 code=0
    shift
    "$@" 2>err.txt || code=$?
    [ "$code" -eq 74 ] || { echo "exit $code for $*"; cat err.txt; exit 1; }
    grep -q "$path.*No space left on device" err.txt || { cat err.txt; exit 1; }
    [ -z "$(find disk -name '*.part')" ] || { find disk; exit 1; }
    cat err.txt
}

run_bytes=$(stat -c %s whole/runs/point-000000-replicate-0000.run)
size() { # ROOM BYTES: the disk is so large
    mount -o remount,size="$1" disk
}
"$flyt" sweep small.yaml -o disk/s --shard 0/6 -q -t 1 # the plan, and one run
held=$(du -sB1 disk | cut -f1)
size $((held + 2 * run_bytes + 8192))
full 'disk/s/runs/point-000000-replicate-000' "$flyt" sweep small.yaml -o disk/s -q --resume -t 2 --lang en
n=$(find disk/s/runs -name '*.run' | wc -l)
[ "$n" -ge 2 ] && [ "$n" -lt 6 ]
for run in disk/s/runs/*.run; do cmp "$run" "whole/runs/${run##*/}"; done
size 64m
"$flyt" sweep small.yaml -o disk/s -q --resume
held=$(du -sB1 disk | cut -f1)
size $((held + 65536))
full 'disk/s.h5' "$flyt" merge disk/s -q --lang en
[ ! -e disk/s.h5 ]
cp whole.h5 keep.h5 # an older file stays as it is
size 64m
"$flyt" merge disk/s -q
cmp whole.h5 disk/s.h5
held=$(du -sB1 disk | cut -f1)
size $((held + 65536))
full 'disk/s.h5' "$flyt" merge disk/s -q --lang en
cmp keep.h5 disk/s.h5

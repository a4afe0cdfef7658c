#!/usr/bin/env bash
# Shards, threads, ranks of MPI and merges of a sweep are killed, by -9 and by TERM, at random moments
# and in the middle of writes; --resume and flyt merge then give the bytes of the sweep that nobody
# disturbed, and no part file is left (PROMISES 4, 15). A table tells what each kill hit.
# FLYT_LONG=1: 100 kills. FLYT_MPI: a flyt that was built with MPI, when the tested one was not.
set -eu
flyt=$1
cd "$2"
export LC_ALL=C OMP_WAIT_POLICY=passive OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
if ldd "$flyt" | grep -qE 'lib[at]san'; then
    echo "skipped: sanitizers want to be loaded first; run in another build"
    exit 77
fi
cc -O1 -shared -fPIC -o watch_call.so "$FLYT_SOURCE_DIR/tests/fault/watch_call.c" -ldl
mpi=${FLYT_MPI:-$flyt}
ldd "$mpi" | grep -q libmpi && command -v mpirun >found.txt || mpi=
kills=12
[ "${FLYT_LONG:-0}" != 1 ] || kills=100
exec python3 "$FLYT_SOURCE_DIR/tests/fault/kills.py" "$flyt" "$PWD" "$kills" "$mpi"

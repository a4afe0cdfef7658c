#!/usr/bin/env bash
# A result file as h5py users meet it; its digests are worked out anew from the description.
set -eu
. "$(dirname "$0")/common.bash"
need_python python3-h5py h5py numpy
small_run --set market.nothing=1 2>/dev/null && { echo "an unknown parameter was accepted"; exit 1; }
[ ! -e small.h5 ] || { echo "a refused run left a file"; exit 1; }
small_copy
"$python" "$source_dir/tests/clients/check_h5py.py" small.h5

#!/usr/bin/env bash
# The examples run on a result, where Python and R are present, and read the same numbers.
set -eu
. "$(dirname "$0")/common.bash"
"$flyt" run "$source_dir/scenarios/tiny" -o small.h5 --quiet --replicates 2 --years 2 --set standstill.months=0
need_python 'python3-xarray python3-h5netcdf python3-h5py' xarray h5netcdf h5py
"$python" "$source_dir/examples/read.py" small.h5 >python.txt
grep -q '^Nordby og Sydby' python.txt
grep -q 'axes replicate time municipality channel, shape (2, 25, 2, 8)' python.txt
grep -q 'letting.municipal_share: 0.25 (published)' python.txt
if ! Rscript -e 'library(rhdf5)' >/dev/null 2>&1; then
    echo "R with rhdf5 is not installed: apt-get install r-base-core r-bioc-rhdf5"
    exit 0
fi
Rscript "$source_dir/examples/read.R" small.h5 >r.txt 2>said
[ ! -s said ] || { cat said; exit 1; }
grep -q 'letting.municipal_share: 0.25 (published)' r.txt
diff <(grep '^  ' python.txt | head -7) <(grep '^  ' r.txt)

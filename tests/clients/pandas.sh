#!/usr/bin/env bash
# The tables of `flyt export` as pandas and R users meet them: opened without options.
set -eu
. "$(dirname "$0")/common.bash"
need_python "python3-pandas python3-h5py" pandas h5py
small_copy
"$flyt" export small.h5 --csv -o tables --quiet
"$flyt" export small.h5 --csv -o danish --quiet --lang da --decimal-comma moves_out
"$python" "$source_dir/tests/clients/check_pandas.py" small.h5 tables danish
if command -v Rscript >/dev/null; then
    Rscript -e 'd <- read.csv("tables/households.csv"); stopifnot(is.integer(d$households), "Ærø" %in% d$municipality)'
fi
set +e
"$flyt" export small.h5 --csv -o tables huseholds 2>said.txt
code=$?
set -e
[ "$code" = 64 ] && grep -q "did you mean households" said.txt || { cat said.txt; exit 1; }

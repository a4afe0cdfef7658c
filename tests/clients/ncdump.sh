#!/usr/bin/env bash
# A result file as netCDF users meet it.
set -eu
. "$(dirname "$0")/common.bash"
need_program ncdump netcdf-bin
small_copy
ncdump small.h5 >all.txt # reads every value
ncdump -h small.h5 >head.txt
ncdump -t -v time small.h5 >time.txt
for line in 'municipality = 10 ;' 'tenure = 4 ;' 'time = 25 ;' 'year = 3 ;' 'replicate = 2 ;' \
    'int64 households(replicate, time, municipality, tenure) ;' \
    'string municipality(municipality) ;' 'string households:units = "households" ;' \
    'string :Conventions = "CF-1.8" ;' 'group: parameters {' 'group: provenance {'; do
    grep -qF "$line" head.txt || { echo "ncdump -h lacks: $line"; exit 1; }
done
grep -qF '"Ærø"' all.txt || { echo "no Ærø in ncdump"; exit 1; }
grep -qF '"2024-01-01", "2024-02-01", "2024-03-01"' time.txt || { echo "no dates"; exit 1; }
if grep -q phony_dim head.txt; then echo "an axis has no name"; exit 1; fi

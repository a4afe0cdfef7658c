#!/usr/bin/env bash
# A result file as xarray users meet it, through both netCDF-4 readers.
set -eu
. "$(dirname "$0")/common.bash"
need_python "python3-xarray python3-netcdf4 python3-h5netcdf" xarray h5py netCDF4 h5netcdf
small_copy
"$python" "$source_dir/tests/clients/check_xarray.py" small.h5

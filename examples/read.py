#!/usr/bin/env python3
"""examples/read.py FILE.h5: a result of Flyt opened in Python, with xarray and with h5py.

Debian: apt-get install python3-xarray python3-h5netcdf python3-h5py
"""
import sys

import h5py
import xarray as xr

path = sys.argv[1] if len(sys.argv) == 2 else sys.exit(__doc__)

# xarray: series with their dimensions, labels, units and dates
with xr.open_dataset(path) as data:
    print(data.attrs["title"])
    vacant = 100 * data.vacant_homes.sum("municipality") / data.homes.sum("municipality")
    print("\nVacant homes at the end, % of homes, median of replicates:")
    for tenure, share in zip(data.tenure.values, vacant.isel(time=-1).median("replicate").values):
        print(f"  {tenure:20} {share:5.2f}")

    # a share of an area over the years: persons outside work among those of 18 to 64
    outside = 100 * data.area_outside_work / data.area_working_age
    print("\nOutside work, % of 18-64, mean of replicates:")
    for area in data.area.values[:3]:
        years = outside.sel(area=area).mean("replicate")
        print(f"  {area:20} {float(years[0]):5.1f} -> {float(years[-1]):5.1f}")

# h5py: the same file as it lies, parameters and provenance too
with h5py.File(path) as file:
    series = file["lettings"]
    print(f"\n{series.attrs['long_name']}, {series.attrs['units']}:")
    print(f"  axes {series.attrs['axes']}, shape {series.shape}")
    print(f"  in the last month: {series[:, -1].sum(axis=(1, 2)).tolist()} by replicate")
    share = file["parameters"]["letting.municipal_share"]
    print(f"\nletting.municipal_share: {share[0]} ({share.attrs['evidence']})")
    print(f"made by Flyt {file['provenance'].attrs['version']}")

"""Opens a Flyt result with xarray and selects by label and date."""
import sys

import h5py
import numpy as np
import xarray as xr

path = sys.argv[1]
raw = h5py.File(path)


def check(condition, what):
    if not condition:
        sys.exit(f"{path}: {what}")


for engine in ("netcdf4", "h5netcdf"):
    d = xr.open_dataset(path, engine=engine)
    check(d.time.dtype.kind == "M", f"{engine}: times are no dates")
    check(str(d.time.values[0])[:10] == "2024-01-01", f"{engine}: first date")
    check(str(d.time.values[-1])[:10] == "2026-01-01", f"{engine}: last date")
    check(d.households.dims == ("replicate", "time", "municipality", "tenure"), f"{engine}: dims")
    at = d.households.sel(municipality="Ærø", tenure="Owner", time="2025-03-01", replicate=1)
    labels = [x.decode() for x in raw["municipality"][:]]
    check(int(at) == raw["households"][1, 14, labels.index("Ærø"), -1], f"{engine}: by label")
    check("tenure_da" in d.households.coords, f"{engine}: Danish labels are no coordinates")
    check("Ejer" in d.tenure_da.values, f"{engine}: Danish labels")
    check(d.households.attrs["units"] == "households", f"{engine}: units")
    year = d.moves_out.sel(time=slice("2025-02-01", "2026-01-01")).sum(("time", "municipality", "tenure"))
    check(int(year[0]) == raw["moves_out"][0, 13:25].sum() > 0, f"{engine}: the moves of a year")
    h = d.segregation_theil_h.sel(grouping="Origin", place="All municipalities")
    check(h.dims == ("replicate", "year") and bool((h > 0).all()), f"{engine}: segregation by label")
    check("Alle kommuner" in d.place_da.values, f"{engine}: Danish places")
    p = xr.open_dataset(path, engine=engine, group="parameters")
    check("year" in p.coords and len(p.year) == 2, f"{engine}: parameters by year")
    check(all(np.isfinite(p[v].values).all() for v in p.data_vars), f"{engine}: parameters")
    v = xr.open_dataset(path, engine=engine, group="provenance")
    check(len(str(v.content_digest.values[0])) == 64, f"{engine}: provenance")
print("netcdf4 and h5netcdf agree with h5py")

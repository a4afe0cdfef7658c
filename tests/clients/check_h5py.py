"""Checks a Flyt result file as documented in docs/format.md, knowing nothing of Flyt's code."""
import hashlib
import re
import struct
import sys

import h5py
import numpy as np

path = sys.argv[1]
image = open(path, "rb").read()
f = h5py.File(path)


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def check(condition, what):
    if not condition:
        sys.exit(f"{path}: {what}")


# root
check(f.attrs["filetype"] == "flyt-result", "filetype")
check(f.attrs["Conventions"] == "CF-1.8", "Conventions")
check(f.attrs["format_version"] == 1, "format_version")
check(f.attrs["complete"] == 1, "complete")
check(isinstance(f.attrs["title"], str) and f.attrs["title"], "title")

# the digest of the file: of its bytes with zeros in the digest's place
digest = text(f.attrs["file_digest"])
check(image.count(digest.encode()) == 1, "file_digest stands once")
zeroed = image.replace(digest.encode(), b"0" * 64)
check(hashlib.sha256(zeroed).hexdigest() == digest, "file_digest")

# every variable says what it is
n_variables = 0


def visit(name, item):
    global n_variables
    if not isinstance(item, h5py.Dataset):
        return
    n_variables += 1
    for attribute in ("units", "long_name", "long_name_da"):
        check(attribute in item.attrs and item.attrs[attribute], f"{name} has no {attribute}")
        check(text(item.attrs[attribute]), f"{name}: {attribute} is no text")
    if h5py.h5ds.is_scale(item.id):
        return
    for axis in range(item.ndim):
        check(len(item.dims[axis]) == 1, f"{name}: axis {axis} has no scale")
        check(len(item.dims[axis][0]) == item.shape[axis], f"{name}: axis {axis} has another length")
    if item.chunks:
        check(np.prod(item.chunks) * item.dtype.itemsize <= 2**20, f"{name}: chunk beyond 1 MiB")
        check(item.shuffle and item.fletcher32 and item.compression == "gzip"
              and item.compression_opts == 1, f"{name}: filters")


f.visititems(visit)
check(n_variables > 20, "there are hardly any variables")

# labels in two languages
check("Ærø" in [text(x) for x in f["municipality"][:]], "Ærø")
check("Ejer" in f["tenure_da"].asstr()[:], "Danish labels")
check(len(f["time"]) == 25 and f["time"][1] == 31 and text(f["time"].attrs["units"]) == "days since 2024-01-01", "time")

# series: the name of each axis, and one digest a replicate
series = {name: item for name, item in f.items() if "axes" in item.attrs}
check({"households", "homes", "vacant_homes", "moves_out", "waiting"} <= set(series), "series")
for name, item in series.items():
    axes = item.attrs["axes"].split()
    scales = [item.dims[i][0].name.lstrip("/") for i in range(item.ndim)]
    check(axes == scales, f"{name}: axes are {axes}, scales {scales}")


def number(n):
    return struct.pack("<Q", n & (2**64 - 1))


def string(s):
    return number(len(s.encode())) + s.encode()


def content(replicate):
    h = hashlib.sha256()
    h.update(string("flyt-content-1") + number(int(f["year"][0])))
    for name in sorted(series):
        item = series[name]
        data = item[replicate]
        if "policy" in item.attrs and not data.any():
            continue
        axes = item.attrs["axes"].split()
        h.update(string(name) + number(int(item.dtype.kind == "f")))
        h.update(number(int("sum" in item.attrs["cell_methods"])) + number(int(axes[1] == "year")))
        h.update(number(data.shape[0]) + number(len(axes) - 2))
        for axis in axes[2:]:
            labels = f[axis].asstr()[:]
            h.update(string(axis) + number(len(labels)) + b"".join(string(x) for x in labels))
        h.update(data.astype("<f8" if data.dtype.kind == "f" else "<i8").tobytes())
    return h.hexdigest()


written = [text(x) for x in f["provenance/content_digest"][:]]
check(written == [content(r) for r in range(len(written))], "content digests")
joined = hashlib.sha256("".join(written).encode()).hexdigest()
check(f.attrs["content_digest"] == (written[0] if len(written) == 1 else joined), "content_digest")

# books: homes are lived in or vacant
check((f["homes"][:] == f["households"][:] + f["vacant_homes"][:]).all(), "homes are not all counted")

# segregation: value, expected and corrected of each measure, by group and place; D = D of its mirror
group, place = list(f["group"].asstr()[:]), list(f["place"].asstr()[:])
check(place[0] == "All municipalities" and place[1:] == list(f["municipality"].asstr()[:]), "places")
d, gini = f["segregation_dissimilarity"][:], f["segregation_gini"][:]
check(d.shape == (2, 3, len(group), len(place)) and d.dtype == np.float64, "segregation: shape")
check(text(f["segregation_dissimilarity"].attrs["units"]) == "1", "segregation: units")
check(((d >= 0) & (d <= gini + 1e-12) & (gini <= 2 * d - d * d + 1e-12)).all(), "D <= G <= 2D - D^2")
expected, corrected = f["segregation_dissimilarity_expected"][:], f["segregation_dissimilarity_corrected"][:]
check(((expected > 0) & (expected < 0.5)).all() and ((corrected >= 0) & (corrected < d)).all(), "corrected D")
shares = f["segregation_share"][:, :, :3]  # origins
check(np.allclose(shares.sum(axis=2), 1), "shares of the origins")
non_western = d[:, 0, group.index("Non-western origin"), 0]
check((non_western > 2 * expected[:, 0, group.index("Non-western origin"), 0]).all(), "segregated by origin")
isolation, interaction = f["segregation_isolation"][:], f["segregation_interaction"][:]
check(np.allclose(isolation + interaction, 1), "xPx + xPy = 1")
check(list(f["grouping"].asstr()[:]) == ["Origin", "Resource class", "Work (adults)", "Household type", "Income"], "groupings")
check(np.isfinite(f["segregation_theil_h"][:]).all() and f["segregation_rank_order_h"].shape == (2, 3, len(place)), "H")

# provenance: inputs as read, no path of this machine
inputs = f["provenance/inputs"]
first = bytes(inputs["input_0"][:]).decode()
check(inputs["input_0"].attrs["path"] == "scenario.yaml" and ("title" in first or "extends" in first), "the scenario as read")
for name, item in inputs.items():
    if not h5py.h5ds.is_scale(item.id):
        check(not item.attrs["path"].startswith("/"), f"{name}: a path of the machine")
check(not re.search(rb"/(home|root|work|tmp|usr)/", image), "a path of the machine is in the file")

# parameters as used
check(len(f["parameters"]) > 5, "parameters")
for name, item in f["parameters"].items():
    if name != "year":
        check({"evidence", "source", "default"} <= set(item.attrs), f"{name}: attributes")
        check(item.shape == f["parameters/year"].shape, f"{name}: one value a year")
print(f"{n_variables} variables, {len(series)} series, digests agree")

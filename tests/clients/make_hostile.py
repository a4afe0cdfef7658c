"""Makes bad_*.h5 from a good result: one thing wrong in each, the digest right again."""
import hashlib
import shutil
import sys

import h5py
import numpy as np

good = sys.argv[1]
text = h5py.string_dtype()


def seal(path):
    with h5py.File(path) as f:
        digest = bytes(f.attrs["file_digest"])
    image = open(path, "rb").read().replace(digest, b"0" * 64)
    open(path, "wb").write(image.replace(b"0" * 64, hashlib.sha256(image).hexdigest().encode(), 1))


def variant(name):
    def make(change):
        path = f"{name}.h5"
        shutil.copy(good, path)
        with h5py.File(path, "r+") as f:
            change(f)
        seal(path)
    return make


def replace(f, name, **options):
    """A dataset anew with the same attributes but for its storage."""
    old = dict(f[name].attrs)
    data = f[name][:]
    del f[name]
    options.setdefault("data", data)
    made = f.create_dataset(name, **options)
    for key in ("units", "long_name", "long_name_da", "how", "axes", "cell_methods"):
        if key in old:
            made.attrs[key] = old[key]
    return made


@variant("good_resealed")
def _(f):
    f.attrs["title"] = "another title"


@variant("bad_soft_link")
def _(f):
    f["alias"] = h5py.SoftLink("/homes")


@variant("bad_external_link")
def _(f):
    f["alias"] = h5py.ExternalLink("/etc/passwd", "/")


@variant("bad_external_link_deep")
def _(f):
    f["provenance/inputs/more"] = h5py.ExternalLink("other.h5", "/")


@variant("bad_external_data")
def _(f):
    shape = f["homes"].shape
    replace(f, "homes", data=None, shape=shape, dtype="i8",
            external=[("/etc/hostname", 0, int(np.prod(shape)) * 8)])


@variant("bad_virtual_data")
def _(f):
    layout = h5py.VirtualLayout(shape=f["homes"].shape, dtype="i8")
    layout[:] = h5py.VirtualSource(good, "homes", shape=f["homes"].shape)
    axes = f["homes"].attrs["axes"]
    attributes = dict(f["homes"].attrs)
    del f["homes"]
    made = f.create_virtual_dataset("homes", layout)
    for key in ("units", "long_name", "long_name_da", "how", "cell_methods"):
        made.attrs[key] = attributes[key]
    made.attrs["axes"] = axes


@variant("bad_filter")
def _(f):
    replace(f, "homes", compression="lzf")


@variant("bad_huge_series")
def _(f):
    made = replace(f, "homes", data=None, shape=(2, 25, 1 << 30, 1 << 20), dtype="i8",
                   chunks=(1, 1, 64, 64))


@variant("bad_huge_dimension")
def _(f):
    for name in ("municipality", "municipality_da"):
        replace(f, name, data=None, shape=(1 << 40,), dtype=text, chunks=(1024,))


@variant("bad_huge_chunk")
def _(f):
    replace(f, "homes", data=None, shape=f["homes"].shape, maxshape=(None,) * 4, dtype="i8",
            chunks=(512, 512, 64, 8))


@variant("bad_labels_on_two_lines")
def _(f):
    f["municipality"][0] = "Odense\nset output '/tmp/x'"


@variant("bad_label_escape")
def _(f):
    f["municipality"][0] = "\x1b[2J"


@variant("bad_label_bytes")
def _(f):
    f["municipality"][0] = b"\xff\xfe"


@variant("bad_long_label")
def _(f):
    f["municipality"][0] = "x" * 100000


@variant("bad_title")
def _(f):
    f.attrs["title"] = "two\nlines"


@variant("bad_name_path")
def _(f):
    f.move("homes", "..")


@variant("bad_name_dash")
def _(f):
    f.move("homes", "-rf")


@variant("bad_name_long")
def _(f):
    f.move("homes", "h" * 5000)


@variant("bad_newer_format")
def _(f):
    f.attrs["format_version"] = 2


@variant("bad_filetype")
def _(f):
    f.attrs["filetype"] = "flyt-result-of-others"


@variant("bad_axes")
def _(f):
    f["homes"].attrs["axes"] = "replicate time tenure municipality"


@variant("bad_axes_unknown")
def _(f):
    f["homes"].attrs["axes"] = "replicate time here there"


@variant("bad_type")
def _(f):
    replace(f, "homes", data=f["homes"][:].astype("f4"))


@variant("bad_rank")
def _(f):
    replace(f, "homes", data=f["homes"][:].reshape(2, 25, 40))


@variant("bad_years")
def _(f):
    f["year"][0] = 20240


@variant("bad_times")
def _(f):
    f["time"][3] = float("nan")


@variant("bad_no_replicates")
def _(f):
    del f["replicate"]


@variant("bad_digests")
def _(f):
    f["provenance/content_digest"][0] = "abc"


@variant("bad_series_group")
def _(f):
    del f["year"]
    f.create_group("year")


image = bytearray(open(good, "rb").read())
image[len(image) // 2] ^= 4
open("bad_bit.h5", "wb").write(image)
open("bad_truncated.h5", "wb").write(image[: len(image) // 2])
open("bad_empty.h5", "wb").write(b"")

"""Writes numpy.npz, which npz_test.go reads: every type of number, both orders, with numpy 2.4.6.

    python generate.py
"""
import numpy as np

base = np.arange(24).reshape(2, 3, 4) - 5
arrays = {"scalar": np.float64(2.5), "empty": np.zeros((0, 3), "f4"), "fortran": np.asfortranarray(base.astype("f4")), "vector": np.arange(3, dtype="f4") / 3}
for t in "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 >i2 >i4 >i8 >u2 >f2 >f4 >f8".split():
    arrays[t.replace(">", "big_")] = (np.abs(base) if "u" in t else base).astype(t)
np.savez_compressed("numpy.npz", **arrays)

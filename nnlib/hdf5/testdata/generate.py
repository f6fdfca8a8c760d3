"""Writes the files that hdf5_test.go reads, with h5py 3.14.

    python generate.py
"""
import h5py, numpy as np

with h5py.File("h5py.h5", "w") as f:
    for k in range(12):
        f[f"layers/dense_{k}/vars/0"] = (np.arange(6).reshape(2, 3) + k).astype("f4")
        f[f"layers/dense_{k}/vars"].attrs["name"] = f"dense_{k}"
    f["others/count"], f["others/big"] = np.int64(7), np.array([7, 8], ">f8")
    f["others/empty"], f["others/small"] = np.zeros((0, 3), "f4"), np.array([1, 2], "u1")
with h5py.File("compressed.h5", "w") as f:
    f.create_dataset("x", data=np.zeros(100), compression="gzip")

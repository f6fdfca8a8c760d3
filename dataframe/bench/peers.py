"""The operations of operations.go in pandas and polars; started by compare.go.

A request is the name of an operation, or "memory NAME"; the answer is one line
of JSON: wall and CPU seconds, or the peak of memory above the start.
"""
import gc, io, json, os, sys, time, tracemalloc

library, folder = sys.argv[1], sys.argv[2]
import numpy as np


def read(name, kind):
    return np.fromfile(os.path.join(folder, name), dtype=kind)


a, b, c, w = (read(n, "<f8") for n in ("a", "b", "c", "w"))
k, ident, rid = (read(n, "<i8") for n in ("k", "id", "rid"))
csv = open(os.path.join(folder, "data.csv"), "rb").read()


def pandas_operations():
    import pandas as pd
    pd.set_option("compute.use_bottleneck", False)
    pd.set_option("compute.use_numexpr", False)
    print("pandas", pd.__version__, "numpy", np.__version__, flush=True)
    df = pd.DataFrame({"a": a, "b": b, "c": c, "k": k})
    shifted = df.shift(1)
    both = pd.concat([shifted, df], axis=1)
    left = pd.DataFrame({"a": a, "b": b, "c": c, "id": ident})
    right = pd.DataFrame({"id": rid, "w": w})

    def pipeline():
        values = pd.concat([df.shift(1), df], axis=1).dropna().values
        return values[:, :4], values[:, 4:]

    return {
        "pipeline": pipeline,
        "groupmean": lambda: df.groupby("k").mean(),
        "sort": lambda: df.sort_values("a", kind="stable"),
        "csvread": lambda: pd.read_csv(io.BytesIO(csv), float_precision="round_trip"),
        "csvwrite": lambda: df.to_csv(io.StringIO(), index=False),
        "describe": lambda: df.describe(),
        "shift": lambda: df.shift(1),
        "concat": lambda: pd.concat([shifted, df], axis=1),
        "dropna": lambda: both.dropna(),
        "values": lambda: np.ascontiguousarray(both.values),
        "filter": lambda: df[df["a"] > 0],
        "merge": lambda: left.merge(right, on="id"),
    }


def polars_operations():
    import polars as pl
    print("polars", pl.__version__, flush=True)
    df = pl.DataFrame({"a": a, "b": b, "c": c, "k": k}).with_columns(pl.col("b").fill_nan(None))
    shifted = df.shift(1)
    both = pl.concat([shifted.rename(lambda n: n + "_1"), df], how="horizontal")
    left = pl.DataFrame({"a": a, "b": b, "c": c, "id": ident})
    right = pl.DataFrame({"id": rid, "w": w})

    def pipeline():
        lagged = pl.concat([df.shift(1).rename(lambda n: n + "_1"), df], how="horizontal").drop_nulls().to_numpy()
        return lagged[:, :4], lagged[:, 4:]

    return {
        "pipeline": pipeline,
        "groupmean": lambda: df.group_by("k").mean().sort("k"),
        "sort": lambda: df.sort("a", maintain_order=True),
        "csvread": lambda: pl.read_csv(io.BytesIO(csv)),
        "csvwrite": lambda: df.write_csv(io.BytesIO()),
        "describe": lambda: df.describe(),
        "shift": lambda: df.shift(1),
        "concat": lambda: pl.concat([shifted.rename(lambda n: n + "_1"), df], how="horizontal"),
        "dropna": lambda: both.drop_nulls(),
        "values": lambda: both.to_numpy(),
        "filter": lambda: df.filter(pl.col("a") > 0),
        "merge": lambda: left.join(right, on="id", maintain_order="left"),
    }


operations = {"pandas": pandas_operations, "polars": polars_operations}[library]()
for line in sys.stdin:
    words = line.split()
    run = operations[words[-1]]
    gc.collect()
    if words[0] == "memory":
        tracemalloc.start()
        result = run()
        answer = {"Memory": tracemalloc.get_traced_memory()[1]}
        tracemalloc.stop()
    else:
        wall, cpu = time.perf_counter(), time.process_time()
        result = run()
        answer = {"Wall": time.perf_counter() - wall, "CPU": time.process_time() - cpu}
    del result
    print(json.dumps(answer), flush=True)

"""Answers the property tests: reads one JSON case a line, writes what pandas gives.

A case is a call as in regenerate.py and its frames; started by oracle_test.go.
"""
import json, math, sys

import numpy as np
import pandas as pd
from numpy import nan

pd.set_option("compute.use_bottleneck", False)
pd.set_option("compute.use_numexpr", False)


def cell(x):
    if x is None or x is pd.NaT or isinstance(x, float) and math.isnan(x):
        return "@NaN"
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    if isinstance(x, (float, np.floating)):
        x = float(x)
        return "@NaN" if math.isnan(x) else "@Inf" if x == math.inf else "@-Inf" if x == -math.inf else x
    return str(x)


def encode(df):
    return {"kind": "frame", "columns": [str(c) for c in df.columns], "index": [cell(i) for i in df.index],
            "dtypes": [str(t) for t in df.dtypes], "data": [[cell(v) for v in df.iloc[:, i]] for i in range(df.shape[1])],
            "shape": list(df.shape)}


def decode(v):
    def value(x):
        return {"@NaN": nan, "@Inf": math.inf, "@-Inf": -math.inf}.get(x, x) if isinstance(x, str) else x
    return pd.DataFrame({c: pd.Series([value(x) for x in d], dtype=t) for c, d, t in zip(v["columns"], v["data"], v["dtypes"])},
                        columns=v["columns"])


print("pandas", pd.__version__, "numpy", np.__version__, flush=True)
for line in sys.stdin:
    case = json.loads(line)
    names = dict(globals(), **{k: decode(v) for k, v in case["inputs"].items()})
    try:
        answer = encode(eval(case["call"], names))
    except Exception as e:
        answer = {"kind": "error", "type": type(e).__name__, "message": str(e)}
    print(json.dumps(answer), flush=True)

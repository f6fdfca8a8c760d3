#!/usr/bin/env python3
"""Makes pandas_more.json, and checks or makes pandas_vectors.json again, with real pandas.

    python -m venv v && v/bin/pip install -r dataframe/testdata/requirements.txt
    v/bin/python dataframe/testdata/regenerate.py           # write both files
    v/bin/python dataframe/testdata/regenerate.py --check   # fail if they differ

A case is a Python call, its inputs and what it gave. Missing values are "@NaN",
"@None", "@NaT", infinities "@Inf" and "@-Inf"; frames are column by column; every
number is the shortest decimal that reads back to the same float64.
"""
import io, json, math, os, sys

import numpy as np
import pandas as pd
import scipy
import sklearn
from numpy import nan
from pandas import concat
from scipy import stats
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import TimeSeriesSplit, train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

pd.set_option("compute.use_bottleneck", False)  # it sums in another order
pd.set_option("compute.use_numexpr", False)
HERE = os.path.dirname(os.path.abspath(__file__))
PINNED = {"pandas": "1.5.3", "numpy": "1.24.2", "scipy": "1.10.1", "sklearn": "1.2.1"}


# The published functions that cases call.

def s2s(data, n_in=1, n_out=1, dropnan=True):
    n_vars = 1 if type(data) is list else data.shape[1]
    df = pd.DataFrame(data)
    cols, names = [], []
    for i in range(n_in, 0, -1):
        cols.append(df.shift(i))
        names += ["var%d(t-%d)" % (j + 1, i) for j in range(n_vars)]
    for i in range(0, n_out):
        cols.append(df.shift(-i))
        names += ["var%d(t)" % (j + 1) if i == 0 else "var%d(t+%d)" % (j + 1, i) for j in range(n_vars)]
    agg = concat(cols, axis=1)
    agg.columns = names
    return agg.dropna() if dropnan else agg


def difference(data, interval=1):
    return [data[i] - data[i - interval] for i in range(interval, len(data))]


def inverse_difference(history, yhat, interval=1):
    return yhat + history[-interval]


def walk_forward(data, n_test):
    return [[data[i - 1], data[i]] for i in range(len(data) - n_test, len(data))]


def cohen_d(a, b):
    a, b = np.asarray(a), np.asarray(b)
    n, m = len(a), len(b)
    return float((a.mean() - b.mean()) / math.sqrt(((n - 1) * a.var(ddof=1) + (m - 1) * b.var(ddof=1)) / (n + m - 2)))


# Values to JSON and back.

def cell(x):
    if x is None:
        return "@None"
    if x is pd.NaT:
        return "@NaT"
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    if isinstance(x, (float, np.floating)):
        x = float(x)
        if math.isnan(x):
            return "@NaN"
        if math.isinf(x):
            return "@Inf" if x > 0 else "@-Inf"
        return x
    if isinstance(x, tuple):
        return [cell(y) for y in x]
    return str(x)


def encode(x):
    if isinstance(x, (pd.DataFrame, pd.Series)) and isinstance(x.index, pd.DatetimeIndex):
        x = x.set_axis(x.index.astype(str))  # dates alone where all are midnight
    if isinstance(x, pd.DataFrame):
        return {"kind": "frame", "columns": [cell(c) for c in x.columns], "index": [cell(i) for i in x.index],
                "dtypes": [str(t) for t in x.dtypes], "data": [[cell(v) for v in x.iloc[:, i]] for i in range(x.shape[1])],
                "shape": list(x.shape)}
    if isinstance(x, pd.Series):
        return {"kind": "series", "name": cell(x.name), "index": [cell(i) for i in x.index], "dtype": str(x.dtype),
                "data": [cell(v) for v in x]}
    if isinstance(x, np.ndarray):
        return {"kind": "array", "dtype": str(x.dtype), "shape": list(x.shape), "data": [cell(v) for v in x.ravel()]}
    if isinstance(x, dict):
        return {"kind": "map", "items": {k: encode(v) for k, v in x.items()}}
    if isinstance(x, (list, tuple)):
        return {"kind": "list", "items": [encode(v) for v in x]}
    return {"kind": "scalar", "value": cell(x)}


def uncell(x):
    special = {"@NaN": nan, "@None": None, "@NaT": pd.NaT, "@Inf": math.inf, "@-Inf": -math.inf}
    return special.get(x, x) if isinstance(x, str) else x


def decode(v):
    if v["kind"] == "frame":
        columns = [pd.Series([uncell(x) for x in d], dtype=t, index=range(len(v["index"])))
                   for d, t in zip(v["data"], v["dtypes"])]
        df = concat(columns, axis=1) if columns else pd.DataFrame(index=range(len(v["index"])))
        df.columns = v["columns"]
        if v["index"] != list(range(len(v["index"]))):
            df.index = v["index"]
        return df
    if v["kind"] == "series":
        s = pd.Series([uncell(x) for x in v["data"]], dtype=v.get("dtype"), name=uncell(v.get("name")))
        if v["index"] != list(range(len(s))):
            s.index = v["index"]
        return s
    if v["kind"] == "array":
        return np.array([uncell(x) for x in v["data"]], dtype=v["dtype"]).reshape(v["shape"])
    if v["kind"] == "list":
        return [decode(x) for x in v["items"]]
    return uncell(v["value"])


def evaluate(call, inputs):
    names = dict(globals(), **inputs)
    try:
        if call.startswith("!"):
            exec(call[1:], names)
            return encode(names["out"])
        return encode(eval(call.strip(), names))
    except Exception as e:
        return {"kind": "error", "type": type(e).__name__, "message": str(e).split("\n")[0].strip('"')}


# The further cases.

def numbers(seed, n, holes):
    r = np.random.RandomState(seed)
    df = pd.DataFrame({"a": r.normal(size=n).round(3), "b": r.normal(10, 3, size=n), "i": r.randint(-5, 6, n),
                       "s": r.choice(["x", "y", "zed", ""], n), "k": r.choice(["p", "q", "r"], n), "t": r.randint(0, 2, n) == 1})
    if holes:
        df.loc[r.choice(n, n // 4, replace=False), "a"] = nan
        df.loc[r.choice(n, max(1, n // 5), replace=False), "s"] = None
    return df


FRAMES = {
    "plain": numbers(1, 12, False),
    "holes": numbers(2, 16, True),
    "labels": numbers(3, 9, True).set_index(pd.Index([30, 10, 20, 90, 70, 50, 80, 40, 60])),
    "one": numbers(4, 1, False),
    "long": numbers(5, 40, True),
}

CALLS = {
    "cum": ['df[["a","i"]].cumsum()', 'df[["b","i"]].cumprod()', 'df[["a","i"]].cummax()', 'df[["a","i"]].cummin()'],
    "window": ['df[["a","b"]].rolling(4,min_periods=2).mean()', 'df[["a","b"]].rolling(4,min_periods=2).sum()',
               'df[["a","b"]].rolling(3).var()', 'df[["a"]].rolling(5,min_periods=1).median()',
               'df[["a"]].rolling(4,min_periods=1,center=True).max()', 'df[["a","i"]].rolling(3,min_periods=1).min()',
               'df[["a"]].rolling(6,min_periods=2).quantile(.7)', 'df[["a","b"]].expanding(2).var()',
               'df[["a"]].expanding().median()', 'df[["a","b"]].ewm(span=4).mean()', 'df[["a","b"]].ewm(com=2,min_periods=2).var()',
               'df[["a"]].ewm(alpha=.3,adjust=False,ignore_na=True).std()'],
    "group": ['df.groupby("k")[["a","b","i"]].mean()', 'df.groupby("k")[["a","b","i"]].sum()', 'df.groupby("k")[["a","b"]].median()',
              'df.groupby("k")[["a","b"]].var()', 'df.groupby("k").count()', 'df.groupby("k").nunique()', 'df.groupby("k")[["a","i"]].min()',
              'df.groupby("k")[["a","i","s"]].first()', 'df.groupby("k")[["a","i","s"]].last()',
              'df.groupby(["k","t"])[["b"]].sum()', 'df.groupby("i").size()', 'df.groupby("k")[["a","b"]].transform("mean")'],
    "sort": ['df.sort_values("s",kind="stable")', 'df.sort_values(["k","i"],ascending=[False,True],kind="stable")',
             'df.sort_values("a",ascending=False,kind="stable")', 'df.sort_index()', 'df.sort_values(["t","a"],na_position="first",kind="stable")'],
    "stat": ['df[["a","b","i"]].corr()', 'df[["a","b","i"]].cov()', 'df[["a","b"]].corr("spearman")', 'df[["a","b","i"]].describe()',
             'df[["a","b","i"]].quantile([.1,.5,.95])', 'df[["a","b"]].agg(["sum","mean","std","min","max","median","skew","kurt","sem"])'],
    "shape": ['df.melt(id_vars=["k"],value_vars=["a","b"])', 'df.drop_duplicates(["k","t"])', 'df.head(3)', 'df.tail(-2)', 'df.iloc[1:4]',
              'df.fillna({"a":0.5})', 'df.ffill()', 'df.bfill()', 'df[["a","b"]].interpolate()', 'df[["b","a"]]', 'df.drop(columns=["s"])',
              'df.rename(columns={"a":"A"})', 'df.reset_index()', 'df.shift(2)', 'df[["a","i"]].diff(2)'],
    "filter": ['df.query("a > 0 and k != \'p\'")', 'df.query("(b < 9 or i >= 2) and not t")', 'df.query("-1 <= a < 1")',
               'df.query("a + b * 2 > 20")', 'df.query("k in [\'p\', \'r\'] and i not in [0, 1]")', 'df.query("a.isna()",engine="python")'],
    "join": ['df.merge(other,on="k",how="left").sort_values(["n","m"],kind="stable",ignore_index=True)',
             'df.merge(other,on="k").sort_values(["n","m"],kind="stable",ignore_index=True)',
             'df.merge(other,on="k",how="right").sort_values(["n","m"],kind="stable",ignore_index=True)',
             'df.merge(other,on="k",how="outer").sort_values(["n","m"],kind="stable",ignore_index=True)',
             'df.merge(other,left_on="i",right_on="m").sort_values(["n","m"],kind="stable",ignore_index=True)'],
    "look": ["df.fillna(nan).to_string()", 'df[["a","b","i"]].describe().to_string()', "(df[['b']]*1e7).to_string()", "(df[['b']]*1e-9).to_string()"],
    "csv": ["df.to_csv(index=False)", "pd.read_csv(io.StringIO(df.to_csv(index=False)),float_precision='round_trip')"],
}

OTHER = pd.DataFrame({"k": ["q", "p", "q", "w", None], "m": [1, 2, 3, 4, -1], "b": [.5, 1.5, nan, 3.5, 4.5]})

SINGLE = [
    ("pivot/mean", 'df.pivot_table(index="k",columns="s",values="b")', "holes"),
    ("pivot/sum", 'df.pivot_table(index="k",columns="t",values="i",aggfunc="sum",fill_value=0)', "holes"),
    ("pivot/count", 'df.pivot_table(index=["k","t"],columns="s",values="b",aggfunc="count")', "long"),
    ("counts/values", 'df["k"].value_counts()', "long"),
    ("counts/share", 'df["t"].value_counts(normalize=True)', "long"),
    ("numpy/sum1000", 'np.random.RandomState(9).normal(size=1000).sum()', "one"),
    ("numpy/mean1000", 'pd.Series(np.random.RandomState(9).normal(size=1000)).mean()', "one"),
    ("numpy/std1000", 'pd.Series(np.random.RandomState(9).normal(size=1000)).std()', "one"),
    ("resample/D", 'ts.resample("D").mean()', "ts"), ("resample/W", 'ts.resample("W").sum()', "ts"),
    ("resample/M", 'ts.resample("M").mean()', "ts"), ("resample/MS", 'ts.resample("MS").count()', "ts"),
    ("resample/Q", 'ts.resample("Q").max()', "ts"), ("resample/Y", 'ts.resample("Y").sum()', "ts"),
    ("resample/6H", 'ts.resample("6H").mean()', "ts"), ("resample/2D", 'ts.resample("2D").min()', "ts"),
]


def time_series():
    r = np.random.RandomState(11)
    hours = np.sort(r.choice(24 * 400, 60, replace=False))
    index = [str(pd.Timestamp("2019-11-20 05:00") + pd.Timedelta(hours=int(h))) for h in hours]
    return pd.DataFrame({"when": index, "x": r.normal(size=60).round(4), "n": r.randint(0, 9, 60)})


def more_cases():
    cases = []

    def add(name, call, inputs):
        stored = {k: encode(v) for k, v in inputs.items()}
        fresh = {k: decode(v) for k, v in stored.items()}
        if "ts" in fresh:
            fresh["ts"] = fresh["ts"].assign(when=pd.to_datetime(fresh["ts"]["when"])).set_index("when")
        cases.append({"id": name, "group": name.split("/")[0], "inputs": stored, "call": call, "note": "",
                      "expected": evaluate(call, fresh)})

    for group, calls in CALLS.items():
        for n, call in enumerate(calls):
            for frame, df in FRAMES.items():
                if frame in ("labels", "one") and (group in ("join", "look", "csv") or n % 2):
                    continue
                inputs = {"df": df}
                if group == "join":
                    inputs = {"df": df.assign(n=range(len(df))), "other": OTHER}
                add("%s/%d_%s" % (group, n, frame), call, inputs)
    for name, call, frame in SINGLE:
        add(name, call, {"ts": time_series()} if frame == "ts" else {"df": FRAMES[frame]})
    return cases


def document(cases):
    made = dict(PINNED, options="use_bottleneck=False use_numexpr=False", python="3.11")
    return {"made_with": made, "count": len(cases), "cases": cases}


def main():
    have = {"pandas": pd.__version__, "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}
    if have != PINNED:
        sys.exit("regenerate: want %s, have %s" % (PINNED, have))
    check = "--check" in sys.argv
    path = os.path.join(HERE, "pandas_vectors.json")
    vectors = json.load(open(path))
    differ = []
    for c in vectors["cases"]:
        got = json.loads(json.dumps(evaluate(c["call"], {k: decode(v) for k, v in c["inputs"].items()})))
        if got != c["expected"]:
            differ.append(c["id"])
            if check:
                print("was", json.dumps(c["expected"])[:600], "\nis ", json.dumps(got)[:600])
            c["expected"] = got
    print("%d published cases, %d differ %s" % (len(vectors["cases"]), len(differ), differ))
    path_more = os.path.join(HERE, "pandas_more.json")
    more = json.loads(json.dumps(document(more_cases())))
    if check:
        old = json.load(open(path_more))
        changed = [a["id"] for a, b in zip(more["cases"], old["cases"]) if a != b]
        print("%d further cases, %d differ %s" % (more["count"], len(changed), changed))
        sys.exit(1 if differ or changed or more["count"] != old["count"] else 0)
    if differ:
        json.dump(vectors, open(path, "w"))
    with open(path_more, "w") as f:
        f.write("{" + ",\n".join('"%s": %s' % (k, json.dumps(more[k])) for k in ("made_with", "count")) + ',\n"cases": [\n')
        f.write(",\n".join(json.dumps(c) for c in more["cases"]) + "\n]}\n")
    print("wrote %d further cases" % more["count"])


main()

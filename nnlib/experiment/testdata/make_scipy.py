"""Writes scipy.json: what SciPy and NumPy say about the samples below.

    python make_scipy.py > scipy.json

The versions used are written into the file.
"""
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20170612)
SAMPLES = {
    "unseeded": [0.0282584265697, 0.0457025913022, 0.145698137198, 0.0873461454407, 0.0309397604521,
                 0.046649185173, 0.0958450337178, 0.0130660263779, 0.00625176026631, 0.00296055161492],
    "theano": [0.169326527063, 2.75750621228e-05, 0.0183287291562, 1.93553737255e-07, 0.0549871087449,
               0.0906326807824, 0.00337575114075, 0.00414857518259, 8.14587362008e-08, 0.0522927019639],
    "tensorflow": [0.224045112999, 0.00154879478823, 0.00387589994044, 0.0292376881968, 0.00945528404353,
                   0.013305765525, 0.0206255228201, 0.0359538356108, 0.00441943512128, 0.298706569397],
    "three": [0.1, 0.25, 0.7],
    "four": [1.0, 2.5, -0.5, 3.25],
    "six": [3.0, 1.0, 4.0, 1.5, 5.0, 9.0],
    "ties": [1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 5.0, 5.0, 7.0],
    "ties2": [2.0, 2.0, 3.0, 4.0, 4.0, 6.0, 7.0, 7.0, 8.0, 9.0],
    "normal30": rng.normal(0.8, 0.1, 30).tolist(),
    "normal30b": rng.normal(0.86, 0.1, 30).tolist(),
    "normal12": rng.normal(5, 2, 12).tolist(),
    "lognormal40": rng.lognormal(0, 1, 40).tolist(),
    "uniform200": rng.uniform(-1, 1, 200).tolist(),
    "uniform60": rng.uniform(-0.8, 1.2, 60).tolist(),
}
QUANTILES = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf",
             "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased"]
PROBABILITIES = [0, 0.01, 0.05, 0.1, 0.25, 0.3, 0.5, 0.75, 0.8, 0.95, 0.99, 1]


def single(x):
    x = np.array(x)
    n = len(x)
    t = stats.t.interval(0.95, n - 1, loc=x.mean(), scale=stats.sem(x))
    w = stats.shapiro(x)
    return {
        "mean": x.mean(), "sd": x.std(ddof=1), "sem": stats.sem(x), "low": t[0], "high": t[1],
        "median": np.median(x), "skew": stats.skew(x, bias=False), "shapiro": [w.statistic, w.pvalue],
        "quantiles": {m: [np.quantile(x, p, method=m) for p in PROBABILITIES] for m in QUANTILES},
    }


def pair(a, b):
    out = {}

    def add(name, r):
        out[name] = [float(r.statistic), float(r.pvalue)]

    add("student", stats.ttest_ind(a, b))
    add("welch", stats.ttest_ind(a, b, equal_var=False))
    tied = len(set(a) | set(b)) < len(a) + len(b)
    exact = not tied and max(len(a), len(b)) <= 50
    add("mannwhitney", stats.mannwhitneyu(a, b, method="exact" if exact else "asymptotic"))
    add("ks", stats.ks_2samp(a, b, method="exact"))
    add("kruskal", stats.kruskal(a, b))
    pooled = np.sqrt(((len(a) - 1) * np.var(a, ddof=1) + (len(b) - 1) * np.var(b, ddof=1)) / (len(a) + len(b) - 2))
    d = (np.mean(a) - np.mean(b)) / pooled
    df = len(a) + len(b) - 2
    out["d"] = [d, d * np.exp(scipy.special.gammaln(df / 2) - scipy.special.gammaln((df - 1) / 2)) / np.sqrt(df / 2)]
    if len(a) == len(b):
        add("paired", stats.ttest_rel(a, b))
        diff = np.array(a) - np.array(b)
        size = np.abs(diff[diff != 0])
        exact = len(set(size)) == len(a) and len(a) <= 50
        add("wilcoxon", stats.wilcoxon(a, b, method="exact" if exact else "asymptotic", correction=False))
        if len(a) <= 12:
            r = stats.permutation_test((a, b), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples",
                                       n_resamples=np.inf, vectorized=True)
            add("permutation", r)
    if len(a) + len(b) <= 13:
        r = stats.permutation_test((a, b), lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
                                   n_resamples=np.inf, vectorized=True)
        add("deals", r)
    out["a12"] = [float(np.mean([[(x > y) + (x == y) / 2 for y in b] for x in a])), 0]
    return out


def five_by_two(d):
    """Dietterich (1998), equation in section 3.5: p_1^(1) / sqrt(mean of s_i^2), t with 5 degrees of freedom."""
    d = np.array(d)
    t = d[0, 0] / np.sqrt(np.mean(np.sum((d - d.mean(axis=1, keepdims=True)) ** 2, axis=1)))
    return [d.tolist(), float(t), float(2 * stats.t.sf(abs(t), 5))]


def needed(d, wanted, alpha, paired):
    n = 2
    while power(d, n, alpha, paired) < wanted:
        n += 1
    return n


def bca(x):
    """BCa on given resamples, by scipy's own functions and the published formula."""
    x = np.array(x)
    index = np.random.default_rng(7).integers(0, len(x), (500, len(x)))
    theta = np.mean(x[index], axis=1)
    est = np.mean(x)
    z0 = stats.norm.ppf((np.sum(theta < est) + 0.5 * np.sum(theta == est)) / len(theta))
    jack = np.array([np.mean(np.delete(x, i)) for i in range(len(x))])
    u = jack.mean() - jack
    a = np.sum(u**3) / (6 * np.sum(u**2) ** 1.5)
    p = [stats.norm.cdf(z0 + (z0 + stats.norm.ppf(q)) / (1 - a * (z0 + stats.norm.ppf(q)))) for q in (0.025, 0.975)]
    return {"index": index.ravel().tolist(), "percentile": np.quantile(theta, [0.025, 0.975]).tolist(),
            "bca": np.quantile(theta, p).tolist()}


def power(d, n, alpha, paired):
    df, delta = (n - 1, d * np.sqrt(n)) if paired else (2 * (n - 1), d * np.sqrt(n / 2))
    c = stats.t.ppf(1 - alpha / 2, df)
    return stats.nct.sf(c, df, delta) + stats.nct.cdf(-c, df, delta)


names = list(SAMPLES)
pvals = [0.01, 0.04, 0.03, 0.005, 0.6, 0.03, 1.0, 0.0]
result = {
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__},
    "samples": SAMPLES,
    "probabilities": PROBABILITIES,
    "single": {n: single(SAMPLES[n]) for n in names},
    "pair": {f"{a}|{b}": pair(SAMPLES[a], SAMPLES[b]) for i, a in enumerate(names) for b in names[i + 1:]},
    "kruskal3": [float(v) for v in stats.kruskal(SAMPLES["unseeded"], SAMPLES["ties"], SAMPLES["normal30"])],
    "bh": {"p": pvals, "adjusted": stats.false_discovery_control(pvals).tolist()},
    "mcnemar": [[b, c, float(stats.binomtest(min(b, c), b + c).pvalue) if b + c < 25
                 else float(stats.chi2.sf((abs(b - c) - 1) ** 2 / (b + c), 1))]
                for b, c in [(0, 1), (2, 9), (5, 5), (1, 12), (10, 30), (40, 41), (100, 60)]],
    "bootstrap": {n: bca(SAMPLES[n]) for n in ["theano", "normal12", "six"]},
    "power": [[d, n, alpha, paired, float(power(d, n, alpha, paired))]
              for d in [0.1, 0.5, 1.2, -0.8] for n in [2, 5, 12, 30] for alpha in [0.05, 0.01] for paired in [True, False]],
    "five_by_two": [five_by_two(d) for d in rng.normal(0.02, 0.03, (3, 5, 2))],
    "needed": [[d, wanted, alpha, paired, needed(d, wanted, alpha, paired)]
               for d in [0.2, 0.5, -1.3] for wanted in [0.8, 0.95] for alpha in [0.05, 0.01] for paired in [True, False]],
    "t_quantile": [[p, df, float(stats.t.ppf(p, df))] for p in [0.55, 0.9, 0.975, 0.9995] for df in [1, 2.5, 9, 30, 1000]],
    "normal_quantile": [[p, float(stats.norm.ppf(p))] for p in [1e-300, 1e-20, 1e-5, 0.02, 0.3, 0.5, 0.7, 0.99, 1 - 1e-12]],
}
print(json.dumps(result, indent=0, allow_nan=False))

"""Writes sklearn.json: sets that scikit-learn 1.9.1 makes, which datasets_test.go compares with.

    python generate.py
"""
import json, os
from sklearn import datasets as D

out = dict(
    moons=D.make_moons(21, noise=0.1, random_state=3), circles=D.make_circles(20, noise=0.05, factor=0.4, random_state=4), blobs=D.make_blobs(17, 3, centers=4, cluster_std=2, random_state=5))
iris, wine, digits = D.load_iris(), D.load_wine(), D.load_digits()
sums = {k: [float(d.data.sum()), float((d.data.T * (d.target + 1)).sum())] for k, d in dict(iris=iris, wine=wine, digits=digits).items()}
json.dump(dict({k: dict(x=x.tolist(), y=y.tolist()) for k, (x, y) in out.items()}, sums=sums), open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sklearn.json"), "w"))

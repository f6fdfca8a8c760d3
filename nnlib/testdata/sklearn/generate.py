"""Writes sklearn.json: values of scikit-learn 1.9.1 that the Go tests compare with.

    python -m venv venv && venv/bin/pip install -r ../requirements.txt
    venv/bin/python generate.py
"""
import json, os, warnings
import numpy as np, sklearn
from sklearn import metrics as M, model_selection as S
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.simplefilter("ignore")
r = np.random.RandomState(0)
lst = lambda a: np.asarray(a, dtype=np.float64).tolist()

# Classes, numbers and texts, predictions of them, probabilities.
y = r.randint(0, 3, 60)
pred = np.where(r.uniform(size=60) < 0.7, y, r.randint(0, 3, 60))
prob = r.dirichlet([1, 1, 1], 60)
names = np.array(["setosa", "versicolor", "a very long name"])
bits, bit_pred, score = r.randint(0, 2, 60), r.randint(0, 2, 60), np.round(r.uniform(0, 1, 60), 1)
fpr, tpr, thresholds = M.roc_curve(bits, score, drop_intermediate=False)
out = dict(version=sklearn.__version__, y=lst(y), pred=lst(pred), prob=lst(prob), names=names[y].tolist(), named=names[pred].tolist(),
    bits=lst(bits), bit_pred=lst(bit_pred), score=lst(score), confusion=M.confusion_matrix(y, pred).tolist(),
    report=M.classification_report(y, pred), named_report=M.classification_report(names[y], names[pred]), accuracy=M.accuracy_score(y, pred),
    log_loss=M.log_loss(y, prob), bit_log_loss=M.log_loss(bits, score), auc=M.roc_auc_score(bits, score), fpr=lst(fpr), tpr=lst(tpr), thresholds=lst(thresholds[1:]), averages={})
for name, f in [("precision", M.precision_score), ("recall", M.recall_score), ("f1", M.f1_score)]:
    out["averages"][name] = {a: f(y, pred, average=a) for a in ["macro", "micro", "weighted"]} | {"binary": f(bits, bit_pred)}

# Splits that keep the classes' shares.
out["strata"] = [dict(shuffle=s, folds=[[a.tolist(), b.tolist()] for a, b in S.StratifiedKFold(4, shuffle=s, random_state=5 if s else None).split(y, y)]) for s in [False, True]]
out["stratified"] = [[a.tolist(), b.tolist()] for n in [0.25, 0.33] for a, b in [S.train_test_split(np.arange(60), test_size=n, stratify=y, random_state=9)]]

# Networks: predictions after training.
X = r.randn(150, 4)
target = np.stack([X[:, 0] * X[:, 1], np.sin(X[:, 2])], 1)
three = np.argmax(X[:, :3] + 0.3 * r.randn(150, 3), 1)
two = (X[:, 0] + X[:, 1] > 0).astype(int)
out["X"], out["target"], out["three"], out["two"] = lst(X), lst(target), lst(three), lst(two)
cases = dict(
    regressor=(MLPRegressor(hidden_layer_sizes=(16,), random_state=1, max_iter=60, batch_size=32), target),
    column=(MLPRegressor(hidden_layer_sizes=(8, 5), activation="tanh", alpha=0.1, random_state=2, max_iter=40), target[:, 0]),
    sgd=(MLPRegressor(hidden_layer_sizes=(8,), activation="logistic", solver="sgd", learning_rate_init=0.05, random_state=3, max_iter=30, shuffle=False), target),
    classifier=(MLPClassifier(hidden_layer_sizes=(12,), random_state=4, max_iter=80, batch_size=50), three),
    binary=(MLPClassifier(hidden_layer_sizes=(10,), random_state=5, max_iter=300, learning_rate_init=0.01, early_stopping=True, n_iter_no_change=5), two),
    stopped=(MLPRegressor(hidden_layer_sizes=(20,), random_state=6, max_iter=500, learning_rate_init=0.02, early_stopping=True, validation_fraction=0.2), target),
)
out["mlp"] = {}
for name, (model, t) in cases.items():
    model.fit(X, t)
    p = model.predict_proba(X) if hasattr(model, "predict_proba") else model.predict(X)
    out["mlp"][name] = dict(pred=lst(np.reshape(p, (150, -1))), loss=lst(model.loss_curve_), iterations=model.n_iter_, score=model.score(X, t),
        first=[lst(w) for w in [type(model)(**{**model.get_params(), "max_iter": 1, "learning_rate_init": 1e-12}).fit(X, t).coefs_[0]]],
        validation=lst(getattr(model, "validation_scores_", None) or []))
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sklearn.json"), "w"))

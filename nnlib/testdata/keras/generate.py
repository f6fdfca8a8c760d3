"""Writes keras.json: values of Keras 3.15.1 on JAX 0.10.2 and scikit-learn that the Go tests compare with.

    python -m venv venv && venv/bin/pip install keras==3.15.1 jax==0.10.2 scikit-learn
    venv/bin/python generate.py
"""
import json, os
os.environ["KERAS_BACKEND"] = "jax"
import jax, jax.numpy as jnp, numpy as np, keras, sklearn
from keras import layers
from sklearn import metrics, model_selection, preprocessing

r = np.random.RandomState(0)
out = {"versions": [keras.__version__, jax.__version__, sklearn.__version__]}
lst = lambda a: np.asarray(a, dtype=np.float64).ravel().tolist()
f32 = lambda a: np.asarray(a, dtype=np.float32)

# Losses: the mean over a batch, and its gradient by the predictions.
real, real2 = f32(r.randn(4, 3)), f32(r.randn(4, 3))
prob = f32(r.uniform(0.05, 0.95, (4, 3)))
soft = prob / prob.sum(1, keepdims=True)
bits = f32(r.randint(0, 2, (4, 3)))
hot = f32(np.eye(3)[[0, 2, 1, 2]])
sparse = f32([0, 2, 1, 2])
L = keras.losses
cases = [
    ("mean_squared_error", L.MeanSquaredError(), real, real2), ("mean_absolute_error", L.MeanAbsoluteError(), real, real2),
    ("mean_absolute_percentage_error", L.MeanAbsolutePercentageError(), real, real2),
    ("mean_squared_logarithmic_error", L.MeanSquaredLogarithmicError(), prob, np.abs(real2)),
    ("huber", L.Huber(), real * 2, real2), ("log_cosh", L.LogCosh(), real, real2), ("poisson", L.Poisson(), prob, np.abs(real2)),
    ("binary_crossentropy", L.BinaryCrossentropy(), prob, bits), ("categorical_crossentropy", L.CategoricalCrossentropy(), soft, hot),
    ("sparse_categorical_crossentropy", L.SparseCategoricalCrossentropy(), soft, sparse), ("kl_divergence", L.KLDivergence(), soft, f32(np.roll(soft, 1, 0))),
    ("hinge", L.Hinge(), real, bits * 2 - 1), ("squared_hinge", L.SquaredHinge(), real, bits * 2 - 1), ("categorical_hinge", L.CategoricalHinge(), real, hot),
    ("cosine_similarity", L.CosineSimilarity(), real, real2),
    ("bce_logits_smooth", L.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), real, bits),
    ("cce_logits_smooth", L.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), real, hot),
    ("scce_logits", L.SparseCategoricalCrossentropy(from_logits=True), real, sparse),
]
out["losses"] = []
for name, loss, pred, want in cases:
    value, grad = jax.value_and_grad(lambda p: loss(want, p))(jnp.asarray(pred))
    out["losses"].append(dict(name=name, pred=lst(pred), want=lst(want), want_shape=list(want.shape), loss=float(value), grad=lst(grad)))

# Optimizers: a weight after each of ten steps with given gradients.
O = keras.optimizers
grads = f32(r.randn(10, 5))
start = f32(r.randn(5))
cases = [
    ("sgd", O.SGD()), ("momentum", O.SGD(0.1, momentum=0.9)), ("nesterov", O.SGD(0.1, momentum=0.9, nesterov=True)), ("rmsprop", O.RMSprop()),
    ("rmsprop_full", O.RMSprop(0.01, rho=0.8, momentum=0.5, centered=True)), ("adagrad", O.Adagrad()), ("adadelta", O.Adadelta(1.0)), ("adam", O.Adam()),
    ("amsgrad", O.Adam(0.01, amsgrad=True)), ("adamw", O.AdamW(0.01)), ("adamax", O.Adamax(0.01)), ("nadam", O.Nadam(0.01)), ("lion", O.Lion(0.01)),
    ("exponential", O.SGD(O.schedules.ExponentialDecay(0.1, 3, 0.5))), ("staircase", O.SGD(O.schedules.ExponentialDecay(0.1, 3, 0.5, staircase=True))),
    ("inverse", O.SGD(O.schedules.InverseTimeDecay(0.1, 3, 0.5))), ("polynomial", O.SGD(O.schedules.PolynomialDecay(0.1, 6, 0.01, power=2.0))),
    ("piecewise", O.SGD(O.schedules.PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01]))),
    ("cosine", O.SGD(O.schedules.CosineDecay(0.01, 6, alpha=0.1, warmup_target=0.1, warmup_steps=3))),
]
out["optimizers"] = dict(start=lst(start), grads=[lst(g) for g in grads], runs=[])
for name, opt in cases:
    w = keras.Variable(start.copy())
    opt.build([w])
    steps = []
    for g in grads:
        opt.apply([jnp.asarray(g)], [w])
        steps.append(lst(w.value))
    out["optimizers"]["runs"].append(dict(name=name, steps=steps))

# Layers: output and gradients of sum(dy * y).
out["layers"] = []
def layer(name, l, shapes, training=False, mask=None, call=None):
    xs = [f32(r.randn(2, *s)) for s in shapes]
    call = call or (lambda *a, **k: l(*a, **k))
    kw = {} if mask is None else {"mask": jnp.asarray(mask)}
    if training:
        kw["training"] = True
    call(*map(jnp.asarray, xs), **kw)
    for v in l.weights:  # away from zeros and ones
        v.assign(f32(v.numpy() + 0.3 * r.uniform(0, 1, v.shape)))
    start = [v.numpy().copy() for v in l.weights]
    y0, _ = l.stateless_call([v.value for v in l.trainable_variables], [v.value for v in l.non_trainable_variables], *map(jnp.asarray, xs), **kw)
    dy = f32(r.randn(*y0.shape))
    def value(ws, xs):
        y, ns = l.stateless_call(ws, [v.value for v in l.non_trainable_variables], *xs, **kw)
        return jnp.sum(dy * y), (y, ns)
    (_, (y, ns)), (gw, gx) = jax.value_and_grad(value, argnums=(0, 1), has_aux=True)([v.value for v in l.trainable_variables], [jnp.asarray(x) for x in xs])
    out["layers"].append(dict(name=name, training=training, mask=None if mask is None else lst(mask), shapes=[list(x.shape) for x in xs], x=[lst(x) for x in xs],
        weights=[lst(w) for w in start], trainable=[v.trainable for v in l.weights], y=lst(y), dy=lst(dy), gw=[lst(g) for g in gw], gx=[lst(g) for g in gx],
        states=[lst(s) for s in ns if np.issubdtype(np.asarray(s).dtype, np.floating)]))
mask = np.array([[1, 1, 0, 1], [1, 1, 1, 0]], dtype=bool)
layer("dense", layers.Dense(3, activation="gelu"), [(4,)])
for cls in (layers.SimpleRNN, layers.LSTM, layers.GRU):
    n = cls.__name__.lower()
    layer(n, cls(3), [(4, 2)])
    layer(n + "_backwards", cls(3, return_sequences=True, go_backwards=True), [(4, 2)])
    layer(n + "_masked", cls(3, return_sequences=True), [(4, 2)], mask=mask)
layer("bidirectional", layers.Bidirectional(layers.LSTM(3, return_sequences=True)), [(4, 2)])
layer("conv1d", layers.Conv1D(3, 3, strides=2, padding="same", activation="relu"), [(7, 2)])
layer("conv1d_causal", layers.Conv1D(3, 2, dilation_rate=2, padding="causal"), [(5, 2)])
layer("conv2d", layers.Conv2D(4, (3, 2), padding="same", strides=(2, 1)), [(4, 5, 2)])
layer("conv2d_groups", layers.Conv2D(4, 2, groups=2), [(4, 5, 2)])
layer("depthwise", layers.DepthwiseConv2D(2, depth_multiplier=2), [(3, 4, 2)])
layer("batch_training", layers.BatchNormalization(), [(3, 4)], training=True)
layer("batch_inference", layers.BatchNormalization(), [(3, 4)])
layer("layer_norm", layers.LayerNormalization(), [(3, 4)])
layer("group_norm", layers.GroupNormalization(2), [(3, 4)])
layer("attention", layers.MultiHeadAttention(2, 3), [(4, 5), (3, 2)])
layer("average_same", layers.AveragePooling2D(2, strides=1, padding="same"), [(3, 4, 2)])
layer("max_same", layers.MaxPooling2D(2, padding="same"), [(3, 5, 2)])
for a in "relu6 leaky_relu sigmoid hard_sigmoid tanh softmax log_softmax softplus softsign elu selu exponential gelu silu mish".split():
    layer("activation " + a, layers.Activation(a), [(2, 7)])

# scikit-learn.
X, y = r.randn(11, 3), r.randn(11)
tr = model_selection.train_test_split(X, y, test_size=0.3, random_state=7)
std, mm = preprocessing.StandardScaler().fit(X), preprocessing.MinMaxScaler((-1, 2)).fit(X)
label, score = r.randint(0, 2, 40), np.round(r.uniform(0, 1, 40), 1)
out["sklearn"] = dict(X=[lst(x) for x in X], y=lst(y), split=[lst(t) for t in tr], std=lst(std.transform(X)), minmax=lst(mm.transform(X)),
    folds=[[lst(a), lst(b)] for a, b in model_selection.KFold(4, shuffle=True, random_state=3).split(X)], label=lst(label), score=lst(score),
    auc=metrics.roc_auc_score(label, score), precision=metrics.precision_score(label, score > 0.5), recall=metrics.recall_score(label, score > 0.5),
    f1=metrics.f1_score(label, score > 0.5), r2=metrics.r2_score(y, X[:, 0]), mse=metrics.mean_squared_error(y, X[:, 0]), mae=metrics.mean_absolute_error(y, X[:, 0]),
    r2pred=lst(X[:, 0]))
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras.json"), "w"))

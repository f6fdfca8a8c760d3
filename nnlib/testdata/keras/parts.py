"""Writes parts.json: values of Keras 3.15.1 on JAX 0.10.2 for the parts that generate.py has not.

    venv/bin/python parts.py
"""
import json, os
os.environ["KERAS_BACKEND"] = "jax"
import jax, jax.numpy as jnp, numpy as np, keras
from keras import layers

r = np.random.RandomState(1)
out = {"losses": [], "layers": []}
lst = lambda a: np.asarray(a, dtype=np.float64).ravel().tolist()
f32 = lambda a: np.asarray(a, dtype=np.float32)
L, O, M = keras.losses, keras.optimizers, keras.metrics

hot, sparse = f32(np.eye(3)[[0, 2, 1, 2]]), f32([0, 2, 1, 2])
bits, prob, real = f32(r.randint(0, 2, (4, 3))), f32(r.uniform(0.05, 0.95, (4, 3))), f32(r.randn(4, 3))
soft = prob / prob.sum(1, keepdims=True)
for name, loss, pred, want in [
    ("binary_focal_crossentropy", L.BinaryFocalCrossentropy(), prob, bits),
    ("bfce_balanced", L.BinaryFocalCrossentropy(apply_class_balancing=True, gamma=1.5, alpha=0.3, label_smoothing=0.1), prob, bits),
    ("bfce_logits", L.BinaryFocalCrossentropy(from_logits=True), real, bits),
    ("categorical_focal_crossentropy", L.CategoricalFocalCrossentropy(), prob, hot),
    ("cfce_logits", L.CategoricalFocalCrossentropy(from_logits=True, label_smoothing=0.1, gamma=1.5, alpha=0.4), real, hot),
    ("categorical_generalized_cross_entropy", L.CategoricalGeneralizedCrossEntropy(), soft, sparse),
    ("dice", L.Dice(), prob, bits), ("dice_sample", L.Dice(axis=(1,)), prob, bits),
    ("tversky", L.Tversky(), prob, bits), ("tversky_sample", L.Tversky(alpha=0.3, beta=0.8, axis=(1,)), prob, bits),
]:
    value, grad = jax.value_and_grad(lambda p: loss(want, p))(jnp.asarray(pred))
    out["losses"].append(dict(name=name, pred=lst(pred), want=lst(want), want_shape=list(want.shape), loss=float(value), grad=lst(grad)))

# Losses over sequences, pairs and whole batches: value, gradient, and ten steps down the gradient.
r2 = np.random.RandomState(2)
said = f32([[1, 2, 2, 4], [3, 0, 0, 0], [0, 0, 0, 0], [2, 1, 3, 0], [4, 4, 0, 0]])
logits, vectors = f32(2 * r2.randn(5, 7, 5)), f32(r2.randn(6, 4))
unit, classes, weights = vectors / np.linalg.norm(vectors, axis=1, keepdims=True), f32([0, 1, 0, 2, 1, 0]), f32([1, 0.5, 2, 1, 0.25, 3])
out["sequences"] = []
for name, loss, pred, want, weight, rate in [
    ("ctc", L.CTC(), logits, said, None, 1), ("ctc_weighted", L.CTC(), logits, said, weights[:5], 1), ("ctc_no_time_to_spare", L.CTC(), logits[:, :5], said, None, 1),
    ("ctc_one_label", L.CTC(), logits[:, :1], said[:, 1:2], None, 1), ("ctc_sure", L.CTC(), 30 * logits, said, None, 1),
    ("circle", L.Circle(), unit, classes, None, 0.001), ("circle_soft", L.Circle(gamma=2, margin=0.25), unit, classes, None, 0.1),
    ("circle_diagonal", L.Circle(gamma=4, margin=0.3, remove_diagonal=False), unit, classes, None, 0.1),
    ("circle_weighted", L.Circle(gamma=4), unit, classes, weights, 0.1), ("circle_one_class", L.Circle(), unit, 0 * classes, None, 0.1),
    ("circle_far", L.Circle(gamma=2, margin=0.25), 2 * unit, classes, None, 0.01),
    ("dice_weighted", L.Dice(), prob, bits, weights[:4], 0.1), ("tversky_weighted", L.Tversky(alpha=0.3, beta=0.8), prob, bits, weights[:4], 0.1),
    ("dice_sample_weighted", L.Dice(axis=(1,)), prob, bits, weights[:4], 0.1),
]:
    steps, f = [], jax.value_and_grad(lambda p: loss(want, p, sample_weight=weight))
    p = jnp.asarray(pred)
    for _ in range(10):
        value, grad = f(p)
        steps.append(dict(loss=float(value), grad=lst(grad)))
        p = p - rate * grad
    out["sequences"].append(dict(name=name, shape=list(pred.shape), pred=lst(pred), want=lst(want), want_shape=list(want.shape), rate=rate,
        weight=None if weight is None else lst(weight), steps=steps))

def run(name, opt, start, grads):
    w = keras.Variable(start.copy())
    opt.build([w])
    steps = []
    for g in grads:
        opt.apply([jnp.asarray(g)], [w])
        steps.append(lst(w.value))
    return dict(name=name, steps=steps)
grads, start = f32(r.randn(10, 5)), f32(r.randn(5))
out["optimizers"] = dict(start=lst(start), shape=[5], grads=[lst(g) for g in grads], runs=[run(n, o, start, grads) for n, o in [
    ("ftrl", O.Ftrl()), ("ftrl_full", O.Ftrl(0.1, l1_regularization_strength=0.05, l2_regularization_strength=0.02, l2_shrinkage_regularization_strength=0.03, beta=0.1)),
    ("lamb", O.Lamb(0.01)), ("adafactor", O.Adafactor(0.01)), ("adafactor_fixed", O.Adafactor(0.05, relative_step=False, clip_threshold=0.5)),
    ("restarts", O.SGD(O.schedules.CosineDecayRestarts(0.1, 2, t_mul=1.5, m_mul=0.8, alpha=0.1))), ("restarts_even", O.SGD(O.schedules.CosineDecayRestarts(0.1, 3, t_mul=1.0)))]])
grads, start = f32(r.randn(10, 2, 3, 4)), f32(r.randn(2, 3, 4))
out["matrices"] = dict(start=lst(start), shape=[2, 3, 4], grads=[lst(g) for g in grads], runs=[
    run("adafactor", O.Adafactor(0.01), start, grads), run("lamb", O.Lamb(0.01), start, grads), run("adam", O.Adam(0.01), start, grads)])

# Layers: output and gradients of sum(dy * y).
def layer(name, l, shapes, many=False, initial=False):
    """many: the layer takes its inputs as a list; initial: all but the first are the initial state, and the outputs are joined."""
    xs = [jnp.asarray(f32(r.randn(2, *s))) for s in shapes]
    def call(f, xs):
        if initial:
            return f(xs[0], initial_state=list(xs[1:]))
        return f(list(xs)) if many else f(*xs)
    join = lambda y: jnp.concatenate([jnp.reshape(v, (2, -1)) for v in y], 1) if initial else y
    call(l, xs)
    for v in l.weights:  # away from zeros and ones
        v.assign(f32(v.numpy() + 0.3 * r.uniform(0, 1, v.shape)))
    start = [v.numpy().copy() for v in l.weights]
    states = [v.value for v in l.non_trainable_variables]
    def output(ws, xs):
        return join(call(lambda *a, **k: l.stateless_call(ws, states, *a, **k)[0], xs))
    ws = [v.value for v in l.trainable_variables]
    dy = f32(r.randn(*output(ws, xs).shape))
    y = output(ws, xs)
    gw, gx = jax.grad(lambda ws, xs: jnp.sum(dy * output(ws, xs)), argnums=(0, 1))(ws, xs)
    out["layers"].append(dict(name=name, training=False, mask=None, shapes=[list(x.shape) for x in xs], x=[lst(x) for x in xs], weights=[lst(w) for w in start],
        trainable=[v.trainable for v in l.weights], y=lst(y), dy=lst(dy), gw=[lst(g) for g in gw], gx=[lst(g) for g in gx], states=[]))
for a in "celu hard_silu hard_tanh hard_shrink soft_shrink tanh_shrink log_sigmoid squareplus sparse_plus sparse_sigmoid".split():
    layer("activation " + a, layers.Activation(a), [(2, 7)])

layer("prelu", layers.PReLU(shared_axes=[1]), [(3, 4)])
layer("leaky_relu_layer", layers.LeakyReLU(), [(3, 4)])
layer("unit_norm_layer", layers.UnitNormalization(), [(3, 4)])
layer("rms_norm", layers.RMSNormalization(), [(3, 4)])
layer("dot", layers.Dot(axes=(2, 1)), [(2, 5), (5, 3)], many=True)
layer("dot_normalize", layers.Dot(axes=2, normalize=True), [(2, 5), (3, 5)], many=True)
layer("attention_scale", layers.Attention(use_scale=True), [(4, 3), (5, 2), (5, 3)], many=True)
layer("attention_two", layers.Attention(), [(4, 3), (5, 3)], many=True)
layer("additive_attention", layers.AdditiveAttention(), [(4, 3), (5, 3)], many=True)
layer("conv2d_transpose", layers.Conv2DTranspose(3, 3, strides=2), [(2, 3, 2)])
layer("conv2d_transpose_same", layers.Conv2DTranspose(3, (3, 2), strides=(2, 1), padding="same", activation="tanh"), [(2, 3, 2)])
layer("conv1d_transpose", layers.Conv1DTranspose(3, 2, strides=3), [(3, 2)])
layer("separable2d", layers.SeparableConv2D(3, 2, depth_multiplier=2), [(3, 4, 2)])
layer("separable1d", layers.SeparableConv1D(3, 3, padding="same", activation="tanh"), [(5, 2)])
layer("lstm_states", layers.LSTM(3, return_sequences=True, return_state=True), [(4, 2), (3,), (3,)], initial=True)
layer("gru_states", layers.GRU(3, return_state=True), [(4, 2), (3,)], initial=True)
layer("rnn_states", layers.SimpleRNN(3, return_sequences=True, return_state=True, go_backwards=True), [(4, 2), (3,)], initial=True)
layer("depthwise1d", layers.DepthwiseConv1D(2, depth_multiplier=2, strides=2), [(5, 2)])

R, Cn = keras.regularizers, keras.constraints
w = jnp.asarray(f32(r.randn(3, 4)))
out["regularizers"] = [dict(name=n, shape=[3, 4], w=lst(w), price=float(f(w)), grad=lst(jax.grad(lambda w: f(w))(w))) for n, f in [
    ("l1", R.L1()), ("l2", R.L2()), ("l1_l2", R.L1L2(0.01, 0.01)), ("orthogonal_regularizer", R.OrthogonalRegularizer()), ("columns", R.OrthogonalRegularizer(0.1, mode="columns"))]]
out["constraints"] = [dict(name=n, shape=[3, 4], w=lst(2 * w), y=lst(f(2 * w))) for n, f in [
    ("max_norm", Cn.MaxNorm()), ("min_max_norm", Cn.MinMaxNorm(0.5, 1.5)), ("non_neg", Cn.NonNeg()), ("unit_norm", Cn.UnitNorm())]]

# Metrics: after each of two batches.
truth, score = f32(r.randint(0, 2, (2, 6, 3))), f32(r.uniform(0, 1, (2, 6, 3)))
value, guess = f32(r.randn(2, 6, 3)), f32(r.randn(2, 6, 3))
onehot = f32(np.eye(3)[r.randint(0, 3, (2, 6))])
labels, answers = f32(r.randint(0, 3, (2, 6, 1))), f32(r.randint(0, 3, (2, 6, 1)))
weight = f32(r.uniform(0.5, 2, (2, 6)))
out["metrics"] = []
for name, m, want, pred, weighted in [
    ("true_positives", M.TruePositives(), truth, score, True), ("true_negatives", M.TrueNegatives(), truth, score, False),
    ("false_positives", M.FalsePositives(), truth, score, True), ("false_negatives", M.FalseNegatives(), truth, score, False),
    ("precision", M.Precision(), truth, score, True), ("recall", M.Recall(), truth, score, False),
    ("precision_at_recall", M.PrecisionAtRecall(0.6), truth, score, False), ("recall_at_precision", M.RecallAtPrecision(0.5), truth, score, False),
    ("sensitivity_at_specificity", M.SensitivityAtSpecificity(0.4), truth, score, False), ("specificity_at_sensitivity", M.SpecificityAtSensitivity(0.4), truth, score, False),
    ("mean_io_u", M.MeanIoU(3), labels, answers, False), ("io_u", M.IoU(3, [0, 2]), labels, answers, False), ("binary_io_u", M.BinaryIoU([0, 1], 0.4), truth, score, False),
    ("one_hot_io_u", M.OneHotIoU(3, [1, 2]), onehot, score, False), ("one_hot_mean_io_u", M.OneHotMeanIoU(3), onehot, score, False),
    ("cosine_similarity", M.CosineSimilarity(), value, guess, True), ("logcosh", M.LogCoshError(), value, guess, False),
    ("mean_squared_error", M.MeanSquaredError(), value, guess, True), ("mean_absolute_error", M.MeanAbsoluteError(), value, guess, False),
    ("root_mean_squared_error", M.RootMeanSquaredError(), value, guess, True), ("mean_absolute_percentage_error", M.MeanAbsolutePercentageError(), value, guess, False),
    ("pearson_correlation", M.PearsonCorrelation(), value, guess, False), ("concordance_correlation", M.ConcordanceCorrelation(), value, guess, False),
    ("fbeta_macro", M.FBetaScore(average="macro", beta=2.0, threshold=0.5), truth, score, False), ("fbeta_micro", M.FBetaScore(average="micro", beta=0.5, threshold=0.5), truth, score, False),
    ("fbeta_weighted", M.FBetaScore(average="weighted", threshold=0.5), truth, score, False), ("fbeta_argmax", M.FBetaScore(average="macro"), onehot, score, False),
    ("sparse_top_k_categorical_accuracy", M.SparseTopKCategoricalAccuracy(2), labels, score, True), ("top_k_categorical_accuracy", M.TopKCategoricalAccuracy(2), onehot, score, False),
    ("categorical_accuracy", M.CategoricalAccuracy(), onehot, score, True), ("binary_accuracy", M.BinaryAccuracy(), truth, score, False),
    ("kl_divergence", M.KLDivergence(), score, score[::-1], False), ("poisson", M.Poisson(), score, score[::-1], False),
    ("hinge", M.Hinge(), truth * 2 - 1, guess, False), ("binary_crossentropy", M.BinaryCrossentropy(), truth, score, False),
]:
    results = []
    for b in range(2):
        m.update_state(want[b], pred[b], sample_weight=weight[b] if weighted else None)
        results.append(float(np.mean(m.result())))
    out["metrics"].append(dict(name=name, shape=list(want[0].shape), pred_shape=list(pred[0].shape), want=[lst(w) for w in want], pred=[lst(p) for p in pred],
        weight=[lst(w) for w in weight] if weighted else None, results=results))
for name, m, weighted in [("mean", M.Mean(), False), ("mean", M.Mean(), True), ("sum", M.Sum(), False), ("sum", M.Sum(), True)]:
    results = []
    for b in range(2):
        m.update_state(guess[b], sample_weight=weight[b] if weighted else None)
        results.append(float(m.result()))
    out["metrics"].append(dict(name=name, shape=list(value[0].shape), pred_shape=list(guess[0].shape), want=[lst(w) for w in value], pred=[lst(p) for p in guess],
        weight=[lst(w) for w in weight] if weighted else None, results=results))
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "parts.json"), "w"))

"""Keras's half of TestKerasInterchange: reads the models that nnlib wrote, and writes its own.

    python interchange.py FOLDER

FOLDER/N.keras, N.npz (weights), N.json and N_x.npz (inputs x0, x1, ...; y is nnlib's
prediction) come from nnlib. Of each this script checks all ways to read it, and
writes FOLDER/N_keras.keras, N_keras.weights.h5 and N_keras.npz. Of its own models
it writes FOLDER/theirs_NAME.keras and theirs_NAME_x.npz.
"""
import glob, os, sys
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras, numpy as np
from keras import layers as L
from safetensors.numpy import load_file

folder = sys.argv[1]
r = np.random.RandomState(0)


def worst(a, b):
    return float(np.max(np.abs(np.asarray(a) - b) / max(1e-3, np.max(np.abs(b)))))


def differing(a, b):
    pairs = list(zip(a.get_weights(), b.get_weights(), strict=True))
    return max([0.0] + [float(np.max(np.abs(v - w))) for v, w in pairs])


# 1. What nnlib wrote.
for path in sorted(glob.glob(f"{folder}/[0-9]*.keras")):
    name = os.path.basename(path).split(".")[0]
    data = np.load(f"{folder}/{name}_x.npz")
    x = [data[k] for k in data.files if k != "y"]
    x = x[0] if len(x) == 1 else x
    try:
        model = keras.models.load_model(path)
        print("result", name, "keras", worst(model(x), data["y"]))
        weights = np.load(f"{folder}/{name}.npz")
        tensors = load_file(f"{folder}/{name}.safetensors")
        assert all(tensors[k].size and k in tensors for k in tensors), name
        fresh = keras.models.model_from_json(open(f"{folder}/{name}.json").read())
        fresh.set_weights([weights[k] for k in weights.files])
        print("result", name, "json+npz", differing(fresh, model))
        fresh = keras.models.model_from_json(open(f"{folder}/{name}.json").read())
        fresh.load_weights(f"{folder}/{name}.weights.h5")
        print("result", name, "json+h5", differing(fresh, model))
        model.save(f"{folder}/{name}_keras.keras")
        model.save_weights(f"{folder}/{name}_keras.weights.h5")
        np.savez(f"{folder}/{name}_keras.npz", *model.get_weights())
        open(f"{folder}/{name}_keras.json", "w").write(model.to_json())
    except Exception as e:
        print("failed", name, type(e).__name__, str(e).replace("\n", " ")[:600])

# 2. Keras's own models.
T, I = (6, 3), (6, 5, 2)
K, R, C = keras.initializers, keras.regularizers, keras.constraints
one = lambda shape, *ls: keras.Sequential([keras.Input(shape), *ls])
own = {
    "dense": one((4,), L.Dense(3, "relu", kernel_initializer=K.HeNormal(seed=3), kernel_regularizer=R.L1L2(0.1, 0.2), kernel_constraint=C.MaxNorm(3)), L.Dense(2, "softmax", use_bias=False)),
    "regularized": one((4,), L.Dense(3, kernel_regularizer="l2", bias_regularizer=R.L1(0.3), bias_constraint="non_neg", kernel_initializer=K.RandomNormal(0.1, 0.2))),
    "activations": one((4,), L.Activation("gelu"), L.ReLU(max_value=2), L.LeakyReLU(0.1), L.ELU(0.7), L.Dense(3, "silu"), L.Softmax()),
    "dropouts": one(T, L.Dropout(0.3), L.Dropout(0.2, noise_shape=(None, 1, 3)), L.SpatialDropout1D(0.2), L.GaussianNoise(0.1), L.GaussianDropout(0.1), L.AlphaDropout(0.1), L.Dense(2)),
    "rnn": one(T, L.SimpleRNN(4, return_sequences=True), L.GRU(3, return_sequences=True, dropout=0.1), L.LSTM(5, recurrent_dropout=0.1, unit_forget_bias=False), L.Dense(1)),
    "backwards": one(T, L.LSTM(3, go_backwards=True, return_sequences=True), L.GRU(3, use_bias=False)),
    "bidirectional": one(T, L.Bidirectional(L.LSTM(4, return_sequences=True)), L.Bidirectional(L.GRU(3), merge_mode="ave"), L.Dense(2)),
    "masked": one((7,), L.Embedding(9, 4, mask_zero=True), L.Bidirectional(L.LSTM(3, return_sequences=True)), L.GRU(4), L.Dense(1, "sigmoid")),
    "masked_flat": one((7,), L.Embedding(9, 4, mask_zero=True), L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="mul"), L.Bidirectional(L.LSTM(3, return_sequences=True)), L.Dense(2), L.Flatten()),
    "masked_lstm": one((7,), L.Embedding(9, 4, mask_zero=True), L.LSTM(3, return_sequences=True), L.Flatten(), L.Dense(2)),
    "masking": one(T, L.Masking(0.0), L.LSTM(3, return_sequences=True), L.TimeDistributed(L.Dense(2)), L.GlobalAveragePooling1D()),
    "conv1d": one(T, L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu"), L.MaxPooling1D(2, padding="same"), L.Conv1D(2, 2, strides=2, groups=2), L.AveragePooling1D(1), L.GlobalMaxPooling1D()),
    "conv2d": one(I, L.ZeroPadding2D(((1, 0), (2, 1))), L.Conv2D(4, 3, padding="same", strides=2), L.BatchNormalization(), L.ReLU(), L.DepthwiseConv2D(2, depth_multiplier=2, padding="same"), L.UpSampling2D(2), L.Cropping2D(1), L.MaxPooling2D(), L.AveragePooling2D(2, padding="same"), L.GlobalAveragePooling2D()),
    "shapes": one(T, L.Permute((2, 1)), L.Reshape((9, 2)), L.ZeroPadding1D(1), L.Cropping1D((2, 1)), L.UpSampling1D(2), L.Flatten(), L.RepeatVector(2), L.GlobalAveragePooling1D()),
    "norms": one(T, L.LayerNormalization(epsilon=0.01), L.Dense(4), L.GroupNormalization(2), L.BatchNormalization(scale=False), L.Dense(1)),
    "distributed": one((4, 3, 2), L.TimeDistributed(L.LSTM(3)), L.LSTM(2)),
}
own["windows"] = one(T, L.Rescaling(0.5, -1), L.SeparableConv1D(4, 2, depth_multiplier=2), L.LeakyReLU(), L.PReLU(shared_axes=[1]), L.ELU(), L.Conv1DTranspose(3, 3, strides=2), L.UnitNormalization(), L.DepthwiseConv1D(2), L.Normalization(mean=[1.0, 2, 3], variance=[4.0, 1, 2]), L.Reshape((5, 2, 3)), L.Conv2DTranspose(2, 2, strides=2, padding="same"), L.SeparableConv2D(3, 2))
query, others = keras.Input(T), keras.Input(T)
dot = L.Attention(use_scale=True)([query, others], use_causal_mask=True)
sums = L.AdditiveAttention()([query, others, others], use_causal_mask=True)
own["attending"] = keras.Model([query, others], [L.Dot(axes=(2, 2), normalize=True)([dot, sums]), L.AdditiveAttention(use_scale=False)([dot, sums])])
a, b = keras.Input(T, name="left"), keras.Input(T)
shared = L.Dense(4, "tanh")
left, right = shared(a), L.Dense(4)(b)
att = L.MultiHeadAttention(2, 3)(left, right, right)
causal = L.MultiHeadAttention(2, 2, value_dim=3)(query=att, value=att, use_causal_mask=True)
s = L.Add()([causal, shared(b), right])
m = L.Multiply()([L.Maximum()([s, left]), L.Minimum()([s, right]), L.Average()([s, s])])
own["functional"] = keras.Model([a, b], [L.GlobalMaxPooling1D()(L.Concatenate()([s, m])), L.Dense(1, name="head")(L.Flatten()(L.Subtract()([s, L.Concatenate(axis=1)([L.Cropping1D((0, 3))(m), L.Cropping1D((3, 0))(m)])])))])
words = keras.Input((7,))
e = L.Embedding(9, 6, mask_zero=True)(words)
own["masked_graph"] = keras.Model(words, [L.LSTM(3)(e), L.GlobalAveragePooling1D()(e)])
words, others = keras.Input((7,)), keras.Input((7,))
E, F = L.Embedding(9, 6, mask_zero=True), L.Embedding(9, 6, mask_zero=True)
pair = lambda: (E(words), F(others))  # MultiHeadAttention takes the masks from its inputs: nobody else may have them
mha = lambda heads, *x, **kw: L.MultiHeadAttention(heads, 3)(*x, **kw)
e, f = pair()
own["masked_attending"] = keras.Model([words, others], [L.LSTM(3)(L.Attention()([*pair()])), L.Flatten()(L.AdditiveAttention()([*pair()], use_causal_mask=True)), L.GRU(3)(mha(2, *pair())),
    L.GlobalAveragePooling1D()(mha(2, F(others), *pair())), L.LSTM(2)(mha(1, e, e, use_causal_mask=True)), L.Flatten()(L.Attention()([L.Dense(6)(E(words)), L.Conv1D(6, 1)(f)]))])
e, f = pair()
merged = [l([e, f]) for l in (L.Add(), L.Subtract(), L.Multiply(), L.Average(), L.Maximum(), L.Minimum(), L.Concatenate(), L.Concatenate(axis=1), L.Dot(axes=(2, 2)))]
plain = L.Conv1D(6, 1)(f)
merged += [l([e, plain]) for l in (L.Add(), L.Maximum(), L.Concatenate(), L.Concatenate(axis=1))]
own["masked_merging"] = keras.Model([words, others], [L.LSTM(3)(m) for m in merged])
frozen = L.Dense(3)
own["frozen"] = one((4,), frozen, L.Dense(2))
frozen.trainable = False
for name, model in own.items():
    model.set_weights([w + r.randn(*w.shape) * 0.1 if "float" in str(w.dtype) and w.min() >= 0 else w + 0.1 * r.rand(*w.shape) for w in model.get_weights()])
    x = [r.randn(5, *i.shape[1:]).astype("f4") for i in model.inputs]
    if "masked" in name:
        x = [r.randint(1, 9, (5, 7)).astype("f4") for _ in model.inputs]
        for k in range(5):
            for n, words in enumerate(x):
                words[k, 3 + k if n else 7 - k:] = 0
    if name == "masking":
        x[0][1, 4:], x[0][2, 3:] = 0, 0
    y = model(x if len(x) > 1 else x[0])
    y = y if isinstance(y, list) else [y]
    for optimizer in [None, "adam"]:
        if optimizer:
            model.compile(optimizer, "mse")
        model.save(f"{folder}/theirs_{name}.keras")
    np.savez(f"{folder}/theirs_{name}_x.npz", **{f"x{k}": v for k, v in enumerate(x)}, **{f"y{k}": v for k, v in enumerate(y)})
print("done", keras.__version__)

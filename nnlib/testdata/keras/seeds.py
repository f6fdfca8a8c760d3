"""Writes seeds.json: initial weights of Keras 3.15.1 after set_random_seed, on JAX 0.10.2 and TensorFlow 2.21.

    python seeds.py
"""
import json, os, subprocess, sys

here = os.path.dirname(os.path.abspath(__file__))
if len(sys.argv) == 1:
    out = {b: json.loads(subprocess.check_output([sys.executable, __file__, b])) for b in ["jax", "tensorflow"]}
    json.dump(out, open(f"{here}/seeds.json", "w"))
    sys.exit()
os.environ["KERAS_BACKEND"] = sys.argv[1]
import keras, numpy as np
from keras import layers as L

T = (5, 3)


def attention(dropout):
    x = keras.Input(T)
    y = L.MultiHeadAttention(2, 3, dropout=dropout)(x, x)
    return keras.Model(x, L.Dense(2)(y))


models = dict(
    dense=lambda: keras.Sequential([keras.Input((4,)), L.Dense(7), L.Dropout(0.2), L.Dropout(0.0), L.Dense(3, kernel_initializer="he_uniform", bias_initializer="uniform"), L.GaussianNoise(0.1), L.Dense(2, kernel_initializer="ones"), L.Dense(1, kernel_initializer="lecun_uniform")]),
    recurrent=lambda: keras.Sequential([keras.Input((6,)), L.Embedding(9, 5), L.SimpleRNN(3, return_sequences=True), L.GRU(4, return_sequences=True), L.LSTM(3), L.Dense(2)]),
    bidirectional=lambda: keras.Sequential([keras.Input(T), L.Bidirectional(L.LSTM(2, return_sequences=True)), L.TimeDistributed(L.Dense(3)), L.Bidirectional(L.GRU(2)), L.Dense(1)]),
    conv=lambda: keras.Sequential([keras.Input((6, 6, 2)), L.Conv2D(3, 2), L.DepthwiseConv2D(2), L.BatchNormalization(), L.Flatten(), L.Dense(2)]),
    attention=lambda: attention(0.0),
    attention_dropout=lambda: attention(0.1),
    normal=lambda: keras.Sequential([keras.Input((4,)), L.Dense(33, kernel_initializer="he_normal"), L.Dense(5, kernel_initializer="random_normal"), L.Dense(9, kernel_initializer="truncated_normal"), L.Dense(3, kernel_initializer="orthogonal")]),
)
out = {}
for k, (name, make) in enumerate(models.items()):
    keras.utils.set_random_seed([1, 7, 2**31, 123456789][k % 4])
    out[name] = [np.asarray(w, np.float64).ravel().tolist() for w in make().get_weights()]
print(json.dumps(out))

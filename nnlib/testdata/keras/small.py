"""Writes small.keras and small.npz: a model of Keras 3.15.1, for tests without Python.

    python small.py
"""
import os
os.environ["KERAS_BACKEND"] = "jax"
import keras, numpy as np
from keras import layers as L

here = os.path.dirname(os.path.abspath(__file__))
keras.utils.set_random_seed(1)
a, b = keras.Input((5, 2)), keras.Input((3,))
x = L.Bidirectional(L.GRU(2))(L.Conv1D(3, 2, activation="relu")(a))
y = L.Dense(4, "tanh", bias_initializer="random_normal", kernel_regularizer="l2")(b)
model = keras.Model([a, b], L.Dense(1)(L.LeakyReLU(0.1)(L.BatchNormalization()(L.Add()([x, y])))))
model.compile("adam", "mse")
r = np.random.RandomState(0)
x = [r.randn(3, 5, 2).astype("f4"), r.randn(3, 3).astype("f4")]
model.fit(x, r.randn(3, 1), epochs=3, verbose=0)
model.save(f"{here}/small.keras")
np.savez(f"{here}/small.npz", x0=x[0], x1=x[1], y=model.predict(x, verbose=0))

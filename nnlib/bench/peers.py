"""The peers of nnlib/bench: python peers.py torch|keras|sklearn THREADS

Reads lines "CASE STEPS" and answers with the seconds that they took; "memory" is
answered with the peak of the process's resident memory in MB, "version" with versions.
"""
import os, resource, sys, time

peer, threads = sys.argv[1], int(sys.argv[2])
for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"]:
    os.environ[name] = str(threads)
os.environ["TF_NUM_INTEROP_THREADS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import numpy as np

r = np.random.RandomState(0)
data = dict(
    tutorial=(np.arange(9, dtype="f4").reshape(9, 1) / 10, np.arange(1, 10, dtype="f4").reshape(9, 1) / 10),
    lstm=(r.randn(32, 64, 32).astype("f4"), r.randn(32, 1).astype("f4")),
    conv=(r.randn(32, 28, 28, 1).astype("f4"), r.randint(0, 10, 32)),
    attention=(r.randn(32, 32, 64).astype("f4"), r.randn(32, 1).astype("f4")),
    predict=(r.randn(1, 64).astype("f4"), None),
    mlp=(r.randn(1000, 20), r.randn(1000)),
)


def torch_steps():
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)

    class Last(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm, self.out = nn.LSTM(32, 64, batch_first=True), nn.Linear(64, 1)

        def forward(self, x):
            return self.out(self.lstm(x)[0][:, -1])

    class Attend(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention, self.out = nn.MultiheadAttention(64, 4, batch_first=True), nn.Linear(64, 1)

        def forward(self, x):
            return self.out(self.attention(x, x, x, need_weights=False)[0].mean(1))

    dense = lambda *ls: nn.Sequential(*ls)
    models = dict(
        tutorial=lambda: dense(nn.Linear(1, 10), nn.Linear(10, 1)), lstm=Last, attention=Attend,
        conv=lambda: dense(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * 13 * 13, 10)),
        predict=lambda: dense(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10), nn.Softmax(1)))
    made = {}

    def run(case, steps):
        if case not in made:
            model = models[case]()
            x, y = data[case]
            x = torch.tensor(np.transpose(x, (0, 3, 1, 2)) if case == "conv" else x)
            loss = nn.CrossEntropyLoss() if case == "conv" else nn.MSELoss()
            made[case] = model, x, None if y is None else torch.tensor(y), loss, torch.optim.Adam(model.parameters())
        model, x, y, loss, optimizer = made[case]
        start = time.perf_counter()
        if case == "predict":
            with torch.no_grad():
                for _ in range(steps):
                    model(x)
        else:
            for _ in range(steps):
                optimizer.zero_grad()
                loss(model(x), y).backward()
                optimizer.step()
        return time.perf_counter() - start

    return run, f"PyTorch {torch.__version__}"


def keras_steps():
    import keras
    from keras import layers as L

    def attention():
        x = keras.Input((32, 64))
        return keras.Model(x, L.Dense(1)(L.GlobalAveragePooling1D()(L.MultiHeadAttention(4, 16)(x, x))))

    row = lambda shape, *ls: keras.Sequential([keras.Input(shape), *ls])
    models = dict(
        tutorial=lambda: row((1,), L.Dense(10), L.Dense(1)), lstm=lambda: row((64, 32), L.LSTM(64), L.Dense(1)), attention=attention,
        conv=lambda: row((28, 28, 1), L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(10, "softmax")),
        predict=lambda: row((64,), L.Dense(64, "relu"), L.Dense(64, "relu"), L.Dense(10, "softmax")))
    made = {}

    def run(case, steps):
        x, y = data[case]
        if case not in made:
            made[case] = models[case]()
            made[case].compile(loss="sparse_categorical_crossentropy" if case == "conv" else "mse", optimizer="adam")
        model = made[case]
        start = time.perf_counter()
        if case == "predict":
            for _ in range(steps):
                model.predict(x, verbose=0)
        elif case == "tutorial":
            model.fit(x, y, epochs=steps, batch_size=len(x), verbose=0, shuffle=False)
        else:
            for _ in range(steps):
                model.train_on_batch(x, y)
        return time.perf_counter() - start

    return run, f"Keras {keras.__version__} on {keras.backend.backend()}"


def sklearn_steps():
    import sklearn, warnings
    from sklearn.neural_network import MLPRegressor

    warnings.simplefilter("ignore")

    def run(case, steps):
        model = MLPRegressor(hidden_layer_sizes=(100,), max_iter=steps, n_iter_no_change=steps, random_state=1)
        start = time.perf_counter()
        model.fit(*data[case])
        return time.perf_counter() - start

    return run, f"scikit-learn {sklearn.__version__}"


answers = sys.stdout
sys.stdout = sys.stderr
run, version = dict(torch=torch_steps, keras=keras_steps, sklearn=sklearn_steps)[peer]()
for line in sys.stdin:
    case, steps = line.split()
    if case == "version":
        answer = version
    elif case == "memory":
        answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    else:
        answer = run(case, int(steps))
    print(answer, file=answers, flush=True)

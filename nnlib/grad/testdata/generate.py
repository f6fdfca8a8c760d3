"""Writes torch.json: values and gradients of PyTorch 2.15.0 in float64 that the Go tests compare with.
Each gradient is first held to finite differences in float64 by torch.autograd.gradcheck.

    python -m venv venv && venv/bin/pip install numpy torch==2.15.0
    venv/bin/python generate.py
"""
import json, os
import numpy as np, torch
import torch.nn.functional as F

r = np.random.RandomState(0)
lst = lambda a: a.detach().double().numpy().ravel().tolist()
out = {"version": torch.__version__, "cases": []}

def case(name, f, *shapes, positive=False, values=None, apart=False):
    """apart: values that differ by 0.1 at least, where a function has kinks."""
    xs = []
    for k, s in enumerate(shapes):
        n = int(np.prod(s))
        a = np.asarray(r.randn(*s))
        if apart:
            a = ((r.permutation(n) - n // 2) / 10.0 + 0.05 + 0.03 * k).reshape(s)
        if positive:
            a = np.abs(a) + 0.3
        if values is not None and values[k] is not None:
            a = np.array(values[k], dtype=float).reshape(s)
        xs.append(torch.tensor(a.astype(np.float32).astype(np.float64), requires_grad=values is None or values[k] is None))
    y = f(*xs)
    assert torch.autograd.gradcheck(f, xs, eps=1e-6, atol=1e-5), name
    dy = torch.tensor(np.asarray(r.randn(*y.shape)).astype(np.float32).astype(np.float64))
    learnt = [x for x in xs if x.requires_grad]
    grads = torch.autograd.grad((y * dy).sum(), learnt)
    at = iter(grads)
    out["cases"].append(dict(name=name, shapes=[list(x.shape) for x in xs], x=[lst(x) for x in xs], shape=list(y.shape), y=lst(y), dy=lst(dy),
        grads=[lst(next(at)) if x.requires_grad else None for x in xs]))

for name, f in {"add": torch.add, "sub": torch.sub, "mul": torch.mul}.items():
    case(name, f, (3, 4), (3, 4))
    case(name + " row", f, (3, 4), (4,))
    case(name + " column", f, (3, 1), (2, 3, 4))
    case(name + " outer", f, (3, 1), (1, 4))
    case(name + " number", f, (2, 3), ())
case("div", torch.div, (3, 4), (4,), positive=True)
case("maximum", torch.maximum, (3, 4), (3, 4), apart=True)
case("minimum", torch.minimum, (3, 4), (4,), apart=True)
case("rsub", lambda x: 1 - x, (3,))
case("relu", torch.relu, (3, 4), apart=True)
case("abs", torch.abs, (3, 4), apart=True)
for name, f in {"neg": torch.neg, "exp": torch.exp, "expm1": torch.expm1, "square": torch.square, "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh,
                "sigmoid": torch.sigmoid, "softplus": F.softplus, "erf": torch.erf, "gelu": F.gelu}.items():
    case(name, f, (3, 4))
for name, f in {"log": torch.log, "log1p": torch.log1p, "sqrt": torch.sqrt, "reciprocal": torch.reciprocal, "pow 1.7": lambda x: x ** 1.7, "pow -2": lambda x: x ** -2}.items():
    case(name, f, (3, 4), positive=True)
case("clip", lambda x: torch.clip(x, -0.3, 0.4), (4, 5), apart=True)
case("matmul", torch.matmul, (3, 4), (4, 5))
case("matmul batch", torch.matmul, (2, 3, 4), (2, 4, 5))
case("matmul one", torch.matmul, (2, 3, 4), (4, 5))
case("sum", lambda x: x.sum(), (2, 3))
case("sum 0", lambda x: x.sum(0), (2, 3, 4))
case("sum 1 -1", lambda x: x.sum((1, -1)), (2, 3, 4))
case("mean", lambda x: x.mean(), (2, 3))
case("mean 1", lambda x: x.mean(1), (2, 3, 4))
case("max", lambda x: x.amax(), (3, 4), apart=True)
case("max 1", lambda x: x.amax(1), (2, 3, 4), apart=True)
case("min -1", lambda x: x.amin(-1), (2, 3, 4), apart=True)
case("variance", lambda x: x.var(unbiased=False), (3, 4))
case("variance 0", lambda x: x.var(0, unbiased=False), (3, 4))
case("softmax", lambda x: torch.softmax(x, -1), (2, 3, 4))
case("log softmax", lambda x: torch.log_softmax(x, -1), (3, 4))
case("logsumexp", lambda x: torch.logsumexp(x, -1), (3, 4))
case("reshape", lambda x: x.reshape(4, -1), (2, 6))
case("flatten", lambda x: x.flatten(1), (2, 3, 2))
case("expand dims", lambda x: x.unsqueeze(1) * torch.arange(1., 4., dtype=torch.float64).reshape(1, 3, 1), (2, 4))
case("squeeze", lambda x: x.squeeze(1), (2, 1, 3))
case("broadcast to", lambda x: x.broadcast_to(2, 3, 4), (3, 1))
case("transpose", lambda x: x.transpose(-1, -2), (2, 3, 4))
case("transpose 2 0 1", lambda x: x.permute(2, 0, 1), (2, 3, 4))
case("slice", lambda x: x[:, 1:3], (2, 4, 3))
case("slice end", lambda x: x[-2:-1], (4, 3))
case("concat 0", lambda a, b: torch.cat([a, b], 0), (2, 3), (4, 3))
case("concat -1", lambda a, b, c: torch.cat([a, b, c], -1), (2, 2, 3), (2, 2, 1), (2, 2, 2))
case("stack 1", lambda a, b: torch.stack([a, b], 1), (2, 3), (2, 3))
case("where", lambda a, b: torch.where(a > 0.1, a * 2, b * 3), (3, 4), (4,), apart=True)
case("gather", lambda x, i: x[i.long()], (5, 3), (2, 4), values=[None, [0, 1, 4, 4, 2, 2, 2, 0]])
case("gather of gather", lambda x, i: (x[i.long()] ** 2).sum(-1), (5, 3), (4,), values=[None, [3, 1, 3, 0]])
case("shared", lambda x: x * x + torch.exp(x) * x, (3, 4))
case("stop gradient", lambda x: x * torch.tanh(x).sum(-1, keepdim=True).pow(2), (2, 3))
def attention(q, k, v):
    return torch.softmax(q @ k.transpose(-1, -2) / 2, -1) @ v
case("attention", attention, (2, 3, 4), (2, 5, 4), (2, 5, 2))
def network(x, w1, b1, w2, b2):
    return torch.log_softmax(torch.tanh(x @ w1 + b1) @ w2 + b2, -1)
case("network", network, (4, 3), (3, 5), (5,), (5, 2), (2,))
case("layer norm", lambda x, g: (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, unbiased=False, keepdim=True) + 1e-3) * g, (3, 4), (4,))
case("gaussian nll", lambda m, s, y: (s + (y - m) ** 2 / s.exp()).mean(-1), (4, 3), (4, 3), (4, 3))
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch.json"), "w"))

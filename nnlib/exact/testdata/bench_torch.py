# The PyTorch side of bench: reads "work threads calls" and answers with nanoseconds per call.
# One thread is measured in CPU time of the thread, more in wall time.
import sys, time
import torch

torch.manual_seed(1)
n = 1 << 16
x = torch.randn(n)
y = torch.empty(n)
pos = x.abs() + 0.1
F = torch.nn.functional
functions = {
    "exp": lambda: torch.exp(x, out=y), "log": lambda: torch.log(pos, out=y), "tanh": lambda: torch.tanh(x, out=y), "sigmoid": lambda: torch.sigmoid(x, out=y),
    "expm1": lambda: torch.expm1(x, out=y), "log1p": lambda: torch.log1p(pos, out=y), "erf": lambda: torch.erf(x, out=y), "sin": lambda: torch.sin(x, out=y),
    "cos": lambda: torch.cos(x, out=y), "gelu": lambda: F.gelu(x), "softplus": lambda: F.softplus(x), "sqrt": lambda: torch.sqrt(pos, out=y), "sum": lambda: torch.sum(x),
}
w = torch.randn(100352, requires_grad=True)
w.grad = torch.randn(100352) * 0.01
adam = torch.optim.Adam([w], fused=True)
functions["adam"] = adam.step
net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
opt = torch.optim.Adam(net.parameters(), fused=True)
inputs, labels = torch.rand(32, 784), torch.randint(0, 10, (32,))
def train():
    opt.zero_grad()
    F.cross_entropy(net(inputs), labels).backward()
    opt.step()
functions["train"] = train
print(torch.__version__, torch.backends.cpu.get_cpu_capability(), flush=True)
for line in sys.stdin:
    name, threads, calls = line.split()
    f, threads, calls = functions[name], int(threads), int(calls)
    torch.set_num_threads(threads)
    clock = time.thread_time_ns if threads == 1 else time.perf_counter_ns
    with torch.set_grad_enabled(name == "train"):
        warm = time.perf_counter()
        while time.perf_counter() < warm + 0.04: f()
        t = clock()
        for _ in range(calls): f()
    print((clock() - t) / calls, flush=True)

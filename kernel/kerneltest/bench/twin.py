"""The start and the trivial cell of kernels as jupyter_client sees them: the Python twin of this folder's Go program.

    python twin.py ROUNDS NAME [NAME...]     # names of installed kernelspecs, which take turns
"""
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

CELLS = 100


def measure(name):
    km = KernelManager(kernel_name=name)
    begun = time.perf_counter()
    km.start_kernel()
    kc = km.client()
    kc.start_channels()
    try:
        kc.wait_for_ready(timeout=60)
        start = time.perf_counter() - begun
        times = []
        for _ in range(CELLS):
            begun = time.perf_counter()
            reply = kc.execute_interactive("1 + 1", output_hook=lambda m: None, timeout=60)
            times.append(time.perf_counter() - begun)
            assert reply["content"]["status"] == "ok", reply["content"]
        return start, statistics.median(times)
    finally:
        kc.stop_channels()
        km.shutdown_kernel(now=True)


def main():
    rounds, names = int(sys.argv[1]), sys.argv[2:]
    results = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            results[name].append(measure(name))
    print(f"{'kernel':>14} {'start ms':>9} {'p50 ms':>7}   medians of {rounds} rounds")
    for name, r in results.items():
        print(f"{name:>14} {1e3 * statistics.median(x[0] for x in r):9.0f} {1e3 * statistics.median(x[1] for x in r):7.2f}")


if __name__ == "__main__":
    main()

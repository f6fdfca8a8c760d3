"""The start and the trivial cell of kernels as jupyter_client sees them: the Python twin of this folder's Go program.

    python twin.py [--together] ROUNDS NAME NAME...     # names of installed kernelspecs

In a round the first kernel and one of the others live at once and take turns cell by cell, so that a busy machine
is busy for both, and in an order that is drawn anew each time (always the same draws), as it matters after whom a
kernel comes; the last column is the median, over all cells, of a kernel's time by that of the first kernel.
With --together all take turns: then each finds in the CPU's caches what the slowest has left there.
"""
import random
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

CELLS = 100


class Kernel:
    def __init__(self, name):
        self.manager = KernelManager(kernel_name=name)
        begun = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.start = time.perf_counter() - begun

    def cell(self):
        begun = time.perf_counter()
        reply = self.client.execute_interactive("1 + 1", output_hook=lambda m: None, timeout=60)
        taken = time.perf_counter() - begun
        assert reply["content"]["status"] == "ok", reply["content"]
        return taken

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def turns(rounds, names):
    """Prints a row for each kernel, of which the first is the measure."""
    starts, times = {n: [] for n in names}, {n: [] for n in names}
    draws = random.Random(1)
    for _ in range(rounds):
        kernels = {n: Kernel(n) for n in names}
        for _ in range(CELLS):
            for n in draws.sample(names, len(names)):
                times[n].append(kernels[n].cell())
        for n, k in kernels.items():
            starts[n].append(k.start)
            k.end()
    for n in names:
        ratio = statistics.median(t / first for t, first in zip(times[n], times[names[0]]))
        print(f"{n:>14} {1e3 * statistics.median(starts[n]):9.0f} {1e3 * statistics.median(times[n]):7.2f} {ratio:6.2f}")


def main():
    together = "--together" in sys.argv
    rounds, first, *peers = [a for a in sys.argv[1:] if a != "--together"]
    print(f"{'kernel':>14} {'start ms':>9} {'p50 ms':>7} {'ratio':>6}   medians of {rounds} rounds, {CELLS} cells each")
    for names in [[first, *peers]] if together else [[first, p] for p in peers]:
        turns(int(rounds), names)


if __name__ == "__main__":
    main()

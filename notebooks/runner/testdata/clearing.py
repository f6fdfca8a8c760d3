"""Prints the ids of the cells of a notebook that clear their output while they run, a line each.

    python clearing.py NOTEBOOK

nbval compares everything that a cell sends and does not know clear_output, with which a
line of progress takes itself away; it cannot judge such cells.
"""
import sys

import nbformat
from jupyter_client.manager import start_new_kernel

book = nbformat.read(sys.argv[1], 4)
manager, client = start_new_kernel(kernel_name="reprise", startup_timeout=60)
try:
    for cell in book.cells:
        if cell.cell_type != "code":
            continue
        seen = []
        client.execute_interactive(cell.source, output_hook=lambda m: seen.append(m["msg_type"]), timeout=300, allow_stdin=False)
        if "clear_output" in seen:
            print(cell.id)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)

"""Compares the outputs of two executed notebooks, cell by cell and MIME type by MIME type.

Where a client cuts a stream into pieces depends on time; adjacent pieces of one
stream are joined first, and stdout is put before a stderr beside it, as nbclient's
coalesce_streams does.
"""
import sys

import nbformat


def joined(outputs):
    kept = []
    for o in outputs:
        last = kept[-1] if kept else None
        if last and o.output_type == last.output_type == "stream" and o.name == last.name:
            last.text += o.text
        else:
            kept.append(o)
    for i in range(1, len(kept)):
        if [o.get("name") for o in kept[i - 1 : i + 1]] == ["stderr", "stdout"]:
            kept[i - 1 : i + 1] = reversed(kept[i - 1 : i + 1])
    return kept


ours, theirs = (nbformat.read(p, as_version=4) for p in sys.argv[1:3])
code = [[c for c in n.cells if c.cell_type == "code"] for n in (ours, theirs)]
if not code[0] or len(code[0]) != len(code[1]):
    sys.exit(f"{len(code[0])} and {len(code[1])} code cells")
differ = 0
for a, b in zip(*code):
    if joined(a.outputs) != joined(b.outputs):
        differ += 1
        print(f"cell {a.id}:\n  {a.outputs}\n  {b.outputs}"[:4000])
print(f"{sys.argv[1]}: {len(code[0]) - differ} of {len(code[0])} cells have the same outputs")
sys.exit(differ > 0)

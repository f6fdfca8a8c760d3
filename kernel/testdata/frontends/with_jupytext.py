"""A notebook in Go becomes go:percent text and comes back the same; the text runs against the kernelspec "reprise".

    python with_jupytext.py DIRECTORY NOTEBOOK...
"""
import os
import subprocess
import sys

import jupytext
import nbformat

folder, notebooks = sys.argv[1], sys.argv[2:]
assert notebooks, "no notebooks are given"
for path in notebooks:
    book = nbformat.read(path, 4)
    text = jupytext.writes(book, "go:percent")
    assert "// %%" in text, text[:200]
    back = jupytext.reads(text, "go:percent")
    assert len(back.cells) == len(book.cells) > 0, f"{path}: {len(back.cells)} cells came back, want {len(book.cells)}"
    for i, (a, b) in enumerate(zip(book.cells, back.cells)):
        assert (a.cell_type, a.source) == (b.cell_type, b.source), f"{path}, cell {i + 1}:\n{a.source}\ncame back as\n{b.source}"
    print(f"{os.path.basename(path)}: {len(book.cells)} cells there and back")

script = os.path.join(folder, "small.go")
with open(script, "w") as f:
    f.write("// %% [markdown]\n// # A title\n\n// %% tags=[\"a\"]\n//| echo: false\nx := 20\n\n// %%\nfmt.Println(x + 1)\n")
out = os.path.join(folder, "small.ipynb")
run = subprocess.run([sys.executable, "-m", "jupytext", "--set-kernel", "reprise", "--to", "ipynb", "--execute", "-o", out, script],
                     capture_output=True, text=True)
assert run.returncode == 0, run.stdout + run.stderr
book = nbformat.read(out, 4)
assert [c.cell_type for c in book.cells] == ["markdown", "code", "code"], book.cells
assert book.cells[2].outputs[0]["text"] == "21\n", book.cells[2].outputs
print("small.go: was run")

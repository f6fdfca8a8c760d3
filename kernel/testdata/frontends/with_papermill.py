"""papermill -p, with the translator of install/papermill installed beside, against the kernelspec "reprise".

    python with_papermill.py DIRECTORY      # where to write notebooks
"""
import json
import os
import subprocess
import sys

import nbformat

folder = sys.argv[1]
DEFAULTS = 'epochs := 10 // how long\nrate := 0.5\nname := "x"\nfast := false\nsizes := []int{1}\nweights := map[string]float64{}'
cells = [
    nbformat.v4.new_code_cell(DEFAULTS, metadata={"tags": ["parameters"]}),
    nbformat.v4.new_code_cell('fmt.Printf("%T %v|%T %v|%q|%v|%v|%v", epochs, epochs, rate, rate, name, fast, sizes, weights)'),
]
book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "reprise", "display_name": "Go", "language": "go"}})
path = os.path.join(folder, "in.ipynb")
nbformat.write(book, path)


def papermill(*arguments):
    return subprocess.run([sys.executable, "-m", "papermill", *arguments], capture_output=True, text=True)


def printed(out):
    return "".join(o.get("text", "") for c in nbformat.read(out, 4).cells for o in c.get("outputs", []))


out = os.path.join(folder, "out.ipynb")
tricky = 'a"b\\c\né😀\x01\ufeff'
run = papermill(path, out, "-p", "epochs", "100", "-p", "rate", "1", "-p", "fast", "True",
                "-y", f"{{name: {json.dumps(tricky, ensure_ascii=False)}, sizes: [3, 4], weights: {{a: 1, b: 2.5}}}}")
assert run.returncode == 0, run.stderr
want = 'int 100|float64 1|"a\\"b\\\\c\\né😀\\x01\\ufeff"|true|[3 4]|map[a:1 b:2.5]'
assert printed(out) == want, f"printed {printed(out)!r}; want {want!r}"
injected = [c for c in nbformat.read(out, 4).cells if "injected-parameters" in c.metadata.get("tags", [])]
assert len(injected) == 1 and injected[0].source.startswith("// Parameters\n"), injected

unknown = papermill(path, out, "-p", "epoch", "100")
assert unknown.returncode != 0 and "undefined: epoch" in unknown.stdout + unknown.stderr, "an unknown parameter was taken"

told = papermill(path, "--help-notebook")
assert "epochs" in told.stdout + told.stderr and "how long" in told.stdout + told.stderr, told
print("papermill: values keep types, an unknown name fails, parameters are listed")

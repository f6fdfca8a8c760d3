"""A notebook run by nbclient and exported by nbconvert. The language is that of kerneltest.Echo.

What must hold: outputs in order, execution counts, an error that stops the run,
and a progress line that is nowhere in the saved notebook.
"""
import unittest

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

import counted


def notebook(*cells):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nb.metadata["kernelspec"] = {"name": "echo", "display_name": "echo", "language": "go"}
    return nb


def run(*cells, **options):
    nb = notebook(*cells)
    NotebookClient(nb, timeout=60, **options).execute()
    nbformat.validate(nb)
    return nb


def shown(cell):
    """A cell's outputs in short."""
    out = []
    for o in cell.outputs:
        if o.output_type == "stream":
            out.append((o.name, o.text))
        elif o.output_type == "error":
            out.append(("error", o.ename))
        else:
            out.append((o.output_type, o.data["text/plain"]))
    return out


class Notebook(unittest.TestCase):
    def test_outputs(self):
        nb = run("print a\nwarn b\nprint c\nvalue 1", "show d x\nupdate d y", "update d z", "clear", "print e\nclearwait\nprint f")
        self.assertEqual(shown(nb.cells[0]), [("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "c\n"), ("execute_result", "1")])
        self.assertEqual(shown(nb.cells[1]), [("display_data", "z")])
        self.assertEqual([shown(c) for c in nb.cells[2:]], [[], [], [("stdout", "f\n")]])
        self.assertEqual([c.execution_count for c in nb.cells], [1, 2, 3, 4, 5])
        self.assertEqual(nb.metadata.language_info.nbconvert_exporter, "script")

    def test_progress_is_not_saved(self):
        steps = "\n".join(f"progress epoch {i}" for i in range(300))
        nb = run(
            f"print before\nshow d x\n{steps}\nprint between\nupdate d y\n{steps}\nprogress\nprint after\nvalue 1",
            steps,
            f"print kept\n{steps}\nfail x",
            "print later",
            allow_errors=True,
        )
        self.assertEqual(shown(nb.cells[0]), [
            ("stdout", "before\n"), ("display_data", "y"), ("stdout", "between\nafter\n"), ("execute_result", "1")])
        self.assertEqual(shown(nb.cells[1]), [])
        self.assertEqual(shown(nb.cells[2]), [("stdout", "kept\n"), ("error", "Failed")])
        self.assertEqual(shown(nb.cells[3]), [("stdout", "later\n")])
        self.assertFalse(any("epoch" in str(c.outputs) for c in nb.cells))

    def test_error_stops(self):
        nb = notebook("print a", "fail x", "print b")
        with self.assertRaisesRegex(CellExecutionError, "Failed"):
            NotebookClient(nb, timeout=60).execute()
        self.assertEqual(nb.cells[2].outputs, [])

    def test_long_output(self):
        nb = run("lines 200000", coalesce_streams=True)
        self.assertEqual(nb.cells[0].outputs[0].text, "".join(f"line {i}\n" for i in range(200_000)))

    def test_timeout_interrupts(self):
        nb = notebook("wait", "print on")
        NotebookClient(nb, timeout=1, interrupt_on_timeout=True, allow_errors=True).execute()
        self.assertEqual(shown(nb.cells[0]), [("error", "Interrupted")])
        self.assertEqual(shown(nb.cells[1]), [("stdout", "on\n")])

    def test_nbconvert(self):
        nb, _ = ExecutePreprocessor(timeout=60).preprocess(notebook("print a\nhtml <b>bold</b>", "value 7"))
        html, _ = HTMLExporter().from_notebook_node(nb)
        self.assertIn("<b>bold</b>", html)


if __name__ == "__main__":
    counted.main(6)

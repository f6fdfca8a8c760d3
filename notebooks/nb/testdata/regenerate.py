"""Makes testdata/in and testdata/expected: python3 testdata/regenerate.py [FOLDER]

in/ holds notebooks as other programs write them, expected/ the bytes that
nbformat.write (5.11.1) makes of them. Run it in an environment with nbformat.
"""
import json
import pathlib
import sys

import nbformat

here = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def code(id, source, outputs=(), count=None, **extra):
    return {"cell_type": "code", "id": id, "metadata": {}, "source": source,
            "outputs": list(outputs), "execution_count": count} | extra


def book(cells, minor=5, metadata=None, **extra):
    return {"nbformat": 4, "nbformat_minor": minor, "metadata": metadata or {}, "cells": cells} | extra


cases = {
    "empty": book([]),
    "order": book(
        [code("a-1", "x := 1\ny := 2", metadata={"tags": ["b", "a"], "zeta": 1, "alpha": {"y": 0, "x": []}})],
        metadata={"language_info": {"name": "go"}, "kernelspec": {"name": "reprise", "display_name": "Go", "language": "go"},
                  "signature": "gone", "orig_nbformat": 3},
        zz_unknown={"kept": True}),
    "lines": book([
        code("l1", "a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l\n"),
        code("l2", ["one\n", "two"]), code("l3", ""), code("l4", []), code("l5", "\n\n"),
        {"cell_type": "markdown", "id": "m", "metadata": {"trusted": True}, "source": "héllo 世界 🎉 \x7f \u00a0"},
        {"cell_type": "raw", "id": "r", "metadata": {"format": "text/latex"}, "source": "\\alpha"},
    ]),
    "strings": book([code("s", "quote \" back \\ slash / tab \t bell \x07 nul \x00 esc \x1b bs \x08 ff \x0c <&>")],
                    metadata={"é": 1, "e": 2, "Z": 3, "🎉": 4, "\uffff": 5, "": 6}),
    "outputs": book([code("o", "f()", count=7, outputs=[
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
        {"output_type": "stream", "name": "stderr", "text": "one line"},
        {"output_type": "display_data", "metadata": {"image/png": {"width": 10}},
         "data": {"text/plain": ["<Figure\n", ">"], "image/png": png + "\n", "image/svg+xml": "<svg>\n</svg>\n",
                  "application/javascript": "a\nb", "application/json": ["a\n", "b", {"n": [1, 2.50, None]}],
                  "application/vnd.vega.v5+json": {"z": 1, "a": [[], {}]}, "application/pdf": "x\ny", "text/x-odd": 7}},
        {"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": {"text/html": "<b>\n</b>", "text/plain": ""}},
        {"output_type": "error", "ename": "Panic", "evalue": "boom\nmore", "traceback": ["\x1b[31mPanic\x1b[0m: boom\nat 1", "x"]},
    ])]),
    "attachments": book([{"cell_type": "markdown", "id": "att", "metadata": {}, "source": "![x](attachment:x.png)",
                          "attachments": {"x.png": {"image/png": png}, "b.txt": {"text/plain": "a\nb"}}}]),
    "numbers": book([], metadata={"n": [0, 1, -1, 1.0, 0.1, 1e-07, 1e+16, 123456789012345678901234567890, float("nan"), float("inf"), -float("inf"), True, False, None]}),
    "minor2": book([{k: v for k, v in code("x", "old").items() if k != "id"}], minor=2),
    "unknown": book([code("u", "x", extra_field=[1, {"deep": "er"}], outputs=[
        {"output_type": "stream", "name": "stdout", "text": "t", "vendor": {"k": 1}}])], vendor=["v"]),
    "fields": book([code("f", "x", execution_count=None)], metadata={"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2}}}),
}

for folder in ("in", "expected"):
    (here / folder).mkdir(exist_ok=True)
    for old in (here / folder).glob("*.ipynb"):
        old.unlink()
for name, notebook in cases.items():
    source = here / "in" / f"{name}.ipynb"
    indent = None if name in ("order", "outputs") else 2
    source.write_text(json.dumps(notebook, indent=indent, ensure_ascii=name == "strings"), encoding="utf-8", newline="")
    read = nbformat.read(source, as_version=nbformat.NO_CONVERT)
    with open(here / "expected" / f"{name}.ipynb", "w", encoding="utf-8", newline="") as f:
        nbformat.write(read, f)

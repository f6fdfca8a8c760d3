"""Makes testdata/nbclient.json: python3 testdata/regenerate.py [FOLDER]

Plays what cells show to nbclient (0.11.0, coalesce_streams) through a kernel client
that only hands out messages, and notes the outputs that nbclient records.
"""
import asyncio
import copy
import json
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

T = "text/plain"


def stream(text, name="stdout"):
    return {"stream": text, "name": name}


def show(text, id="", update=False):
    return {"display": {T: text}, "id": id, "update": update}


clear, clear_wait = {"clear": False}, {"clear": True}
result = {"result": {T: "42"}}
error = {"error": "boom"}

scenarios = {
    "streams of one name are united": [[stream("a"), stream("b", "stderr"), stream("c\n"), stream("d", "stderr")]],
    "stdout stands before stderr": [[stream("e", "stderr"), stream("o")]],
    "stderr first, then a display": [[stream("e", "stderr"), show("x"), stream("o"), stream("f", "stderr")]],
    "carriage returns": [[stream("10%\r20%\r"), stream("30%\n"), stream("ab\r\ncd\r"), stream("x\ry\nz\r")]],
    "carriage return doubled": [[stream("a\r\r\nb\r\rc\r\n\rd")]],
    "backspace stays": [[stream("abc\b\bd\n")]],
    "display and its update": [[show("1", "i"), stream("x"), show("2", "i", True)]],
    "update without display": [[show("2", "i", True), stream("x")]],
    "same id twice": [[show("1", "i"), show("2", "i")]],
    "update from a later cell": [[show("1", "i")], [show("2", "i", True), result]],
    "clear": [[stream("a"), clear, stream("b")]],
    "clear with wait": [[stream("a"), clear_wait, show("x")]],
    "clear with wait at the end": [[stream("a"), clear_wait]],
    "clear with wait, update, output": [[show("1", "i"), clear_wait, show("2", "i", True), stream("x"), show("3", "i", True)]],
    "clear with wait before a result": [[stream("a"), clear_wait, result]],
    "clear forgets displays": [[show("1", "i"), clear, show("2", "i", True), stream("x")]],
    "error": [[stream("a"), stream("e", "stderr"), error]],
    "error after clear with wait": [[stream("a"), clear_wait, error]],
    "result": [[stream("a"), result]],
    "nothing": [[]],
}


def message(kind, content):
    return {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {"msg_id": "m"}, "content": content}


def messages(event, count):
    if "stream" in event:
        return message("stream", {"name": event["name"], "text": event["stream"]})
    if "display" in event:
        kind = "update_display_data" if event["update"] else "display_data"
        transient = {"display_id": event["id"]} if event["id"] else {}
        return message(kind, {"data": event["display"], "metadata": {}, "transient": transient})
    if "clear" in event:
        return message("clear_output", {"wait": event["clear"]})
    if "result" in event:
        return message("execute_result", {"data": event["result"], "metadata": {}, "execution_count": count})
    return message("error", {"ename": "Panic", "evalue": event["error"], "traceback": ["\x1b[1;31mPanic\x1b[0m: " + event["error"]]})


class Channel:
    def __init__(self):
        self.queue = []

    async def get_msg(self, timeout=None):
        return self.queue.pop(0)


class Client:
    def __init__(self, cells):
        self.cells, self.count = cells, 0
        self.shell_channel, self.iopub_channel = Channel(), Channel()

    def execute(self, code, **options):
        events = self.cells[self.count]
        self.count += 1
        self.iopub_channel.queue = [messages(e, self.count) for e in copy.deepcopy(events)] + [message("status", {"execution_state": "idle"})]
        status = "error" if error in events else "ok"
        self.shell_channel.queue = [message("execute_reply", {"status": status, "ename": "Panic", "evalue": "", "traceback": []})]
        return "m"

    async def is_alive(self):
        return True


async def record(cells):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x") for _ in cells])
    client = NotebookClient(nb, coalesce_streams=True, allow_errors=True, record_timing=False)
    client.kc = Client(cells)
    for i, cell in enumerate(nb.cells):
        await client.async_execute_cell(cell, i)
    return [cell.outputs for cell in nb.cells]


made = [{"name": name, "cells": cells, "outputs": asyncio.run(record(cells))} for name, cells in scenarios.items()]
folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
(folder / "nbclient.json").write_text(json.dumps(made, indent=1) + "\n")

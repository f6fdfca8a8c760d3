"""Writes frames.json: messages as jupyter_client itself puts them on the wire.

    python capture.py > frames.json

Each entry holds the Python line that made it; the frames are Latin-1 text, one
character a byte. Made with jupyter_client 8.10.0.
"""
import datetime
import json

import jupyter_client.session as js

KEY = b"3b9e1ce5-8d4a2f7f0b6e4d5c"
LINES = [
    ("kernel_info", 'send("kernel_info_request", {}, ident=b"dealer")'),
    ("execute", 'send("execute_request", {"code": "x := 1\\nfmt.Println(x)", "silent": False, "store_history": True,'
                ' "user_expressions": {"x": "x"}, "allow_stdin": True, "stop_on_error": True}, ident=b"dealer")'),
    ("execute with defaults", 'send("execute_request", {"code": "1"}, ident=b"dealer")'),
    ("code in many scripts", 'send("complete_request", {"code": "Grüße, 世界 👩‍👧 <b>&", "cursor_pos": 9}, ident=b"dealer")'),
    ("no cursor", 'send("complete_request", {"code": "fmt.", "cursor_pos": None}, ident=b"dealer")'),
    ("metadata", 'send("execute_request", {"code": "1"}, metadata={"cellId": "a1", "deletedCells": []}, ident=b"dealer")'),
    ("buffers", 'send("comm_msg", {"comm_id": "c", "data": {"n": 1}}, buffers=[b"\\x00\\xff", b""], ident=b"dealer")'),
    ("child", 'send("input_reply", {"value": "42"}, parent=PARENT, ident=b"dealer")'),
    ("subshell", 'send("is_complete_request", {"code": "for {"}, header=dict(HEADER, subshell_id="s1"), ident=b"dealer")'),
    ("no routing", 'send("status", {"execution_state": "busy"}, parent=PARENT)'),
    ("topic", 'send("stream", {"name": "stdout", "text": "hi\\n"}, parent=PARENT, ident=b"kernel.1.stream")'),
    ("nobody's type", 'send("launch_request", {"rocket": [1, 2.5, None]}, ident=b"dealer")'),
]
HEADER = {
    "msg_id": "fixed", "msg_type": "is_complete_request", "username": "ada", "session": "s",
    "date": datetime.datetime(2026, 1, 2, 3, 4, 5, 6, datetime.timezone.utc), "version": "5.4",
}
PARENT = {"header": HEADER}


class Stream:
    """Takes what Session.send would give a ZeroMQ socket."""

    def send_multipart(self, frames, copy=True, track=False):
        self.frames = [bytes(f) for f in frames]


stream = Stream()
session = js.Session(key=KEY, session="capture", username="ada")
entries = []
for name, line in LINES:
    eval(line, {"send": lambda *a, **k: session.send(stream, *a, **k), "HEADER": HEADER, "PARENT": PARENT})
    entries.append({"name": name, "line": line, "frames": [f.decode("latin-1") for f in stream.frames]})
print(json.dumps({"key": KEY.decode(), "messages": entries}, indent=1))

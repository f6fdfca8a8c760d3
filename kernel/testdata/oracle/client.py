"""The kernel as jupyter_client and libzmq see it. The language is that of kerneltest.Echo.

    JUPYTER_PATH=... python client.py      # a kernelspec "echo" must be on the path
"""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import zmq
from jupyter_client.manager import KernelManager

import counted

PATIENCE = 20


class Kernel(unittest.TestCase):
    """A kernel for each test, and a client of it."""

    transport = "tcp"

    def setUp(self):
        self.km = KernelManager(kernel_name="echo", transport=self.transport)
        self.km.start_kernel()
        self.kc = self.connect()

    def tearDown(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)

    def connect(self):
        kc = self.km.client()
        kc.start_channels()
        kc.wait_for_ready(timeout=PATIENCE)
        return kc

    def run_cell(self, code, kc=None, **options):
        """The reply and the outputs of a cell, each as (type, content)."""
        outputs = []
        reply = (kc or self.kc).execute_interactive(
            code, output_hook=lambda m: outputs.append((m["msg_type"], m["content"])), timeout=PATIENCE, **options)
        return reply, outputs

    def until_idle(self, msg_id, kc=None):
        messages = []
        while True:
            m = (kc or self.kc).get_iopub_msg(timeout=PATIENCE)
            if m["parent_header"].get("msg_id") != msg_id:
                continue
            messages.append(m)
            if m["msg_type"] == "status" and m["content"]["execution_state"] == "idle":
                return messages

    def request(self, channel, msg_type, content, **header):
        """Sends any message and gives its reply."""
        m = self.kc.session.msg(msg_type, content)
        m["header"].update(header)
        channel.send(m)
        while True:
            reply = channel.get_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == m["header"]["msg_id"]:
                return reply


class Client(Kernel):
    def test_order(self):
        msg_id = self.kc.execute("print a\nwarn b\nvalue 3")
        types = [m["msg_type"] for m in self.until_idle(msg_id)]
        self.assertEqual(types, ["status", "execute_input", "stream", "stream", "execute_result", "status"])
        self.assertEqual(self.kc.get_shell_msg(timeout=PATIENCE)["content"]["status"], "ok")

    def test_abort(self):
        # All three are on their way before the first can fail.
        ids = [self.kc.execute(code) for code in ("fail x", "print 2", "print 3")]
        replies = {m["parent_header"]["msg_id"]: m["content"]["status"] for m in (self.kc.get_shell_msg(timeout=PATIENCE) for _ in ids)}
        self.assertEqual([replies[i] for i in ids], ["error", "aborted", "aborted"])
        self.assertEqual(self.run_cell("print 4")[0]["content"]["status"], "ok")

    def test_interrupt(self):
        msg_id = self.kc.execute("wait")
        while self.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
            pass
        self.km.interrupt_kernel()
        self.assertEqual(self.kc.get_shell_msg(timeout=PATIENCE)["content"]["ename"], "Interrupted")
        self.until_idle(msg_id)

    def test_interrupt_by_signal(self):
        self.kc.execute("wait")
        while self.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
            pass
        self.km.signal_kernel(signal.SIGINT)
        self.assertEqual(self.kc.get_shell_msg(timeout=PATIENCE)["content"]["ename"], "Interrupted")

    def test_control_while_busy(self):
        self.kc.execute("wait")
        while self.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
            pass
        reply = self.request(self.kc.control_channel, "kernel_info_request", {})
        self.assertEqual(reply["content"]["protocol_version"], "5.6")
        usage = self.request(self.kc.control_channel, "usage_request", {})["content"]
        self.assertEqual(usage["pid"], self.km.provisioner.pid)
        self.assertGreater(usage["kernel_memory"], 1 << 20)
        self.assertGreater(usage["host_virtual_memory"]["total"], usage["kernel_memory"])

    def test_stdin(self):
        msg_id = self.kc.execute("ask Name?\npassword Word?", allow_stdin=True)
        for prompt, password, answer in (("Name?", False, "Ada"), ("Word?", True, "secret")):
            m = self.kc.get_stdin_msg(timeout=PATIENCE)
            self.assertEqual(m["content"], {"prompt": prompt, "password": password})
            self.kc.input(answer)
        text = "".join(m["content"]["text"] for m in self.until_idle(msg_id) if m["msg_type"] == "stream")
        self.assertEqual(text, "Ada\nsecret\n")

    def test_no_stdin(self):
        reply, _ = self.run_cell("ask Name?", allow_stdin=False)
        self.assertEqual(reply["content"]["ename"], "NoInput")

    def test_code_points(self):
        code = "print 👩‍👧\npr"
        reply = self.kc.complete(code, len(code), reply=True, timeout=PATIENCE)["content"]
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (len(code) - 2, len(code)))
        self.assertEqual(reply["metadata"]["_jupyter_types_experimental"][0]["start"], len(code) - 2)

    def test_history(self):
        self.run_cell("value 1")
        self.run_cell("print 2")
        reply = self.kc.history(raw=True, output=True, hist_access_type="tail", n=2, reply=True, timeout=PATIENCE)
        self.assertEqual([h[2] for h in reply["content"]["history"]], [["value 1", "1"], ["print 2", None]])

    def test_comm_buffers(self):
        m = self.kc.session.msg("comm_open", {"comm_id": "c", "target_name": "echo", "data": {"n": 1}})
        self.kc.session.send(self.kc.shell_channel.socket, m, buffers=[b"\x00\xff", b""])
        echo = [m for m in self.until_idle(m["header"]["msg_id"]) if m["msg_type"] == "comm_msg"]
        self.assertEqual([bytes(b) for b in echo[0]["buffers"]], [b"\x00\xff", b""])
        self.assertEqual(list(self.kc.comm_info(reply=True, timeout=PATIENCE)["content"]["comms"]), ["c"])

    def test_subshell(self):
        sub = self.request(self.kc.control_channel, "create_subshell_request", {})["content"]["subshell_id"]
        self.kc.execute("wait")
        while self.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
            pass
        reply = self.request(self.kc.shell_channel, "complete_request", {"code": "pri", "cursor_pos": 3}, subshell_id=sub)
        self.assertEqual(reply["content"]["matches"], ["print"])

    def test_unknown(self):
        reply = self.request(self.kc.shell_channel, "launch_request", {"rocket": 1})
        self.assertEqual((reply["msg_type"], reply["content"]["status"]), ("launch_reply", "error"))

    def test_wrong_key(self):
        stranger = self.km.client()
        stranger.session.key = b"wrong"
        stranger.start_channels()
        stranger.execute("print stolen")
        _, outputs = self.run_cell("print mine")
        self.assertEqual(outputs[-1], ("status", {"execution_state": "idle"}))
        self.assertIn(("stream", {"name": "stdout", "text": "mine\n"}), outputs)
        self.assertNotIn("stolen", str(outputs))
        stranger.stop_channels()

    def test_restart(self):
        self.run_cell("print 1")
        first = self.km.provisioner.pid
        self.km.restart_kernel()
        self.kc.wait_for_ready(timeout=PATIENCE)
        self.assertNotEqual(self.km.provisioner.pid, first)
        self.assertEqual(self.run_cell("print 1")[0]["content"]["execution_count"], 1)

    def test_shutdown_while_busy(self):
        self.kc.execute("wait")
        while self.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
            pass
        reply = self.request(self.kc.control_channel, "shutdown_request", {"restart": False})
        self.assertEqual(reply["content"], {"status": "ok", "restart": False})
        self.assertEqual(self.km.provisioner.process.wait(PATIENCE), 0)

    def test_two_clients(self):
        other = self.connect()
        ids = [(kc, kc.execute(f"print {name}")) for name in range(20) for kc in (self.kc, other)]
        for kc, msg_id in ids:
            self.assertEqual(kc.get_shell_msg(timeout=PATIENCE)["parent_header"]["msg_id"], msg_id)
        for kc in (self.kc, other):
            self.until_idle(ids[-1][1], kc)
        other.stop_channels()

    def test_client_leaves(self):
        other = self.connect()
        msg_id = other.execute("hold\nlines 100000")
        while self.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
            pass
        other.stop_channels()
        self.km.interrupt_kernel()
        self.until_idle(msg_id)
        self.assertEqual(self.run_cell("print on")[0]["content"]["status"], "ok")

    def test_silent_peer(self):
        # Connections that say nothing, or nonsense, on every port: clients that come later are served.
        info = self.km.get_connection_info()
        peers = []
        for port in (info[c + "_port"] for c in ("shell", "control", "iopub", "stdin", "hb")):
            for word in (b"", b"GET / HTTP/1.0\r\n\r\n", b"\xff" + b"\x00" * 8 + b"\x7f\x03"):
                s = socket.create_connection(("127.0.0.1", port))
                s.sendall(word)
                peers.append(s)
        other = self.connect()
        self.assertEqual(self.run_cell("print on", other)[0]["content"]["status"], "ok")
        other.stop_channels()
        for s in peers:
            s.close()

    def test_sleeping_reader(self):
        # A reader asleep during 20,000 displays that cannot be merged: none is lost and memory is bounded.
        n = 20_000
        sub = zmq.Context.instance().socket(zmq.SUB)
        sub.rcvhwm = 10  # so that libzmq does not read for the sleeper
        sub.subscribe(b"")
        sub.connect("tcp://127.0.0.1:%d" % self.km.get_connection_info()["iopub_port"])
        self.assertIn(b"iopub_welcome", sub.recv_multipart()[3])
        text = "x" * 2000
        msg_id = self.kc.execute("\n".join(f"show  {i} {text}" for i in range(n)))
        # Meanwhile control is answered, and the kernel's memory stays what queues hold.
        usage = self.request(self.kc.control_channel, "usage_request", {})["content"]
        self.assertLess(usage["kernel_memory"], 400 << 20)
        seen = {sub: 0, self.kc.iopub_channel.socket: 0}  # the client has an eye open, the sleeper wakes up now
        while min(seen.values()) < n:
            ready = zmq.select(list(seen), [], [], PATIENCE)[0]
            self.assertTrue(ready, f"{list(seen.values())} of {n} displays came")
            for s in ready:
                frames = zmq.Socket.recv_multipart(s)
                if b'"display_data"' in frames[3]:
                    self.assertTrue(json.loads(frames[6])["data"]["text/plain"].startswith(f"{seen[s]} x"))
                    seen[s] += 1
        sub.close(linger=0)

    def test_hundred_megabytes(self):
        msg_id = self.kc.execute("lines 8000000")  # 8,000,000 lines of 11 to 13 bytes
        got = sum(len(m["content"]["text"]) for m in self.until_idle(msg_id) if m["msg_type"] == "stream")
        self.assertEqual(got, lines_length(8_000_000))

    def test_orphan(self):
        # A parent that dies by kill -9 cannot say goodbye; the kernel notices.
        script = (
            "import sys, time\nfrom jupyter_client.manager import start_new_kernel\n"
            "km, kc = start_new_kernel(kernel_name='echo')\nprint(km.provisioner.pid, flush=True)\ntime.sleep(600)\n")
        parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        pid = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        deadline = time.monotonic() + PATIENCE
        while alive(pid):
            self.assertLess(time.monotonic(), deadline, "the kernel outlives its parent")
            time.sleep(0.05)


def lines_length(n):
    """How many bytes `lines n` prints."""
    return sum(len("line \n") + len(str(i)) for i in range(n))


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class IPC(Kernel):
    transport = "ipc"

    def test_ipc(self):
        self.assertEqual(self.run_cell("print on")[0]["content"]["status"], "ok")


class CURVE(unittest.TestCase):
    def test_curve(self):
        public, secret = zmq.curve_keypair()
        km = KernelManager(kernel_name="echo", curve_publickey=public, curve_secretkey=secret)
        km.start_kernel()
        try:
            with open(km.connection_file) as f:
                self.assertEqual(json.load(f)["curve_publickey"], public.decode())
            kc = km.client()
            kc.start_channels()
            kc.wait_for_ready(timeout=PATIENCE)
            self.assertEqual(kc.execute_interactive("print on", timeout=PATIENCE)["content"]["status"], "ok")
            plain = zmq.Context.instance().socket(zmq.DEALER)
            plain.connect("tcp://127.0.0.1:%d" % km.shell_port)
            kc.session.send(plain, "kernel_info_request", {})
            self.assertFalse(plain.poll(500), "a client without keys was answered")
            plain.close(linger=0)
            kc.stop_channels()
        finally:
            km.shutdown_kernel(now=True)


class ConnectionFile(unittest.TestCase):
    def test_errors(self):
        with open(os.path.join(os.environ["JUPYTER_PATH"], "kernels", "echo", "kernel.json")) as f:
            binary = json.load(f)["argv"][0]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
            f.write("not JSON")
            f.flush()
            for path, want in ((f.name, "not a JSON object"), ("/no/such/file.json", "no connection file")):
                r = subprocess.run([binary, path], capture_output=True, text=True, timeout=PATIENCE)
                self.assertEqual(r.returncode, 1)
                self.assertIn(want, r.stderr)
                self.assertEqual(len(r.stderr.strip().splitlines()), 1)


if __name__ == "__main__":
    counted.main(24)

"""Drives libzmq (pyzmq) against the sockets of this package: libzmq.py SCENARIO ENDPOINT [SERVERKEY]

The Go test holds the other end and the protocol between the two is lines: this
program prints what it has seen, and waits on stdin where the Go side must act first.
"""
import sys

import zmq
from zmq.utils.monitor import recv_monitor_message

PATIENCE = 20_000  # ms
context = zmq.Context()


def socket(kind, connect=True, **options):
    s = context.socket(kind)
    s.linger = 0
    s.rcvtimeo = s.sndtimeo = PATIENCE
    if len(sys.argv) > 3:
        s.curve_publickey, s.curve_secretkey = zmq.curve_keypair()
        s.curve_serverkey = sys.argv[3].encode()
    for name, value in options.items():
        setattr(s, name, value)
    if connect:
        s.connect(sys.argv[2])
    return s


def say(*words):
    print(*words, flush=True)


def hear(line):
    got = sys.stdin.readline().strip()
    assert got == line, f"waited for {line!r}, got {got!r}"


def dealer():
    """Every size at which the framing changes, one to four frames, many in flight."""
    s = socket(zmq.DEALER, identity=b"a dealer")
    sizes = [0, 1, 254, 255, 256, 257, 65535, 65536, 70_000, 5_000_000]
    messages = [[bytes([n % 251]) * sizes[(n + k) % len(sizes)] for k in range(1 + n % 4)] for n in range(40)]
    for m in messages:
        s.send_multipart(m)
    for m in messages:
        assert s.recv_multipart() == m
    say("ok", len(messages))


def req():
    """A heartbeat client: what comes back is what was sent."""
    s = socket(zmq.REQ)
    for frames in [[b"ping"], [b""], [b"a", b"", b"c"], [b"x" * 100_000]] * 25:
        s.send_multipart(frames)
        assert s.recv_multipart() == frames
    d = socket(zmq.DEALER)
    for frames in [[b"", b"ping"], [b"envelope", b"", b"ping"], [b"bare"]]:
        d.send_multipart(frames)
        assert d.recv_multipart() == frames
    say("ok", 103)


def sub():
    """Topics are prefixes; the welcome comes first; cancelled topics stay away."""
    s = socket(zmq.SUB)
    s.subscribe(b"stream")
    assert s.recv_multipart() == [b"stream", b"welcome"]
    say("subscribed")
    assert s.recv_multipart() == [b"stream.1", b"one"]
    s.subscribe(b"status")
    assert s.recv_multipart() == [b"status", b"welcome"]
    s.unsubscribe(b"stream")
    s.subscribe(b"last")  # its welcome tells that the cancellation has been seen
    assert s.recv_multipart() == [b"last", b"welcome"]
    say("changed")
    assert s.recv_multipart() == [b"status", b"two"]
    say("ok", 5)


def xsub():
    """XSUB subscribes by plain messages."""
    s = socket(zmq.XSUB)
    s.send(b"\x01a")
    assert s.recv_multipart() == [b"a", b"welcome"]
    say("subscribed")
    assert s.recv_multipart() == [b"abc", b"one"]
    say("ok", 2)


def slow():
    """A reader that does not read until the publisher is stuck, then finds everything."""
    s = socket(zmq.SUB, rcvhwm=10, rcvbuf=8192)
    s.subscribe(b"")
    assert s.recv_multipart() == [b"", b"welcome"]
    say("subscribed")
    hear("stuck")
    n = 0
    while True:
        topic, number, _ = s.recv_multipart()
        if topic == b"end":
            break
        assert int(number) == n, (number, n)
        n += 1
    say("ok", n)


def heartbeat():
    """libzmq pings every 20 ms and would hang up on a missing pong."""
    s = socket(zmq.DEALER, connect=False, heartbeat_ivl=20, heartbeat_timeout=700, heartbeat_ttl=PATIENCE // 10)
    monitor = s.get_monitor_socket()
    s.connect(sys.argv[2])
    events = 0
    while monitor.poll(1500):  # ms without news: some 70 pings, and twice the timeout
        event = recv_monitor_message(monitor)["event"]
        assert event not in (zmq.EVENT_DISCONNECTED, zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL), event
        events += 1
    s.send(b"still here")
    assert s.recv() == b"still here"
    say("ok", events)


def refused():
    """Whatever is wrong with this client, libzmq must see the handshake fail."""
    s = socket(zmq.PUSH if len(sys.argv) <= 3 else zmq.DEALER, connect=False)
    monitor = s.get_monitor_socket()
    s.connect(sys.argv[2])
    seen = []
    while monitor.poll(PATIENCE):
        event = recv_monitor_message(monitor)["event"]
        seen.append(event)
        assert event != zmq.EVENT_HANDSHAKE_SUCCEEDED
        if event in (zmq.EVENT_DISCONNECTED, zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL,
                     zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL, zmq.EVENT_HANDSHAKE_FAILED_AUTH):
            say("ok", 1)
            return
    raise AssertionError(f"only {seen}")


def twice():
    """The same identity again, while the first connection lives: the newcomer gets the replies."""
    first = socket(zmq.DEALER, identity=b"twin")
    first.send(b"first")
    assert first.recv() == b"first"
    second = socket(zmq.DEALER, identity=b"twin")
    second.send(b"second")
    assert second.recv() == b"second"
    first.send(b"first again")
    assert first.recv() == b"first again"
    say("ok", 3)


def farewell():
    """What was queued before Close still arrives."""
    s = socket(zmq.DEALER)
    s.send(b"hello")
    n = 0
    while s.recv_multipart()[0] != b"last":
        n += 1
    say("ok", n)


globals()[sys.argv[1]]()
context.destroy(linger=0)

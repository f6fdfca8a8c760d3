"""A launcher on libzmq that leaves the ports to the kernel (JEP 66), for the kernelspec "reprise".

    python with_registration.py DIRECTORY      # where to write the registration file
"""
import hashlib
import hmac
import json
import os
import subprocess
import sys

import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import get_kernel_spec

PATIENCE = 20
KEY = b"a-key-for-tests"
sign = lambda content: hmac.new(KEY, content, hashlib.sha256).hexdigest().encode()  # noqa: E731

router = zmq.Context.instance().socket(zmq.ROUTER)
port = router.bind_to_random_port("tcp://127.0.0.1")
file = os.path.join(sys.argv[1], "registration.json")
with open(file, "w") as f:
    json.dump({"kernel_id": "k-1", "transport": "tcp", "registration_ip": "127.0.0.1", "registration_port": str(port),
               "signature_scheme": "hmac-sha256", "key": KEY.decode()}, f)
kernel = subprocess.Popen([a.replace("{connection_file}", file) for a in get_kernel_spec("reprise").argv])
try:
    assert router.poll(1000 * PATIENCE), "the kernel did not register"
    routing, delimiter, signature, content = router.recv_multipart()
    assert delimiter == b"<IDS|MSG>" and signature == sign(content), (delimiter, signature)
    router.send_multipart([routing, delimiter, sign(b"ACK"), b"ACK"])
    told = json.loads(content)
    assert told.pop("kernel_id") == "k-1", told
    ports = {name: int(value) for name, value in told.items()}
    kc = BlockingKernelClient()
    kc.load_connection_info({"transport": "tcp", "ip": "127.0.0.1", "key": KEY.decode(), "signature_scheme": "hmac-sha256", **ports})
    kc.start_channels()
    kc.wait_for_ready(timeout=PATIENCE)
    values = []
    kc.execute_interactive("1 + 1", timeout=PATIENCE, output_hook=lambda m: values.append(m["content"].get("data", {}).get("text/plain")))
    assert "2" in values, values
    kc.shutdown()
    assert kernel.wait(PATIENCE) == 0, kernel.returncode
finally:
    kernel.kill()
print("the kernel chose", len(ports), "ports, told them, and answers there")

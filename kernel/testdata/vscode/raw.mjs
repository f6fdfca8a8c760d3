// VS Code's way of talking to a kernel, for the kernelspec "reprise": no Jupyter
// server; JupyterLab's KernelConnection over a "WebSocket" that is four ZeroMQ
// sockets with one routing id between them, behind a heartbeat port that must
// accept a connection first (vscode-jupyter, src/kernels/raw: rawSocket.node.ts,
// kernelProcess.node.ts).
//
//     node raw.mjs KERNEL.JSON DIRECTORY
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const require = createRequire(import.meta.url);
const { KernelConnection } = require("@jupyterlab/services/lib/kernel/default");
const { ServerConnection } = require("@jupyterlab/services");
const wire = require("@nteract/messaging/lib/wire-protocol");
const zmq = require("zeromq");

const PATIENCE = 60_000;
let checks = 0;

class RawSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;
  static connection; // of the kernel: KernelConnection makes the socket by itself

  constructor() {
    const routingId = randomUUID();
    const dealer = () => new zmq.Dealer({ routingId, sendHighWaterMark: 0, receiveHighWaterMark: 0, maxMessageSize: -1 });
    this.channels = {
      iopub: new zmq.Subscriber({ maxMessageSize: -1, receiveHighWaterMark: 0 }),
      shell: dealer(), control: dealer(), stdin: dealer(),
    };
    this.protocol = "";
    this.readyState = RawSocket.OPEN;
    const { ip, key, signature_scheme } = RawSocket.connection;
    for (const [name, socket] of Object.entries(this.channels)) {
      socket.connect(`tcp://${ip}:${RawSocket.connection[name + "_port"]}`);
      this.listen(name, socket, key, signature_scheme);
    }
    this.channels.iopub.subscribe();
    queueMicrotask(() => this.onopen?.({ target: this }));
  }

  async listen(name, socket, key, scheme) {
    try {
      for await (const frames of socket) {
        const message = wire.decode(frames, key, scheme);
        message.channel = name;
        this.onmessage?.({ data: message, type: "message", target: this });
      }
    } catch (error) {
      if (this.readyState === RawSocket.OPEN) throw error;
    }
  }

  send(message) {
    const { key, signature_scheme } = RawSocket.connection;
    this.channels[message.channel].send(wire.encode(message, key, signature_scheme));
  }

  close() {
    this.readyState = RawSocket.CLOSED;
    Object.values(this.channels).forEach((s) => s.close());
  }
}

function check(name, ok, seen) {
  if (!ok) throw new Error(`${name}: ${JSON.stringify(seen)}`);
  checks++;
}

async function freePorts(n) {
  const servers = await Promise.all(Array.from({ length: n }, () => new Promise((resolve, reject) => {
    const s = net.createServer().on("error", reject).listen(0, "127.0.0.1", () => resolve(s));
  })));
  return Promise.all(servers.map((s) => new Promise((resolve) => { const { port } = s.address(); s.close(() => resolve(port)); })));
}

// accepts waits until somebody listens on the port, as VS Code waits for the heartbeat.
async function accepts(port, ended) {
  for (;;) {
    const open = await new Promise((resolve) => {
      const s = net.connect(port, "127.0.0.1", () => { s.destroy(); resolve(true); }).on("error", () => resolve(false));
    });
    if (open) return;
    if (ended()) throw new Error("the kernel ended before it listened");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const text = (outputs) => outputs.filter((m) => m.header.msg_type === "stream").map((m) => m.content.text).join("");
const value = (outputs) => outputs.find((m) => m.header.msg_type === "execute_result")?.content.data["text/plain"];

async function main([specFile, directory]) {
  const [hb_port, shell_port, iopub_port, control_port, stdin_port] = await freePorts(5);
  const connection = { ip: "127.0.0.1", transport: "tcp", key: randomUUID(), signature_scheme: "hmac-sha256",
    hb_port, shell_port, iopub_port, control_port, stdin_port, kernel_name: "reprise" };
  const file = path.join(directory, "kernel-vscode.json");
  writeFileSync(file, JSON.stringify(connection));
  const spec = JSON.parse(readFileSync(specFile));
  const argv = spec.argv.map((a) => a.replace("{connection_file}", file).replace("{resource_dir}", path.dirname(specFile)));
  const kernel = spawn(argv[0], argv.slice(1), { env: { ...process.env, ...spec.env }, stdio: ["ignore", "inherit", "inherit"] });
  let exit;
  const exited = new Promise((resolve) => kernel.on("exit", (code) => { exit = { code }; resolve(code); }));
  try {
    await accepts(hb_port, () => exit);
    RawSocket.connection = connection;
    const settings = ServerConnection.makeSettings({ WebSocket: RawSocket, wsUrl: "RAW", serializer: { serialize: (m) => m, deserialize: (m) => m } });
    const real = new KernelConnection({ serverSettings: settings, clientId: randomUUID(), username: randomUUID(), handleComms: false,
      model: { name: "reprise", id: randomUUID() } });
    await ready(real);
    await converse(real);
    await shutdown(real);
    check("it ends when asked", (await exited) === 0, exit);
    real.dispose();
  } finally {
    kernel.kill("SIGKILL");
  }
  console.log(`${checks} passed, 0 failed`);
}

// ready asks on both channels until an answer and something on iopub are there: before
// the subscription takes effect the first answer has no idle (postStartKernel asks every 1.5 s).
async function ready(real) {
  if (real.connectionStatus !== "connected") await new Promise((resolve) => real.connectionStatusChanged.connect((_, now) => now === "connected" && resolve()));
  const published = new Promise((resolve) => real.iopubMessage.connect(() => resolve()));
  for (;;) {
    control(real, "kernel_info_request", {});
    const answered = real.requestKernelInfo();
    const later = new Promise((resolve) => setTimeout(() => resolve("later"), 1500));
    if (await Promise.race([Promise.all([published, answered]), later]) !== "later") return;
  }
}

async function converse(real) {
  const info = await real.info;
  check("kernel_info", info.status === "ok" && info.language_info.name === "go", info);
  const run = async (code, onStdin) => {
    const outputs = [];
    const future = real.requestExecute({ code, silent: false, stop_on_error: false, allow_stdin: true, store_history: true }, true);
    future.onIOPub = (m) => outputs.push(m);
    if (onStdin) future.onStdin = onStdin(future);
    return { reply: (await future.done).content, outputs };
  };
  let r = await run("x := 20\nfmt.Println(\"on stdout\")\nx + 1");
  check("a value", value(r.outputs) === "21", r);
  check("text", text(r.outputs) === "on stdout\n", r);
  check("input is echoed with its number", r.outputs.some((m) => m.header.msg_type === "execute_input" && m.content.execution_count === r.reply.execution_count), r);
  r = await run("x + missing");
  check("a mistake", r.reply.status === "error" && r.outputs.some((m) => m.header.msg_type === "error" && m.content.traceback.length > 0), r);
  r = await run('name, err := display.Input("who? ")\nname', (future) => (m) => {
    check("the question", m.content.prompt === "who? " && !m.content.password, m.content);
    real.sendInputReply({ value: "gopher", status: "ok" }, m.header);
  });
  check("an answer by stdin", value(r.outputs)?.includes("gopher"), r);
  const completion = await real.requestComplete({ code: "strings.HasP", cursor_pos: 12 });
  check("completion", completion.content.matches.some((m) => m.includes("HasPrefix")), completion.content);
  const hover = await real.requestInspect({ code: "strings.HasPrefix", cursor_pos: 15, detail_level: 0 });
  check("hover", hover.content.found && hover.content.data["text/plain"].includes("HasPrefix"), hover.content);
  await interrupt(real, run);
  r = await run("x");
  check("variables stay", value(r.outputs) === "20", r);
}

// interrupt sends what VS Code sends to a kernelspec with interrupt_mode "message".
async function interrupt(real, run) {
  const outputs = [];
  const future = real.requestExecute({ code: 'fmt.Println("begun")\nfor {\n}', allow_stdin: true }, true);
  await new Promise((resolve) => { future.onIOPub = (m) => { outputs.push(m); if (m.header.msg_type === "stream") resolve(); }; });
  await control(real, "interrupt_request", {});
  const reply = (await future.done).content;
  check("an interrupt", reply.status === "error", reply);
}

async function shutdown(real) {
  const reply = await control(real, "shutdown_request", { restart: false });
  check("shutdown_reply", reply.content.status === "ok" && reply.content.restart === false, reply.content);
}

function control(real, msgType, content) {
  const { KernelMessage } = require("@jupyterlab/services");
  const message = KernelMessage.createMessage({ msgType, channel: "control", username: real.username, session: real.clientId, content });
  return real.sendControlMessage(message, true, true).done;
}

const late = setTimeout(() => { console.error(`FAIL: not done after ${checks} checks in ${PATIENCE / 1000} s`); process.exit(1); }, PATIENCE);
main(process.argv.slice(2)).then(() => clearTimeout(late), (error) => { console.error("FAIL:", error); process.exit(1); });

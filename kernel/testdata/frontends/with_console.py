"""Jupyter console in a terminal, as a person types into it, for the kernelspec "reprise".

    python with_console.py DIRECTORY      # where it may keep its history
"""
import os
import sys
import time

import pexpect
import pyte

PATIENCE = 60
ROWS, COLUMNS = 60, 120


class Terminal:
    """A terminal that runs jupyter console and shows its screen as lines of text."""

    def __init__(self):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        env = dict(os.environ, IPYTHONDIR=sys.argv[1], JUPYTER_RUNTIME_DIR=sys.argv[1], TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1")
        self.process = pexpect.spawn(sys.executable, ["-m", "jupyter_console", "--kernel", "reprise"], env=env, encoding="utf-8", dimensions=(ROWS, COLUMNS))
        self.process.delaybeforesend = None
        self.checks = 0

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def until(self, name, seen, again=None, every=2):
        """Waits until the screen satisfies seen; does `again` whenever that takes long."""
        deadline = time.monotonic() + PATIENCE
        while not seen(self.text()):
            try:
                self.stream.feed(self.process.read_nonblocking(65536, timeout=every))
            except pexpect.TIMEOUT:
                if again:
                    again()
            except pexpect.EOF:
                sys.exit(f"FAIL: {name}: the console ended\n{self.text()}")
            if time.monotonic() > deadline:
                sys.exit(f"FAIL: {name}\n{self.text()}")
        self.checks += 1

    def prompt(self, n):
        self.until(f"prompt {n}", lambda text: text.splitlines()[-1:] == [f"In [{n}]:"])

    def type(self, *lines):
        for line in lines:
            self.process.send(line + "\r")


t = Terminal()
t.prompt(1)
t.type("1 + 1")
t.until("an expression has a value", lambda text: "Out[1]: 2" in text)
t.prompt(2)
t.type('fmt.Println("hel" + "lo")')
t.until("text is printed", lambda text: "\nhello" in text)
t.prompt(3)
t.type("func twice(x int) int {")
t.until("an open block is asked on for", lambda text: text.splitlines()[-1].strip() == "...:")
t.type("return 2 * x", "}", "")
t.prompt(4)
t.type("twice(21)")
t.until("what was declared stays", lambda text: "Out[4]: 42" in text)
t.prompt(5)
t.type("missing + 1")
t.until("a mistake is shown with its place", lambda text: "undefined: missing" in text and "cell [5], line 1, column 1" in text)
t.prompt(6)
t.type('name, err := display.Input("who? ")')
t.until("a question is asked", lambda text: text.splitlines()[-1].strip() == "who?")
t.type("gopher")
t.prompt(7)
t.type("name")
t.until("it is answered", lambda text: 'Out[7]: "gopher"' in text or "Out[7]: gopher" in text)
t.prompt(8)
t.type("for { twice(1) }")
t.until("Ctrl-C stops a cell", lambda text: "nterrupted" in text, again=t.process.sendintr)
t.prompt(9)
t.type("twice(4)")
t.until("its state stays", lambda text: "Out[9]: 8" in text)
t.prompt(10)
t.process.send("strings.Has\t")
t.until("completion", lambda text: "HasPrefix" in text and "HasSuffix" in text)
t.process.sendintr()
t.prompt(10)
t.process.sendeof()
t.until("it asks before it ends", lambda text: "y/[n]" in text or "[y]/n" in text)
t.type("y")
try:
    t.process.expect(pexpect.EOF, timeout=PATIENCE)
finally:
    t.process.close()
assert t.process.exitstatus == 0, (t.process.exitstatus, t.text())
print(f"{t.checks} passed, 0 failed")

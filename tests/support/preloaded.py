"""Processes of the program that need not load it: each is forked from one that has it loaded.

To load the program takes a second of work, and the tests start it a hundred times. What runs in
such a process is the program itself, from its first argument to its exit code; that the installed
command does the same, `test_the_command_itself_ends_as_quietly` looks at.

The first process starts with the first order, on its standard input a socket that brings them. It
forks twice for each, so that the system hands the process of the order to the process that wants
it: this one waits for it as for any other child.
"""

import atexit
import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from threading import Lock
from typing import IO, Any

from tests.support import patience

LOADED = (
    "portal.cli.main",
    "portal.demo.cases",
    "portal.operations.centre.backup",
    "portal.operations.centre.restore",
    "portal.server.serve",
    "tests.support.dying",
)
BANGFU = f"{__name__}:bangfu"
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
LONGEST = 2**17  # bytes of an order
_TURN = Lock()


@dataclass
class Process:
    """A child of this process; `returncode` is None as long as nobody has seen it end."""

    pid: int
    stdout: IO[str] | None = None
    returncode: int | None = None

    def poll(self) -> int | None:
        """Look whether it has ended; its exit code, negative if a signal ended it."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, limit: float = patience.WHOLE) -> int:
        """Wait until it has ended; its exit code. TimeoutError after so many seconds."""
        if self.poll() is None:
            place = os.pidfd_open(self.pid)
            try:
                select.select([place], [], [], limit)
            finally:
                os.close(place)
        code = self.poll()
        if code is None:
            raise TimeoutError(f"process {self.pid} does not end")
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def start(call: str, *arguments: Any, err: int, out: int | None = None) -> Process:
    """Let `module:function` run in a process of its own; what it prints goes to these two files.

    Without `out`, it is read from the process.
    """
    order = {"call": call, "arguments": arguments, "environment": dict(os.environ)}
    text = json.dumps(order).encode()
    if out is not None:
        return Process(_send(text, out, err))
    reader, writer = os.pipe()
    try:
        return Process(_send(text, writer, err), open(reader))
    finally:
        os.close(writer)


def _send(order: bytes, out: int, err: int) -> int:
    """Send an order; returns the number of the process that carries it out."""
    orders = _first()
    with _TURN:
        socket.send_fds(orders, [order], [out, err])
        return int(orders.recv(LONGEST))


def run(call: str, *arguments: Any) -> subprocess.CompletedProcess[str]:
    """Run `module:function` to its end in a process of its own; exit code and what it printed."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        code = start(call, *arguments, out=out.fileno(), err=err.fileno()).wait()
        return subprocess.CompletedProcess(arguments, code, _all_of(out), _all_of(err))


def _all_of(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


@cache
def _first() -> socket.socket:
    """Start the process that all others come from; returns the socket for orders."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        first = subprocess.Popen([sys.executable, "-m", __name__], stdin=theirs.fileno())

    def end() -> None:
        ours.close()
        first.wait(patience.STEP)

    atexit.register(end)
    return ours


def bangfu(*words: str) -> None:
    """The command, as its own entry point begins it."""
    sys.argv = ["bangfu", *words]
    import_module("portal.cli.main").main()


def next_order(orders: socket.socket) -> dict[str, Any]:
    """What is to be done: returns in the process that is to do it, and never in the first."""
    while True:
        text, files, _, _ = socket.recv_fds(orders, LONGEST, 2)
        if not text:
            sys.exit()
        reader, writer = os.pipe()
        between = os.fork()
        if not between:
            if pid := os.fork():
                os.write(writer, str(pid).encode())
                os._exit(0)
            for place in (reader, writer):
                os.close(place)
            for place, file in enumerate((os.open(os.devnull, os.O_RDONLY), *files)):
                os.dup2(file, place)
                os.close(file)
            return dict(json.loads(text))
        os.waitpid(between, 0)
        orders.send(os.read(reader, LONGEST))
        for place in (reader, writer, *files):
            os.close(place)


def main() -> None:
    """Load the program, then do what is ordered, each in a process of its own."""
    orders = socket.socket(fileno=os.dup(0))
    for module in LOADED:
        import_module(module)
    gc.freeze()
    order = next_order(orders)
    orders.close()
    os.environ.clear()
    os.environ.update(order["environment"])
    tempfile.tempdir = None  # as TMPDIR says now
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    module, _, name = order["call"].partition(":")
    getattr(import_module(module), name)(*order["arguments"])


if __name__ == "__main__":
    main()

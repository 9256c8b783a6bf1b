"""A command of an operator that is killed, as by a power cut, at a call that it makes.

It runs in a process of its own. That is forked from one which has loaded the program already, so
that twenty deaths do not load it twenty times.
"""

import multiprocessing
import os
import pydoc
import signal
from collections.abc import Mapping
from functools import cache
from multiprocessing.context import ForkServerContext
from typing import Any

from portal.cli.main import main
from tests.support import patience

LOADED = ["tests.support.dying", "portal.server.serve", "portal.operations.centre.restore"]


def run_until(owner: str, name: str, times: int, *words: str) -> int:
    """Run a command until it is about to call this for the so manieth time; its exit code."""
    command = (dict(os.environ), owner, name, times, words)
    process = _loaded().Process(target=_run_and_die, args=command)
    process.start()
    process.join(patience.STEP)
    assert process.exitcode is not None, words
    return process.exitcode


@cache
def _loaded() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def _run_and_die(
    environment: Mapping[str, str], owner: str, name: str, times: int, words: tuple[str, ...]
) -> None:
    os.environ.update(environment)
    place, left = pydoc.locate(owner), times
    call = getattr(place, name)

    def die(*given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)

    setattr(place, name, die)
    main(words)

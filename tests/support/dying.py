"""A command of an operator that is killed, as by a power cut, at a call that it makes."""

import os
import pydoc
import signal
from typing import Any

from tests.support import preloaded


def run_until(owner: str, name: str, times: int, *words: str) -> int:
    """Run a command until it is about to call this for the so manieth time; its exit code."""
    done = preloaded.run("tests.support.dying:run_and_die", owner, name, times, *words)
    return done.returncode


def run_and_die(owner: str, name: str, times: int, *words: str) -> None:
    """Run a command in this process, which is killed at that call."""
    place, left = pydoc.locate(owner), times
    call = getattr(place, name)

    def die(*given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)

    setattr(place, name, die)
    preloaded.bangfu(*words)

"""Processor and wall time of a command with everything that it starts, or of a call."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Cost:
    """Seconds of processor (user and system) and by the clock on the wall."""

    cpu: float
    wall: float


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command and wait; what it prints is dropped unless it fails."""
    os.sync()  # nobody else's unwritten files shall count
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"failed with {process.returncode}: {' '.join(command)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started)


def clock(call: Callable[[], object]) -> Cost:
    """Make a call in this process."""
    cpu, wall = time.process_time(), time.monotonic()
    call()
    return Cost(time.process_time() - cpu, time.monotonic() - wall)


def middle(costs: list[Cost]) -> Cost:
    """The medians of several rounds."""
    return Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs))

"""Commands beside a running server, while forms are handed in: all succeed, nothing is lost."""

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from threading import Event

from tests.faults.kill_rounds import check_store, count_cases
from tests.faults.serving import (
    INSTALLED,
    READY,
    Browser,
    Setting,
    Slip,
    copy_centre,
    fill_consultation,
    opens,
    run_command,
    serving,
    submit,
    words_of,
)

VISITORS = 3
BREATH = 0.1  # seconds; a visitor is no machine
COMMANDS = (
    ("staff", "add", "wangfang", "王芳", "intake"),
    ("staff", "role", "wangfang", "reviewer", "lawyer"),
    ("site", "build"),
    ("verify",),
    ("staff", "list"),
)


def file_until(stop: Event, setting: Setting) -> list[Slip]:
    """One form after the other, each from a new browser."""
    slips: list[Slip] = []
    while not stop.wait(BREATH):
        browser = Browser(setting.port)
        fill_consultation(browser)
        slips.append(submit(browser))
    return slips


@contextmanager
def visitors_at_work(setting: Setting) -> Iterator[list[Future[list[Slip]]]]:
    """Visitors who hand in forms for the length of the block; their receipts after it."""
    stop = Event()
    with ThreadPoolExecutor(VISITORS) as visitors:
        visits = [visitors.submit(file_until, stop, setting) for _ in range(VISITORS)]
        try:
            yield visits
        finally:
            stop.set()


def test_commands_run_beside_a_server_that_takes_forms(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    with serving(setting):
        with visitors_at_work(setting) as visits:
            done = {words: run_command(setting, *words) for words in COMMANDS}
        assert {words: answer.stderr for words, answer in done.items()} == dict.fromkeys(done, "")
        assert all(answer.returncode == 0 for answer in done.values())
        slips = [slip for visit in visits for slip in visit.result()]
        assert len(slips) >= 2 * VISITORS
        assert all(opens(setting.port, slip) for slip in slips)
        assert "青石市" in Browser(setting.port).get("/").text
        assert "/staff/link/" in done["staff", "add", "wangfang", "王芳", "intake"].stdout
        assert "wangfang\t王芳\t律师、核实员" in done["staff", "list"].stdout
    assert count_cases(setting) == len(slips)
    check_store(setting, slips)


def test_a_server_that_the_system_stops_ends_in_good_order(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    command = [INSTALLED, *words_of(setting, "serve")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout
            assert any(READY in line for line in server.stdout)
            assert Browser(setting.port).get("/status").status == 200
        finally:
            server.terminate()
        assert "Traceback" not in server.communicate()[1]
    assert server.returncode == 0

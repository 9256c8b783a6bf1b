"""Kill the server while eight visitors hand in forms; then look for every receipt shown.

    python -m tests.faults.kill_rounds --rounds 20 --pages

prints the figures. Both "lost" and "double" must be 0.
"""

import argparse
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from http.client import HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.operations.office import Office
from portal.public.app import create_public_app
from portal.server.serve import open_office
from portal.settings.config import instance_place, load_config, read_centre
from portal.store.audit import entries, verify_chain
from portal.store.centre.instance import open_instance
from portal.store.records import number_of
from tests.faults.serving import (
    Browser,
    Setting,
    Slip,
    create_centre,
    end_server,
    fill_consultation,
    opens,
    serving,
    start_server,
    submit,
)
from tests.support.samples import CONSULTATION

CLIENTS = 8
SUBMISSIONS = 120
LOST_ANSWER = (OSError, HTTPException)


@dataclass(slots=True)
class Attempt:
    """A form that is filled in up to the last button, and how far handing it in has come."""

    browser: Browser
    sent: bool = False
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the rounds came to. `unacknowledged`: stored, but the answer died with the server."""

    rounds: int = 0
    sent: int = 0
    received: int = 0
    found: int = 0
    lost: int = 0
    double: int = 0
    unacknowledged: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


Prepare = Callable[[Setting, int], list[Attempt]]


def walk_the_pages(setting: Setting, count: int) -> list[Attempt]:
    """Fill in forms page by page on the running server, several visitors at once."""
    browsers = [Browser(setting.port) for _ in range(count)]
    with ThreadPoolExecutor(CLIENTS) as visitors:
        list(visitors.map(fill_consultation, browsers))
    return [Attempt(browser) for browser in browsers]


def seed_drafts(setting: Setting, count: int) -> list[Attempt]:
    """The same drafts put into the store beside the server: a third of the time."""
    return [Attempt(browser) for browser, _ in begin_drafts(setting, count)]


def begin_drafts(setting: Setting, count: int) -> list[tuple[Browser, str]]:
    """Browsers with a form that is filled in, put into the store beside the server; its token."""
    with open_beside(setting) as office:
        centre, no_site = read_centre(setting.root / "content"), setting.root / "build" / "site"
        app = create_public_app(office, centre, no_site, frozenset(), office.store.keys.cookie)
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        with office.store.transaction():
            tokens = [
                submission.begin_draft(office, CONSULTATION, None, "seed") for _ in range(count)
            ]
    kind, now = CaseKind.CONSULTATION, office.now().timestamp()
    kept = [{"_permanent": True, f"draft {kind}": token, f"open {kind}": now} for token in tokens]
    jars = [{"__Host-visit": str(signer.dumps(session))} for session in kept]
    return [(Browser(setting.port, jar), token) for jar, token in zip(jars, tokens, strict=True)]


@contextmanager
def open_beside(setting: Setting) -> Iterator[Office]:
    """The store, opened by this process beside the server."""
    config = load_config(setting.instance)
    instance = open_instance(instance_place(setting.instance, config, {}))
    try:
        yield open_office(instance, setting.root / "content", config)
    finally:
        instance.db.close()


def run_rounds(setting: Setting, rounds: int, prepare: Prepare, seed: int) -> Iterator[Figures]:
    """Kill and check that often; the figures of each round. AssertionError if a check fails."""
    chance = random.Random(seed)  # noqa: S311 (when to kill is no secret)
    pool: list[Attempt] = []
    for _ in range(rounds):
        before = count_cases(setting)
        kill_at = chance.randint(SUBMISSIONS // 10, SUBMISSIONS * 9 // 10)
        with killed_at_the_end(setting) as kill:
            pool += prepare(setting, SUBMISSIONS - len(pool))
            hand_in_until_killed(pool, kill_at, kill)
        tried = [attempt for attempt in pool if attempt.sent]
        pool = [attempt for attempt in pool if not attempt.sent]
        with serving(setting):
            yield check_round(setting, tried, before)


@contextmanager
def killed_at_the_end(setting: Setting) -> Iterator[Callable[[], None]]:
    """A server that never stops in good order, and how to kill it."""
    server = start_server(setting)

    def kill() -> None:
        if server.poll() is None:
            end_server(server, signal.SIGKILL)

    try:
        yield kill
    finally:
        kill()


def hand_in_until_killed(pool: Sequence[Attempt], kill_at: int, kill: Callable[[], None]) -> None:
    """Eight visitors press the last button; the kill comes after that many receipts."""
    waiting: SimpleQueue[Attempt] = SimpleQueue()
    for attempt in pool:
        waiting.put(attempt)

    def visit() -> None:
        while True:
            try:
                hand_in(waiting.get_nowait())
            except (Empty, *LOST_ANSWER):
                return

    with ThreadPoolExecutor(CLIENTS) as visitors:
        visits = [visitors.submit(visit) for _ in range(CLIENTS)]
        while sum(attempt.slip is not None for attempt in pool) < kill_at:
            if all(visit.done() for visit in visits):
                break
            time.sleep(0.001)
        kill()
    for visit_done in visits:
        visit_done.result()


def hand_in(attempt: Attempt) -> None:
    """Look at the check page, press the button, read the receipt."""
    attempt.browser.get("/consult/check")
    attempt.sent = True
    attempt.slip = submit(attempt.browser)


def check_round(setting: Setting, tried: Sequence[Attempt], before: int) -> Figures:
    """What is left after the kill; those without an answer press the button again."""
    received = [attempt.slip for attempt in tried if attempt.slip]
    with ThreadPoolExecutor(CLIENTS) as visitors:
        found = sum(visitors.map(lambda slip: opens(setting.port, slip), received))
    unacknowledged = count_cases(setting) - before - found
    repeated = [submit(attempt.browser) for attempt in tried if not attempt.slip]
    again = [submit(attempt.browser) for attempt in tried if not attempt.slip]
    assert again == repeated, "the same form gave two receipts"
    assert all(opens(setting.port, slip) for slip in repeated)
    check_store(setting, [*received, *repeated])
    return Figures(
        rounds=1,
        sent=len(tried),
        received=len(received),
        found=found,
        lost=len(received) - found,
        double=count_cases(setting) - before - len(tried),
        unacknowledged=unacknowledged,
    )


def count_cases(setting: Setting) -> int:
    """How many cases the store holds."""
    with open_beside(setting) as office:
        return len(office.store.db.table("cases"))


def check_store(setting: Setting, slips: Sequence[Slip]) -> None:
    """The chain holds, every receipt is one case and one entry, no draft is a case as well."""
    with open_beside(setting) as office:
        verify_chain(office.store)
        log = entries(office.store)
        handed_in = Counter(entry.object for entry, _ in log if entry.action == "submit")
        receipts = Counter(row["number"] for row in office.store.db.table("cases"))
        submissions = {row["submission"] for row in office.store.db.table("cases")}
        drafts = {row["token_index"] for row in office.store.db.table("drafts")}
        opening = Counter(
            number_of(row["record"])
            for row in office.store.db.table("events")
            if row["type"] == "CaseSubmitted"
        )
    assert receipts == handed_in == opening
    assert {receipts[slip.number] for slip in slips} == {1}
    assert len(submissions) == receipts.total()
    assert not submissions & drafts
    if setting.store_url.startswith("sqlite"):
        file = sqlite3.connect(setting.instance / "portal.db")
        try:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        finally:
            file.close()


def main() -> None:
    """Print the figures; exit code 1 if a receipt was lost or a case is there twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--pages", action="store_true", help="walk through every page of the form")
    options = parser.parse_args()
    prepare = walk_the_pages if options.pages else seed_drafts
    total = Figures()
    with tempfile.TemporaryDirectory() as folder:
        setting = create_centre(Path(folder))
        for figures in run_rounds(setting, options.rounds, prepare, options.seed):
            total += figures
            print(".", end="", flush=True, file=sys.stderr)
    print(f"\nseed {options.seed}")
    for name, number in asdict(total).items():
        print(f"{name:14} {number:6}")
    sys.exit(1 if total.lost or total.double else 0)


if __name__ == "__main__":
    main()

"""What a browser does at a door that is closed: it works the puzzle out, or waits its turn."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import count

import pytest
from werkzeug.test import TestResponse

from portal.operations import admission
from portal.operations.limits import LIMITS
from tests.app.portal.browser import typed_in, words_of

BARRIER = "多确认一步"
SetLimit = Callable[[str, int], None]


@pytest.fixture
def set_limit(monkeypatch: pytest.MonkeyPatch) -> SetLimit:
    """Lower a limit, and make puzzles easy."""
    monkeypatch.setattr(admission, "MOST_TRIES", 50)

    def lower(name: str, times: int) -> None:
        monkeypatch.setitem(LIMITS, name, replace(LIMITS[name], count=times))

    return lower


def work_out(page: TestResponse) -> dict[str, str]:
    """What the script of the page finds, as it is sent along."""
    (puzzle,) = typed_in(page, "puzzle")
    until, nonce, mark, _ = puzzle.split(".")
    for number in count():
        if sha256(f"{until}.{nonce}.{number}".encode()).hexdigest() == mark:
            return {"puzzle": puzzle, "solution": str(number)}
    raise AssertionError("unreachable")


def turn_on(page: TestResponse) -> dict[str, str]:
    """The turn that a page holds, as it is sent along."""
    (turn,) = typed_in(page, "turn")
    return {"turn": turn}


def has_barrier(page: TestResponse) -> bool:
    """Whether the page asks for work or a turn, with a way out by phone."""
    shown = BARRIER in words_of(page)
    assert bool(typed_in(page, "puzzle")) == shown == ("<script>" in page.text and shown)
    return shown

"""What a browser does at a door that is closed: it works the puzzle out, or waits its turn."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import count

from werkzeug.test import TestResponse

from portal.domain.shared.rate_limits import RateLimit
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre, make_apps

BARRIER = "多确认一步"
SetLimit = Callable[[RateLimit, int], None]


def with_backlog(centre: Centre, count: int) -> Centre:
    """The same centre, to which so many cases that wait are too many."""
    office = replace(centre.office, backlog=count)
    return replace(centre, office=office, app=make_apps(office, centre.root))


def work_out(page: TestResponse) -> dict[str, str]:
    """What the script of the page finds, as it is sent along."""
    (puzzle,) = typed_in(page, "puzzle")
    nonce, mark, _, _ = puzzle.split(".")
    for number in count():
        if sha256(f"{nonce}.{number}".encode()).hexdigest() == mark:
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

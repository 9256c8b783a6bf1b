"""Chores beside the requests: one that fails goes on, and all of them stop."""

from collections.abc import Callable, Iterable
from threading import Event

import pytest

from portal.server.background import Chore, every, tell_store_error
from portal.store.errors import StoreDown


class CountedStop(Event):
    """Tells after how many rounds to stop, and remembers the pauses."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds, self.pauses = rounds, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        """Let no time pass."""
        self.pauses.append(timeout or 0)
        return len(self.pauses) == self.rounds


def work_through(results: Iterable[object]) -> Callable[[], object]:
    """Work that ends each time as told: with a value, or with an error."""
    left = iter(results)

    def work() -> object:
        result = next(left)
        if isinstance(result, Exception):
            raise result
        return result

    return work


@pytest.mark.parametrize(("pause", "pauses"), [(5, [5, 60, 60, 5]), (900, [900] * 4)])
def test_work_that_fails_is_done_again_and_not_too_soon(
    caplog: pytest.LogCaptureFixture, pause: float, pauses: list[float]
) -> None:
    stop = CountedStop(4)
    work = work_through([None, OSError("13900000000"), False, True])
    every(Chore("sending failed", pause, work), stop)
    assert stop.pauses == pauses
    assert caplog.messages == ["sending failed: OSError"]


def test_a_chore_stops_where_its_server_stops() -> None:
    stop = Event()
    stop.set()
    every(Chore("never told", 900, work_through([None])), stop)


def test_why_no_copy_was_made_is_said_in_words_for_the_operator(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = work_through([StoreDown("放备份的盘满了。"), ValueError("secret")])
    every(Chore("no copy was made", 1, work, tell_store_error), CountedStop(2))
    assert caplog.messages == ["no copy was made: 放备份的盘满了。", "no copy was made: ValueError"]

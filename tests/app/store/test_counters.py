"""Counters: several counted in one go, in their order, whoever else counts at the same moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

from portal.store import counters
from portal.store.counters import Counted
from portal.store.crypto.keys import Keyring
from portal.store.engine.database import RowDB
from portal.store.store import Store
from tests.app.store.conftest import OpenRows

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_KEYS = Keyring(1, {1: b"m" * 32}, b"i" * 32, b"c" * 32, b"x" * 32, b"k" * 32)


def store_of(open_rows: OpenRows) -> Store:
    """A store with counters only."""
    db: RowDB = open_rows({"counters": [("unique", "key"), ("ends_at",)]}, refuse_scans=True)
    return Store(db, NO_KEYS, Path("nowhere"))


def test_who_is_over_a_limit_of_his_own_does_not_use_up_that_of_all(open_rows: OpenRows) -> None:
    store = store_of(open_rows)
    windows = {"his": Counted(HOUR, most=2), "all": Counted(DAY)}
    assert [counters.count_up(store, windows, AT) for _ in range(4)] == [None, None, "his", "his"]
    assert counters.count_now(store, ["his", "all", "other"], AT) == {"his": 4, "all": 2}


def test_a_window_begins_anew_when_it_has_ended_and_not_a_moment_before(
    open_rows: OpenRows,
) -> None:
    store = store_of(open_rows)
    windows = {"a": Counted(HOUR, most=1)}
    moments = [AT, AT + HOUR - timedelta(seconds=1), AT + HOUR, AT + 2 * HOUR]
    assert [counters.count_up(store, windows, at) for at in moments] == [None, "a", None, None]
    assert counters.count_now(store, ["a"], AT + 3 * HOUR) == {}


def test_attempts_at_the_same_moment_are_all_counted_the_first_ones_too(
    open_rows: OpenRows,
) -> None:
    store, together, over = store_of(open_rows), Barrier(6), list[str | None]()

    def attempt() -> None:
        together.wait()
        over.append(counters.count_up(store, {"a": Counted(DAY, most=4), "b": Counted(DAY)}, AT))

    threads = [Thread(target=attempt) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, over)) == ["None"] * 4 + ["a"] * 2
    assert counters.count_now(store, ["a", "b"], AT) == {"a": 6, "b": 4}

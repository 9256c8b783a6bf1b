"""A second person who acts at the worst moment: when the first has read, and has not yet written.

What was read before a transaction is old by then; what is read in it must be kept from others.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread, current_thread
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.store.engine.storage import RowStorage
from portal.store.store import Store
from tests.support import patience

REFUSALS = (Changed, NotAccepted, NotAllowed, NotFound)
Act = Callable[[], object]


@dataclass
class Outcome:
    """What became of somebody's act: what it returned, or why it was refused."""

    done: object = None
    refused: Exception | None = None


@dataclass
class Meeting:
    """What became of both; `met`: the moment for the second one came."""

    first: Outcome
    second: Outcome = field(default_factory=Outcome)
    met: bool = False

    @property
    def refusals(self) -> int:
        """How many were refused."""
        return sum(one.refused is not None for one in (self.first, self.second))


def attempt(act: Act) -> Outcome:
    """Act, and say what became of it."""
    try:
        return Outcome(done=act())
    except REFUSALS as refused:
        return Outcome(refused=refused)


def meet_before_writing(first: Act, second: Act, number: int) -> Meeting:
    """Let the second act as the first begins a transaction, the so manieth of its own."""
    begun, meeting, begin = 0, Meeting(Outcome()), RowStorage.transaction

    @contextmanager
    def interrupted(storage: RowStorage) -> Iterator[None]:
        nonlocal begun
        if storage._current.connection is None and not meeting.met:
            begun += 1
            if begun == number:
                meeting.met = True
                meeting.second = attempt(second)
        with begin(storage):
            yield

    with patch.object(RowStorage, "transaction", interrupted):
        meeting.first = attempt(first)
    return meeting


def meet_when_read(store: Store, first: Act, second: Act, number: int) -> Meeting:
    """Let the second act as the first is about to write, in its so manieth transaction.

    The second goes on until it is done, or waits for the first; that takes a database that lets
    two write at once.
    """
    meeting, execute, himself = Meeting(Outcome()), RowStorage.execute, current_thread()
    transactions = set[int]()

    def act() -> None:
        meeting.second = attempt(second)

    other = Thread(target=act)

    def interrupted(storage: RowStorage, statement: sa.Executable, *given: Any) -> Any:
        if current_thread() is himself and not meeting.met:
            transactions.add(id(storage._current.connection))
            if len(transactions) == number and isinstance(statement, sa.UpdateBase):
                meeting.met = True
                other.start()
                _await_end_or_lock(storage, other)
        return execute(storage, statement, *given)

    with patch.object(RowStorage, "execute", interrupted):
        meeting.first = attempt(first)
        if meeting.met:
            other.join(patience.STEP)
    return meeting


_WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def _await_end_or_lock(storage: RowStorage, other: Thread) -> None:
    while other.is_alive():
        other.join(0.01)
        with storage._engine.connect() as connection:
            if connection.execute(_WAITING).scalar():
                return


Meet = Callable[[Act, Act, int], Meeting]


def ways_to_meet(store: Store) -> list[Meet]:
    """The worst moments that this database knows."""
    if store.db.storage.embedded:  # one writer: nobody gets between reading and writing
        return [meet_before_writing]
    return [meet_before_writing, lambda *given: meet_when_read(store, *given)]

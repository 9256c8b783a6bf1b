"""A database as a TinyDB storage: transactions, snapshots, and the statements of its tables."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from typing import Any, TypeVar

import sqlalchemy as sa
from tinydb.storages import Storage

from portal.store.engine.connections import connect, database_place, lock_path, writers_turn
from portal.store.engine.encoding import encode_document
from portal.store.engine.error_mapping import translated
from portal.store.engine.layout import Schema, TableLayout, lay_out_table
from portal.store.engine.migrations import bring_up_to_date, is_up_to_date
from portal.store.engine.statements import insertion
from portal.store.errors import StoreConflict, StoreError

WorkResult = TypeVar("WorkResult")

# PostgreSQL's sequence does not notice IDs that were given to it; it never goes back.
SKIP_IDS = sa.text(
    "SELECT setval(sequence, :given) FROM pg_get_serial_sequence(:table, 'id') AS sequence"
    " WHERE coalesce(pg_sequence_last_value(sequence::regclass), 0) < :given"
)


class _Current(threading.local):
    """The transaction of this thread."""

    connection: sa.Connection | None = None
    writes = False
    broken = False


class RowStorage(Storage):
    """An open database; RowDB says what the arguments are."""

    def __init__(
        self,
        url: str,
        schema: Schema,
        refuse_scans: bool,
        version: int,
        patience: float,
        while_upgrading: Callable[[], AbstractContextManager[None]],
        examine: Callable[["RowStorage"], object],
    ) -> None:
        self.refuse_scans = refuse_scans
        self._while_upgrading = while_upgrading
        self._examine = examine
        self._patience = patience
        self._engine = connect(url, patience)
        self.place = database_place(self._engine)
        self.embedded = self._engine.dialect.name == "sqlite"
        self.layouts = lay_out_table(schema, self.embedded)
        self._lock_path = lock_path(self._engine)
        self._current = _Current()
        self._closed = False
        options = self._engine.execution_options
        if self.embedded:
            self._reading = options()
            self._writing = options(begin="BEGIN IMMEDIATE")
            self._snapshot = options(begin="BEGIN")
        else:
            self._reading = options(isolation_level="AUTOCOMMIT")
            self._writing = options()
            self._snapshot = options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        try:
            self._open(version)
        except BaseException:
            self.close()
            raise

    def _open(self, version: int) -> None:
        layouts = self.layouts.values()
        with translated(self.place), self._reading.connect() as connection:
            if is_up_to_date(connection, layouts, version, self.place):
                return
        with self._while_upgrading(), self.transaction():
            bring_up_to_date(self._held(), layouts, version, self.place)
            self._examine(self)

    def _held(self) -> sa.Connection:
        """Return the connection of the transaction that is under way."""
        if self._current.connection is None:
            raise StoreError("writing needs a transaction")
        return self._current.connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all or nothing, over any number of tables; joins the transaction around it.

        What is read within stays as it is until the end. An error that leaves a joined
        transaction breaks the outer one, too: a half is never stored.
        """
        if self._current.connection is not None:
            with self._joined():
                yield
            return
        turn = writers_turn(self._lock_path, self._patience)
        with translated(self.place), turn, self._begun(self._writing, writes=True):
            yield
            if self._current.broken:
                raise StoreError("a part of this transaction failed: nothing was stored")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reads see one state, for an export; writers go on meanwhile."""
        if self._current.connection is not None:
            yield
            return
        with translated(self.place), self._begun(self._snapshot, writes=False):
            yield

    @property
    def locking(self) -> bool:
        """Whether what is read is to be kept from others until the end of our transaction."""
        return self._current.connection is not None and self._current.writes

    @contextmanager
    def _begun(self, engine: sa.Engine, writes: bool) -> Iterator[None]:
        if self._closed:
            raise StoreError(f"{self.place}: the database is closed")
        with engine.begin() as connection:
            self._current.connection = connection
            self._current.writes = writes
            self._current.broken = False
            try:
                yield
            finally:
                self._current.connection = None

    @contextmanager
    def _joined(self) -> Iterator[None]:
        if not self._current.writes:
            raise StoreError("a snapshot only reads")
        try:
            yield
        except BaseException:
            self._current.broken = True
            raise

    def run(self, work: Callable[[], WorkResult], attempts: int = 5) -> WorkResult:
        """Do ``work()`` in a transaction; again if the database gave it up for another.

        ``work`` may run several times: it must not do anything that cannot be undone.
        """
        for attempt in range(attempts - 1):
            try:
                with self.transaction():
                    return work()
            except StoreConflict:
                if self._current.connection is not None:  # the outer transaction is lost as well
                    raise
                time.sleep(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311 - not a secret
        with self.transaction():
            return work()

    def fetch(
        self,
        statement: sa.Select[Any],
        parameters: Mapping[str, object] | None = None,
    ) -> Sequence[sa.Row[Any]]:
        """Read rows."""
        current = self._current
        with translated(self.place):
            if current.connection is not None:
                return current.connection.execute(statement, parameters).all()
            if self._closed:
                raise StoreError(f"{self.place}: the database is closed")
            with self._reading.connect() as connection:
                return connection.execute(statement, parameters).all()

    def execute(
        self,
        statement: sa.Executable,
        parameters: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None,
    ) -> sa.CursorResult[Any]:
        """Run a statement of the transaction around it."""
        connection = self._held()
        with translated(self.place):
            return connection.execute(statement, parameters)

    def insert_rows(self, layout: TableLayout, rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Insert rows of ``doc`` and, where it is given, ``id``; returns all their IDs."""
        doc_ids: list[int] = []
        for brings_id, run in groupby(rows, key=lambda row: "id" in row):
            alike = list(run)
            doc_ids.extend(self.execute(insertion(layout), alike).scalars())
            if brings_id and not self.embedded:
                highest = max(doc_ids[-len(alike) :])
                self.execute(SKIP_IDS, {"table": f'"{layout.name}"', "given": highest})
        return doc_ids

    def queue_for(self, layout: TableLayout) -> None:
        """Wait for others that look and then insert into this table; SQLite has one writer."""
        if not self.embedded:
            lock = sa.func.hashtextextended(layout.name, 0)
            self.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))

    def keep_writers_out(self, layout: TableLayout) -> None:
        """Wait for those who write to this table, and let nobody begin; SQLite has one writer."""
        if not self.embedded:
            table = self._held().dialect.identifier_preparer.format_table(layout.sql)
            self.execute(sa.text(f"LOCK TABLE {table} IN SHARE MODE"))

    def read(self) -> dict[str, dict[str, Any]]:
        """Return everything, as TinyDB's own storages have it; holds it all in memory."""
        with self.snapshot():
            return {
                name: {
                    str(row.id): row.doc
                    for row in self.fetch(sa.select(layout.sql).order_by(layout.id))
                }
                for name, layout in self.layouts.items()
            }

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace everything by ``data``, which has the form that ``read`` returns."""
        with self.transaction():
            for name in self.layouts.keys() | data.keys():
                layout = self.layouts[name]
                self.execute(sa.delete(layout.sql))
                rows = [
                    {"id": int(doc_id), "doc": encode_document(document, layout.columns)}
                    for doc_id, document in data.get(name, {}).items()
                ]
                self.insert_rows(layout, rows)

    def close(self) -> None:
        """Close every connection; the storage cannot be used afterwards."""
        self._closed = True
        self._engine.dispose()

"""TinyDB on SQL rows: the same tables, queries and documents, in SQLite or PostgreSQL.

Everything of TinyDB that the layers above need is exported from here.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

from tinydb import Query, TinyDB, where
from tinydb.table import Document

from portal.store.engine.layout import Schema
from portal.store.engine.storage import RowStorage, WorkResult
from portal.store.engine.table import RowTable

__all__ = ["Document", "Query", "RowDB", "RowStorage", "RowTable", "Schema", "where"]


class RowDB(TinyDB):
    """A TinyDB whose tables are SQL tables; an operation is a durable transaction.

    ``url``: ``sqlite:////path/to/file`` or ``postgresql+psycopg://…``. ``schema``: the indexes
    of each table, as ``{'cases': [('unique', 'receipt'), ('state', 'submitted_at')]}``.
    ``refuse_scans``: a query that no index serves raises ``UnindexedQuery``. ``version``: of
    the schema; a database of a higher one raises ``NewerDatabase``. ``patience``: seconds that
    a writer waits for others before ``StoreBusy``. ``while_upgrading`` is held while tables and
    indexes are brought up to date; what ``examine`` then raises leaves them as they were.
    """

    def __init__(
        self,
        url: str,
        schema: Schema,
        refuse_scans: bool = False,
        *,
        version: int = 1,
        patience: float = 30.0,
        while_upgrading: Callable[[], AbstractContextManager[None]] = nullcontext,
        examine: Callable[[RowStorage], object] = lambda storage: None,
    ) -> None:
        super().__init__(
            url,
            schema,
            refuse_scans,
            version,
            patience,
            while_upgrading,
            examine,
            storage=RowStorage,
        )
        self._tables = {name: RowTable(self.storage, name) for name in schema}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.storage.place}>"

    def __getattr__(self, name: str) -> Any:
        """Take TinyDB's short cut to the default table, where a table of that name is declared."""
        if name.startswith("_") or self.default_table_name not in self._tables:
            raise AttributeError(name)
        return getattr(self.table(self.default_table_name), name)

    @property
    def storage(self) -> RowStorage:
        """The database under the tables."""
        return cast(RowStorage, self._storage)

    def table(self, name: str, **_options: Any) -> RowTable:
        """Return a declared table; TinyDB's options are for its cache, which is not used here."""
        table = self._tables.get(name)
        if table is None:
            raise ValueError(f"no table {name!r} in the schema")
        return cast(RowTable, table)

    def tables(self) -> set[str]:
        """Return the names of all declared tables."""
        return set(self._tables)

    def drop_table(self, name: str) -> None:
        """Empty a table. It stays declared, and its IDs are not given again."""
        if name in self._tables:
            self.table(name).truncate()

    def drop_tables(self) -> None:
        """Empty all tables."""
        with self.transaction():
            for name in self._tables:
                self.drop_table(name)

    def transaction(self) -> AbstractContextManager[None]:
        """Do several operations as one: all or nothing; joins the transaction around it."""
        return self.storage.transaction()

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reads see one state, while others write."""
        return self.storage.snapshot()

    def run(self, work: Callable[[], WorkResult], attempts: int = 5) -> WorkResult:
        """Do ``work()`` in a transaction, again if the database gave it up for another."""
        return self.storage.run(work, attempts)

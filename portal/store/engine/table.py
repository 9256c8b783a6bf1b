"""A TinyDB table whose documents are rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NoReturn, overload

import sqlalchemy as sa
from tinydb import where
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from portal.store.engine.encoding import encode_document
from portal.store.engine.layout import path_of
from portal.store.engine.query_planner import (
    EVERYTHING,
    Narrowed,
    QueryShape,
    fields_of,
    form_of,
    narrow,
    serves_page,
    split_query,
)
from portal.store.engine.statements import (
    CHUNK,
    Select,
    first_match,
    indexed_ids,
    indexed_rows,
    last_id,
    next_rows,
    page_of,
    rows_of_ids,
    size_of,
    sizes_by,
)
from portal.store.engine.storage import RowStorage
from portal.store.errors import UnindexedQuery

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]

LOWEST_ID, HIGHEST_ID = -(2**63), 2**63 - 1


def is_id(value: object) -> bool:
    """Tell whether a value can be an ID: a whole number that the database can hold, and no bool.

    Not `in range`, which walks through all of it for a number that is not whole.
    """
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and (LOWEST_ID <= value <= HIGHEST_ID)
    )


class RowTable(Table):
    """TinyDB's ``Table``, with its results in the order of their IDs, and ``page``.

    Where TinyDB ignores ``cond`` beside ``doc_id`` or ``doc_ids``, here both must hold:
    ``update（…， where('version') == 3, doc_ids=[7])`` changes what nobody else has changed.
    """

    _storage: RowStorage

    def __init__(self, storage: RowStorage, name: str) -> None:
        super().__init__(storage, name, cache_size=0)  # a cache would hide other processes' writes
        self._layout = storage.layouts[name]
        sql, doc_id = self._layout.sql, self._layout.id
        ours = doc_id == sa.bindparam("doc_id")
        self._update = sa.update(sql).where(ours).values(doc=sa.bindparam("new"))
        self._delete = sa.delete(sql).where(ours)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r} of {self._storage.place}>"

    def __iter__(self) -> Iterator[Document]:
        return self._matching(None)

    def __len__(self) -> int:
        return self._count(EVERYTHING, {})

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document and return its ID; a ``Document`` keeps the ID that it brings."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert all documents or none. ``Duplicate`` if an ID or a unique value is taken."""
        rows = [self._row(document) for document in documents]
        with self._storage.transaction():
            return self._storage.insert_rows(self._layout, rows)

    def search(self, cond: QueryLike) -> list[Document]:
        """Return all documents that match, in the order of their IDs."""
        return list(self._matching(cond))

    # TinyDB also declares what nobody needs: one ID and a list of IDs at once.
    @overload  # type: ignore[override]
    def get(self) -> NoReturn: ...
    @overload
    def get(
        self, cond: QueryLike | None = ..., doc_id: int | None = ..., doc_ids: None = ...
    ) -> Document | None: ...
    @overload
    def get(
        self, cond: QueryLike | None = ..., doc_id: None = ..., *, doc_ids: list[int]
    ) -> list[Document]: ...
    def get(
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> Document | list[Document] | None:
        """Return the first document that matches, or that of an ID; a list for several IDs."""
        if doc_id is not None:
            return next(self._of_ids([doc_id], cond), None)
        if doc_ids is not None:
            return list(self._of_ids(doc_ids, cond))
        if cond is not None:
            return self._first(cond)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """Tell whether a document matches."""
        return self.get(cond, doc_id) is not None

    def count(self, cond: QueryLike) -> int:
        """Count the documents that match, by the database if it knows all of the query."""
        shape, texts, narrowed = self._narrow(cond)
        if narrowed.exact:
            return self._count(shape, texts)
        return sum(1 for _ in self._matching(cond))

    def count_groups(
        self, *fields: str, query: QueryLike | None = None
    ) -> dict[tuple[str, ...], int]:
        """Count the documents that match by the values of indexed fields, in one statement.

        Documents that lack one of the fields are left out. ``UnindexedQuery`` where no index
        begins with these fields: the database would have to look at every document; or for a
        query that SQL cannot decide.
        """
        shape, texts, narrowed = self._narrow(query)
        if not narrowed.exact:
            raise self._unindexed(query)
        paths = tuple(path_of(field) for field in fields)
        if not any(index[: len(paths)] == paths for index in self._layout.indexes):
            raise UnindexedQuery(f"{self.name}: no index begins with {', '.join(fields)}")
        rows = self._storage.fetch(sizes_by(self._layout, shape, paths), texts)
        return {tuple(row[:-1]): int(row[-1]) for row in rows}

    def insertions_after(self, doc_id: int) -> Iterator[Document]:
        """Yield the documents that were inserted after the one of this ID, in their order."""
        return iter(self._scanned(EVERYTHING, {}, doc_id))

    def finish_insertions(self) -> int:
        """Let nobody insert until the end of our transaction; return the last ID of before."""
        self._storage.keep_writers_out(self._layout)
        return int(self._storage.fetch(last_id(self._layout))[0][0] or 0)

    def page(
        self,
        query: QueryLike | None,
        order_by: str,
        limit: int,
        after: tuple[str, int] | None = None,
        descending: bool = False,
    ) -> list[Document]:
        """Return up to ``limit`` documents in the order of an indexed field, then of their IDs.

        ``after`` is the field's value and the ID of the last document seen. Documents without
        the field have no place in the order and are left out. Raises ``UnindexedQuery`` for a
        query that SQL cannot decide, or an order without an index.
        """
        (shape, texts), order = split_query(query), path_of(order_by)
        if order not in self._layout.columns or not narrow(shape, self._layout).exact:
            raise self._unindexed(query)
        if self._storage.refuse_scans and not serves_page(shape, order, self._layout):
            raise self._unindexed(query)
        place = {} if after is None else {"after_value": after[0], "after_id": after[1]}
        locked = self._storage.locking
        statement = page_of(self._layout, shape, order, descending, after is None, locked)
        return self._documents(statement, {**texts, **place, "limit": limit})

    def update(
        self,
        fields: Fields,
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Change all documents that match, or none if one cannot be; returns their IDs."""

        def change(document: Document) -> None:
            if callable(fields):
                fields(document)
            else:
                document.update(fields)
            text = encode_document(document, self._layout.columns)
            self._storage.execute(self._update, {"doc_id": document.doc_id, "new": text})

        return self._change(cond, doc_ids, change)

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        """Apply each update in turn; a document's ID is returned once for each that met it."""
        with self._storage.transaction():
            return sorted(
                doc_id for fields, cond in updates for doc_id in self.update(fields, cond)
            )

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Change the documents that match, or insert one if none does; returns their IDs."""
        given = [document.doc_id] if isinstance(document, Document) else None
        if given is None and cond is None:
            raise ValueError("upsert needs a query, or a Document with a doc_id")
        with self._storage.transaction():
            self._storage.queue_for(self._layout)
            updated = self.update(document, None if given else cond, given)
            return updated or [self.insert(document)]

    def change_each(
        self,
        field: str,
        values: Iterable[str],
        change: Callable[[str, Document | None], Mapping[str, Any] | None],
    ) -> None:
        """Put a document in the place of each that has one of the values in a unique field.

        ``change`` makes it from the value and the document there was, None if there was none; it
        gives None to leave things as they are. Two who come first wait for each other. One look
        and at most two writes, for all values.
        """
        wanted = list(dict.fromkeys(values))
        with self._storage.transaction():
            self._storage.queue_for(self._layout)
            found = {row[field]: row for row in self.search(where(field).one_of(wanted))}
            made = ((found.get(value), change(value, found.get(value))) for value in wanted)
            changed = [(old, new) for old, new in made if new is not None]
            if fresh := [new for old, new in changed if old is None]:
                self.insert_multiple(fresh)
            self._write((old.doc_id, new) for old, new in changed if old is not None)

    def replace(self, document: Mapping[str, Any], doc_id: int) -> None:
        """Put another document in the place of one, without looking at it first."""
        with self._storage.transaction():
            self._write([(doc_id, document)])

    def _write(self, documents: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        columns = self._layout.columns
        rows = [
            {"doc_id": doc_id, "new": encode_document(dict(document), columns)}
            for doc_id, document in documents
        ]
        if rows:
            self._storage.execute(self._update, rows)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """Remove all documents that match and return their IDs."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        _, texts, narrowed = self._narrow(cond)
        if doc_ids is None and narrowed.exact:
            with self._storage.transaction():
                gone = sa.delete(self._layout.sql).where(narrowed.clause).returning(self._layout.id)
                return sorted(self._storage.execute(gone, texts).scalars())
        return self._change(
            cond,
            doc_ids,
            lambda document: self._storage.execute(self._delete, {"doc_id": document.doc_id}),
        )

    def truncate(self) -> None:
        """Remove all documents; their IDs are not given again."""
        with self._storage.transaction():
            self._storage.execute(sa.delete(self._layout.sql))

    def _row(self, document: Mapping[str, Any]) -> dict[str, object]:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        row: dict[str, object] = {"doc": encode_document(dict(document), self._layout.columns)}
        if isinstance(document, Document):
            if not is_id(document.doc_id):
                raise ValueError(f"{document.doc_id} cannot be an ID")
            row["id"] = document.doc_id
        return row

    def _change(
        self,
        cond: QueryLike | None,
        doc_ids: Iterable[int] | None,
        change: Callable[[Document], object],
    ) -> list[int]:
        with self._storage.transaction():
            documents = self._matching(cond) if doc_ids is None else self._of_ids(doc_ids, cond)
            changed = []
            for document in documents:
                change(document)
                changed.append(document.doc_id)
            return changed

    def _matching(self, cond: QueryLike | None) -> Iterator[Document]:
        """Find the documents that match, by ID: those an index leads to, or a look at each."""
        shape, texts, narrowed = self._narrow(cond)
        find = self._indexed if narrowed.indexed else self._scanned
        documents = find(shape, texts)
        return (document for document in documents if cond is None or cond(document))

    def _indexed(self, shape: QueryShape, texts: Mapping[str, str]) -> Iterable[Document]:
        statement = indexed_rows(self._layout, shape, self._storage.locking)
        documents = self._documents(statement, texts)
        if len(documents) < CHUNK:
            return sorted(documents, key=lambda document: document.doc_id)
        found = self._storage.fetch(indexed_ids(self._layout, shape), texts)
        return self._of_ids((row.id for row in found), None)

    def _scanned(
        self, shape: QueryShape, texts: Mapping[str, str], start: int | None = None
    ) -> Iterable[Document]:
        after = {} if start is None else {"after": start}
        while True:
            statement = next_rows(self._layout, shape, self._storage.locking, not after)
            documents = self._documents(statement, {**texts, **after})
            yield from documents
            if len(documents) < CHUNK:
                return
            after = {"after": documents[-1].doc_id}

    def _first(self, cond: QueryLike) -> Document | None:
        shape, texts, narrowed = self._narrow(cond)
        if not (narrowed.exact and narrowed.indexed):
            return next(self._matching(cond), None)
        statement = first_match(self._layout, shape, self._storage.locking)
        return next(iter(self._documents(statement, texts)), None)

    def _of_ids(self, doc_ids: Iterable[int], cond: QueryLike | None) -> Iterator[Document]:
        """Find the documents of these IDs that match as well, by ID."""
        wanted = sorted(doc_id for doc_id in set(doc_ids) if is_id(doc_id))
        for start in range(0, len(wanted), CHUNK):
            statement = rows_of_ids(self._layout, self._storage.locking)
            for document in self._documents(statement, {"ids": wanted[start : start + CHUNK]}):
                if cond is None or cond(document):
                    yield document

    def _documents(self, statement: Select, parameters: Mapping[str, object]) -> list[Document]:
        rows = self._storage.fetch(statement, parameters)
        return [self.document_class(row.doc, row.id) for row in rows]

    def _count(self, shape: QueryShape, texts: Mapping[str, str]) -> int:
        return int(self._storage.fetch(size_of(self._layout, shape), texts)[0][0])

    def _narrow(self, cond: QueryLike | None) -> tuple[QueryShape, Mapping[str, str], Narrowed]:
        shape, texts = split_query(cond)
        narrowed = narrow(shape, self._layout)
        if self._storage.refuse_scans and cond is not None and not narrowed.indexed:
            raise self._unindexed(cond)
        return shape, texts, narrowed

    def _unindexed(self, query: QueryLike | None) -> UnindexedQuery:
        fields = ", ".join(sorted(set(fields_of(form_of(query))))) or "no field that is known"
        return UnindexedQuery(f"{self.name}: no index serves a query on {fields}")

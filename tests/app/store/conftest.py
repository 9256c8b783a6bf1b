"""Databases for the tests of the store."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.store.engine.database import RowDB, RowTable, Schema

SCHEMA: Schema = {
    "_default": [],
    "cases": [("unique", "receipt"), ("state", "submitted_at"), ("form.town",)],
    "people": [],
}

OpenRows = Callable[..., RowDB]


@pytest.fixture
def open_rows(store_url: str) -> Iterator[OpenRows]:
    """Open the test's database, once or several times; all are closed at the end."""
    opened: list[RowDB] = []

    def open_it(schema: Schema = SCHEMA, **options: Any) -> RowDB:
        opened.append(RowDB(store_url, schema, **options))
        return opened[-1]

    yield open_it
    for db in opened:
        db.close()


@pytest.fixture
def db(open_rows: OpenRows) -> RowDB:
    return open_rows()


@pytest.fixture
def cases(db: RowDB) -> RowTable:
    return db.table("cases")

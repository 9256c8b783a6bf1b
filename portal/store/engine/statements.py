"""What is asked of a table, each statement made once for all queries of a shape.

To make a statement takes three times as long as to run it. ``locked``: the rows stay as they
are until the end of the transaction.
"""

from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa

from portal.store.engine.layout import Path, TableLayout
from portal.store.engine.query_planner import QueryShape, narrow

CHUNK = 500  # rows read at a time: a scan holds neither memory nor a cursor
Select = sa.Select[Any]
kept = lru_cache(maxsize=2048)


def _rows(layout: TableLayout, locked: bool) -> Select:
    rows = sa.select(layout.id, layout.sql.c.doc)
    return rows.with_for_update() if locked else rows


@kept
def first_match(layout: TableLayout, shape: QueryShape, locked: bool) -> Select:
    """Select the row of the lowest ID, where an index leads to all that match."""
    # The sum keeps the database from walking along the IDs until one matches.
    rows = _rows(layout, locked).order_by(layout.id + 0)
    return rows.where(narrow(shape, layout).clause).limit(1)


@kept
def indexed_rows(layout: TableLayout, shape: QueryShape, locked: bool) -> Select:
    """Select a chunk of the rows to which an index leads, in no order."""
    # An order could lure the database from the index to the IDs.
    return _rows(layout, locked).where(narrow(shape, layout).clause).limit(CHUNK)


@kept
def indexed_ids(layout: TableLayout, shape: QueryShape) -> Select:
    """Select the IDs of all rows to which an index leads."""
    return sa.select(layout.id).where(narrow(shape, layout).clause)


@kept
def next_rows(layout: TableLayout, shape: QueryShape, locked: bool, first: bool) -> Select:
    """Select a chunk of the rows by their IDs; but for the first, those after ``:after``."""
    rows = _rows(layout, locked).where(narrow(shape, layout).clause)
    if not first:
        rows = rows.where(layout.id > sa.bindparam("after"))
    return rows.order_by(layout.id).limit(CHUNK)


@kept
def rows_of_ids(layout: TableLayout, locked: bool) -> Select:
    """Select the rows of ``:ids``, by their IDs."""
    ours = layout.id.in_(sa.bindparam("ids", expanding=True))
    return _rows(layout, locked).where(ours).order_by(layout.id)


@kept
def size_of(layout: TableLayout, shape: QueryShape) -> Select:
    """Count the rows."""
    return sa.select(sa.func.count()).select_from(layout.sql).where(narrow(shape, layout).clause)


@kept
def sizes_by(layout: TableLayout, shape: QueryShape, paths: tuple[Path, ...]) -> Select:
    """Count the rows by the values of some fields that all of them have."""
    columns = [layout.columns[path] for path in paths]
    known = [column.is_not(None) for column in columns]
    counted = sa.select(*columns, sa.func.count()).where(narrow(shape, layout).clause, *known)
    return cast("Select", counted.group_by(*columns))


@kept
def last_id(layout: TableLayout) -> Select:
    """Select the highest ID."""
    return sa.select(sa.func.max(layout.id))


@kept
def page_of(
    layout: TableLayout, shape: QueryShape, order: Path, descending: bool, first: bool, locked: bool
) -> Select:
    """Select ``:limit`` rows in the order of a field, then of their IDs.

    But for the first page, those after the place ``:after_value`` and ``:after_id``.
    """
    column = layout.columns[order]
    keys = (column, layout.id)
    # First the IDs alone: many rows can share a value, and an index tells them without documents.
    found = sa.select(layout.id).where(narrow(shape, layout).clause, column.is_not(None))
    if not first:
        value = sa.bindparam("after_value", type_=column.type)
        here, there = (
            sa.tuple_(*keys),
            sa.tuple_(value, sa.bindparam("after_id", type_=sa.BigInteger)),
        )
        found = found.where(here < there if descending else here > there)
    directed = [key.desc() if descending else key for key in keys]
    found = found.order_by(*directed).limit(sa.bindparam("limit", type_=sa.BigInteger))
    rows = _rows(layout, locked).where(layout.id.in_(found))
    if locked:  # whoever waited for a row asks it once more: it may have been changed meanwhile
        rows = rows.where(narrow(shape, layout).clause)
    return rows.order_by(*directed)


@kept
def insertion(layout: TableLayout) -> sa.Executable:
    """Insert rows of ``doc`` and, where it is given, ``id``; gives their IDs in the same order."""
    return sa.insert(layout.sql).returning(layout.id, sort_by_parameter_order=True)

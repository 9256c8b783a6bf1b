"""TinyDB's queries as SQL: which rows can match, and whether an index finds them.

TinyDB keeps the form of a query in ``_hash``: ``('==', ('state',), 'new')``,
``('and', frozenset（…）)``. That is its only private attribute used here, and only to
narrow: TinyDB itself still decides on every document unless the clause is exact, and a
form that is not known here becomes a scan.

A form is split into its shape and the texts that it compares with. SQL is made once for a
shape; the texts are bound to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from operator import eq, ge, gt, le, lt
from typing import Any

import sqlalchemy as sa
from tinydb.queries import QueryLike

from portal.store.engine.encoding import is_storable
from portal.store.engine.layout import Path, TableLayout

COMPARISONS = {"==": eq, "<": lt, "<=": le, ">": gt, ">=": ge}
EVERYTHING: tuple[Any, ...] = ()  # the form of TinyDB's noop(), and its shape
UNKNOWN = ("unknown",)
NEVER = "never"  # compared with a text that no document holds

QueryShape = tuple[Any, ...]
"""A form without its texts: ``('==', ('state',), 1)``, ``('and', shape, shape)``."""


@dataclass(frozen=True)
class Narrowed:
    """A clause which every matching row satisfies; its parameters are v0, v1, ….

    ``exact``: no other row does. ``indexed``: an index leads to the rows.
    """

    clause: sa.ColumnElement[bool]
    exact: bool
    indexed: bool


def split_query(query: QueryLike | None) -> tuple[QueryShape, dict[str, str]]:
    """Take a query apart into its shape and its texts by parameter; None asks for every row."""
    shape, texts = _split(form_of(query))
    return shape, {f"v{number}": text for number, text in enumerate(texts)}


@lru_cache(maxsize=2048)
def narrow(shape: QueryShape, layout: TableLayout) -> Narrowed:
    """Narrow a table to the rows that can match queries of this shape."""
    return _narrow(shape, layout, count())


def form_of(query: QueryLike | None) -> Any:
    """Return the form of a query, or None if TinyDB does not know it (a function, a ``map()``)."""
    return EVERYTHING if query is None else getattr(query, "_hash", None)


def fields_of(form: Any) -> Iterator[str]:
    """Find the fields that a query names, for messages: never the values, they may be personal."""
    if isinstance(form, tuple) and len(form) > 1:
        if form[0] in ("and", "or"):
            for part in form[1]:
                yield from fields_of(part)
        elif form[0] == "not":
            yield from fields_of(form[1])
        elif isinstance(form[1], tuple):
            yield ".".join(map(str, form[1]))


def serves_page(shape: QueryShape, order: Path, layout: TableLayout) -> bool:
    """Tell whether a page is found by index: its rows are, or the whole table lies in its order."""
    if shape == EVERYTHING:
        return (order,) in layout.indexes
    return narrow(shape, layout).indexed


def _split(form: Any) -> tuple[QueryShape, list[str]]:
    if form == EVERYTHING:
        return EVERYTHING, []
    operator, *arguments = form or (None,)
    if operator == "not":
        shape, texts = _split(arguments[0])
        return (operator, shape), texts
    if operator in ("and", "or"):
        # Always in the same order: a set has none.
        parts = sorted((_split(part) for part in arguments[0]), key=repr)
        shapes = [shape for shape, _ in parts]
        return (operator, *shapes), [text for _, texts in parts for text in texts]
    if len(arguments) != 2:
        return UNKNOWN, []
    path, value = arguments
    if operator == "one_of" and isinstance(value, tuple | frozenset):
        if all(isinstance(one, str) for one in value):
            texts = [one for one in value if is_storable(one)]
            return (operator, path, len(texts)), texts
    elif operator in COMPARISONS and isinstance(value, str):
        if is_storable(value):
            return (operator, path, 1), [value]
        # No document holds such a text; the order among such texts is Python's to tell.
        return ((NEVER, path, 0) if operator == "==" else UNKNOWN), []
    return UNKNOWN, []


def _narrow(shape: QueryShape, layout: TableLayout, numbers: Iterator[int]) -> Narrowed:
    if shape == EVERYTHING:
        return Narrowed(sa.true(), exact=True, indexed=False)
    operator, *arguments = shape
    if operator in ("and", "or"):
        return _join(operator, [_narrow(part, layout, numbers) for part in arguments])
    if operator == "not":
        return _turn_round(_narrow(arguments[0], layout, numbers))
    if shape == UNKNOWN:
        return Narrowed(sa.true(), exact=False, indexed=False)
    path, size = arguments
    names = [f"v{next(numbers)}" for _ in range(size)]
    column = layout.columns.get(path)
    if column is None:
        return Narrowed(sa.true(), exact=False, indexed=False)
    leads = any(index[0] == path for index in layout.indexes)
    return Narrowed(_compare(operator, column, names), exact=True, indexed=leads)


def _join(operator: str, parts: list[Narrowed]) -> Narrowed:
    exact = all(part.exact for part in parts)
    clauses = [part.clause for part in parts]
    if operator == "and":
        return Narrowed(sa.and_(*clauses), exact, any(part.indexed for part in parts))
    return Narrowed(sa.or_(*clauses), exact, all(part.indexed for part in parts))


def _turn_round(part: Narrowed) -> Narrowed:
    if not part.exact:
        return Narrowed(sa.true(), exact=False, indexed=False)
    # A field that a document lacks compares as unknown in SQL, as false in TinyDB.
    holds = sa.func.coalesce(part.clause, sa.false())
    return Narrowed(sa.not_(holds), exact=True, indexed=False)


def _compare(operator: str, column: sa.Column[str], names: list[str]) -> sa.ColumnElement[bool]:
    texts = [sa.bindparam(name, type_=column.type) for name in names]
    if operator == NEVER:
        return sa.false()
    if operator == "one_of":
        return column.in_(texts)
    clause: sa.ColumnElement[bool] = COMPARISONS[operator](column, *texts)
    return clause

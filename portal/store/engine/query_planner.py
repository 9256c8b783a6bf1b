"""TinyDB's queries as SQL: which rows can match, and whether an index finds them.

TinyDB keeps the form of a query in ``_hash``: ``('==', ('state',), 'new')``,
``('and', frozenset（…）)``. That is its only private attribute used here, and only to
narrow: TinyDB itself still decides on every document unless the clause is exact, and a
form that is not known here becomes a scan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt
from typing import Any

import sqlalchemy as sa
from tinydb.queries import QueryLike

from portal.store.engine.encoding import is_storable
from portal.store.engine.layout import Path, TableLayout

COMPARISONS = {"==": eq, "<": lt, "<=": le, ">": gt, ">=": ge}
EVERYTHING: tuple[Any, ...] = ()  # the form of TinyDB's noop()


@dataclass(frozen=True)
class Narrowed:
    """A clause which every matching row satisfies.

    ``exact``: no other row does. ``indexed``: an index leads to the rows.
    """

    clause: sa.ColumnElement[bool]
    exact: bool
    indexed: bool


def narrow(query: QueryLike | None, layout: TableLayout) -> Narrowed:
    """Narrow a table to the rows that can match ``query``; None asks for every row."""
    return _narrow_form(form_of(query), layout)


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


def serves_page(query: QueryLike | None, order: Path, layout: TableLayout) -> bool:
    """Tell whether a page is found by index: its rows are, or the whole table lies in its order."""
    if form_of(query) == EVERYTHING:
        return (order,) in layout.indexes
    return narrow(query, layout).indexed


def _narrow_form(form: Any, layout: TableLayout) -> Narrowed:
    if form == EVERYTHING:
        return Narrowed(sa.true(), exact=True, indexed=False)
    operator, *arguments = form or (None,)
    if operator in ("and", "or"):
        return _join(operator, [_narrow_form(part, layout) for part in arguments[0]])
    column = layout.columns.get(arguments[0]) if _compares_field(operator, arguments) else None
    clause = _compare(operator, column, arguments[1]) if column is not None else None
    if clause is None:
        return Narrowed(sa.true(), exact=False, indexed=False)
    leads = any(index[0] == arguments[0] for index in layout.indexes)
    return Narrowed(clause, exact=True, indexed=leads)


def _compares_field(operator: Any, arguments: list[Any]) -> bool:
    return (operator in COMPARISONS or operator == "one_of") and len(arguments) == 2


def _join(operator: str, parts: list[Narrowed]) -> Narrowed:
    exact = all(part.exact for part in parts)
    clauses = [part.clause for part in parts]
    if operator == "and":
        return Narrowed(sa.and_(*clauses), exact, any(part.indexed for part in parts))
    return Narrowed(sa.or_(*clauses), exact, all(part.indexed for part in parts))


def _compare(operator: Any, column: sa.Column[str], value: Any) -> sa.ColumnElement[bool] | None:
    if operator == "one_of":
        if isinstance(value, tuple | frozenset) and all(isinstance(one, str) for one in value):
            return column.in_([one for one in value if is_storable(one)])
        return None
    if not isinstance(value, str):
        return None
    if not is_storable(value):
        # No document holds such a text; the order among such texts is Python's to tell.
        return sa.false() if operator == "==" else None
    clause: sa.ColumnElement[bool] = COMPARISONS[operator](column, value)
    return clause

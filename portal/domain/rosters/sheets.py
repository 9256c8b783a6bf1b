"""A sheet of a table that was sent in: rows of text, or why it was not read."""

from collections.abc import Sequence
from dataclasses import dataclass

Grid = Sequence[Sequence[str]]
"""The cells of a table, row by row, as text; with the empty rows, so that rows can be counted."""


@dataclass(frozen=True, slots=True)
class SentSheet:
    """A sheet and its cells; the name is empty if it is the only one that there can be.

    `unread` says in words why its cells are not here; `hidden` are the rows, from 1, not seen,
    `hidden_columns` the columns, from 0.
    """

    name: str
    rows: Grid
    unread: str = ""
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

"""A table that was sent in and read, and that nobody has said yes to: kept beside the answers.

Only columns that may be meant are in it; of all others no cell is kept.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row: where it stands, and its cells in the order of the columns that may be meant."""

    number: int
    cells: tuple[str, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class SentPart:
    """The sheets of a table that have one head.

    `columns` are the heads of the columns that may be meant; for each field of the list `offers`
    tells which of them fit it, best first, and `picked` the one that surely does. `unused` are
    the heads of the others, `left_out` what stands in rows that are no persons.
    """

    sheets: tuple[str, ...]
    columns: tuple[str, ...]
    offers: Mapping[str, tuple[int, ...]]
    picked: Mapping[str, int]
    rows: tuple[SentRow, ...]
    unused: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentTable:
    """All that was read: its parts, and in words what was not read and why.

    `adds`: the people come to those on the list, and do not take their place.
    """

    parts: tuple[SentPart, ...]
    unread: tuple[str, ...] = ()
    adds: bool = False


def content_of_table(table: SentTable) -> dict[str, Any]:
    """Return it in shapes that JSON knows."""
    return asdict(table)


def table_of_content(content: Mapping[str, Any]) -> SentTable:
    """Make it of what was stored."""
    parts = tuple(
        SentPart(
            sheets=tuple(one["sheets"]),
            columns=tuple(one["columns"]),
            offers={name: tuple(places) for name, places in one["offers"].items()},
            picked=one["picked"],
            rows=tuple(SentRow(r["number"], tuple(r["cells"]), r["sheet"]) for r in one["rows"]),
            unused=tuple(one["unused"]),
            left_out=tuple(one["left_out"]),
        )
        for one in content["parts"]
    )
    return SentTable(parts, tuple(content["unread"]), content["adds"])

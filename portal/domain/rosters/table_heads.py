"""Finding the head of a table: one row near the top, or two that belong together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.domain.forms.fields import Field
from portal.domain.rosters.column_words import SURE, offer_columns, pick_columns, score_head
from portal.domain.rosters.sheets import Grid

_WITHIN, _LONGEST = 10, 60
_FILLED_IN = re.compile("[0-9]{5}|^[0-9.,]+(元)?$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over each column, and the place of the first row below.

    Of two that tell as much the one with more `trust` is meant.
    """

    heads: tuple[str, ...]
    start: int
    trust: int = 0


def find_head(columns: Sequence[Field], rows: Grid) -> Head | None:
    """Return the head that tells most, if one says where the names stand."""
    found = [
        head
        for head in _possible_heads(columns, rows)
        if offer_columns(columns, head.heads)[columns[0].name]
    ]
    return max(found, key=lambda head: _told_by(columns, head), default=None)


def miss_names(columns: Sequence[Field], rows: Grid) -> list[str]:
    """Return what stands in a row that is a head by all signs, though no column in it has names."""
    for cells in rows[:_WITHIN]:
        heads = [head for head in _trimmed(cells) if head]
        told = [
            one for one in columns[1:] if any(score_head(one.kind, head) >= SURE for head in heads)
        ]
        if len(heads) > 1 and told and not any(map(_is_filled_in, heads)):
            return heads
    return []


def _told_by(columns: Sequence[Field], head: Head) -> tuple[int, ...]:
    """Rank a head: by the fields it decides, then by those it offers; of equals the first."""
    offered = sum(map(bool, offer_columns(columns, head.heads).values()))
    return len(pick_columns(columns, head.heads)), offered, head.trust, -head.start


def _possible_heads(columns: Sequence[Field], rows: Grid) -> Iterator[Head]:
    name = columns[0]
    for place, cells in enumerate(rows[:_WITHIN]):
        upper = _trimmed(cells)
        names = [at for at, head in enumerate(upper) if score_head(name.kind, head)]
        if names:
            yield Head(tuple(upper), place + 1, trust=1)
        lower = _trimmed(rows[place + 1]) if place + 1 < len(rows) else []
        below = [lower[at] for at in names if at < len(lower) and lower[at]]
        persons = [text for text in below if not score_head(name.kind, text)]
        if _belong_together(upper, lower) and not persons:
            # Names above are never split; groups above names may be only a title.
            yield Head(_joined(upper, lower), place + 2, trust=2 if names else 0)


def _belong_together(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether two rows may be one head: more than a title, and no number is filled in."""
    return (
        sum(map(bool, upper)) > 1 and any(lower) and not any(map(_is_filled_in, [*upper, *lower]))
    )


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Join a row of groups and the row below; a group reaches over the empty cells behind it."""
    wide, group, heads = max(len(upper), len(lower)), "", []
    for at in range(wide):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        group = above or (group if below else "")
        heads.append(f"{group}{below}")
    return tuple(heads)


def _trimmed(cells: Sequence[str]) -> list[str]:
    return ["".join(cell.split()) if len(cell) <= _LONGEST else "" for cell in cells]


def _is_filled_in(cell: str) -> bool:
    return bool(_FILLED_IN.search(cell))

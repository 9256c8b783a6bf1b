"""The tables that a sheet holds: below each other, beside each other, with names cut in two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from portal.domain.forms.fields import Field
from portal.domain.rosters.column_words import pick_columns, plain_head, score_head
from portal.domain.rosters.sheets import Grid, SentSheet
from portal.domain.rosters.table_heads import Head, find_head

Row = tuple[int, Sequence[str]]
"""A row and its number in the sheet, from 1."""
_UNIT = re.compile("单位[:：]?(?:人民币)?([百千万]?)元")
_SPLIT_NAME = ("姓", "名")
_FEWEST_TOLD = 2
SIDEWAYS = "横着写的，一列才是一个人。请改成一行一个人"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: what stands over each column, the rows below, the unit that stands above it all.

    `hidden` are the places of columns that nobody sees.
    """

    sheet: SentSheet
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    hidden: frozenset[int] = frozenset()


def is_sideways(columns: Sequence[Field], rows: Grid) -> bool:
    """Tell whether the first column, and no row, is the head of a table."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    down = pick_columns(columns, [row[0] for row in filled])
    across = max((len(pick_columns(columns, row)) for row in filled), default=0)
    return columns[0].name in down and len(down) >= _FEWEST_TOLD and len(down) > across


def find_blocks(columns: Sequence[Field], sheet: SentSheet) -> list[TableBlock]:
    """Find the tables of a sheet; none if no row says where the names stand."""
    head = find_head(columns, sheet.rows)
    if head is None:
        return []
    return [
        part
        for block in _below_each_other(columns, sheet, head)
        for part in _beside_each_other(columns, _with_whole_names(block))
    ]


def block_of(sheet: SentSheet, head: Head) -> TableBlock:
    """Make a block of all that stands below a head."""
    numbered = enumerate(sheet.rows[head.start :], head.start + 1)
    rows = tuple((number, cells) for number, cells in numbered if any(map(str.strip, cells)))
    above = "".join("".join(cell.split()) for row in sheet.rows[: head.start] for cell in row)
    unit = _UNIT.search(above)
    return TableBlock(sheet, head.heads, rows, unit[1] if unit else "", sheet.hidden_columns)


def _below_each_other(
    columns: Sequence[Field], sheet: SentSheet, head: Head
) -> Iterator[TableBlock]:
    """Part a block where another head begins, with its columns in another order."""
    block, rows = block_of(sheet, head), list[Row]()
    for number, cells in block.rows:
        if _is_other_head(columns, block.heads, cells):
            yield replace(block, rows=tuple(rows))
            block, rows = replace(block, heads=tuple("".join(one.split()) for one in cells)), []
        else:
            rows.append((number, cells))
    yield replace(block, rows=tuple(rows))


def _is_other_head(columns: Sequence[Field], heads: Sequence[str], cells: Sequence[str]) -> bool:
    picked = pick_columns(columns, cells)
    known = [plain_head(one) for one in heads if one]
    told = [plain_head(one) for one in cells if one.strip()]
    return columns[0].name in picked and len(picked) >= _FEWEST_TOLD and told != known


def _with_whole_names(block: TableBlock) -> TableBlock:
    """Join a column 姓 and a column 名 beside it."""
    plain = [plain_head(head) if head else "" for head in block.heads]
    at = next((at for at in range(len(plain) - 1) if (plain[at], plain[at + 1]) == _SPLIT_NAME), -1)
    if at < 0:
        return block

    def join(cells: Sequence[str]) -> Sequence[str]:
        whole = "".join(cells[at : at + 2])
        return [*cells[:at], whole, *cells[at + 2 :]]

    rows = tuple((number, join(cells)) for number, cells in block.rows)
    return replace(block, heads=(*block.heads[:at], "姓名", *block.heads[at + 2 :]), rows=rows)


def _beside_each_other(columns: Sequence[Field], block: TableBlock) -> Iterator[TableBlock]:
    """Part a block whose head is there twice or more, side by side."""
    names = [at for at, head in enumerate(block.heads) if score_head(columns[0].kind, head)]
    step = names[1] - names[0] if len(names) > 1 else 0
    starts = range(0, len(block.heads), step) if step > names[0] else range(0)
    pieces = [block.heads[start : start + step] for start in starts]
    alike = {tuple(map(plain_head, filter(None, piece))) for piece in pieces}
    if len(alike) != 1 or len(pieces) < _FEWEST_TOLD or len(next(iter(alike))) < _FEWEST_TOLD:
        yield block
        return
    for start in starts:
        cut = ((number, cells[start : start + step]) for number, cells in block.rows)
        rows = tuple((number, cells) for number, cells in cut if any(map(str.strip, cells)))
        hidden = frozenset(at - start for at in block.hidden)
        yield replace(block, heads=pieces[0], rows=rows, hidden=hidden)

"""Reading of a table that is sent in: which column is what, and what else stands in it.

Nothing is taken in here: `read_sheets` says how it was understood, `take_rows` follows once that
was agreed to. Every row, sheet and column that does not become part of the list is named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from portal.domain.forms.drafts import RosterRow
from portal.domain.forms.fields import Field, Kind
from portal.domain.forms.journeys import Page
from portal.domain.forms.sent_tables import SentPart, SentRow, SentTable
from portal.domain.rosters.column_contents import offer_by_content
from portal.domain.rosters.column_words import offer_columns, pick_columns, plain_head
from portal.domain.rosters.other_rows import is_nobody
from portal.domain.rosters.roster import NO_ONE, head_of, require_room_for_people
from portal.domain.rosters.sheets import SentSheet
from portal.domain.rosters.table_blocks import (
    SIDEWAYS,
    TableBlock,
    block_of,
    find_blocks,
    is_sideways,
)
from portal.domain.rosters.table_heads import Head, miss_names
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text

_MOST_CELL, _SHOWN = 60, 20
_NO_HEAD = "里面没有“姓名”这一列"
_NO_NAMES = "没有找到“姓名”这一列。请下载空白表格，照着填，再传一次"
_AS_TEXT = re.compile(r"^'(?=.)|^=?\"(?=.*\"$)|(?<=.)\"$")
_LONG_SUM = re.compile(r"[0-9]+\.[0-9]{3,}")
_PLAIN_SUM = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?")
_CENT = Decimal("0.01")
_UNIT = re.compile("([百千万])元|万")
_TIMES = {"百": 100, "千": 1000, "万": 10_000}
_UNITS = {times: f"{unit}元" for unit, times in _TIMES.items()}
_WHOLE = re.compile(r"(\d{7,})\.0+")
_NOTHING = re.compile(r"[/\\—–-]+|无|没有|暂无|不详|未知|不清楚|空|n/?a|nil|null", re.IGNORECASE)
_ZERO = re.compile(r"0*(\.0*)?")


def read_sheets(page: Page, sheets: Sequence[SentSheet], *, adds: bool = False) -> SentTable:
    """Read the people in a table of one or more sheets. Raise NotAccepted, with what to do.

    Sheets with the same head are one part. Without any head the columns must stand in our order.
    """
    columns = page.member_fields()
    filled = [one for one in sheets if any(any(row) for row in one.rows)]
    turned = [one for one in filled if is_sideways(columns, one.rows)]
    upright = [one for one in filled if one not in turned]
    if turned and not upright:
        raise NotAccepted(f"这张表是{SIDEWAYS}，再传一次")
    found = [block for one in upright for block in find_blocks(columns, one)]
    found = found or _find_without_head(columns, upright)
    named = {one.sheet.name for one in found}
    unread = [f"“{one.name}”（{one.unread}）" for one in sheets if one.unread]
    unread += [f"“{one.name}”（{SIDEWAYS}）" for one in turned]
    unread += [f"“{one.name}”（{_NO_HEAD}）" for one in upright if one.name not in named]
    several = len(named) > 1
    groups: dict[tuple[object, ...], list[TableBlock]] = {}
    for one in found:
        groups.setdefault((one.heads, one.unit, one.hidden), []).append(one)
    parts = [_read_part(columns, group, several=several) for group in groups.values()]
    kept = tuple(part for part in parts if part.rows)
    if not kept:
        raise NotAccepted(NO_ONE)
    require_room_for_people(page, sum(len(part.rows) for part in kept))
    return SentTable(kept, tuple(unread), adds)


def _find_without_head(columns: Sequence[Field], sheets: Sequence[SentSheet]) -> list[TableBlock]:
    """Take the first sheet in which a column has names, by what stands in it. NotAccepted."""
    if not sheets:
        raise NotAccepted(NO_ONE)
    for one in sheets:
        if heads := miss_names(columns, one.rows):
            raise NotAccepted(
                f"没有看出哪一列是姓名。表头是：{'、'.join(heads)}。请把写名字的那一列叫“姓名”，再传一次"
            )
    for one in sheets:
        wide = max(map(len, one.rows))
        if wide == 1 and len(sheets) > 1:  # a sentence, not a list
            continue
        block = block_of(one, Head(tuple("" for _ in range(wide)), 0))
        if offer_by_content(columns, block.heads, [cells for _, cells in block.rows])[
            columns[0].name
        ]:
            return [block]
    raise NotAccepted(_NO_NAMES)


def _find_columns(
    columns: Sequence[Field], heads: Sequence[str], group: Sequence[TableBlock]
) -> tuple[dict[str, list[int]], dict[str, int]]:
    """Return the places that fit each field, and the one that surely is meant.

    Where no head speaks of a field, what stands in a column may: that is asked, unless there are
    no heads at all.
    """
    offers, picked = offer_columns(columns, heads), pick_columns(columns, heads)
    rows = [cells for block in group for _, cells in block.rows]
    fitting = offer_by_content(columns, heads, rows)
    if not any(heads) and 0 in fitting[columns[0].name]:  # in our order
        picked = {one.name: place for place, one in enumerate(columns) if place < len(heads)}
        return {name: [place] for name, place in picked.items()}, picked
    for one in columns:
        offers[one.name] = offers[one.name] or fitting[one.name]
        if not any(heads) and len(offers[one.name]) == 1:
            picked[one.name] = offers[one.name][0]
    return offers, picked


def _read_part(columns: Sequence[Field], group: Sequence[TableBlock], *, several: bool) -> SentPart:
    shown, hidden = group[0].heads, group[0].hidden
    heads = tuple("" if place in hidden else head for place, head in enumerate(shown))
    offers, picked = _find_columns(columns, heads, group)
    offers = {name: [one for one in ranked if one not in hidden] for name, ranked in offers.items()}
    places = sorted({place for ranked in offers.values() for place in ranked})
    names = offers[columns[0].name]
    rows, left_out = [], []
    for block in group:
        label = block.sheet.name if several else ""
        for number, cells in block.rows:
            row = SentRow(number, tuple(_cell(cells, place) for place in places), label)
            if why := _left_out(block, number, cells, (names, places)):
                place = RosterRow(number, {}, sheet=label).place
                left_out.append(f"{place}“{why[:_SHOWN]}”")
            elif any(row.cells):
                rows.append(row)
    at = {place: index for index, place in enumerate(places)}
    unused = [
        f"{head}（藏起来的列）" if place in hidden else head
        for place, head in enumerate(shown)
        if head and place not in at
    ]
    part = SentPart(
        sheets=tuple(dict.fromkeys(block.sheet.name for block in group if block.sheet.name)),
        columns=tuple(_call_column(heads, place) for place in places),
        offers={name: tuple(at[place] for place in ranked) for name, ranked in offers.items()},
        picked={name: at[place] for name, place in picked.items()},
        rows=tuple(rows),
        unused=tuple(unused),
        left_out=tuple(left_out),
    )
    times = [_times(heads[place]) or _TIMES.get(group[0].unit, 1) for place in places]
    return _without_last_sum(columns, _in_yuan(columns, times, part))


def _cell(cells: Sequence[str], place: int) -> str:
    text = _AS_TEXT.sub("", clean_text(cells[place]) if place < len(cells) else "")
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    return "" if _NOTHING.fullmatch(text) else text[:_MOST_CELL]


def _left_out(
    block: TableBlock,
    number: int,
    cells: Sequence[str],
    looked: tuple[Sequence[int], Sequence[int]],
) -> str:
    """Return the words of a row that is no person; empty if it may be one.

    `looked`: the places that may be names, and all that may be meant.
    """
    first = next(cell.strip() for cell in cells if cell.strip())
    if number in block.sheet.hidden:
        return f"{first}（藏起来的行）"
    names, places = looked
    texts = [_cell(cells, place) for place in names]
    heads = {plain_head(block.heads[at]) for at in names} - {""}
    again = [plain_head(text) in heads for text in texts]
    if any(again) or is_nobody(cells, texts):
        return first
    filled = [text for place in places if (text := _cell(cells, place))]
    return f"{first}（只有 0，没有人）" if filled and all(map(_ZERO.fullmatch, filled)) else ""


def _call_column(heads: Sequence[str], place: int) -> str:
    """Call a column by its head; by its place too, if it has none or another has the same."""
    head = heads[place][:_SHOWN]
    if head and list(heads).count(heads[place]) == 1:
        return f"“{head}”"
    return f"第 {place + 1} 列“{head}”" if head else f"第 {place + 1} 列"


def _times(head: str) -> int:
    unit = _UNIT.search(head)
    return _TIMES[unit[1] or "万"] if unit else 0


def _in_yuan(columns: Sequence[Field], times: Sequence[int], part: SentPart) -> SentPart:
    """Write sums as they are meant: to the cent, as a spreadsheet shows them; 万元 in yuan."""
    money = {
        at for one in columns if one.kind is Kind.MONEY for at in part.offers.get(one.name, ())
    }

    def write(row: SentRow) -> SentRow:
        cells = [
            _sum_of(cell, times[at]) if at in money else cell for at, cell in enumerate(row.cells)
        ]
        return replace(row, cells=tuple(cells))

    called = [
        f"{head}（按{_UNITS[times[at]]}算）" if at in money and times[at] > 1 else head
        for at, head in enumerate(part.columns)
    ]
    return replace(part, columns=tuple(called), rows=tuple(map(write, part.rows)))


def _sum_of(text: str, times: int) -> str:
    if not (times > 1 and _PLAIN_SUM.fullmatch(text)) and not _LONG_SUM.fullmatch(text):
        return text
    value = Decimal(text.replace(",", "")) * times
    return f"{value.quantize(_CENT).normalize():f}"


def _without_last_sum(columns: Sequence[Field], part: SentPart) -> SentPart:
    """Leave out a last row that has nothing but the sum of those above."""
    money = next((part.picked.get(one.name) for one in columns if one.kind is Kind.MONEY), None)
    if money is None or len(part.rows) < 2:
        return part
    *rows, last = part.rows
    rest = [cell for at, cell in enumerate(last.cells) if at != money]
    try:
        total = sum(Decimal(row.cells[money].replace(",", "") or 0) for row in rows)
        is_sum = not any(rest) and Decimal(last.cells[money].replace(",", "")) == total
    except InvalidOperation:
        return part
    if not is_sum:
        return part
    words = f"{RosterRow(last.number, {}, sheet=last.sheet).place}“{last.cells[money]}”"
    return replace(part, rows=tuple(rows), left_out=(*part.left_out, words))


def is_plain(page: Page, table: SentTable) -> bool:
    """Tell whether a table is just like the empty one, so that nothing is to be asked or told."""
    ours = {plain_head(text) for one in page.member_fields() for text in (one.column, head_of(one))}
    whole = len(table.parts) == 1 and not table.unread
    return whole and all(
        len(part.picked) == len(part.columns)
        and not (part.unused or part.left_out)
        and all(plain_head(head) in ours for head in part.columns)
        for part in table.parts
    )


def take_rows(
    page: Page, table: SentTable, choices: Sequence[Mapping[str, int | None]]
) -> list[RosterRow]:
    """Return the rows, with the column of each field as it was chosen for each part.

    NotAccepted if one column was chosen twice.
    """
    rows = []
    for part, chosen in zip(table.parts, choices, strict=True):
        places = {name: at for name, at in chosen.items() if at is not None}
        for at in places.values():
            if list(places.values()).count(at) > 1:
                raise NotAccepted(f"{part.columns[at]}这一列选了两次。一列只能当一样用，请改一个")
        rows += [
            RosterRow(
                row.number, {name: row.cells[at] for name, at in places.items()}, sheet=row.sheet
            )
            for row in part.rows
        ]
    filled = [row for row in rows if any(row.typed.values())]
    if not filled:
        raise NotAccepted(NO_ONE)
    require_room_for_people(page, len(filled))
    return filled

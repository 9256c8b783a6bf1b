"""Reading of a table that is sent in: which column is what, and what else stands in it.

Nothing is taken in here: `read_sheets` says how it was understood, `take_rows` follows once that
was agreed to. Every row, sheet and column that does not become part of the list is named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from portal.domain.forms.answers import Context, parse_answer
from portal.domain.forms.drafts import RosterRow
from portal.domain.forms.fields import Field, Kind
from portal.domain.forms.journeys import Page
from portal.domain.forms.sent_tables import SentPart, SentRow, SentTable
from portal.domain.rosters.column_words import offer_columns, pick_columns, plain_head
from portal.domain.rosters.other_rows import is_nobody
from portal.domain.rosters.roster import NO_ONE, head_of, require_room_for_people
from portal.domain.rosters.sheets import SentSheet
from portal.domain.rosters.table_heads import Head, find_head, miss_names
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text

_MOST_CELL, _SHOWN = 60, 20
_NO_DAY = Context(date.min, {})
_NO_HEAD = "里面没有“姓名”这一列"
_NO_NAMES = "没有找到“姓名”这一列。请下载空白表格，照着填，再传一次"
_AS_TEXT = re.compile(r"^'(?=.)|^=?\"(?=.*\"$)|(?<=.)\"$")
_LONG_SUM = re.compile(r"[0-9]+\.[0-9]{3,}")
_PLAIN_SUM = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?")
_CENT, _MYRIAD = Decimal("0.01"), 10_000


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with its head."""

    sheet: SentSheet
    head: Head


def read_sheets(page: Page, sheets: Sequence[SentSheet], *, adds: bool = False) -> SentTable:
    """Read the people in a table of one or more sheets. Raise NotAccepted, with what to do.

    Sheets with the same head are one part. Without any head the columns must stand in our order.
    """
    columns = page.member_fields()
    filled = [one for one in sheets if any(any(row) for row in one.rows)]
    found = [_Found(one, head) for one in filled if (head := find_head(columns, one.rows))]
    found = found or _find_without_head(columns, filled)
    named = {one.sheet.name for one in found}
    unread = [f"“{one.name}”（{one.unread}）" for one in sheets if one.unread]
    unread += [f"“{one.name}”（{_NO_HEAD}）" for one in filled if one.name not in named]
    groups: dict[tuple[str, ...], list[_Found]] = {}
    for one in found:
        groups.setdefault(one.head.heads, []).append(one)
    parts = [_read_part(columns, group, several=len(found) > 1) for group in groups.values()]
    kept = tuple(part for part in parts if part.rows)
    if not kept:
        raise NotAccepted(NO_ONE)
    require_room_for_people(page, sum(len(part.rows) for part in kept))
    return SentTable(kept, tuple(unread), adds)


def _find_without_head(columns: Sequence[Field], sheets: Sequence[SentSheet]) -> list[_Found]:
    """Take the first sheet whose first cell is a name as one in our order. NotAccepted if none."""
    if not sheets:
        raise NotAccepted(NO_ONE)
    for one in sheets:
        if heads := miss_names(columns, one.rows):
            raise NotAccepted(
                f"没有看出哪一列是姓名。表头是：{'、'.join(heads)}。请把写名字的那一列叫“姓名”，再传一次"
            )
    for one in sheets:
        first = next(cells for cells in one.rows if any(cells))
        with suppress(NotAccepted):
            parse_answer(columns[0], [first[0]], _NO_DAY)
            wide = max(map(len, one.rows))
            if wide == 1 and len(sheets) > 1:  # a sentence, not a list
                continue
            return [_Found(one, Head(tuple("" for _ in range(wide)), 0))]
    raise NotAccepted(_NO_NAMES)


def _read_part(columns: Sequence[Field], group: Sequence[_Found], *, several: bool) -> SentPart:
    heads = group[0].head.heads
    if any(heads):
        offers, picked = offer_columns(columns, heads), pick_columns(columns, heads)
    else:
        picked = {one.name: place for place, one in enumerate(columns) if place < len(heads)}
        offers = {name: [place] for name, place in picked.items()}
    places = sorted({place for ranked in offers.values() for place in ranked})
    names = offers[columns[0].name]
    rows, left_out = [], []
    for found in group:
        label = found.sheet.name if several else ""
        for number, cells in _filled_rows(found):
            row = SentRow(number, tuple(_cell(cells, place) for place in places), label)
            if why := _left_out(found, number, cells, names):
                place = RosterRow(number, {}, sheet=label).place
                left_out.append(f"{place}“{why[:_SHOWN]}”")
            elif any(row.cells):
                rows.append(row)
    at = {place: index for index, place in enumerate(places)}
    part = SentPart(
        sheets=tuple(found.sheet.name for found in group if found.sheet.name),
        columns=tuple(_call_column(heads, place) for place in places),
        offers={name: tuple(at[place] for place in ranked) for name, ranked in offers.items()},
        picked={name: at[place] for name, place in picked.items()},
        rows=tuple(rows),
        unused=tuple(head for place, head in enumerate(heads) if head and place not in at),
        left_out=tuple(left_out),
    )
    return _without_last_sum(columns, _in_yuan(columns, heads, places, part))


def _filled_rows(found: _Found) -> Iterator[tuple[int, Sequence[str]]]:
    for number, cells in enumerate(found.sheet.rows[found.head.start :], found.head.start + 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _cell(cells: Sequence[str], place: int) -> str:
    text = clean_text(cells[place]) if place < len(cells) else ""
    return _AS_TEXT.sub("", text)[:_MOST_CELL]


def _left_out(found: _Found, number: int, cells: Sequence[str], names: Sequence[int]) -> str:
    """Return the words of a row that is no person; empty if it may be one."""
    first = next(cell.strip() for cell in cells if cell.strip())
    if number in found.sheet.hidden:
        return f"{first}（藏起来的行）"
    texts = [_cell(cells, place) for place in names]
    heads = {plain_head(found.head.heads[at]) for at in names} - {""}
    again = [plain_head(text) in heads for text in texts]
    return first if any(again) or is_nobody(cells, texts) else ""


def _call_column(heads: Sequence[str], place: int) -> str:
    """Call a column by its head; by its place too, if it has none or another has the same."""
    head = heads[place][:_SHOWN]
    if head and list(heads).count(heads[place]) == 1:
        return f"“{head}”"
    return f"第 {place + 1} 列“{head}”" if head else f"第 {place + 1} 列"


def _in_yuan(
    columns: Sequence[Field], heads: Sequence[str], places: Sequence[int], part: SentPart
) -> SentPart:
    """Write sums as they are meant: to the cent, as a spreadsheet shows them; 万元 in yuan."""
    money = {
        place
        for one in columns
        if one.kind is Kind.MONEY
        for place in part.offers.get(one.name, ())
    }
    myriads = {at for at in money if "万" in heads[places[at]]}

    def write(row: SentRow) -> SentRow:
        cells = [
            _sum_of(cell, myriad=at in myriads) if at in money else cell
            for at, cell in enumerate(row.cells)
        ]
        return replace(row, cells=tuple(cells))

    return replace(part, rows=tuple(map(write, part.rows)))


def _sum_of(text: str, *, myriad: bool) -> str:
    if not (myriad and _PLAIN_SUM.fullmatch(text)) and not _LONG_SUM.fullmatch(text):
        return text
    value = Decimal(text.replace(",", "")) * (_MYRIAD if myriad else 1)
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

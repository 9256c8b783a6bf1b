"""A list of people that comes in at once: rows of a file, or lines that somebody typed.

Every cell is judged as the form judges it. Rows that are right are kept; of the others each
mistake is told by row and column, so that all can be mended in one go.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.domain.forms.answers import Answers, Context, parse_answer, type_back
from portal.domain.forms.drafts import ListedPerson, RosterRow
from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.journeys import Page
from portal.domain.rosters.other_rows import is_no_name
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan
from portal.domain.shared.text_cleaning import clean_text

LARGEST_LIST = 1_100_000
"""Bytes that may be sent to the page of a list: a table of 1 MB and what goes with it."""
MOST_PROBLEMS = 20
_MOST_TYPED = 60
_BETWEEN = re.compile("[\t,，;；、|]|[:：](?=[0-9])")
_AROUND = " \t\u3000,，;；、:：|"
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}([,，][0-9]{3})+(?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]([ -]?[0-9]{4}){2}(?![0-9])")
_SPACED_NAME = re.compile(r"[\u3400-\u9fff]{1,2}\s+[\u3400-\u9fff]{1,2}(\s+[\u3400-\u9fff])?")
_LINE_ENDS = re.compile("\r\n|\r|\n")
_COUNTED = re.compile(r"\s*([0-9]{1,3}\s*[.、．)）]|[①-⒛])\s*(?=[^0-9\s])")
_SHORTEST_NUMBER = 7
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+")
_UNCOMPUTED = re.compile(r"=\?|#(REF|DIV/0|VALUE|NAME\?|N/A|NUM|NULL)!?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NO_ONE = "这里面一个人都没有。请一行写一个人，再传一次"
_NO_PERSON = "“{}”不像人名。这一行不是人的，请去掉"


@dataclass(frozen=True, slots=True)
class Roster:
    """A list that was judged: the people as they are kept, and the rows that are not right yet."""

    entries: tuple[Answers, ...] = ()
    wrong: tuple[RosterRow, ...] = ()


def head_of(column: Field) -> str:
    """Return what stands over a column of the empty table."""
    return f"{column.column}（可不填）" if column.optional else f"{column.column}（必填）"


def read_lines(page: Page, text: str) -> list[RosterRow]:
    """Read people typed one a line. Raise NotAccepted if there is none, or too many."""
    names = [one.name for one in page.member_fields()]
    lines = enumerate(_LINE_ENDS.split(text), 1)
    return _checked(
        page,
        (
            RosterRow(number, dict(zip(names, _split_line(line, len(names)), strict=True)))
            for number, line in lines
        ),
    )


def _split_line(line: str, columns: int) -> list[str]:
    line = _THOUSANDS.sub(_without_signs, _COUNTED.sub("", line.translate(_NARROW), count=1))
    cells = _split_at_mobile(line) or (
        _BETWEEN.split(line) if _BETWEEN.search(line) else line.split()
    )
    if len(cells) == columns - 1 and sum(map(str.isdigit, cells[-1])) < _SHORTEST_NUMBER:
        cells.insert(-1, "")  # a name and an amount
    # An amount may be written in a way that has a sign between: what is left over belongs to it.
    cells = [*cells[: columns - 1], ",".join(cells[columns - 1 :])]
    cleaned = [clean_text(cell)[:_MOST_TYPED] for cell in cells]
    return cleaned + [""] * (columns - len(cleaned))


def _without_signs(amount: re.Match[str]) -> str:
    return re.sub("[,，]", "", amount[0])


def _split_at_mobile(line: str) -> list[str]:
    """Split a line at the mobile in it, however it is written; nothing if it has not just one."""
    if len(found := list(_MOBILE.finditer(line))) != 1:
        return []
    name, amount = line[: found[0].start()], line[found[0].end() :]
    return [_close_up(name.strip(_AROUND)), re.sub("[ -]", "", found[0][0]), amount.strip(_AROUND)]


def _close_up(name: str) -> str:
    """Write a name in Chinese signs without the blanks that some put into it: 王 小."""
    return "".join(name.split()) if _SPACED_NAME.fullmatch(name) else name


def _checked(page: Page, rows: Iterable[RosterRow]) -> list[RosterRow]:
    filled = [row for row in rows if any(row.typed.values())]
    if not filled:
        raise NotAccepted(NO_ONE)
    require_room_for_people(page, len(filled))
    return filled


def require_room_for_people(page: Page, count: int) -> None:
    """Raise NotAccepted, with what to do, if so many people are too many for one list."""
    most = page.required_collection.most
    if count > most:
        raise NotAccepted(f"名单最多 {most} 个人，这里有 {count} 个。请分成几份，先交一份")


def judge_rows(page: Page, rows: Iterable[RosterRow], context: Context) -> Roster:
    """Judge every cell of the rows."""
    entries, wrong = [], []
    for row in rows:
        if not any(row.typed.values()):
            continue
        entry, problems = _judge_row(page.member_fields(), row.typed, context)
        if problems:
            wrong.append(replace(row, problems=problems))
        else:
            entries.append(entry)
    return Roster(tuple(entries), tuple(wrong))


def _judge_row(
    columns: Iterable[Field], typed: Mapping[str, str], context: Context
) -> tuple[Answers, dict[str, str]]:
    entry: Answers = {}
    problems: dict[str, str] = {}
    for column in columns:
        text = typed.get(column.name, "")
        try:
            if column.kind is Kind.PHONE and _SCIENTIFIC.fullmatch(text):
                raise NotAccepted(
                    f"表格软件把号码改成了 {text}。请把这一列设成“文本”，再填一遍号码"
                )
            if _UNCOMPUTED.fullmatch(text):
                raise NotAccepted("这一格是公式，没有算出数来。请用表格软件打开，存一次，再传")
            if column.kind is Kind.NAME and is_no_name(text):
                raise NotAccepted(_NO_PERSON.format(text))
            entry[column.name] = parse_answer(column, [text], context)
        except NotAccepted as problem:
            problems[column.name] = str(problem).removesuffix("。")
    return entry, problems


def tell_problems(wrong: Sequence[RosterRow]) -> list[str]:
    """Tell what is wrong in which row and column, and how many more there are."""
    sentences = [
        f"{cell_place(row, FIELDS[name])}：{words}"
        for row in wrong
        for name, words in row.problems.items()
    ]
    rest = len(sentences) - MOST_PROBLEMS
    return [*sentences[:MOST_PROBLEMS], *([f"还有 {rest} 处也要改"] if rest > 0 else [])]


def cell_place(row: RosterRow, column: Field) -> str:
    """Tell where a cell stands: 第 4 行，手机."""
    return f"{row.place}，{column.column}"


def find_repeats(entries: Sequence[ListedPerson]) -> list[str]:
    """Tell who is in the list more than once: by mobile number, or by name if neither has one."""
    seen: dict[object, int] = {}
    repeats = []
    for number, entry in enumerate(entries, 1):
        identity = _identity(entry)
        if identity in seen:
            repeats.append(f"第 {seen[identity]} 人和第 {number} 人像是同一个：{identity[0]}")
        seen.setdefault(identity, number)
    return repeats


def without_repeats(entries: Iterable[ListedPerson]) -> list[ListedPerson]:
    """Return the list with everybody once: the first time he stands in it."""
    first: dict[object, ListedPerson] = {}
    for entry in entries:
        first.setdefault(_identity(entry), entry)
    return list(first.values())


def merge_newcomers(
    people: Sequence[ListedPerson], newcomers: Sequence[ListedPerson]
) -> list[ListedPerson]:
    """Return the list with newcomers behind it.

    Who stands there with the same name and the same mobile gives way to what is told of him now.
    Without a mobile nobody is taken for another.
    """
    renewed = {_identity(one) for one in newcomers if _identity(one)[1]}
    return [*(one for one in people if _identity(one) not in renewed), *newcomers]


def compare_lists(
    before: Sequence[ListedPerson], after: Sequence[ListedPerson]
) -> tuple[list[ListedPerson], list[ListedPerson]]:
    """Return who joined, and who left."""
    return _without(after, before), _without(before, after)


def apply_change(
    people: Sequence[ListedPerson], joined: Sequence[ListedPerson], left: Sequence[ListedPerson]
) -> list[ListedPerson]:
    """Return the list without those who left, and with those who joined behind it."""
    return [*_without(people, left), *joined]


def _without(people: Sequence[ListedPerson], others: Sequence[ListedPerson]) -> list[ListedPerson]:
    """Return who is in the list and not among the others; who stands there once is met once."""
    rest, missing = list(others), []
    for one in people:
        if one in rest:
            rest.remove(one)
        else:
            missing.append(one)
    return missing


def _identity(entry: ListedPerson) -> tuple[object, object]:
    """Return the name and the mobile number of an entry of any list."""
    by_kind = {FIELDS[name].kind: value for name, value in entry.items() if name in FIELDS}
    return by_kind.get(Kind.NAME), by_kind.get(Kind.PHONE)


def sum_up(entries: Sequence[ListedPerson]) -> str:
    """Say how many people stand in the list, and how much money it is about."""
    amounts = [
        int(str(one["coworker_amount"]))
        for one in entries
        if one.get("coworker_amount") is not None
    ]
    amount_words = f"，写了钱数的 {len(amounts)} 人，加起来 {format_yuan(sum(amounts))} 元"
    return f"{len(entries)} 人{amount_words if amounts else ''}"


def write_csv(page: Page, entries: Iterable[ListedPerson]) -> bytes:
    """Write the list as a file that spreadsheets open; read back, it gives the same list.

    What a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([head_of(one) for one in page.member_fields()])
    for entry in entries:
        writer.writerow(map(_defused, type_cells(page, entry)))
    return out.getvalue().encode("utf-8-sig")


def type_cells(page: Page, entry: ListedPerson) -> list[str]:
    """Return a person as a row of the table, as it would be typed."""
    return [str(type_back(one, entry.get(one.name))) for one in page.member_fields()]


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

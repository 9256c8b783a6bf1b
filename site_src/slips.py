"""Slips of those who write: signs that readers would see as signs, and what to write instead.

Each is told with a mend that somebody may take with one click: rows to put in the place of others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from site_src.office_text import ITEM, TABLE_LINE, is_cut

MEND: Final = "帮我改"
CODE_FENCE: Final = re.compile(r"\s*(?:```|~~~)")
_ADMONITION: Final = re.compile(r"(\s*)!!!\s")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_UNSEEN: Final = re.compile(r"`[^`]+`|(?<=\])\([^()（）]*\)")
"""What signs mean nothing in: code, and where a link leads."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What to put in the place of the rows from `start` to before `end`."""

    start: int
    end: int
    rows: tuple[str, ...]
    label: str = MEND


@dataclass(frozen=True, slots=True)
class Loss:
    """A row (from 0) that readers would not see as it was meant, what to do, and how at once."""

    row: int
    remedy: str
    mends: tuple[Mend, ...] = ()


STARS = "星号 ** 会照样登出来。要加粗，紧挨着字的两边各写两个 *，中间不空格"
STRUCK = "波浪号 ~~ 会照样登出来，不会变成删除线"
MARKED = "这些记号会照样登出来。要加粗，两边各写两个 *"
BOX = "这里的方框 [ ] 会照样登出来。列清单写“- ”就够了"
FOOTNOTE = "[^ ] 会照样登出来，不会变成脚注。请写成“（注1）”，后面另起一段写“注1：”"
GREATER = "行首的大于号登出来会不见，这一段变成引用。请写“超过”，或者用全角的＞"
LINKED = "这样写连不出去，会照样登出来。写成 [文字](/地址/)：英文的括号，中间不空格"
FULL_BARS = "表格的竖线要用英文的 |，不然登出来是一串竖线"
TITLE = "井号会照样登出来。小标题写成“## ”（两个井号，空一格）开头"
EMPTY = "这一行只有井号，没有标题。请写上，或者删掉"
BOXED = "提示框要用英文的感叹号 !!! 开头"
PATH = "反斜线 \\ 后面的记号登出来会不见。反斜线要写两个"
ENTITY = "这里的 & 和分号之间是网页的记号，登出来会变成别的。请直接写那个字"
POWER = "数目之间的 ** 登出来会不见。请写成“2 的 3 次方”"
OPEN_FENCE = "三个反引号或者波浪号没有成对，会照样登出来"
NOT_INSIDE = "下面这一段不在提示框里。要放进去，每行前面空四格"
NO_LINE = "表头下面要有一行 |---|---|，不然登出来是一串竖线"
SURPLUS = "这一行比表头多一格，多的那一格登出来会不见"
PASTED = "这几行像是从表格里粘贴来的，登出来会挤成一行"
SPLIT = "这一行还没有写完就换行了，登出来也会在这里断开。一段话请写在一行里；要分段，中间空一行"
NUMBERED = "这里又写了第 {typed} 条，上一条已经是第 {last} 条"

_BOLD: Final = r"|(?P<bold>\*\*[^\s*](?:[^*]*[^\s*])?\*\*)"
"""Bold words as they should be, to be passed over: **12351**（前面加区号） is no power."""
_ROWS: Final = (
    (r"^#(?=[\u4e00-\u9fff“《【（])", TITLE, "## "),
    (r"＊＊(.+?)＊＊", STARS, r"**\1**"),
    (rf"\*\*[ \u3000]+(\S[^*]*?)[ \u3000]*\*\*|\*\*(\S[^*]*?)[ \u3000]+\*\*{_BOLD}",
     STARS, r"**\1\2**"),
    (r"==(\S[^=]*?)==|__(?=[^\s_])([^_]+?)__", MARKED, r"**\1\2**"),
    (r"^(\s*[-*+]\s+)\[[ xX√]?\]\s*", BOX, r"\1"),
    (r"^\[\^([^\]]+)\][:：]\s*", FOOTNOTE, r"注\1："),
    (r"\[\^([^\]]+)\]", FOOTNOTE, r"（注\1）"),
    (r"^(\s*)>\s*=\s*(?=\d)", GREATER, r"\1≥"),
    (r"^(\s*)>\s*(?=\d)", GREATER, r"\1＞"),
    (r"(?!\[[^\]]*\]\()[\[【]([^\[\]【】]+)[\]】]\s*[（(]\s*((?:/|tel:)[^()（）\s]*)\s*[)）]",
     LINKED, r"[\1](\2)"),
    (r"(\[[^\]]+\]\()\s*((?:/|tel:)[^()（）\s]*)\s*）", LINKED, r"\1\2)"),
    (r"^(\s*)！{3}(?=\s)", BOXED, r"\1!!!"),
    (r"&(?:nbsp|ensp|emsp);", ENTITY, " "),
    (r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);", ENTITY, None),
    (rf"(?<=[\d)）])\*\*(?=[\d(（]){_BOLD}", POWER, None),
)  # fmt: skip
"""Pattern in a row, what to do, and what to write instead; None if that is for a person to say."""
_SEARCHED: Final = tuple((re.compile(pattern), remedy, new) for pattern, remedy, new in _ROWS)
_PATH: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\(?!\\)")
_LONE_BACKSLASH: Final = re.compile(r"(?<!\\)\\(?!\\)")
_STRUCK: Final = re.compile(r"~~(\S.*?)~~")
_FULL_BARS: Final = re.compile(r"\s*[｜|].*[｜|]\s*$")
_EMPTY: Final = re.compile(r"#{1,6}\s*$")
_SIGNS: Final = re.compile(r"[*＊~=_\[【>！&\\#]")


def find_slips(rows: Sequence[str]) -> Iterator[Loss]:
    """Yield what is wrong with single rows and with rows beside each other, in any order."""
    fences = [number for number, row in enumerate(rows) if CODE_FENCE.match(row)]
    if len(fences) % 2:
        last = fences.pop()
        yield Loss(last, OPEN_FENCE, (Mend(last, last + 1, ()),))
    code = {
        number
        for start, end in zip(fences[::2], fences[1::2], strict=True)
        for number in range(start, end + 1)
    }
    plain = ["" if number in code else row for number, row in enumerate(rows)]
    for number, row in enumerate(plain):
        if _SIGNS.search(row):
            yield from _judge_row(number, row)
    yield from _find_loose_stars(plain)
    yield from _find_tables(plain)
    yield from _find_numbers(plain)
    for number, (before, row) in enumerate(pairwise(["", *plain])):
        yield from _judge_pair(number, before, row)


def _judge_row(number: int, row: str) -> Iterator[Loss]:
    bare = _UNSEEN.sub("", row)
    for pattern, remedy, new in _SEARCHED:
        if any(map(_is_slip, pattern.finditer(bare))):
            mended = row if new is None else pattern.sub(partial(_exchange, new), row)
            yield Loss(number, remedy, _put(number, row, mended))
    if _STRUCK.search(bare):
        without, kept = _STRUCK.sub("", row), _STRUCK.sub(r"\1", row)
        mends = (
            Mend(number, number + 1, (without,), "划掉的字不要了"),
            Mend(number, number + 1, (kept,), "只去掉记号"),
        )
        yield Loss(number, STRUCK, mends)
    if _PATH.search(bare):
        doubled = _LONE_BACKSLASH.sub(r"\\\\", row)
        yield Loss(number, PATH, _put(number, row, doubled))
    if _EMPTY.match(bare):
        yield Loss(number, EMPTY, (Mend(number, number + 1, ()),))


def _is_slip(found: re.Match[str]) -> bool:
    return not found.groupdict().get("bold")


def _exchange(new: str, found: re.Match[str]) -> str:
    return found.expand(new) if _is_slip(found) else found[0]


def _put(number: int, row: str, mended: str) -> tuple[Mend, ...]:
    return (Mend(number, number + 1, (mended,)),) if mended != row else ()


def _judge_pair(number: int, before: str, row: str) -> Iterator[Loss]:
    """Judge a row, at `number`, and the one before it."""
    if (box := _ADMONITION.match(before)) and row.strip() and not row.startswith(f"{box[1]}    "):
        yield Loss(number, NOT_INSIDE, (Mend(number, number + 1, (f"{box[1]}    {row.strip()}",)),))
    elif is_cut(before, row):
        mends = (
            Mend(number - 1, number + 1, (before.rstrip() + row.lstrip(),), "连成一行"),
            Mend(number, number + 1, ("", row), "分成两段"),
        )
        yield Loss(number, SPLIT, mends)


def _find_loose_stars(rows: Sequence[str]) -> Iterator[Loss]:
    """Find a pair of stars without its other, block by block."""
    found: list[int] = []
    for number, row in enumerate([*rows, ""]):
        bare = re.sub(r"\\\*", "", _UNSEEN.sub("", row))
        if row.strip() and not re.fullmatch(r"[*\s]+", row):
            found += [number] * len(re.findall(r"\*\*+", bare))
        if not row.strip() or ITEM.match(rows[number + 1] if number + 1 < len(rows) else ""):
            if len(found) % 2:
                last = found[-1]
                mended = "".join(rows[last].rsplit("**", 1))
                yield Loss(last, STARS, (Mend(last, last + 1, (mended,)),))
            found = []


def _find_tables(rows: Sequence[str]) -> Iterator[Loss]:
    """Find groups of rows that are tables but for a slip."""
    start = 0
    for number, row in enumerate([*rows, ""]):
        if row.strip():
            continue
        if number > start:
            yield from _judge_group(rows, start, number)
        start = number + 1


def _judge_group(rows: Sequence[str], start: int, end: int) -> Iterator[Loss]:
    group = rows[start:end]
    tabs = [row.strip("\t ").count("\t") for row in group]
    if len(group) > 1 and tabs[0] and len(set(tabs)) == 1:
        cells = [[cell.strip() for cell in row.strip("\t ").split("\t")] for row in group]
        yield Loss(start, PASTED, (Mend(start, end, tuple(_draw(cells)), "做成表格"),))
        return
    if sum("｜" in row and bool(_FULL_BARS.match(row)) for row in group) > 1:
        drawn = tuple(row.replace("｜", "|").replace("－", "-") for row in group)
        yield Loss(start, FULL_BARS, (Mend(start, end, drawn),))
        return
    barred = [number for number in range(start, end) if rows[number].lstrip().startswith("|")]
    lines = [number for number in barred if TABLE_LINE.match(rows[number])]
    goes_on = barred == [*range(start, end)] and start > 1 and rows[start - 2][:1] == "|"
    if len(barred) > 1 and not lines and not goes_on:
        first = barred[0]
        line = "|" + "---|" * len(split_cells(rows[first]))
        yield Loss(first, NO_LINE, (Mend(first + 1, first + 1, (line,)),))
    elif lines and lines[0] > start:
        yield from _find_surplus(rows, lines[0], end)


def _find_surplus(rows: Sequence[str], line: int, end: int) -> Iterator[Loss]:
    """Find rows of a table that have more cells than its head; it can be given another column."""
    wide = len(split_cells(rows[line - 1]))
    for number in range(line + 1, end):
        more = len(split_cells(rows[number])) - wide
        if more > 0 and rows[number].lstrip().startswith("|"):
            head = f"{rows[line - 1].rstrip().removesuffix('|')}|{'  |' * more}"
            bars = f"{rows[line].rstrip().removesuffix('|')}|{'---|' * more}"
            yield Loss(number, SURPLUS, (Mend(line - 1, line + 1, (head, bars), "表头加一列"),))


def split_cells(row: str) -> list[str]:
    """Split a row of a table into its cells."""
    inner = row.strip().removeprefix("|")
    return [cell.strip() for cell in _CELL_END.split(re.sub(r"(?<!\\)\|$", "", inner))]


def _draw(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(cells):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        if not number:
            yield "|" + "---|" * len(row)


def _find_numbers(rows: Sequence[str]) -> Iterator[Loss]:
    """Find items of one list whose number does not come after that of the item before."""
    last: dict[str, int] = {}
    for number, row in enumerate(rows):
        item = ITEM.match(row)
        if item and item[2]:
            typed, before = int(item[2]), last.get(item[1], 0)
            if before and typed <= before:
                mended = f"{item[1]}{before + 1}. {item[3]}"
                words = NUMBERED.format(typed=typed, last=before)
                yield Loss(number, words, (Mend(number, number + 1, (mended,), "接着数"),))
                typed = before + 1
            last = {indent: one for indent, one in last.items() if len(indent) < len(item[1])}
            last[item[1]] = typed
        elif row.strip() and not row.startswith(" ") and not (number and rows[number - 1].strip()):
            last = {}  # a paragraph ends the list
        elif item:
            last = {indent: one for indent, one in last.items() if len(indent) < len(item[1])}

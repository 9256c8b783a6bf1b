"""Finds what an author wrote and no reader would see, or would see as something else.

Markdown takes signs for markup that office authors mean as text: a star for times, four blanks
for the beginning of a paragraph, square brackets for a note. So what is set is compared with what
was written: every run of the source must stand in the page, what looks like an item of a list
must be one, and numbers of lists must be those that were typed.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from site_src.checks import render_markdown

Loss = tuple[int, str]
"""A row (from 0) and what to do there."""

_SPACE = re.compile(r"\s+")
_FENCE = re.compile(r"\s*(```|~~~)")
_ADMONITION = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s+[a-z -]+(?:"(.*)")?\s*$')
_HEADING = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|(\d+)\.)\s+(.*)$")
_QUOTE = re.compile(r"\s*>\s?")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_BARS = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_LIKE_AN_ITEM = re.compile(
    r"\s*(?:\d{1,2}[、．)）]|\d{1,2}\.(?=[^\s\d])|[（(]\d{1,2}[)）]|[（(][一二三四五六七八九十]+[)）]"
    r"|[一二三四五六七八九十]+、|[①-⑳]|[●○•·◆■▪►]|[-*+](?=[\u4e00-\u9fff]))"
)
_LABEL = re.compile(r"\s*[^\s，。；：:|#>*-][^，。；：:|]{0,9}[：:]")
_UNDERLINE = re.compile(r"(?:-+|=+)\s*$")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")
_DOUBTFUL = re.compile(r"[*_\\\\`|&\[]|^ {4}|^\t|^#[^#\s]|^=+\s*$")
_INDENTED = re.compile(r"(?: {4}|\t)\s*\S")

STARS = "这一行有的字登出来会不见，或者变样。星号 * 写乘法请改成 ×；要加粗，两边各写两个 **"
VANISHED = "这一行登出来会不见（方括号加冒号是别的意思）。请去掉开头的方括号，比如写成“注：”"
OTHERWISE = "这一行登出来和写的不一样。请换一种写法，再看看预览"
BOXED = "这一段会变成灰底的一长条。行首不要空格；段落前面不用空两个字"
NUMBERED = (
    "这里写的是第 {typed} 条，登出来是第 {shown} 条：列表都从 1 数起，中间不能断。"
    "夹在两条中间的话，行首空四格，它才算上一条的"
)
JOINED = (
    "这一行会和上一行连成一行。要分条，每条写成“1. ”或者“- ”（后面空一格）开头，第一条前面空一行"
)
SPLIT = "这一行会和上一行连成一行，中间多一个空格。一段话请写在一行里；要分段，中间空一行"
UNDERLINED = "上一行会变成标题。要画一条线，上面空一行；小标题写成“## ”开头"
NO_GAP = "列表前面要空一行，不然会连成一行"
NO_TABLE = "表格前面要空一行，不然登出来是一串竖线"
TITLE = "这一行会变成大标题。正文里的小标题写成“## ”（两个井号，空一格）开头"


class _TextReader(HTMLParser):
    """Reads the text of a piece of HTML without blanks, the numbers of its lists, its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.numbers: list[int] = []
        self.lists: list[int | None] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"ol", "ul"}:
            self.lists.append(int(dict(attrs).get("start") or 1) - 1 if tag == "ol" else None)
        elif tag == "li" and self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.numbers.append(self.lists[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(_SPACE.sub("", data))


def find_losses(body: str) -> list[Loss]:
    """Find row (from 0) and remedy of all that does not come out as it was written."""
    rows = body.split("\n")
    found = [*_find_joined(rows)]
    if _is_doubtful(rows):
        reader = _TextReader()
        reader.feed(render_markdown(body))
        if "h1" in reader.tags:
            found += [(number, TITLE) for number in range(len(rows)) if _is_title(rows, number)]
        if "pre" in reader.tags and not any(_FENCE.match(row) for row in rows):
            found += _find_boxed(rows)
        found += _find_numbers(rows, reader.numbers)
        found += _find_changed(rows, "".join(reader.text))
    first = dict[int, str]()
    for number, remedy in sorted(found, key=lambda loss: loss[0]):
        first.setdefault(number, remedy)
    return sorted(first.items())


def _is_doubtful(rows: Sequence[str]) -> bool:
    """Tell whether anything but plain markup is there: only then is it set to be compared."""
    before, last = "", 0
    for row in rows:
        item = _ITEM.match(row)
        if _DOUBTFUL.search(_STRONG.sub(r"\2", _LINK.sub(r"\1", item[3] if item else row))):
            return True
        if item and item[2]:
            number = int(item[2])
            goes_on = number == last + 1 and (_ITEM.match(before) or before[:1] == " ")
            if number != 1 and not goes_on:
                return True
            last = number
        before = row if row.strip() else before
    return False


def _find_changed(rows: Sequence[str], text: str) -> Iterator[Loss]:
    """Yield the rows of which some run is not in the text of the page."""
    fenced = False
    for number, row in enumerate(rows):
        if _FENCE.match(row):
            fenced = not fenced
        elif not fenced and (lost := [run for run in _runs(row) if run not in text]):
            yield number, _remedy(row, lost[0], text)


def _remedy(row: str, run: str, text: str) -> str:
    if "|" in row and _SPACE.sub("", row.replace("|", "")) not in text:
        return NO_TABLE if _SPACE.sub("", row) in text else OTHERWISE
    if "*" in run or "_" in run:
        return STARS
    return VANISHED if row.lstrip().startswith("[") else OTHERWISE


def _runs(row: str) -> list[str]:
    """Return what of a row must stand in the page, without blanks; nothing of pure markup."""
    if _RULE.match(row) or _BARS.match(row):
        return []
    if admonition := _ADMONITION.match(row):
        row = admonition[1] or ""
    row = _QUOTE.sub("", row) if row.lstrip().startswith(">") else row
    if heading := _HEADING.match(row):
        row = heading[1]
    elif item := _ITEM.match(row):
        row = item[3]
    row = _LINK.sub(r"\1", _PICTURE.sub("\n", row))
    row = _CODE.sub(r"\1", _STRONG.sub(r"\2", row))
    row = _ESCAPED.sub(r"\1", row)
    cells = row.strip().strip("|").split("|") if row.lstrip().startswith("|") else [row]
    return [run for cell in cells for run in map(_squeeze, cell.split("\n")) if run]


def _squeeze(text: str) -> str:
    return _SPACE.sub("", text)


def _find_joined(rows: Sequence[str]) -> Iterator[Loss]:
    """Yield the rows that are written as a line of their own and set behind the row before."""
    fenced = False
    for number, (before, row) in enumerate(zip(["", *rows], rows, strict=False)):
        fenced ^= bool(_FENCE.match(row))
        if fenced or not before.strip() or not row.strip() or _HEADING.match(before):
            continue
        if remedy := _judge_row(before, row):
            yield number, remedy


def _judge_row(before: str, row: str) -> str:
    """Return what to do with a row that follows another without a blank one, or nothing."""
    text = not _ITEM.match(before) and before[0] not in " \t|>!"
    if _LIKE_AN_ITEM.match(row):
        return JOINED
    if not text:
        return ""
    if _UNDERLINE.match(row):
        return UNDERLINED
    if _ITEM.match(row) and row[0] != " ":
        return NO_GAP
    if row[0] == "|":
        return NO_TABLE
    if _LABEL.match(row) and _LABEL.match(before):
        return JOINED
    if _CHINESE.match(before.rstrip()[-1]) and _CHINESE.match(row.lstrip()[0]):
        return SPLIT
    return ""


def _find_numbers(rows: Sequence[str], shown: Sequence[int]) -> Iterator[Loss]:
    """Yield the items whose number in the page is not the one that was typed."""
    items = [(number, int(item[2])) for number, item in _numbered(rows)]
    if len(items) == len(shown):
        for (number, typed), here in zip(items, shown, strict=True):
            if typed != here:
                yield number, NUMBERED.format(typed=typed, shown=here)


def _numbered(rows: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, row in enumerate(rows):
        item = _ITEM.match(row)
        if item and item[2]:
            yield number, item


def _find_boxed(rows: Sequence[str]) -> Iterator[Loss]:
    """Yield the rows that begin a box of code without a fence."""
    for number, (before, row) in enumerate(zip(["", *rows], rows, strict=False)):
        if not before.strip() and _INDENTED.match(row):
            yield number, BOXED


def _is_title(rows: Sequence[str], number: int) -> bool:
    row, after = rows[number], rows[number + 1] if number + 1 < len(rows) else ""
    underlined = row.strip() and re.fullmatch(r"=+\s*", after)
    return bool(re.match(r"#[^#\s]", row) or underlined)

"""Finds what an author wrote and no reader would see, or would see as something else.

What is set is compared with what was written: every run of the source must stand in the page.
Slips that are known are told with a mend; the rest is told, whatever it is.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Final

from site_src.markup import render_markdown
from site_src.office_text import ITEM, OFFICE_ITEM, TABLE_LINE
from site_src.slips import CODE_FENCE, Loss, Mend, find_slips, split_cells

OTHERWISE = "这一行登出来和写的不一样。请换一种写法，再看看预览"
_SPACE: Final = re.compile(r"\s+")
_ADMONITION: Final = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s+[\w -]+?(?:\s*"(.*)")?\s*$')
_HEADING: Final = re.compile(r"\s*#{2,6}\s*(.*?)(?:\s+#+)?\s*$")
_QUOTE: Final = re.compile(r"(?:\s*>\s?)+")
_RULE: Final = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_STRONG: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS: Final = re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)")
_CODE: Final = re.compile(r"`([^`]+)`")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])")
_DOUBTFUL: Final = re.compile(r"[{*_\\`|&\[<]")
_MOST_MENDS: Final = 100


class _TextReader(HTMLParser):
    """Reads the text of a piece of HTML, without blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(_SPACE.sub("", data))


def find_losses(body: str) -> list[Loss]:
    """Find all that does not come out as it was written, one loss a row, in the order of rows."""
    rows = body.split("\n")
    first: dict[int, Loss] = {}
    for loss in find_slips(rows):
        first.setdefault(loss.row, loss)
    if _is_doubtful(rows):
        reader = _TextReader()
        reader.feed(render_markdown(body))
        for number in _find_changed(rows, "".join(reader.text)):
            first.setdefault(number, Loss(number, OTHERWISE))
    return [first[number] for number in sorted(first)]


def apply_mend(body: str, mend: Mend) -> str:
    """Return the body with a mend in it."""
    rows = body.split("\n")
    return "\n".join([*rows[: mend.start], *mend.rows, *rows[mend.end :]])


def mend_all(body: str) -> str:
    """Return the body with the mend of every loss that has just one; nobody is chosen for."""
    for _ in range(_MOST_MENDS):
        mends = [loss.mends[0] for loss in find_losses(body) if len(loss.mends) == 1]
        if not mends:
            break
        body = apply_mend(body, mends[0])
    return body


def _is_doubtful(rows: Sequence[str]) -> bool:
    """Tell whether anything but plain markup is there: only then is it set to be compared."""
    return any(_DOUBTFUL.search(_STRONG.sub(r"\1", _LINK.sub(r"\1", row))) for row in rows)


def _find_changed(rows: Sequence[str], text: str) -> Iterator[int]:
    """Yield the rows of which some run is not in the text of the page."""
    fenced = False
    for number, row in enumerate(rows):
        if CODE_FENCE.match(row):
            fenced = not fenced
        elif not fenced and any(run not in text for run in _runs(row)):
            yield number


def _runs(row: str) -> list[str]:
    """Return what of a row must stand in the page, without blanks; nothing of pure markup."""
    if _RULE.match(row) or TABLE_LINE.match(row):
        return []
    if admonition := _ADMONITION.match(row):
        row = admonition[1] or ""
    row = _QUOTE.sub("", row, count=1) if row.lstrip().startswith(">") else row
    if heading := _HEADING.match(row):
        row = heading[1]
    elif item := ITEM.match(row):
        row = item[3]
    elif (office := OFFICE_ITEM.match(row)) and not office[1]:
        row = row[office.end() :]
    row = _LINK.sub(r"\1", _PICTURE.sub("\n", row))
    row = _CODE.sub(r"\1", _EMPHASIS.sub(r"\1", row.replace("**", "")))
    runs = (_ESCAPED.sub(r"\1", run) for cell in split_cells(row) for run in cell.split("\n"))
    return [squeezed for run in runs if (squeezed := _SPACE.sub("", run))]

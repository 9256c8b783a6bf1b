"""Tables that are sent in, as XLSX or as text: to rows of cells, each of them plain text."""

import csv
import json
import re
from collections.abc import Iterable, Mapping

from portal.cleaning.child import LONGEST_CELL, MOST_CELLS, MOST_ROWS
from portal.cleaning.sandbox import TOO_HARD, CannotClean, run_child
from portal.domain.rosters.sheets import SentSheet
from portal.domain.shared.errors import NotAccepted

LARGEST_TABLE = 1_000_000
"""Bytes of a table, as the page promises: 1 MB."""

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"%PDF-", b"GIF8", b"RIFF")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_BETWEEN = (",", "\t", ";", "，", "；", "|", "、")
_SAID = re.compile("sep=(.)", re.IGNORECASE)  # how Excel is told the sign in a CSV
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|html|table|meta|head|style|script)", re.IGNORECASE)
_SAVED_AS_PAGE = "这是存成网页的表格。请用 Excel 或者 WPS 打开，另存为 .xlsx，再传一次"
_LOOKED_AT, _BLANKS = 30, re.compile(r"[ \u3000]+")
_RIGHT = "请用下载的空白表格填，存成 Excel（.xlsx）或者 CSV，再传一次"
_ROWS = "这个表格太大了。请只留一份名单，把空白的行删掉，再传一次"
_PASSWORD = "这个表格有密码，我们打不开。请去掉密码再传一次"  # noqa: S105 (words, not a password)
_REASONS: Mapping[str, str] = {
    "rows": _ROWS,
    "memory": _ROWS,
    TOO_HARD: _ROWS,
    "result": _ROWS,
    "sheets": f"这不是 Excel 表格。{_RIGHT}",
    "empty": f"这个表格里没有看得见的内容。{_RIGHT}",
    "password": _PASSWORD,
}
_UNREAD: Mapping[str, str] = {
    "hidden": "藏起来的表",
    "chart": "不是表格",
    "rows": f"太大，一共最多读 {MOST_ROWS} 行",
}
_BROKEN = f"这个表格坏了，或者没有传完整。{_RIGHT}"


def read_table(body: bytes) -> list[SentSheet]:
    """Read the sheets of a table: all their cells as rows of text, or why one is not read.

    NotAccepted with one sentence of what to do, or CleaningBusy.
    """
    if not body:
        raise NotAccepted("这个文件是空的。请再选一次")
    if len(body) > LARGEST_TABLE:
        raise NotAccepted("这个文件太大，要小于 1 MB。请只留名单，去掉图片和别的内容，再传一次")
    if body.startswith(_OLD_OFFICE):
        locked = _ENCRYPTED in body
        raise NotAccepted(_PASSWORD if locked else f"这是老的 Excel 或者 Word 文件。{_RIGHT}")
    if body.startswith(_PICTURES):
        raise NotAccepted("照片和 PDF 不能在这里传。名单的照片，请到后面“传证据的照片”那里传")
    return _read_workbook(body) if body.startswith(_ZIP) else [SentSheet("", _read_text(body))]


def _read_workbook(body: bytes) -> list[SentSheet]:
    try:
        sheets = json.loads(run_child(body, "xlsx"))
    except CannotClean as word:
        raise NotAccepted(_REASONS.get(str(word), _BROKEN)) from None
    return [
        SentSheet(
            one["name"],
            one["rows"],
            _UNREAD.get(one["unread"], ""),
            frozenset(one["hidden"]),
            frozenset(one["columns"]),
        )
        for one in sheets
    ]


def _read_text(body: bytes) -> list[list[str]]:
    text = _decode(body)
    if _NOT_TEXT.search(text):
        raise NotAccepted(f"这不是名单。{_RIGHT}")
    if _MARKUP.match(text):
        raise NotAccepted(_SAVED_AS_PAGE)
    lines = text.splitlines(keepends=True)
    rows: list[list[str]] = []
    try:
        for row in _split(lines):
            rows.append([cell[:LONGEST_CELL] for cell in row[:MOST_CELLS]])
            if len(rows) > MOST_ROWS:
                raise NotAccepted(_ROWS)
    except csv.Error:
        raise NotAccepted(_BROKEN) from None
    return rows


def _split(lines: list[str]) -> Iterable[list[str]]:
    """Split lines at the sign that most of the first lines have; at blanks if none of them does."""
    if lines and (said := _SAID.fullmatch(lines[0].strip().strip('"'))):
        return csv.reader(["\n", *lines[1:]], delimiter=said[1])
    looked = [line for line in lines if line.strip()][:_LOOKED_AT]

    def used(sign: str) -> tuple[int, int]:
        return sum(sign in line for line in looked), sum(line.count(sign) for line in looked)

    between = max(_BETWEEN, key=used)
    blanks = sum(bool(_BLANKS.search(line.strip())) for line in looked)
    if blanks > len(looked) / 2 >= used(between)[0]:
        return (_BLANKS.split(line.strip()) for line in lines)
    return csv.reader(lines, delimiter=between)


def _decode(body: bytes) -> str:
    """Decode text as spreadsheets save it: with a byte order mark, as UTF-8, or as GB18030."""
    marked = next((code for mark, code in _BYTE_ORDER_MARKS.items() if body.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", _without_mark(body), "gb18030"]:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAccepted(f"看不懂这个文件里的字。{_RIGHT}")


def _without_mark(body: bytes) -> str:
    """Guess the encoding: UTF-16 without its mark has a zero byte beside each letter and comma."""
    if body.count(b"\0") * 10 < len(body):
        return "gb18030"
    return "utf-16-le" if body[1::2].count(0) > body[::2].count(0) else "utf-16-be"

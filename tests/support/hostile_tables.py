"""Tables that mean harm, or were only saved in an odd way; made on the spot, never stored."""

import io
from collections.abc import Callable
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from portal.cleaning import read_table
from portal.domain.shared.errors import NotAccepted
from tests.support.hostile_files import (
    MEGABYTE,
    Hostile,
    Tried,
    half,
    picture,
    saved,
    spent,
    watched,
    zipped,
)

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKED = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKED}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKED}/relationships"><Relationship Id="a" '
    f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATED}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKED}/relationships">'
    f'<Relationship Id="s" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="t" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """A workbook as a spreadsheet writes it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book)
    book.close()
    return out.getvalue()


def by_hand(rows: str = "", strings: str = "", head: str = "") -> bytes:
    """A workbook of which every byte is our own."""
    sheet = f'{head}<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>'
    parts = _PARTS | {"xl/worksheets/sheet1.xml": sheet}
    if strings:
        parts |= {"xl/sharedStrings.xml": strings}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def many_rows(count: int) -> bytes:
    """A small file with very many rows."""
    return by_hand('<row><c t="str"><v>a</v></c></row>' * count)


def zip_bomb() -> bytes:
    """A workbook that unpacks to half a gigabyte."""
    out = io.BytesIO(by_hand("<row/>"))
    with ZipFile(out, "a", ZIP_DEFLATED) as packed, packed.open("xl/media/a", "w") as part:
        for _ in range(512):
            part.write(bytes(MEGABYTE))
    return out.getvalue()


def lying_bomb() -> bytes:
    """A sheet of a hundred megabytes that says it has few bytes."""
    body = bytearray(by_hand("<row><c><v>1</v></c></row>" + " " * 100 * MEGABYTE))
    place = body.rindex(b"PK\x01\x02")
    body[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(body)


def laughing() -> bytes:
    """Words that stand for ten words, ten times over."""
    names = "abcdefghij"
    inner = "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">'
                    for before, one in pairwise(names))  # fmt: skip
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">{inner}]>'
    return by_hand('<row><c t="str"><v>&j;</v></c></row>', head=head)


def far_away() -> bytes:
    """A sheet with its last cell in the last row and column that there can be."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "姓名")
        sheet.write(1_048_575, 16_383, "x")

    return workbook(fill)


def many_strings() -> bytes:
    """A sheet of one cell, with half a million words that nothing uses."""
    strings = f'<sst xmlns="{_SHEETS}">{"<si><t>a</t></si>" * 500_000}</sst>'
    return by_hand('<row><c t="s"><v>499999</v></c></row>', strings)


def locked() -> bytes:
    """A workbook with a password lies in a wrapper of the old kind."""
    return b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def hidden() -> bytes:
    """A workbook whose only sheet with anything in it cannot be seen."""

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("a").activate()
        sheet = book.add_worksheet("b")
        sheet.write(0, 0, "姓名")
        sheet.hide()

    return workbook(fill)


OLD = b"\xd0\xcf\x11\xe0" + bytes(1000)
TABLES = (
    Hostile("many-rows.xlsx", lambda: many_rows(450_000), "太大了"),
    Hostile("million-rows.xlsx", lambda: many_rows(1_000_000), "太大了"),
    Hostile("zip-bomb.xlsx", zip_bomb, "太大了"),
    Hostile("lying-bomb.xlsx", lying_bomb, ""),
    Hostile("laughing.xlsx", laughing, ""),
    Hostile("far-away.xlsx", far_away, "太大了"),
    Hostile("many-strings.xlsx", many_strings, None),
    Hostile("deep.xlsx", lambda: by_hand("<row>" * 500_000), ""),
    Hostile("locked.xlsx", locked, "密码"),
    Hostile("hidden.xlsx", hidden, "没有看得见的内容"),
    Hostile("old.xls", lambda: OLD, "老的 Excel"),
    Hostile("half.xlsx", lambda: half(far_away()), "坏了"),
    Hostile("not-excel.xlsx", zipped, "不是 Excel"),
    Hostile("workbook.csv", hidden, "没有看得见的内容"),
    Hostile("text.xlsx", lambda: "姓名\n示范甲".encode(), None),
    Hostile("photo.xlsx", lambda: saved(picture(), "JPEG"), "照片"),
    Hostile("program.csv", lambda: b"MZ\x90\0\3\0\0\0" + bytes(2000), "不是名单"),
    Hostile("large.csv", lambda: b"a" * 1_000_001, "小于 1 MB"),
    Hostile("commas.csv", lambda: b"," * 1_000_000, None),
    Hostile("quotes.csv", lambda: b'"' * 999_999, "坏了"),
    Hostile("lines.csv", lambda: b"a\n" * 400_000, "太大了"),
    Hostile("empty.csv", bytes, "空的"),
)
"""An empty refusal: whatever the sentence, it must be refused."""


def try_table(body: bytes) -> Tried:
    """Read a table as the page does; the memory is that of the child process."""
    with watched() as peaks:
        start = spent()
        refusal = None
        try:
            read_table(body)
        except NotAccepted as problem:
            refusal = str(problem)
        seconds = spent() - start
    return Tried(refusal, seconds, max(peaks, default=0) // 1024, b"")

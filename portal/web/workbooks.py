"""Spreadsheets: lists of people, empty to fill in or to go on with, and tables of figures."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter

from portal.domain.forms.journeys import Page
from portal.domain.rosters.roster import head_of, type_cells

_WIDTH = 24


def make_workbook(page: Page, people: Iterable[Mapping[str, object]]) -> bytes:
    """Write an XLSX file with a head and one row for each person, every cell of it text.

    As text a phone number stays whole, and nothing in it is taken for a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    sheet = book.add_worksheet("名单")
    columns = page.member_fields()
    sheet.set_column(0, len(columns) - 1, _WIDTH, text)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, head_of(column), bold)
    for number, person in enumerate(people, 1):
        for place, cell in enumerate(type_cells(page, person)):
            sheet.write_string(number, place, cell, text)
    book.close()
    return out.getvalue()


def write_sheet(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write an XLSX file of rows: numbers as numbers, all else as text, never as a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("统计数字")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell)
            else:
                sheet.write_string(number, place, cell)
    book.close()
    return out.getvalue()


def write_table(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write a CSV file of rows that spreadsheets open with its Chinese whole."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")

"""Tables that are sent in: every way of saving one is read, every hostile one refused."""

import datetime
import io
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from portal.cleaning import CleaningBusy, read_table, sandbox
from portal.domain.forms.journeys import JOURNEYS, Page, find_list
from portal.domain.rosters.roster import judge_rows, write_csv
from portal.domain.rosters.sheets import Grid
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.web.workbooks import make_workbook
from tests.support import patience
from tests.support.hostile_files import Hostile
from tests.support.hostile_tables import TABLES, by_hand, try_table, workbook
from tests.support.samples import COWORKERS
from tests.support.searching import examples
from tests.support.sent_tables import take_in
from tests.support.typed import CONTEXT
from tests.support.walking import list_page

Write = Callable[[Page, list[dict[str, object]]], bytes]
MOST_SECONDS, MOST_MEGABYTES = 5, 300
PAGE = list_page(CaseKind.CONSULTATION)
TEXT = "姓名,手机\n示范甲,19900000001\n"
ROWS = [["姓名", "手机"], ["示范甲", "19900000001"]]


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit by the clock, only that of processor time: other work may slow the machine down."""
    monkeypatch.setattr(sandbox, "_MOST_SECONDS", patience.STEP)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.name)
def test_a_hostile_table_is_refused_in_one_sentence_within_bounds(one: Hostile) -> None:
    tried = try_table(one.make())
    assert (tried.refusal is None) == (one.refusal is None)
    assert (one.refusal or "") in (tried.refusal or "")
    assert "\n" not in (tried.refusal or "")
    assert tried.seconds < MOST_SECONDS
    assert tried.megabytes < MOST_MEGABYTES


@pytest.mark.parametrize(
    "body",
    [TEXT.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16",
                                            "utf-16-le", "utf-16-be")]
    + [TEXT.replace(",", between).encode() for between in ";\t，；"]
    + [TEXT.replace("\n", end).encode() for end in ("\r\n", "\r")]
    + [TEXT.replace("示范甲", '"示范甲"').encode()],
)  # fmt: skip
def test_text_is_read_in_every_usual_encoding_and_with_every_usual_separator(body: bytes) -> None:
    assert cells_of(body) == ROWS


def cells_of(body: bytes) -> Grid:
    """The cells of the only sheet that is read."""
    (sheet,) = [one for one in read_table(body) if not one.unread]
    return sheet.rows


def test_cells_of_a_workbook_become_what_somebody_would_type() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        secret = book.add_worksheet("旧的")
        secret.write(0, 0, "姓名")
        sheet = book.add_worksheet("名单")
        sheet.activate()
        sheet.set_first_sheet()
        secret.hide()
        sheet.merge_range(0, 0, 0, 2, "示范厂 2026 年名单")
        sheet.write_row(1, 0, ["姓名", "手机号码", "欠多少元"])
        sheet.write_row(2, 0, ["示范甲", 19900000001, 0.1 + 0.2])
        sheet.write_formula(3, 0, '="示范"&"乙"', None, "示范乙")
        sheet.write_datetime(3, 1, datetime.datetime(2026, 3, 1),  # noqa: DTZ001 (a cell has no zone)
                             book.add_format({"num_format": "yyyy-mm-dd"}))  # fmt: skip

    grid = cells_of(workbook(fill))
    assert grid[0] == ["示范厂 2026 年名单", "", ""]
    assert grid[2:] == [["示范甲", "19900000001", "0.3"], ["示范乙", "2026-03-01", ""]]
    roster = judge_rows(PAGE, take_in(PAGE, grid), CONTEXT)
    assert [one["coworker_name"] for one in roster.entries] == ["示范甲"]
    assert [(row.number, list(row.problems)) for row in roster.wrong] == [(4, ["coworker_mobile"])]


@pytest.mark.parametrize("write", [write_csv, make_workbook])
def test_what_is_given_out_as_a_table_reads_back(write: Write) -> None:
    grid = cells_of(write(PAGE, COWORKERS))
    assert list(judge_rows(PAGE, take_in(PAGE, grid), CONTEXT).entries) == COWORKERS
    empty = cells_of(write(PAGE, []))
    with pytest.raises(NotAccepted, match="一个人都没有"):
        take_in(PAGE, empty)


@examples(300)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_whatever_bytes_come_they_are_read_or_refused(body: bytes) -> None:
    try:
        grid = cells_of(body)
        roster = judge_rows(PAGE, take_in(PAGE, grid), CONTEXT)
    except NotAccepted:
        return
    assert roster.entries or roster.wrong


def test_a_table_that_got_no_turn_is_not_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_MOST_SECONDS", 0.01)
    with pytest.raises(CleaningBusy, match="过一会儿"):
        read_table(make_workbook(PAGE, COWORKERS))


def test_a_workbook_with_a_password_says_so() -> None:
    body = io.BytesIO(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(NotAccepted, match="有密码"):
        read_table(body.read())


def test_only_the_consultation_has_a_list() -> None:
    assert [kind for kind in JOURNEYS if find_list(kind)] == [CaseKind.CONSULTATION]


def test_formulas_without_a_value_and_hidden_columns_are_told() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is>'
        '<t>欠薪</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>示范甲</t></is></c>'
        '<c r="B2"><f>1+1</f><v></v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>示范乙</t>'
        '</is></c><c r="B3"><f>1+1</f><v>2</v></c></row>'
    )
    (sheet,) = read_table(by_hand(rows))
    assert [row[1] for row in sheet.rows] == ["欠薪", "=?", "2"]

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("名单")
        page.write_row(0, 0, ["姓名", "旧手机", "手机", "欠薪"])
        page.set_column(1, 2, None, None, {"hidden": True})

    (hiding,) = read_table(workbook(fill))
    assert hiding.hidden_columns == {1, 2}


def test_a_csv_that_names_its_sign_is_split_at_it() -> None:
    (sheet,) = read_table("sep=;\n姓名;欠薪\n示范甲,小;5\n".encode())
    assert [row for row in sheet.rows if row] == [["姓名", "欠薪"], ["示范甲,小", "5"]]


@pytest.mark.parametrize(
    "start", ["<html><table>", "\ufeff<?xml version='1.0'?>", "<!DOCTYPE html>"]
)
def test_a_page_under_the_name_of_a_table_is_told_with_the_way_out(start: str) -> None:
    with pytest.raises(NotAccepted, match=r"存成网页的表格.*另存为"):
        read_table(f"{start}<tr><td>姓名</td></tr>".encode())

"""A table that is sent in: what became of its columns, rows and sheets is shown first."""

import json
from typing import Any

import pytest
import xlsxwriter
from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.web.workbooks import make_workbook
from tests.support.browser import Browser, is_refused, words_of
from tests.support.centre import Centre
from tests.support.hostile_tables import workbook
from tests.support.photographs import send_as_is
from tests.support.samples import COLLECTIVE, COWORKERS
from tests.support.walking import list_page, went_on

LIST = "/consult/coworkers"
OF_CASE = "/status/people/coworkers"
TABLE = "姓名,联系方式,月工资,欠薪金额\n示范甲,19900000041,4500,13500\n合计,,,13500\n"
TWO_PHONES = "工人,电话1,电话2\n示范甲,19900000041,19900000042\n"


def on_the_list(centre: Centre, people: list[dict[str, object]] | None = None) -> Browser:
    """A browser that has come as far as the list."""
    known = {name: value for name, value in COLLECTIVE.items() if name != "papers"}
    answers = {**known, "representatives": [], "coworkers": people or []}
    browser, _ = centre.draft(CaseKind.CONSULTATION, answers)
    browser.get(LIST)
    return browser


def send(browser: Browser, body: bytes | str, act: str = f"{LIST}/file") -> TestResponse:
    """Send a table; the page that then is shown."""
    sent = body.encode() if isinstance(body, str) else body
    address = went_on(send_as_is(browser, act, sent, "名单.csv"))
    return browser.get(address)


def kept(centre: Centre) -> list[dict[str, Any]]:
    """Who is on the list of the newest draft."""
    draft = submission.read_draft(centre.office, centre.chance.tokens[-1])
    assert draft
    people = draft.answers["coworkers"]
    assert isinstance(people, list)
    return people


def test_which_column_became_what_is_shown_before_anybody_is_taken_in(centre: Centre) -> None:
    browser = on_the_list(centre)
    shown = words_of(send(browser, TABLE))
    for words in ("读出来 1 个人", "还没有收进名单", "姓名 ，用您的“姓名”，比如：示范甲",
                  "手机 ，用您的“联系方式”，比如：19900000041",
                  "多少元 ，用您的“欠薪金额”，比如：13500", "没有用的列：月工资",
                  "第 3 行“合计”"):  # fmt: skip
        assert words in shown
    assert kept(centre) == []
    for _ in range(2):
        assert went_on(browser.post(f"{LIST}/columns")) == LIST
    (person,) = kept(centre)
    assert person == {"coworker_name": "示范甲", "coworker_mobile": "19900000041",
                      "coworker_amount": 1_350_000}  # fmt: skip
    assert "名单里有 1 人" in words_of(browser.get(LIST))


def test_nothing_of_a_table_that_waits_is_stored_in_clear_nor_any_column_not_used(
    centre: Centre,
) -> None:
    browser = on_the_list(centre)
    send(browser, "姓名,身份证号,欠薪\n示范甲,110101199003070011,5\n")
    assert "示范甲" not in json.dumps(centre.contents(), ensure_ascii=False)
    draft = submission.read_draft(centre.office, centre.chance.tokens[-1])
    assert draft
    assert "110101199003070011" not in str(draft)


def test_whoever_finds_it_wrong_goes_back_and_the_list_is_as_it_was(centre: Centre) -> None:
    browser = on_the_list(centre, COWORKERS)
    assert "对，换掉原来的 3 人" in words_of(send(browser, TWO_PHONES))
    assert went_on(browser.post(f"{LIST}/discard")) == LIST
    shown = words_of(browser.get(LIST))
    assert "名单里有 3 人" in shown
    assert "还没有收进名单" not in shown
    assert kept(centre) == COWORKERS


def test_a_column_that_is_not_sure_is_chosen_by_hand(centre: Centre) -> None:
    browser = on_the_list(centre)
    shown = words_of(send(browser, TWO_PHONES))
    assert "哪一列是“手机”？" in shown
    assert "没有找到：多少元" in shown
    refused = browser.post_and_see(f"{LIST}/columns")
    assert is_refused(refused)
    assert "请选哪一列是“手机”" in words_of(refused)
    browser.get(LIST)
    assert went_on(browser.post(f"{LIST}/columns", {"column-0-coworker_mobile": "2"})) == LIST
    assert [one["coworker_mobile"] for one in kept(centre)] == ["19900000042"]


def test_a_column_that_fits_no_field_may_stay_out(centre: Centre) -> None:
    browser = on_the_list(centre)
    assert "哪一列是“多少元”？" in words_of(send(browser, "姓名,工资\n示范甲,4500\n"))
    chosen = {"column-0-coworker_amount": "none"}
    assert went_on(browser.post(f"{LIST}/columns", chosen)) == LIST
    assert [one["coworker_amount"] for one in kept(centre)] == [None]


def test_every_sheet_is_read_or_named_with_the_reason(centre: Centre) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("填表说明").write(0, 0, "一行一个人，写完交给班长")
        for name, people in {"一班": ["示范甲", "示范乙"], "二班": ["示范丙"]}.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["姓名", "手机"])
            for row, person in enumerate(people, 1):
                sheet.write(row, 0, person)
        book.add_worksheet("旧的").hide()
        book.add_worksheet("空的")

    browser = on_the_list(centre)
    shown = words_of(send(browser, workbook(fill)))
    for words in ("读出来 3 个人", "表“一班”、“二班”：3 个人", "“旧的”（藏起来的表）",
                  "“填表说明”（里面没有“姓名”这一列）"):  # fmt: skip
        assert words in shown
    assert "空的”" not in shown
    went_on(browser.post(f"{LIST}/columns"))
    assert [one["coworker_name"] for one in kept(centre)] == ["示范甲", "示范乙", "示范丙"]


def test_a_row_that_a_filter_hides_is_not_taken_in_and_is_told(centre: Centre) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("填表说明").write(0, 0, "一行一个人")
        sheet = book.add_worksheet("一班 & 二班")
        sheet.write_row(0, 0, ["姓名", "手机"])
        for row, person in enumerate(["示范甲", "示范乙", "示范丙"], 1):
            sheet.write(row, 0, person)
        sheet.set_row(2, None, None, {"hidden": True})

    browser = on_the_list(centre)
    assert "第 3 行“示范乙（藏起来的行）”" in words_of(send(browser, workbook(fill)))
    went_on(browser.post(f"{LIST}/columns"))
    assert [one["coworker_name"] for one in kept(centre)] == ["示范甲", "示范丙"]


def test_rows_to_mend_name_their_sheet(centre: Centre) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("一班", "二班"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["姓名", "手机"])
            sheet.write_row(1, 0, [f"示范{name}甲", "199"])

    browser = on_the_list(centre)
    send(browser, workbook(fill))
    went_on(browser.post(f"{LIST}/columns"))
    assert "“二班”第 2 行：手机" in words_of(browser.get(LIST))


def test_the_form_does_not_go_on_while_a_table_waits(centre: Centre) -> None:
    browser = on_the_list(centre)
    send(browser, TABLE)
    assert went_on(browser.post(LIST)) == LIST
    assert "还没有收进名单" in words_of(browser.get(LIST))


def test_a_table_of_a_case_waits_too_and_is_added(centre: Centre) -> None:
    follower = centre.follower(centre.case(CaseKind.CONSULTATION))
    follower.get(OF_CASE)
    shown = words_of(send(follower, TABLE, f"{OF_CASE}/more"))
    assert "对，加到名单里" in shown
    assert "199****0041" in shown  # after filing nobody sees a whole number
    assert "19900000041" not in shown
    assert went_on(follower.post(OF_CASE)) == OF_CASE
    assert went_on(follower.post(f"{OF_CASE}/columns")) == OF_CASE
    assert "原来 3 人，现在 4 人，还没有交上来" in words_of(follower.get(OF_CASE))


@pytest.mark.parametrize(
    "text",
    ["某公司欠薪工人名单，共1人，请核对，谢谢\n姓名,手机,多少元\n示范甲,19900000041,5\n",
     "姓名|手机|多少元\n示范甲|19900000041|5\n", "姓名、手机、多少元\n示范甲、19900000041、5\n",
     "姓名 手机 多少元\n示范甲  19900000041 5\n"],
)  # fmt: skip
def test_text_is_split_at_what_most_lines_have(centre: Centre, text: str) -> None:
    browser = on_the_list(centre)
    send(browser, text)
    assert [(one["coworker_name"], one["coworker_amount"]) for one in kept(centre)] == [
        ("示范甲", 500)
    ]


@pytest.mark.parametrize("name", ["名单.xlsm", "名单.xls", "名单.et", "名单.xlsx(1)", "名单"])
def test_a_table_is_told_by_its_content_whatever_it_is_called(centre: Centre, name: str) -> None:
    browser = on_the_list(centre)
    body = make_workbook(list_page(CaseKind.CONSULTATION), COWORKERS)
    assert went_on(send_as_is(browser, f"{LIST}/file", body, name)) == LIST
    assert kept(centre) == COWORKERS


def test_a_head_and_a_sum_among_typed_lines_are_no_persons(centre: Centre) -> None:
    browser = on_the_list(centre)
    went_on(
        browser.post(f"{LIST}/lines", {"lines": "姓名，手机，钱\n示范甲，，5000\n合计，，5000"})
    )
    assert [one["coworker_name"] for one in kept(centre)] == ["示范甲"]
    shown = words_of(browser.get(LIST))
    assert "“合计”不像人名" in shown
    assert "“姓名”不像人名" in shown

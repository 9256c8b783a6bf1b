"""Collective consultations on the way to filing: representatives, and the list of people."""

import gzip
import json
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.rosters.roster import write_csv
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.store import cases
from tests.support.browser import Browser, is_refused, typed_in, words_of
from tests.support.centre import Centre, full_disk
from tests.support.photographs import send_as_is
from tests.support.samples import COLLECTIVE, CONSULTATION, COWORKERS, REPRESENTATIVES
from tests.support.walking import list_page, typed_for_member, walk, went_on, write_member

JOURNEY = JOURNEYS[CaseKind.CONSULTATION]
LIST = "/consult/coworkers"
WITHOUT_LISTS = {name: value for name, value in COLLECTIVE.items()
                 if name not in {"representatives", "coworkers", "papers"}}  # fmt: skip
TABLE = "姓名,手机,多少元\n示范甲,19900000041,3200\n示范乙,199,很多\n示范丙,,500\n丁,,\n"


def on_the_list(centre: Centre, people: list[dict[str, object]] | None = None) -> Browser:
    """A browser that has come as far as the list."""
    known = {**WITHOUT_LISTS, "representatives": []}
    answers = known if people is None else {**known, "coworkers": people}
    browser, _ = centre.draft(CaseKind.CONSULTATION, answers)
    browser.get(LIST)
    return browser


def upload(browser: Browser, body: bytes, name: str = "名单.csv") -> TestResponse:
    """Send a table as the page does."""
    return send_as_is(browser, f"{LIST}/file", body, name)


def kept(centre: Centre) -> dict[str, Any]:
    """The answers of the newest draft."""
    draft = submission.read_draft(centre.office, centre.chance.tokens[-1])
    assert draft
    return dict(draft.answers)


def test_a_collective_consultation_is_filled_in_page_by_page(centre: Centre) -> None:
    browser = centre.browser()
    visited = walk(browser, JOURNEY, COLLECTIVE)
    assert {"same-cause", "representatives", "coworkers"} <= set(visited)
    check = words_of(browser.get("/consult/check"))
    for shown in ("示范代表甲，19900000021", "第 2 人 示范工友乙，1,200.50 元", "是，同一家单位"):
        assert shown in check
    assert went_on(browser.post("/consult/check")) == "/consult/receipt"
    receipt = words_of(browser.get("/consult/receipt"))
    assert "23 个人一起的事" in receipt
    assert "没有核对原文" in receipt
    (row,) = centre.contents()["cases"].values()
    assert (row["people"], set(row["tasks"])) == (23, {"report_to_leader"})
    assert "示范工友" not in json.dumps(centre.contents(), ensure_ascii=False)


@pytest.mark.parametrize(("people", "claim", "asked"), [
    (9, None, set()), (10, "no", {"same-cause"}), (10, "unknown", {"same-cause"}),
    (10, "yes", {"same-cause", "representatives", "coworkers"}),
])  # fmt: skip
def test_only_ten_with_one_claim_are_asked_for_their_names(
    centre: Centre, people: int, claim: str | None, asked: set[str]
) -> None:
    answers = {**COLLECTIVE, "people": people, "common_claim": claim}
    visited = set(walk(centre.browser(), JOURNEY, answers))
    assert visited & {"same-cause", "representatives", "coworkers"} == asked


def test_neither_representatives_nor_list_hold_anybody_up(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION, WITHOUT_LISTS)
    shown = words_of(browser.get("/consult/representatives"))
    assert "还没有选好，以后再补" in shown
    assert went_on(browser.post("/consult/representatives")) == LIST
    assert "还没有名单，以后再补" in words_of(browser.get(LIST))
    assert went_on(browser.post(LIST)) == "/consult/papers"
    went_on(browser.post("/consult/papers", {"papers": "later"}))
    assert "还没有选好，以后再补" in words_of(browser.get("/consult/check"))
    assert went_on(browser.post("/consult/check")) == "/consult/receipt"
    (row,) = centre.contents()["cases"].values()
    assert row["people"] == 23


def test_there_is_room_for_five_representatives_and_the_button_knows_when_it_is_enough(
    centre: Centre,
) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION, WITHOUT_LISTS)
    address = "/consult/representatives"
    for number in range(1, 6):
        enough = "还没有选好" not in words_of(browser.get(address))
        assert enough is (number > 3)
        assert write_member(browser, f"{address}/{number}", REPRESENTATIVES[0]) == address
    assert "再写一位代表" not in words_of(browser.get(address))
    assert browser.get(f"{address}/6").status_code == 404
    assert went_on(browser.get(f"{address}/1/more")) == address
    assert "第 1 位代表" in words_of(browser.get(f"{address}/1"))
    typed = {**typed_for_member(REPRESENTATIVES[0]), "representative_mobile": "12"}
    assert is_refused(browser.post_and_see(f"{address}/1", typed))


def test_the_right_rows_of_a_table_are_kept_and_the_wrong_ones_mended(centre: Centre) -> None:
    browser = on_the_list(centre)
    assert went_on(upload(browser, TABLE.encode("gb18030"))) == LIST
    page = browser.get(LIST)
    shown = words_of(page)
    assert "名单里有 2 人，写了钱数的 2 人，加起来 3,700 元" in shown
    assert "收下了 2 位，有 2 行要改" in shown
    for told in ("第 3 行：手机、多少元", "手机是 11 位", "第 5 行：姓名"):
        assert told in shown
    assert "错误：" in page.text.split("</title>")[0]
    assert not re.search("示范[甲乙丙]|很多", json.dumps(centre.contents(), ensure_ascii=False))
    assert typed_in(page, "coworker_amount-0") == ["很多"]
    assert typed_in(page, "coworker_name-0") == []  # what is right is not asked again
    mended = {"coworker_mobile-0": "", "coworker_amount-0": "800", "drop-1": "yes"}
    assert went_on(browser.post(f"{LIST}/mended", mended)) == LIST
    shown = words_of(browser.get(LIST))
    assert "名单里有 3 人" in shown
    assert "行要改" not in shown
    names = [one["coworker_name"] for one in kept(centre)["coworkers"]]
    assert names == ["示范甲", "示范丙", "示范乙"]
    assert went_on(browser.post(LIST)) == "/consult/papers"


def test_what_is_mended_wrongly_stays_with_its_new_mistake(centre: Centre) -> None:
    browser = on_the_list(centre)
    went_on(upload(browser, TABLE.encode()))
    browser.get(LIST)
    went_on(browser.post(f"{LIST}/mended", {"coworker_mobile-0": "", "coworker_amount-0": "很多"}))
    page = browser.get(LIST)
    assert typed_in(page, "coworker_amount-0") == ["很多"]
    assert "第 3 行：多少元" in words_of(page)


def test_mended_rows_that_are_sent_twice_do_not_overwrite_the_next_ones(
    centre: Centre,
) -> None:
    browser = on_the_list(centre)
    table = "姓名,多少元\n" + "".join(f"示范{one},很多\n" for one in "甲乙丙丁戊己庚辛壬癸")
    went_on(upload(browser, table.encode()))
    (address,) = re.findall(r'action="([^"]+/mended[^"]*)"', browser.get(LIST).text)
    mended = {f"coworker_amount-{place}": "500" for place in range(8)}
    for _ in range(2):
        assert went_on(browser.post(address, mended)) == LIST
    assert len(kept(centre)["coworkers"]) == 8
    assert "第 10 行 示范壬，很多" in words_of(browser.get(LIST))


def test_wrong_rows_hold_nobody_up_and_are_not_filed(centre: Centre) -> None:
    browser = on_the_list(centre)
    went_on(upload(browser, TABLE.encode()))
    assert "先交写对的，别的以后再补" in words_of(browser.get(LIST))
    went_on(browser.post(LIST))
    went_on(browser.post("/consult/papers", {"papers": "later"}))
    browser.get("/consult/check")
    went_on(browser.post("/consult/check"))
    (number,) = [row["number"] for row in centre.contents()["cases"].values()]
    stored = cases.find_case(centre.office.store, number)
    assert stored
    answers = stored.open_answers()
    assert len(answers["coworkers"]) == 2  # type: ignore[arg-type]
    assert "coworkers_wrong" not in answers


def test_a_second_table_takes_the_place_of_the_first_and_lines_are_added(centre: Centre) -> None:
    browser = on_the_list(centre)
    went_on(upload(browser, TABLE.encode()))
    went_on(upload(browser, "姓名\n示范戊\n".encode()))
    assert [one["coworker_name"] for one in kept(centre)["coworkers"]] == ["示范戊"]
    typed = {"lines": "1、示范己\t\t900\n示范庚，19900000042"}
    assert went_on(browser.post(f"{LIST}/lines", typed)) == LIST
    assert [one["coworker_amount"] for one in kept(centre)["coworkers"]] == [None, 90_000, None]
    went_on(browser.post(f"{LIST}/clear"))
    assert kept(centre)["coworkers"] == []


def test_a_table_may_be_added_and_the_page_says_how_many_another_replaces(
    centre: Centre,
) -> None:
    browser = on_the_list(centre)
    assert "上传，加到名单里" not in words_of(browser.get(LIST))
    went_on(upload(browser, TABLE.encode()))
    assert "上传，换掉这 2 人和要改的 2 行" in words_of(browser.get(LIST))
    more = "姓名,手机,多少元\n示范甲,19900000041,900\n示范戊,,\n".encode()
    assert went_on(send_as_is(browser, f"{LIST}/more", more, "名单.csv")) == LIST
    shown = words_of(browser.get(LIST))
    assert "这次收下 2 位，一共 3 位；有 2 行要改" in shown
    people = kept(centre)["coworkers"]
    assert [(one["coworker_name"], one["coworker_amount"]) for one in people] == [
        ("示范丙", 50_000), ("示范甲", 90_000), ("示范戊", None),
    ]  # fmt: skip


def test_who_withdraws_a_matter_of_many_is_led_to_the_list_instead(centre: Centre) -> None:
    follower = centre.follower(centre.case(CaseKind.CONSULTATION, **COLLECTIVE))
    page = follower.get("/status/case/withdraw")
    assert "个人的事都不办了" in words_of(page)
    assert "不用撤回" in words_of(page)
    assert "/status/people/coworkers" in page.text


def test_a_list_that_is_one_short_asks_for_the_sender_himself(centre: Centre) -> None:
    people = [{**COWORKERS[0], "coworker_mobile": str(19900000000 + n)} for n in range(22)]
    browser = on_the_list(centre, people)
    asks = "您说 23 个人，名单上 22 个。您自己写上了吗？"
    assert asks in words_of(browser.get(LIST))
    went_on(browser.post(LIST))
    went_on(browser.post("/consult/papers", {"papers": "later"}))
    checked = words_of(browser.get("/consult/check"))
    assert "写的是 23 个人，名单上 22 个。填表的人自己写上了吗？" in checked
    browser.get(LIST)
    went_on(browser.post(f"{LIST}/lines", {"lines": "示范自己"}))
    assert asks not in words_of(browser.get(LIST))


def test_who_stands_twice_on_the_list_is_told_and_struck_out(centre: Centre) -> None:
    browser = on_the_list(centre, [*COWORKERS, COWORKERS[0]])
    assert "第 1 人和第 4 人像是同一个：示范工友甲" in words_of(browser.get(LIST))
    went_on(browser.post(f"{LIST}/once"))
    assert kept(centre)["coworkers"] == COWORKERS


@pytest.mark.parametrize(("body", "name", "words"), [
    (b"", "a.csv", "空的"), (b"\xff\xd8\xff", "a.jpg", "照片和 PDF 不能在这里传"),
    (b"1,2\n", "a.csv", "没有找到“姓名”这一列"), (b"\xd0\xcf\x11\xe0", "a.xls", "老的 Excel"),
])  # fmt: skip
def test_a_table_that_cannot_be_read_changes_nothing_and_says_what_to_do(
    centre: Centre, body: bytes, name: str, words: str
) -> None:
    browser = on_the_list(centre, COWORKERS)
    shown = upload(browser, body, name)
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert "名单里有 3 人" in words_of(shown)
    assert kept(centre)["coworkers"] == COWORKERS


def test_a_table_that_is_too_large_is_told_so(centre: Centre) -> None:
    browser = on_the_list(centre)
    shown = upload(browser, b"a" * 1_200_000)
    assert shown.status_code == 413
    assert "1 MB" in words_of(shown)


def test_nothing_chosen_nothing_typed_a_dead_token_and_a_full_disk_keep_the_list(
    centre: Centre,
) -> None:
    browser = on_the_list(centre, COWORKERS)
    sent = browser.ask("POST", f"{LIST}/file", data={"csrf_token": browser.token})
    assert "请先选一个表格文件" in words_of(sent)
    assert "请先写上名字" in words_of(browser.post(f"{LIST}/lines", {"lines": " "}))
    dead = browser.post_as_is(f"{LIST}/lines", {"lines": "示范辛"})
    assert dead.status_code == 422
    assert typed_in(dead, "lines") == ["示范辛"]
    with full_disk():
        full = browser.post(f"{LIST}/lines", {"lines": "示范辛"})
    assert full.status_code == 503
    assert typed_in(full, "lines") == ["示范辛"]
    assert browser.post(LIST, {"extra": "1"}).status_code == 422
    assert kept(centre)["coworkers"] == COWORKERS


def test_the_tables_can_be_downloaded_and_sent_back(centre: Centre) -> None:
    browser = on_the_list(centre, COWORKERS)
    for name in ("empty.csv", "empty.xlsx", "filled.csv", "filled.xlsx"):
        given = browser.get(f"{LIST}/{name}")
        assert given.status_code == 200
        assert given.headers["Cache-Control"] == "no-store"
        back = upload(browser, given.data, name)
        assert back.status_code == (303 if name.startswith("filled") else 422), words_of(back)
        browser.get(LIST)
    assert kept(centre)["coworkers"] == COWORKERS
    assert browser.get("/consult/coworkers/empty.pdf").status_code == 404


def test_a_long_list_is_not_on_the_page(centre: Centre) -> None:
    people = [{**COWORKERS[0], "coworker_mobile": str(19900000000 + n)} for n in range(200)]
    browser = on_the_list(centre, people)
    page = browser.get(LIST)
    assert "还有 190 人没有显示" in words_of(page)
    went_on(browser.post(LIST))
    went_on(browser.post("/consult/papers", {"papers": "later"}))
    check = words_of(browser.get("/consult/check"))
    assert "一共 200 人，还有 190 人没有列在这里" in check
    assert "第 11 人" not in check


def test_a_page_full_of_mistakes_is_still_light(centre: Centre) -> None:
    browser = on_the_list(centre, [{**COWORKERS[0], "coworker_name": "示范" * 15}] * 30)
    went_on(browser.post(f"{LIST}/lines", {"lines": "甲，12，很多很多很多\n" * 60}))
    page = browser.get(LIST)
    assert "名单里有 30 位，有 60 行要改" in words_of(page)
    assert "先改前面这 8 行" in words_of(page)
    assert len(gzip.compress(page.data)) < 14 * 1024


def test_a_list_before_its_turn_or_after_handing_in_leads_on(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION, {**CONSULTATION})
    browser.get("/consult/people")
    assert went_on(browser.post(f"{LIST}/lines", {"lines": "示范甲"})) == "/consult/check"
    browser.get("/consult/check")
    went_on(browser.post("/consult/check"))
    assert went_on(browser.post(f"{LIST}/clear")) == "/consult/receipt"


def test_five_hundred_people_are_taken_in_filed_and_given_out(centre: Centre) -> None:
    page = list_page(CaseKind.CONSULTATION)
    people = [{**COWORKERS[0], "coworker_mobile": str(19900000000 + n)} for n in range(500)]
    browser = on_the_list(centre)
    assert went_on(upload(browser, write_csv(page, people))) == LIST
    assert "名单里有 500 人" in words_of(browser.get(LIST))
    more = browser.post(f"{LIST}/lines", {"lines": "示范甲"})
    assert more.status_code == 422
    assert "最多 500 个人" in words_of(more)

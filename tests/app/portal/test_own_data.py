"""What the status page tells beside the state, and taking one's own data away."""

import json

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.subject_access.data_export import FORMAT
from portal.operations.audit import read_log
from portal.operations.cases import case_file
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.following import WRONG_CODE
from tests.support.own_data import PAGE, document_of, take_out
from tests.support.printed import text_of_all
from tests.support.samples import ANSWERS, HARDSHIP
from tests.support.walking import went_on


@pytest.mark.parametrize("kind", CaseKind)
def test_every_answer_of_every_kind_is_in_the_json(centre: Centre, kind: CaseKind) -> None:
    receipt = centre.case(kind)
    found = document_of(centre.follower(receipt), receipt)
    assert found["format"] == FORMAT
    assert found["case"]["number"] == receipt.number
    assert found["case"]["kind"] == kind
    told = {one["name"]: one for one in found["answers"]}
    for name, value in ANSWERS[kind].items():
        if name in {"members", "representatives", "coworkers"}:
            entries = told[name]["entries"]
            assert [{one["name"]: one["value"] for one in entry} for entry in entries] == value
        else:
            assert told[name]["value"] == value
            assert told[name]["label"]
            assert told[name]["shown"]


def test_what_happened_is_in_the_json_as_the_status_page_tells_it(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    centre.take("reviewer", receipt, "refer_for_decision", "邻居说家里有车")
    centre.take("approver", receipt, "approve", "批准生活帮扶。", granted="1000")
    browser = centre.follower(receipt)
    timeline = document_of(browser, receipt)["timeline"]
    assert [(one["by"], one["title"]) for one in timeline][:2] == [
        ("worker", "提交"), ("centre", "受理了")
    ]  # fmt: skip
    assert timeline[-1]["text"] == "批准生活帮扶。"
    assert "1,000" in timeline[-1]["facts"][0]
    assert "邻居" not in json.dumps(timeline, ensure_ascii=False)
    assert "approver" not in json.dumps(timeline)
    page = text_of_all(take_out(browser, receipt.code, "pdf").data)
    assert "批准生活帮扶。" in page
    assert "邻居" not in page


def test_the_pdf_shows_all_answers_unmasked(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    response = take_out(centre.follower(receipt), receipt.code, "pdf")
    assert response.mimetype == "application/pdf"
    words = text_of_all(response.data)
    for name in ("name", "id_number", "mobile", "bank_card", "employer", "story"):
        assert str(HARDSHIP[name]).replace(" ", "") in words, name
    assert "示范小囡" in words
    assert receipt.number in words
    assert receipt.code not in words


def test_taking_out_is_logged_as_an_act_of_the_worker(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.follower(receipt)
    for shape in ("json", "pdf"):
        take_out(browser, receipt.code, shape)
    newest = read_log(centre.office, centre.actor("auditor")).entries[:2]
    assert [(one.actor, one.action, one.object, one.note) for one in newest] == [
        ("visitor", "take out own data", receipt.number, "pdf"),
        ("visitor", "take out own data", receipt.number, "json"),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [("", "请填查询码"), ("1234", "查询码有一位不对"), (WRONG_CODE, "对不上")],
)
def test_without_the_code_nothing_is_given_nor_logged(
    centre: Centre, code: str, words: str
) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    before = centre.contents()["audit"]
    response = take_out(browser, code, "json")
    assert response.status_code == 422
    assert words in words_of(response)
    assert "419999197001010014" not in response.text
    assert centre.contents()["audit"] == before


@each_database
def test_the_code_of_another_case_is_wrong_and_wrong_codes_are_counted(centre: Centre) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    other = centre.case(CaseKind.HARDSHIP)
    answers = [take_out(browser, other.code, "json").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_who_has_no_ticket_or_one_that_died_gets_nothing(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    assert went_on(centre.browser().get(PAGE)) == "/status"
    browser = centre.follower(receipt)
    browser.get(PAGE)
    centre.new_code(receipt)
    response = browser.post(PAGE, {"code": receipt.code, "button": "json"})
    assert response.status_code == 401
    assert "419999197001010014" not in response.text


def test_only_so_many_copies_a_day(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    browser = centre.follower(receipt)
    answers = [take_out(browser, receipt.code, "json").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_looking_at_the_page_writes_nothing(centre: Centre) -> None:
    browser = centre.follower(centre.case(CaseKind.HARDSHIP))
    before = centre.contents()
    browser.get(PAGE)
    browser.get("/status/case")
    assert centre.contents() == before


@each_database
def test_the_worker_sees_how_often_staff_have_looked_but_not_who(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.follower(receipt)
    assert "还没有工作人员打开过" in words_of(browser.get("/status/case"))
    for login, days in (("intake", 0), ("reviewer", 1)):
        centre.clock.advance(days=days)
        case_file.open_file(centre.office, centre.actor(login), receipt.number)
    case_file.reveal_identity(centre.office, centre.actor("intake"), receipt.number, "identity")
    case_file.open_file(centre.office, centre.actor("intake"), centre.case(CaseKind.MEDICAL).number)
    shown = words_of(centre.follower(receipt).get("/status/case"))
    assert "一共打开过 3 次，最近一次是 2026年11月25日 。" in shown
    assert "intake" not in shown
    assert "reviewer" not in shown


def test_the_status_page_says_why_the_promised_day_moved(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", receipt, "accept")
    browser = centre.follower(receipt)
    assert "日子为什么变了" not in words_of(browser.get("/status/case"))
    centre.clock.advance(days=1)
    centre.take("reviewer", receipt, "request_supplement", "请补：户口本首页。")
    browser = centre.follower(receipt)
    waiting = words_of(browser.get("/status/case"))
    assert "本来答应 2026年12月22日以前办好这一步。" in waiting
    assert "2026年11月25日起在等您补" in waiting
    centre.clock.advance(days=6)
    browser = centre.follower(receipt)
    browser.get("/status/case/give_supplement")
    browser.post("/status/case/give_supplement", {"words": "户主是我。"})
    after = words_of(browser.get("/status/case"))
    assert "2026年11月25日到 2026年12月1日在等您补，这几天不计时。" in after
    assert "2026年12月28日 前办完" in after


def test_the_pdf_says_where_a_sign_could_not_be_printed(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP, name="示范\ue000乙")
    page = text_of_all(take_out(centre.follower(receipt), receipt.code, "pdf").data)
    assert "“示范□乙”" in page
    assert "请用笔写上" in page

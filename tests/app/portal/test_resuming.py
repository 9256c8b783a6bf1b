"""A form is put aside and gone on with elsewhere: number and code, the list, what is stored."""

import json
import random
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from portal.domain.cases.receipt_numbers import (
    code_from_bytes,
    group_code,
    parse_code,
    parse_receipt,
)
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases.status import WRONG_PAIR
from portal.operations.centre import retention
from portal.operations.forms import saved_drafts, submission
from portal.operations.forms.saved_drafts import SavedDraft
from portal.operations.office import Office
from portal.store import cases, drafts
from portal.store.crypto.sealing import code_seal, code_seed
from portal.store.errors import Damaged, Duplicate
from tests.support.browser import is_refused, typed_in, words_of
from tests.support.centre import Centre, add_answers, full_disk
from tests.support.databases import each_database
from tests.support.following import WRONG_CODE, look_up
from tests.support.photographs import on_disk
from tests.support.samples import ANSWERS, CONSULTATION, LAST_TICKS
from tests.support.walking import numbers_on, typed_for, walk, went_on

HALF = {"topic": "women", "consent_legal": True}
LATER = {"topic": "women", "consent_legal": "yes", "button": "later"}


def put_aside(centre: Centre, kind: CaseKind = CaseKind.CONSULTATION) -> tuple[SavedDraft, str]:
    """A form with half of its answers that was put aside; and its token."""
    _, token = centre.draft(kind, HALF if kind is CaseKind.CONSULTATION else {})
    saved_drafts.put_aside(centre.office, kind, token)
    aside = saved_drafts.find_put_aside(centre.office, token)
    assert aside
    return aside, token


def row_with(centre: Centre, token: str) -> dict[str, object]:
    """The row of the draft with this token."""
    index = drafts.token_index(centre.instance.keys, token)
    rows = centre.contents()["drafts"].values()
    return next(dict(row) for row in rows if row["token_index"] == index)


def row_of(centre: Centre) -> dict[str, object]:
    """The row of the only draft."""
    (row,) = centre.contents()["drafts"].values()
    assert isinstance(row, dict)
    return row


@pytest.mark.parametrize("kind", list(CaseKind))
def test_every_page_of_every_form_can_be_put_aside_under_one_number(
    centre: Centre, kind: CaseKind
) -> None:
    journey, answers = JOURNEYS[kind], ANSWERS[kind]
    browser, _ = centre.draft(kind)
    shown = set()
    for page in journey.open_pages(answers):
        typed = {**typed_for(page, answers), "button": "later"}
        kept = went_on(browser.post(f"/{journey.address}/{page.path}", typed))
        assert kept == f"/{journey.address}/kept"
        shown.add(numbers_on(browser.get(kept)))
    assert went_on(browser.post(f"/{journey.address}/check", {"button": "later"})) == kept
    shown.add(numbers_on(browser.get(kept)))
    ((number, code),) = shown
    assert parse_receipt(number) == number
    assert group_code(parse_code(code) or "") == code


@each_database
def test_who_puts_a_form_aside_goes_on_on_another_phone_and_keeps_both_numbers(
    centre: Centre,
) -> None:
    browser = centre.browser()
    browser.get("/consult")
    went_on(browser.post("/consult"))
    kept = browser.get(went_on(browser.post("/consult/topic", LATER)))
    number, code = numbers_on(kept)
    assert "保留到 2026年12月23日" in words_of(kept)
    assert "还没有提交" in words_of(kept)
    other = centre.browser()
    assert went_on(look_up(other, number, code)) == "/consult/so-far"
    listed = words_of(other.get("/consult/so-far"))
    assert number in listed
    assert "✓ 已填好" in listed
    assert typed_in(other.get("/consult/topic"), "topic") == ["women"]
    add_answers(centre.office, centre.chance.tokens[0], CONSULTATION)
    assert went_on(other.post("/consult/check")) == "/consult/receipt"
    assert numbers_on(other.get("/consult/receipt")) == (number, code)
    assert went_on(look_up(centre.browser(), number, code)) == "/status/case"
    for address in ("/consult/kept", "/consult/so-far", "/consult/topic", "/consult/check"):
        assert went_on(browser.get(address)) == "/consult/receipt"
    assert went_on(browser.post("/consult/so-far")) == "/consult/receipt"  # an old page
    assert numbers_on(browser.get("/consult/receipt")) == (number, code)


def test_answers_from_both_phones_are_in_the_case(centre: Centre) -> None:
    aside, token = put_aside(centre)
    other = centre.browser()
    look_up(other, aside.number, aside.code)
    assert went_on(other.post("/consult/account", {"account": "换了手机接着写。"}))
    draft = submission.read_draft(centre.office, token)
    assert draft
    assert draft.answers == {**HALF, "account": "换了手机接着写。"}
    assert draft.receipt == aside.number


def test_a_wrong_code_and_a_number_of_nobody_get_the_same_answer_as_for_a_case(
    centre: Centre,
) -> None:
    aside, _ = put_aside(centre)
    filed = centre.case(CaseKind.CONSULTATION)
    for number, code in (
        (aside.number, WRONG_CODE), (aside.number, filed.code), (filed.number, aside.code),
    ):  # fmt: skip
        refused = look_up(centre.browser(), number, code)
        assert refused.status_code == 422
        assert WRONG_PAIR in words_of(refused)


@each_database
def test_wrong_codes_for_a_draft_count_as_those_for_a_case(centre: Centre) -> None:
    aside, _ = put_aside(centre)
    browser = centre.browser()
    answers = [look_up(browser, aside.number, WRONG_CODE).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert look_up(browser, aside.number, aside.code).status_code == 429


def test_a_draft_that_is_gone_answers_like_a_wrong_pair(centre: Centre) -> None:
    thrown_away, token = put_aside(centre)
    submission.drop_draft(centre.office, token)
    expired, _ = put_aside(centre)
    centre.clock.advance(days=31)
    centre.staff("intake")  # somebody has worked with this clock
    assert retention.tidy(centre.office).drafts == 1
    for aside in (thrown_away, expired):
        assert WRONG_PAIR in words_of(look_up(centre.browser(), aside.number, aside.code))


def test_a_draft_is_kept_for_as_long_as_was_said(centre: Centre) -> None:
    aside, token = put_aside(centre)
    centre.clock.advance(days=29, hours=13, minutes=59)  # the last minute of the day that was said
    assert centre.office.today() == aside.until
    centre.staff("intake")
    assert retention.tidy(centre.office).drafts == 0
    assert submission.read_draft(centre.office, token)


def test_what_is_stored_gives_neither_token_nor_code(centre: Centre) -> None:
    aside, token = put_aside(centre)
    stored = json.dumps(centre.contents(), ensure_ascii=False)
    for secret in (token, aside.code, group_code(aside.code)):
        assert secret not in stored
    row, keys = row_of(centre), centre.instance.keys
    assert {name for name, value in row.items() if value == aside.number} == {"receipt"}
    way = str(row["way"])
    for key in (*keys.masters.values(), keys.code, keys.index, keys.cookie):
        seal = replace(code_seal(keys, aside.number, aside.code), key=key[:32])
        with pytest.raises(Damaged):
            seal.open("token", way)
    for number, code in ((aside.number, WRONG_CODE), ("FL26-AAAA-AAAA", aside.code)):
        with pytest.raises(Damaged):
            code_seal(keys, number, code).open("token", way)
    assert code_seal(keys, aside.number, aside.code).open("token", way) == token
    assert code_from_bytes(code_seed(keys, aside.number, str(row["token_index"]))) != aside.code


@each_database
def test_a_second_tap_gives_the_same_number_and_looking_writes_nothing(centre: Centre) -> None:
    aside, token = put_aside(centre)
    before = centre.contents()
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    browser = centre.browser()
    look_up(browser, aside.number, aside.code)
    for address in ("/consult", "/consult/kept", "/consult/so-far", "/status"):
        assert browser.get(address).status_code == 200
    assert centre.contents() == before


@each_database
def test_a_new_number_is_neither_that_of_a_case_nor_that_of_a_draft(centre: Centre) -> None:
    def repeating() -> Office:  # draws the same numbers each time
        return replace(centre.office, randbelow=random.Random(7).randrange)  # noqa: S311

    numbers = []
    for _ in range(2):
        token = submission.begin_draft(centre.office, CONSULTATION, None, "test")
        saved_drafts.put_aside(repeating(), CaseKind.CONSULTATION, token)
        numbers.append(row_with(centre, token)["receipt"])
        token = submission.begin_draft(centre.office, CONSULTATION, None, "test")
        filed = submission.submit_case(repeating(), CaseKind.CONSULTATION, token, {}, "test")
        numbers.append(filed.number)
    assert len(set(numbers)) == 4


def test_when_no_number_is_free_nothing_is_kept_by_halves(centre: Centre) -> None:
    office = replace(centre.office, randbelow=lambda limit: limit - 1)
    _, first = centre.draft(CaseKind.CONSULTATION, HALF)
    saved_drafts.put_aside(office, CaseKind.CONSULTATION, first)
    _, second = centre.draft(CaseKind.CONSULTATION, HALF)
    before = centre.contents()
    with pytest.raises(Duplicate):
        saved_drafts.put_aside(office, CaseKind.CONSULTATION, second)
    taken = str(row_with(centre, first)["receipt"])
    with pytest.raises(Duplicate):  # the database itself refuses it, too
        drafts.keep_for_later(office.store, second, taken, WRONG_CODE)
    assert centre.contents() == before


def test_a_member_can_be_put_aside_half_written_down(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    saved_drafts.put_aside(centre.office, CaseKind.HARDSHIP, token)
    browser.get("/apply/household/2")
    nothing = {"member_name": "", "member_age": "", "button": "later"}
    assert went_on(browser.post("/apply/household/2", nothing)) == "/apply/kept"
    assert "已经写了 1 位家人" in words_of(browser.get("/apply/household"))
    half = {"member_name": "示范小妹", "member_age": "", "button": "later"}
    assert went_on(browser.post("/apply/household/2", half)) == "/apply/kept"
    assert "示范小妹（还没写完）" in words_of(browser.get("/apply/household"))
    assert typed_in(browser.get("/apply/household/2"), "member_name") == ["示范小妹"]
    assert went_on(browser.get("/apply/check")) == "/apply/household"
    wrong = {**half, "member_age": "很大"}
    kept = browser.get(went_on(browser.post("/apply/household/2", wrong)))
    assert "还有地方要改" in words_of(kept)
    shown = browser.get("/apply/household/2")
    assert is_refused(shown)
    assert typed_in(shown, "member_age") == ["很大"]


def test_beginning_anew_on_the_same_phone_leaves_what_was_put_aside(centre: Centre) -> None:
    browser = centre.browser()
    browser.get("/consult")
    went_on(browser.post("/consult"))
    number, code = numbers_on(browser.get(went_on(browser.post("/consult/topic", LATER))))
    assert went_on(browser.post("/consult")) == "/consult/another"
    assert went_on(browser.post("/consult/another", {"button": "open"})) == "/consult/topic"
    assert went_on(browser.get("/consult/kept")) == "/consult"
    assert went_on(look_up(browser, number, code)) == "/consult/so-far"


def test_a_form_can_be_thrown_away_with_its_photos_and_its_number(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION)
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    (seen,) = typed_in(browser.get("/consult/so-far"), "seen")
    centre.clock.advance(minutes=1)
    add_answers(centre.office, token, {"account": "在另一个窗口里写的。"})
    assert went_on(browser.post("/consult/so-far", {"seen": seen})) == "/consult/so-far"
    assert submission.read_draft(centre.office, token)
    (seen,) = typed_in(browser.get("/consult/so-far"), "seen")
    assert went_on(browser.post("/consult/so-far", {"seen": seen})) == "/consult"
    assert centre.contents()["drafts"] == {}
    assert on_disk(centre) == []
    assert "这台手机上有一份没填完的" not in words_of(browser.get("/consult"))


def test_without_a_form_its_pages_say_so_and_lead_on(centre: Centre) -> None:
    browser = centre.browser()
    for address in ("/apply/kept", "/apply/so-far", "/apply/who", "/apply/check"):
        shown = browser.get(address)
        assert shown.status_code == 404
        assert 'href="/apply">重新填一份' in shown.text
        assert 'href="/status">打开“查进度”' in shown.text
    begun, _ = centre.draft(CaseKind.HARDSHIP, {})
    assert went_on(begun.get("/apply/kept")) == "/apply"
    assert "还没有编号" in words_of(begun.get("/apply/so-far"))


def test_the_list_leads_to_what_may_be_filled_in_and_no_further(centre: Centre) -> None:
    journey = JOURNEYS[CaseKind.HARDSHIP]
    first, second = [*dict.fromkeys(page.group for page in journey.pages)][:2]
    pages = [page for page in journey.pages if page.group == first]
    answers = ANSWERS[CaseKind.HARDSHIP]
    given = {one.name: answers.get(one.name) for page in pages for one in page.fields(answers)}
    browser, _ = centre.draft(CaseKind.HARDSHIP, given)
    shown = browser.get("/apply/so-far")
    listed = shown.text.partition("<main")[2]
    rows = [unescape(re.sub("<[^>]+>", "", row)) for row in re.findall("<li>.*", listed)]
    assert rows[0] == f"{first} ✓ 已填好"
    assert rows[1] == f"{second} 还没填"
    assert all(row.endswith("先填前面的") for row in rows[2:-5])
    reached = next(page for page in journey.pages if page.group == second)
    links = set(re.findall(r'href="/apply/([a-z-]+)"', shown.text))
    assert links == {pages[0].path, reached.path}
    whole, _ = centre.draft(CaseKind.HARDSHIP)
    assert 'href="/apply/check">核对' in whole.get("/apply/so-far").text


def test_what_could_not_be_put_aside_stays_on_the_page(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION, {})
    before = centre.contents()
    with full_disk():
        shown = browser.post("/consult/topic", LATER)
    assert shown.status_code == 503
    assert typed_in(shown, "topic") == ["women"]
    assert centre.contents() == before


def test_a_case_filed_next_year_keeps_the_number_that_was_given(centre: Centre) -> None:
    aside, token = put_aside(centre)
    centre.clock.advance(days=20)
    add_answers(centre.office, token, CONSULTATION)
    centre.clock.advance(days=20)
    receipt = submission.submit_case(centre.office, CaseKind.CONSULTATION, token, {}, "test")
    assert (receipt.number, receipt.code) == (aside.number, aside.code)
    assert receipt.filed_on.year == 2027
    stored = cases.find_case(centre.office.store, aside.number)
    assert stored


def test_a_draft_of_an_older_version_is_read_and_can_be_put_aside(centre: Centre) -> None:
    _, token = centre.draft(CaseKind.CONSULTATION, HALF)
    row = row_of(centre)
    assert not {"receipt", "code_hmac", "way"} & row.keys()
    draft = submission.read_draft(centre.office, token)
    assert draft
    assert draft.receipt is None
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    assert row_of(centre)["receipt"]


def test_a_whole_walk_after_the_look_up_ends_with_a_receipt(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    saved_drafts.put_aside(centre.office, CaseKind.HARDSHIP, token)
    aside = saved_drafts.find_put_aside(centre.office, token)
    assert aside
    assert aside.until - centre.office.today() == timedelta(days=29)
    other = centre.browser()
    look_up(other, aside.number, aside.code)
    assert went_on(other.post("/apply/check", LAST_TICKS)) == "/apply/receipt"
    assert walk(browser, JOURNEYS[CaseKind.HARDSHIP], ANSWERS[CaseKind.HARDSHIP])[-1] == "check"

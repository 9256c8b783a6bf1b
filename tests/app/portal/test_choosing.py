"""Another form of the same kind is wanted on a phone that holds one: nothing is lost silently."""

from dataclasses import replace

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import saved_drafts, submission
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, add_answers
from tests.support.following import look_up
from tests.support.photographs import on_disk, photo, send
from tests.support.samples import CONSULTATION
from tests.support.walking import numbers_on, went_on

ANOTHER = "/consult/another"
MINE = {"topic": "women", "consent_legal": True, "called": "示范小莲", "town": "qs01"}
UNNUMBERED = {
    name: value for name, value in CONSULTATION.items() if name not in {"mobile", "id_number"}
}
"""No number yet that opens it again: a form with one is locked, see test_shared_phone.py."""


def holding(centre: Centre) -> tuple[Browser, str]:
    """A phone on which somebody's unnumbered form lies; and its token."""
    return centre.draft(CaseKind.CONSULTATION, MINE)


def kept_elsewhere(centre: Centre) -> tuple[str, str]:
    """Number and code of a form that another phone put aside."""
    token = submission.begin_draft(centre.office, UNNUMBERED, None, "test")
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    aside = saved_drafts.find_put_aside(centre.office, token)
    assert aside
    return aside.number, aside.code


def press(browser: Browser, button: str) -> str:
    """Open the page that asks, press a button of it; where that leads."""
    shown = browser.get(ANOTHER)
    assert f'value="{button}"' in shown.text
    return went_on(browser.post(ANOTHER, {"seen": typed_in(shown, "seen"), "button": button}))


def answers(centre: Centre, token: str) -> object:
    draft = submission.read_draft(centre.office, token)
    return draft and draft.answers


def test_opening_a_form_asks_first_and_shows_nothing_of_the_one_that_lies_here(
    centre: Centre,
) -> None:
    browser, token = holding(centre)
    number, code = kept_elsewhere(centre)
    assert went_on(look_up(browser, number, code)) == ANOTHER
    before = centre.contents()
    shown = words_of(browser.get(ANOTHER))
    assert "上次填是 2026年11月24日 10:00" in shown
    assert f"您要打开的： {number}" in shown
    assert f"打开 {number}" in shown.partition("删除这一份")[2]
    assert not [word for word in ("示范小莲", code) if word in shown]
    assert answers(centre, token) == MINE
    assert centre.contents() == before


def test_the_form_that_lies_here_is_put_aside_and_then_the_other_opens(centre: Centre) -> None:
    browser, token = holding(centre)
    number, code = kept_elsewhere(centre)
    look_up(browser, number, code)
    assert press(browser, "keep") == "/consult/kept"
    kept = browser.get("/consult/kept")
    assert "抄好了，去填另一份" in words_of(kept)
    mine, my_code = numbers_on(kept)
    assert went_on(browser.post(ANOTHER, {"button": "open"})) == "/consult/so-far"
    assert number in words_of(browser.get("/consult/so-far"))
    assert answers(centre, token) == MINE
    assert went_on(look_up(browser, mine, my_code)) == ANOTHER
    assert "已经存好，保留到" in words_of(browser.get(ANOTHER))
    assert press(browser, "open") == "/consult/so-far"
    assert mine in words_of(browser.get("/consult/so-far"))


def test_the_form_that_lies_here_is_thrown_away_only_when_told_so(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION)
    send(browser, "/consult/papers/payslip", photo(), "a.jpg")
    submission.change_draft(centre.office, token, lambda now: replace(now, answers=UNNUMBERED))
    assert len(on_disk(centre)) == 2  # cleaned, and as it was sent
    look_up(browser, *kept_elsewhere(centre))
    for harmless in ("open", "", "else"):
        assert went_on(browser.post(ANOTHER, {"button": harmless})) == ANOTHER
        assert answers(centre, token)
    assert press(browser, "drop") == "/consult/so-far"
    assert answers(centre, token) is None
    assert on_disk(centre) == []


def test_what_was_typed_meanwhile_in_another_window_is_not_thrown_away(centre: Centre) -> None:
    browser, token = holding(centre)
    look_up(browser, *kept_elsewhere(centre))
    seen = typed_in(browser.get(ANOTHER), "seen")
    centre.clock.advance(minutes=1)
    add_answers(centre.office, token, {"account": "刚刚写的。"})
    assert went_on(browser.post(ANOTHER, {"seen": seen, "button": "drop"})) == ANOTHER
    assert answers(centre, token) == {**MINE, "account": "刚刚写的。"}


def test_who_stays_goes_on_with_what_lies_here_and_the_other_is_kept(centre: Centre) -> None:
    browser, token = holding(centre)
    number, code = kept_elsewhere(centre)
    look_up(browser, number, code)
    assert press(browser, "stay") == "/consult/so-far"
    assert went_on(browser.get(ANOTHER)) == "/consult/so-far"
    assert went_on(browser.post(ANOTHER, {"button": "drop"})) == "/consult/so-far"
    assert answers(centre, token) == MINE
    assert went_on(look_up(centre.browser(), number, code)) == "/consult/so-far"


@pytest.mark.parametrize("old", ["a page from before", "a page of now"])
def test_beginning_anew_asks_first_and_takes_along_what_the_link_said(
    centre: Centre, old: str
) -> None:
    browser, token = holding(centre)
    if old == "a page of now":
        start = words_of(browser.get("/consult"))
        assert "这台手机上有一份没填完的" in start
        assert "示范小莲" not in start
    assert went_on(browser.post("/consult", {"topic": "unpaid_wages"})) == ANOTHER
    assert "您要填： 新的一份" in words_of(browser.get(ANOTHER))
    assert answers(centre, token) == MINE
    assert press(browser, "drop") == "/consult/topic"
    assert answers(centre, token) is None
    assert answers(centre, centre.chance.tokens[-1]) == {"topic": "unpaid_wages"}


def test_pressing_begin_again_and_again_leaves_no_empty_forms_behind(centre: Centre) -> None:
    browser, token = holding(centre)
    for _ in range(3):
        assert went_on(browser.post("/consult")) == ANOTHER
    assert len(centre.contents()["drafts"]) == 2
    assert press(browser, "stay") == "/consult/so-far"
    assert len(centre.contents()["drafts"]) == 1
    assert answers(centre, token) == MINE


def test_nobody_is_asked_about_a_form_in_which_nothing_was_typed(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION, {"topic": "women"})
    assert "没填完的" not in words_of(browser.get("/consult"))
    assert went_on(browser.post("/consult")) == "/consult/topic"
    assert answers(centre, token) is None


def test_when_the_other_form_is_gone_nothing_is_asked(centre: Centre) -> None:
    browser, token = holding(centre)
    assert went_on(browser.get(ANOTHER)) == "/consult/so-far"
    look_up(browser, *kept_elsewhere(centre))
    submission.drop_draft(centre.office, centre.chance.tokens[-1])
    assert went_on(browser.post(ANOTHER, {"button": "keep"})) == "/consult/so-far"
    assert answers(centre, token) == MINE


def test_the_other_form_opens_when_the_one_that_lay_here_was_handed_in(centre: Centre) -> None:
    browser, token = holding(centre)
    look_up(browser, *kept_elsewhere(centre))
    add_answers(centre.office, token, CONSULTATION)
    submission.submit_case(centre.office, CaseKind.CONSULTATION, token, {}, "test")
    assert went_on(browser.get(ANOTHER)) == "/consult/so-far"


def test_a_new_form_that_was_not_wanted_after_all_leaves_nothing_behind(centre: Centre) -> None:
    browser, token = holding(centre)
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    mine = saved_drafts.find_put_aside(centre.office, token)
    assert mine
    browser.get("/consult")
    assert went_on(browser.post("/consult")) == ANOTHER
    assert went_on(look_up(browser, mine.number, mine.code)) == "/consult/so-far"
    assert len(centre.contents()["drafts"]) == 1

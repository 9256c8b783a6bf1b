"""A cookie that is lost while a form is filled in, two windows, and two forms of one kind."""

import re

from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre
from tests.support.samples import HARDSHIP
from tests.support.walking import went_on

HOME = "/apply/home"
TYPED = {"town": str(HARDSHIP["town"]), "address": "示范村 9 号"}


def carried(page: TestResponse) -> dict[str, str]:
    """What a page carries of the form that it was shown for."""
    return {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)[0]
        for name in ("held", "seen")
    }


def open_at_home(centre: Centre) -> tuple[Browser, dict[str, str]]:
    """A form with every answer, open at the page of the address."""
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    return browser, carried(browser.get(HOME))


def test_a_form_whose_cookie_was_lost_is_found_again_by_its_page(centre: Centre) -> None:
    _, page = open_at_home(centre)
    cleaned = centre.browser()
    shown = cleaned.post(HOME, {**TYPED, **page})
    assert shown.status_code in {409, 422}
    assert typed_in(shown, "address") == ["示范村 9 号"]
    assert went_on(cleaned.post(HOME, {**TYPED, **carried(shown)})) == "/apply/check"
    assert went_on(cleaned.get("/apply/check")) == "/apply/unlock"
    assert went_on(cleaned.post("/apply/unlock", {"ending": "0014"})) == "/apply/so-far"
    assert "示范村 9 号" in words_of(cleaned.get("/apply/check"))


def test_a_form_that_cannot_be_found_is_said_to_be_lost_and_the_page_is_kept(
    centre: Centre,
) -> None:
    browser, page = open_at_home(centre)
    gone = {**page, "held": "a" * 32}
    browser.post("/leave")
    browser.get("/apply")
    shown = browser.post(HOME, {**TYPED, **gone})
    assert "找不到您前面填的" in words_of(shown)
    assert "您填的都还在" not in words_of(shown)
    assert typed_in(shown, "address") == ["示范村 9 号"]


def test_a_page_that_another_window_has_changed_does_not_win_silently(centre: Centre) -> None:
    browser, page = open_at_home(centre)
    first = {**TYPED, "address": "示范村 1 号"}
    assert went_on(browser.post(HOME, {**first, **page})) == "/apply/check"
    assert went_on(browser.post(HOME, {**first, **page})) == "/apply/check"  # a second tap
    shown = browser.post(HOME, {**TYPED, **page})
    assert shown.status_code == 409
    assert "另一个窗口" in words_of(shown)
    assert "示范村 1 号" in words_of(browser.get("/apply/check"))
    assert went_on(browser.post(HOME, {**TYPED, **carried(shown)})) == "/apply/check"
    assert "示范村 9 号" in words_of(browser.get("/apply/check"))


def test_a_page_of_another_form_of_its_kind_is_not_filled_in_unawares(centre: Centre) -> None:
    _, page = open_at_home(centre)
    other, _ = centre.draft(CaseKind.HARDSHIP)
    other.get(HOME)
    shown = other.post(HOME, {**TYPED, **page})
    assert shown.status_code == 409
    assert "另一份表" in words_of(shown)
    assert "示范村 9 号" not in words_of(other.get("/apply/check"))

"""A session that runs out over a form that is keyed in: everything goes through the sign-in."""

import json
import logging

import pytest
from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from tests.support.browser import Browser, typed_in, words_of
from tests.support.canaries import MARKED, found_in
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.keying import Form, open_page, stored_of, typed_whole
from tests.support.samples import PASSWORD

ADDRESS = "/staff/sign-in"


def too_late(centre: Centre, kind: CaseKind) -> tuple[Browser, Form, TestResponse]:
    """A clerk who presses the button when the session has run out; what was typed, the answer."""
    browser, address, once = open_page(centre, kind)
    centre.clock.advance(minutes=21)
    typed = typed_whole(kind, MARKED[kind]) | {"once": once}
    shown = browser.post(address, typed)
    assert shown.status_code == 401
    return browser, typed, shown


def come_back(
    browser: Browser, shown: TestResponse, login: str, password: str = PASSWORD
) -> TestResponse:
    """Type login and password; the browser sends what the page carries."""
    carried = typed_in(shown, "carried")[0]
    typed = {"login": login, "password": password, "carried": carried}
    return browser.post(ADDRESS, typed)


def press_go_on(browser: Browser, page: TestResponse, kind: CaseKind, names: Form) -> TestResponse:
    """Send the hidden fields of the page after the sign-in."""
    hidden = {name: typed_in(page, name) for name in names}
    return browser.post(f"/staff/new/{kind}", {**hidden, "button": "again"})


@each_database
def test_a_form_comes_back_filled_in_and_is_filed_once(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kind = CaseKind.HARDSHIP
    browser, typed, shown = too_late(centre, kind)
    assert "您录的都还在" in words_of(shown)
    again = come_back(browser, shown, "intake", "wrong")
    assert again.status_code == 422
    page = come_back(browser, again, "intake")
    assert page.status_code == 200
    assert "登录好了" in words_of(page)
    assert not centre.contents().get("cases")
    form = press_go_on(browser, page, kind, typed)
    assert form.status_code == 200
    assert 'role="alert"' not in form.text
    back = {name: sorted(filter(None, typed_in(form, name))) for name in typed}
    assert back == {
        name: sorted(filter(None, [value] if isinstance(value, str) else value))
        for name, value in typed.items()
    }
    stored_of(centre, browser.post(f"/staff/new/{kind}", typed))
    assert found_in(caplog.text) == []
    for answer in (shown, again, page, form):
        assert "Location" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert found_in(answer.request.url) == []
        assert found_in(str(answer.headers)) == []


def test_who_may_not_key_it_in_is_not_shown_it(centre: Centre) -> None:
    browser, _, shown = too_late(centre, CaseKind.HARDSHIP)
    answer = come_back(browser, shown, "editor")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/staff/"
    assert found_in(answer.text) == []


@pytest.mark.parametrize(
    "carried",
    ["", "x", "[]", "null", "{}", "[" * 9000, '{"kind":"nothing","fields":[]}',
     '{"kind":"jobs","fields":7}', '{"kind":"jobs","fields":["abc"]}', '{"kind":[],"fields":[]}'],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_whatever_is_carried_the_sign_in_succeeds(centre: Centre, carried: str) -> None:
    browser = centre.browser()
    browser.get(ADDRESS)
    typed = {"login": "intake", "password": PASSWORD, "carried": carried}
    assert browser.post(ADDRESS, typed).status_code == 303
    assert browser.get("/staff/").status_code == 200


def test_what_nobody_typed_is_not_taken_for_an_answer(centre: Centre) -> None:
    browser = centre.browser()
    browser.get(ADDRESS)
    carried = json.dumps({"kind": "jobs", "fields": [["name", '"><b>x'], ["not_asked", "y"]]})
    page = browser.post(ADDRESS, {"login": "intake", "password": PASSWORD, "carried": carried})
    assert typed_in(page, "name") == ['"><b>x']
    form = press_go_on(browser, page, CaseKind.JOBS, {"name": "", "not_asked": ""})
    assert typed_in(form, "name") == ['"><b>x']
    assert typed_in(form, "not_asked") == []


def test_other_pages_give_long_answers_back_to_copy_and_carry_nothing(
    centre: Centre,
) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    browser = centre.staff("lawyer")
    browser.get(f"/staff/cases/{receipt.number}")
    centre.clock.advance(minutes=21)
    step = f"/staff/cases/{receipt.number}/answer"
    shown = browser.post(step, {"words": "可以要回来。", "version": "1"})
    assert shown.status_code == 401
    assert "可以要回来。" in words_of(shown)
    assert typed_in(shown, "carried") == []

"""The field that no person sees: a form in which it is filled in is shown again, not stored."""

import pytest
from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.web.forms import TRAP, TRAPPED
from tests.support.attack import SetLimit, has_barrier, work_out
from tests.support.browser import Browser, parsed, typed_in, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.following import look_up
from tests.support.samples import CONSULTATION, LAST_TICKS, MEMBER
from tests.support.walking import typed_for_member, went_on

FILLED = {TRAP: "https://example.org"}
PAGES: dict[str, dict[str, str]] = {
    "/apply": {},
    "/apply/identity": {"mobile": "19900000009"},
    "/apply/household": {},
    "/apply/household/1": {"member_name": "示范小囡", "member_age": "9"},
    "/apply/papers": {"papers": "later"},
    "/apply/check": LAST_TICKS,
    "/status": {"receipt": "JZ26-7K3M-9QF2", "code": "1"},
}


def all_but_counters(centre: Centre) -> object:
    return {name: rows for name, rows in centre.contents().items() if name != "counters"}


def field_of(page: TestResponse) -> list[dict[str, str]]:
    """What the page says of the field, and of what stands around it."""
    around = [one for one in parsed(page.text).iter("p") if one.get("aria-hidden") == "true"]
    return [
        {**dict(field.attrib), "around": one.get("class")}
        for one in around
        for field in one.iter("input")
    ]


@pytest.mark.parametrize("address", PAGES)
def test_the_field_stands_where_no_person_and_no_screen_reader_meets_it(
    centre: Centre, address: str
) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    page = browser.get(address)
    assert page.status_code == 200, page.location
    (field,) = field_of(page)
    assert field["name"] == TRAP
    assert field["tabindex"] == "-1"
    assert field["autocomplete"] == "off"
    assert field["around"] == "hidden-text"
    assert "value" not in field


@pytest.mark.parametrize(("address", "typed"), PAGES.items())
def test_a_program_that_fills_it_in_stores_nothing_and_keeps_what_it_typed(
    centre: Centre, address: str, typed: dict[str, str]
) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get(address)
    before = all_but_counters(centre)
    for button in ({}, {"button": "later"}):
        shown = browser.post(address, typed | FILLED | button)
        assert shown.status_code == 422
        assert TRAPPED in words_of(shown)
        assert '打电话 <a href="tel:0000-12351">' in shown.text.partition("<main")[2]
        for name, value in typed.items():
            if name != "papers":
                assert typed_in(shown, name) == [value]
        assert typed_in(shown, TRAP) == [""]
    assert all_but_counters(centre) == before
    assert (
        rate_limits.how_often(centre.office, RateLimit.HIDDEN_FIELD_BY_ADDRESS, browser.address)
        == 2
    )


@each_database
def test_who_was_caught_by_mistake_sends_the_form_once_more(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/household/2")
    typed = typed_for_member(MEMBER)
    assert browser.post("/apply/household/2", {**typed, **FILLED}).status_code == 422
    assert went_on(browser.post("/apply/household/2", {**typed, TRAP: ""}))


def test_a_network_full_of_programs_has_to_work_before_it_hands_in(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.HIDDEN_FIELD_BY_ADDRESS, 2)
    browser, _ = centre.draft(CaseKind.CONSULTATION, CONSULTATION)
    browser.get("/consult/check")
    for _ in range(2):
        assert browser.post("/consult/check", FILLED).status_code == 422
    shown = browser.post("/consult/check")
    assert shown.status_code == 429
    assert has_barrier(shown)
    elsewhere, _ = centre.draft(CaseKind.CONSULTATION, CONSULTATION)
    elsewhere.get("/consult/check")
    assert went_on(elsewhere.post("/consult/check")) == "/consult/receipt"
    assert went_on(browser.post("/consult/check", work_out(shown))) == "/consult/receipt"


def test_the_look_up_of_somebody_else_is_not_touched(centre: Centre) -> None:
    case, program = centre.case(CaseKind.CONSULTATION), centre.browser()
    program.get("/status")
    typed = {"receipt": case.number, "code": case.code}
    assert program.post("/status", typed | FILLED).status_code == 422
    other: Browser = centre.browser()
    assert went_on(look_up(other, case.number, case.code)) == "/status/case"

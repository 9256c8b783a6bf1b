"""When the store cannot: nothing is half-done, and what was typed stays on the page."""

import pytest

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import submission
from portal.store.engine.storage import RowStorage
from portal.store.errors import StoreBusy, StoreDown
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre, full_disk
from tests.support.samples import ANSWERS, LAST_TICKS, MEMBER
from tests.support.walking import typed_for, typed_for_member, went_on

OURS = "现在存不下来，是我们这边的问题"


@pytest.mark.parametrize("kind", list(CaseKind))
def test_a_full_disk_leaves_every_page_filled_in(centre: Centre, kind: CaseKind) -> None:
    journey, answers = JOURNEYS[kind], ANSWERS[kind]
    browser, _ = centre.draft(kind)
    before = centre.contents()
    with full_disk():
        for page in journey.open_pages(answers):
            typed = typed_for(page, answers)
            shown = browser.post(f"/{journey.address}/{page.path}", typed)
            assert shown.status_code == 503
            assert OURS in words_of(shown)
            for name, value in typed.items():
                assert typed_in(shown, name) == ([value] if isinstance(value, str) else value)
    assert centre.contents() == before


def test_a_full_disk_keeps_what_was_typed_about_a_member(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/household/2")
    before = centre.contents()
    with full_disk():
        shown = browser.post("/apply/household/2", typed_for_member(MEMBER))
        assert shown.status_code == 503
        assert OURS in words_of(shown)
        assert typed_in(shown, "member_name") == [MEMBER["member_name"]]
        assert typed_in(shown, "member_age") == ["9"]
        assert browser.post("/apply/household/1/remove", {"count": "1"}).status_code == 503
    assert centre.contents() == before


def test_no_receipt_is_shown_for_what_was_not_stored(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/check")
    before = centre.contents()
    with full_disk():
        shown = browser.post("/apply/check", LAST_TICKS)
    assert shown.status_code == 503
    assert typed_in(shown, "truth_pledge") == ["yes"]
    assert submission.find_receipt(centre.office, token) is None
    assert centre.contents() == before
    assert went_on(browser.post("/apply/check", LAST_TICKS)) == "/apply/receipt"


def test_a_full_disk_keeps_the_words_of_a_worker(centre: Centre) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    browser = centre.follower(receipt)
    browser.get("/status/case/withdraw")
    before = centre.contents()
    with full_disk():
        shown = browser.post("/status/case/withdraw", {"words": "不办了。"})
    assert shown.status_code == 503
    assert typed_in(shown, "words") == ["不办了。"]
    assert centre.contents() == before


def test_a_full_disk_keeps_the_words_of_staff(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    lawyer = centre.staff("lawyer")
    address = f"/staff/cases/{receipt.number}"
    lawyer.get(address)
    before = centre.contents()
    with full_disk():
        shown = lawyer.post(f"{address}/answer", {"version": "0", "words": "长长的答复。"})
        assert shown.status_code == 503
        assert "长长的答复。" in words_of(shown)
        assert lawyer.get(address).status_code == 503  # what cannot be logged is not shown
    assert centre.contents() == before


def test_other_forms_say_that_nothing_was_stored(centre: Centre) -> None:
    browser, admin = centre.browser(), centre.staff("admin")
    browser.get("/apply")
    admin.get("/staff/people")
    before = centre.contents()
    with full_disk():
        for one, address in (
            (browser, "/apply"),
            (admin, "/staff/people/editor/link"),
            (admin, "/staff/people/editor/disable"),
            (admin, "/staff/sign-out"),
        ):
            shown = one.post(address)
            assert shown.status_code == 503, address
            assert "现在存不下来" in words_of(shown)
    assert centre.contents() == before


@pytest.mark.parametrize("failure", [StoreBusy("busy"), StoreDown("down")])
def test_a_database_that_cannot_be_read_is_answered_with_a_page(
    centre: Centre, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    staff = centre.staff("intake")

    def refuse(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(RowStorage, "fetch", refuse)
    for one, address in ((browser, "/consult/topic"), (browser, "/consult"), (staff, "/staff/")):
        shown = one.get(address)
        assert shown.status_code == 503
        assert str(failure) not in words_of(shown).split()
    assert browser.get("/about/").status_code == 200  # the site does not need the database

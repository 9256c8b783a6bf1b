"""Pages tried one step beside what they are for: nothing chosen, nobody there, just too late."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from portal.domain.figures.period import this_year
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.newsroom import manuscripts
from portal.operations.accounts.access import require_open_case
from portal.operations.cases import code_reissue
from portal.operations.figures import desk_figures
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.newsroom import EDITOR, KEY, TEXT, Publisher

ABSENT = {"absent_why": "never", "absent_words": ""}


@pytest.mark.parametrize("address", ["/apply/papers/nothing", "/apply/papers/nothing/absent"])
def test_a_paper_that_is_not_asked_for_has_no_page(centre: Centre, address: str) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    assert browser.get(address).status_code == 404


def test_a_case_that_is_over_shows_no_page_to_send_papers_from(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    follower = centre.follower(filed)
    assert follower.get("/status/papers/identity").status_code == 200
    centre.take_seen("", filed.number, 0, "withdraw")
    shown = follower.get("/status/papers/identity")
    assert shown.status_code == 403
    assert "已经办完" in words_of(shown)


def test_the_cookie_of_a_begun_form_outlives_the_visit(centre: Centre) -> None:
    browser = centre.browser()
    browser.get("/apply")
    begun = browser.post("/apply")
    expiries = [parsedate_to_datetime(part.strip().removeprefix("Expires="))
                for one in begun.headers.getlist("Set-Cookie") for part in one.split(";")
                if part.strip().startswith("Expires=")]  # fmt: skip
    assert expiries
    assert max(expiries) > datetime.now(UTC)


def test_together_with_nothing_ticked_says_so(centre: Centre) -> None:
    intake = centre.staff("intake")
    intake.get("/staff/")
    shown = intake.post("/staff/together", {"act": "accept", "why": "材料都齐了"})
    assert shown.status_code == 422
    assert "请先在清单里勾上要一起办的" in words_of(shown)


@pytest.mark.parametrize("once", ["", "o" * 21])
def test_a_new_code_is_not_given_out_for_half_a_page(centre: Centre, once: str) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    code_reissue.ask_for_code(centre.office, centre.actor("intake"), number)
    code_reissue.confirm_code(centre.office, centre.actor("second-intake"), number)
    clerk = centre.staff("intake")
    clerk.get(f"/staff/cases/{number}")
    before = centre.contents()["events"]
    shown = clerk.post(f"/staff/cases/{number}/new-code/take", {"once": once})
    assert shown.status_code == 422
    assert centre.contents()["events"] == before


def test_at_the_counter_a_paper_is_absent_with_a_reason_and_comes_after_all_without(
    centre: Centre,
) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    page = f"/staff/cases/{number}/papers/add/identity"
    clerk = centre.staff("intake")
    before = words_of(clerk.get(page)).count("没有办过")
    assert clerk.post(f"{page}/absent", {}).status_code == 422
    assert clerk.post(f"{page}/absent", ABSENT).status_code == 303
    assert words_of(clerk.get(page)).count("没有办过") > before
    assert clerk.post(f"{page}/absent", {"button": "undo"}).status_code == 303
    assert words_of(clerk.get(page)).count("没有办过") == before


def test_papers_of_a_case_are_filled_in_only_for_who_follows_it(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    shown = centre.follower(filed).get("/status/legal-papers/arbitration.pdf")
    assert shown.status_code == 200
    stranger = centre.browser().get("/status/legal-papers/arbitration.pdf")
    assert stranger.status_code in {302, 303, 404}


@pytest.mark.parametrize("number", ["", "XX26-7K3M-9QF2", "notices/winter", "JZ"])
def test_what_is_no_number_of_a_case_is_found_nowhere(centre: Centre, number: str) -> None:
    with pytest.raises(NotFound):
        require_open_case(centre.office, centre.actor("everything"), number)


@pytest.mark.parametrize("login", ["intake", "reviewer", "lawyer", "editor", "admin", "town"])
def test_figures_are_read_and_taken_out_by_who_may_alone(centre: Centre, login: str) -> None:
    month = this_year(centre.office.today())
    assert desk_figures.read_figures(centre.office, centre.actor("auditor"), month)
    for read in (
        lambda actor: desk_figures.read_figures(centre.office, actor, month),
        lambda actor: desk_figures.list_counted(centre.office, actor, "S1", month),
        lambda actor: desk_figures.take_out_figures(centre.office, actor, month, "csv"),
    ):
        with pytest.raises(NotAllowed):
            read(centre.actor(login))


def test_what_was_handed_over_is_not_saved_even_with_the_same_words(publisher: Publisher) -> None:
    edition = publisher.submitted().edition
    with pytest.raises(NotAllowed):
        manuscripts.save_manuscript(publisher.room.office, EDITOR, KEY, edition, TEXT)

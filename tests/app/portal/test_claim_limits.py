"""The day on which a claim is lost: told to the worker, red for the lawyer, on top of his list."""

import re

from portal.domain.cases.work_views import select_stage
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import work_list
from portal.store import cases
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.keying import key_in, stored_of

QUEUE = "/staff/?queue=consultation.submitted"
WAITING = select_stage(CaseKind.CONSULTATION, "submitted")
NO_LIMIT = {"left_on": None, "next_deadline": None, "legal_contract": "written", "owed_since": None}
FIVE_DAYS_LEFT = NO_LIMIT | {
    "topic": "work_injury", "injured_on": "2025-11-30", "injury_reported": "no",
}  # fmt: skip


def numbers_in(centre: Centre) -> list[str]:
    """The receipt numbers in the lawyer's list, in their order."""
    listed = centre.staff("lawyer").get(QUEUE).text.partition("最急的在前")[2]
    return re.findall(r'class="number" href="/staff/cases/([A-Z0-9-]+)[?"]', listed)


@each_database
def test_worker_and_lawyer_see_a_claim_that_ends_in_five_days(centre: Centre) -> None:
    quiet = centre.case(CaseKind.CONSULTATION, **NO_LIMIT)
    centre.clock.advance(days=1)
    filed = centre.case(CaseKind.CONSULTATION, **FIVE_DAYS_LEFT)
    shown = words_of(centre.follower(filed).get("/status/case"))
    assert "别误了期限" in shown
    assert "最晚2026年11月30日，还有 5 天" in shown
    assert "别误了期限" not in words_of(centre.follower(quiet).get("/status/case"))
    lawyer = centre.staff("lawyer")
    assert "法律期限 2026年11月30日，先办" in words_of(lawyer.get(QUEUE))
    assert "法律期限 2026年11月30日，先办" in words_of(lawyer.get(f"/staff/cases/{filed.number}"))
    assert numbers_in(centre) == [filed.number, quiet.number]


def test_the_list_of_the_lawyer_has_the_nearest_end_on_top(centre: Centre) -> None:
    quiet = centre.case(CaseKind.CONSULTATION, **NO_LIMIT)
    later = centre.case(CaseKind.CONSULTATION, **NO_LIMIT | {"next_deadline": "2026-12-18"})
    first = centre.case(CaseKind.CONSULTATION, **FIVE_DAYS_LEFT)
    far = centre.case(CaseKind.CONSULTATION, **NO_LIMIT | {"next_deadline": "2027-03-10"})
    lost = centre.case(CaseKind.CONSULTATION, **FIVE_DAYS_LEFT | {"injured_on": "2024-01-05"})
    order = [first.number, later.number, quiet.number, far.number, lost.number]
    assert numbers_in(centre) == order
    assert "法律期限可能过了：2025年1月6日" in words_of(centre.staff("lawyer").get(QUEUE))


def test_no_case_of_a_long_list_is_lost_between_its_pages(centre: Centre) -> None:
    filed = [centre.case(CaseKind.CONSULTATION, **FIVE_DAYS_LEFT).number]
    filed += [
        centre.case(CaseKind.CONSULTATION, **NO_LIMIT).number for _ in range(work_list.PAGE + 2)
    ]
    actor, seen, after = centre.actor("lawyer"), list[str](), None
    while True:
        page = work_list.read_work(centre.office, actor, WAITING, after)
        seen += [row.receipt for row in page.rows]
        if (after := page.after) is None:
            break
    assert sorted(seen) == sorted(filed)
    assert len(seen) > work_list.PAGE
    lawyer = centre.staff("lawyer")
    onward = re.search(r'href="([^"]+after=[^"]+)"', lawyer.get(QUEUE).text)
    assert onward
    assert lawyer.get(onward[1].replace("&amp;", "&")).status_code == 200


def test_the_end_follows_when_an_answer_is_put_right(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION, **FIVE_DAYS_LEFT)
    stored = cases.find_case(centre.office.store, filed.number)
    assert stored
    cases.replace_answer(centre.office.store, stored, "injured_on", "2026-02-03")
    shown = words_of(centre.follower(filed).get("/status/case"))
    assert "最晚2027年2月3日" in shown or "最晚2027年2月2日" in shown
    assert "法律期限 2026年11月30日" not in words_of(centre.staff("lawyer").get(QUEUE))


def test_what_comes_on_paper_has_its_end_too(centre: Centre) -> None:
    number = stored_of(centre, key_in(centre, CaseKind.CONSULTATION)).case.receipt
    lawyer = centre.staff("lawyer")
    shown = words_of(lawyer.get(f"/staff/cases/{number}"))
    assert "法律期限 2026年12月15日" in shown
    assert "2026年10月30日离开，从那天起 1 年" in shown


def test_an_end_that_passes_while_the_case_waits_stays_on_top(centre: Centre) -> None:
    quiet = centre.case(CaseKind.CONSULTATION, **NO_LIMIT)
    filed = centre.case(CaseKind.CONSULTATION, **FIVE_DAYS_LEFT)
    centre.clock.advance(days=8)
    assert numbers_in(centre) == [filed.number, quiet.number]
    assert "法律期限可能过了：2026年11月30日" in words_of(centre.staff("lawyer").get(QUEUE))

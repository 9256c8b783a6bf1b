"""The list of the lawyer goes by a column: by it every page is as the answers say, day by day."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from portal.domain.cases.claim_limits import Alarm
from portal.domain.cases.work_views import CLAIM_DAYS, VIEWS, Selection, select_view
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import corrections, work_list
from portal.operations.cases.work_list import WorkPage
from portal.operations.centre.recount import find_wrong_cases
from portal.operations.claim_limits import reckon_when_due
from portal.store import cases
from tests.support.centre import Centre
from tests.support.claim_order import order_by_answers
from tests.support.databases import each_database

CALM = {"left_on": None, "next_deadline": None, "legal_contract": "written", "owed_since": None}
LEFT = CALM | {"still_there": "left", "hired_on": None}
LATER = (0, 2, 20, 45, 400)
"""So many days after the last case came in."""


def a_mixed_bag(centre: Centre) -> None:
    """Consultations of many last days, filed on several: some near, far, over before, or never."""
    for day in (
        "2025-11-27", "2025-12-10", "2024-05-10", "2026-11-10", "2025-11-25", "2026-01-03",
        "2025-12-10",
    ):  # fmt: skip
        centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": day})
        centre.clock.advance(hours=30)
        centre.case(CaseKind.CONSULTATION, **CALM)
    for named in ("2026-12-18", "2027-03-10", "2026-12-05"):
        centre.case(CaseKind.CONSULTATION, **CALM | {"next_deadline": named})
    unsigned = {"legal_contract": "none", "hired_on": "2025-06-01", "still_there": "yes"}
    centre.case(CaseKind.CONSULTATION, **CALM | unsigned)
    asked = centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": "2025-12-12"})
    centre.take("lawyer", asked, "request_supplement", "请传合同。")
    centre.case(CaseKind.HARDSHIP)


def walk(centre: Centre, chosen: Selection, length: int) -> list[WorkPage]:
    """All pages of the list, from the first on."""
    office, actor = centre.office, centre.actor("lawyer")
    pages = [work_list.read_work(office, actor, chosen, None, length)]
    while after := pages[-1].after:
        pages.append(work_list.read_work(office, actor, chosen, after, length))
    return pages


@each_database
def test_every_page_and_count_of_the_lawyer_is_as_the_answers_say_on_each_day(
    centre: Centre,
) -> None:
    a_mixed_bag(centre)
    office, actor = centre.office, centre.actor("lawyer")
    alarms = [frozenset[Alarm](), *(row.alarms for row in CLAIM_DAYS.values())]
    seen = set[tuple[str, ...]]()
    for days in LATER:
        centre.clock.advance(days=days)
        reckon_when_due(office)
        for view in ("to_do", "open"):
            for alarm in alarms:
                chosen = replace(select_view(VIEWS[view], actor, office.today()), alarms=alarm)
                numbers = order_by_answers(office, chosen)
                pages = walk(centre, chosen, 3)
                listed = [row.receipt for page in pages for row in page.rows]
                assert listed == numbers, (days, view, alarm)
                assert all(page.total == len(numbers) for page in pages)
                assert work_list.count_listed(office, actor, chosen) == len(numbers)
                seen.add(tuple(numbers))
        assert find_wrong_cases(office, lambda *_: None) == []
    assert len(seen) > len(LATER)  # the order did change


@each_database
def test_the_list_of_the_lawyer_leads_back_page_by_page(centre: Centre) -> None:
    a_mixed_bag(centre)
    office, actor = centre.office, centre.actor("lawyer")
    chosen = select_view(VIEWS["open"], actor, office.today())
    pages = walk(centre, chosen, 2)
    assert len(pages) > 5
    for earlier, page in pairwise(pages):
        assert page.before
        back = work_list.read_work(office, actor, chosen, None, 2, before=page.before)
        assert [row.receipt for row in back.rows] == [row.receipt for row in earlier.rows]
        assert (back.before is None) == (earlier.before is None)


def test_a_page_goes_on_behind_a_case_that_has_left_the_list_meanwhile(centre: Centre) -> None:
    filed = [
        centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": f"2025-12-{day}"})
        for day in (10, 12, 14, 16)
    ]
    office, actor = centre.office, centre.actor("lawyer")
    chosen = select_view(VIEWS["to_do"], actor, office.today())
    first = work_list.read_work(office, actor, chosen, None, 2)
    for one in filed[:2]:
        centre.take("lawyer", one, "answer", "可以要。")
    rest = work_list.read_work(office, actor, chosen, first.after, 2).rows
    assert [row.receipt for row in rest] == [one.number for one in filed[2:]]


def test_an_answer_put_right_moves_the_case_in_the_same_act(centre: Centre) -> None:
    near = centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": "2025-12-10"}).number
    calm = centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": "2026-11-10"}).number
    office, actor = centre.office, centre.actor("lawyer")
    chosen = select_view(VIEWS["to_do"], actor, office.today())
    stored = cases.find_case(office.store, calm)
    assert stored
    told: dict[str, object] = {
        "left_on": "2025-11-28",
        "why_corrected": "他说早就离开了",
        "for_wish": "",
    }
    corrections.correct_answers(office, actor, calm, stored.case.version, told)
    rows = work_list.read_work(office, actor, chosen, None).rows
    assert [row.receipt for row in rows] == [calm, near]
    assert find_wrong_cases(office, lambda *_: None) == []


def test_another_calendar_is_reckoned_with_at_once_and_only_once(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": "2025-12-10"}).number
    office = centre.office
    reckon_when_due(office)
    stored = cases.find_case(office.store, filed)
    assert stored
    assert stored.case.claim.act_by
    calendar, before = office.rules.calendar, stored.case.claim.act_by
    holidays = frozenset({*calendar.holidays, before})
    changed = replace(office.rules, calendar=replace(calendar, holidays=holidays))
    monkeypatch.setattr(office.shelf, "rules", changed)
    assert find_wrong_cases(office, lambda *_: None) == [f"{filed}：法律期限的次序对不上"]
    reckon_when_due(office)
    assert find_wrong_cases(office, lambda *_: None) == []
    moved = cases.find_case(office.store, filed)
    assert moved
    assert moved.case.claim.act_by == before + timedelta(days=1)
    assert moved.case.version == stored.case.version
    rows = centre.contents()["cases"]
    reckon_when_due(office)
    assert centre.contents()["cases"] == rows


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"claim_by": "2026-11-30"}, "法律期限的次序对不上"),
        ({"alarm": "urgent"}, "法律期限的次序对不上"),
        ({"claim_order": "0_0"}, "清单的栏目对不上"),
        ({"work": None}, "清单的栏目对不上"),
        ({"turn": "nobody"}, "清单的栏目对不上"),
    ],
)
def test_verify_tells_of_a_column_that_does_not_follow(
    centre: Centre, changed: dict[str, str], told: str
) -> None:
    filed = centre.case(CaseKind.CONSULTATION, **LEFT | {"left_on": "2026-11-10"}).number
    stored = cases.find_case(centre.instance, filed)
    assert stored
    centre.instance.db.table("cases").update(changed, doc_ids=[stored.record.row_id])
    assert find_wrong_cases(centre.office, lambda *_: None) == [f"{filed}：{told}"]

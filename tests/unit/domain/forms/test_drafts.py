"""Drafts: answers and nothing else among the answers, and what stands beside them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from portal.domain.forms.drafts import (
    Draft,
    PageAddress,
    RosterInProgress,
    RosterRow,
    content_of_draft,
    draft_of_content,
)
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.progress import JourneyProgress, look_at_page
from portal.domain.forms.sent_tables import SentPart, SentRow, SentTable
from portal.domain.shared.case_kinds import CaseKind
from portal.store.migrations.v6_drafts import convert_draft_content
from tests.support.samples import COWORKERS, HARDSHIP, MEMBER, REPRESENTATIVES

JOURNEY = JOURNEYS[CaseKind.HARDSHIP]
HOUSEHOLD, INCOME = (JOURNEY.page_of(name) for name in ("members", "income_month"))
COWORKERS_PAGE = JOURNEYS[CaseKind.CONSULTATION].page_of("coworkers")
TYPED = {"income_month": ["2千"], "other_income_year": [""]}
FIRST, MORE = {"member_age": ["很大"]}, {"member_income": ["很多"]}


SENT = SentTable((SentPart(("一班",), ("“工人”",), {"coworker_name": (0,)}, {"coworker_name": 0},
                           (SentRow(2, ("示范甲",)),), ("备注",), ("第 3 行“合计”",)),),
                 ("“旧的”（藏起来的表）",), adds=True)  # fmt: skip


def household(*names: str) -> Draft:
    """A form with these members of the household."""
    return Draft({**HARDSHIP, "members": [{**MEMBER, "member_name": name} for name in names]})


def names_of(draft: Draft) -> list[object]:
    """The members of the household."""
    return [one.get("member_name") for one in HOUSEHOLD.entries_in(draft.answers)]


def test_a_draft_comes_back_from_what_is_stored_of_it() -> None:
    typed = {"coworker_name": "示范甲", "coworker_mobile": "199"}
    row = RosterRow(3, typed, {"coworker_mobile": "手机号是 11 位"})
    roster = RosterInProgress(wrong=(row,), way="file", taken=2, before=tuple(COWORKERS), sent=SENT)
    draft = (
        Draft({"topic": "women"}, card="unpaid-wages")
        .refuse(PageAddress("income"), TYPED)
        .refuse(PageAddress("household", 2, more=True), MORE)
        .write_list(COWORKERS_PAGE, COWORKERS[:1], roster)
    )
    stored = json.loads(json.dumps(content_of_draft(draft)))
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    again = draft_of_content(stored, "FL26-AAAA-AAAA", moment)
    assert (again.answers, again.card) == (draft.answers, "unpaid-wages")
    assert (again.refused, again.receipt, again.changed_at) == (
        draft.refused, "FL26-AAAA-AAAA", moment,
    )  # fmt: skip
    (kept,) = again.roster(COWORKERS_PAGE).wrong
    assert (kept.number, kept.typed, kept.problems) == (3, typed, {})
    assert again.roster(COWORKERS_PAGE).before == tuple(COWORKERS)
    assert again.roster(COWORKERS_PAGE).sent == SENT
    assert (again.roster(COWORKERS_PAGE).way, again.roster(COWORKERS_PAGE).taken) == ("file", 2)


@pytest.mark.parametrize("name", ["income refused", "coworkers_wrong", "before", "members_way"])
def test_nothing_but_answers_is_stored_among_the_answers(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        content_of_draft(Draft({"topic": "women", name: []}))
    with pytest.raises(ValueError, match=name):
        Draft().write_entry(HOUSEHOLD, 1, {**MEMBER, name: []})


def test_an_answer_to_a_field_that_is_gone_is_left_out_and_stops_nothing() -> None:
    stored = {**content_of_draft(Draft({"topic": "women"})), "answers": {"topic": "women", "x": 1}}
    draft = draft_of_content(stored)
    assert draft.answers == {"topic": "women"}
    assert content_of_draft(draft)["answers"] == {"topic": "women"}


def test_a_refused_page_is_not_answered_until_it_is_sent_right() -> None:
    refused = Draft(HARDSHIP).refuse(PageAddress("income"), TYPED)
    assert JourneyProgress(JOURNEY, refused).next_page == INCOME
    assert look_at_page(INCOME, refused).refused
    right = JourneyProgress(JOURNEY, refused.accept(PageAddress("income")))
    assert right.next_page is None
    assert right.draft == Draft(HARDSHIP)


def test_an_entry_keeps_what_was_refused_when_those_before_it_are_taken_off() -> None:
    draft = (
        household("甲", "乙", "丙")
        .refuse(PageAddress("household", 1), FIRST)
        .refuse(PageAddress("household", 3, more=True), MORE)
        .refuse(PageAddress("income"), TYPED)
    )
    assert look_at_page(HOUSEHOLD, draft).unfinished == (1, 3)
    fewer = draft.remove_entry(HOUSEHOLD, 1)
    assert names_of(fewer) == ["乙", "丙"]
    assert fewer.refused == {
        PageAddress("household", 2, more=True): MORE, PageAddress("income"): TYPED,
    }  # fmt: skip
    assert look_at_page(HOUSEHOLD, fewer).unfinished == (2,)
    assert look_at_page(HOUSEHOLD, fewer.remove_entry(HOUSEHOLD, 2)).answered


def test_an_entry_is_written_on_two_pages_and_not_whole_before_the_second() -> None:
    more = {ask.field for ask in HOUSEHOLD.more}
    first = {name: value for name, value in MEMBER.items() if name not in more}
    second = {name: value for name, value in MEMBER.items() if name in more}
    begun = household("甲").write_entry(HOUSEHOLD, 2, first)
    assert look_at_page(HOUSEHOLD, begun).unfinished == (2,)
    whole = begun.write_entry(HOUSEHOLD, 2, second)
    assert look_at_page(HOUSEHOLD, whole).answered
    assert HOUSEHOLD.entries_in(whole.answers)[1] == MEMBER
    assert names_of(household("甲")) == ["甲"]  # no draft is changed


def test_a_list_that_is_closed_with_nobody_on_it_is_answered() -> None:
    empty = Draft({"filled_by": "self"})
    assert not look_at_page(HOUSEHOLD, empty).answered
    assert look_at_page(HOUSEHOLD, empty.close_list(HOUSEHOLD)).answered


def opened(answers: Mapping[str, object]) -> Draft:
    """A draft that version 0.1.0 has stored."""
    old = {"answers": answers, "card": None}
    before = json.dumps(old, sort_keys=True)
    new = convert_draft_content(old)
    assert json.dumps(old, sort_keys=True) == before
    draft = draft_of_content(json.loads(json.dumps(new)))
    content_of_draft(draft)  # nothing but answers among its answers
    return draft


def test_old_drafts_with_answers_only_stay_as_they_are() -> None:
    assert opened(HARDSHIP) == Draft(HARDSHIP)


def test_what_was_refused_in_an_old_draft_is_still_refused() -> None:
    members = [MEMBER, {**MEMBER, "first refused": FIRST, "more refused": MORE}]
    draft = opened({**HARDSHIP, "members": members, "income refused": TYPED, "check refused": {}})
    assert draft.answers == {**HARDSHIP, "members": [MEMBER, MEMBER]}
    assert draft.refused == {
        PageAddress("income"): TYPED, PageAddress("check"): {},
        PageAddress("household", 2): FIRST, PageAddress("household", 2, more=True): MORE,
    }  # fmt: skip


def test_an_old_list_in_progress_goes_on() -> None:
    wrong = [{"number": 3, "typed": {"coworker_name": "乙", "coworker_mobile": "199"}}]
    old = {"steps_taken": ["talked"], "coworkers": COWORKERS, "coworkers_wrong": wrong,
           "coworkers_way": "file", "coworkers_taken": 3}  # fmt: skip
    draft = opened(old)
    assert draft.answers == {"steps_taken": ["talked"], "coworkers": COWORKERS}
    row = RosterRow(3, {"coworker_name": "乙", "coworker_mobile": "199"})
    assert draft.roster(COWORKERS_PAGE) == RosterInProgress(wrong=(row,), way="file", taken=3)


@pytest.mark.parametrize(
    ("name", "people"), [("coworkers", COWORKERS), ("representatives", REPRESENTATIVES)]
)
def test_an_old_change_of_a_list_still_knows_where_it_began(
    name: str, people: list[dict[str, object]]
) -> None:
    draft = opened({name: people[1:], "before": people})
    assert draft.answers == {name: people[1:]}
    assert draft.rosters == {name: RosterInProgress(before=tuple(people))}

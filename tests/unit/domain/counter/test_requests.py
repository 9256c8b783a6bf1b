"""What a clerk does in the applicant's name: a twin of each of his steps, under his own rules."""

from datetime import date, timedelta

import pytest

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.case import Case, advance, find_entry
from portal.domain.cases.events import CaseSubmitted
from portal.domain.cases.workflow import WORKFLOWS, CaseWorkflow
from portal.domain.cases.workflow.counter import ASKED_BY, ASKED_ON, NO_PAGE_WHY
from portal.domain.counter.channels import OLDEST, kinds_to_key_in
from portal.domain.counter.requests import (
    list_requests,
    require_possible_day,
    snapshot_as_asked,
)
from portal.domain.records.engine import find_step, why_not
from portal.domain.records.event import Event
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from portal.domain.shared.errors import NotAccepted
from tests.support.house import MONDAY, new_case, rulebook

CLERK = Actor("li", frozenset({Role.INTAKE}))
TODAY = local_date(MONDAY)
SUBMITTED = CaseSubmitted(at=MONDAY, actor="visitor")
each_flow = pytest.mark.parametrize("flow", WORKFLOWS.values(), ids=lambda flow: str(flow.kind))


def walk(*codes: str, kind: CaseKind = CaseKind.HARDSHIP) -> tuple[Case, list[Event]]:
    """A case and its history after steps, all on one day."""
    case, history = new_case(kind), list[Event]([SUBMITTED])
    for number, code in enumerate(codes):
        step = case.workflow.steps[code]
        history.append(
            step.event(at=MONDAY, actor="visitor" if step.by_applicant else f"s{number}")
        )
        case = advance(case, step, history[-1], rulebook())
    return case, history


REFUSED = "accept", "refer_for_decision", "refuse"


@each_flow
def test_every_step_of_the_applicant_has_one_twin_with_the_same_event(flow: CaseWorkflow) -> None:
    own = {step.code: step for step in flow.steps.values() if step.by_applicant}
    twins = {step.twin_of: step for step in flow.steps.values() if step.twin_of}
    assert twins.keys() == own.keys()
    for code, twin in twins.items():
        assert (twin.event, twin.sources, twin.target) == (
            own[code].event, own[code].sources, own[code].target
        )  # fmt: skip
        assert {ASKED_BY, ASKED_ON} < {*twin.fields} | {"-"}
        assert set(own[code].guards) <= set(twin.guards)
        assert (NO_PAGE_WHY in twin.fields) is own[code].signed
        assert twin.by <= flow.readers
        keyers = {role for role in flow.readers
                  if flow.kind in kinds_to_key_in(Actor("li", frozenset({role})))}  # fmt: skip
        assert twin.by == (keyers or flow.readers)
        assert twin.by


def test_review_and_withdrawal_take_a_signed_page() -> None:
    signed = {
        (step.act) for flow in WORKFLOWS.values() for step in flow.steps.values() if step.signed
    }
    assert signed == {"ask_review", "withdraw"}


def test_a_request_without_a_signed_page_needs_the_reason() -> None:
    case, _ = walk()
    step = case.workflow.steps["withdraw_at_counter"]
    for asked, signed, may in (
        ({}, False, False), ({}, True, True), ({NO_PAGE_WHY: "电话里说的，已回拨"}, False, True),
    ):  # fmt: skip
        found = snapshot_as_asked(case, {ASKED_ON: "2026-11-23", **asked}, signed=signed)
        assert (why_not(case.workflow, found, step, CLERK) is None) is may


def test_the_day_on_which_he_asked_counts_for_the_limit() -> None:
    case, _ = walk(*REFUSED)
    assert case.due_on
    step = case.workflow.steps["ask_review_at_counter"]
    for late, may in ((0, True), (1, False)):
        asked_on = (case.due_on + timedelta(days=late)).isoformat()
        found = snapshot_as_asked(case, {ASKED_ON: asked_on}, signed=True)
        assert (why_not(case.workflow, found, step, CLERK) is None) is may


def test_a_review_is_offered_while_a_letter_may_have_come_in_time() -> None:
    case, _ = walk(*REFUSED)
    assert case.due_on
    for day, offered in ((case.due_on + OLDEST, True), (case.due_on + OLDEST * 2, False)):
        codes = {step.act for step in list_requests(case, day, CLERK)}
        assert ("ask_review" in codes) is offered


def test_he_cannot_have_asked_before_there_was_anything_to_ask() -> None:
    case, history = walk(*REFUSED)
    entry = history[find_entry(case, history)]
    assert entry is history[-1]
    require_possible_day(TODAY, entry, TODAY)
    with pytest.raises(NotAccepted, match="哪天提的"):
        require_possible_day(TODAY - timedelta(days=1), entry, TODAY)
    with pytest.raises(NotAccepted, match="60 天"):
        require_possible_day(TODAY, entry, TODAY + timedelta(days=61))
    written, history = walk("write")
    assert find_entry(written, history) == 0


def test_the_clock_of_what_he_asked_runs_from_the_day_on_which_he_asked() -> None:
    case, _ = walk(*REFUSED)
    step = case.workflow.steps["ask_review_at_counter"]
    later = MONDAY + timedelta(days=10)
    event = step.event(at=later, actor="li", on=date(2026, 11, 26))
    after = advance(case, step, event, rulebook())
    assert after.due_on == date(2026, 12, 3)  # 5 working days from the 26th
    assert after.unread
    assert after.taken[-1] == ("ask_review", "li")


def test_an_event_leads_back_to_his_own_step_or_to_its_twin() -> None:
    flow = WORKFLOWS[CaseKind.HARDSHIP]
    step = flow.steps["withdraw"]
    for actor, code in (("visitor", "withdraw"), ("li", "withdraw_at_counter")):
        found = find_step(flow, step.event(at=MONDAY, actor=actor))
        assert found
        assert found.code == code


def test_who_took_a_review_in_does_not_decide_it() -> None:
    both = Actor("li", frozenset({Role.INTAKE, Role.APPROVER}))
    case, _ = walk(*REFUSED)
    step = case.workflow.steps["ask_review_at_counter"]
    case = advance(case, step, step.event(at=MONDAY, actor="li"), rulebook())
    for code in ("change_decision", "uphold_decision"):
        deciding = case.workflow.steps[code]
        assert why_not(case.workflow, case.snapshot(TODAY), deciding, both)
        other = Actor("zhou", frozenset({Role.APPROVER}))
        assert why_not(case.workflow, case.snapshot(TODAY), deciding, other) is None


def test_he_rates_once_whether_by_himself_or_at_the_counter() -> None:
    case, _ = walk("answer", kind=CaseKind.CONSULTATION)
    flow, lawyer = case.workflow, Actor("wu", frozenset({Role.LAWYER}))
    for first in ("rate", "rate_at_counter"):
        step = flow.steps[first]
        rated = advance(case, step, step.event(at=MONDAY, actor="x"), rulebook())
        assert "rate" not in {one.act for one in list_requests(rated, TODAY, lawyer)}
        assert why_not(flow, rated.snapshot(TODAY), flow.steps["rate"], APPLICANT)

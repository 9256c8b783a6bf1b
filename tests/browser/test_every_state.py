"""The status page in every state, and every step that is the worker's, readable for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from portal.domain.cases.step_input import STATEMENT
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.records.guards import deadline_passed
from portal.domain.records.workflow import Step
from portal.domain.shared.case_kinds import CaseKind
from tests.app.portal import conftest as portal_tests
from tests.browser.judging import Judge
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.lives import LONG_AFTER, Move, find_lives
from tests.support.typed import right
from tests.support.walking import went_on

OpenPage = Callable[..., Page]
root, on_sqlite = portal_tests.root, portal_tests.on_sqlite
centre = portal_tests.centre
SAID = "示范医院，2026 年 9 月。"


def facts_of(step: Step) -> dict[str, str]:
    """Something right for every question of a step; which papers are asked for may stay open."""
    return {
        name: right(FIELDS[name]) for name in step.fields if FIELDS[name].kind is not Kind.SOME_OF
    }


def worker_takes(centre: Centre, filed: Filed, step: Step) -> list[TestResponse]:
    """Let the worker take a step; the pages that he sees on the way, the error among them."""
    follower, address = centre.follower(filed), f"/status/case/{step.code}"
    seen = [follower.get(address)]
    if step.fields or (step.statement and step.statement.required):
        seen.append(follower.post(address))
        assert seen[-1].status_code == 422
    assert went_on(follower.post(address, {STATEMENT: SAID, **facts_of(step)})) == "/status/case"
    return seen


def staff_take(centre: Centre, filed: Filed, move: Move) -> None:
    """Let a member of staff take a step, after the time limit if it must be over."""
    if deadline_passed in move.step.guards:
        centre.clock.advance(days=LONG_AFTER)
    centre.take(move.login, filed, move.step.code, SAID, **facts_of(move.step))


def pages_of(centre: Centre, kind: CaseKind) -> dict[str, str]:
    """Every page that a worker may see after the receipt, by step or by state."""
    pages: dict[str, str] = {}
    for life in find_lives(kind, late=True):
        filed, states = centre.case(kind), WORKFLOWS[kind].states
        labels = {state.public_label for state in states.values()}
        for move in [None, *life]:
            if move and move.by_applicant:
                for place, shown in enumerate(worker_takes(centre, filed, move.step)):
                    pages.setdefault(f"{move.step.code} {place}", shown.text)
            elif move:
                staff_take(centre, filed, move)
            status = centre.follower(filed).get("/status/case")
            label = next(one for one in labels if f"<h1>{one}</h1>" in status.text)
            pages.setdefault(label, status.text)
        last = life[-1].step.public_label
        assert last in words_of(status)
    assert labels <= pages.keys()
    return pages


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_every_state_and_step_is_readable_for_everybody(
    centre: Centre,
    open_page: OpenPage,
    kind: CaseKind,
) -> None:
    judge = Judge(open_page(script=True))
    for html in pages_of(centre, kind).values():
        judge.show(html)
    assert judge.found == []

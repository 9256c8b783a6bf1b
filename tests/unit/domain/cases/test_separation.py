"""Separation of duties: each row of the table, and the nearest that is still allowed."""

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.separation import SEPARATIONS, Separation
from portal.domain.records.engine import why_not
from portal.domain.records.guards import NO_PAGE, SIGNED_FORM, SIGNED_PAGE
from portal.domain.records.workflow import Snapshot

PAIRS = [
    pytest.param(row, kind, earlier, later, id=f"{kind} {earlier} {later}")
    for row in SEPARATIONS
    for kind in sorted(row.kinds)
    for earlier in sorted(row.earlier)
    for later in sorted(row.later)
]


def try_step(
    kind: str, later: str, taken: tuple[tuple[str, str], ...], *, others: str = "", trait: str = ""
) -> str | None:
    """Why somebody called li may not take the step now; None if he may."""
    flow = next(flow for flow in WORKFLOWS.values() if flow.kind == kind)
    step = flow.steps[later]
    actor = Actor("li", step.by, others=frozenset(others.split()))
    traits = frozenset({trait} if trait else ())
    (state, *_) = sorted(step.sources)
    snapshot = Snapshot(state=state, taken=taken, overdue=False, traits=traits)
    return why_not(flow, snapshot, step, actor)


@pytest.mark.parametrize(("row", "kind", "earlier", "later"), PAIRS)
def test_one_person_does_not_do_both_of_a_pair(
    row: Separation, kind: str, earlier: str, later: str
) -> None:
    between = ("request_supplement", "wang")
    assert try_step(kind, later, ((earlier, "li"), between)) == row.sentence
    assert try_step(kind, later, ((earlier, "li2"), between), others="li2") == row.sentence
    assert try_step(kind, later, ((earlier, "wang"), between)) is None
    assert try_step(kind, later, ((earlier, "li2"), between), others="li3") is None


@pytest.mark.parametrize(("row", "kind", "earlier", "later"), PAIRS)
def test_only_the_trait_that_a_row_names_lets_one_person_do_both(
    row: Separation, kind: str, earlier: str, later: str
) -> None:
    for trait in (SIGNED_FORM, SIGNED_PAGE, NO_PAGE):
        told = try_step(kind, later, ((earlier, "li"),), trait=trait)
        assert (told is None) is (trait == row.unless), trait


@pytest.mark.parametrize(("kind", "earlier", "later"), [
    ("hardship", "submit", "refer_for_decision"),
    ("hardship", "accept", "refer_for_decision"),
    ("hardship", "request_supplement", "approve"),
    ("hardship", "return_for_checking", "approve"),
    ("hardship", "return_for_checking", "uphold_decision"),
    ("objection", "begin_checking", "refer_for_decision"),
    ("objection", "return_for_checking", "keep_list"),
    ("jobs", "submit", "introduce_job"),
    ("consultation", "submit", "answer"),
])  # fmt: skip
def test_what_is_no_pair_one_person_does(kind: str, earlier: str, later: str) -> None:
    assert try_step(kind, later, ((earlier, "li"),)) is None


def test_every_row_names_steps_that_its_kinds_have() -> None:
    for row in SEPARATIONS:
        for kind in row.kinds:
            steps = WORKFLOWS[kind].steps.keys()
            assert row.later <= steps
            assert row.earlier <= steps | {"submit"}

"""The engine of all workflow tables, on a table made up here: guards and tasks beside the state."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.accounts.permissions import Role
from portal.domain.records.engine import open_tasks, require_step, steps_open_to, why_not
from portal.domain.records.event import Event, from_row, make_registry, to_row
from portal.domain.records.guards import (
    COLLECTIVE,
    AnotherPerson,
    Once,
    TaskDone,
    deadline_passed,
    describe_guards,
    within_deadline,
)
from portal.domain.records.tally import TALLY_FIELDS, check_tally
from portal.domain.records.workflow import (
    BY_APPLICANT,
    SAME,
    Awaiting,
    Snapshot,
    State,
    Step,
    Task,
    Workflow,
    states_of,
    steps_of,
)
from portal.domain.shared.errors import NotAllowed


class Visited(Event):
    """Somebody went to see the household."""


class Decided(Event):
    """It was decided."""


class Asked(Event):
    """The applicant asked."""


VISITORS = frozenset({Role.REVIEWER})
TABLE = Workflow(
    stale="现在是“{state}”，不能办",
    states=states_of(
        State("new", "新来的", "收到", "", Awaiting.CENTRE),
        State("done", "办好了", "办好", "", Awaiting.NOBODY),
    ),
    steps=steps_of(
        Step("visit", "去看", "", frozenset({"new"}), SAME, Visited, VISITORS, does="visit"),
        Step("decide", "决定", "", frozenset({"new"}), "done", Decided,
             frozenset({Role.APPROVER, Role.REVIEWER}),
             guards=(TaskDone("visit", "还没有两个人去看过"), AnotherPerson(frozenset({"visit"})))),
        Step("remind", "催", "", frozenset({"new"}), SAME, Asked, BY_APPLICANT,
             guards=(deadline_passed, Once("remind"))),
        Step("ask", "问", "", frozenset({"new"}), SAME, Asked, BY_APPLICANT,
             guards=(within_deadline,)),
    ),
    tasks=(
        Task(code="visit", label="入户", by=VISITORS, states=frozenset({"new"}),
             trait=COLLECTIVE, people=2),
    ),
)  # fmt: skip
LI, WANG = (Actor(name, VISITORS) for name in ("li", "wang"))
ZHAO = Actor("zhao", frozenset({Role.APPROVER}))


def snapshot(*taken: tuple[str, str], state: str = "new", overdue: bool = False) -> Snapshot:
    """A record with the trait that the task asks for."""
    found = Snapshot(state=state, taken=taken, overdue=overdue, traits=frozenset({COLLECTIVE}))
    tasks = frozenset(task.code for task in open_tasks(TABLE, found))
    return Snapshot(state=state, taken=taken, overdue=overdue, traits=found.traits,
                    open_tasks=tasks)  # fmt: skip


def test_a_task_is_done_when_so_many_different_persons_have_done_it() -> None:
    assert [task.code for task in open_tasks(TABLE, snapshot())] == ["visit"]
    twice = snapshot(("visit", "li"), ("visit", "li"))
    assert [task.code for task in open_tasks(TABLE, twice)] == ["visit"]
    assert open_tasks(TABLE, snapshot(("visit", "li"), ("visit", "wang"))) == ()


def test_a_task_arises_only_with_its_trait_and_in_its_states() -> None:
    assert open_tasks(TABLE, Snapshot(state="new")) == ()
    assert open_tasks(TABLE, snapshot(state="done")) == ()


def test_a_step_that_needs_a_task_says_so_until_it_is_done() -> None:
    decide = TABLE.steps["decide"]
    assert why_not(TABLE, snapshot(("visit", "li")), decide, ZHAO) == "还没有两个人去看过"
    both = snapshot(("visit", "li"), ("visit", "wang"))
    assert why_not(TABLE, both, decide, ZHAO) is None
    assert "换一个人" in (why_not(TABLE, both, decide, LI) or "")


@pytest.mark.parametrize(
    ("taken", "overdue", "open_to_him"),
    [((), False, ["ask"]), ((), True, ["remind"]), ((("remind", "visitor"),), True, [])],
)
def test_deadlines_and_once_let_a_step_through_or_not(
    taken: tuple[tuple[str, str], ...], overdue: bool, open_to_him: list[str]
) -> None:
    standing = snapshot(*taken, overdue=overdue)
    assert [step.code for step in steps_open_to(TABLE, standing, APPLICANT)] == open_to_him


def test_what_no_longer_fits_is_refused_with_the_state_it_is_in() -> None:
    with pytest.raises(NotAllowed, match="现在是“办好了”，不能办"):
        require_step(TABLE, snapshot(state="done"), "visit", LI)
    with pytest.raises(NotAllowed, match="没有这一步"):
        require_step(TABLE, snapshot(), "burn", LI)
    with pytest.raises(NotAllowed, match="您的岗位"):
        require_step(TABLE, snapshot(), "visit", ZHAO)
    with pytest.raises(NotAllowed, match="您的岗位"):
        require_step(TABLE, snapshot(), "visit", APPLICANT)


def test_every_guard_is_described_for_the_manual() -> None:
    guards = [guard for step in TABLE.steps.values() for guard in step.guards]
    assert describe_guards(guards) == [
        "after `visit` is done", "not by who took `visit`", "only after the time limit", "once",
        "only within the time limit",
    ]  # fmt: skip


MOMENT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""1 o'clock on the 25th in Shanghai."""


def test_an_event_happens_on_the_day_it_is_recorded_unless_it_says_otherwise() -> None:
    assert Visited(at=MOMENT, actor="li").on == date(2026, 11, 25)
    assert Visited(at=MOMENT, actor="li", on=date(2026, 11, 3)).on == date(2026, 11, 3)
    with pytest.raises(ValueError, match="after it is recorded"):
        Visited(at=MOMENT, actor="li", on=date(2026, 11, 26))


def test_day_tally_and_promise_come_back_from_the_row() -> None:
    event = Visited(at=MOMENT, actor="li", on=date(2026, 11, 3), due_on=date(2026, 12, 1),
                    tally={"town": "qs03", "amount_fen": 5})  # fmt: skip
    assert from_row(make_registry([Visited]), to_row(event)) == event


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "li"), ("town", "青石镇"), ("town", ""), ("town", 3), ("amount_fen", "3"),
     ("amount_fen", True), ("amount_fen", 1.5), ("person", "示范 老陈"), ("card", "-x"),
     ("topic", "a" * 41)],
)  # fmt: skip
def test_a_tally_takes_nothing_but_sums_and_codes_of_its_table(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        check_tally({name: value})  # type: ignore[dict-item]


@pytest.mark.parametrize("name", TALLY_FIELDS)
def test_a_tally_takes_what_its_table_names(name: str) -> None:
    check_tally({name: 3 if TALLY_FIELDS[name].summed else "a" * 40})

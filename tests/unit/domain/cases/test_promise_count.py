"""Promises kept and missed: alike by events and by histories, as counting day by day makes it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.case import Case, advance
from portal.domain.cases.events import CaseSubmitted
from portal.domain.cases.promise_count import PromiseCount, count_promises
from portal.domain.cases.promised_date import judge_promise
from portal.domain.records.event import Event
from portal.domain.records.workflow import REOPENED, Awaiting, Step
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from tests.support.house import MONDAY, new_case, rulebook

ENDING = {"accept", "refer_for_decision", "approve", "refuse", "change_decision", "uphold_decision"}
"""What the centre promised to have done by its day; whatever else happens ends no promise."""
LIMITS = {"submitted": "intake_check", "accepted": "checking",
          "awaiting_decision": "approval", "under_review": "approval"}  # fmt: skip
BEGIN, END = date(2026, 1, 1), date(2028, 1, 1)


@dataclass
class DayByDay:
    """A centre that counts on its fingers: so many working days are left, or the day has passed."""

    state: str = "submitted"
    left: int = 0
    passed: bool = False

    def __post_init__(self) -> None:
        self.ended, self.when_left = Counter[str](), dict[str, tuple[int, bool]]()
        self.promise_anew()

    def promise_anew(self) -> None:
        self.left, self.passed = rulebook().deadline(LIMITS[self.state]).limit, False

    def let_pass(self, day: date) -> None:
        """A day begins; while the worker is awaited, or nobody, none is counted."""
        if self.state not in LIMITS:
            return
        calendar = rulebook().calendar
        off = day in calendar.holidays or (day.month, day.day) == (1, 1)
        if self.left == 0:
            self.passed = True
        elif day in calendar.make_up_days or (day.weekday() < 5 and not off):
            self.left -= 1

    def take(self, code: str, state: str) -> None:
        """A step is taken, and leads to a state."""
        if code in ENDING:
            self.ended["no" if self.passed else "yes"] += 1
        if state == self.state:
            return
        before, self.state = self.state, state
        if before in LIMITS:
            self.when_left[before] = (self.left, self.passed)
        if code == "give_supplement":
            self.left, self.passed = self.when_left[state]
            self.left = max(self.left, 1)
        elif code == "return_for_checking":
            late = self.passed
            self.left, self.passed = self.when_left[state]
            self.left, self.passed = max(self.left, 1), self.passed or late
        elif state in LIMITS:
            self.promise_anew()


def possible_steps(case: Case) -> list[Step]:
    """The steps that lead from where the case is, whoever may take them."""
    return [
        step for step in case.workflow.steps.values()
        if case.state in step.sources and not step.twin_of and not step.extends
        and step.target != REOPENED
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), max_size=14))
def test_promises_are_counted_alike_by_event_by_history_and_day_by_day(
    walk: list[tuple[int, int]],
) -> None:
    case, model, now = new_case(CaseKind.HARDSHIP), DayByDay(), MONDAY
    history: list[Event] = [CaseSubmitted(at=MONDAY, actor="visitor", due_on=case.due_on)]
    by_event = Counter[str]()
    for days, choice in walk:
        steps = possible_steps(case)
        if not steps:
            break
        now = pass_days(model, now, days)
        step = steps[choice % len(steps)]
        actor = "visitor" if step.by_applicant else "li"
        event = step.event(at=now, actor=actor)
        told = judge_promise(case, step, event)
        by_event.update(str(one) for one in told.values())
        case = advance(case, step, event, rulebook())
        history.append(replace(event, tally=told, due_on=case.due_on))
        model.take(step.code, case.state)
        if case.state_row.awaiting is Awaiting.CENTRE:
            assert case.overdue(local_date(now)) is model.passed
    assert by_event == model.ended
    counted = count_promises(case, history, rulebook(), BEGIN, END)
    assert counted == PromiseCount(by_event["yes"], by_event["no"])


def pass_days(model: DayByDay, now: datetime, days: int) -> datetime:
    """Let so many days pass."""
    for _ in range(days):
        now += timedelta(days=1)
        model.let_pass(local_date(now))
    return now

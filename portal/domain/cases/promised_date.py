"""The promised day: what it was at first, and why it is another now. Told from the events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.cases.case import Case, advance, open_case
from portal.domain.cases.events import Event, ReturnedForChecking, ReviewAsked
from portal.domain.cases.workflow import BACK, OPENING, SAME, Awaiting, Step
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import format_date, local_date


@dataclass(frozen=True, slots=True)
class Pause:
    """Days in which the centre waited for the applicant; `until` None: it still does."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Promise:
    """The promise for the stage that the case is in: the first day, the day now, the pauses.

    `now` is None while the clock stands. `anew` is what put a new day in the place of an earlier
    one: the type of the event, None if nothing did.
    """

    first: date
    now: date | None
    pauses: tuple[Pause, ...] = ()
    anew: type[Event] | None = None

    @property
    def moved(self) -> bool:
        """Whether there is anything to explain."""
        return self.now != self.first or self.anew is not None


def first_promise(case: Case, rules: Rulebook) -> date | None:
    """Return the day promised when the case was handed in; None if its kind promises none."""
    return open_case(case, rules).due_on


def find_promise(case: Case, history: Iterable[Event], rules: Rulebook) -> Promise | None:
    """Return the promise that holds for the case, by going through its history once more.

    None if nothing is promised, and where today's rules do not lead to the day that the case
    carries: then the rules were changed meanwhile, and whatever was said could be wrong.
    """
    replayed = open_case(_as_filed(case), rules)
    promise = Promise(replayed.due_on, replayed.due_on) if replayed.due_on else None
    by_event = {step.event: step for step in case.workflow.steps.values()}
    for event in history:
        step = by_event.get(type(event))
        if step is None or step.target == SAME:
            continue
        replayed = advance(replayed, step, event, rules)
        promise = _after(promise, step, event, replayed)
    same = (replayed.state, replayed.due_on) == (case.state, case.due_on)
    return promise if same else None


def _as_filed(case: Case) -> Case:
    return Case(case.receipt, case.kind, OPENING, case.submitted_at, case.submitted_at)


def _after(promise: Promise | None, step: Step, event: Event, case: Case) -> Promise | None:
    day = local_date(event.at)
    match case.state_row.awaiting:
        case Awaiting.APPLICANT if promise:
            pauses = (*promise.pauses, Pause(day, None))
            return Promise(promise.first, None, pauses, promise.anew)
        case Awaiting.CENTRE if step.target == BACK and promise and promise.pauses:
            pauses = (*promise.pauses[:-1], Pause(promise.pauses[-1].since, day))
            return Promise(promise.first, case.due_on, pauses, promise.anew)
        case Awaiting.CENTRE if case.due_on:
            anew = type(event) if type(event) in _ANEW else None
            return Promise(case.due_on, case.due_on, (), anew)
    return None


_ANEW: dict[type[Event], str] = {
    ReviewAsked: "您申请了复核，换了人从头看，日子从那天重新算",
    ReturnedForChecking: "有的情况要再核实一遍，日子重新算",
}


def explain_promise(promise: Promise) -> list[str]:
    """Explain in sentences why the promised day is not the first one; empty if it is."""
    sentences = [f"{_ANEW[promise.anew]}。"] if promise.anew else []
    if promise.moved and promise.pauses:
        sentences.append(f"本来答应 {format_date(promise.first)}以前办好这一步。")
    for pause in promise.pauses:
        since = format_date(pause.since)
        if pause.until is None:
            sentences.append(f"{since}起在等您补，补好以前不计时。您补了以后，剩下的天数接着算。")
        elif pause.until == pause.since:
            sentences.append(f"{since}请您补过一次，当天就补好了，接着计时。")
        else:
            sentences.append(f"{since}到 {format_date(pause.until)}在等您补，这几天不计时。")
    return sentences if promise.moved else []

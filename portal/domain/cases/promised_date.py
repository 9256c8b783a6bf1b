"""The promised day: what it was at first, and why it is another now. Told from the events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.cases.case import Case, open_case, replay
from portal.domain.cases.events import CaseReopened, CaseSubmitted, ReturnedForChecking, ReviewAsked
from portal.domain.records.event import Event
from portal.domain.records.tally import Tally
from portal.domain.records.workflow import BACK, SAME, Awaiting, Step
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
    one: the type of the event, None if nothing did. `extended`: it was moved, with a reason.
    """

    first: date
    now: date | None
    pauses: tuple[Pause, ...] = ()
    anew: type[Event] | None = None
    extended: bool = False

    @property
    def moved(self) -> bool:
        """Whether there is anything to explain."""
        return self.now != self.first or self.anew is not None


def first_promise(case: Case, rules: Rulebook) -> date | None:
    """Return the day promised when the case was handed in; None if its kind promises none."""
    return open_case(case, rules).due_on


def find_promise(case: Case, history: Iterable[Event], rules: Rulebook) -> Promise | None:
    """Return the promise that holds for the case, by going through its history once more.

    Each event tells the day that was promised when it was recorded. Those of before 0.2.0 do
    not: where today's rules do not lead to the day that the case carries, they were changed
    meanwhile, whatever was said could be wrong, and None is returned. None also if nothing is
    promised.
    """
    promise, now = None, None
    for event, step, now in replay(case, history, rules):
        if isinstance(event, CaseSubmitted) and now.due_on:
            promise = Promise(now.due_on, now.due_on)
        elif step is not None and step.target != SAME:
            promise = _after(promise, step, event, now)
        elif step is not None and step.extends and promise:
            promise = replace(promise, now=now.due_on, extended=True)
    same = now is not None and (now.state, now.due_on) == (case.state, case.due_on)
    return promise if same else None


def _after(promise: Promise | None, step: Step, event: Event, case: Case) -> Promise | None:
    day = local_date(event.at)
    match case.state_row.awaiting:
        case Awaiting.APPLICANT if promise:
            pauses = (*promise.pauses, Pause(day, None))
            return replace(promise, now=None, pauses=pauses)
        case Awaiting.CENTRE if step.target == BACK and promise and promise.pauses:
            pauses = (*promise.pauses[:-1], Pause(promise.pauses[-1].since, day))
            return replace(promise, now=case.due_on, pauses=pauses)
        case Awaiting.CENTRE if case.due_on:
            anew = type(event) if type(event) in _ANEW else None
            return Promise(case.due_on, case.due_on, (), anew)
    return None


_ANEW: dict[type[Event], str] = {
    ReviewAsked: "您申请了复核，要换人从头看，日子从那天重新算",
    CaseReopened: "您的事重新办理，日子从那天重新算",
    ReturnedForChecking: "有的情况要再核实一遍，没用完的天数接着算",
}


def judge_promise(case: Case, step: Step, event: Event) -> Tally:
    """Return what a step counts for, if it ends what the centre had promised: kept, or not.

    What asks the applicant, leads back or begins again ends nothing.
    """
    target = case.workflow.states.get(step.target)
    waited = case.state_row.awaiting is Awaiting.CENTRE and not step.from_applicant
    if not waited or target is None or case.due_on is None or step.resumes:
        return {}
    if target.code == case.state or target.awaiting is Awaiting.APPLICANT:
        return {}
    return {"kept": "no" if case.overdue(local_date(event.at)) else "yes"}


def explain_promise(promise: Promise) -> list[str]:
    """Explain in sentences why the promised day is not the first one; empty if it is."""
    sentences = [f"{_ANEW[promise.anew]}。"] if promise.anew else []
    if promise.moved and (promise.pauses or promise.extended):
        sentences.append(f"本来答应 {format_date(promise.first)}以前办好这一步。")
    if promise.extended:
        sentences.append("情况复杂，办理期限延长过一次，理由写在办理经过里。")
    for pause in promise.pauses:
        since = format_date(pause.since)
        if pause.until is None:
            sentences.append(f"{since}起在等您补，补好以前不计时。您补了以后，剩下的天数接着算。")
        elif pause.until == pause.since:
            sentences.append(f"{since}请您补过一次，当天就补好了，接着计时。")
        else:
            sentences.append(f"{since}到 {format_date(pause.until)}在等您补，这几天不计时。")
    return sentences if promise.moved else []

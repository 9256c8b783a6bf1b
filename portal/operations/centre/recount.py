"""Making again what is derived, and comparing: heads from histories, tasks from heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, replay
from portal.domain.cases.events import AnswersCorrected, CaseSubmitted
from portal.domain.counter.contacts import replay_contact
from portal.domain.records.engine import open_tasks
from portal.domain.records.event import Event
from portal.operations.centre.restore import Progress
from portal.operations.claim_limits import stands_as_kept
from portal.operations.office import Office
from portal.store import audit, cases, contacts, records, traces
from portal.store.case_heads import is_head_consistent
from portal.store.cases import CASES
from portal.store.errors import Damaged

_FILING = {AuditAction.SUBMIT, AuditAction.KEY_IN}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What else the store says of all cases: open tasks, and who did something when, by the log."""

    tasks: dict[str, set[str]]
    acts: set[tuple[str, str, str]]


def find_wrong_cases(office: Office, progress: Progress) -> list[str]:
    """List each case that is not what its history makes of it, and what differs.

    Reads all of them as they are at one moment; what was erased cannot be read, and is passed over.
    """
    with office.store.db.snapshot():
        numbers = list(cases.every_number(office.store))
        beside, filed = _read_beside(office)
        owners = records.list_numbers(office.store, CASES)
        traced = {records.number_of(name) for name in traces.list_traced(office.store)}
        lost = (filed | owners | traced | beside.tasks.keys()) - set(numbers)
        wrong = [f"{number}：办件不见了" for number in sorted(lost)]
        for done, number in enumerate(numbers, 1):
            progress(done, len(numbers))
            if differing := _examine(office, number, beside):
                wrong.append(f"{number}：{differing}")
    return wrong


def _read_beside(office: Office) -> tuple[_Beside, set[str]]:
    """Read what stands beside the cases, and the numbers of those that were filed."""
    acts, filed = set[tuple[str, str, str]](), set[str]()
    for entry, _ in audit.entries(office.store):
        acts.add((entry.object, entry.at, entry.actor))
        if entry.action in _FILING:
            filed.add(entry.object)
    return _Beside(cases.list_open_tasks(office.store), acts), filed


def _examine(office: Office, number: str, beside: _Beside) -> str:
    try:
        stored = cases.find_case(office.store, number)
        if stored is None:
            return ""
        if stored.erased:
            return "" if cases.traces_are_kept(office.store, stored) else "线索对不上"
        history = cases.history(office.store, stored)
        told = _compare(office, stored.case, history, beside)
        told["线索"] = cases.traces_are_kept(office.store, stored)
        told["法律期限的次序"] = stands_as_kept(office, stored)
        if all(told.values()):  # what follows from a wrong head is wrong as well
            told["清单的栏目"] = is_head_consistent(stored.record, stored.case)
    except Damaged as damage:
        return str(damage)
    except (LookupError, ValueError, TypeError):
        return "读不出来"
    return "、".join(f"{what}对不上" for what, right in told.items() if not right)


def _compare(
    office: Office, case: Case, history: Sequence[Event], beside: _Beside
) -> dict[str, bool]:
    """Tell of each thing whether it is right."""
    made, taken = case, list[tuple[str, str]]()
    for event, step, after in replay(case, history, office.rules):
        if isinstance(event, CaseSubmitted):
            taken.append(("submit", event.actor))
        elif step is not None:
            taken.append((step.act, event.actor))
        made = after
    due = {task.code for task in open_tasks(case.workflow, case.snapshot(office.today()))}
    return {
        "版本": case.version == len(history) - 1,
        "状态": made.state == case.state,
        "承办人": made.holder == case.holder,
        "回避的人": made.excluded == case.excluded,
        "放到哪天": (made.held_until, made.holds) == (case.held_until, case.holds),
        "办过的步骤": tuple(taken) == case.taken,
        "旁边要办的事": due == set(case.tasks) == beside.tasks.get(case.receipt, set()),
        "期限": _is_promised(case, history),
        "统计的项目": _is_counted_by(case, history),
        "操作记录": all(act in beside.acts for act in _acts(case, history)),
    }


def find_wrong_contacts(office: Office) -> list[str]:
    """List each contact that is not what its history makes of it."""
    wrong = []
    for number in contacts.every_contact(office.store):
        try:
            made = replay_contact(number, contacts.contact_history(office.store, number))
            if made != contacts.find_contact(office.store, number):
                wrong.append(f"{number}：接待登记对不上")
        except (Damaged, LookupError, ValueError, TypeError):
            wrong.append(f"{number}：接待登记读不出来")
    return wrong


def _is_counted_by(case: Case, history: Sequence[Event]) -> bool:
    """Tell whether each event counts for what the case did then; what is put right counts anew."""
    tally = dict(case.tally)
    for event in reversed(history):
        if not tally.items() <= event.tally.items():
            return False
        if isinstance(event, AnswersCorrected):
            tally = {}  # before that it counted for something else
    return True


def _is_promised(case: Case, history: Sequence[Event]) -> bool:
    """Tell whether the last event left this day; those of before 0.2.0 carry none."""
    last = history[-1].due_on
    return case.due_on == last or (last is None and history[0].due_on is None)


def _acts(case: Case, history: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    """Yield what the log must say: each event is written together with its entry."""
    return ((case.receipt, event.at.isoformat(), event.actor) for event in history)

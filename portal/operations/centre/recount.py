"""Making again what is derived, and comparing: heads from histories, tasks from heads."""

from collections.abc import Iterator

from portal.domain.cases.case import Case, replay
from portal.domain.cases.events import CaseSubmitted
from portal.domain.records.engine import open_tasks
from portal.domain.records.event import Event
from portal.operations.centre.restore import Progress
from portal.operations.office import Office
from portal.store import cases
from portal.store.errors import Damaged


def find_wrong_cases(office: Office, progress: Progress) -> Iterator[str]:
    """Yield the number of each case that is not what its history makes of it, and what differs.

    Reads all of them; what was erased cannot be read, and is passed over.
    """
    total = cases.count_all(office.store)
    with_rows = cases.list_open_tasks(office.store)
    for number, stored in enumerate(cases.every_case(office.store), 1):
        progress(number, total)
        if stored.erased:
            continue
        case = stored.case
        try:
            history = cases.history(office.store, stored)
        except Damaged as damage:
            yield f"{case.receipt}：{damage}"
            continue
        if wrong := _compare(office, case, history, with_rows.get(case.receipt, set())):
            yield f"{case.receipt}：{wrong}"


def _compare(office: Office, case: Case, history: list[Event], rows: set[str]) -> str:
    state, taken = "", list[tuple[str, str]]()
    for event, step, after in replay(case, history, office.rules):
        if isinstance(event, CaseSubmitted):
            taken.append(("submit", event.actor))
        elif step is not None:
            taken.append((step.code, event.actor))
        state = after.state
    due = {task.code for task in open_tasks(case.workflow, case.snapshot(office.today()))}
    told = {
        "版本": case.version == len(history) - 1,
        "状态": state == case.state,
        "办过的步骤": tuple(taken) == case.taken,
        "旁边要办的事": due == set(case.tasks) == rows,
    }
    return "、".join(f"{what}对不上" for what, right in told.items() if not right)

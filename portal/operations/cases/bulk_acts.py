"""One act on many cases: each by itself, and of each that could not be done, why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import LEADERS
from portal.domain.cases.case import Case
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.step_input import STATEMENT
from portal.domain.records.engine import steps_open_to
from portal.domain.records.workflow import Step
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.domain.shared.reasons import require_reason
from portal.operations.accounts.access import require_open_case
from portal.operations.cases import assignment, holds, steps
from portal.operations.cases.snapshots import take_snapshot
from portal.operations.office import Office
from portal.store import cases
from portal.store.cases import StoredCase

MOST_AT_ONCE = 40
"""So many cases at once: what fits on a page that somebody reads before he says yes."""
_WHY = "请写一句为什么，比如：请病假两周"


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of many cases: the receipts that went through, and why each other did not."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BulkChoice:
    """Something that can be done with some of the chosen cases: its code, and with how many.

    `consequence` is what cannot be taken back, empty if nothing is. `told`: each applicant
    reads the reason.
    """

    code: str
    label: str
    count: int
    consequence: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """A case that was ticked, as it is now: nothing in it tells who the person is."""

    receipt: str
    version: int
    kind_label: str
    state_label: str


def read_chosen(office: Office, actor: Actor, receipts: Sequence[str]) -> list[ChosenCase]:
    """Read the ticked cases, in their order; those that the actor may not open are left out."""
    return [
        ChosenCase(case.receipt, case.version, case.workflow.label, case.state_row.staff_label)
        for case in _open_chosen(office, actor, receipts)
    ]


def list_steps_together(office: Office, actor: Actor, receipts: Sequence[str]) -> list[BulkChoice]:
    """List the steps that the actor may take on some of these cases at once."""
    found = dict[str, BulkChoice]()
    for case in _open_chosen(office, actor, receipts):
        for step in steps_open_to(case.workflow, take_snapshot(office, case), actor):
            if may_be_taken_together(step):
                count = found[step.code].count + 1 if step.code in found else 1
                found[step.code] = BulkChoice(
                    step.code, step.label, count, step.consequence, step.alike
                )
    return list(found.values())


def list_takers(office: Office, actor: Actor, receipts: Sequence[str]) -> list[str]:
    """List the logins of who can bring on at least one of these cases."""
    hands = [
        login
        for case in _open_chosen(office, actor, receipts)
        if case.open
        for login in assignment.list_colleagues(office, case)
    ]
    return list(dict.fromkeys(hands))


def may_be_taken_together(step: Step) -> bool:
    """Tell whether a step says nothing of its own about each case: no answers, no other words."""
    wordless = step.statement is None or not step.statement.required or step.alike
    return wordless and not step.fields and not step.by_applicant


def _open_chosen(office: Office, actor: Actor, receipts: Sequence[str]) -> list[Case]:
    found = list[Case]()
    for receipt in dict.fromkeys(receipts[:MOST_AT_ONCE]):
        try:
            found.append(require_open_case(office, actor, receipt).case)
        except (NotAllowed, NotFound):
            continue
    return found


def take_together(
    office: Office, actor: Actor, chosen: Sequence[tuple[str, int]], code: str, why: str
) -> BulkOutcome:
    """Take one step on each case as it was seen, and keep why for colleagues.

    Where the words of the step are alike for all, why is what each applicant is told.
    NotAccepted without a reason, or for a step that asks for something of its own.
    """
    reason = require_reason(why, _WHY)

    def act(receipt: str, version: int) -> None:
        stored = require_open_case(office, actor, receipt)
        step = stored.case.workflow.steps.get(code)
        if step is None or not may_be_taken_together(step):
            raise NotAllowed("这一步要一件一件办")
        with office.store.transaction():
            typed = {STATEMENT: [reason]} if step.alike else {}
            steps.take_step(office, actor, receipt, version, code, typed)
            after = _version_of(office, receipt)
            holds.write_remark(office, actor, receipt, after, f"和别的一起办的：{reason}")

    return _do_each(chosen, act)


def _version_of(office: Office, receipt: str) -> int:
    stored = cases.find_case(office.store, receipt)
    return stored.case.version if stored else 0


def assign_together(
    office: Office, actor: Actor, chosen: Sequence[tuple[str, int]], to: str, why: str
) -> BulkOutcome:
    """Put each case, as it was seen, into the hands of `to`. NotAccepted without a reason."""
    reason = require_reason(why, _WHY)

    def act(receipt: str, version: int) -> None:
        assignment.assign_case(office, actor, receipt, version, to, reason)

    return _do_each(chosen, act)


def hand_over_all(office: Office, actor: Actor, login: str, to: str, why: str) -> BulkOutcome:
    """Put everything that somebody has in hand into other hands, each by itself.

    NotAllowed for who neither has it in hand nor decides, NotAccepted without a reason. What the
    actor may not open stays where it is, without a word.
    """
    if actor.login != login and not LEADERS & actor.roles:
        raise NotAllowed("只有本人、审批人和主任能把一个人手上的都交出去")
    held = [(one.case.receipt, one.case.version) for one in _list_open(office, actor, login)]
    return assign_together(office, actor, held, to, why)


def count_held(office: Office, actor: Actor, login: str) -> int:
    """Count what somebody has in hand, as far as the actor may open it."""
    return len(_list_open(office, actor, login))


def _list_open(office: Office, actor: Actor, login: str) -> list[StoredCase]:
    held = cases.list_held(office.store, login)
    return [one for one in held if may_open(one.case, actor)]


def _do_each(chosen: Sequence[tuple[str, int]], act: Callable[[str, int], None]) -> BulkOutcome:
    done, refused = list[str](), list[tuple[str, str]]()
    for receipt, version in chosen:
        try:
            act(receipt, version)
            done.append(receipt)
        except Changed:
            refused.append((receipt, "刚刚有人办过"))
        except NotFound:
            refused.append((receipt, "没有这一件"))
        except (NotAccepted, NotAllowed) as reason:
            refused.append((receipt, str(reason)))
    return BulkOutcome(tuple(done), tuple(refused))

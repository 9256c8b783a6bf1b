"""In whose hands a case is（承办人）: taking it, handing it over, what a leaver leaves behind."""

from dataclasses import replace

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import LEADERS, Duties, Role
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, advance_outside
from portal.domain.cases.events import CaseAssigned
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.holder import list_doers, list_next_steps
from portal.domain.records.engine import why_not
from portal.domain.records.workflow import Snapshot
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.domain.shared.reasons import clean_reason
from portal.operations.accounts import account_requests, staff_accounts
from portal.operations.accounts.access import require_case_as_seen
from portal.operations.cases.snapshots import take_snapshot
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.store import accounts, cases
from portal.store.cases import StoredCase


def list_colleagues(office: Office, case: Case) -> list[str]:
    """List the logins of who can bring this case on as it stands, in the order of accounts."""
    snapshot = _snapshot_to_come(office, case)
    return [
        one.login
        for one in accounts.all_accounts(office.store)
        if not one.disabled and _why_not_hold(case, snapshot, one.actor) is None
    ]


def list_doers_to_come(case: Case) -> list[Role]:
    """List the roles that can bring the case on, in the order of the table."""
    doers = list_doers(case.workflow, _state_to_come(case))
    return [role for role in Role if role in doers]


def may_assign(case: Case, actor: Actor) -> bool:
    """Tell whether somebody says in whose hands an open case is: who leads, or can bring it on."""
    doers = list_doers(case.workflow, _state_to_come(case))
    return case.open and bool((LEADERS | doers) & actor.roles)


def assign_case(
    office: Office, actor: Actor, receipt: str, version: int, to: str, why: str
) -> None:
    """Put a case into the hands of `to`, a login; into nobody's if it is empty.

    What nobody has in hand may be taken without a reason. NotAllowed for who may neither hold it
    nor decide on such cases, NotAccepted for a colleague who cannot bring it on, Changed if
    somebody was quicker.
    """
    with office.store.transaction():
        stored = require_case_as_seen(office, actor, receipt, version)
        _require_may_assign(stored.case, actor)
        takes_it = to == actor.login and not stored.case.holder
        reason = clean_reason(why)
        if not reason and not takes_it:
            raise NotAccepted("请写一句为什么换人，比如：他请假，我来接")
        _assign(office, stored, actor.login, to, reason)


def disable_and_release(office: Office, login: str, by: str) -> None:
    """Shut an account out, and let go what it has in hand, in one go."""
    with office.store.transaction():
        staff_accounts.set_disabled(office, login, True, by)
        _release(office, login, by)


def change_duties_and_release(office: Office, login: str, duties: Duties, by: str) -> None:
    """Give an account other duties, and let go what it can no longer bring on, in one go."""
    with office.store.transaction():
        staff_accounts.change_duties(office, login, duties, by)
        _release(office, login, by)


def agree_and_release(office: Office, actor: Actor, row_id: int) -> str:
    """Agree to a change of an account as the second person, in one go with what follows.

    Returns the code that opens the link, empty if none is made; see `account_requests.agree`.
    """
    with office.store.transaction():
        code = account_requests.agree(office, actor, row_id)
        if request := account_requests.find_agreed_roles(office, row_id):
            change_duties_and_release(office, request.login, request.duties, request.by)
    return code


def _release(office: Office, login: str, by: str) -> None:
    account = staff_accounts.find_staff(office, login)
    for held in cases.list_held(office.store, login):
        snapshot = _snapshot_to_come(office, held.case)
        problem = _why_not_hold(held.case, snapshot, account.actor)
        if account.disabled or problem:
            _record(office, held, by, "", "账号停用了，或者换了岗位")


def _assign(office: Office, stored: StoredCase, by: str, to: str, reason: str) -> None:
    case = stored.case
    if to == case.holder:
        raise NotAccepted("已经在他手上，不用再换" if to else "本来就没有人领")
    if to:
        account = accounts.find_account(office.store, to)
        if account is None or account.disabled:
            raise NotAccepted("没有这个人，或者账号停用了。请另选一个人")
        snapshot = _snapshot_to_come(office, case)
        if problem := _why_not_hold(case, snapshot, account.actor):
            raise NotAccepted(f"不能交给{account.name}：{problem}")
    _record(office, stored, by, to, reason)


def _record(office: Office, stored: StoredCase, by: str, to: str, reason: str) -> None:
    happened = CaseAssigned(at=office.now(), actor=by, holder=to, text=reason)
    after = advance_outside(stored.case, happened)
    record_event(office, stored, happened, after, AuditAction.ASSIGN, to)


def _require_may_assign(case: Case, actor: Actor) -> None:
    if not case.open:
        raise NotAllowed("已经办完，不用再换人")
    if not may_assign(case, actor):
        raise NotAllowed("您的岗位不办这一步，不能换承办人")


def _state_to_come(case: Case) -> str:
    """Return the state in which staff go on: that of before, while the applicant is awaited."""
    return case.returns_to or case.state


def _snapshot_to_come(office: Office, case: Case) -> Snapshot:
    return replace(take_snapshot(office, case), state=_state_to_come(case))


def _why_not_hold(case: Case, snapshot: Snapshot, actor: Actor) -> str | None:
    """Say why somebody cannot bring the case on, as it will stand; None if he can."""
    if not may_open(case, actor):
        return "他的岗位不看这一类办件，或者他要回避"
    if not list_doers(case.workflow, snapshot.state) & actor.roles:
        return "他的岗位不办这一步"
    steps = list_next_steps(case.workflow, snapshot.state)
    reasons = [why_not(case.workflow, snapshot, step, actor) for step in steps]
    return reasons[0] if all(reasons) else None

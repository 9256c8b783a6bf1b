"""Keeping out of a case（回避）: who is kin, or a party, neither sees it nor decides on it."""

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import EXCLUDERS
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, advance_outside
from portal.domain.cases.events import ColleagueExcluded, ColleagueReadmitted
from portal.domain.cases.exclusion import may_open
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.domain.shared.reasons import require_reason
from portal.operations.accounts.access import require_case_as_seen
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.store import accounts


def list_readers(office: Office, case: Case) -> list[str]:
    """List the logins of all who may open this case, in the order of accounts."""
    return [
        one.login
        for one in accounts.all_accounts(office.store)
        if not one.disabled and may_open(case, one.actor)
    ]


def exclude_colleague(
    office: Office, actor: Actor, receipt: str, version: int, login: str, why: str
) -> None:
    """Keep somebody out of a case from now on; what he has in hand of it is let go.

    Everybody may keep out himself, who decides may name others. NotAllowed for other people,
    NotAccepted without a reason or for nobody who opens such cases, Changed if somebody was
    quicker.
    """
    if login != actor.login and not EXCLUDERS & actor.roles:
        raise NotAllowed("只能说自己要回避；要别人回避，请审批人或者主任来定")
    reason = require_reason(why, "请写一句为什么要回避，比如：申请人是我表弟")
    with office.store.transaction():
        stored = require_case_as_seen(office, actor, receipt, version)
        if login not in list_readers(office, stored.case):
            raise NotAccepted("没有这个人，或者他本来就看不到这一件。请另选一个人")
        event = ColleagueExcluded(at=office.now(), actor=actor.login, colleague=login, text=reason)
        after = advance_outside(stored.case, event)
        record_event(office, stored, event, after, AuditAction.EXCLUDE, login)


def readmit_colleague(
    office: Office, actor: Actor, receipt: str, version: int, login: str, why: str
) -> None:
    """Let somebody see a case again whose reason to keep out is gone; who decides says so.

    NotAllowed for others, NotAccepted without a reason or if he did not keep out, Changed if
    somebody was quicker.
    """
    if not EXCLUDERS & actor.roles:
        raise NotAllowed("不用再回避，由审批人或者主任来定")
    reason = require_reason(why, "请写一句为什么不用再回避")
    with office.store.transaction():
        stored = require_case_as_seen(office, actor, receipt, version)
        if login not in stored.case.excluded:
            raise NotAccepted("这个人没有在回避")
        event = ColleagueReadmitted(
            at=office.now(), actor=actor.login, colleague=login, text=reason
        )
        after = advance_outside(stored.case, event)
        record_event(office, stored, event, after, AuditAction.READMIT, login)

"""Which case a member of staff may open: the one check that every look and act goes through."""

from portal.domain.accounts.actor import Actor
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.workflow import find_kind, kinds_open_to
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import Changed, NotAllowed, NotFound
from portal.operations.office import Office
from portal.store import cases
from portal.store.cases import StoredCase


def require_open_kind(actor: Actor, kind: CaseKind) -> None:
    """Raise NotAllowed if the actor's roles do not open this kind of case."""
    if kind not in kinds_open_to(actor.roles):
        raise NotAllowed("您的岗位不能看这一类办件")


def require_open_case(office: Office, actor: Actor, receipt: str) -> StoredCase:
    """Return the case of this number, if the actor may open it.

    NotAllowed for a number of a kind that his roles do not read, whether there is such a case or
    not; NotFound where there is none for him, so that who keeps out of one learns nothing of it.
    """
    kind = find_kind(receipt)
    if kind is None:
        raise NotFound(receipt)
    require_open_kind(actor, kind)
    stored = cases.find_case(office.store, receipt)
    if stored is None or not may_open(stored.case, actor):
        raise NotFound(receipt)
    return stored


def require_case_as_seen(office: Office, actor: Actor, receipt: str, version: int) -> StoredCase:
    """Return the case, if the actor may open it and it is still as it was on his page.

    Changed if somebody was quicker; else as `require_open_case`.
    """
    stored = require_open_case(office, actor, receipt)
    if stored.case.version != version:
        raise Changed(receipt)
    return stored


def list_hidden(office: Office, actor: Actor) -> frozenset[str]:
    """List the receipts of the cases that the actor keeps out of, whatever their kind."""
    return cases.list_excluded(office.store, actor.logins)

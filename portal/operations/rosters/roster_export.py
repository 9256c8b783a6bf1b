"""Lists of people: read from a file that a visitor sends, taken out by staff for a reason."""

from collections.abc import Mapping, Sequence

from portal.cleaning import read_table
from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.forms.journeys import Page, find_list
from portal.domain.rosters.sheets import SentSheet
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.access import require_open_case
from portal.operations.documents.intake import (
    Upload,
    require_draft_owner,
    told_when_busy,
)
from portal.operations.office import Office
from portal.store import audit
from portal.store.files import Owner


def read_list(office: Office, token: str, upload: Upload, address: str) -> list[SentSheet]:
    """Read the cells of a table that the holder of this token sends; nothing is stored.

    NotAccepted, with what to do, if it cannot be read; NotFound without the form; TooMany.
    """
    return read_table_of(office, require_draft_owner(office, token), upload, address)


def read_table_of(office: Office, owner: Owner, upload: Upload, address: str) -> list[SentSheet]:
    """Do the same for a form or a case that is there."""
    rate_limits.spend(office, RateLimit.LIST, owner.name)
    rate_limits.spend(office, RateLimit.UPLOAD_BY_ADDRESS, address)
    with told_when_busy():
        return read_table(upload.body)


def export_roster(
    office: Office, actor: Actor, receipt: str, reason: str
) -> tuple[Page, Sequence[Mapping[str, object]]]:
    """Return the list of people of a case, in clear; who took it out and why is logged.

    NotAllowed, or NotFound if the case has none.
    """
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看完整的身份信息")
    stored = require_open_case(office, actor, receipt)
    page = find_list(stored.case.kind)
    people = stored.answer(page.collection_name) if page and page.collection_name else None
    if page is None or not isinstance(people, list) or not people:
        raise NotFound(receipt)
    audit.record(
        office.store, office.now(), actor.login, AuditAction.TAKE_OUT_LIST, receipt, reason
    )
    return page, people

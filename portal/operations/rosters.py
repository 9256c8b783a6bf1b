"""Lists of people: read from a file that a visitor sends, taken out by staff for a reason."""

from collections.abc import Mapping, Sequence

from portal.cleaning import CleaningBusy, read_table
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.journeys import JOURNEYS, Page
from portal.domain.roles import Permission, is_granted
from portal.domain.rosters import Grid
from portal.domain.workflow import Actor, CaseKind
from portal.operations import limits
from portal.operations.limits import TooMany
from portal.operations.office import Office
from portal.operations.opening import require_open_case
from portal.operations.papers import Upload
from portal.store import audit, drafts


def read_list(office: Office, token: str, upload: Upload, address: str) -> Grid:
    """The cells of a table that the holder of this token sends; nothing is stored.

    NotAccepted, with what to do, if it cannot be read; NotFound without the form; TooMany.
    """
    owner = drafts.owner_of(office.db, office.ring, token)
    if owner is None:
        raise NotFound(token)
    limits.spend(office, "upload", owner.name)
    limits.spend(office, "upload by address", address)
    try:
        return read_table(upload.body, upload.told_name)
    except CleaningBusy as busy:
        raise TooMany(f"{busy}。") from None


def find_list(kind: CaseKind) -> Page | None:
    """The page of the form on which a whole list of people comes in."""
    return next((page for page in JOURNEYS[kind].pages if page.at_once), None)


def take_out_list(
    office: Office, actor: Actor, receipt: str, reason: str
) -> tuple[Page, Sequence[Mapping[str, object]]]:
    """The list of people of a case, in clear; who took it out and why is logged.

    NotAllowed, or NotFound if the case has none.
    """
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看完整的身份信息")
    stored = require_open_case(office, actor, receipt)
    page = find_list(stored.case.kind)
    people = stored.answer(page.loop) if page and page.loop else None
    if page is None or not isinstance(people, list) or not people:
        raise NotFound(receipt)
    audit.record(
        office.db, office.ring, office.now(), actor.login, "take out list", receipt, reason
    )
    return page, people

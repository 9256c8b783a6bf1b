"""Staff open the papers of a case: the cleaned file, or the untouched one for a reason."""

from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.documents.document_types import SentFile
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.accounts.access import require_open_case
from portal.operations.office import Office
from portal.store import audit, files


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that staff may see: what it is, and its bytes."""

    sent: SentFile
    body: bytes


def open_paper(office: Office, actor: Actor, receipt: str, file_id: str) -> FileContent:
    """Open a cleaned photo or PDF; who and which is logged. NotAllowed, NotFound otherwise."""
    return _open(office, actor, receipt, file_id, AuditAction.OPEN_PAPER, file_id, original=False)


def open_original(
    office: Office, actor: Actor, receipt: str, file_id: str, reason: str
) -> FileContent:
    """Take out the untouched file, which may be harmful, for a reason that is logged."""
    note = f"{file_id} {reason}"
    return _open(office, actor, receipt, file_id, AuditAction.OPEN_ORIGINAL, note, original=True)


def _open(
    office: Office,
    actor: Actor,
    receipt: str,
    file_id: str,
    act: AuditAction,
    note: str,
    *,
    original: bool,
) -> FileContent:
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看材料")
    stored = require_open_case(office, actor, receipt)
    sent = files.find_file(office.store, stored.owner, file_id)
    if sent is None or (original and not sent.has_original):
        raise NotFound(file_id)
    body = files.read_file(office.store, stored.owner, file_id, original=original)
    audit.record(office.store, office.now(), actor.login, act, receipt, note)
    return FileContent(sent, body)

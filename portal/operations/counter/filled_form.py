"""A form that was handed in, taken out to be signed and put into the paper file （一人一档）."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case
from portal.domain.cases.events import CaseSubmitted
from portal.domain.documents.document_types import SentFile
from portal.domain.forms.answers import Answers
from portal.domain.shared.errors import NotAllowed
from portal.operations.accounts.access import require_open_case
from portal.operations.accounts.staff_accounts import name_staff
from portal.operations.office import Office
from portal.store import audit, cases, files


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledForm:
    """All that stands on the paper, in clear; a list as it stands today.

    `arrival` is what staff noted when they keyed the form in, empty for what came by the web;
    `taken_by`, whom his colleagues call `taken_by_name`, took it out at `taken_at`.
    """

    case: Case
    answers: Answers
    sent: tuple[SentFile, ...]
    arrival: Mapping[str, object]
    taken_by: Actor
    taken_by_name: str
    taken_at: datetime


def open_filled_form(office: Office, actor: Actor, receipt: str, reason: str) -> FiledForm:
    """Return the form of a case with all its answers; who took it out and why is logged.

    NotFound or NotAllowed, as for opening the case.
    """
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看完整的身份信息")
    stored, now = require_open_case(office, actor, receipt), office.now()
    with office.store.transaction():
        audit.record(office.store, now, actor.login, AuditAction.PRINT_FORM, receipt, reason)
        history = cases.history(office.store, stored)
        filed = (one for one in history if isinstance(one, CaseSubmitted))
        return FiledForm(
            case=stored.case,
            answers=stored.open_answers(),
            sent=tuple(files.files_of(office.store, stored.owner)),
            arrival=next((one.facts for one in filed), {}),
            taken_by=actor,
            taken_by_name=name_staff(office).get(actor.login, actor.login),
            taken_at=now,
        )

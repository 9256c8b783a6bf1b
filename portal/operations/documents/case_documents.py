"""Files of a case that was handed in: added and removed, each told in its history and the log."""

from collections.abc import Mapping

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import advance_outside
from portal.domain.cases.events import (
    PaperAdded,
    PaperExpected,
    PaperRemoved,
    PaperSaidAbsent,
)
from portal.domain.documents import document_types
from portal.domain.documents.document_types import SentFile
from portal.domain.documents.paper_states import Saying, describe_absence, read_absences
from portal.domain.forms.journeys import PAPERS_ABSENT
from portal.domain.records.event import Event
from portal.domain.shared.errors import NotAllowed
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.documents.intake import keep_once
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.store import cases, files
from portal.store.cases import StoredCase
from portal.store.files import Blobs

RELIED_ON = (
    "我们已经照这些材料在办了，现在不能删。传错了，请再传一张对的，再打电话或者到窗口来说一声"
)
BUILT_ON = "这件事已经照这些材料在办，现在不能删。传错了，请再传一份对的，并在办件里写明"
NOT_HIS = "这一份是帮扶中心传的，不能在这里删。传错了，请打电话或者到窗口来说一声"
NOT_OURS = "这一份是本人传的，只有本人能删"


def add_to_case(
    office: Office, stored: StoredCase, blobs: Blobs, sent: SentFile, actor: Actor
) -> bool:
    """Store the row of a file that the actor sent, in a transaction; tells whether it was new."""
    if not keep_once(office, stored.case.kind, stored.owner, blobs, sent):
        return False
    _record(office, stored, PaperAdded, sent, AuditAction.ADD_PAPER, actor)
    return True


def remove_from_case(office: Office, stored: StoredCase, file_id: str, actor: Actor) -> list[str]:
    """Forget a file that the actor has sent, in a transaction; returns what may go after that.

    NotAllowed if the other side has sent it, or the case is built on it already.
    """
    sent = files.find_file(office.store, stored.owner, file_id)
    if sent is None:
        return []
    if sent.by_applicant != (actor == APPLICANT):
        raise NotAllowed(NOT_HIS if actor == APPLICANT else NOT_OURS)
    if not document_types.may_take_back(stored.case):
        raise NotAllowed(RELIED_ON if actor == APPLICANT else BUILT_ON)
    files.forget_file(office.store, stored.owner, file_id)
    _record(office, stored, PaperRemoved, sent, AuditAction.REMOVE_PAPER, actor)
    return [file_id]


def record_saying(
    office: Office, stored: StoredCase, code: str, said: Saying, actor: Actor
) -> None:
    """Keep what was said of a paper, in a transaction; said once more it changes nothing.

    TooMany.
    """
    answers = stored.open_answers()
    after = said(answers)
    before = [describe_absence(one) for one in read_absences(answers).values()]
    if after == before:
        return
    rate_limits.spend(office, RateLimit.SAY_PAPER_ABSENT, stored.case.receipt)
    facts = next((one for one in after if one["absent_paper"] == code), None)
    event = (
        PaperSaidAbsent(at=office.now(), actor=actor.login, facts=_without_gaps(facts))
        if facts
        else PaperExpected(at=office.now(), actor=actor.login, facts={"absent_paper": code})
    )
    cases.replace_answer(office.store, stored, PAPERS_ABSENT, after)
    _append(office, stored, event, AuditAction.SAY_PAPER_ABSENT, code)


def _without_gaps(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value is not None}


def _record(
    office: Office,
    stored: StoredCase,
    event: type[Event],
    sent: SentFile,
    act: AuditAction,
    actor: Actor,
) -> None:
    words = document_types.label_of_paper(stored.case.kind, sent.paper)
    happened = event(at=office.now(), actor=actor.login, text=words)
    _append(office, stored, happened, act, sent.id)


def _append(office: Office, stored: StoredCase, event: Event, act: AuditAction, note: str) -> None:
    """Write into history and log who did it."""
    record_event(office, stored, event, advance_outside(stored.case, event), act, note)

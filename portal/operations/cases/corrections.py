"""Putting answers right: proposed where it takes two, applied with traces, figures and notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, advance_outside
from portal.domain.cases.case_tally import FROM_ANSWERS, tally_of
from portal.domain.cases.corrections import (
    FOR_WISH,
    NOW,
    WHY_CORRECTED,
    AnswerChange,
    find_change,
    find_proposal,
    list_correctable_pages,
    list_questions,
    needs_two_persons,
    require_second_person,
    require_undecided,
)
from portal.domain.cases.events import (
    AnswersCorrected,
    CorrectionNoted,
    CorrectionProposed,
    CorrectionRefused,
)
from portal.domain.cases.receipt_numbers import parse_receipt
from portal.domain.forms.answers import Answers
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import Page
from portal.domain.forms.person import find_identity_number
from portal.domain.records.tally import Tally
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed, NotFound
from portal.domain.shared.reasons import require_reason
from portal.operations.accounts.access import require_case_as_seen, require_open_case
from portal.operations.journal import record_event
from portal.operations.notices import notice_queue
from portal.operations.office import Office
from portal.store import audit, cases, persons
from portal.store.cases import StoredCase

ASKED_BESIDE: Final = (WHY_CORRECTED, FOR_WISH)
"""What is asked besides the answers themselves."""


@dataclass(frozen=True, slots=True)
class CorrectablePage:
    """A page of the form as it was answered; `known` leaves out what is masked."""

    case: Case
    page: Page
    questions: tuple[Field, ...]
    known: Answers
    masked: Mapping[str, str]


def open_correctable_page(office: Office, actor: Actor, receipt: str, path: str) -> CorrectablePage:
    """Open the answers of a page to put them right; it is logged. NotFound, NotAllowed."""
    _require_may_correct(actor)
    stored = require_open_case(office, actor, receipt)
    answers = stored.open_answers()
    pages = list_correctable_pages(stored.case.kind, answers)
    page = next((one for one in pages if one.path == path), None)
    if page is None:
        raise NotFound(path)
    audit.record(office.store, office.now(), actor.login, AuditAction.OPEN, receipt)
    questions = list_questions(page, answers)
    given = {field.name: answers[field.name] for field in questions if field.name in answers}
    masked = {
        field.name: field.mask(str(given[field.name]))
        for field in questions
        if field.mask and given.get(field.name)
    }
    known = {name: value for name, value in given.items() if name not in masked}
    return CorrectablePage(stored.case, page, questions, known, masked)


def correct_answers(
    office: Office, actor: Actor, receipt: str, version: int, corrected: Answers
) -> None:
    """Put answers right, or propose it where a second person has to agree.

    `corrected` holds the reason and the wish about own data too. Changed if somebody was quicker,
    NotAccepted if nothing differs or there is no such wish, NotAllowed while it is being decided.
    """
    asked = {field.name for field in ASKED_BESIDE}
    values = {name: value for name, value in corrected.items() if name not in asked}
    why, wish = (
        str(corrected[WHY_CORRECTED.name]),
        _read_wish(office, actor, corrected.get(FOR_WISH.name)),
    )
    with office.store.transaction():
        stored = _open_version(office, actor, receipt, version)
        change = find_change(stored.open_answers(), values)
        require_undecided(stored.case, change)
        if not needs_two_persons(change):
            _apply(office, stored, actor, change, why, wish)
            return
        happened = CorrectionProposed(
            at=office.now(), actor=actor.login, facts=change, text=why, request=wish
        )
        after = advance_outside(stored.case, happened)
        record_event(office, stored, happened, after, AuditAction.PROPOSE_CORRECTION)


def confirm_correction(office: Office, actor: Actor, receipt: str, version: int) -> None:
    """Agree, as the second person, to what was proposed. NotAllowed, Changed."""
    with office.store.transaction():
        stored = _open_version(office, actor, receipt, version)
        proposal = require_second_person(find_proposal(cases.history(office.store, stored)), actor)
        require_undecided(stored.case, proposal.change)
        _apply(office, stored, actor, proposal.change, proposal.why, proposal.request)


def refuse_correction(office: Office, actor: Actor, receipt: str, version: int, why: str) -> None:
    """Leave it as it was: as the second person, or as the first who thought again."""
    reason = require_reason(why, "请写一句为什么不改")
    with office.store.transaction():
        stored = _open_version(office, actor, receipt, version)
        if find_proposal(cases.history(office.store, stored)) is None:
            raise NotAllowed("没有等着确认的改动。请看看经过")
        happened = CorrectionRefused(at=office.now(), actor=actor.login, text=reason)
        after = advance_outside(stored.case, happened)
        record_event(office, stored, happened, after, AuditAction.REFUSE_CORRECTION)


def list_page_titles(actor: Actor, kind: CaseKind, answers: Answers) -> dict[str, str]:
    """Return the title of each page that can be put right, by its path; none without the duty."""
    pages = list_correctable_pages(kind, answers) if _may_correct(actor) else ()
    return {page.path: page.title for page in pages}


def _apply(
    office: Office, stored: StoredCase, actor: Actor, change: AnswerChange, why: str, wish: str
) -> None:
    now_stored = stored
    for name, pair in change.items():
        cases.replace_answer(office.store, now_stored, name, pair[NOW])
        now_stored = require_open_case(office, actor, stored.case.receipt)
    happened = AnswersCorrected(
        at=office.now(),
        actor=actor.login,
        facts=change,
        text=why,
        request=wish,
        tally=_count_anew(office, now_stored),
    )
    after = advance_outside(now_stored.case, happened)
    record_event(office, now_stored, happened, after, AuditAction.CORRECT_ANSWERS)
    notice_queue.tell_old_number(office, stored, after.version)
    if wish:
        _note_on_wish(office, actor, wish, stored.case.receipt, change)


def _count_anew(office: Office, stored: StoredCase) -> Tally:
    """Return what the case counts for from now on; what no answer says stays."""
    case, answers = stored.case, stored.open_answers()
    number = find_identity_number(answers)
    person = persons.person_of(office.store, number) if number else case.receipt
    contact = str(case.tally.get("contact", ""))
    counted = tally_of(
        case.kind,
        answers,
        channel=case.channel,
        card=case.card,
        person=person,
        contact=contact,
    )
    stays = {name: value for name, value in case.tally.items() if name not in FROM_ANSWERS}
    return {**stays, **counted}


def _note_on_wish(
    office: Office, actor: Actor, wish: str, receipt: str, change: AnswerChange
) -> None:
    stored = require_open_case(office, actor, wish)
    labels = "、".join(FIELDS[name].label.removesuffix("？") for name in change)
    happened = CorrectionNoted(at=office.now(), actor=actor.login, text=f"{receipt}：{labels}")
    after = advance_outside(stored.case, happened)
    record_event(office, stored, happened, after, AuditAction.NOTE_CORRECTION)


def _read_wish(office: Office, actor: Actor, typed: object) -> str:
    """Return the number of the wish about own data that was typed; empty if none was."""
    if not typed:
        return ""
    receipt = parse_receipt(str(typed))
    stored = cases.find_case(office.store, receipt) if receipt else None
    if stored is None or stored.case.kind is not CaseKind.OWN_DATA or not stored.case.open:
        raise NotAccepted("没有这一份还没办完的“个人信息要求”。请看看编号，没有就空着")
    return require_open_case(office, actor, stored.case.receipt).case.receipt


def _open_version(office: Office, actor: Actor, receipt: str, version: int) -> StoredCase:
    _require_may_correct(actor)
    return require_case_as_seen(office, actor, receipt, version)


def _require_may_correct(actor: Actor) -> None:
    if not _may_correct(actor):
        raise NotAllowed("您的岗位不能改表上填的")


def _may_correct(actor: Actor) -> bool:
    return is_granted(actor.roles, Permission.REVEAL_IDENTITY)

"""Giving out a new secret code, by two persons on one day; the domain has the rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import GRANTS, ROLE_LABELS, Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case
from portal.domain.cases.code_reissue import (
    NOBODY_KNOWN,
    WHY_NOT,
    Request,
    find_request,
    how_to_check,
    may_ask,
    may_confirm,
    require_confirmed,
    require_request,
)
from portal.domain.cases.events import (
    CodeReissueAsked,
    CodeReissueConfirmed,
    CodeReissued,
    CodeReissueRefused,
)
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.receipt_numbers import code_from_bytes
from portal.domain.cases.workflow import kinds_open_to
from portal.domain.forms.answers import parse_answer
from portal.domain.records.event import Event
from portal.domain.shared.dates import start_of_day
from portal.domain.shared.errors import NotAllowed
from portal.operations.accounts import staff_accounts
from portal.operations.accounts.access import require_open_case
from portal.operations.forms.submission import Receipt, receipt_of
from portal.operations.journal import record_event
from portal.operations.notices import notice_queue
from portal.operations.office import Office
from portal.store import accounts, cases, records
from portal.store.cases import StoredCase
from portal.store.crypto.sealing import code_matches, code_seed, hmac_of_code
from portal.store.errors import Damaged


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who besides the actor may confirm for a kind of case, by name; the roles that it takes."""

    names: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request of today: of which case, by whose login, and whether a second person agreed."""

    receipt: str
    kind_label: str
    asked_by: str
    confirmed: bool


def ask_for_code(office: Office, actor: Actor, receipt: str) -> None:
    """Note that the applicant was checked and wants a new code; a second tap notes nothing more.

    NotAllowed if he left nothing by which to check him, or a colleague has asked already.
    """
    with office.store.transaction():
        stored, request = _open(office, actor, receipt)
        checked = how_to_check(stored.open_answers())
        if not checked:
            raise NotAllowed(NOBODY_KNOWN)
        if may_ask(request, actor):
            _record(office, stored, actor, CodeReissueAsked, AuditAction.ASK_FOR_NEW_CODE, checked)


def confirm_code(office: Office, actor: Actor, receipt: str) -> None:
    """Agree, as the second person; a second tap notes nothing more. NotAllowed to all others."""
    with office.store.transaction():
        stored, request = _open(office, actor, receipt)
        if may_confirm(request, actor):
            _record(office, stored, actor, CodeReissueConfirmed, AuditAction.CONFIRM_NEW_CODE)


def refuse_code(office: Office, actor: Actor, receipt: str, typed: str) -> None:
    """End the request, with words for the colleagues. NotAccepted without them."""
    words = str(parse_answer(WHY_NOT, [typed], office.context()))
    with office.store.transaction():
        stored, request = _open(office, actor, receipt)
        require_request(request)
        _record(office, stored, actor, CodeReissueRefused, AuditAction.REFUSE_NEW_CODE, words)


def hand_out_code(office: Office, actor: Actor, receipt: str, once: str) -> Receipt:
    """Give out the new secret code, after a second person has agreed; the old one dies.

    `once` is a random text of the page: sent a second time, it gives the same code and changes
    nothing. NotAllowed until the actor's own request was confirmed, and on the next day.
    """
    with office.store.transaction():
        stored, history = _open_case(office, actor, receipt)
        request = find_request(history, office.today())
        code = _make_code(office, receipt, history, once)
        if not code_matches(office.store.keys, receipt, code, stored.code_hmac):
            require_confirmed(request, actor)
            cases.replace_code(office.store, stored, hmac_of_code(office.store.keys, receipt, code))
            version = _record(office, stored, actor, CodeReissued, AuditAction.REISSUE_CODE)
            notice_queue.tell_of_new_code(office, stored, version)
    return receipt_of(office, stored, code)


def _make_code(office: Office, receipt: str, history: Iterable[Event], once: str) -> str:
    """Make the code of this page and the latest request: of the next one it makes another."""
    requests = sum(isinstance(event, CodeReissueAsked) for event in history)
    return code_from_bytes(code_seed(office.store.keys, receipt, f"reissue {requests} {once}"))


def _open(office: Office, actor: Actor, receipt: str) -> tuple[StoredCase, Request | None]:
    stored, history = _open_case(office, actor, receipt)
    return stored, find_request(history, office.today())


def _open_case(office: Office, actor: Actor, receipt: str) -> tuple[StoredCase, list[Event]]:
    if not is_granted(actor.roles, Permission.REISSUE_CODE):
        raise NotAllowed("您的岗位不能补办查询码")
    stored = require_open_case(office, actor, receipt)
    return stored, cases.history(office.store, stored)


def _record(
    office: Office,
    stored: StoredCase,
    actor: Actor,
    event: Callable[..., Event],
    act: AuditAction,
    text: str = "",
) -> int:
    """Write into history and log; returns the version that the case has now."""
    after = replace(stored.case, version=stored.case.version + 1)
    happened = event(at=office.now(), actor=actor.login, text=text)
    record_event(office, stored, happened, after, act)
    return after.version


def find_colleagues(office: Office, actor: Actor, case: Case) -> Colleagues:
    """Find who could be the second person for a case."""
    roles = GRANTS[Permission.REISSUE_CODE] & case.workflow.readers
    others = [
        one
        for one in accounts.all_accounts(office.store)
        if not one.disabled
        and one.login != actor.login
        and is_granted(one.roles, Permission.REISSUE_CODE)
        and may_open(case, one.actor)
    ]
    names = staff_accounts.name_staff(office)
    return Colleagues(
        tuple(names[one.login] for one in others),
        tuple(label for role, label in ROLE_LABELS.items() if role in roles),
    )


def list_waiting(office: Office, actor: Actor) -> list[Waiting]:
    """List today's requests that wait for the actor: for his yes or no, or to be carried out."""
    if not is_granted(actor.roles, Permission.REISSUE_CODE):
        return []
    asked = records.events_since(office.store, CodeReissueAsked, start_of_day(office.today()))
    kinds = kinds_open_to(actor.roles)
    receipts = dict.fromkeys(
        records.number_of(one.record) for one in asked if one.tally.get("kind") in kinds
    )
    return [one for receipt in receipts for one in _waiting(office, actor, receipt)]


def _waiting(office: Office, actor: Actor, receipt: str) -> Iterator[Waiting]:
    stored = cases.find_case(office.store, receipt)
    if stored is None or not may_open(stored.case, actor):
        return
    try:
        request = find_request(cases.history(office.store, stored), office.today())
    except Damaged:  # one case that does not open must not stop the first page
        return
    if request and (request.asked_by == actor.login or not request.confirmed_by):
        label = stored.case.workflow.label
        yield Waiting(receipt, label, request.asked_by, bool(request.confirmed_by))

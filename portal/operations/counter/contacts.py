"""Noting contacts （接待登记）, putting them right, and who reads of them."""

from collections.abc import Mapping
from datetime import date

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.receipt_numbers import new_receipt
from portal.domain.counter.contacts import (
    LONGEST_REASON,
    PREFIX,
    Contact,
    ContactRecorded,
    ContactStruck,
    contact_problems,
)
from portal.domain.forms.answers import Answers
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.domain.shared.reasons import clean_reason
from portal.operations.forms.submission import until_number_is_free
from portal.operations.office import Office
from portal.store import audit, cases, contacts, drafts


def record_contact(office: Office, actor: Actor, once: str, noted: Answers) -> Contact:
    """Note a contact; returns only after it is on the disk. NotAllowed, NotAccepted.

    `once` is a random text of the page: sent a second time, it is the same contact.
    """
    _require_recorder(actor)
    submission = drafts.token_index(office.store.keys, once)

    def record() -> Contact:
        found = contacts.find_sent_contact(office.store, submission)
        if found is not None:
            return found
        _require_possible(office, noted)
        now = office.now()
        contact = Contact(
            number=new_receipt(PREFIX, office.today().year, office.randbelow),
            answers=_said(noted),
            recorded_by=actor.login,
            recorded_at=now,
        )
        first = _recorded(office, actor, contact)
        contacts.add_contact(office.store, contact, first, submission)
        audit.record(office.store, now, actor.login, AuditAction.RECORD_CONTACT, contact.number)
        return contact

    return until_number_is_free(office, record)


def correct_contact(
    office: Office, actor: Actor, number: str, version: int, noted: Answers, why: str
) -> None:
    """Strike out what was noted, and note it anew; it counts for what is noted now.

    NotFound but for who noted it, NotAccepted without a reason or if it was struck, Changed if it
    is no longer as it was shown.
    """
    _require_possible(office, noted)
    with office.store.transaction():
        before, struck = _strike(office, actor, number, version, why)
        after = Contact(
            number=number,
            answers=_said(noted),
            recorded_by=before.recorded_by,
            recorded_at=before.recorded_at,
        )
        contacts.append_to_contact(office.store, before, struck, _recorded(office, actor, after))
        act = AuditAction.CORRECT_CONTACT
        audit.record(office.store, struck.at, actor.login, act, number)


def strike_contact(office: Office, actor: Actor, number: str, version: int, why: str) -> None:
    """Strike out what should not have been noted; it counts no more.

    Raises what `correct_contact` raises, and NotAccepted if it has become a case.
    """
    with office.store.transaction():
        before, struck = _strike(office, actor, number, version, why)
        if before.case:
            raise NotAccepted("已经转成办件，不能划掉。写错了哪样，改那一样")
        contacts.append_to_contact(office.store, before, struck)
        act = AuditAction.STRIKE_CONTACT
        audit.record(office.store, struck.at, actor.login, act, number)


def _strike(
    office: Office, actor: Actor, number: str, version: int, why: str
) -> tuple[Contact, ContactStruck]:
    """Return the contact as it stands, and the event that takes back how it was noted."""
    before, reason = find_own_contact(office, actor, number), clean_reason(why, LONGEST_REASON)
    if before.version != version:
        raise Changed(number)
    if before.struck:
        raise NotAccepted("这一条已经划掉了")
    if not reason:
        raise NotAccepted("请写一句为什么改，比如：选错了")
    struck = ContactStruck(
        at=office.now(),
        actor=actor.login,
        on=before.on,
        text=reason,
        tally={**before.tally, "corrects": ContactRecorded.__name__},
        corrects=before.stands_in,
    )
    return before, struck


def find_own_contact(office: Office, actor: Actor, number: str) -> Contact:
    """Return a contact that the actor noted himself. NotFound of anybody else's."""
    _require_recorder(actor)
    contact = contacts.find_contact(office.store, number)
    if contact is None or contact.recorded_by not in actor.logins:
        raise NotFound(number)
    return contact


def list_noted(office: Office, actor: Actor, day: date) -> list[Contact]:
    """List what the actor noted on a day, the newest first."""
    _require_recorder(actor)
    return contacts.list_contacts(office.store, actor.login, day)


def find_open_cases(office: Office, actor: Actor, noted: list[Contact]) -> frozenset[str]:
    """Return the receipts of the cases that they became and the actor may open."""
    found = (cases.find_case(office.store, one.case) for one in noted if one.case)
    return frozenset(
        one.case.receipt for one in found if one is not None and may_open(one.case, actor)
    )


def find_contact_for_form(office: Office, actor: Actor, number: str) -> Contact:
    """Return a contact whose form the actor keys in now. NotFound, NotAccepted if it has one."""
    contact = find_own_contact(office, actor, number)
    if contact.struck or contact.case:
        raise NotAccepted("这条接待登记已经划掉，或者已经录成表了")
    return contact


def count_contacts(office: Office, actor: Actor, month: date) -> Mapping[tuple[str, str], int]:
    """Count the contacts of a month by channel and topic. NotAllowed."""
    if not is_granted(actor.roles, Permission.COUNT_CONTACTS):
        raise NotAllowed("您的岗位不能看接待登记的数")
    return contacts.count_by_topic(office.store, f"{month:%Y-%m}")


def _require_recorder(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.RECORD_CONTACTS):
        raise NotAllowed("您的岗位不做接待登记")


def _require_possible(office: Office, noted: Answers) -> None:
    for _, words in contact_problems(noted, office.today()):
        raise NotAccepted(words)


def _said(noted: Answers) -> Answers:
    """Return what was said: an answer that was left empty is none."""
    return {name: value for name, value in noted.items() if value}


def _recorded(office: Office, actor: Actor, contact: Contact) -> ContactRecorded:
    return ContactRecorded(
        at=office.now(),
        actor=actor.login,
        on=contact.on,
        facts=contact.answers,
        tally=contact.tally,
    )

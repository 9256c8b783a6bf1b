"""Sending what is in the outbox, beside the requests: one message at a time.

A message is claimed before it is sent and closed right after, in a transaction of its own; the
entry in the audit log follows. Killed between sending and closing, or the store being full just
then, it is claimed again when the claim has run out and goes out once more, under the same id.
Killed before the entry, the log lacks it, and nothing is sent twice. Two processes never hold the
same claim. What cannot be sent in three days or MOST_CLAIMS claims is left to staff.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from portal.domain.audit.actions import AuditAction
from portal.domain.notices.notices import (
    GIVE_UP_AFTER,
    by_daylight,
    when_to_send,
    when_to_try_again,
    write_text,
)
from portal.operations.centre.clock_check import clock_seems_right
from portal.operations.office import Office
from portal.store import audit, outbox
from portal.store.crypto.sealing import blind_index
from portal.store.errors import Damaged
from portal.store.outbox import DeliveryState, OutboxMessage

CLAIM = timedelta(minutes=10)
"""Far longer than a transport waits, so that no living process loses its claim."""
MOST_CLAIMS = 20
"""More than the pauses of three days leave room for: only what is never closed gets there."""

_ID_LENGTH = 32
_log = logging.getLogger("portal")


class NotNow(Exception):  # noqa: N818 (a sender that is down is no fault of ours)
    """The sender could not be reached or could not take it now."""


class NotEver(Exception):  # noqa: N818
    """The sender will not take this message, now or later."""


@dataclass(frozen=True, slots=True)
class OutgoingNotice:
    """What a transport gets. `message_id` stays the same when a message is sent again."""

    mobile: str
    text: str
    message_id: str


Transport = Callable[[OutgoingNotice], None]
"""Sends one message and returns when it was taken. NotNow or NotEver otherwise."""


@dataclass(frozen=True, slots=True)
class NoticeSender:
    """The way out: a transport, and what the centre calls itself in messages."""

    send: Transport
    centre: str
    hotline: str


def send_due(office: Office, sender: NoticeSender) -> bool:
    """Send all that is due. False if nothing can be sent now; ask again later.

    Nothing is sent or given up with a clock that cannot be right: what was due would be too late.
    """
    if not clock_seems_right(office):
        return False
    for late in outbox.messages_before(office.store, office.now() - GIVE_UP_AFTER):
        with _isolated(late):
            _give_up(office, late)
    while message := outbox.claim_message(office.store, office.now(), office.now() + CLAIM):
        works = True
        with _isolated(message):
            works = _send(office, sender, message)
        if not works:
            return False
    return True


@contextmanager
def _isolated(message: OutboxMessage) -> Iterator[None]:
    """Keep what goes wrong with one message from the others. Its words may hold the number."""
    try:
        yield
    except Exception as failure:
        _log.error("notice stopped: outbox row %d: %s", message.row_id, _kind_of(failure))


def _send(office: Office, sender: NoticeSender, message: OutboxMessage) -> bool:
    """Send a message; tells whether the sender works, as far as it shows; False ends the round."""
    if message.tries > MOST_CLAIMS:
        _log.warning("notice not sent: outbox row %d: claimed too often", message.row_id)
        _give_up(office, message)
        return True
    moment = when_to_send(message.created_at, office.now())
    if moment > office.now():
        outbox.postpone_message(office.store, message, moment)
        return True
    try:
        sender.send(_message(office, sender, message))
    except (NotEver, Damaged) as refusal:
        _log.warning("notice refused for good: %s", _kind_of(refusal))
        _give_up(office, message)
        return True
    except Exception as failure:
        # Whatever it was, it must not lose the message, and its words may hold the number.
        _log.warning("notice not sent: %s", _kind_of(failure))
        _postpone(office, message)
        return not isinstance(failure, NotNow)
    # Not in one transaction: an entry that fails must not make us send the message again.
    outbox.close_message(office.store, message.row_id, DeliveryState.SENT)
    _record(office, message, AuditAction.NOTICE_SENT)
    return True


def _kind_of(failure: Exception) -> str:
    return type(failure.__cause__ or failure).__name__


def leave_all_to_staff(office: Office) -> None:
    """Hand over what was to be sent, now that the centre has no sender any more."""
    for message in outbox.messages_before(office.store, office.now()):
        with _isolated(message):
            _give_up(office, message)


def _message(office: Office, sender: NoticeSender, message: OutboxMessage) -> OutgoingNotice:
    message_id = blind_index(office.store.keys, "notice", message.key)[:_ID_LENGTH]
    text = write_text(message.notice, sender.centre, sender.hotline)
    return OutgoingNotice(outbox.open_number(office.store.keys, message), text, message_id)


def _postpone(office: Office, message: OutboxMessage) -> None:
    again = when_to_try_again(message.created_at, message.tries, office.now())
    if again is None:
        _give_up(office, message)
    else:
        outbox.postpone_message(office.store, message, by_daylight(again))


def _give_up(office: Office, message: OutboxMessage) -> None:
    with office.store.transaction():
        outbox.leave_to_staff(office.store, message)
        _record(office, message, AuditAction.NOTICE_NOT_SENT)


def _record(office: Office, message: OutboxMessage, act: AuditAction) -> None:
    audit.record(office.store, office.now(), "system", act, message.notice.receipt)

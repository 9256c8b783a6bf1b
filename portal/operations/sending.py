"""Sending what is in the outbox, beside the requests: one letter at a time.

A letter is claimed before it is sent and marked afterwards. Killed in between, it is claimed
again when the claim has run out: the worker gets it at most once too often for each kill. Two
processes never hold the same claim. What cannot be sent in three days is left to staff.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from portal.domain.notices import GIVE_UP_AFTER, when_to_try_again, write_text
from portal.operations.office import Office
from portal.store import audit, outbox
from portal.store.errors import Damaged
from portal.store.outbox import Letter, Posted
from portal.store.sealing import blind_index

CLAIM = timedelta(minutes=10)
"""Far longer than a carrier waits, so that no living process loses its claim."""

_MARK = 32
_log = logging.getLogger("portal")


class NotNow(Exception):  # noqa: N818 (a sender that is down is no fault of ours)
    """The sender could not be reached or could not take it now."""


class NotEver(Exception):  # noqa: N818
    """The sender will not take this message, now or later."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a carrier gets. `mark` stays the same when a message is sent again."""

    mobile: str
    text: str
    mark: str


Carrier = Callable[[Message], None]
"""Sends one message and returns when it was taken. NotNow or NotEver otherwise."""


@dataclass(frozen=True, slots=True)
class Post:
    """The way out: a carrier, and what the centre calls itself in messages."""

    carry: Carrier
    centre: str
    hotline: str


def send_due(office: Office, post: Post) -> bool:
    """Send all that is due. False if the sender cannot take anything now; ask it again later."""
    for late in outbox.letters_before(office.db, office.now() - GIVE_UP_AFTER):
        _give_up(office, late)
    while letter := outbox.claim_letter(office.db, office.now(), office.now() + CLAIM):
        if not _send(office, post, letter):
            return False
    return True


def _send(office: Office, post: Post, letter: Letter) -> bool:
    """Whether the sender works: it took the letter, or refused this one for good."""
    try:
        post.carry(_message(office, post, letter))
    except (NotEver, Damaged) as refusal:
        _log.warning("notice refused for good: %s", _kind_of(refusal))
        _give_up(office, letter)
        return True
    except Exception as failure:
        # Whatever it was, it must not lose the letter, and its words may hold the number.
        _log.warning("notice not sent: %s", _kind_of(failure))
        _postpone(office, letter)
        return False
    with office.db.transaction():
        outbox.close_letter(office.db, letter.row_id, Posted.SENT)
        _record(office, letter, "notice sent")
    return True


def _kind_of(failure: Exception) -> str:
    return type(failure.__cause__ or failure).__name__


def leave_all_to_staff(office: Office) -> None:
    """Hand over what was to be sent, now that the centre has no sender any more."""
    for letter in outbox.letters_before(office.db, office.now()):
        _give_up(office, letter)


def _message(office: Office, post: Post, letter: Letter) -> Message:
    mark = blind_index(office.ring, "notice", letter.key)[:_MARK]
    text = write_text(letter.notice, post.centre, post.hotline)
    return Message(outbox.open_number(office.ring, letter), text, mark)


def _postpone(office: Office, letter: Letter) -> None:
    again = when_to_try_again(letter.created_at, letter.tries, office.now())
    if again is None:
        _give_up(office, letter)
    else:
        outbox.postpone_letter(office.db, letter, again)


def _give_up(office: Office, letter: Letter) -> None:
    with office.db.transaction():
        outbox.hand_over(office.db, letter)
        _record(office, letter, "notice not sent")


def _record(office: Office, letter: Letter, act: str) -> None:
    audit.record(office.db, office.ring, office.now(), "system", act, letter.notice.receipt)

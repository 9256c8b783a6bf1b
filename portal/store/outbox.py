"""Notices on their way to applicants. The number is sealed, and wiped once a notice is closed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tinydb import where

from portal.domain.notices.notices import NEW_CODE, NEW_NUMBER, Disclosure, Notice
from portal.domain.shared.case_kinds import CaseKind
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.store import Store


class DeliveryState(StrEnum):
    """Where a notice stands: DUE will be sent, CALL waits for staff to ring up; others are done.

    SUPERSEDED: something newer was said, or the applicant came and read for himself.
    """

    DUE = "due"
    CALL = "call"
    SENT = "sent"
    TOLD = "told"
    SUPERSEDED = "superseded"
    GIVEN_UP = "given up"


OPEN = (DeliveryState.DUE, DeliveryState.CALL)
CLOSED = tuple(state for state in DeliveryState if state not in OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A notice in the outbox. `key` names the occasion: the same one is never queued twice.

    `worth_a_call`: somebody rings him up if it cannot be sent. `tries` were begun so far.
    `calls` is how often staff did not reach him, `last_call` how that ended; not before
    `call_again_at` he is to be rung up again.
    """

    key: str
    notice: Notice
    state: DeliveryState
    created_at: datetime
    next_try_at: datetime
    worth_a_call: bool
    tries: int = 0
    row_id: int = 0
    sealed: str | None = field(default=None, repr=False)
    wrapped: str | None = None
    calls: int = 0
    last_call: str = ""
    call_again_at: datetime | None = None


def add_message(store: Store, message: OutboxMessage, mobile: str) -> None:
    """Put a notice into the outbox. Duplicate if this occasion was there already."""
    seal, wrapped = sealing.new_seal(store.keys, _place(message.key))
    notice = message.notice
    row = {
        "key": message.key,
        "receipt": notice.receipt,
        "kind": str(notice.kind),
        "what": notice.what,
        "disclosure": str(notice.disclosure),
        "until": notice.until.isoformat() if notice.until else None,
        "state": str(message.state),
        "created_at": message.created_at.isoformat(),
        "next_try_at": message.next_try_at.isoformat(),
        "worth_a_call": message.worth_a_call,
        "tries": message.tries,
        "to": seal.close("to", mobile),
        "wrapped": wrapped,
    }
    store.db.table("outbox").insert(row)


def has_message(store: Store, key: str) -> bool:
    """Tell whether this occasion was queued before."""
    return store.db.table("outbox").contains(where("key") == key)


def open_number(keys: Keyring, message: OutboxMessage) -> str:
    """Return the number that a notice goes to; empty once closed. Damaged if it does not open."""
    if message.sealed is None or message.wrapped is None:
        return ""
    seal = sealing.open_seal(keys, _place(message.key), message.wrapped)
    return str(seal.open("to", message.sealed))


def claim_message(store: Store, now: datetime, until: datetime) -> OutboxMessage | None:
    """Take the next message that is due, for this process alone until the moment given."""
    outbox = store.db.table("outbox")
    with store.transaction():
        ready = (where("state") == DeliveryState.DUE.value) & (
            where("next_try_at") <= now.isoformat()
        )
        for row in outbox.page(ready, "next_try_at", 1):
            message = _message(row)
            mine = {"next_try_at": until.isoformat(), "tries": message.tries + 1}
            outbox.update(mine, doc_ids=[row.doc_id])
            return _message(row | mine, row.doc_id)
    return None


def postpone_message(store: Store, message: OutboxMessage, moment: datetime) -> None:
    """Have it tried again at this moment, unless it was closed meanwhile."""
    fields = {"next_try_at": moment.isoformat()}
    due = where("state") == DeliveryState.DUE.value
    store.db.table("outbox").update(fields, due, [message.row_id])


def leave_to_staff(store: Store, message: OutboxMessage) -> None:
    """Leave an unsent message to staff; what is worth no call is given up."""
    with store.transaction():
        if message.worth_a_call:
            fields = {"state": str(DeliveryState.CALL)}
            store.db.table("outbox").update(
                fields, where("state") == DeliveryState.DUE.value, [message.row_id]
            )
        else:
            close_message(store, message.row_id, DeliveryState.GIVEN_UP)


def close_message(store: Store, row_id: int, state: DeliveryState) -> bool:
    """Close a message and forget its number; False if it was closed before."""
    wiped = {"state": str(state), "to": None, "wrapped": None}
    still_open = where("state").one_of([str(one) for one in OPEN])
    return bool(store.db.table("outbox").update(wiped, still_open, [row_id]))


def keep_try(store: Store, message: OutboxMessage, outcome: str, again: datetime | None) -> None:
    """Note that staff did not reach him, how that ended, and when to try again."""
    fields = {
        "calls": message.calls + 1,
        "last_call": outcome,
        "call_again_at": again.isoformat() if again else None,
    }
    waiting = where("state") == DeliveryState.CALL.value
    store.db.table("outbox").update(fields, waiting, [message.row_id])


def supersede_messages(store: Store, receipt: str) -> bool:
    """Close what is open about a case; returns whether anything of it was worth a call.

    That its code was changed is told in any case: who got hold of a new code by a trick must
    not be able to hide it from the owner.
    """
    outbox, worth_a_call = store.db.table("outbox"), False
    with store.transaction():
        for row in outbox.search(where("receipt") == receipt):
            if row["state"] in OPEN and row["what"] not in {NEW_CODE, NEW_NUMBER}:
                close_message(store, row.doc_id, DeliveryState.SUPERSEDED)
                worth_a_call |= row["worth_a_call"]
    return worth_a_call


def readdress_messages(store: Store, receipt: str, number: str) -> None:
    """Let what is open about a case go to another number, but for warnings, which stay as sent."""
    outbox = store.db.table("outbox")
    for row in outbox.search(where("receipt") == receipt):
        if row["state"] in OPEN and row["what"] not in {NEW_CODE, NEW_NUMBER}:
            seal, wrapped = sealing.new_seal(store.keys, _place(row["key"]))
            fields = {"to": seal.close("to", number), "wrapped": wrapped}
            fields |= {"last_call": "", "call_again_at": ""}
            outbox.update(fields, doc_ids=[row.doc_id])


def messages_before(store: Store, moment: datetime) -> list[OutboxMessage]:
    """Return the messages still to be sent that were written before."""
    due = (where("state") == DeliveryState.DUE.value) & (where("created_at") < moment.isoformat())
    return [_message(row) for row in store.db.table("outbox").search(due)]


def find_message(store: Store, row_id: int) -> OutboxMessage | None:
    """Return the message in this place, or None."""
    rows = store.db.table("outbox").get(doc_ids=[row_id])
    return _message(rows[0]) if rows else None


def calls_to_make(
    store: Store, kinds: Collection[CaseKind], hidden: Collection[str], limit: int
) -> list[OutboxMessage]:
    """Return what waits to be told by phone about these kinds of case, the oldest first.

    What is about one of the `hidden` receipts is left out.
    """
    rows = store.db.table("outbox").page(_calls(kinds, hidden), "created_at", limit)
    return [_message(row) for row in rows]


def count_calls(
    store: Store, kinds: Collection[CaseKind], hidden: Collection[str], now: datetime
) -> int:
    """Count what `calls_to_make` would return, without an end, but for what is put off."""
    later = where("call_again_at") > now.isoformat()
    return store.db.table("outbox").count(_calls(kinds, hidden) & ~later)


def _calls(kinds: Collection[CaseKind], hidden: Collection[str]) -> Any:
    ours = [str(kind) for kind in kinds]
    query = (where("state") == DeliveryState.CALL.value) & where("kind").one_of(ours)
    return query & ~where("receipt").one_of(sorted(hidden)) if hidden else query


def remove_messages_before(
    store: Store, moment: datetime, states: Collection[DeliveryState]
) -> int:
    """Forget every message in one of these states that was written before; returns how many."""
    among = where("state").one_of([str(state) for state in states])
    return len(store.db.table("outbox").remove((where("created_at") < moment.isoformat()) & among))


def _place(key: str) -> str:
    return f"outbox|{key}"


def _message(row: Any, row_id: int | None = None) -> OutboxMessage:
    values: Mapping[str, Any] = row
    # What an older version stored has none of these.
    until, again = values.get("until"), values.get("call_again_at")
    notice = Notice(
        values["receipt"],
        CaseKind(values["kind"]),
        values["what"],
        Disclosure(values["disclosure"]),
        date.fromisoformat(until) if until else None,
    )
    return OutboxMessage(
        key=values["key"],
        notice=notice,
        state=DeliveryState(values["state"]),
        created_at=datetime.fromisoformat(values["created_at"]),
        next_try_at=datetime.fromisoformat(values["next_try_at"]),
        worth_a_call=values["worth_a_call"],
        tries=values["tries"],
        row_id=row.doc_id if row_id is None else row_id,
        sealed=values["to"],
        wrapped=values["wrapped"],
        calls=values.get("calls", 0),
        last_call=values.get("last_call", ""),
        call_again_at=datetime.fromisoformat(again) if again else None,
    )

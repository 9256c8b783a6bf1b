"""Notices on their way to applicants. The number is sealed, and wiped once a notice is closed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tinydb import where

from portal.domain.notices.notices import NEW_CODE, Manner, Notice
from portal.domain.shared.case_kinds import CaseKind
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.engine.database import RowDB


class Posted(StrEnum):
    """Where a notice stands: DUE will be sent, CALL waits for staff to ring up; others are done.

    OVERTAKEN: something newer was said, or the applicant came and read for himself.
    """

    DUE = "due"
    CALL = "call"
    SENT = "sent"
    TOLD = "told"
    OVERTAKEN = "overtaken"
    GIVEN_UP = "given up"


OPEN = (Posted.DUE, Posted.CALL)
CLOSED = tuple(state for state in Posted if state not in OPEN)


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice in the outbox. `key` names the occasion: the same one is never queued twice.

    `worth_a_call`: somebody rings him up if it cannot be sent. `tries` were begun so far.
    """

    key: str
    notice: Notice
    state: Posted
    created_at: datetime
    next_try_at: datetime
    worth_a_call: bool
    tries: int = 0
    row_id: int = 0
    sealed: str | None = field(default=None, repr=False)
    wrapped: str | None = None


def add_letter(db: RowDB, ring: Keyring, letter: Letter, mobile: str) -> None:
    """Put a notice into the outbox. Duplicate if this occasion was there already."""
    seal, wrapped = sealing.new_seal(ring, _place(letter.key))
    notice = letter.notice
    row = {
        "key": letter.key,
        "receipt": notice.receipt,
        "kind": str(notice.kind),
        "what": notice.what,
        "manner": str(notice.manner),
        "until": notice.until.isoformat() if notice.until else None,
        "state": str(letter.state),
        "created_at": letter.created_at.isoformat(),
        "next_try_at": letter.next_try_at.isoformat(),
        "worth_a_call": letter.worth_a_call,
        "tries": letter.tries,
        "to": seal.close("to", mobile),
        "wrapped": wrapped,
    }
    db.table("outbox").insert(row)


def has_letter(db: RowDB, key: str) -> bool:
    """Whether this occasion was queued before."""
    return db.table("outbox").contains(where("key") == key)


def open_number(ring: Keyring, letter: Letter) -> str:
    """The number that a notice goes to; empty once it is closed. Damaged if it does not open."""
    if letter.sealed is None or letter.wrapped is None:
        return ""
    seal = sealing.open_seal(ring, _place(letter.key), letter.wrapped)
    return str(seal.open("to", letter.sealed))


def claim_letter(db: RowDB, now: datetime, until: datetime) -> Letter | None:
    """Take the next letter that is due, for this process alone until the moment given."""
    outbox = db.table("outbox")
    with db.transaction():
        ready = (where("state") == Posted.DUE.value) & (where("next_try_at") <= now.isoformat())
        for row in outbox.page(ready, "next_try_at", 1):
            letter = _letter(row)
            mine = {"next_try_at": until.isoformat(), "tries": letter.tries + 1}
            outbox.update(mine, doc_ids=[row.doc_id])
            return _letter(row | mine, row.doc_id)
    return None


def postpone_letter(db: RowDB, letter: Letter, moment: datetime) -> None:
    """Try again at this moment, unless it was closed meanwhile."""
    fields = {"next_try_at": moment.isoformat()}
    db.table("outbox").update(fields, where("state") == Posted.DUE.value, [letter.row_id])


def hand_over(db: RowDB, letter: Letter) -> None:
    """Leave an unsent letter to staff; what is worth no call is given up."""
    with db.transaction():
        if letter.worth_a_call:
            fields = {"state": str(Posted.CALL)}
            db.table("outbox").update(fields, where("state") == Posted.DUE.value, [letter.row_id])
        else:
            close_letter(db, letter.row_id, Posted.GIVEN_UP)


def close_letter(db: RowDB, row_id: int, state: Posted) -> bool:
    """Close a letter and forget its number; False if it was closed before."""
    wiped = {"state": str(state), "to": None, "wrapped": None}
    still_open = where("state").one_of([str(one) for one in OPEN])
    return bool(db.table("outbox").update(wiped, still_open, [row_id]))


def overtake_letters(db: RowDB, receipt: str) -> bool:
    """Close what is open about a case; returns whether anything of it was worth a call.

    That its code was changed is told in any case: who got hold of a new code by a trick must
    not be able to hide it from the owner.
    """
    outbox, worth_a_call = db.table("outbox"), False
    with db.transaction():
        for row in outbox.search(where("receipt") == receipt):
            if row["state"] in OPEN and row["what"] != NEW_CODE:
                close_letter(db, row.doc_id, Posted.OVERTAKEN)
                worth_a_call |= row["worth_a_call"]
    return worth_a_call


def letters_before(db: RowDB, moment: datetime) -> list[Letter]:
    """The letters still to be sent that were written before."""
    due = (where("state") == Posted.DUE.value) & (where("created_at") < moment.isoformat())
    return [_letter(row) for row in db.table("outbox").search(due)]


def find_letter(db: RowDB, row_id: int) -> Letter | None:
    """The letter in this place."""
    rows = db.table("outbox").get(doc_ids=[row_id])
    return _letter(rows[0]) if rows else None


def calls_to_make(db: RowDB, kinds: Collection[CaseKind], limit: int) -> list[Letter]:
    """What waits to be told by phone about these kinds of case, the oldest first."""
    rows = db.table("outbox").page(_calls(kinds), "created_at", limit)
    return [_letter(row) for row in rows]


def count_calls(db: RowDB, kinds: Collection[CaseKind]) -> int:
    """How many notices about these kinds of case wait to be told by phone."""
    return db.table("outbox").count(_calls(kinds))


def _calls(kinds: Collection[CaseKind]) -> Any:
    ours = [str(kind) for kind in kinds]
    return (where("state") == Posted.CALL.value) & where("kind").one_of(ours)


def remove_letters_before(db: RowDB, moment: datetime, states: Collection[Posted]) -> int:
    """Forget every letter in one of these states that was written before; returns how many."""
    among = where("state").one_of([str(state) for state in states])
    return len(db.table("outbox").remove((where("created_at") < moment.isoformat()) & among))


def _place(key: str) -> str:
    return f"outbox|{key}"


def _letter(row: Any, row_id: int | None = None) -> Letter:
    values: Mapping[str, Any] = row
    until = values.get("until")  # what an older version stored has none
    notice = Notice(
        values["receipt"],
        CaseKind(values["kind"]),
        values["what"],
        Manner(values["manner"]),
        date.fromisoformat(until) if until else None,
    )
    return Letter(
        values["key"],
        notice,
        Posted(values["state"]),
        datetime.fromisoformat(values["created_at"]),
        datetime.fromisoformat(values["next_try_at"]),
        values["worth_a_call"],
        values["tries"],
        row.doc_id if row_id is None else row_id,
        values["to"],
        values["wrapped"],
    )

"""Drafts: what a visitor has filled in so far, sealed, found by a token that only he holds.

A draft that was kept for later has a number as well. Its row holds the mark of the code, and the
token sealed with a key that only number and code lead to: of the three, what is stored gives none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.forms.answers import Answers
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.crypto.sealing import Seal
from portal.store.engine.database import RowDB
from portal.store.files import Owner


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far; `card` is the rights card that led here, if any.

    `receipt` is the number that it was kept under, `changed_at` when it was last touched: both
    None for what was never stored.
    """

    answers: Answers
    card: str | None = None
    receipt: str | None = None
    changed_at: datetime | None = None


def token_index(ring: Keyring, token: str) -> str:
    """What the store knows of a draft's token."""
    return sealing.blind_index(ring, "draft", token)


def find_draft(db: RowDB, ring: Keyring, token: str) -> Draft | None:
    """The draft of this token."""
    return open_draft(db, ring, token_index(ring, token))


def open_draft(db: RowDB, ring: Keyring, index: str) -> Draft | None:
    """The draft that the store knows under this index of its token."""
    row = db.table("drafts").get(where("token_index") == index)
    return _opened(ring, index, row) if row else None


def save_draft(db: RowDB, ring: Keyring, token: str, draft: Draft, at: datetime) -> None:
    """Store the draft under its token, new or changed, sealed with a key of its own."""
    index = token_index(ring, token)
    seal, wrapped = _seal_of(db, ring, index)
    content = {"answers": draft.answers, "card": draft.card}
    row = {
        "token_index": index,
        "changed_at": at.isoformat(),
        "key": wrapped,
        "content": seal.close("content", content),
    }
    db.table("drafts").upsert(row, where("token_index") == index)


def keep_for_later(db: RowDB, ring: Keyring, token: str, receipt: str, code: str) -> None:
    """Let number and code lead back to the draft. Duplicate if another one has the number."""
    way = {
        "receipt": receipt,
        "code_mark": sealing.code_mark(ring, receipt, code),
        "way": sealing.code_seal(ring, receipt, code).close("token", token),
    }
    db.table("drafts").update(way, where("token_index") == token_index(ring, token))


def code_hmac_of_draft(db: RowDB, receipt: str) -> str | None:
    """The mark of the code of the draft that is kept under this number; None without one."""
    row = db.table("drafts").get(where("receipt") == receipt)
    return str(row["code_mark"]) if row else None


def find_token(db: RowDB, ring: Keyring, receipt: str, code: str) -> str | None:
    """The token of the draft that is kept under this number. Damaged if it is not its code."""
    row = db.table("drafts").get(where("receipt") == receipt)
    return str(sealing.code_seal(ring, receipt, code).open("token", row["way"])) if row else None


def kept_between(db: RowDB, start: datetime, end: datetime) -> list[str]:
    """The indexes of the drafts kept for later that were last touched at start <= moment < end."""
    moment = where("changed_at")
    touched = (moment >= start.isoformat()) & (moment < end.isoformat())
    rows = db.table("drafts").search(touched)
    return [str(row["token_index"]) for row in rows if row.get("receipt")]


def keep_draft_longer(db: RowDB, ring: Keyring, token: str, at: datetime) -> None:
    """Count the time after which the draft is forgotten from this moment."""
    index = token_index(ring, token)
    db.table("drafts").update({"changed_at": at.isoformat()}, where("token_index") == index)


def _seal_of(db: RowDB, ring: Keyring, index: str) -> tuple[Seal, str]:
    """The key of a draft, open and wrapped; it stays the same, as its files hang on it."""
    row = db.table("drafts").get(where("token_index") == index)
    if row is None:
        return sealing.new_seal(ring, _place(index))
    return sealing.open_seal(ring, _place(index), row["key"]), row["key"]


def owner_of(db: RowDB, ring: Keyring, token: str) -> Owner | None:
    """The draft of this token as the owner of files; None without one."""
    index = token_index(ring, token)
    row = db.table("drafts").get(where("token_index") == index)
    if row is None:
        return None
    return Owner(owner_name(index), sealing.open_seal(ring, _place(index), row["key"]))


def owner_name(index: str) -> str:
    """What a draft is called in the rows of its files."""
    return f"draft {index}"


def remove_draft(db: RowDB, ring: Keyring, token: str) -> None:
    """Forget the draft; its key goes with it."""
    db.table("drafts").remove(where("token_index") == token_index(ring, token))


def remove_drafts_before(db: RowDB, moment: datetime) -> list[str]:
    """Forget every draft that was not touched since; returns their indexes."""
    old = where("changed_at") < moment.isoformat()
    gone = [str(row["token_index"]) for row in db.table("drafts").search(old)]
    db.table("drafts").remove(old)
    return gone


def _place(index: str) -> str:
    return f"drafts|{index}"


def _opened(ring: Keyring, index: str, row: Mapping[str, Any]) -> Draft:
    seal = sealing.open_seal(ring, _place(index), row["key"])
    content = seal.open("content", row["content"])
    if not isinstance(content, dict):
        raise TypeError("a draft is a mapping")
    changed_at = datetime.fromisoformat(row["changed_at"])
    return Draft(content["answers"], content["card"], row.get("receipt"), changed_at)

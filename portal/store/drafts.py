"""Drafts: what a visitor has filled in so far, sealed, found by a token that only he holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.cases import Answers
from portal.store import sealing
from portal.store.files import Owner
from portal.store.keys import Keyring
from portal.store.rows import RowDB
from portal.store.sealing import Seal


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far; `card` is the rights card that led here, if any."""

    answers: Answers
    card: str | None = None


def token_index(ring: Keyring, token: str) -> str:
    """What the store knows of a draft's token."""
    return sealing.blind_index(ring, "draft", token)


def find_draft(db: RowDB, ring: Keyring, token: str) -> Draft | None:
    """The draft of this token."""
    index = token_index(ring, token)
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
    return Draft(content["answers"], content["card"])

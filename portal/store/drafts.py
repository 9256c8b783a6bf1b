"""Drafts: what a visitor has filled in so far, sealed, found by a token that only he holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.cases import Answers
from portal.store import sealing
from portal.store.keys import Keyring
from portal.store.rows import RowDB


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
    seal, wrapped = sealing.new_seal(ring, _place(index))
    content = {"answers": draft.answers, "card": draft.card}
    row = {
        "token_index": index,
        "changed_at": at.isoformat(),
        "key": wrapped,
        "content": seal.close("content", content),
    }
    db.table("drafts").upsert(row, where("token_index") == index)


def remove_draft(db: RowDB, ring: Keyring, token: str) -> None:
    """Forget the draft; its key goes with it."""
    db.table("drafts").remove(where("token_index") == token_index(ring, token))


def remove_drafts_before(db: RowDB, moment: datetime) -> int:
    """Forget every draft that was not touched since; returns how many."""
    return len(db.table("drafts").remove(where("changed_at") < moment.isoformat()))


def _place(index: str) -> str:
    return f"drafts|{index}"


def _opened(ring: Keyring, index: str, row: Mapping[str, Any]) -> Draft:
    seal = sealing.open_seal(ring, _place(index), row["key"])
    content = seal.open("content", row["content"])
    if not isinstance(content, dict):
        raise TypeError("a draft is a mapping")
    return Draft(content["answers"], content["card"])

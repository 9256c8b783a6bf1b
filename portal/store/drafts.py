"""Drafts: what a visitor has filled in so far, sealed, found by a token that only he holds.

A draft that was kept for later has a number as well. Its row holds the HMAC of the code, and the
token sealed with a key that only number and code lead to: of the three, what is stored gives none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.forms.drafts import Draft, content_of_draft, draft_of_content
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.crypto.sealing import Seal
from portal.store.files import Owner
from portal.store.store import Store


def token_index(keys: Keyring, token: str) -> str:
    """Return the fingerprint by which the store knows a draft's token."""
    return sealing.blind_index(keys, "draft", token)


def find_draft(store: Store, token: str) -> Draft | None:
    """Return the draft of this token, or None."""
    return open_draft(store, token_index(store.keys, token))


def open_draft(store: Store, index: str) -> Draft | None:
    """Return the draft that the store knows under this index of its token, or None."""
    row = store.db.table("drafts").get(where("token_index") == index)
    return _opened(store.keys, index, row) if row else None


def save_draft(store: Store, token: str, draft: Draft, at: datetime) -> None:
    """Store the draft under its token, new or changed, sealed with a key of its own.

    ValueError if it holds answers that no field asks for.
    """
    index = token_index(store.keys, token)
    seal, wrapped = _seal_of(store, index)
    row = {
        "token_index": index,
        "changed_at": at.isoformat(),
        "key": wrapped,
        "content": seal.close("content", content_of_draft(draft)),
    }
    store.db.table("drafts").upsert(row, where("token_index") == index)


def keep_for_later(store: Store, token: str, receipt: str, code: str) -> None:
    """Let number and code lead back to the draft. Duplicate if another one has the number."""
    way = {
        "receipt": receipt,
        "code_hmac": sealing.hmac_of_code(store.keys, receipt, code),
        "way": sealing.code_seal(store.keys, receipt, code).close("token", token),
    }
    store.db.table("drafts").update(way, where("token_index") == token_index(store.keys, token))


def code_hmac_of_draft(store: Store, receipt: str) -> str | None:
    """Return the HMAC of the code of the draft that is kept under this number; None without one."""
    row = store.db.table("drafts").get(where("receipt") == receipt)
    return str(row["code_hmac"]) if row else None


def find_token(store: Store, receipt: str, code: str) -> str | None:
    """Return the token of the draft kept under this number, or None. Damaged if not its code."""
    row = store.db.table("drafts").get(where("receipt") == receipt)
    if not row:
        return None
    return str(sealing.code_seal(store.keys, receipt, code).open("token", row["way"]))


def kept_between(store: Store, start: datetime, end: datetime) -> list[str]:
    """Return the indexes of drafts kept for later and last touched at start <= moment < end."""
    moment = where("changed_at")
    touched = (moment >= start.isoformat()) & (moment < end.isoformat())
    rows = store.db.table("drafts").search(touched)
    return [str(row["token_index"]) for row in rows if row.get("receipt")]


def keep_draft_longer(store: Store, token: str, at: datetime) -> None:
    """Count the time after which the draft is forgotten from this moment."""
    index = token_index(store.keys, token)
    store.db.table("drafts").update({"changed_at": at.isoformat()}, where("token_index") == index)


def _seal_of(store: Store, index: str) -> tuple[Seal, str]:
    """Return the key of a draft, open and wrapped; it stays the same, as its files hang on it."""
    row = store.db.table("drafts").get(where("token_index") == index)
    if row is None:
        return sealing.new_seal(store.keys, _place(index))
    return sealing.open_seal(store.keys, _place(index), row["key"]), row["key"]


def owner_of(store: Store, token: str) -> Owner | None:
    """Return the draft of this token as the owner of files; None without one."""
    index = token_index(store.keys, token)
    row = store.db.table("drafts").get(where("token_index") == index)
    if row is None:
        return None
    return Owner(owner_name(index), sealing.open_seal(store.keys, _place(index), row["key"]))


def owner_name(index: str) -> str:
    """Return what a draft is called in the rows of its files."""
    return f"draft {index}"


def remove_draft(store: Store, token: str) -> None:
    """Forget the draft; its key goes with it."""
    store.db.table("drafts").remove(where("token_index") == token_index(store.keys, token))


def remove_drafts_before(store: Store, moment: datetime) -> list[str]:
    """Forget every draft that was not touched since; returns their indexes."""
    old = where("changed_at") < moment.isoformat()
    gone = [str(row["token_index"]) for row in store.db.table("drafts").search(old)]
    store.db.table("drafts").remove(old)
    return gone


def _place(index: str) -> str:
    return f"drafts|{index}"


def _opened(keys: Keyring, index: str, row: Mapping[str, Any]) -> Draft:
    seal = sealing.open_seal(keys, _place(index), row["key"])
    content = seal.open("content", row["content"])
    if not isinstance(content, dict):
        raise TypeError("a draft is a mapping")
    changed_at = datetime.fromisoformat(row["changed_at"])
    return draft_of_content(content, row.get("receipt"), changed_at)

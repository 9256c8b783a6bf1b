"""Why somebody searched, in his own words: sealed, beside the entry of the audit log."""

from collections.abc import Collection

from tinydb import where

from portal.store.crypto import sealing
from portal.store.store import Store

_NAME = "why"


def keep_words(store: Store, entry: int, words: str) -> None:
    """Keep the words for the entry of this number."""
    seal, wrapped = sealing.new_seal(store.keys, _place(str(entry)))
    row = {"entry": str(entry), "key": wrapped, "sealed": seal.close(_NAME, words)}
    store.db.table("searches").insert(row)


def words_of(store: Store, entries: Collection[int]) -> dict[int, str]:
    """Return the words for those of the entries that have some."""
    query = where("entry").one_of([str(entry) for entry in entries])
    return {
        int(row["entry"]): _open(store, row) for row in store.db.table("searches").search(query)
    }


def _open(store: Store, row: dict[str, str]) -> str:
    seal = sealing.open_seal(store.keys, _place(row["entry"]), row["key"])
    return str(seal.open(_NAME, row["sealed"]))


def _place(entry: str) -> str:
    return f"searches|{entry}"

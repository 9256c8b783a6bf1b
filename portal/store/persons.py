"""Persons as figures know them: a number drawn by chance for each ID number.

The link from the fingerprint of the ID number to the number is all that leads from one to the
other: without it, a person is still counted once, and nobody can say who it is.
"""

import secrets

from tinydb import where

from portal.store.crypto import sealing
from portal.store.store import Store

_LENGTH = 16


def person_of(store: Store, id_number: str) -> str:
    """Return the number of the person with this ID number, drawn now if there is none yet."""
    persons = store.db.table("persons")
    index = sealing.blind_index(store.keys, "person", id_number)
    with store.transaction():
        # The upsert makes two first ones wait for each other; a look-up would not.
        persons.upsert({"id_index": index}, where("id_index") == index)
        row = persons.get(where("id_index") == index)
        if row and "person" in row:
            return str(row["person"])
        number = secrets.token_hex(_LENGTH // 2)
        persons.update({"person": number}, where("id_index") == index)
    return number

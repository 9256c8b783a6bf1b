"""Persons as figures know them: a number drawn by chance for each ID number.

The link from the fingerprint of the ID number to the number is all that leads from one to the
other: without it, a person is still counted once, and nobody can say who it is.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from portal.store.crypto import sealing
from portal.store.store import Store

_LENGTH = 16


def person_of(store: Store, id_number: str) -> str:
    """Return the number of the person with this ID number, drawn now if there is none yet."""
    index = sealing.blind_index(store.keys, "person", id_number)
    number = secrets.token_hex(_LENGTH // 2)

    def keep(_: str, row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        nonlocal number
        if row is not None:
            number = str(row["person"])
            return None
        return {"id_index": index, "person": number}

    store.db.table("persons").change_each("id_index", [index], keep)
    return number

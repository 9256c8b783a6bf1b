"""The open store of a centre: what every function that reads or writes it is given."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from portal.store.crypto.keys import Keyring
from portal.store.engine.database import RowDB


@dataclass(frozen=True, slots=True)
class Store:
    """Rows, the keys that seal them, and the folder of what people sent."""

    db: RowDB
    keys: Keyring = field(repr=False)
    files: Path

    def transaction(self) -> AbstractContextManager[None]:
        """Do several writes as one: all or nothing; joins the transaction around it."""
        return self.db.transaction()

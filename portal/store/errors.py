"""What can go wrong in the store, in words that do not depend on the database."""
# ruff: noqa: N818 - the names say what is the matter


class StoreError(Exception):
    """The store could not do what was asked; nothing was written."""


class StoreFull(StoreError):
    """The disk of the database is full."""


class StoreBusy(StoreError):
    """Another program kept the database for longer than we wait."""


class StoreConflict(StoreBusy):
    """The database gave this transaction up for another; running it again is safe."""


class StoreDown(StoreError):
    """The database cannot be reached or read."""


class Damaged(StoreError):
    """What was read is not what was written."""


class NewerDatabase(StoreError):
    """The database was written by a newer version of this program."""


class UnindexedQuery(StoreError):
    """A query that would have to read the whole table."""


class Duplicate(StoreError, ValueError):
    """Another document already holds a value that must be unique.

    ``index`` is the name of the index, ``unique_<table>_<field>…``, or
    ``unique_<table>_id`` when the document's own ID is taken.
    """

    def __init__(self, index: str) -> None:
        super().__init__(f"not unique: {index}")
        self.index = index


class KeyProblem(StoreError):
    """The key file is missing, damaged, wrong or readable by others; nothing was changed."""


class InstanceProblem(StoreError):
    """The folder of the instance cannot be used as it is; the message says what to do."""

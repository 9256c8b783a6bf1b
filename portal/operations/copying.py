"""Making copies of the centre, and bringing it back from one: for practice, or in earnest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from portal.domain.copies import copies_to_drop, is_copy_due, name_copy, read_copy_name
from portal.operations.office import Office
from portal.store import accounts, audit, cases, copying, files, outbox
from portal.store.copying import TABLES, Manifest, Source
from portal.store.dumping import load_tables
from portal.store.errors import Damaged
from portal.store.instance import Instance, Place, open_instance
from portal.store.rows import RowDB
from portal.store.schema import SCHEMA, SCHEMA_VERSION

_MOST_TOLD = 20
Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where copies are put, whom they are encrypted to, and what is copied besides the store."""

    folder: Path
    public_keys: tuple[str, ...]
    content: Path
    config: Path


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made, and how many old ones were dropped for it."""

    file: Path
    manifest: Manifest
    dropped: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a restored centre holds, and what is wrong with it, in words for the operator."""

    cases: int
    files: int
    entries: int
    head: str
    problems: tuple[str, ...]


def make_copy(office: Office, shelf: Shelf, actor: str) -> Made:
    """Make a copy now and drop the old ones that need not be kept. StoreFull, StoreDown."""
    now = office.now()
    file = shelf.folder / name_copy(now)
    source = Source(office.files, shelf.content, shelf.config)
    manifest = copying.write_copy(office.db, source, file, shelf.public_keys, now)
    audit.record(office.db, office.ring, now, actor, "make copy", file.name)
    return Made(file, manifest, _drop_old(shelf.folder, file))


def make_due_copy(office: Office, shelf: Shelf) -> Made | None:
    """Make the daily copy if it is time; None if it is not."""
    now = office.now()
    due = is_copy_due(find_newest(shelf.folder, now), now)
    return make_copy(office, shelf, "system") if due else None


def find_newest(folder: Path, now: datetime) -> datetime | None:
    """When the newest copy in a folder was made; one from the future, of a wrong clock, is none."""
    return max((made for made in _copies(folder) if made <= now), default=None)


def _copies(folder: Path) -> dict[datetime, Path]:
    known = ((read_copy_name(path.name), path) for path in folder.glob("*.age"))
    return {made: path for made, path in known if made}


def _drop_old(folder: Path, new: Path) -> int:
    made = _copies(folder)
    # Beside copies from the future the new one looks old.
    gone = [moment for moment in copies_to_drop(made) if made[moment] != new]
    for moment in gone:
        made[moment].unlink(missing_ok=True)
    return len(gone)


def load_copy(place: Place, folder: Path, manifest: Manifest) -> Instance:
    """Lay the unpacked copy in `folder` into an empty database, and open it with its keys.

    From the first moment nobody is signed in there and nothing waits to be sent a second time.
    KeyProblem, InstanceProblem or Damaged if it cannot be: then the database is still empty, or
    not the one to go on with.
    """
    db = RowDB(place.store_url, SCHEMA, refuse_scans=True, version=SCHEMA_VERSION)
    try:
        with db.transaction():
            load_tables(db, folder / TABLES, manifest.rows)
            _silence(db)
    finally:
        db.close()
    return open_instance(place, thorough=True)


def _silence(db: RowDB) -> None:
    """In one go with the rows: killed right after, a restored centre must not speak up either."""
    accounts.end_all(db)
    # Of any date: the clock of the new machine may be behind.
    for letter in outbox.letters_before(db, datetime.max.replace(tzinfo=UTC)):
        outbox.hand_over(db, letter)


def examine(instance: Instance, blobs: Path, progress: Progress) -> Findings:
    """Open everything that a restored centre holds: each answer, each word, each file, the chain.

    Reads all of it; a centre of 10,000 cases takes some minutes. Damaged if the chain is not whole.
    """
    entries, head = audit.verify_chain(instance.db, instance.ring)
    total = len(instance.db.table("cases"))
    problems: list[str] = []
    opened = found = 0
    for stored in cases.every_case(instance.db, instance.ring):
        opened += 1
        progress(opened, total)
        if stored.wrapped is None:
            continue
        try:
            stored.open_answers()
            cases.history(instance.db, stored)
            for sent in files.files_of(instance.db, stored.owner):
                files.read_file(instance.db, blobs, stored.owner, sent.id)
                found += 1
        except Damaged as damage:
            problems.append(f"{stored.case.receipt}：{damage}")
    return Findings(opened, found, entries, head, tuple(problems[:_MOST_TOLD]))


def note_use(
    office: Office, act: Literal["try copy", "restore copy"], copy: str, actor: str
) -> None:
    """Write down in the log of the centre that a copy was tried out, or that it goes on from it."""
    audit.record(office.db, office.ring, office.now(), actor, act, copy)

"""Bringing a centre back from a copy: for practice, or in earnest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from portal.domain.audit.actions import AuditAction
from portal.store import accounts, audit, cases, files, outbox
from portal.store.centre.backup import CopyPart, Manifest
from portal.store.centre.instance import Place, fit_keys
from portal.store.centre.restore import drafted, install_restored
from portal.store.crypto.keys import load_keyring
from portal.store.engine.database import RowDB
from portal.store.engine.dump import load_tables
from portal.store.engine.schema import SCHEMA, SCHEMA_VERSION
from portal.store.errors import Damaged
from portal.store.migrations import migrate
from portal.store.store import Store

_MOST_TOLD = 20
Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restored centre holds, and what is wrong with it, in words for the operator."""

    cases: int
    files: int
    entries: int
    head: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who restores which copy, and when; for the log of the centre."""

    at: datetime
    actor: str
    copy: str


def restore_copy(
    place: Place, scratch: Path, manifest: Manifest, signature: Signature, progress: Progress
) -> RestoreReport:
    """Make the copy that was unpacked into `scratch` the centre, once all of it was tried.

    Whatever goes wrong, the database of `place` stays as it was: KeyProblem, Damaged, StoreFull,
    InstanceProblem if it was not empty.
    """
    with drafted(place) as draft, loaded_copy(draft, scratch, manifest) as store:
        findings = examine(store, progress)
        at, actor, copy = signature.at, signature.actor, signature.copy
        audit.record(store, at, actor, AuditAction.RESTORE_COPY, copy)
        install_restored(scratch, place)
    return findings


@contextmanager
def loaded_copy(place: Place, folder: Path, manifest: Manifest) -> Iterator[Store]:
    """Load the copy unpacked into `folder` into an empty database; stored if the block ends.

    From the first moment nobody is signed in there and nothing waits to be sent a second time.
    """
    keys = load_keyring(place.key_file)
    db = RowDB(place.store_url, SCHEMA, refuse_scans=True, version=SCHEMA_VERSION)
    try:
        with db.transaction():
            load_tables(db, folder / CopyPart.TABLES, manifest.rows)
            store = replace(fit_keys(place, db, keys), files=folder / CopyPart.FILES)
            migrate(store, datetime.now(UTC))
            _silence(store)
            yield store
    finally:
        db.close()


def _silence(store: Store) -> None:
    """End sessions and queued messages, in one go with the rows.

    Killed right after, a restored centre must not speak up either.
    """
    accounts.end_all(store)
    # Of any date: the clock of the new machine may be behind.
    for message in outbox.messages_before(store, datetime.max.replace(tzinfo=UTC)):
        outbox.leave_to_staff(store, message)


def examine(store: Store, progress: Progress) -> RestoreReport:
    """Open everything that a restored centre holds: each answer, each word, each file, the chain.

    Reads all of it; a centre of 10,000 cases takes some minutes. Damaged if the chain is not whole.
    """
    entries, head = audit.verify_chain(store)
    total = len(store.db.table("cases"))
    problems: list[str] = []
    opened = found = 0
    for stored in cases.every_case(store):
        opened += 1
        progress(opened, total)
        if stored.erased:
            continue
        try:
            stored.open_answers()
            cases.history(store, stored)
            for sent in files.files_of(store, stored.owner):
                files.read_file(store, stored.owner, sent.id)
                found += 1
        except Damaged as damage:
            problems.append(f"{stored.case.receipt}：{damage}")
    return RestoreReport(opened, found, entries, head, tuple(problems[:_MOST_TOLD]))

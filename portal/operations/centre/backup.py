"""Making copies of the centre: when asked, and each night."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from portal.domain.audit.actions import AuditAction
from portal.domain.centre.backup_schedule import (
    copies_to_drop,
    is_copy_due,
    name_copy,
    read_copy_name,
)
from portal.operations.office import Office
from portal.store import audit
from portal.store.centre import backup
from portal.store.centre.backup import Manifest, Source

_LONGEST_AT_WORK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BackupStore:
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


def make_copy(office: Office, backup_store: BackupStore, actor: str) -> Made:
    """Make a copy now and drop the old ones that need not be kept. StoreFull, StoreDown."""
    now = office.now()
    file = backup_store.folder / name_copy(now)
    source = Source(office.store.files, backup_store.content, backup_store.config)
    manifest = backup.write_copy(office.store, source, file, backup_store.public_keys, now)
    audit.record(office.store, now, actor, AuditAction.MAKE_COPY, file.name)
    backup.sweep_scratch(backup_store.config.parent, backup_store.folder, now - _LONGEST_AT_WORK)
    return Made(file, manifest, _drop_old(backup_store.folder, file))


def make_due_copy(office: Office, backup_store: BackupStore) -> Made | None:
    """Make the daily copy if it is time; None if it is not."""
    now = office.now()
    due = is_copy_due(find_newest(backup_store.folder, now), now)
    return make_copy(office, backup_store, "system") if due else None


def find_newest(folder: Path, now: datetime) -> datetime | None:
    """Tell when the newest copy in a folder was made, or None.

    One from the future, of a wrong clock, is none.
    """
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


def note_trial(office: Office, copy: str, actor: str) -> None:
    """Write down in the log of the centre that a copy was tried out."""
    audit.record(office.store, office.now(), actor, AuditAction.TRY_COPY, copy)

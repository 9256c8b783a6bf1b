"""Taking in what somebody sends: counted, cleaned, on the disk, and only then its row."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from portal.cleaning import CleaningBusy, clean_file
from portal.domain.accounts.actor import VISITOR
from portal.domain.documents import document_types
from portal.domain.documents.document_types import Paper, SentFile
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.office import Office
from portal.operations.rate_limits import Spending, TooMany
from portal.store import drafts, files
from portal.store.errors import StoreDown
from portal.store.files import Blobs, Owner

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """What came in: the bytes, what the sender calls them, his login or `VISITOR`."""

    body: bytes
    told_name: str
    by: str = VISITOR


def require_draft_owner(office: Office, token: str) -> Owner:
    """Return the draft of this token as the owner of files. NotFound without it."""
    owner = drafts.owner_of(office.store, token)
    if owner is None:
        raise NotFound(token)
    return owner


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What counts the files that somebody sends, each with whom it counts by.

    `by_files` counts those that are kept, `by_megabytes` how large they were, `by_refusals` those
    that cannot be taken: they cost the sender nothing else.
    """

    by_files: Spending
    by_megabytes: Spending = field(default_factory=dict)
    by_refusals: Spending = field(default_factory=dict)


def limits_of_applicant(owner: Owner, address: str) -> UploadLimits:
    """Return the limits that count what an applicant sends."""
    return UploadLimits(
        by_files={RateLimit.UPLOAD_BY_ADDRESS: (address,)},
        by_megabytes={RateLimit.UPLOAD_MEGABYTES: (owner.name,)},
        by_refusals={RateLimit.REFUSED_UPLOAD_BY_ADDRESS: (address,)},
    )


@contextmanager
def told_when_busy() -> Iterator[None]:
    """Raise TooMany, with the words to show, if more is being sent than can be looked at."""
    try:
        yield
    except CleaningBusy as busy:
        raise TooMany(f"{busy}。") from None


def store_upload(
    office: Office,
    kind: CaseKind,
    owner: Owner,
    paper: Paper,
    upload: Upload,
    limits: UploadLimits,
    store: Callable[[Blobs, SentFile], bool],
) -> bool:
    """Clean a file, put it on the disk, then store its row; if that fails the file goes again.

    Tells whether it was new: `store` runs in a transaction and says whether the file stays.
    NotAccepted, with what to do, if it cannot be taken; TooMany.
    """
    document_types.require_room_for_file(kind, files.files_of(office.store, owner))
    for spending in (limits.by_files, limits.by_megabytes, limits.by_refusals):
        if reached := rate_limits.find_reached(office, spending):
            raise TooMany(reached.words)
    try:
        blobs, sent = _write_cleaned(office, kind, paper, upload)
    except NotAccepted:
        rate_limits.spend_all(office, limits.by_refusals)
        raise
    try:
        with office.store.transaction():
            stored = store(blobs, sent)
    except StoreDown:  # it may have been stored before the line broke: the sweep will find out
        raise
    except Exception:
        files.remove_blobs(office.store.files, [blobs.id])
        raise
    if not stored:
        files.remove_blobs(office.store.files, [blobs.id])
        return False
    rate_limits.spend_all(office, limits.by_files)
    rate_limits.spend_all(office, limits.by_megabytes, math.ceil(sent.size / _MEGABYTE))
    return True


def _write_cleaned(
    office: Office, kind: CaseKind, paper: Paper, upload: Upload
) -> tuple[Blobs, SentFile]:
    """Clean a file and put it on the disk, with the original where that is kept."""
    with told_when_busy():
        cleaned = clean_file(upload.body)
    original = upload.body if kind in document_types.KEEPS_ORIGINALS else None
    blobs = files.write_blobs(office.store.files, cleaned.body, original)
    return blobs, SentFile(
        id=blobs.id,
        paper=paper.code,
        name=document_types.name_to_show(upload.told_name),
        media_type=cleaned.media_type,
        size=len(upload.body),
        sha256=cleaned.received_sha256,
        at=office.now(),
        has_original=original is not None,
        by=upload.by,
    )


def keep_once(office: Office, kind: CaseKind, owner: Owner, blobs: Blobs, sent: SentFile) -> bool:
    """Store the row of a file; the same file sent twice for the same paper is kept once."""
    known = files.files_of(office.store, owner)
    if any((one.paper, one.sha256) == (sent.paper, sent.sha256) for one in known):
        return False
    document_types.require_room_for_file(kind, known)
    files.add_file(office.store, owner, blobs, sent)
    return True

"""Photos of papers: sent with a form or after it, listed, taken back, and opened by staff."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from portal.cleaning import LARGEST_FILE, CleaningBusy, clean_file
from portal.cleaning import SHORT_SIDE as SHORT_SIDE
from portal.domain import papers
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.events import VISITOR, Event, PaperAdded, PaperRemoved
from portal.domain.papers import Paper, SentFile
from portal.domain.roles import Permission, is_granted
from portal.domain.workflow import WORKER, Actor, CaseKind
from portal.operations import limits
from portal.operations.following import Ticket, find_ticket_case
from portal.operations.limits import TooMany
from portal.operations.office import Office
from portal.operations.opening import require_open_case
from portal.operations.recording import write_down
from portal.store import audit, cases, drafts, files
from portal.store.cases import StoredCase
from portal.store.errors import StoreDown
from portal.store.files import Blobs, Owner

CLOSED = "这件事已经办完，不能再传、再删材料了。有新的材料，请打电话或者到窗口来"
CLOSED_AT_THE_COUNTER = "这件事已经办完，不能再传、再删材料了"
RELIED_ON = (
    "我们已经照这些材料在办了，现在不能删。传错了，请再传一张对的，再打电话或者到窗口来说一声"
)
BUILT_ON = "这件事已经照这些材料在办，现在不能删。传错了，请再传一份对的，并在办件里写明"
NOT_HIS = "这一份是帮扶中心传的，不能在这里删。传错了，请打电话或者到窗口来说一声"
NOT_OURS = "这一份是本人传的，只有本人能删"


@dataclass(frozen=True, slots=True)
class Upload:
    """What came in: the bytes, what the sender calls them, his login or `VISITOR`."""

    body: bytes
    told_name: str
    by: str = VISITOR


@dataclass(frozen=True, slots=True)
class CounterShelf:
    """The papers of a case at the counter: what may be added, what is there, what may go again."""

    kind: CaseKind
    offered: tuple[Paper, ...]
    sent: tuple[SentFile, ...]
    may_take_back: bool

    def count(self, paper: Paper) -> int:
        """How many files there are of a paper."""
        return sum(one.paper == paper.code for one in self.sent)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that staff may see: what it is, and its bytes."""

    sent: SentFile
    body: bytes


def sent_with_draft(office: Office, token: str) -> list[SentFile]:
    """What the holder of this token has sent so far."""
    owner = drafts.owner_of(office.db, office.ring, token)
    return files.files_of(office.db, owner) if owner else []


def sent_with_receipt(office: Office, token: str) -> list[SentFile]:
    """What was sent with the form that the holder of this token has handed in."""
    index = drafts.token_index(office.ring, token)
    stored = cases.find_submission(office.db, office.ring, index)
    return files.files_of(office.db, stored.owner) if stored else []


def send_with_draft(
    office: Office, kind: CaseKind, token: str, paper: Paper, upload: Upload, address: str
) -> None:
    """Add a photo to a form that is being filled in; returns after it is on the disk.

    The form is kept from now on as long as if it had been changed.
    NotAccepted, with what to do, if it cannot be taken; NotFound without the form; TooMany.
    """

    def store(blobs: Blobs, sent: SentFile) -> bool:
        added = _add(office, require_owner(office, token), blobs, sent)
        drafts.keep_draft_longer(office.db, office.ring, token, office.now())
        return added

    owner = require_owner(office, token)
    _take_in(office, kind, owner, paper, upload, limits_of_worker(owner, address), store)


def take_back_from_draft(office: Office, token: str, file_id: str) -> None:
    """Remove a photo that was sent with a form; it is gone at once."""
    with office.db.transaction():
        was_there = files.forget_file(office.db, require_owner(office, token), file_id)
    if was_there:
        files.remove_blobs(office.files, [file_id])


def require_owner(office: Office, token: str) -> Owner:
    """The draft of this token as the owner of files. NotFound without it."""
    owner = drafts.owner_of(office.db, office.ring, token)
    if owner is None:
        raise NotFound(token)
    return owner


def limits_of_worker(owner: Owner, address: str) -> tuple[tuple[str, str], ...]:
    """The limits that count what a worker sends, each with what it counts by."""
    return ("upload", owner.name), ("upload by address", address)


def _take_in(
    office: Office, kind: CaseKind, owner: Owner, paper: Paper, upload: Upload,
    counted: Iterable[tuple[str, str]], store: Callable[[Blobs, SentFile], bool],
) -> None:  # fmt: skip
    """Clean a file, put it on the disk, then store its row; if that fails the file goes again."""
    papers.require_room(files.files_of(office.db, owner), min(len(upload.body), LARGEST_FILE))
    for name, about in counted:
        limits.spend(office, name, about)
    with told_when_busy():
        cleaned = clean_file(upload.body, upload.told_name)
    original = upload.body if kind in papers.KEEPS_ORIGINALS else None
    blobs = files.write_blobs(office.files, cleaned.body, original)
    sent = SentFile(
        id=blobs.id, paper=paper.code, name=papers.name_to_show(upload.told_name),
        media_type=cleaned.media_type, size=len(upload.body), sha256=cleaned.received_sha256,
        at=office.now(), has_original=original is not None, by=upload.by,
    )  # fmt: skip
    try:
        with office.db.transaction():
            stored = store(blobs, sent)
    except StoreDown:  # it may have been stored before the line broke: the sweep will find out
        raise
    except Exception:
        files.remove_blobs(office.files, [blobs.id])
        raise
    if not stored:
        files.remove_blobs(office.files, [blobs.id])


@contextmanager
def told_when_busy() -> Iterator[None]:
    """TooMany, with the words to show, if more is being sent than can be looked at."""
    try:
        yield
    except CleaningBusy as busy:
        raise TooMany(f"{busy}。") from None


def _add(office: Office, owner: Owner, blobs: Blobs, sent: SentFile) -> bool:
    """Store the row of a file; the same file sent twice for the same paper is kept once."""
    known = files.files_of(office.db, owner)
    if any((one.paper, one.sha256) == (sent.paper, sent.sha256) for one in known):
        return False
    papers.require_room(known, sent.size)
    files.add_file(office.db, owner, blobs, sent)
    return True


def papers_of_case(office: Office, ticket: Ticket) -> tuple[list[Paper], list[SentFile]]:
    """The papers that a case asks its worker for, and what he has sent. NotFound; see Ticket."""
    stored = _require_case(office, ticket)
    sent = files.files_of(office.db, stored.owner)
    return papers.papers_for(stored.case.kind, stored.open_answers(), sent), sent


def send_to_case(
    office: Office, ticket: Ticket, paper: Paper, upload: Upload, address: str
) -> None:
    """Add a photo to a case that was handed in; it stands in its history.

    As `send_with_draft`, and NotAllowed when the case is over.
    """

    def store(blobs: Blobs, sent: SentFile) -> bool:
        stored = _require_open(office, ticket)
        if not _add(office, stored.owner, blobs, sent):
            return False
        _tell(office, stored, PaperAdded, sent, "add paper", WORKER)
        return True

    stored = _require_open(office, ticket)
    counted = limits_of_worker(stored.owner, address)
    _take_in(office, stored.case.kind, stored.owner, paper, upload, counted, store)


def take_back_from_case(office: Office, ticket: Ticket, file_id: str) -> None:
    """Remove a photo from a case; that it was there stays in its history.

    NotAllowed when the case is over, staff have begun to build on what was sent, or it was they
    who added it.
    """
    with office.db.transaction():
        gone = _take_out(office, _require_open(office, ticket), file_id, WORKER)
    files.remove_blobs(office.files, gone)


def _take_out(office: Office, stored: StoredCase, file_id: str, actor: Actor) -> list[str]:
    """Forget a file of the case that the actor has sent; returns what may go after that."""
    sent = files.find_file(office.db, stored.owner, file_id)
    if sent is None:
        return []
    if sent.by_worker != (actor == WORKER):
        raise NotAllowed(NOT_HIS if actor == WORKER else NOT_OURS)
    if not papers.may_take_back(stored.case):
        raise NotAllowed(RELIED_ON if actor == WORKER else BUILT_ON)
    files.forget_file(office.db, stored.owner, file_id)
    _tell(office, stored, PaperRemoved, sent, "remove paper", actor)
    return [file_id]


def _require_case(office: Office, ticket: Ticket) -> StoredCase:
    stored = find_ticket_case(office, ticket)
    if stored is None:
        raise NotFound(ticket.receipt)
    return stored


def _require_open(office: Office, ticket: Ticket) -> StoredCase:
    stored = _require_case(office, ticket)
    if not papers.may_send(stored.case):
        raise NotAllowed(CLOSED)
    return stored


def _tell(
    office: Office, stored: StoredCase, event: type[Event], sent: SentFile, act: str, actor: Actor
) -> None:
    """Write into history and log who did it; the worker's doing marks the case as not looked at."""
    now, case = office.now(), stored.case
    unread = case.unread or actor == WORKER
    after = replace(case, version=case.version + 1, unread=unread, changed_at=now)
    words = papers.label_of_paper(case.kind, sent.paper)
    told = event(at=now, actor=actor.login, text=words)
    write_down(office, stored, told, after, act, sent.id)


def look_at_papers(office: Office, actor: Actor, receipt: str) -> CounterShelf:
    """What staff may add to an open case they may open; who looked is logged.

    NotFound, NotAllowed otherwise.
    """
    stored = _require_open_at_the_counter(office, actor, receipt)
    audit.record(office.db, office.ring, office.now(), actor.login, "list papers", receipt)
    case, sent = stored.case, files.files_of(office.db, stored.owner)
    offered = papers.papers_at_the_counter(case.kind, stored.open_answers(), sent)
    return CounterShelf(case.kind, tuple(offered), tuple(sent), papers.may_take_back(case))


def add_at_the_counter(
    office: Office, actor: Actor, receipt: str, code: str, upload: Upload
) -> None:
    """Add a photo or scan that was handed over at the counter; else as `send_to_case`.

    NotFound if the case has no paper with this code.
    """

    def store(blobs: Blobs, sent: SentFile) -> bool:
        stored = _require_open_at_the_counter(office, actor, receipt)
        if not _add(office, stored.owner, blobs, sent):
            return False
        _tell(office, stored, PaperAdded, sent, "add paper", actor)
        return True

    stored = _require_open_at_the_counter(office, actor, receipt)
    paper = papers.find_paper(stored.case.kind, code)
    if paper is None:
        raise NotFound(code)
    counted = (("upload at the counter", actor.login),)
    mine = replace(upload, by=actor.login)
    _take_in(office, stored.case.kind, stored.owner, paper, mine, counted, store)


def take_back_at_the_counter(office: Office, actor: Actor, receipt: str, file_id: str) -> None:
    """Remove what staff have added, while the worker might remove what he has sent.

    NotAllowed when the case is over, it is built on already, or the worker has sent it.
    """
    with office.db.transaction():
        stored = _require_open_at_the_counter(office, actor, receipt)
        gone = _take_out(office, stored, file_id, actor)
    files.remove_blobs(office.files, gone)


def _require_open_at_the_counter(office: Office, actor: Actor, receipt: str) -> StoredCase:
    stored = require_open_case(office, actor, receipt)
    if not stored.case.open:
        raise NotAllowed(CLOSED_AT_THE_COUNTER)
    return stored


def open_paper(office: Office, actor: Actor, receipt: str, file_id: str) -> Opened:
    """Open a cleaned photo or PDF; who and which is logged. NotAllowed, NotFound otherwise."""
    return _open(office, actor, receipt, file_id, "open paper", file_id, original=False)


def open_original(office: Office, actor: Actor, receipt: str, file_id: str, reason: str) -> Opened:
    """Take out the untouched file, which may be harmful, for a reason that is logged."""
    note = f"{file_id} {reason}"
    return _open(office, actor, receipt, file_id, "open original", note, original=True)


def _open(
    office: Office, actor: Actor, receipt: str, file_id: str, act: str, note: str, *,
    original: bool,
) -> Opened:  # fmt: skip
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看材料")
    stored = require_open_case(office, actor, receipt)
    sent = files.find_file(office.db, stored.owner, file_id)
    if sent is None or (original and not sent.has_original):
        raise NotFound(file_id)
    body = files.read_file(office.db, office.files, stored.owner, file_id, original=original)
    audit.record(office.db, office.ring, office.now(), actor.login, act, receipt, note)
    return Opened(sent, body)

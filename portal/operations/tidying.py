"""What the centre forgets by itself: old drafts and counters that have run out."""

from dataclasses import dataclass
from datetime import timedelta

from portal.operations.office import Office
from portal.operations.signing_in import LONGEST
from portal.store import accounts, audit, counters, drafts


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was forgotten."""

    drafts: int
    counters: int
    sign_ins: int


def draft_life(office: Office) -> timedelta:
    """How long a draft is kept after it was last touched."""
    return timedelta(days=office.rules.deadline("draft_kept").limit)


def tidy(office: Office) -> Tidied:
    """Forget drafts that nobody touched for long, and what signing in left behind."""
    now = office.now()
    with office.db.transaction():
        forgotten = drafts.remove_drafts_before(office.db, now - draft_life(office))
        ended = counters.remove_ended(office.db, now)
        sign_ins = accounts.remove_ended(office.db, now - LONGEST, now)
        if forgotten:
            note = str(forgotten)
            audit.record(office.db, office.ring, now, "system", "forget drafts", "drafts", note)
    return Tidied(forgotten, ended, sign_ins)

"""What the centre forgets by itself: old drafts and counters that have run out."""

from dataclasses import dataclass
from datetime import timedelta

from portal.operations.office import Office
from portal.store import audit, counters, drafts

DRAFT_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was forgotten."""

    drafts: int
    counters: int


def tidy(office: Office) -> Tidied:
    """Forget drafts that nobody touched for 30 days, and ended counters."""
    now = office.now()
    with office.db.transaction():
        forgotten = drafts.remove_drafts_before(office.db, now - DRAFT_LIFE)
        ended = counters.remove_ended(office.db, now)
        if forgotten:
            note = str(forgotten)
            audit.record(office.db, office.ring, now, "system", "forget drafts", "drafts", note)
    return Tidied(forgotten, ended)

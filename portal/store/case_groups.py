"""Cases counted and found by groups: how many there are of which so much is alike."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tinydb import where

from portal.domain.cases.work_views import Selection
from portal.domain.records.workflow import Awaiting
from portal.store.case_heads import YES
from portal.store.cases import StoredCase, are_shown, read_stored
from portal.store.store import Store

_IS_WORK = where("work") > ""
_GONE, _TO_COME = "0000", "9999"
"""Days are told apart only as far as views do: gone, today, to come."""


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """What is the same of some cases."""

    turn: str
    stage: str
    holder: str
    unread: bool
    held: bool
    due_on: str

    def is_in(self, chosen: Selection) -> bool:
        """Tell whether a selection that `asks_little` holds them."""
        return (
            self.turn in chosen.turns
            and self.stage in chosen.stages
            and (chosen.holders is None or self.holder in chosen.holders)
            and (self.unread or not chosen.unread)
            and not (chosen.free_on and self.held)
            and (self.held or not chosen.held_on)
            and (chosen.due_from is None or self.due_on >= chosen.due_from.isoformat())
            and (chosen.due_until is None or self.due_on <= chosen.due_until.isoformat())
        )


def asks_little(chosen: Selection) -> bool:
    """Tell whether groups of open work say enough to count a selection."""
    more = (chosen.town, chosen.holds, chosen.alarms)
    unbounded = chosen.towns is None and chosen.numbers is None
    return unbounded and not any(more) and Awaiting.NOBODY not in chosen.turns


def group_open_work(store: Store, hidden: Collection[str], today: date) -> Counter[WorkGroup]:
    """Count in one go all cases in which somebody still has to act, but for the hidden ones."""
    query = _IS_WORK & are_shown(hidden) if hidden else _IS_WORK
    groups, now = Counter[WorkGroup](), today.isoformat()
    for (work,), count in store.db.table("cases").count_groups("work", query=query).items():
        turn, stage, holder, news, held_until, due_on = work.split(" ")
        day = now if due_on == now else (_GONE if due_on < now else _TO_COME)
        groups[WorkGroup(turn, stage, holder, news == YES, held_until > now, day)] += count
    return groups


@dataclass(frozen=True, slots=True)
class TakerGroup:
    """Open cases of one stage, that wait for the centre, on which the same people did something.

    `logins` are theirs, and of who keeps out.
    """

    stage: str
    takers: str
    excluded: str

    @property
    def logins(self) -> frozenset[str]:
        """Whoever may have reason not to take the next step."""
        return frozenset(f"{self.takers} {self.excluded}".split())


def group_by_takers(store: Store) -> list[TakerGroup]:
    """Group in one go all cases in which the centre has to act."""
    query = where("turn") == str(Awaiting.CENTRE)
    counted = store.db.table("cases").count_groups(
        "turn", "stage", "takers", "excluded", query=query
    )
    return [TakerGroup(*group) for _, *group in sorted(counted)]


def list_of_takers(store: Store, group: TakerGroup) -> list[StoredCase]:
    """List the cases of such a group."""
    query = (where("turn") == str(Awaiting.CENTRE)) & (where("stage") == group.stage)
    query &= (where("takers") == group.takers) & (where("excluded") == group.excluded)
    return read_stored(store, store.db.table("cases").search(query))

"""Cases counted and found by groups: how many there are of which so much is alike."""

from collections.abc import Collection
from dataclasses import dataclass

from tinydb import where

from portal.domain.cases.work_views import Selection
from portal.domain.records.workflow import Awaiting
from portal.store.case_heads import YES
from portal.store.cases import IS_OPEN, StoredCase, are_shown, read_stored
from portal.store.store import Store


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """How many cases there are of which all this is the same."""

    turn: str
    stage: str
    holder: str
    unread: bool
    held_until: str
    count: int

    def is_in(self, chosen: Selection) -> bool:
        """Tell whether a selection holds them that asks neither for due days nor for a town."""
        return (
            self.turn in chosen.turns
            and self.stage in chosen.stages
            and (chosen.holders is None or self.holder in chosen.holders)
            and (self.unread or not chosen.unread)
            and (chosen.free_on is None or self.held_until <= chosen.free_on.isoformat())
            and (chosen.held_on is None or self.held_until > chosen.held_on.isoformat())
        )


def group_open_work(store: Store, hidden: Collection[str]) -> list[WorkGroup]:
    """Count in one go all cases in which somebody still has to act, but for the hidden ones."""
    fields = ("turn", "stage", "holder", "news", "held_until")
    query = IS_OPEN & are_shown(hidden) if hidden else IS_OPEN
    counted = store.db.table("cases").count_groups(*fields, query=query)
    return [
        WorkGroup(turn, stage, holder, news == YES, held_until, count)
        for (turn, stage, holder, news, held_until), count in counted.items()
    ]


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

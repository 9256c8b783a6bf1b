"""Pairs of cases of which somebody judged whether they are of the same person, as records."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tinydb import where

from portal.domain.search.likeness import PAIR_REGISTRY, PairJudged, Verdict
from portal.store import records
from portal.store.records import Aggregate, Record
from portal.store.store import Store

PAIRS = Aggregate("pair", "pairs", PAIR_REGISTRY, lambda name: False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The newest verdict on a pair: who gave it when, why, and what matched then."""

    verdict: Verdict
    matched: frozenset[str]
    by: str
    on: date
    why: str


def judge(store: Store, pair: str, event: PairJudged) -> None:
    """Keep a verdict; it takes the place of the one before, which the history tells. Changed."""
    head = {
        "verdict": event.verdict,
        "matched": list(event.matched),
        "by": event.actor,
        "on": event.on.isoformat(),
    }
    sealed = {"why": event.text}
    record = records.find_record(store, PAIRS, "number", pair)
    if record:
        records.append_events(store, record, [event], head, sealed)
    else:
        records.add_record(store, PAIRS, pair, head, sealed, event)


def read_judgements(store: Store, pairs: Collection[str]) -> dict[str, Judgement]:
    """Return the newest verdict on each of these pairs that has one."""
    rows = store.db.table("pairs").search(where("number").one_of(sorted(pairs)))
    found = [records.read_record(store, PAIRS, row) for row in rows]
    return {record.number: _read(record) for record in found}


def _read(record: Record) -> Judgement:
    row = record.row
    return Judgement(
        Verdict(row["verdict"]),
        frozenset(row["matched"]),
        row["by"],
        date.fromisoformat(row["on"]),
        str(record.open("why")),
    )

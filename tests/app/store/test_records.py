"""Records: heads, numbered events, tallies; two at once, and what must not be told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from tinydb import where

from portal.domain.records.event import Event, make_registry
from portal.domain.shared.errors import Changed
from portal.store import records
from portal.store.centre.instance import Place, create_instance, open_instance
from portal.store.engine.database import RowDB
from portal.store.engine.schema import SCHEMA, SCHEMA_VERSION
from portal.store.errors import Damaged, Duplicate, NewerDatabase, UnindexedQuery
from portal.store.persons import person_of
from portal.store.records import Aggregate
from portal.store.store import Store

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class Opened(Event):
    """It began."""


class Noted(Event):
    """Something was noted."""


KIND = Aggregate("article", "articles", make_registry([Opened, Noted]), lambda name: name == "who")
OPENED = Opened(at=AT, actor="li", facts={"who": "示范老陈", "what": 3}, text="开始")


@pytest.fixture
def place(tmp_path: Path, store_url: str) -> Place:
    """Where the instance of a test is."""
    return Place(tmp_path, store_url, tmp_path / "keys.json")


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """A new instance."""
    opened = create_instance(place, AT)
    yield opened
    opened.db.close()


def begin(store: Store, number: str = "A-1") -> records.Record:
    """A record with its first event."""
    head = {"collection": "x", "state": "new"}
    return records.add_record(store, KIND, number, head, {"text": "秘密"}, OPENED)


def test_a_record_comes_back_with_its_history_and_what_is_sealed(store: Store) -> None:
    made = begin(store)
    noted = Noted(at=AT, actor="wang", text="记一笔", tally={"town": "qs03"})
    records.append_events(store, made, [noted, replace(noted, text="")], {"state": "old"})
    found = records.find_record(store, KIND, "number", "A-1")
    assert found
    assert (found.version, found.row["state"], found.open("text")) == (2, "old", "秘密")
    assert records.events_of(store, found) == [OPENED, noted, replace(noted, text="")]
    rows = str(dict(store.db.storage.read()))
    assert not [word for word in ("秘密", "开始", "记一笔", "示范老陈") if word in rows]
    assert "'what': 3" in rows


def test_whoever_comes_second_changes_nothing(store: Store) -> None:
    made = begin(store)
    records.append_events(store, made, [Noted(at=AT, actor="li")], {"state": "first"})
    with pytest.raises((Changed, Duplicate)), store.transaction():
        records.append_events(store, made, [Noted(at=AT, actor="wang")], {"state": "second"})
    found = records.find_record(store, KIND, "number", "A-1")
    assert found
    assert (found.row["state"], found.version) == ("first", 1)
    assert [event.actor for event in records.events_of(store, found)] == ["li", "li"]


def test_a_head_that_was_changed_past_its_history_is_not_written_over(store: Store) -> None:
    made = begin(store)
    store.db.table("articles").update({"version": 7}, doc_ids=[made.row_id])
    with pytest.raises(Changed), store.transaction():
        records.append_events(store, made, [Noted(at=AT, actor="li")], {"state": "x"})
    assert len(store.db.table("events")) == 1


def test_a_number_is_taken_once(store: Store) -> None:
    begin(store)
    with pytest.raises(Duplicate), store.transaction():
        begin(store)


def test_an_event_that_was_moved_to_another_record_does_not_open(store: Store) -> None:
    made, other = begin(store), begin(store, "A-2")
    events = store.db.table("events")
    for row in events:
        if row["record"] == made.name:
            events.remove(doc_ids=[row.doc_id])
    (row,) = events
    events.update({"record": made.name}, doc_ids=[row.doc_id])
    assert records.events_of(store, other) == []
    with pytest.raises(Damaged):
        records.events_of(store, made)


def test_without_its_key_a_record_tells_nothing_but_its_tally(store: Store) -> None:
    made = begin(store)
    store.db.table("articles").update({"key": None}, doc_ids=[made.row_id])
    found = records.find_record(store, KIND, "number", "A-1")
    assert found
    with pytest.raises(Damaged):
        records.events_of(store, found)
    (counted,) = records.events_since(store, Opened, None)
    assert counted.record == "article A-1"


def test_groups_are_counted_in_one_go_and_only_by_an_index(store: Store) -> None:
    cases = store.db.table("cases")
    for number, (turn, stage) in enumerate([("a", "x"), ("a", "x"), ("a", "y"), ("b", "x")]):
        cases.insert({"number": str(number), "submission": str(number), "turn": turn,
                      "stage": stage, "holder": "", "news": "no"})  # fmt: skip
    cases.insert({"number": "9", "submission": "9"})
    assert cases.count_groups("turn", "stage") == {
        ("a", "x"): 2, ("a", "y"): 1, ("b", "x"): 1,
    }  # fmt: skip
    assert cases.count_groups("turn") == {("a",): 3, ("b",): 1}
    assert cases.count_groups("turn", "stage", query=where("turn").one_of(["b"])) == {
        ("b", "x"): 1,
    }
    with pytest.raises(UnindexedQuery):
        cases.count_groups("news")
    with pytest.raises(UnindexedQuery):
        cases.count_groups("turn", query=where("unknown") == "a")


def test_a_person_has_one_number_however_many_ask_for_it_at_once(store: Store) -> None:
    numbers: list[str] = []
    together = Barrier(4)

    def ask() -> None:
        together.wait()
        numbers.append(person_of(store, "110101199003070003"))

    asking = [Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(numbers) == 4
    assert len({*numbers, person_of(store, "110101199003070003")}) == 1
    assert person_of(store, "11010119900307002X") not in numbers
    assert "110101199003070003" not in str(dict(store.db.storage.read()))


def test_an_older_program_refuses_a_newer_instance_in_one_line(store: Store, place: Place) -> None:
    with pytest.raises(NewerDatabase) as refusal:
        RowDB(place.store_url, SCHEMA, version=SCHEMA_VERSION - 1)
    assert "请升级本程序" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    open_instance(place).db.close()


@pytest.mark.parametrize(
    "spoiled", [{"type": "Forgotten"}, {"tally": {"name": "li"}}, {"on": "2099-01-01"}, {"at": "?"}]
)
def test_an_event_that_cannot_be_read_is_damage_and_names_its_place(
    store: Store, spoiled: dict[str, object]
) -> None:
    made = begin(store)
    store.db.table("events").update(spoiled, doc_ids=[1])
    with pytest.raises(Damaged, match="article A-1 的第 0 条"):
        records.events_of(store, made)

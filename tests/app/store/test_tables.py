"""A RowDB does what TinyDB does: inserting, reading, changing and removing documents."""

from collections import UserDict
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, operations

from portal.store.engine.database import Document, RowDB, RowTable, where


@pytest.fixture
def people(db: RowDB) -> RowTable:
    """Three people, with the IDs 1 to 3; nothing is indexed in this table."""
    table = db.table("people")
    table.insert_multiple([{"age": 30, "name": name} for name in ("An", "Bo", "Chen")])
    return table


def names(documents: list[Document]) -> list[str]:
    return [document["name"] for document in documents]


# Inserting


def test_documents_get_the_next_id(people: RowTable) -> None:
    assert people.insert({"name": "Deng"}) == 4
    assert people.insert_multiple({"name": name} for name in ("E", "F")) == [5, 6]
    assert people.insert_multiple([]) == []


def test_a_document_keeps_the_id_it_brings_and_ids_go_on_after_it(people: RowTable) -> None:
    assert people.insert(Document({"name": "Deng"}, 12)) == 12
    assert people.insert(Document({"name": "E"}, 7)) == 7
    assert people.insert({"name": "F"}) == 13


def test_documents_with_and_without_ids_can_be_inserted_at_once(people: RowTable) -> None:
    mixed = [{"name": "D"}, Document({"name": "E"}, 5), {"name": "F"}, Document({}, 20), {}]
    assert people.insert_multiple(mixed) == [4, 5, 6, 20, 21]


def test_an_id_that_is_taken_is_refused_and_nothing_is_inserted(people: RowTable) -> None:
    with pytest.raises(ValueError, match="unique_people_id"):
        people.insert(Document({"name": "Deng"}, 2))
    with pytest.raises(ValueError, match="unique_people_id"):
        people.insert_multiple([{"name": "Deng"}, Document({"name": "E"}, 3)])
    assert names(people.all()) == ["An", "Bo", "Chen"]


@pytest.mark.parametrize("wrong", [None, 1, "text", ["name"], {"name"}])
def test_what_is_not_a_mapping_is_refused(people: RowTable, wrong: Any) -> None:
    with pytest.raises(ValueError, match="not a Mapping"):
        people.insert(wrong)
    assert len(people) == 3


def test_a_single_mapping_is_not_a_list_of_documents(people: RowTable) -> None:
    with pytest.raises(ValueError, match="not a Mapping"):
        people.insert_multiple({"name": "Deng"})  # type: ignore[dict-item]


def test_any_mapping_can_be_inserted(people: RowTable) -> None:
    assert people.get(doc_id=people.insert(UserDict({"name": "Deng"}))) == {"name": "Deng"}


def test_what_json_cannot_hold_is_refused(people: RowTable) -> None:
    with pytest.raises(TypeError):
        people.insert({"name": {"a", "set"}})
    with pytest.raises(TypeError):
        people.update({"name": object()})
    assert names(people.all()) == ["An", "Bo", "Chen"]


def test_a_document_reads_as_it_was_written(people: RowTable) -> None:
    document = {
        "z": [1, -2.5, True, None, "", {"deep": [[]]}],
        "a": {"工会": "困难职工 😀", "quote": "\"'\\\n\t", "like": "\\u0000"},
        "big": 2**80,
    }
    read = people.get(doc_id=people.insert(document))
    assert read == document
    assert list(read) == ["z", "a", "big"]


# Reading


def test_all_and_iteration_and_len_see_every_document(people: RowTable) -> None:
    assert names(people.all()) == names(list(people)) == ["An", "Bo", "Chen"]
    assert [document.doc_id for document in people] == [1, 2, 3]
    assert len(people) == 3


def test_search_finds_all_that_match(people: RowTable) -> None:
    assert names(people.search(where("name") != "Bo")) == ["An", "Chen"]
    assert people.search(where("name") == "Nobody") == []


def test_get_finds_the_first_that_matches(people: RowTable) -> None:
    assert people.get(where("age") == 30) == {"age": 30, "name": "An"}
    assert people.get(where("age") == 31) is None


def test_get_finds_by_id(people: RowTable) -> None:
    found = people.get(doc_id=2)
    assert found == {"age": 30, "name": "Bo"}
    assert found is not None
    assert found.doc_id == 2
    assert people.get(doc_id=9) is None
    assert people.get(doc_id=2**70) is None


def test_get_finds_several_ids(people: RowTable) -> None:
    assert names(people.get(doc_ids=[3, 1, 9, 2**70])) == ["An", "Chen"]
    assert people.get(doc_ids=[]) == []


def test_get_and_contains_need_to_be_told_what(people: RowTable) -> None:
    with pytest.raises(RuntimeError):
        people.get()
    with pytest.raises(RuntimeError):
        people.contains()


def test_contains_and_count(people: RowTable) -> None:
    assert people.contains(where("name") == "An")
    assert not people.contains(where("name") == "Deng")
    assert people.contains(doc_id=3)
    assert not people.contains(doc_id=4)
    assert people.count(where("age") == 30) == 3
    assert people.count(where("age") == 31) == 0


def test_a_result_can_be_changed_without_changing_the_table(people: RowTable) -> None:
    people.search(where("name") == "An")[0]["name"] = "changed"
    people.all()[1].clear()
    assert names(people.all()) == ["An", "Bo", "Chen"]


def test_more_documents_than_are_read_at_a_time(people: RowTable) -> None:
    people.insert_multiple({"name": "many", "even": number % 2 == 0} for number in range(1200))
    assert len(people.search(where("even") == True)) == 600  # noqa: E712 - a query, not a test
    assert len(people.get(doc_ids=list(range(1, 1204)))) == 1203
    assert len(people.update({"seen": True})) == 1203
    assert len(people.remove(where("even").exists())) == 1200


# Changing


def test_update_sets_fields_of_all_or_of_those_that_match(people: RowTable) -> None:
    assert people.update({"city": "Qingshi"}) == [1, 2, 3]
    assert people.update({"age": 31, "new": [1]}, where("name") == "Bo") == [2]
    assert people.update({"age": 99}, where("name") == "Nobody") == []
    assert people.get(doc_id=2) == {"age": 31, "name": "Bo", "city": "Qingshi", "new": [1]}
    assert people.count(where("age") == 30) == 2


def test_update_by_ids_skips_those_that_do_not_exist(people: RowTable) -> None:
    assert people.update({"age": 31}, doc_ids=[3, 9, 2**70]) == [3]
    assert people.update({"age": 31}, doc_ids=iter([9])) == []
    assert names(people.search(where("age") == 31)) == ["Chen"]


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        (operations.delete("age"), {"name": "An"}),
        (operations.add("age", 2), {"age": 32, "name": "An"}),
        (
            operations.add("name", "!"),  # type: ignore[arg-type]
            {"age": 30, "name": "An!"},
        ),
        (operations.subtract("age", 2), {"age": 28, "name": "An"}),
        (operations.set("age", None), {"age": None, "name": "An"}),
        (operations.increment("age"), {"age": 31, "name": "An"}),
        (operations.decrement("age"), {"age": 29, "name": "An"}),
    ],
)
def test_update_takes_operations(people: RowTable, operation: Any, after: dict[str, Any]) -> None:
    assert people.update(operation, where("name") == "An") == [1]
    assert people.get(doc_id=1) == after
    assert people.get(doc_id=2) == {"age": 30, "name": "Bo"}


def test_update_takes_any_function(people: RowTable) -> None:
    def swap(document: MutableMapping[str, Any]) -> None:
        document["name"], document["age"] = document["age"], document["name"]

    assert people.update(swap, doc_ids=[1]) == [1]
    assert people.get(doc_id=1) == {"age": "An", "name": 30}


def test_update_multiple_applies_each_update_to_what_it_matches(people: RowTable) -> None:
    updated = people.update_multiple(
        [
            ({"age": 31}, where("name") == "Bo"),
            (operations.increment("age"), where("age") == 31),
            (operations.delete("age"), where("name") == "An"),
        ]
    )
    assert updated == [1, 2, 2]
    assert people.get(doc_id=2) == {"age": 32, "name": "Bo"}
    assert people.get(doc_id=1) == {"name": "An"}


def test_upsert_changes_all_that_match_or_inserts_one(people: RowTable) -> None:
    assert people.upsert({"age": 40}, where("name") != "Bo") == [1, 3]
    assert people.upsert({"name": "Deng"}, where("name") == "Deng") == [4]
    assert people.upsert({"name": "Deng", "age": 1}, where("name") == "Deng") == [4]
    assert people.get(doc_id=4) == {"name": "Deng", "age": 1}


def test_upsert_finds_a_document_by_the_id_it_brings(people: RowTable) -> None:
    assert people.upsert(Document({"age": 41}, 2)) == [2]
    assert people.get(doc_id=2) == {"age": 41, "name": "Bo"}
    assert people.upsert(Document({"name": "Deng"}, 9)) == [9]
    assert people.insert({}) == 10
    with pytest.raises(ValueError, match="query"):
        people.upsert({"name": "E"})


# Removing


def test_remove_takes_a_query_or_ids(people: RowTable) -> None:
    assert people.remove(where("name") == "Bo") == [2]
    assert people.remove(where("name") == "Bo") == []
    assert people.remove(doc_ids=[3, 9]) == [3]
    assert names(people.all()) == ["An"]


def test_remove_does_not_remove_everything_by_accident(people: RowTable) -> None:
    with pytest.raises(RuntimeError, match="truncate"):
        people.remove()
    assert len(people) == 3


def test_truncate_empties_one_table(db: RowDB, people: RowTable) -> None:
    db.insert({"other": 1})
    people.truncate()
    assert (len(people), people.all(), len(db)) == (0, [], 1)


# The database


def test_tables_do_not_see_each_other(db: RowDB) -> None:
    db.insert({"in": "default"})
    db.table("people").insert({"in": "people"})
    assert db.all() == [{"in": "default"}]
    assert db.table("people").all() == [{"in": "people"}]
    assert db.table("cases").all() == []


def test_a_database_is_its_default_table(db: RowDB) -> None:
    assert isinstance(db, TinyDB)
    assert len(db) == 0
    db.insert({"a": 1})
    assert (len(db), list(db), db.count(where("a") == 1)) == (1, [{"a": 1}], 1)
    assert db.table("_default").get(doc_id=1) == {"a": 1}


def test_a_table_is_made_once_and_knows_its_name_and_storage(db: RowDB) -> None:
    assert db.table("people") is db.table("people")
    assert db.table("people").name == "people"
    assert db.table("people").storage is db.storage


def test_dropping_empties_one_or_all_tables(db: RowDB) -> None:
    for name in ("_default", "people"):
        db.table(name).insert({"a": 1})
    db.drop_table("people")
    db.drop_table("unknown")
    assert (len(db), len(db.table("people"))) == (1, 0)
    db.drop_tables()
    assert len(db) == 0
    db.insert({"a": 2})
    assert db.all() == [{"a": 2}]


def test_what_is_stored_is_there_when_opened_again(open_rows: Any) -> None:
    with open_rows() as db:
        db.insert({"a": 1})
    with open_rows() as db:
        assert db.all() == [{"a": 1}]
        assert db.insert({"a": 2}) == 2


def test_two_open_databases_see_each_others_writes_at_once(open_rows: Any) -> None:
    one, other = open_rows(), open_rows()
    assert one.search(where("a") == 1) == []
    other.insert({"a": 1})
    assert one.search(where("a") == 1) == [{"a": 1}]
    assert (one.insert({}), other.insert({}), one.insert({})) == (2, 3, 4)


def test_the_storage_reads_and_writes_everything_like_tinydbs_own(db: RowDB) -> None:
    db.insert_multiple([{"a": 1}, {"a": 2}])
    db.table("people").insert(Document({"name": "An"}, 7))
    everything = db.storage.read()
    assert everything == {
        "_default": {"1": {"a": 1}, "2": {"a": 2}},
        "cases": {},
        "people": {"7": {"name": "An"}},
    }
    db.drop_tables()
    db.table("cases").insert({"receipt": "gone"})
    db.storage.write(everything)
    assert db.storage.read() == everything
    assert db.table("people").insert({}) == 8


def test_everything_moves_to_another_database(db: RowDB, tmp_path: Path) -> None:
    with RowDB(f"sqlite:///{tmp_path}/old.db", {"people": [("name",)], "cases": []}) as old:
        old.table("people").insert_multiple([{"name": "An"}, {"name": "Bo"}, {"name": "工会"}])
        old.table("people").remove(doc_ids=[2])
        db.storage.write(old.storage.read())
    people = db.table("people")
    assert [(person.doc_id, person["name"]) for person in people] == [(1, "An"), (3, "工会")]
    assert people.insert({}) == 4

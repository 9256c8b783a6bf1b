"""Where a RowDB differs from TinyDB on purpose; portal/docs/store.md lists the same."""

from decimal import Decimal
from typing import Any

import pytest
from tinydb import operations

from portal.store.engine.database import Document, RowDB, RowTable, where
from portal.store.errors import StoreError


def test_a_table_must_be_declared(db: RowDB) -> None:
    with pytest.raises(ValueError, match="unknown"):
        db.table("unknown")
    assert db.tables() == {"_default", "cases", "people"}


def test_without_a_declared_default_table_a_database_is_not_a_table(open_rows: Any) -> None:
    db = open_rows({"other": []})
    assert not hasattr(db, "insert")
    with pytest.raises(ValueError, match="_default"):
        len(db)


def test_documents_come_in_the_order_of_their_ids(cases: RowTable) -> None:
    cases.insert_multiple([Document({}, 5), Document({}, 2)])
    assert [document.doc_id for document in cases] == [2, 5]
    assert cases.update({"seen": True}, doc_ids=[5, 2, 5]) == [2, 5]


def test_an_id_is_never_given_twice(db: RowDB) -> None:
    db.insert_multiple([{}, {}, {}])
    db.remove(doc_ids=[3])
    db.insert(Document({}, 3))
    db.truncate()
    assert db.insert({}) == 4
    db.drop_tables()
    assert db.insert({}) == 5


def test_a_query_and_ids_must_both_hold(cases: RowTable) -> None:
    cases.insert_multiple([{"version": 1}, {"version": 2}])
    second = where("version") == 2
    assert cases.update({"version": 3}, where("version") == 1, doc_ids=[2]) == []
    assert cases.update({"version": 3}, second, doc_ids=[1, 2]) == [2]
    assert cases.remove(second, doc_ids=[1]) == []
    assert cases.get(second, doc_id=1) is None
    assert cases.get(second, doc_ids=[1, 2]) == []
    assert not cases.contains(second, doc_id=1)
    assert cases.upsert(Document({"version": 4}, 1), second) == [1]


@pytest.mark.parametrize(
    "odd", [float("nan"), float("inf"), 0.5, 1.0, True, "1", 2**63, -(2**63) - 1, Decimal(1)]
)
def test_what_is_no_whole_number_is_no_id_and_is_not_searched_for(
    cases: RowTable, odd: Any
) -> None:
    cases.insert({"version": 1})
    assert cases.get(doc_id=odd) is None
    assert cases.get(doc_ids=[odd]) == []
    assert not cases.contains(doc_id=odd)
    assert cases.update({"version": 2}, doc_ids=[odd]) == []
    assert cases.remove(doc_ids=[odd]) == []
    with pytest.raises(ValueError, match="cannot be an ID"):
        cases.insert(Document({}, odd))
    assert cases.all() == [{"version": 1}]


def test_a_failed_change_leaves_every_document_as_it_was(cases: RowTable) -> None:
    cases.insert_multiple([{"count": 1}, {"count": 1}, {}])
    with pytest.raises(KeyError):
        cases.update(operations.increment("count"))
    assert cases.all() == [{"count": 1}, {"count": 1}, {}]


def test_comparing_an_indexed_field_that_holds_nothing_is_no_error(cases: RowTable) -> None:
    cases.insert({"state": None, "other": None})
    assert cases.search(where("state") < "x") == []
    with pytest.raises(TypeError):
        cases.search(where("other") < "x")


@pytest.mark.parametrize("value", [1, True, 1.5, ["new"], {"a": "b"}])
def test_an_indexed_field_holds_text_or_nothing(cases: RowTable, value: object) -> None:
    with pytest.raises(TypeError, match="state is indexed and must be text"):
        cases.insert({"state": value})
    with pytest.raises(TypeError, match=r"form\.town is indexed"):
        cases.insert({"form": {"town": value}})
    cases.insert({"state": "new"})
    with pytest.raises(TypeError, match="state"):
        cases.update({"state": value})
    assert cases.all() == [{"state": "new"}]


def test_a_document_becomes_json_at_once(db: RowDB) -> None:
    db.insert({"pair": (1, 2), 3: "three"})
    assert db.all() == [{"pair": [1, 2], "3": "three"}]


def test_every_read_is_a_document_of_its_own(db: RowDB) -> None:
    db.insert({"list": [1]})
    first, second = db.all()[0], db.all()[0]
    first["list"].append(2)
    assert second == db.get(doc_id=1) == {"list": [1]}


def test_a_closed_database_refuses_to_read_and_write(db: RowDB) -> None:
    db.close()
    with pytest.raises(StoreError, match="closed"):
        db.insert({})
    with pytest.raises(StoreError, match="closed"):
        db.all()


def test_names_of_databases_and_tables_show_no_content(db: RowDB) -> None:
    db.insert({"secret": "word"})
    assert "word" not in repr(db) + repr(db.table("_default"))
    assert "_default" in repr(db.table("_default"))

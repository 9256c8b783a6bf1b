"""Opening a database that an older or a newer program has written."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from portal.store.engine.database import RowDB, Schema, where
from portal.store.errors import Duplicate, NewerDatabase

OpenRows = Callable[..., RowDB]
OLD: Schema = {"cases": [("unique", "receipt")]}
NEW: Schema = {
    "cases": [("unique", "receipt"), ("state", "form.town")],
    "people": [("name",)],
}


def columns_and_indexes(db: RowDB, table: str) -> tuple[set[str], set[str]]:
    inspector = sa.inspect(db.storage._engine)
    columns = {column["name"] for column in inspector.get_columns(table)}
    return columns, {str(index["name"]) for index in inspector.get_indexes(table)}


def test_a_newly_indexed_field_is_indexed_for_old_documents_too(open_rows: OpenRows) -> None:
    with open_rows(OLD) as db:
        db.table("cases").insert({"receipt": "r1", "state": "new", "form": {"town": "东城"}})
        db.table("cases").insert({"receipt": "r2"})
    db = open_rows(NEW, refuse_scans=True, version=2)
    cases = db.table("cases")
    query = (where("state") == "new") & (where("form")["town"] == "东城")
    assert cases.count(query) == 1
    assert [document.doc_id for document in cases.page(query, "form.town", 5)] == [1]
    assert cases.insert({"receipt": "r3", "state": "new"}) == 3
    assert db.table("people").insert({"name": "An"}) == 1


def test_a_migrated_database_is_laid_out_like_a_new_one(
    open_rows: OpenRows, store_url: str
) -> None:
    open_rows(OLD).close()
    migrated = open_rows(NEW, version=2)
    assert columns_and_indexes(migrated, "cases") == (
        {"id", "doc", "receipt", "state", "form.town"},
        {"unique_cases_receipt", "index_cases_state_form.town"},
    )
    assert columns_and_indexes(migrated, "people") == (
        {"id", "doc", "name"},
        {"index_people_name"},
    )


def test_opening_what_is_up_to_date_changes_nothing(open_rows: OpenRows) -> None:
    open_rows(NEW)
    db = open_rows(NEW)
    statements: list[str] = []
    sa.event.listen(
        sa.Engine,
        "before_cursor_execute",
        listener := lambda *arguments: statements.append(arguments[2]),
    )
    try:
        open_rows(NEW)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", listener)
    assert statements
    assert not [text for text in statements if text.startswith(("CREATE", "ALTER", "BEGIN I"))]
    assert db.table("cases").all() == []


def test_a_newer_database_is_refused_and_left_as_it_is(open_rows: OpenRows) -> None:
    newer = open_rows(OLD, version=3)
    with pytest.raises(NewerDatabase, match="版本 3，本程序 2"):
        open_rows(NEW, version=2)
    assert columns_and_indexes(newer, "cases")[0] == {"id", "doc", "receipt"}
    open_rows(OLD, version=3)
    open_rows(OLD, version=4)
    with pytest.raises(NewerDatabase):
        open_rows(OLD, version=3)


def test_an_index_that_is_no_longer_declared_no_longer_refuses(open_rows: OpenRows) -> None:
    open_rows(OLD).table("cases").insert({"receipt": "r1"})
    cases = open_rows({"cases": [("receipt",)]}, version=2).table("cases")
    cases.insert({"receipt": "r1"})
    assert cases.count(where("receipt") == "r1") == 2


def test_a_unique_index_on_what_is_not_unique_is_refused_whole(open_rows: OpenRows) -> None:
    db = open_rows({"cases": []})
    db.table("cases").insert_multiple([{"receipt": "r1"}, {"receipt": "r1"}])
    with pytest.raises(Duplicate, match="unique_cases_receipt"):
        open_rows({"people": [], **OLD}, version=2)
    assert columns_and_indexes(db, "cases") == ({"id", "doc"}, set())
    assert not sa.inspect(db.storage._engine).has_table("people")
    open_rows({"cases": []}, version=1)


def test_tables_that_are_not_declared_stay(open_rows: OpenRows) -> None:
    with open_rows(NEW) as db:
        db.table("people").insert({"name": "An"})
    open_rows(OLD, version=2).close()
    assert open_rows(NEW, version=3).table("people").all() == [{"name": "An"}]

"""Indexes: what is unique, what a web request may ask, and that the database does use them."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from tinydb.queries import QueryLike

from portal.store.engine.database import Query, RowDB, RowTable, where
from portal.store.errors import Duplicate, UnindexedQuery

OpenRows = Callable[..., RowDB]
NEW = where("state") == "new"
SERVED = [
    where("receipt") == "r1",
    NEW,
    where("state") > "new",
    where("state").one_of(["new", "paid"]),
    NEW & (where("submitted_at") >= "2026"),
    NEW & (where("money") == 1),
    NEW & Query().noop(),
    NEW | (where("receipt") == "r1"),
    where("form")["town"] == "东城",
]
NOT_SERVED = [
    where("money") == 1,
    where("submitted_at") == "2026",  # only the second field of its index
    where("state") != "new",
    where("state").exists(),
    ~NEW,
    NEW | (where("money") == 1),
    Query().noop(),
    where("form").fragment({"town": "东城"}),
]


@pytest.mark.parametrize("query", SERVED)
def test_a_web_request_may_ask_what_an_index_serves(open_rows: OpenRows, query: QueryLike) -> None:
    cases = open_rows(refuse_scans=True).table("cases")
    cases.insert({"receipt": "r1", "state": "new", "submitted_at": "2026", "money": 1})
    cases.insert({"form": {"town": "东城"}})
    assert cases.count(query) == len(cases.search(query))
    assert cases.contains(query) == (cases.get(query) is not None)
    assert len(cases.update({"seen": True}, query)) == len(cases.remove(query))


@pytest.mark.parametrize("query", NOT_SERVED)
def test_a_web_request_may_not_scan(open_rows: OpenRows, query: QueryLike) -> None:
    cases = open_rows(refuse_scans=True).table("cases")
    operations: list[Callable[[], Any]] = [
        lambda: cases.search(query),
        lambda: cases.get(query),
        lambda: cases.contains(query),
        lambda: cases.count(query),
        lambda: cases.update({}, query),
        lambda: cases.upsert({}, query),
        lambda: cases.remove(query),
        lambda: cases.page(query, "submitted_at", 5),
    ]
    for operation in operations:
        with pytest.raises(UnindexedQuery):
            operation()


def test_a_job_may_read_a_whole_table(open_rows: OpenRows) -> None:
    cases = open_rows(refuse_scans=True).table("cases")
    cases.insert({})
    assert len(list(cases)) == len(cases.all()) == len(cases) == 1
    assert cases.update({"seen": True}) == [1]
    assert cases.get(where("money") == 1, doc_id=1) is None


def test_a_unique_value_is_taken_once(cases: RowTable) -> None:
    cases.insert_multiple([{"receipt": "r1"}, {"receipt": "r2"}, {}, {"receipt": None}])
    with pytest.raises(Duplicate) as refusal:
        cases.insert({"receipt": "r1"})
    assert refusal.value.index == "unique_cases_receipt"
    with pytest.raises(Duplicate):
        cases.update({"receipt": "r1"}, doc_ids=[2])
    cases.remove(doc_ids=[1])
    assert cases.update({"receipt": "r1"}, doc_ids=[2]) == [2]


def test_a_duplicate_names_its_index_and_never_the_value(open_rows: OpenRows) -> None:
    table = open_rows({"links": [("unique", "a.b", "kind")]}).table("links")
    document = {"a": {"b": "secret"}, "kind": "sign-in"}
    table.insert(document)
    table.insert(document | {"kind": "password"})
    with pytest.raises(Duplicate) as refusal:
        table.insert(document)
    assert refusal.value.index == "unique_links_a.b_kind"
    assert "secret" not in "".join(traceback.format_exception(refusal.value))


def test_text_sorts_by_code_point(cases: RowTable) -> None:
    texts = ["", "A", "Z", "a", "z", "é", "中", "ｚ", "😀"]
    cases.insert_multiple({"state": text} for text in reversed(texts))
    assert [document["state"] for document in cases.page(None, "state", 20)] == texts


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"Cases; DROP": []}, "table"),
        ({"meta": []}, "table"),
        ({"cases": [("id",)]}, "indexed field"),
        ({"cases": [("doc",)]}, "indexed field"),
        ({"cases": [("a'b",)]}, "indexed field"),
        ({"cases": [("a..b",)]}, "indexed field"),
    ],
)
def test_names_that_sql_has_taken_are_refused(
    open_rows: OpenRows, schema: dict[str, list[tuple[str, ...]]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        open_rows(schema)


@contextmanager
def plans(db: RowDB) -> Iterator[list[str]]:
    """How SQLite carries out each SELECT within."""
    found: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            own = cursor.connection.cursor()
            rows = own.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            found.extend(row[3] for row in rows)

    engine = db.storage._engine
    sa.event.listen(engine, "before_cursor_execute", explain)
    yield found
    sa.event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_sqlite_searches_by_index_and_sorts_no_more_than_a_page(db: RowDB) -> None:
    cases = db.table("cases")
    with plans(db) as found:
        for query in SERVED:
            cases.search(query)
            cases.count(query)
        cases.get(doc_id=1)
        cases.get(doc_ids=[1, 2])
    assert len(found) >= 2 * len(SERVED)
    assert not [plan for plan in found if plan.startswith("SCAN")]
    with plans(db) as found:
        cases.page(NEW, "submitted_at", 5, ("2026", 1))
        cases.page(NEW, "submitted_at", 5, ("2026", 1), descending=True)
        cases.page(None, "form.town", 5)
    by_id = [plan for plan in found if "PRIMARY KEY" in plan]
    by_index = [plan for plan in found if " INDEX " in plan]
    assert len(by_id) == len(by_index) == 3, found
    assert not [plan for plan in found if plan.startswith("SCAN") and plan not in by_index]
    # Sorted are the rows of the page that were found, not those that it was found among.
    assert [plan for plan in found if "B-TREE" in plan] == ["USE TEMP B-TREE FOR ORDER BY"] * 3

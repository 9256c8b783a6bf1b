"""Every kind of query finds on rows what TinyDB finds in memory."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage

from portal.store.engine.database import Query, RowDB, RowTable, where

DOCUMENTS: list[dict[str, Any]] = [
    {"receipt": "r1", "state": "new", "submitted_at": "2026-01-01", "form": {"town": "东城"}},
    {"receipt": "r2", "state": "new", "submitted_at": "2026-01-03", "form": {"town": "西城"}},
    {"receipt": "r3", "state": "paid", "submitted_at": "2026-01-02", "form": "lost"},
    {"receipt": "r4", "state": "", "submitted_at": "2026-01-02", "form": {"town": None}},
    {"state": "新", "money": 12_00, "tags": ["a", "b"], "form": {}},
    {"state": "😀", "money": 0, "tags": [], "people": [{"age": 1}, {"age": 60}]},
    {"state": "ｚ", "money": 12_00.0, "tags": ["a"], "people": [{"age": 60}], "form": ["town"]},
    {"receipt": None, "state": None, "money": None, "flag": True},
    {},
]


def is_long(text: object, limit: int = 3) -> bool:
    return isinstance(text, str) and len(text) >= limit


def any_receipt(document: Mapping[str, Any]) -> bool:
    return document.get("receipt") is not None


state, town = where("state"), Query().form.town
QUERIES: list[QueryLike | Callable[..., bool]] = [
    # on indexed fields
    state == "new",
    state == "",
    state == "nobody",
    state == "new\0",
    state == "\ud800",
    state == None,  # noqa: E711 - a query, not a test
    state == 1,
    state != "new",
    where("submitted_at") < "2026-01-02",
    where("submitted_at") <= "2026-01-02",
    where("submitted_at") > "2026-01-02",
    where("submitted_at") >= "2026-01-02",
    where("submitted_at") >= "2026-01-02\0",
    town == "东城",
    town != "东城",
    town.one_of(["东城", "西城"]),
    state.one_of(["new", "paid", "\0", "\udfff"]),
    state.one_of([]),
    state.one_of(["new", None]),
    state.one_of(("new",)),  # type: ignore[arg-type]
    state.one_of({"new", "新"}),  # type: ignore[arg-type]
    where("submitted_at").one_of("2026-01-01, 2026-01-02"),  # type: ignore[arg-type]
    # on others
    where("money") == 1200,
    where("money") != 1200,
    where("flag") == 1,
    where("missing") == None,  # noqa: E711 - a query, not a test
    where("state").exists(),
    Query().form.town.exists(),
    state.matches("n.w$"),
    state.matches("NEW", flags=re.IGNORECASE),
    state.search("e"),
    state.test(is_long),
    state.test(is_long, 4),
    where("tags").any(["b", "z"]),
    where("tags").all(["a"]),
    where("tags").all([]),
    where("people").any(where("age") == 60),
    where("people").all(where("age") == 60),
    Query().fragment({"state": "new"}),
    state.map(lambda text: text and text[::-1]) == "wen",
    Query().noop(),
    any_receipt,
    lambda document: len(document) > 3,
    # joined
    (state == "new") & (where("submitted_at") > "2026-01-01"),
    (state == "new") & (where("money").exists()),
    (state == "new") & Query().noop(),
    (state == "new") & state.map(str.upper).matches("NEW"),
    (state == "paid") | (where("receipt") == "r1"),
    (state == "paid") | (where("money") == 0),
    (state == "paid") | Query().noop(),
    ~(state == "new"),
    ~(state == "new") & ~(where("money") == 0),
    ((state == "new") | (town == "西城")) & (where("receipt") != "r1"),
    (state == "new") & (state == "new"),
    (state == "new") & (state == "paid"),
]


@pytest.fixture
def plain() -> TinyDB:
    db = TinyDB(storage=MemoryStorage)
    db.insert_multiple(DOCUMENTS)
    return db


def test_every_query_finds_what_tinydb_finds(cases: RowTable, plain: TinyDB) -> None:
    cases.insert_multiple(DOCUMENTS)
    for query in QUERIES:
        expected = plain.search(query)
        assert cases.search(query) == expected, query
        assert cases.count(query) == len(expected), query
        assert cases.contains(query) == bool(expected), query
        assert cases.get(query) == plain.get(query), query


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        (state.any(["new"]), {"state"}),
        (~(state == "new"), {"state"}),
        ((state == "new") | (where("a")["b"] == "secret"), {"state", "a.b"}),
        (any_receipt, {"no field that is known"}),
    ],
)
def test_a_refusal_names_the_fields_and_never_the_values(
    open_rows: Callable[..., RowDB], query: QueryLike, fields: set[str]
) -> None:
    table = open_rows(refuse_scans=True).table("cases")
    with pytest.raises(Exception, match="no index") as refusal:
        table.search(query)
    assert all(field in str(refusal.value) for field in fields)
    assert "new" not in str(refusal.value)
    assert "secret" not in str(refusal.value)

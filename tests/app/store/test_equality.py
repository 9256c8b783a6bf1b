"""Any program of operations gives the same results on TinyDB in memory and on rows."""

from collections.abc import Callable
from functools import reduce
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tinydb import TinyDB, operations
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from portal.store.engine.database import Document, Query, RowDB, Schema, where
from tests.support.searching import examples

SCHEMA: Schema = {"cases": [("state", "town"), ("form.town",)], "people": []}
TABLES = sorted(SCHEMA)


def path(name: str) -> Query:
    first, *rest = name.split(".")
    return reduce(lambda query, part: query[part], rest, where(first))


texts = st.sampled_from(["", "a", "b", "new", "中", "😀"])
values = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), texts, st.lists(texts, max_size=2))
documents = st.fixed_dictionaries(
    {},
    optional={
        "state": texts,
        "town": texts,
        "form": st.one_of(values, st.fixed_dictionaries({}, optional={"town": texts})),
        "count": st.integers(-3, 3),
        "note": values,
    },
)
fields = st.one_of(
    documents,
    texts.map(lambda text: operations.set("state", text)),
    values.map(lambda value: operations.set("note", value)),
    st.just(lambda document: document.pop("note", None)),
)
paths = st.sampled_from(["state", "town", "form.town", "note"]).map(path)
comparisons = st.one_of(
    st.tuples(paths, texts).map(lambda pair: pair[0] == pair[1]),
    st.tuples(paths, values).map(lambda pair: pair[0] == pair[1]),
    st.tuples(paths, values).map(lambda pair: pair[0] != pair[1]),
    # TinyDB cannot compare text with nothing: only fields that always hold text, if anything.
    texts.map(lambda text: where("state") < text),
    texts.map(lambda text: where("state") >= text),
    texts.map(lambda text: where("form")["town"] <= text),
    st.tuples(paths, st.lists(values, max_size=3)).map(lambda pair: pair[0].one_of(pair[1])),
    st.integers(-3, 3).map(lambda number: where("count") > number),
    paths.map(lambda path: path.exists()),
    st.tuples(paths, texts).map(lambda pair: pair[0].search(pair[1])),
    st.just(where("state").noop()),
)
queries: st.SearchStrategy[Any] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        inner.map(lambda query: ~query),
    ),
    max_leaves=4,
)
ids = st.lists(st.integers(1, 12), unique=True, max_size=4).map(sorted)

Step = tuple[str, Any]
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("insert"), documents),
    st.tuples(st.just("insert_multiple"), st.lists(documents, max_size=4)),
    st.tuples(st.just("search"), queries),
    st.tuples(st.just("get"), queries),
    st.tuples(st.just("get_ids"), ids),
    st.tuples(st.just("count"), queries),
    st.tuples(st.just("contains"), queries),
    st.tuples(st.just("update"), st.tuples(fields, queries)),
    st.tuples(st.just("update_ids"), st.tuples(fields, ids)),
    st.tuples(st.just("update_multiple"), st.lists(st.tuples(fields, queries), max_size=2)),
    st.tuples(st.just("upsert"), st.tuples(documents, queries)),
    st.tuples(st.just("upsert_id"), st.tuples(documents, st.integers(1, 3))),
    st.tuples(st.just("remove"), queries),
    st.tuples(st.just("remove_ids"), ids),
)


def carry_out(table: Table, step: Step, unused_id: int) -> Any:
    """The result of one step, with the ID of each document in it."""
    name, argument = step
    actions: dict[str, Callable[[Any], Any]] = {
        "get_ids": lambda wanted: table.get(doc_ids=wanted),
        "update": lambda pair: table.update(pair[0], pair[1]),
        "update_ids": lambda pair: table.update(pair[0], doc_ids=pair[1]),
        "upsert": lambda pair: table.upsert(pair[0], pair[1]),
        "upsert_id": lambda pair: [
            table.upsert(
                Document(pair[0], pair[1] if table.contains(doc_id=pair[1]) else unused_id)
            ),
            # TinyDB would give this ID again if the document were removed before the next insert.
            table.insert({}),
        ],
        "remove_ids": lambda wanted: table.remove(doc_ids=wanted),
    }
    result = actions[name](argument) if name in actions else getattr(table, name)(argument)
    return with_ids(result)


def with_ids(result: Any) -> Any:
    if isinstance(result, list):
        return [with_ids(one) for one in result]
    return (result.doc_id, dict(result)) if isinstance(result, Document) else result


def start_afresh(db: RowDB) -> None:
    """Empty all tables and let IDs begin at 1 again, which no operation of a RowDB does."""
    with db.transaction():
        for name in TABLES:
            if db.storage.embedded:
                db.table(name).truncate()
                db.storage.execute(sa.text("DELETE FROM sqlite_sequence"))
            else:
                db.storage.execute(sa.text(f"TRUNCATE {name} RESTART IDENTITY"))


@examples(50, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(program=st.lists(st.tuples(st.sampled_from(TABLES), steps), min_size=3, max_size=25))
def check_program(db: RowDB, program: list[tuple[str, Step]]) -> None:
    start_afresh(db)
    plain = TinyDB(storage=MemoryStorage)
    for number, (name, step) in enumerate(program):
        unused_id = 1000 + 10 * number
        expected = carry_out(plain.table(name, cache_size=0), step, unused_id)
        assert carry_out(db.table(name), step, unused_id) == expected, (name, step)
    for name in TABLES:
        assert with_ids(db.table(name).all()) == with_ids(plain.table(name).all())


def test_any_program_gives_the_results_of_tinydb(open_rows: Callable[..., RowDB]) -> None:
    check_program(open_rows(SCHEMA))

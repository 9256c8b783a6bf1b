"""Whoever changes the log behind the program is noticed, whatever he changes."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tinydb import where
from tinydb.operations import delete

from portal.domain.shared.case_kinds import CaseKind
from portal.store import audit
from portal.store.engine.database import RowDB
from portal.store.errors import Damaged, StoreError
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.searching import examples

Rows = Mapping[str, Mapping[str, Any]]
WORDS = st.text("0123456789abcdef 甲乙", max_size=12)


def change_a_value(data: st.DataObject, db: RowDB, rows: Rows) -> None:
    """Give one field of one entry another value: of another entry, or one of his own."""
    row = data.draw(st.sampled_from(sorted(rows)))
    name = data.draw(st.sampled_from(sorted(rows[row])))
    own = st.integers(-1, 99) | WORDS | st.none() | st.lists(WORDS, max_size=1)
    other = st.sampled_from(sorted({one[name] for one in rows.values()}))
    value = data.draw((own | other).filter(lambda value: value != rows[row][name]))
    db.table("audit").update({name: value}, doc_ids=[int(row)])


def take_a_value_out(data: st.DataObject, db: RowDB, rows: Rows) -> None:
    """Leave one field of one entry out."""
    row = data.draw(st.sampled_from(sorted(rows)))
    name = data.draw(st.sampled_from(sorted(rows[row])))
    db.table("audit").update(delete(name), doc_ids=[int(row)])


def take_an_entry_out(data: st.DataObject, db: RowDB, rows: Rows) -> None:
    """Remove an entry, and say nothing."""
    db.table("audit").remove(doc_ids=[int(data.draw(st.sampled_from(sorted(rows))))])


def put_an_entry_in(data: st.DataObject, db: RowDB, rows: Rows) -> None:
    """Add an entry that is made after another one."""
    model = rows[data.draw(st.sampled_from(sorted(rows)))]
    number = data.draw(st.integers(0, len(rows) + 2))
    db.table("audit").insert({**model, "number": number, "place": str(number)})


def exchange_two(data: st.DataObject, db: RowDB, rows: Rows) -> None:
    """Let two entries change their places."""
    one, other = data.draw(st.permutations(sorted(rows)))[:2]
    with db.transaction():
        for number in (one, other):
            db.table("audit").update({"place": f"-{number}"}, doc_ids=[int(number)])
        for number, contents in ((one, rows[other]), (other, rows[one])):
            db.table("audit").update(dict(contents), doc_ids=[int(number)])


def move_the_head(data: st.DataObject, db: RowDB, rows: Rows) -> None:
    """Let the chain end somewhere else, with or without cutting off what comes after."""
    last = data.draw(st.integers(0, len(rows) - 1))
    marks = {one["number"]: one["mark"] for one in rows.values()}
    head = data.draw(st.sampled_from(["", marks.get(last, ""), *marks.values()]))
    with db.transaction():
        db.table("chain").update({"count": last, "head": head})
        if data.draw(st.booleans()):
            db.table("audit").remove(where("number") > last)


WAYS = (
    change_a_value,
    take_a_value_out,
    take_an_entry_out,
    put_an_entry_in,
    exchange_two,
    move_the_head,
)


@each_database
@pytest.mark.parametrize("tamper", WAYS, ids=lambda way: way.__name__)
def test_whatever_is_done_to_the_log_is_noticed(centre: Centre, tamper: Any) -> None:
    number = centre.case(CaseKind.HARDSHIP).number
    centre.take("intake", number, "accept")
    db, whole = centre.instance.db, centre.contents()

    @examples(25, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def try_it(data: st.DataObject) -> None:
        try:
            tamper(data, db, whole["audit"])
        except (StoreError, TypeError):  # the table itself would not have it
            return
        try:
            with pytest.raises(Damaged):
                audit.verify_chain(centre.instance)
        finally:
            db.storage.write(whole)

    try_it()

"""The audit log: changed, removed, put in another order or cut off, it is found out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.domain.audit.actions import AuditAction
from portal.domain.shared.case_kinds import CaseKind
from portal.store import audit
from portal.store.engine.database import Document, RowTable
from portal.store.errors import Damaged
from tests.support.centre import START, Centre
from tests.support.databases import each_database

pytestmark = each_database


@pytest.fixture
def log(centre: Centre) -> RowTable:
    """The audit table of a centre in which a few things happened."""
    for number in range(5):
        moment = START + timedelta(minutes=number)
        audit.record(centre.instance, moment, "li", AuditAction.OPEN, f"JZ{number}")
    return centre.instance.db.table("audit")


def verify(centre: Centre) -> tuple[int, str]:
    """The number of entries and the head."""
    return audit.verify_chain(centre.instance)


def test_an_untouched_log_is_whole(centre: Centre, log: RowTable) -> None:
    count, head = verify(centre)
    assert count == 6
    assert len(head) == 64
    centre.case(CaseKind.HARDSHIP)
    assert verify(centre)[0] == 7
    assert verify(centre)[1] != head


@pytest.mark.parametrize("name", ["at", "actor", "action", "object", "note", "number", "mark"])
def test_a_changed_entry_is_found(centre: Centre, log: RowTable, name: str) -> None:
    third = list(log)[2]
    log.update({name: 9 if name == "number" else "x" * 64}, doc_ids=[third.doc_id])
    with pytest.raises(Damaged, match="第 3 条"):
        verify(centre)


@pytest.mark.parametrize(("place", "told"), [(0, "第 1 条"), (2, "第 3 条"), (5, "第 5 条之后")])
def test_a_removed_entry_is_found(centre: Centre, log: RowTable, place: int, told: str) -> None:
    log.remove(doc_ids=[list(log)[place].doc_id])
    with pytest.raises(Damaged, match=told):
        verify(centre)


def test_entries_in_another_order_are_found(centre: Centre, log: RowTable) -> None:
    second, third = list(log)[1:3]
    log.remove(doc_ids=[second.doc_id, third.doc_id])
    log.insert(Document(dict(third), second.doc_id))
    log.insert(Document(dict(second), third.doc_id))
    with pytest.raises(Damaged, match="第 2 条"):
        verify(centre)


def test_an_entry_that_was_slipped_in_is_found(centre: Centre, log: RowTable) -> None:
    forged = dict(list(log)[-1]) | {"number": 7, "place": "7", "actor": "nobody"}
    log.insert(forged)
    with pytest.raises(Damaged, match="第 7 条"):
        verify(centre)


def test_a_tail_that_was_cut_off_with_its_head_shows_against_the_kept_head(
    centre: Centre, log: RowTable
) -> None:
    kept = verify(centre)
    rows = list(log)
    log.remove(doc_ids=[rows[-1].doc_id])
    chain = centre.instance.db.table("chain")
    chain.update({"count": 5, "head": rows[-2]["mark"]}, doc_ids=[1])
    assert verify(centre) != kept  # what `bangfu verify` printed tells them apart


def test_a_lost_head_stops_all_that_must_be_logged(centre: Centre, log: RowTable) -> None:
    centre.instance.db.drop_table("chain")
    with pytest.raises(Damaged):
        verify(centre)
    with pytest.raises(Damaged, match="链头不见了"):
        centre.case(CaseKind.HARDSHIP)
    assert centre.contents()["cases"] == {}


def test_what_fails_leaves_no_entry(centre: Centre, log: RowTable) -> None:
    before = verify(centre)

    def fail() -> None:
        with centre.instance.transaction():
            audit.record(centre.instance, START, "li", AuditAction.OPEN, "JZ")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert verify(centre) == before


def test_the_log_of_another_key_does_not_fit(centre: Centre, log: RowTable) -> None:
    (canary,) = centre.instance.db.table("canary")
    assert isinstance(canary, Document)
    foreign = type(centre.instance.keys)(
        1, centre.instance.keys.masters, b"i" * 32, b"c" * 32, b"x" * 32, b"k" * 32
    )
    with pytest.raises(Damaged, match="第 1 条"):
        audit.verify_chain(replace(centre.instance, keys=foreign))

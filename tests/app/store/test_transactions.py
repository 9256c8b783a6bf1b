"""All or nothing, over several tables; snapshots; retries."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from portal.store.engine.database import RowDB, where
from portal.store.errors import Duplicate, StoreConflict, StoreError

OpenRows = Callable[..., RowDB]


def content(db: RowDB) -> tuple[int, int]:
    return len(db.table("cases")), len(db.table("people"))


def test_a_transaction_over_two_tables_is_stored_whole(db: RowDB) -> None:
    with db.transaction():
        db.table("cases").insert({"receipt": "r1"})
        db.table("people").insert({"name": "An"})
    assert content(db) == (1, 1)


def test_an_error_undoes_all_of_a_transaction(db: RowDB) -> None:
    def fail_halfway() -> None:
        with db.transaction():
            db.table("cases").insert({"receipt": "r1"})
            db.table("people").insert({"name": "An"})
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_halfway()
    assert content(db) == (0, 0)
    db.table("cases").insert({"receipt": "r1"})
    assert content(db) == (1, 0)


def test_a_transaction_sees_its_own_writes_and_others_do_not(open_rows: OpenRows) -> None:
    db, other = open_rows(), open_rows()
    with db.transaction():
        db.table("people").insert({"name": "An"})
        assert content(db) == (0, 1)
        assert content(other) == (0, 0)
    assert content(other) == (0, 1)


def test_a_nested_transaction_joins_the_outer_one(db: RowDB) -> None:
    def fail_after_the_inner_one() -> None:
        with db.transaction():
            with db.transaction():
                db.table("people").insert({"name": "An"})
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_after_the_inner_one()
    assert content(db) == (0, 0)


def test_an_error_swallowed_within_breaks_the_whole_transaction(db: RowDB) -> None:
    cases = db.table("cases")
    cases.insert({"receipt": "r1"})

    def swallow_an_error() -> None:
        with db.transaction():
            db.table("people").insert({"name": "An"})
            with suppress(Duplicate):
                cases.insert_multiple([{"receipt": "r2"}, {"receipt": "r1"}])

    with pytest.raises(StoreError, match="nothing was stored"):
        swallow_an_error()
    assert content(db) == (1, 0)


def test_a_refused_document_does_not_break_a_transaction(db: RowDB) -> None:
    with db.transaction():
        with pytest.raises(ValueError, match="name"):
            db.table("people").insert({"name": "\0"})
        db.table("people").insert({"name": "An"})
    assert content(db) == (0, 1)


def test_transactions_of_two_threads_are_two(open_rows: OpenRows) -> None:
    db = open_rows()
    seen: list[tuple[int, int]] = []
    with db.transaction():
        db.table("people").insert({"name": "An"})
        thread = threading.Thread(target=lambda: seen.append(content(db)))
        thread.start()
        thread.join()
    assert seen == [(0, 0)]


def test_what_a_transaction_reads_stays_as_it_is(open_rows: OpenRows) -> None:
    db, other = open_rows(), open_rows()
    db.table("people").insert({"count": 0})
    done = threading.Event()

    def interfere() -> None:
        other.table("people").update({"count": 10}, doc_ids=[1])
        done.set()

    thread = threading.Thread(target=interfere)
    with db.transaction():
        before = db.table("people").get(doc_id=1)
        assert before == {"count": 0}
        thread.start()
        assert not done.wait(0.1)
        db.table("people").update({"count": 1}, doc_ids=[1])
    thread.join()
    assert db.table("people").all() == [{"count": 10}]


def test_a_snapshot_sees_one_state_while_others_write(open_rows: OpenRows) -> None:
    db, other = open_rows(), open_rows()
    db.table("people").insert({"name": "An"})
    with db.snapshot():
        assert content(db) == (0, 1)
        other.table("people").insert({"name": "Bo"})
        other.table("cases").insert({})
        assert content(db) == (0, 1)
    assert content(db) == (1, 2)


def test_a_snapshot_does_not_write(db: RowDB) -> None:
    with pytest.raises(StoreError, match="only reads"), db.snapshot():
        db.table("people").insert({"name": "An"})
    assert content(db) == (0, 0)


def test_a_snapshot_within_a_transaction_sees_its_writes(db: RowDB) -> None:
    with db.transaction():
        db.table("people").insert({"name": "An"})
        with db.snapshot():
            assert content(db) == (0, 1)


def test_run_repeats_work_that_the_database_gave_up(db: RowDB) -> None:
    attempts: list[int] = []

    def work() -> str:
        attempts.append(db.table("people").insert({"name": "An"}))
        if len(attempts) < 3:
            raise StoreConflict
        return "done"

    assert db.run(work) == "done"
    assert len(attempts) == 3
    assert content(db) == (0, 1)


def test_run_gives_up_in_the_end_and_stores_nothing(db: RowDB) -> None:
    attempts: list[int] = []

    def work() -> None:
        attempts.append(db.table("people").insert({"name": "An"}))
        raise StoreConflict

    with pytest.raises(StoreConflict):
        db.run(work, attempts=2)
    assert len(attempts) == 2
    assert content(db) == (0, 0)


def test_run_within_a_transaction_leaves_the_repeating_to_the_outermost(db: RowDB) -> None:
    attempts: list[int] = []

    def work() -> None:
        attempts.append(1)
        raise StoreConflict

    with pytest.raises(StoreConflict), db.transaction():
        db.run(work)
    assert attempts == [1]


def test_two_who_lock_each_other_out_both_finish(open_rows: OpenRows) -> None:
    db = open_rows()
    people = db.table("people")
    people.insert_multiple([{"count": 0}, {"count": 0}])
    met = threading.Barrier(2)
    first_time = threading.local()

    def work(order: tuple[int, int]) -> None:
        people.update({"by": order[0]}, doc_ids=[order[0]])
        if not getattr(first_time, "over", False):
            first_time.over = True
            with suppress(threading.BrokenBarrierError):
                met.wait(0.2)  # on SQLite the other one is not let in at all
        people.update(lambda document: document.update(count=document["count"] + 1), doc_ids=order)

    threads = [
        threading.Thread(target=lambda order=order: db.run(lambda: work(order)))
        for order in ((1, 2), (2, 1))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [document["count"] for document in people] == [2, 2]


def test_two_upserts_at_once_insert_one_document(open_rows: OpenRows) -> None:
    db, other = open_rows(), open_rows()
    name = where("name") == "An"
    thread = threading.Thread(
        target=lambda: other.table("people").upsert({"name": "An", "by": "other"}, name)
    )
    with db.transaction():
        db.table("people").upsert({"name": "An"}, name)
        thread.start()
        thread.join(0.1)
        assert thread.is_alive()  # it cannot see our document yet, and waits for it
    thread.join()
    assert db.table("people").all() == [{"name": "An", "by": "other"}]

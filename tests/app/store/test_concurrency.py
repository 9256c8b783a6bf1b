"""Several processes and threads on one database: nothing is lost, nothing is counted twice."""

import multiprocessing
import threading
from collections.abc import Callable
from typing import Any

from tinydb.operations import increment

from portal.store.engine.database import RowDB, Schema, where

PROCESSES, THREADS, ROUNDS = 4, 2, 10
SCHEMA: Schema = {"cases": [("unique", "receipt"), ("worker",)], "counters": [("unique", "key")]}


def work(db: RowDB, worker: str) -> None:
    """Count up in three ways, and insert a case for each round."""
    cases, counters = db.table("cases"), db.table("counters")

    def read_and_write() -> None:
        counter = counters.get(where("key") == "read and written")
        assert counter is not None
        counters.update({"count": counter["count"] + 1}, doc_ids=[counter.doc_id])

    for number in range(ROUNDS):
        counters.update(increment("count"), where("key") == "updated")
        db.run(read_and_write)
        with db.transaction():
            counters.update(increment("count"), where("key") == "with case")
            cases.insert({"receipt": f"{worker}-{number}", "worker": worker})


def work_in_threads(url: str, process: int) -> None:
    with RowDB(url, SCHEMA) as db:
        threads = [
            threading.Thread(target=work, args=(db, f"{process}-{thread}"))
            for thread in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def test_no_update_and_no_case_is_lost(open_rows: Callable[..., RowDB], store_url: str) -> None:
    with open_rows(SCHEMA) as db:
        for key in ("updated", "read and written", "with case"):
            db.table("counters").insert({"key": key, "count": 0})
    fork = multiprocessing.get_context("fork")
    processes: list[Any] = [
        fork.Process(target=work_in_threads, args=(store_url, number))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    total = PROCESSES * THREADS * ROUNDS
    db = open_rows(SCHEMA)
    assert [counter["count"] for counter in db.table("counters")] == [total] * 3
    assert sorted(case.doc_id for case in db.table("cases")) == list(range(1, total + 1))
    assert db.table("cases").count(where("worker") == "0-0") == ROUNDS


def test_many_processes_may_open_a_new_database_at_once(store_url: str) -> None:
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=open_and_insert, args=(store_url,)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with RowDB(store_url, SCHEMA) as db:
        assert len(db.table("cases")) == PROCESSES


def open_and_insert(url: str) -> None:
    with RowDB(url, SCHEMA) as db:
        db.table("cases").insert({})

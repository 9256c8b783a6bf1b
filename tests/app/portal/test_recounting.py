"""`bangfu verify` counts again: it sees what was changed behind the program, and only that."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre.recount import find_wrong_cases
from portal.operations.figures import reports
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database

Tamper = Callable[[Centre, Filed], None]


def told(centre: Centre) -> list[str]:
    """What is said of the cases."""
    return find_wrong_cases(centre.office, lambda done, total: None)


def event_of(centre: Centre, filed: Filed, number: int) -> Any:
    """The row of an event."""
    name = f"{number:06}"
    (row,) = [row for row in centre.instance.db.table("events")
              if (row["record"], row["number"]) == (f"case {filed.number}", name)]  # fmt: skip
    return row


def change_head(**fields: object) -> Tamper:
    """Write something else into the head of a case."""

    def change(centre: Centre, filed: Filed) -> None:
        cases = centre.instance.db.table("cases")
        (row,) = [row for row in cases if row["number"] == filed.number]
        cases.update(fields, doc_ids=[row.doc_id])

    return change


def change_event(number: int, /, **fields: object) -> Tamper:
    """Write something else into an event."""

    def change(centre: Centre, filed: Filed) -> None:
        row = event_of(centre, filed, number)
        centre.instance.db.table("events").update(fields, doc_ids=[row.doc_id])

    return change


def remove_event(number: int) -> Tamper:
    """Take an event away."""

    def remove(centre: Centre, filed: Filed) -> None:
        row = event_of(centre, filed, number)
        centre.instance.db.table("events").remove(doc_ids=[row.doc_id])

    return remove


def remove_head(centre: Centre, filed: Filed) -> None:
    """Take a case away, its events stay."""
    cases = centre.instance.db.table("cases")
    (row,) = [row for row in cases if row["number"] == filed.number]
    cases.remove(doc_ids=[row.doc_id])


def remove_case(centre: Centre, filed: Filed) -> None:
    """Take a case away with all its events."""
    remove_head(centre, filed)
    events = centre.instance.db.table("events")
    ours = [row.doc_id for row in events if row["record"] == f"case {filed.number}"]
    events.remove(doc_ids=ours)


def add_event_of_nobody(centre: Centre, filed: Filed) -> None:
    """Let something happen to a case that is none."""
    row = event_of(centre, filed, 0)
    centre.instance.db.table("events").insert({**row, "record": "case FL26-XXXX-XXXX"})


def add_task(centre: Centre, filed: Filed) -> None:
    """Let something wait that does not."""
    row = {"record": f"case {filed.number}", "task": "nothing", "due_on": "2026-11-24"}
    centre.instance.db.table("tasks").insert(row)


def add_task_of_nobody(centre: Centre, filed: Filed) -> None:
    """Let a case wait that is none."""
    row = {"record": "case FL26-XXXX-XXXX", "task": "report_to_leader", "due_on": "2026-11-24"}
    centre.instance.db.table("tasks").insert(row)


def remove_trace(centre: Centre, filed: Filed) -> None:
    """Let a case no longer be found by something."""
    traces = centre.instance.db.table("traces")
    ours = [row.doc_id for row in traces if row["record"] == f"case {filed.number}"]
    traces.remove(doc_ids=ours[:1])


def add_trace(centre: Centre, filed: Filed) -> None:
    """Let a case be found by what it does not say."""
    traces = centre.instance.db.table("traces")
    row = next(row for row in traces if row["record"] == f"case {filed.number}")
    traces.insert({**row, "fingerprint": "0" * 32})


def add_trace_of_nobody(centre: Centre, filed: Filed) -> None:
    """Let a case be found that is none."""
    traces = centre.instance.db.table("traces")
    traces.insert({**next(iter(traces)), "record": "case FL26-XXXX-XXXX"})


def erase_half(centre: Centre, filed: Filed) -> None:
    """Drop the key of a case, and leave what it is found by."""
    change_head(key=None)(centre, filed)


TAMPERINGS = {
    "state": change_head(state="closed"),
    "unknown state": change_head(state="nowhere"),
    "unknown kind": change_head(kind="nothing"),
    "taken": change_head(taken=[["submit", "visitor"]]),
    "version": change_head(version=9),
    "due day": change_head(due_on="2027-12-31"),
    "tally": change_head(tally={"kind": "consultation", "channel": "letter", "person": "x"}),
    "tally of an event": change_event(1, tally={"kind": "hardship"}),
    "words in a tally": change_event(1, tally={"town": "青石"}),
    "unknown event": change_event(1, type="Nothing"),
    "other event": change_event(1, type="StaffWrote"),
    "later day": change_event(1, on="2027-10-01"),
    "moment": change_event(1, at="2026-11-25T00:00:00+00:00"),
    "no moment": change_event(1, at="yesterday"),
    "number": change_event(1, number="000007"),
    "actor": change_event(1, actor="somebody"),
    "removed event": remove_event(1),
    "removed head": remove_head,
    "removed case": remove_case,
    "event of nobody": add_event_of_nobody,
    "task": add_task,
    "task of nobody": add_task_of_nobody,
    "removed trace": remove_trace,
    "trace too many": add_trace,
    "trace of nobody": add_trace_of_nobody,
    "erased by half": erase_half,
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_changed_behind_the_program_is_noticed(centre: Centre, what: str) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    centre.case(CaseKind.HARDSHIP)
    centre.clock.advance(minutes=1)
    centre.take("lawyer", filed, "answer", "好。")
    assert told(centre) == []
    TAMPERINGS[what](centre, filed)
    (wrong,) = told(centre)
    assert "FL26-" in wrong


@each_database
def test_who_works_meanwhile_makes_nothing_wrong(centre: Centre) -> None:
    filed = [centre.case(CaseKind.CONSULTATION) for _ in range(3)]

    def work(done: int, total: int) -> None:
        if done == 1:
            write_in_a_thread(centre, filed)

    assert find_wrong_cases(centre.office, work) == []


def write_in_a_thread(centre: Centre, filed: list[Filed]) -> None:
    """Answer all of them, as another member of staff would at the same moment."""

    def answer() -> None:
        for one in filed:
            centre.take("lawyer", one, "answer", "好。")

    thread = Thread(target=answer)
    thread.start()
    thread.join()


def closed_october(centre: Centre) -> None:
    """Two cases in October, and its report."""
    centre.clock.now = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
    centre.case(CaseKind.HARDSHIP)
    centre.case(CaseKind.HARDSHIP)
    centre.clock.now = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, "2026-10", "director")


@pytest.mark.parametrize(
    "change",
    [{"cells": []}, {"closed_at": "2026-11-04T04:00:00+00:00"}, {"month": "2026-09"}, None],
    ids=["count", "moment", "name", "gone"],
)
def test_a_report_that_was_changed_is_noticed(
    centre: Centre, change: dict[str, object] | None
) -> None:
    closed_october(centre)
    assert reports.find_wrong_months(centre.office) == []
    months = centre.instance.db.table("months")
    if change is None:
        months.truncate()
    else:
        months.update(change)
    assert "2026-10" in reports.find_wrong_months(centre.office)

"""Heads of cases as rows: what is stored of a case in clear, and what indexes find it by."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases.case import Case
from portal.domain.cases.claim_limits import Alarm, ClaimStanding
from portal.domain.cases.work_views import name_stage
from portal.domain.shared.case_kinds import CaseKind
from portal.store.records import Record

YES, _NO = "yes", "no"
_NO_DAY = "9999"
"""Cases without a due day sort last; an indexed field holds text."""
_GROUPED = ("turn", "stage", "holder", "news", "held_until", "due_on")
"""What open work is counted by: as one text, which is compared five times as fast as six."""
_DERIVED = ("turn", "stage", "news", "town", "takers", "work", "claim_order")
"""What follows from the rest of a head."""
_MOST_HOLDS = 9
"""What is told apart of how often a case was put off: one digit sorts like the number."""


def write_head(case: Case) -> dict[str, Any]:
    """Return the head as it is stored: what an index finds it by is text."""
    row = asdict(case)
    del row["receipt"], row["version"]  # the record has both
    del row["claim"]
    row["kind"] = str(case.kind)
    row["submitted_at"] = case.submitted_at.isoformat()
    row["changed_at"] = case.changed_at.isoformat()
    row["due_on"] = case.due_on.isoformat() if case.due_on else _NO_DAY
    row["taken"] = [list(pair) for pair in case.taken]
    row["tasks"] = {code: day.isoformat() for code, day in case.tasks.items()}
    row["news"] = YES if case.unread else _NO
    row["stage"] = name_stage(case.kind, case.state)
    row["turn"] = str(case.state_row.awaiting)
    row["town"] = str(case.tally.get("town", ""))
    row["takers"] = " ".join(sorted({login for _, login in case.taken} - {VISITOR}))
    row["excluded"] = " ".join(case.excluded)
    row["held_until"] = case.held_until.isoformat() if case.held_until else ""
    row["holds"] = str(min(case.holds, _MOST_HOLDS))
    if case.open:
        row["work"] = " ".join(row[name] for name in _GROUPED)
    else:
        row["work"] = None  # so that no index of open work holds it
    if case.kind is CaseKind.CONSULTATION:
        row |= write_claim(case)
    return row


def write_claim(case: Case) -> dict[str, str]:
    """Return the part of a head by which the lawyer's list goes; other kinds have none."""
    claim = case.claim
    day = claim.act_by.isoformat() if claim.act_by else _NO_DAY
    due = case.due_on.isoformat() if case.due_on else _NO_DAY
    return {
        "claim_by": day,
        "claim_order": f"{day}_{due}",
        "alarm": str(claim.alarm),
        "reckoned_on": claim.reckoned_on.isoformat() if claim.reckoned_on else "",
    }


def is_head_consistent(record: Record, case: Case) -> bool:
    """Tell whether what indexes find a case by is what follows from its head."""
    made = write_head(case)
    return all(record.row.get(name) == made.get(name) for name in _DERIVED)


def read_head(record: Record) -> Case:
    """Return the case that a record is the head of."""
    row = record.row
    values = {name: row[name] for name in Case.__slots__ if name in row}
    return Case(
        **values
        | {
            "receipt": record.number,
            "kind": CaseKind(row["kind"]),
            "submitted_at": datetime.fromisoformat(row["submitted_at"]),
            "changed_at": datetime.fromisoformat(row["changed_at"]),
            "due_on": None if row["due_on"] == _NO_DAY else date.fromisoformat(row["due_on"]),
            "taken": tuple((step, login) for step, login in row["taken"]),
            "tasks": {code: date.fromisoformat(day) for code, day in row["tasks"].items()},
            "excluded": tuple(row["excluded"].split()),
            "held_until": date.fromisoformat(row["held_until"]) if row["held_until"] else None,
            "holds": int(row["holds"]),
            "claim": _read_claim(row) if row["kind"] == CaseKind.CONSULTATION else ClaimStanding(),
        }
    )


def _read_claim(row: Mapping[str, Any]) -> ClaimStanding:
    day, reckoned_on = row["claim_by"], row["reckoned_on"]
    return ClaimStanding(
        None if day == _NO_DAY else date.fromisoformat(day),
        Alarm(row["alarm"]),
        date.fromisoformat(reckoned_on) if reckoned_on else None,
    )

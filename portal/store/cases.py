"""Cases as records: what is in their head, what of it is sealed, and how they are found."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial, reduce
from heapq import merge
from itertools import islice
from operator import and_
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance
from tinydb.table import Document

from portal.domain.cases.case import Case
from portal.domain.cases.claim_limits import ClaimStanding
from portal.domain.cases.events import REGISTRY
from portal.domain.cases.work_views import Selection, name_stage
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.answers import Answers
from portal.domain.forms.fields import FIELDS
from portal.domain.records.event import Event
from portal.domain.records.workflow import Awaiting
from portal.domain.search.traces import Trace, What, list_traces
from portal.domain.shared.case_kinds import CaseKind
from portal.store import records, traces
from portal.store.case_heads import YES, read_head, write_claim, write_head
from portal.store.crypto.sealing import Seal
from portal.store.files import Owner
from portal.store.records import Aggregate, Record
from portal.store.store import Store

OPEN_TURNS = [str(Awaiting.CENTRE), str(Awaiting.APPLICANT)]
IS_OPEN = where("turn").one_of(OPEN_TURNS)
"""The query for cases in which somebody still has to act."""

_HAS_EXCLUDED = where("excluded") > ""
_EVERY = 1_000_000

CASES = Aggregate("case", "cases", REGISTRY, lambda name: FIELDS[name].sealed)


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case and its answers, plain and sealed; the seal is only opened when one is read."""

    case: Case
    record: Record = field(repr=False)

    @property
    def seal(self) -> Seal:
        """The open data key. Damaged if it does not open, or was dropped."""
        return self.record.seal

    @property
    def owner(self) -> Owner:
        """The case as the owner of files."""
        return self.record.owner

    @property
    def erased(self) -> bool:
        """Whether the key was dropped, and with it all that is personal."""
        return self.record.wrapped is None

    @property
    def code_hmac(self) -> str:
        """What is kept of the secret code."""
        return str(self.record.row["code_hmac"])

    def open_answers(self) -> Answers:
        """Return all answers in clear, by field name."""
        seal, sealed = self.seal, self.record.row["sealed"]
        opened = {name: seal.open(name, value) for name, value in sealed.items()}
        return {**self.record.row["answers"], **opened}

    def answer(self, name: str) -> object:
        """Return one answer in clear; None if the question was not asked."""
        if name in self.record.row["sealed"]:
            return self.record.open(name)
        return self.record.row["answers"].get(name)


def add_case(
    store: Store,
    case: Case,
    answers: Answers,
    first: Event,
    *,
    code_hmac: str,
    submission: str,
) -> StoredCase:
    """Store a new case. Duplicate if the receipt is taken or the submission already stored."""
    secret = {name for name, value in answers.items() if value is not None and FIELDS[name].sealed}
    head = write_head(case) | {
        "submission": submission,
        "code_hmac": code_hmac,
        "answers": {name: value for name, value in answers.items() if name not in secret},
    }
    sealed = {name: answers[name] for name in secret}
    record = records.add_record(store, CASES, case.receipt, head, sealed, first)
    _keep_tasks(store, record, {}, case.tasks)
    traces.keep_traces(store, record.name, list_traces(case.receipt, answers))
    return StoredCase(case, record)


def find_case(store: Store, receipt: str) -> StoredCase | None:
    """Find the case with this receipt number."""
    return _found(store, "number", receipt)


def find_submission(store: Store, submission: str) -> StoredCase | None:
    """Find the case that this submission became."""
    return _found(store, "submission", submission)


def _found(store: Store, name: str, value: str) -> StoredCase | None:
    record = records.find_record(store, CASES, name, value)
    return _stored(record) if record else None


def append_to_case(store: Store, stored: StoredCase, event: Event, case: Case) -> StoredCase:
    """Append to the history of a case, and keep its head as it is after that. Changed."""
    record = records.append_events(store, stored.record, [event], write_head(case))
    _keep_tasks(store, record, stored.case.tasks, case.tasks)
    return StoredCase(case, record)


def _keep_tasks(
    store: Store, record: Record, before: Mapping[str, date], after: Mapping[str, date]
) -> None:
    """Keep a row for each open task, by which the cases are found that wait for it."""
    tasks = store.db.table("tasks")
    for code in before.keys() - after.keys():
        tasks.remove((where("record") == record.name) & (where("task") == code))
    for code in after.keys() - before.keys():
        row = {"record": record.name, "task": code, "due_on": after[code].isoformat()}
        tasks.insert(row)


def history(store: Store, stored: StoredCase) -> list[Event]:
    """Return all that happened to a case, oldest first."""
    return records.events_of(store, stored.record)


def replace_answer(store: Store, stored: StoredCase, name: str, value: object) -> None:
    """Keep another answer, and find the case by it; the history tells what it was before."""
    row = stored.record.row
    plain, sealed = dict(row["answers"]), dict(row["sealed"])
    if FIELDS[name].sealed:
        sealed[name] = stored.seal.close(name, value)
    else:
        plain[name] = value
    fields = {"answers": plain, "sealed": sealed}
    store.db.table("cases").update(fields, doc_ids=[stored.record.row_id])
    rewrite_traces(store, replace(stored, record=replace(stored.record, row={**row, **fields})))


def rewrite_traces(store: Store, stored: StoredCase) -> None:
    """Let a case be found by what its answers say; once it is erased, by its number alone."""
    traces.keep_traces(store, stored.record.name, _list_traces(stored))


def traces_are_kept(store: Store, stored: StoredCase) -> bool:
    """Tell whether a case is found by what its answers say, and by nothing else."""
    return traces.are_kept(store, stored.record.name, _list_traces(stored))


def _list_traces(stored: StoredCase) -> list[Trace]:
    answers = stored.record.row["answers"] if stored.erased else stored.open_answers()
    return list_traces(stored.case.receipt, answers)


def replace_code(store: Store, stored: StoredCase, code_hmac: str) -> None:
    """Keep the HMAC of a new secret code; the old code dies."""
    store.db.table("cases").update({"code_hmac": code_hmac}, doc_ids=[stored.record.row_id])


def page_of_work(
    store: Store,
    chosen: Selection,
    limit: int,
    after: tuple[str, int] | None = None,
    *,
    newest_first: bool = False,
) -> list[StoredCase]:
    """Return the next `limit` cases of a selection: the most urgent first, or the newest."""
    table, order = store.db.table("cases"), _order_of(chosen)
    pages = [
        read_stored(
            store, table.page(_query(chosen, turn), order, limit, after, descending=newest_first)
        )
        for turn in chosen.turns
        if chosen.stages
    ]
    place = partial(place_in_list, chosen)
    return list(islice(merge(*pages, key=place, reverse=newest_first), limit))


def count_work(store: Store, chosen: Selection) -> int:
    """Count the cases of a selection."""
    if not chosen.stages:
        return 0
    table = store.db.table("cases")
    return sum(table.count(_query(chosen, turn)) for turn in chosen.turns)


def _query(chosen: Selection, turn: Awaiting) -> QueryInstance:
    parts = [where("turn") == str(turn), where("stage").one_of(sorted(chosen.stages))]
    parts += [*_narrow_by_hands_and_days(chosen), *_narrow_by_place(chosen)]
    query: QueryInstance = reduce(and_, parts)
    return query


def _narrow_by_hands_and_days(chosen: Selection) -> Iterator[QueryInstance]:
    if chosen.holders is not None:
        yield where("holder").one_of(sorted(chosen.holders))
    if chosen.due_from:
        yield where("due_on") >= chosen.due_from.isoformat()
    if chosen.due_until:
        yield where("due_on") <= chosen.due_until.isoformat()
    if chosen.free_on:
        yield where("held_until") <= chosen.free_on.isoformat()
    if chosen.held_on:
        yield where("held_until") > chosen.held_on.isoformat()
    if chosen.holds:
        yield where("holds") >= str(chosen.holds)
    if chosen.unread:
        yield where("news") == YES
    if chosen.alarms:
        yield where("alarm").one_of(sorted(chosen.alarms))


def _narrow_by_place(chosen: Selection) -> Iterator[QueryInstance]:
    if chosen.town:
        yield where("town") == chosen.town
    if chosen.towns is not None:
        yield where("town").one_of(sorted(chosen.towns))
    if chosen.numbers is not None:
        yield where("number").one_of(sorted(chosen.numbers))
    if chosen.hidden:
        yield are_shown(chosen.hidden)


def are_shown(hidden: Collection[str]) -> QueryInstance:
    """Return the query for cases that are not among the hidden ones."""
    return ~where("number").one_of(sorted(hidden))


def list_excluded(store: Store, logins: Collection[str]) -> frozenset[str]:
    """List the receipts of all cases that one of these logins keeps out of."""
    counted = store.db.table("cases").count_groups("excluded", "number", query=_HAS_EXCLUDED)
    ours = set(logins)
    return frozenset(number for excluded, number in counted if ours & set(excluded.split()))


def list_held(store: Store, holder: str) -> list[StoredCase]:
    """List the open cases that somebody has in hand, the most urgent first."""
    rows = store.db.table("cases").search(IS_OPEN & (where("holder") == holder))
    return sorted(read_stored(store, rows), key=place_in_queue)


def every_number(store: Store) -> Iterator[str]:
    """Yield the number of each case there is, whether the rest of it can be read or not."""
    return (str(row["number"]) for row in store.db.table("cases"))


def every_case(store: Store) -> Iterator[StoredCase]:
    """Yield all cases there are, in the order of filing: for a whole examination only."""
    for row in store.db.table("cases"):
        yield _read(store, row)


def list_open_tasks(store: Store) -> dict[str, set[str]]:
    """List the open tasks of all cases, as their rows have them, by receipt."""
    found: dict[str, set[str]] = {}
    for row in store.db.table("tasks"):
        found.setdefault(records.number_of(row["record"]), set()).add(row["task"])
    return found


def place_in_queue(stored: StoredCase) -> tuple[str, int]:
    """Return the place of a case among all others, the most urgent first."""
    return str(stored.record.row["due_on"]), stored.record.row_id


def place_in_list(chosen: Selection, stored: StoredCase) -> tuple[str, int]:
    """Return the place after which a page of a selection goes on behind this case."""
    return str(stored.record.row[_order_of(chosen)]), stored.record.row_id


def _order_of(chosen: Selection) -> str:
    return "claim_order" if chosen.by_claim else "due_on"


def pages_of_open(store: Store, kind: CaseKind, limit: int) -> Iterator[list[StoredCase]]:
    """Yield all open cases of a kind, so many at once; each page is read when it is asked for."""
    stages = [name_stage(kind, state) for state in WORKFLOWS[kind].states]
    table = store.db.table("cases")
    for turn in OPEN_TURNS:
        query, after = (where("turn") == turn) & where("stage").one_of(stages), None
        while rows := table.page(query, "due_on", limit, after):
            page = read_stored(store, rows)
            yield page
            after = place_in_queue(page[-1])


def keep_standing(store: Store, stored: StoredCase, claim: ClaimStanding) -> None:
    """Keep how a consultation stands in the list of the lawyer; nothing happens to it by that."""
    row = write_claim(replace(stored.case, claim=claim))
    as_read = where("version") == stored.record.version
    store.db.table("cases").update(row, as_read, [stored.record.row_id])


def count_cases(store: Store, state: str) -> int:
    """Count the cases of all kinds in this state."""
    stages = [name_stage(kind, state) for kind in CaseKind]
    return store.db.table("cases").count(where("stage").one_of(stages))


def count_by_stage(
    store: Store,
    stages: Collection[str],
    hidden: Collection[str],
    towns: Collection[str] | None = None,
) -> dict[str, int]:
    """Count the cases of these stages, in one go, but for the hidden ones; no zeros.

    Only those of the `towns`; None is all.
    """
    query: QueryInstance = where("stage").one_of(sorted(stages))
    if hidden:
        query &= are_shown(hidden)
    if towns is not None:
        query &= where("town").one_of(sorted(towns))
    counts = store.db.table("cases").count_groups("stage", query=query)
    return {stage: count for (stage,), count in counts.items()}


def with_open_task(store: Store, task: str, limit: int) -> list[StoredCase]:
    """List the cases in which this task is open, the most urgent first, then the oldest."""
    rows = store.db.table("tasks").page(where("task") == task, "due_on", limit)
    return read_cases(store, [row["record"] for row in rows])


def list_numbers_of(store: Store, what: What, value: str) -> frozenset[str]:
    """List the receipts of all cases that bear a fact, written for comparing."""
    mark = traces.fingerprint_trace(store.keys, what, value)
    rows = traces.page_of_traces(store, [mark], _EVERY)
    return frozenset(records.number_of(row.record) for row in rows)


def read_cases(store: Store, names: Iterable[str]) -> list[StoredCase]:
    """Read the cases that are called so in the rows of their events, in this order, in one look."""
    numbers = [records.number_of(name) for name in dict.fromkeys(names)]
    found = store.db.table("cases").search(where("number").one_of(numbers)) if numbers else []
    by_number = {row["number"]: row for row in found}
    return [_read(store, by_number[number]) for number in numbers if number in by_number]


def read_stored(store: Store, rows: Iterable[Document]) -> list[StoredCase]:
    """Return rows of the table as cases."""
    return [_read(store, row) for row in rows]


def _read(store: Store, row: Any) -> StoredCase:
    return _stored(records.read_record(store, CASES, row))


def _stored(record: Record) -> StoredCase:
    return StoredCase(read_head(record), record)

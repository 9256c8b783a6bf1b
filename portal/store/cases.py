"""Cases and their events as rows. What is personal is sealed here and opened here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from portal.domain.cases.case import Case
from portal.domain.cases.events import Event, from_record, to_record
from portal.domain.figures.counting import Recorded
from portal.domain.forms.answers import Answers
from portal.domain.forms.fields import FIELDS
from portal.domain.shared.case_kinds import CaseKind
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.crypto.sealing import Seal
from portal.store.errors import Damaged
from portal.store.files import Owner
from portal.store.store import Store

INDEXED: Mapping[str, str] = {
    "id_number": "id_index",
    "mobile": "mobile_index",
    "bank_card": "card_index",
}
"""Sealed answers that may be searched for equality, and the column of their keyed fingerprint."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case and its answers, plain and sealed; the seal is only opened when one is read.

    `wrapped` is the wrapped data key, None after erasure; `row_id` is the place in the table.
    """

    case: Case
    plain: Mapping[str, Any]
    sealed: Mapping[str, str]
    code_mark: str
    wrapped: str | None
    row_id: int
    keys: Keyring = field(repr=False)

    @property
    def seal(self) -> Seal:
        """The open data key. Damaged if it does not open, or was dropped."""
        if self.wrapped is None:
            raise Damaged(f"{self.case.receipt} 的个人信息已经按规定删除。")
        return sealing.open_seal(self.keys, _place(self.case.receipt), self.wrapped)

    @property
    def owner(self) -> Owner:
        """The case as the owner of files."""
        return Owner(f"case {self.case.receipt}", self.seal)

    def open_answers(self) -> Answers:
        """Return all answers in clear, by field name."""
        seal = self.seal
        opened = {name: seal.open(name, value) for name, value in self.sealed.items()}
        return {**self.plain, **opened}

    def answer(self, name: str) -> object:
        """Return one answer in clear; None if the question was not asked."""
        if name in self.sealed:
            return self.seal.open(name, self.sealed[name])
        return self.plain.get(name)


def add_case(
    store: Store, case: Case, answers: Answers, *, code_mark: str, submission: str
) -> StoredCase:
    """Store a new case. Duplicate if the receipt is taken or the submission already stored."""
    seal, wrapped = sealing.new_seal(store.keys, _place(case.receipt))
    secret = {name for name, value in answers.items() if value is not None and FIELDS[name].sealed}
    sealed = {name: seal.close(name, answers[name]) for name in sorted(secret)}
    plain = {name: value for name, value in answers.items() if name not in secret}
    row = _head(case) | {
        "submission": submission,
        "code_mark": code_mark,
        "key": wrapped,
        "answers": plain,
        "sealed": sealed,
        **{
            column: _fingerprint(store.keys, name, answers[name])
            for name, column in INDEXED.items()
            if name in secret
        },
    }
    row_id = store.db.table("cases").insert(row)
    return StoredCase(case, plain, sealed, code_mark, wrapped, row_id, store.keys)


def _fingerprint(keys: Keyring, name: str, value: object) -> str:
    return sealing.blind_index(keys, name, str(value))


def find_case(store: Store, receipt: str) -> StoredCase | None:
    """Return the case with this receipt number, or None."""
    return _found(store, "receipt", receipt)


def find_submission(store: Store, submission: str) -> StoredCase | None:
    """Return the case that this submission became, or None."""
    return _found(store, "submission", submission)


def _found(store: Store, name: str, value: str) -> StoredCase | None:
    row = store.db.table("cases").get(where(name) == value)
    return _stored(store.keys, row) if row else None


def save_head(store: Store, stored: StoredCase, case: Case) -> None:
    """Replace what is known of a case; its answers stay as they are."""
    store.db.table("cases").update(_head(case), doc_ids=[stored.row_id])


def replace_answer(store: Store, stored: StoredCase, name: str, value: object) -> None:
    """Replace an answer; what it was before is the history's to tell."""
    plain, sealed = dict(stored.plain), dict(stored.sealed)
    if FIELDS[name].sealed:
        sealed[name] = stored.seal.close(name, value)
    else:
        plain[name] = value
    store.db.table("cases").update({"answers": plain, "sealed": sealed}, doc_ids=[stored.row_id])


def replace_code(store: Store, stored: StoredCase, code_mark: str) -> None:
    """Keep the HMAC of a new secret code; the old code dies."""
    store.db.table("cases").update({"code_mark": code_mark}, doc_ids=[stored.row_id])


def page_of_cases(
    store: Store,
    kind: CaseKind,
    state: str,
    limit: int,
    after: tuple[str, int] | None,
    *,
    newest_first: bool,
) -> list[StoredCase]:
    """Return the next `limit` cases in this state: the most urgent first, or the newest."""
    query = (where("kind") == str(kind)) & (where("state") == state)
    rows = store.db.table("cases").page(query, "due_on", limit, after, descending=newest_first)
    return [_stored(store.keys, row) for row in rows]


def every_case(store: Store) -> Iterator[StoredCase]:
    """Go through all cases there are, in the order of filing: for a whole examination only."""
    for row in store.db.table("cases"):
        yield _stored(store.keys, row)


def place_in_queue(stored: StoredCase) -> tuple[str, int]:
    """Return where a page of cases goes on after this one."""
    due_on = stored.case.due_on
    return (due_on.isoformat() if due_on else _NO_DAY), stored.row_id


def count_cases(store: Store, kind: CaseKind, state: str) -> int:
    """Count the cases of this kind in this state."""
    return store.db.table("cases").count((where("kind") == str(kind)) & (where("state") == state))


def to_report(store: Store, limit: int) -> list[StoredCase]:
    """Return the collective disputes of which the leader has not been told, the oldest first."""
    rows = store.db.table("cases").page(where("to_report") == _YES, "submitted_at", limit, None)
    return [_stored(store.keys, row) for row in rows]


def find_same(store: Store, name: str, value: object, limit: int) -> list[StoredCase]:
    """Find the cases that carry the same ID number, phone or bank card; `name` is in INDEXED."""
    query = where(INDEXED[name]) == _fingerprint(store.keys, name, value)
    rows = store.db.table("cases").page(query, INDEXED[name], limit)
    return [_stored(store.keys, row) for row in rows]


def count_same_id_number(store: Store, stored: StoredCase) -> int:
    """Count the other cases that carry the same ID number."""
    id_number = stored.answer("id_number")
    if not id_number:
        return 0
    index = _fingerprint(stored.keys, "id_number", id_number)
    return store.db.table("cases").count(where("id_index") == index) - 1


def add_event(store: Store, stored: StoredCase, event: Event, number: int) -> None:
    """Append to the history of a case; its words and its personal facts are sealed."""
    record = to_record(event)
    if "text" in record:
        record["text"] = stored.seal.close(f"event {number}", record["text"])
    secret = {name: value for name, value in event.facts.items() if FIELDS[name].sealed}
    if secret:
        record["sealed_facts"] = stored.seal.close(f"facts {number}", secret)
        record["facts"] = {n: v for n, v in event.facts.items() if n not in secret}
    head = {"receipt": stored.case.receipt, "number": number, "kind": str(stored.case.kind)}
    store.db.table("events").insert(head | record)


def history(store: Store, stored: StoredCase) -> list[Event]:
    """Return all that happened to a case, oldest first."""
    rows = store.db.table("events").search(where("receipt") == stored.case.receipt)
    seal = stored.seal
    return [_event(seal, row) for row in sorted(rows, key=lambda row: int(row["number"]))]


def events_until(store: Store, event_type: type[Event], end: datetime) -> Iterator[Recorded]:
    """Find every event of this type at a time < end (UTC), without the words that went with it."""
    return _recorded(store, event_type, where("at") < end.isoformat())


def events_since(store: Store, event_type: type[Event], start: datetime) -> Iterator[Recorded]:
    """Find every event of this type at a time >= start (UTC), without the words."""
    return _recorded(store, event_type, where("at") >= start.isoformat())


def _recorded(store: Store, event_type: type[Event], when: QueryInstance) -> Iterator[Recorded]:
    for row in store.db.table("events").search((where("type") == event_type.__name__) & when):
        event = from_record({name: value for name, value in row.items() if name != "text"})
        yield Recorded(row["receipt"], CaseKind(row["kind"]), event)


def _event(seal: Seal, row: Mapping[str, Any]) -> Event:
    opened = dict(row)
    if "text" in row:
        opened["text"] = seal.open(f"event {row['number']}", row["text"])
    if "sealed_facts" in row:
        secret: Any = seal.open(f"facts {row['number']}", row["sealed_facts"])
        opened["facts"] = row["facts"] | secret
    return from_record(opened)


def _place(receipt: str) -> str:
    return f"cases|{receipt}"


_YES = "yes"
_NO_DAY = "9999"
"""Cases without a due day sort last; an indexed field holds text."""


def _head(case: Case) -> dict[str, Any]:
    row = asdict(case)
    row["kind"] = str(case.kind)
    row["submitted_at"] = case.submitted_at.isoformat()
    row["changed_at"] = case.changed_at.isoformat()
    row["due_on"] = case.due_on.isoformat() if case.due_on else _NO_DAY
    row["taken"] = [list(pair) for pair in case.taken]
    row["to_report"] = _YES if case.to_report else ""
    return row


def _stored(keys: Keyring, row: Any) -> StoredCase:
    # What an older version did not know yet has its default.
    values = {name: row[name] for name in Case.__slots__ if name in row}
    case = Case(
        **values
        | {
            "kind": CaseKind(row["kind"]),
            "submitted_at": datetime.fromisoformat(row["submitted_at"]),
            "changed_at": datetime.fromisoformat(row["changed_at"]),
            "due_on": None if row["due_on"] == _NO_DAY else date.fromisoformat(row["due_on"]),
            "taken": _pairs(row["taken"]),
        }
    )
    return StoredCase(
        case, row["answers"], row["sealed"], row["code_mark"], row["key"], row.doc_id, keys
    )


def _pairs(taken: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((step, login) for step, login in taken)

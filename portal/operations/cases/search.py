"""Finding a case by what somebody says of it, for a reason that is kept; and who searched for whom.

What is found is what the one who asks may open: of anything else neither a count nor a page that
comes out short tells. The log keeps the keyed fingerprint of what was searched, never the words.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.receipt_numbers import parse_receipt, parse_receipt_end
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.search.traces import (
    RULES,
    WHAT_LABELS,
    WHOSE_LABELS,
    What,
    Whose,
    fold_name,
)
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.domain.shared.id_checks import (
    check_bank_card,
    check_id_paper,
    check_phone,
    check_resident_id,
)
from portal.domain.shared.rate_limits import RateLimit
from portal.domain.shared.reasons import clean_reason
from portal.domain.shared.text_cleaning import clean_text, fold_digits
from portal.operations import rate_limits
from portal.operations.cases import work_list
from portal.operations.cases.work_list import WorkRow
from portal.operations.office import Office
from portal.store import audit, cases, searches, traces
from portal.store.audit import AuditEntry
from portal.store.cases import StoredCase
from portal.store.traces import TraceRow

FOUND_AT_ONCE = 20
OWN_WORDS = "own_words"
"""The reason that is told in one's own words."""
LONGEST_WORDS = 100
_WHAT_TO_TYPE = (
    "请填登记编号（比如 JZ26-7K3M-9QF2）或它的后四位、姓名、电话、证件号、银行卡号、单位的名字，"
    "或者镇（街道）"
)
_NUMBERS = re.compile(
    f"(?:{'|'.join({flow.receipt_prefix for flow in WORKFLOWS.values()})})[0-9]{{2}}[0-9A-Z]{{8}}"
)
_HAN = re.compile("[\u3400-\u9fff]")
_DIGIT = re.compile("[0-9]")
_TOWN_ENDS = re.compile("镇|乡|街道")
_MOST_SEARCHES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """What was typed, understood: a receipt number, a town, or facts of which a case has one."""

    receipt: str = ""
    town: str = ""
    sought: tuple[tuple[What, str], ...] = ()

    @property
    def about_a_person(self) -> bool:
        """Tell whether it asks for somebody, so that a reason is needed."""
        return any(what is not What.RECEIPT_END for what, _ in self.sought)

    @property
    def labels(self) -> tuple[str, ...]:
        """By what it searches, in words."""
        return tuple(WHAT_LABELS[what] for what, _ in self.sought)


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that was found, and by which of its facts."""

    row: WorkRow
    town: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, the newest first; `before` is where the next begins, or None."""

    cases: tuple[FoundCase, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class PastSearch:
    """That somebody searched for the same, with his own words if he wrote some."""

    entry: AuditEntry
    words: str


def understand_query(office: Office, typed: str) -> CaseQuery:
    """Understand what was typed into the one box. NotAccepted if it can be nothing."""
    words = clean_text(typed)
    if receipt := parse_receipt(words):
        return CaseQuery(receipt=receipt)
    if _NUMBERS.fullmatch(fold_digits(words)):
        raise NotAccepted("这个登记编号里有一位不对。请对照回执再填一次，或者只填后四位")
    if town := _read_town(office, words):
        return CaseQuery(town=town)
    if end := parse_receipt_end(words):
        return CaseQuery(sought=((What.RECEIPT_END, end),))
    sought = tuple(_read_numbers(office, words)) or tuple(_read_words(words))
    if not sought:
        raise NotAccepted(_WHAT_TO_TYPE)
    return CaseQuery(sought=sought)


def _read_town(office: Office, words: str) -> str:
    wanted = fold_name(words)
    for choice in office.choices["town"]:
        name = fold_name(choice.label)
        if wanted and wanted in {name, _TOWN_ENDS.sub("", name)}:
            return choice.code
    return ""


def _read_numbers(office: Office, words: str) -> Iterator[tuple[What, str]]:
    """Yield what a number can be: an ID number or a mobile is that alone."""
    if not _DIGIT.search(fold_digits(words)):
        return
    with suppress(NotAccepted):
        yield What.IDENTITY, check_resident_id(words, office.today())
        return
    with suppress(NotAccepted):
        phone = check_phone(words)
        yield What.PHONE, RULES[What.PHONE].fold(phone)
        if len(phone) == len("13800000000"):
            return
    with suppress(NotAccepted):
        yield What.CARD, check_bank_card(words)
    with suppress(NotAccepted):
        yield What.IDENTITY, check_id_paper(words)


def _read_words(words: str) -> Iterator[tuple[What, str]]:
    name = fold_name(words)
    if len(name) < len("张三") or len(words) > LONGEST_WORDS:
        return
    if not _DIGIT.search(name):
        yield What.NAME, name
    if _HAN.search(name) or not _DIGIT.search(name):
        yield What.EMPLOYER, RULES[What.EMPLOYER].fold(words)


def may_open_number(office: Office, actor: Actor, receipt: str) -> bool:
    """Tell whether there is a case of this number that the actor may open."""
    stored = cases.find_case(office.store, receipt)
    return stored is not None and may_open(stored.case, actor)


def search_cases(
    office: Office,
    actor: Actor,
    query: CaseQuery,
    reason: str,
    words: str,
    before: int | None = None,
) -> Found:
    """Return the cases that bear what is sought, and log it; `before` goes on with the next page.

    NotAllowed for who opens no cases, NotAccepted without a reason or its words, TooMany over the
    limit.
    """
    if not is_granted(actor.roles, Permission.OPEN_CASES):
        raise NotAllowed("您的岗位不能看办件")
    told = clean_reason(words, LONGEST_WORDS)
    if query.about_a_person:
        if not reason:
            raise NotAccepted("查人、查单位，请选为什么查。会记下来")
        if reason == OWN_WORDS and not told:
            raise NotAccepted("请写一句为什么查。会记下来")
        rate_limits.spend(office, RateLimit.SEARCH_FOR_A_PERSON, actor.login)
    fingerprints = _fingerprints(office, query)
    with office.store.transaction():
        for (what, _), fingerprint in zip(query.sought, fingerprints, strict=True):
            note = f"{what} {reason}".strip()
            now = office.now()
            entry = audit.record(
                office.store, now, actor.login, AuditAction.SEARCH, fingerprint, note
            )
            if told and reason == OWN_WORDS:
                searches.keep_words(office.store, entry, told)
        return _find_open(office, actor, fingerprints, before)


def _fingerprints(office: Office, query: CaseQuery) -> list[str]:
    keys = office.store.keys
    return [traces.fingerprint_trace(keys, what, value) for what, value in query.sought]


def _find_open(office: Office, actor: Actor, fingerprints: list[str], before: int | None) -> Found:
    """Walk through who bears the facts, until a page of cases is full that the actor may open."""
    found: dict[str, FoundCase] = {}
    places: list[int] = []
    while len(found) <= FOUND_AT_ONCE:
        rows = traces.page_of_traces(office.store, fingerprints, FOUND_AT_ONCE, before)
        if not rows:
            return Found(tuple(found.values()), None)
        before = rows[-1].place
        bearing: dict[str, list[TraceRow]] = {}
        for row in rows:
            bearing.setdefault(row.record, []).append(row)
        for stored in cases.read_cases(office.store, bearing):
            receipt = stored.case.receipt
            if receipt not in found and may_open(stored.case, actor):
                of_case = bearing[stored.record.name]
                found[receipt] = _tell(office, stored, of_case)
                places.append(of_case[-1].place)
    return Found(tuple(found.values())[:FOUND_AT_ONCE], places[FOUND_AT_ONCE - 1])


def _tell(office: Office, stored: StoredCase, bearing: list[TraceRow]) -> FoundCase:
    row, town = work_list.make_work_row(office, stored), work_list.name_town(office, stored.case)
    return FoundCase(row, town, tuple(map(_say_why, bearing)))


def _say_why(row: TraceRow) -> str:
    label = WHAT_LABELS[row.what]
    return label if row.whose is Whose.APPLICANT else f"{WHOSE_LABELS[row.whose]}的{label}"


def list_searches(office: Office, actor: Actor, typed: str) -> tuple[CaseQuery, list[PastSearch]]:
    """List who searched for what is typed, the newest first, for the auditor; it is logged.

    NotAllowed for who does not read the log, NotAccepted for what nobody can search for.
    """
    if not is_granted(actor.roles, Permission.READ_AUDIT):
        raise NotAllowed("您的岗位不能看操作记录")
    query = understand_query(office, typed)
    if not query.sought:
        raise NotAccepted("编号、镇（街道）不用问：谁打开过哪件，下面的记录里有")
    fingerprints = _fingerprints(office, query)
    with office.store.transaction():
        found = audit.entries_about(office.store, fingerprints, AuditAction.SEARCH, _MOST_SEARCHES)
        words = searches.words_of(office.store, [entry.number for entry in found])
        for fingerprint in fingerprints:
            audit.record(
                office.store, office.now(), actor.login, AuditAction.ASK_WHO_SEARCHED, fingerprint
            )
    return query, [PastSearch(entry, words.get(entry.number, "")) for entry in found]

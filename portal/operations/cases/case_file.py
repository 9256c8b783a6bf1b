"""What staff read: queues and files. Opening a file and lifting its mask are logged."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, TimelineEntry, timeline
from portal.domain.cases.claim_limits import (
    Alarm,
    ClaimLimit,
    judge_nearness,
    label_claim,
    next_claim,
)
from portal.domain.cases.code_reissue import Request, find_request, how_to_check
from portal.domain.cases.workflow import OPENING, WORKFLOWS, kinds_open_to
from portal.domain.documents.document_types import (
    SentFile,
    label_of_paper,
    lacks_signature,
    name_papers,
)
from portal.domain.documents.paper_states import (
    PaperList,
    look_at_papers_of_case,
    look_at_requested,
    read_requested,
    show_what_came,
)
from portal.domain.eligibility.assessment import assess_answers
from portal.domain.eligibility.means_test import Assessment
from portal.domain.forms.answer_summary import Reader, Section, leftovers, summarise
from portal.domain.forms.answers import Answers, show_answer
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, find_list
from portal.domain.forms.plausibility import find_doubts
from portal.domain.records.engine import steps_open_to
from portal.domain.records.guards import deadline_passed
from portal.domain.records.workflow import SAME, Awaiting, Step
from portal.domain.shared.case_kinds import RELIEF, CaseKind
from portal.domain.shared.dates import local_date
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.domain.shared.id_checks import check_id_paper, check_phone, check_resident_id
from portal.domain.shared.masking import mask_name
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.access import require_open_case, require_open_kind
from portal.operations.forms.admission import count_guesses
from portal.operations.forms.claim_limits import read_claim_limits
from portal.operations.office import Office
from portal.store import audit, cases, files
from portal.store.audit import AuditEntry
from portal.store.cases import StoredCase
from portal.store.errors import Damaged
from rulefiles.toml_files import RuleFileError

PAGE = 20
_EVERY, _BY_PLACE = 1_000_000, "0000"


@dataclass(frozen=True, slots=True)
class Tab:
    """One queue: a kind and a state, with the number of cases in it."""

    kind: CaseKind
    state: str
    label: str
    count: int
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """A case in the queue: nothing in it tells who the person is.

    `people` is how many are in a collective dispute （集体争议）, 0 if it is none. `claim` says
    until when the worker can claim what he loses first, `alarm` how near that is.
    """

    receipt: str
    who: str
    about: str
    submitted_at: datetime
    due_on: date | None
    overdue: bool
    unread: bool
    people: int
    claim: str
    alarm: Alarm


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some rows and where the next ones begin; `after` is None at the end."""

    rows: tuple[QueueRow, ...]
    after: tuple[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as staff see it. `same_person` counts other cases with the same ID number.

    `papers` is what was sent, with the name of the paper; `standings` how each paper stands that
    is wanted, `requested` those of the newest request;
    `lacks_signature` whether the signed page of a form on paper is missing; `doubts` are
    sentences about answers that look like a slip; `how_to_check` who asks for a new code, empty
    if there is no way; `reissue` is the request for one that stands today.
    `guesses` are today's wrong codes, if they are so many that somebody must be guessing.
    `listed_people` counts those of its list. `claims` are the limits of law that run from the days
    he wrote, the next first, each with how near its end is.
    """

    case: Case
    sections: tuple[Section, ...]
    entries: tuple[TimelineEntry, ...]
    steps: tuple[Step, ...]
    same_person: int
    assessment: Assessment | None
    revealed: bool
    how_to_check: str
    papers: tuple[tuple[str, SentFile], ...]
    standings: PaperList
    requested: PaperList
    doubts: tuple[str, ...]
    lacks_signature: bool
    reissue: Request | None
    guesses: int
    listed_people: int
    claims: tuple[tuple[ClaimLimit, Alarm, str], ...]


def list_tabs(office: Office, actor: Actor) -> list[Tab]:
    """List the queues that the actor may see; `mine` if he can bring the cases in it on.

    The kinds whose first answer is due soonest stand first: an emergency before all others.
    """
    counts = cases.count_by_state(office.store)
    return [
        Tab(
            kind,
            state.code,
            state.staff_label,
            counts.get((str(kind), state.code), 0),
            any(
                state.code in step.sources
                and step.by & actor.roles
                and deadline_passed not in step.guards
                and step.target != SAME
                for step in WORKFLOWS[kind].steps.values()
            ),
        )
        for kind in sorted(kinds_open_to(actor.roles), key=partial(_time_to_answer, office))
        for state in WORKFLOWS[kind].states.values()
    ]


def _time_to_answer(office: Office, kind: CaseKind) -> int:
    return office.rules.deadline(str(WORKFLOWS[kind].states[OPENING].limit)).limit


def read_queue(
    office: Office, actor: Actor, kind: CaseKind, state: str, after: tuple[str, int] | None
) -> QueuePage:
    """Return a page of a queue, the most urgent first. NotAllowed for who may not see the kind."""
    require_open_kind(actor, kind)
    over = WORKFLOWS[kind].states[state].awaiting is Awaiting.NOBODY
    if kind is CaseKind.CONSULTATION and not over:
        return _read_by_claim(office, kind, state, after)
    found = cases.page_of_cases(office.store, kind, state, PAGE + 1, after, newest_first=over)
    rows = tuple(_row(office, stored) for stored in found[:PAGE])
    more = len(found) > PAGE
    last = found[PAGE - 1] if more else None
    return QueuePage(rows, cases.place_in_queue(last) if last else None)


def _read_by_claim(
    office: Office, kind: CaseKind, state: str, after: tuple[str, int] | None
) -> QueuePage:
    """Return a page of the queue with those on top that lose a claim soon."""
    found = cases.page_of_cases(office.store, kind, state, _EVERY, None, newest_first=False)
    found.sort(key=lambda stored: _claim_key(office, stored))  # keeps the order of the others
    start = after[1] if after else 0
    rows = tuple(_row(office, stored) for stored in found[start : start + PAGE])
    return QueuePage(rows, (_BY_PLACE, start + PAGE) if len(found) > start + PAGE else None)


def _claim_key(office: Office, stored: StoredCase) -> tuple[bool, date]:
    claim, alarm = _claim_of(office, stored)
    near = alarm in {Alarm.SOON, Alarm.URGENT}
    lost_here = alarm is Alarm.OVER and claim and claim.last >= local_date(stored.case.submitted_at)
    return (False, claim.act_by) if claim and (near or lost_here) else (True, date.max)


def _claim_of(office: Office, stored: StoredCase) -> tuple[ClaimLimit | None, Alarm]:
    today = office.today()
    claim = next_claim(read_claim_limits(office, stored), today)
    return claim, judge_nearness(claim, office.rules, today) if claim else Alarm.NONE


def _row(office: Office, stored: StoredCase) -> QueueRow:
    case = stored.case
    claim, alarm = _claim_of(office, stored)
    about = case.workflow.about
    return QueueRow(
        receipt=case.receipt,
        who=_masked_name(stored),
        about=show_answer(FIELDS[about], stored.answer(about), office.context()),
        submitted_at=case.submitted_at,
        due_on=case.due_on,
        overdue=case.overdue(office.today()) and case.open,
        unread=case.unread,
        people=case.people,
        claim=label_claim(claim, alarm, office.today()) if claim else "",
        alarm=alarm,
    )


def _masked_name(stored: StoredCase) -> str:
    """Return the masked name, if one was left; a case that does not open must not stop a queue."""
    try:
        name = stored.answer(stored.case.workflow.who)
        return mask_name(str(name)) if name else "没有留名"
    except Damaged:
        return "已删除" if stored.erased else "打不开"


def find_person(office: Office, actor: Actor, typed: str) -> list[QueueRow]:
    """Find the cases of somebody who has lost his number, by ID number or phone; it is logged.

    NotAccepted if it is neither, TooMany over the limit.
    """
    if not is_granted(actor.roles, Permission.OPEN_CASES):
        raise NotAllowed("您的岗位不能看办件")
    name, value = _read_number(office, typed)
    rate_limits.spend(office, RateLimit.SEARCH_FOR_A_PERSON, actor.login)
    kinds = kinds_open_to(actor.roles)
    with office.store.transaction():
        found = cases.find_same(office.store, name, value, PAGE)
        rows = [_row(office, stored) for stored in found if stored.case.kind in kinds]
        audit.record(office.store, office.now(), actor.login, AuditAction.SEARCH, name)
    return rows


def _read_number(office: Office, typed: str) -> tuple[str, str]:
    """Take the number for that of an identity card, else of a phone, else of any other paper."""
    try:
        return "id_number", check_resident_id(typed, office.today())
    except NotAccepted:
        with suppress(NotAccepted):
            return "mobile", check_phone(typed)
        return "id_number", check_id_paper(typed)


def open_file(office: Office, actor: Actor, receipt: str) -> CaseFile:
    """Open a case, identity masked; the reading is logged. NotFound or NotAllowed otherwise."""
    return _file(office, actor, receipt, AuditAction.OPEN, "", masked=True)


def reveal_identity(office: Office, actor: Actor, receipt: str, reason: str) -> CaseFile:
    """Open a case with the mask lifted; who, when and why are logged."""
    if not is_granted(actor.roles, Permission.REVEAL_IDENTITY):
        raise NotAllowed("您的岗位不能看完整的身份信息")
    return _file(office, actor, receipt, AuditAction.REVEAL, reason, masked=False)


def _file(
    office: Office, actor: Actor, receipt: str, act: AuditAction, note: str, *, masked: bool
) -> CaseFile:
    stored = require_open_case(office, actor, receipt)
    case = stored.case
    audit.record(office.store, office.now(), actor.login, act, receipt, note)
    answers, context = stored.open_answers(), name_papers(office.context(), case.kind)
    journey, reader = JOURNEYS[case.kind], Reader(actor.roles, masked)
    sections = summarise(journey, answers, context, reader)
    sections += leftovers(journey, answers, context, reader)
    history = cases.history(office.store, stored)
    sent = files.files_of(office.store, stored.owner)
    papers = look_at_papers_of_case(case, answers, sent, read_requested(case, history))
    return CaseFile(
        case=case,
        sections=tuple(show_what_came(section, papers) for section in sections),
        entries=tuple(timeline(case, history, public=False, masked=masked, context=context)),
        steps=steps_open_to(case.workflow, case.snapshot(office.today()), actor),
        same_person=cases.count_same_id_number(office.store, stored),
        assessment=_assess(office, case, answers),
        revealed=not masked,
        how_to_check=how_to_check(answers),
        papers=tuple((label_of_paper(case.kind, one.paper), one) for one in sent),
        standings=papers,
        requested=look_at_requested(case, history, answers, sent) if case.open else PaperList(),
        doubts=list_doubts(reader, answers),
        lacks_signature=case.open and lacks_signature(case, answers, sent),
        reissue=find_request(history, office.today()),
        guesses=count_guesses(office, case.receipt),
        listed_people=_count_listed(case.kind, answers),
        claims=_list_claims(office, stored, reader),
    )


def _list_claims(
    office: Office, stored: StoredCase, reader: Reader
) -> tuple[tuple[ClaimLimit, Alarm, str], ...]:
    today = office.today()
    limits = [
        limit for limit in read_claim_limits(office, stored) if reader.may_see(FIELDS[limit.field])
    ]
    limits.sort(key=lambda limit: (limit.latest < today, limit.act_by))
    alarms = [judge_nearness(limit, office.rules, today) for limit in limits]
    return tuple(
        (limit, alarm, label_claim(limit, alarm, today))
        for limit, alarm in zip(limits, alarms, strict=True)
    )


def list_doubts(reader: Reader, answers: Answers) -> tuple[str, ...]:
    """List what looks like a slip, of the answers that the reader may see."""
    seen = {
        name: value
        for name, value in answers.items()
        if name in FIELDS and reader.may_see(FIELDS[name])
    }
    return tuple(one.words for one in find_doubts(seen))


def _count_listed(kind: CaseKind, answers: Answers) -> int:
    page = find_list(kind)
    return len(page.entries_in(answers)) if page else 0


def _assess(office: Office, case: Case, answers: Answers) -> Assessment | None:
    if case.kind not in RELIEF:
        return None
    try:
        return assess_answers(answers, office.rules.lines, local_date(case.submitted_at))
    except RuleFileError:
        return None


def read_audit(office: Office, actor: Actor, before: int | None) -> list[AuditEntry]:
    """Return the newest entries of the log, or those before a number; the reading is logged."""
    if not is_granted(actor.roles, Permission.READ_AUDIT):
        raise NotAllowed("您的岗位不能看操作记录")
    lines = audit.newest_entries(office.store, PAGE * 2, before)
    audit.record(office.store, office.now(), actor.login, AuditAction.READ_LOG, "audit")
    return lines

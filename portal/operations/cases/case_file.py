"""What staff read: queues and files. Opening a file and lifting its mask are logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, TimelineEntry, find_entry, timeline, what_is_asked
from portal.domain.cases.claim_limits import (
    Alarm,
    ClaimLimit,
    judge_nearness,
    label_claim,
)
from portal.domain.cases.code_reissue import Request, find_request, how_to_check
from portal.domain.cases.corrections import Proposal, find_proposal
from portal.domain.cases.exclusion import may_open
from portal.domain.counter.requests import list_requests
from portal.domain.documents.document_types import (
    SentFile,
    came_since_asked,
    has_signed_request,
    label_of_paper,
    lacks_signature,
    name_papers,
)
from portal.domain.documents.paper_states import (
    PaperList,
    look_at_papers_of_case,
    look_at_requested,
    may_hand_in,
    read_requested,
    show_what_came,
)
from portal.domain.eligibility.assessment import assess_answers
from portal.domain.eligibility.means_test import Assessment
from portal.domain.forms.answer_summary import (
    Reader,
    Section,
    leftovers,
    order_for_decision,
    summarise,
)
from portal.domain.forms.answers import Answers
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, find_list
from portal.domain.forms.plausibility import find_doubts
from portal.domain.records.engine import steps_open_to
from portal.domain.records.event import Event
from portal.domain.records.workflow import Step
from portal.domain.shared.case_kinds import RELIEF, CaseKind
from portal.domain.shared.dates import local_date
from portal.domain.shared.errors import NotAllowed
from portal.operations.accounts.access import require_open_case
from portal.operations.cases.corrections import list_page_titles
from portal.operations.cases.likeness import AlikeCase, list_alike
from portal.operations.cases.snapshots import take_snapshot
from portal.operations.claim_limits import list_claim_limits
from portal.operations.forms.admission import count_guesses
from portal.operations.office import Office
from portal.store import audit, cases, files
from rulefiles.toml_files import RuleFileError


@dataclass(frozen=True, slots=True)
class CounterRequests:
    """What a clerk may do in the applicant's name: the steps, in what words he was asked for
    something, whether it came, and whether a page lies there that he signed."""

    steps: tuple[Step, ...]
    asked: str
    handed_in: bool
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as staff see it. `alike` are others that may be of the same person or household.

    `papers` is what was sent, with the name of the paper; `standings` how each paper stands that
    is wanted, `requested` those of the newest request;
    `lacks_signature` whether the signed page of a form on paper is missing; `doubts` are
    sentences about answers that look like a slip; `how_to_check` who asks for a new code, empty
    if there is no way; `reissue` is the request for one that stands today.
    `guesses` are today's wrong codes, if they are so many that somebody must be guessing.
    `listed_people` counts those of its list. `claims` are the limits of law that run from the days
    he wrote, the next first, each with how near its end is. `proposal` is a change of answers that
    waits for a second person, `correctable` the pages that can be put right, title by path.
    """

    case: Case
    sections: tuple[Section, ...]
    entries: tuple[TimelineEntry, ...]
    steps: tuple[Step, ...]
    requests: CounterRequests
    alike: tuple[AlikeCase, ...]
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
    proposal: Proposal | None
    correctable: Mapping[str, str]


def read_state(office: Office, actor: Actor, receipt: str) -> tuple[str, str] | None:
    """Return receipt and state of a case, for who may open it; None if there is none for him."""
    stored = cases.find_case(office.store, receipt) if receipt else None
    if stored is None or not may_open(stored.case, actor):
        return None
    return receipt, stored.case.state_row.staff_label


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
    requested = look_at_requested(case, history, answers, sent) if case.open else PaperList()
    return CaseFile(
        case=case,
        sections=tuple(show_what_came(one, papers) for one in order_for_decision(sections)),
        entries=tuple(timeline(case, history, public=False, masked=masked, context=context)),
        steps=_own_steps(office, case, actor),
        requests=_look_at_requests(office, case, actor, history, sent, requested),
        alike=tuple(list_alike(office, actor, stored, answers)),
        assessment=_assess(office, case, answers),
        revealed=not masked,
        how_to_check=how_to_check(answers),
        papers=tuple((label_of_paper(case.kind, one.paper), one) for one in sent),
        standings=papers,
        requested=requested,
        doubts=list_doubts(reader, answers),
        lacks_signature=case.open and lacks_signature(case, answers, sent),
        reissue=find_request(history, office.today()),
        guesses=count_guesses(office, case.receipt),
        listed_people=_count_listed(case.kind, answers),
        claims=_list_claims(office, case, answers, reader),
        proposal=find_proposal(history),
        correctable=list_page_titles(actor, case.kind, answers),
    )


def _own_steps(office: Office, case: Case, actor: Actor) -> tuple[Step, ...]:
    steps = steps_open_to(case.workflow, take_snapshot(office, case), actor)
    return tuple(step for step in steps if not step.twin_of)


def _look_at_requests(
    office: Office,
    case: Case,
    actor: Actor,
    history: Sequence[Event],
    sent: Sequence[SentFile],
    requested: PaperList,
) -> CounterRequests:
    entry = history[find_entry(case, history)]
    return CounterRequests(
        list_requests(case, office.today(), actor),
        what_is_asked(case, history),
        may_hand_in(came_since_asked(case, history, sent), requested),
        has_signed_request(sent, entry.at),
    )


def _list_claims(
    office: Office, case: Case, answers: Answers, reader: Reader
) -> tuple[tuple[ClaimLimit, Alarm, str], ...]:
    today, found = office.today(), list_claim_limits(office, case.kind, answers)
    limits = [limit for limit in found if reader.may_see(FIELDS[limit.field])]
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

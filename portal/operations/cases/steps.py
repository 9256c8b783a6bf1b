"""Moving a case: one function for every step of every workflow table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.accounts.actor import Actor, Party
from portal.domain.cases.case import Case, advance, find_entry
from portal.domain.cases.events import CaseReopened, CorrectionNoted, DataRequestFulfilled
from portal.domain.cases.promised_date import judge_promise
from portal.domain.cases.reopenings import point_at_end
from portal.domain.cases.step_input import StepInput, make_event, read_step_input
from portal.domain.cases.workflow.counter import ASKED_ON
from portal.domain.counter.channels import OLDEST
from portal.domain.counter.requests import (
    require_possible_day,
    snapshot_as_asked,
    snapshot_for_request,
)
from portal.domain.documents.document_types import (
    came_since_asked,
    has_signed_request,
    name_papers,
)
from portal.domain.documents.paper_states import look_at_requested, may_hand_in
from portal.domain.eligibility.grant_limits import (
    doubt_grant,
    find_ceiling,
    require_plausible_grant,
)
from portal.domain.records.engine import require_step
from portal.domain.records.event import Event
from portal.domain.records.workflow import SAME, Snapshot, Step
from portal.domain.shared.errors import Changed, NotAccepted, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.access import require_open_case
from portal.operations.cases.snapshots import take_snapshot
from portal.operations.journal import record_event
from portal.operations.notices import notice_queue
from portal.operations.office import Office
from portal.store import cases, files
from portal.store.cases import StoredCase

TypedStep = Mapping[str, Sequence[str]]
"""What was typed into the questions of a step, by their name."""


@dataclass(frozen=True, slots=True)
class PreparedStep:
    """A step that may be taken now: by which event, and what in it looks like a slip."""

    stored: StoredCase
    step: Step
    event: Event
    doubt: str


def take_step(
    office: Office, actor: Actor, receipt: str, version: int, code: str, typed: TypedStep
) -> None:
    """Take a step of the workflow table: check, event, new head and audit entry in one go.

    `version` is the case as the actor saw it. Changed if somebody was quicker, NotAllowed if
    the table forbids it, NotAccepted if what goes with it is missing or cannot be taken,
    TooMany if the applicant has left too many messages today.
    """
    with office.store.transaction():
        prepared = prepare_step(office, actor, receipt, version, code, typed)
        stored, step, event = prepared.stored, prepared.step, prepared.event
        if step.by_applicant and step.target == SAME:
            rate_limits.spend(office, RateLimit.MESSAGE, receipt)
        after = advance(stored.case, step, event, office.rules)
        record_event(office, stored, event, after, step)
        notice_queue.tell_of_step(office, stored, step, after.version)


def prepare_step(
    office: Office, actor: Actor, receipt: str, version: int, code: str, typed: TypedStep
) -> PreparedStep:
    """Check a step as `take_step` does, and take it not yet."""
    now = office.now()  # once others are done, so that moments follow the order of writing
    stored = _open(office, actor, receipt)
    if stored.case.version != version:
        raise Changed(receipt)
    case = stored.case
    step = require_step(case.workflow, _before(office, case, code), code, actor)
    said = _read(office, stored, step, typed)
    if step.twin_of:
        require_step(case.workflow, _as_asked(office, stored, said), code, actor)
    _require_corrected(office, stored, step, said)
    event = make_event(step, said, actor.login, now)
    event = replace(event, tally={**event.tally, **judge_promise(case, step, event)})
    if isinstance(event, CaseReopened):
        event = point_at_end(case, event, cases.history(office.store, stored))
    return PreparedStep(stored, step, event, _judge_grant(office, stored, said))


def _require_corrected(office: Office, stored: StoredCase, step: Step, said: StepInput) -> None:
    """Raise NotAccepted if what the applicant wants put right is said to be, and nothing was."""
    if step.event is not DataRequestFulfilled or stored.answer("data_wish") != "correct":
        return
    noted = any(isinstance(one, CorrectionNoted) for one in cases.history(office.store, stored))
    if not noted and not said.answers.get("why_not_corrected"):
        raise NotAccepted(
            "他要求改写错的，还什么都没有改。请先打开那一件，点“改”，写上这一份的编号；"
            "查过不用改的，写明为什么"
        )


def _judge_grant(office: Office, stored: StoredCase, said: StepInput) -> str:
    """Say what looks like a slip in the sum that is granted. NotAccepted if it cannot be."""
    granted = said.answers.get("granted")
    if not isinstance(granted, int):
        return ""
    students = stored.answer("students")
    people = max(len(students), 1) if isinstance(students, list) else 1
    ceiling = find_ceiling(stored.case.kind, office.rules.local, office.today(), people)
    require_plausible_grant(granted, ceiling)
    return doubt_grant(granted, ceiling)


def _open(office: Office, actor: Actor, receipt: str) -> StoredCase:
    if actor.party is Party.STAFF:
        return require_open_case(office, actor, receipt)
    stored = cases.find_case(office.store, receipt)
    if stored is None:
        raise NotFound(receipt)
    return stored


def _before(office: Office, case: Case, code: str) -> Snapshot:
    """Return the case as it is for the step, before it is known what goes with it."""
    step = case.workflow.steps.get(code)
    if step is not None and step.twin_of:
        return snapshot_for_request(case, office.today() - OLDEST)
    return take_snapshot(office, case)


def _as_asked(office: Office, stored: StoredCase, said: StepInput) -> Snapshot:
    """Return the case as it is for what the applicant asked. NotAccepted on an impossible day."""
    case, sent = stored.case, files.files_of(office.store, stored.owner)
    history = cases.history(office.store, stored)
    entry = history[find_entry(case, history)]
    asked_on = date.fromisoformat(str(said.answers[ASKED_ON]))
    require_possible_day(asked_on, entry, office.today())
    return snapshot_as_asked(case, said.answers, signed=has_signed_request(sent, entry.at))


def _read(office: Office, stored: StoredCase, step: Step, typed: TypedStep) -> StepInput:
    came = _papers_came(office, stored, step)
    context = name_papers(office.context(), stored.case.kind)
    return read_step_input(step, typed, context, papers_came=came)


def _papers_came(office: Office, stored: StoredCase, step: Step) -> bool:
    """Tell whether papers came, or there are none, which stands for the statement of the step."""
    if step.statement is None or not step.statement.or_papers:
        return False
    history, sent = cases.history(office.store, stored), files.files_of(office.store, stored.owner)
    requested = look_at_requested(stored.case, history, stored.open_answers(), sent)
    return may_hand_in(came_since_asked(stored.case, history, sent), requested)

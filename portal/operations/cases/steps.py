"""Moving a case: one function for every step of every workflow table."""

from collections.abc import Mapping, Sequence

from portal.domain.accounts.actor import Actor, Party
from portal.domain.cases.case import advance
from portal.domain.cases.step_input import make_event, read_step_input
from portal.domain.documents.document_types import came_since_asked, name_papers
from portal.domain.documents.paper_states import look_at_requested, may_hand_in
from portal.domain.records.engine import require_step
from portal.domain.records.workflow import SAME, Step
from portal.domain.shared.errors import Changed, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.access import require_open_case
from portal.operations.cases.journal import record_event
from portal.operations.notices import notice_queue
from portal.operations.office import Office
from portal.store import cases, files
from portal.store.cases import StoredCase

TypedStep = Mapping[str, Sequence[str]]
"""What was typed into the questions of a step, by their name."""


def take_step(
    office: Office, actor: Actor, receipt: str, version: int, code: str, typed: TypedStep
) -> None:
    """Take a step of the workflow table: check, event, new head and audit entry in one go.

    `version` is the case as the actor saw it. Changed if somebody was quicker, NotAllowed if
    the table forbids it, NotAccepted if what goes with it is missing or cannot be taken,
    TooMany if the applicant has left too many messages today.
    """
    with office.store.transaction():
        now = office.now()  # once others are done, so that moments follow the order of writing
        stored = _open(office, actor, receipt)
        if stored.case.version != version:
            raise Changed(receipt)
        case = stored.case
        step = require_step(case.workflow, case.snapshot(office.today()), code, actor)
        if step.by_applicant and step.target == SAME:
            rate_limits.spend(office, RateLimit.MESSAGE, receipt)
        came = _papers_came(office, stored, step)
        context = name_papers(office.context(), case.kind)
        said = read_step_input(step, typed, context, papers_came=came)
        event = make_event(step, said, actor.login, now)
        after = advance(case, step, event, office.rules)
        record_event(office, stored, event, after, step)
        notice_queue.tell_of_step(office, stored, step, after.version)


def _open(office: Office, actor: Actor, receipt: str) -> StoredCase:
    if actor.party is Party.STAFF:
        return require_open_case(office, actor, receipt)
    stored = cases.find_case(office.store, receipt)
    if stored is None:
        raise NotFound(receipt)
    return stored


def _papers_came(office: Office, stored: StoredCase, step: Step) -> bool:
    """Tell whether papers came, or there are none, which stands for the statement of the step."""
    if step.statement is None or not step.statement.or_papers:
        return False
    history, sent = cases.history(office.store, stored), files.files_of(office.store, stored.owner)
    requested = look_at_requested(stored.case, history, stored.open_answers(), sent)
    return may_hand_in(came_since_asked(stored.case, history, sent), requested)

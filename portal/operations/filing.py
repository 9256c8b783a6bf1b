"""Filling in a form and handing it in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.domain.answers import keep_asked
from portal.domain.cases import Answers, Case, open_case
from portal.domain.errors import NotFound
from portal.domain.events import CaseSubmitted
from portal.domain.journeys import JOURNEYS, Page
from portal.domain.receipts import code_from_bytes, new_receipt
from portal.domain.workflow import OPENING, WORKER, WORKFLOWS, Actor, CaseKind
from portal.operations import limits
from portal.operations.office import Office
from portal.store import audit, cases, drafts
from portal.store.drafts import Draft
from portal.store.errors import Duplicate
from portal.store.sealing import code_mark, code_matches, code_seed

_ATTEMPTS = 20
MOST_MEMBERS = 12


class Incomplete(Exception):  # noqa: N818
    """The form lacks an answer; `page` is where to go on."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.path)
        self.page = page


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the visitor takes away: the number, and the code that only he is shown.

    `code` is None when the counter has replaced it meanwhile: then only the new one counts.
    """

    number: str
    code: str | None
    kind: CaseKind


def read_draft(office: Office, token: str) -> Draft | None:
    """What the holder of this token has filled in so far."""
    return drafts.find_draft(office.db, office.ring, token)


def begin_draft(office: Office, answers: Answers, card: str | None, address: str) -> str:
    """Start a form, with what is known already; returns the token that leads back to it."""
    limits.spend(office, "draft by address", address)
    token = office.new_token()
    drafts.save_draft(office.db, office.ring, token, Draft(answers, card), office.now())
    return token


def save_answers(office: Office, token: str, answers: Mapping[str, object]) -> Draft:
    """Add the answers of a page to the draft; returns it as it is now. NotFound without one."""
    with office.db.transaction():
        draft = read_draft(office, token)
        if draft is None:
            raise NotFound(token)
        saved = replace(draft, answers={**draft.answers, **answers})
        drafts.save_draft(office.db, office.ring, token, saved, office.now())
    return saved


def drop_draft(office: Office, token: str) -> None:
    """Forget what the holder of this token has filled in."""
    drafts.remove_draft(office.db, office.ring, token)


def find_receipt(office: Office, token: str) -> Receipt | None:
    """The receipt of the case that this draft became, code included; None if not handed in."""
    submission = drafts.token_index(office.ring, token)
    stored = cases.find_submission(office.db, office.ring, submission)
    if stored is None:
        return None
    number = stored.case.receipt
    code = _code(office, number, token)
    still_valid = code_matches(office.ring, number, code, stored.code_mark)
    return Receipt(number, code if still_valid else None, stored.case.kind)


def submit_case(
    office: Office,
    kind: CaseKind,
    token: str,
    last_word: Answers,
    address: str,
    by: Actor = WORKER,
) -> Receipt:
    """Hand the draft in as a case; returns only after everything is on the disk.

    Repeating it with the same token gives the same receipt and code. Incomplete if an answer is
    missing, NotFound if there is no such draft, TooMany over the limits.
    """
    if receipt := find_receipt(office, token):
        return receipt
    limits.spend(office, "submit by address", address)
    limits.spend(office, "submit")
    for attempt in range(_ATTEMPTS):
        try:
            with office.db.transaction():
                # Read first: this waits for another tap on the same button to end.
                draft = read_draft(office, token)
                found = find_receipt(office, token)
                return found or _file(office, kind, token, draft, last_word, by)
        except Duplicate:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _file(
    office: Office,
    kind: CaseKind,
    token: str,
    draft: Draft | None,
    last_word: Answers,
    by: Actor,
) -> Receipt:
    if draft is None:
        raise NotFound(token)
    journey = JOURNEYS[kind]
    if gap := journey.next_unanswered(draft.answers):
        raise Incomplete(gap)
    answers = keep_asked(journey, draft.answers) | last_word
    case = _new_case(office, kind, answers, draft.card, by)
    code = _code(office, case.receipt, token)
    stored = cases.add_case(
        office.db,
        office.ring,
        open_case(case, office.rules),
        answers,
        code_mark=code_mark(office.ring, case.receipt, code),
        submission=drafts.token_index(office.ring, token),
    )
    event = CaseSubmitted(
        at=case.submitted_at,
        actor=by.login,
        channel=case.channel,
        card=case.card,
        town=case.town,
        topic=case.topic,
        migrant_worker=str(answers.get("migrant_worker", "")),
    )
    cases.add_event(office.db, stored, event, 0)
    audit.record(office.db, office.ring, case.submitted_at, by.login, "submit", case.receipt)
    drafts.remove_draft(office.db, office.ring, token)
    return Receipt(case.receipt, code, kind)


def _new_case(
    office: Office, kind: CaseKind, answers: Answers, card: str | None, by: Actor
) -> Case:
    now = office.now()
    prefix = WORKFLOWS[kind].receipt_prefix
    return Case(
        receipt=new_receipt(prefix, office.today().year, office.randbelow),
        kind=kind,
        state=OPENING,
        submitted_at=now,
        changed_at=now,
        town=str(answers.get("town", "")),
        topic=str(answers.get("topic", "")),
        card=card,
        form_version=JOURNEYS[kind].version,
        taken=(("submit", by.login),),
    )


def _code(office: Office, number: str, token: str) -> str:
    return code_from_bytes(code_seed(office.ring, number, token))

"""Changing a list of people after filing: who joins and who leaves, told in the history.

What is typed is kept in a draft that belongs to the case: whoever opens it with number and code
finds it again. Only when it is handed in, the case changes. A case that rests, but that its
applicant may take up again by a step of his own, keeps the draft until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.case import Case, advance_outside
from portal.domain.cases.events import ListChanged
from portal.domain.forms.collective_dispute import count_after_change
from portal.domain.forms.drafts import Draft, ListedPerson, RosterInProgress
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import Page, find_open_list, lists_open_later
from portal.domain.records.engine import steps_open_to
from portal.domain.records.workflow import Awaiting, Step
from portal.domain.rosters.roster import (
    apply_change,
    compare_lists,
    judge_rows,
    merge_newcomers,
    read_lines,
    require_room_for_people,
    tell_problems,
)
from portal.domain.rosters.sheets import SentSheet
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.access import require_open_case
from portal.operations.cases.status import CaseStatus, Ticket, find_ticket_case
from portal.operations.documents.intake import Upload
from portal.operations.journal import record_event
from portal.operations.office import Office
from portal.operations.rosters.roster_export import read_table_of
from portal.store import cases, drafts
from portal.store.cases import StoredCase
from portal.store.crypto.sealing import blind_index

LIST_CLOSED = "这件事已经结束，名单不能再改了。还有事要办，请重新填一份"
_CLOSED_AT_THE_COUNTER = "这件事已经结束，名单不能再改了"
ListedPeople = Sequence[ListedPerson]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """A list that may be changed: `before` is what the case has, `draft` what it would have.

    `joined` and `left` are the difference. `first` is the step that must be taken before it can
    be handed in, if any.
    """

    page: Page
    before: ListedPeople
    draft: Draft
    joined: ListedPeople = ()
    left: ListedPeople = ()
    first: Step | None = None

    @property
    def unmended(self) -> int:
        """How many rows are not right yet."""
        return len(self.draft.roster(self.page).wrong)

    @property
    def changed(self) -> bool:
        """Tell whether something is to be handed in."""
        return bool(self.joined or self.left)

    @property
    def called(self) -> str:
        """What the list is called."""
        return FIELDS[self.page.required_collection.name].label


def lists_of_case(office: Office, status: CaseStatus, ticket: Ticket) -> list[OpenList]:
    """Return the lists that the applicant may change, now or once he has taken the case up."""
    if not (status.case.people and may_type(office, status.case)):
        return []
    return [
        open_listed_people(office, ticket, page.path) for page in lists_open_later(status.case.kind)
    ]


def may_type(office: Office, case: Case) -> bool:
    """Tell whether the applicant may still change the lists of the case, or prepare a change."""
    return case.open or _step_before(office, case) is not None


def _step_before(office: Office, case: Case) -> Step | None:
    """Return the applicant's step that takes up a case that rests; None if there is none."""
    states = case.workflow.states
    steps = (
        () if case.open else steps_open_to(case.workflow, case.snapshot(office.today()), APPLICANT)
    )
    open_states = {code for code, row in states.items() if row.awaiting is not Awaiting.NOBODY}
    return next((step for step in steps if step.target in open_states), None)


def open_listed_people(office: Office, ticket: Ticket, path: str) -> OpenList:
    """Return a list of the case as it stands, and as it would be with what was typed to change it.

    Who joined or left meanwhile by somebody else's doing is in both. NotFound if the ticket is
    dead or the case has no such list.
    """
    stored, page = _find_list(office, ticket, path)
    before, first = _people_of(stored, page), _step_before(office, stored.case)
    draft = drafts.find_draft(office.store, _draft_token(office, stored, page))
    draft = draft or Draft().write_list(page, before, RosterInProgress(before=tuple(before)))
    after = apply_change(before, *_compare_draft(page, draft))
    joined, left = compare_lists(before, after)
    now = draft.with_answers({page.required_collection.name: after})
    return OpenList(page=page, before=before, draft=now, joined=joined, left=left, first=first)


def _compare_draft(page: Page, draft: Draft) -> tuple[ListedPeople, ListedPeople]:
    """Return who joins and who leaves, as it was typed."""
    return compare_lists(draft.roster(page).before, page.entries_in(draft.answers))


def keep_typed(
    office: Office, ticket: Ticket, opened: OpenList, people: ListedPeople, roster: RosterInProgress
) -> None:
    """Keep what was typed until it is handed in; `opened` is the list that it was typed into.

    NotFound, Changed when the case is over.
    """
    with office.store.transaction():
        stored, page = _require_list(office, ticket, opened.page.path)
        typed = replace(roster, before=tuple(opened.before))
        kept = opened.draft.write_list(page, people, typed)
        drafts.save_draft(office.store, _draft_token(office, stored, page), kept, office.now())


def forget_typed(office: Office, ticket: Ticket, path: str) -> None:
    """Leave the list as the case has it."""
    stored, page = _require_list(office, ticket, path)
    drafts.remove_draft(office.store, _draft_token(office, stored, page))


def read_sent_table(
    office: Office, ticket: Ticket, path: str, upload: Upload, address: str
) -> list[SentSheet]:
    """Read the cells of a table that the holder of the ticket sends; see `read_list`."""
    stored, _ = _require_list(office, ticket, path)
    return read_table_of(office, stored.owner, upload, address)


def hand_in(office: Office, ticket: Ticket, path: str) -> None:
    """Change the list of the case to what was typed: event, list, head and log in one go.

    Rows that are not right yet stay to be mended. Sent a second time it changes nothing.
    NotAccepted if there are too many people now, TooMany, NotFound, Changed when the case is over
    or has come to rest.
    """
    with office.store.transaction():
        stored, page = _require_list(office, ticket, path)
        if first := _step_before(office, stored.case):
            raise Changed(f"您改的名单还没有交。点“{first.label}”，再交")
        token = _draft_token(office, stored, page)
        draft = drafts.find_draft(office.store, token)
        if draft is None:
            return
        joined, left = _compare_draft(page, draft)
        if joined or left:
            rate_limits.spend(office, RateLimit.CHANGE_LIST, stored.case.receipt)
            _change_people(office, stored, page, joined, left, APPLICANT)
        drafts.remove_draft(office.store, token)
        if wrong := draft.roster(page).wrong:
            after = _people_of(*_require_list(office, ticket, path))
            roster = RosterInProgress(wrong=wrong, before=tuple(after))
            unmended = Draft().write_list(page, after, roster)
            drafts.save_draft(office.store, token, unmended, office.now())


def add_listed_people(office: Office, actor: Actor, receipt: str, path: str, lines: str) -> None:
    """Add people whom staff key in, one a line.

    A row that stands on the list already is not written twice; with other words about a person
    of the same name and mobile it takes the place of the old one (`merge_newcomers`).
    NotAccepted, row by row, if a line is not right; TooMany, NotFound, NotAllowed.
    """
    with office.store.transaction():
        stored, page = _require_open_to(office, actor, receipt, path)
        roster = judge_rows(page, read_lines(page, lines), office.context())
        if roster.wrong:
            raise NotAccepted("；".join(tell_problems(roster.wrong)))
        rate_limits.spend(office, RateLimit.KEY_IN, actor.login)
        before = _people_of(stored, page)
        new, _ = compare_lists(before, roster.entries)
        joined, left = compare_lists(before, merge_newcomers(before, new))
        _change_people(office, stored, page, joined, left, actor)


def look_at_list(office: Office, actor: Actor, receipt: str, path: str) -> OpenList:
    """Return a list that staff may add to. NotFound, NotAllowed otherwise."""
    stored, page = _require_open_to(office, actor, receipt, path)
    return OpenList(page=page, before=_people_of(stored, page), draft=Draft())


def _require_open_to(
    office: Office, actor: Actor, receipt: str, path: str
) -> tuple[StoredCase, Page]:
    stored = require_open_case(office, actor, receipt)
    page = _page_of(stored, path)
    if first := _step_before(office, stored.case):
        raise NotAllowed(f"现在加不了人。请本人在进度页点“{first.label}”，再加")
    if not stored.case.open:
        raise NotAllowed(_CLOSED_AT_THE_COUNTER)
    return stored, page


def _change_people(
    office: Office,
    stored: StoredCase,
    page: Page,
    joined: ListedPeople,
    left: ListedPeople,
    actor: Actor,
) -> None:
    """Write a change of the list down; only in the transaction of the act. NotAccepted if full.

    Whoever has changed it meanwhile is not undone: only these join and leave.
    """
    before, case, now = _people_of(stored, page), stored.case, office.now()
    name = page.required_collection.name
    after = apply_change(before, joined, left)
    require_room_for_people(page, len(after))
    joined, left = compare_lists(before, after)
    if not (joined or left):
        return
    happened = ListChanged(
        at=now,
        actor=actor.login,
        text=f"{FIELDS[name].label}：原来 {len(before)} 人，现在 {len(after)} 人",
        facts={name: {"joined": joined, "left": left}},
        listed=name,
        before=len(before),
        after=len(after),
    )
    people = _count_together(case.people, page, len(before), len(after))
    head = advance_outside(case, happened, people=people)
    cases.replace_answer(office.store, stored, name, after)
    record_event(office, stored, happened, head, AuditAction.CHANGE_PEOPLE, name)


def _count_together(people: int, page: Page, before: int, after: int) -> int:
    """Count the people of the case: only the list of everybody says how many they are."""
    return count_after_change(people, before, after) if page.bulk else people


def _require_list(office: Office, ticket: Ticket, path: str) -> tuple[StoredCase, Page]:
    stored, page = _find_list(office, ticket, path)
    if not may_type(office, stored.case):
        raise Changed(LIST_CLOSED)
    return stored, page


def _find_list(office: Office, ticket: Ticket, path: str) -> tuple[StoredCase, Page]:
    stored = find_ticket_case(office, ticket)
    if stored is None:
        raise NotFound(ticket.receipt)
    return stored, _page_of(stored, path)


def _page_of(stored: StoredCase, path: str) -> Page:
    page = find_open_list(stored.case.kind, path)
    if page is None or not stored.case.people:
        raise NotFound(path)
    return page


def _draft_token(office: Office, stored: StoredCase, page: Page) -> str:
    """Return what leads to the draft: it dies with the code, so only its holder goes on with it."""
    about = f"{stored.case.receipt} {stored.code_hmac} {page.required_collection.name}"
    return blind_index(office.store.keys, "changed list", about)


def _people_of(stored: StoredCase, page: Page) -> ListedPeople:
    return page.entries_in(
        {page.required_collection.name: stored.answer(page.required_collection.name)}
    )

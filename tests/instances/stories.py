"""Lives of invented cases, told side by side in the order of time: each story waits and goes on.

A story is a generator that acts and yields how long nothing happens in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import zip_longest

from portal.domain.accounts.actor import APPLICANT
from portal.domain.cases.step_input import STATEMENT
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.documents.document_types import PAPERS
from portal.domain.forms.answers import Answers
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.records.guards import deadline_passed
from portal.domain.records.workflow import SAME, Step
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.id_checks import resident_id_check_symbol
from portal.operations.cases import status, steps
from portal.operations.cases.status import CaseStatus, Ticket
from portal.operations.forms import submission
from tests.support.centre import Centre, Filed, declarations
from tests.support.lives import Move, find_lives
from tests.support.samples import ANSWERS
from tests.support.typed import right

Story = Iterator[timedelta]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_SURNAMES = "陈李王张刘赵黄周吴徐孙马朱胡郭何高林罗郑"
_FROM = "visitor of the kept instance"


@dataclass
class Book:
    """What only the worker's receipt tells of the cases that were made, and of forms begun.

    `dead` are numbers with codes that were replaced; `asides` forms that were put aside, with
    whether they can be handed in; `tokens` those that only their browser knows.
    """

    centre: Centre
    filed: dict[str, Filed] = field(default_factory=dict)
    dead: list[Filed] = field(default_factory=list)
    asides: list[tuple[Filed, bool]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    people: int = 0

    def note(self, number: str, code: str | None, kind: CaseKind) -> Filed:
        """Keep number and code of a case."""
        assert code
        self.filed[number] = Filed(number, code, kind)
        return self.filed[number]


def play(centre: Centre, stories: Iterable[tuple[datetime, Story]]) -> None:
    """Tell all stories from where each begins, the clock always at the next moment of one."""
    waiting = [(moment, number, story) for number, (moment, story) in enumerate(stories)]
    heapify(waiting)
    while waiting:
        moment, number, story = heappop(waiting)
        centre.clock.now = moment
        pause = next(story, None)
        if pause is not None:
            heappush(waiting, (moment + pause, number, story))


def answers_of(book: Book, kind: CaseKind, **changed: object) -> Answers:
    """A whole form of an invented person whom nobody else is."""
    book.people += 1
    number, surname = book.people, _SURNAMES[book.people % len(_SURNAMES)]
    digits = f"419999{1960 + number % 40}0{1 + number % 9}15{number:03d}"
    own = {
        "name": f"示范{surname}{'甲乙丙丁戊己庚辛壬癸'[number // 20]}",
        "called": f"{surname}师傅（示范）",
        "mobile": f"1990001{number:04d}",
        "id_number": digits + resident_id_check_symbol(digits),
        "left_on": "2026-07-30",
        "listed_on": "2026-08-24",
        "town": f"qs{1 + number % 10:02d}",
    }
    given = {name: own.get(name, value) for name, value in ANSWERS[kind].items()}
    return {**given, **changed}


def file_case(book: Book, kind: CaseKind, answers: Answers | None = None) -> Filed:
    """Hand a whole form in on the web."""
    office = book.centre.office
    token = submission.begin_draft(office, answers or answers_of(book, kind), None, _FROM)
    receipt = submission.submit_case(office, kind, token, declarations(kind), _FROM)
    return book.note(receipt.number, receipt.code, kind)


def ticket_of(book: Book, filed: Filed) -> Ticket:
    """Look a case up with number and code."""
    ticket = status.look_up(book.centre.office, filed.number, filed.code, _FROM)
    assert isinstance(ticket, Ticket)
    return ticket


def status_of(book: Book, filed: Filed) -> CaseStatus:
    """Read the status page of a case."""
    followed = status.follow_case(book.centre.office, ticket_of(book, filed))
    assert followed
    return followed


def take(book: Book, filed: Filed, login: str, step: Step, words: str = "") -> None:
    """Take a step on either side, with all that it asks."""
    said = words or f"（示范数据）{step.label}：说清楚了，见 {book.centre.office.today()} 的记录。"
    facts = {name: right(FIELDS[name]) for name in step.fields} | _of_this_case(book, filed, step)
    if login != APPLICANT.login:
        book.centre.take(login, filed, step.code, said if step.statement else "", **facts)
        return
    typed = {name: [value] for name, value in facts.items()}
    if step.statement:
        typed[STATEMENT] = [said]
    version = status_of(book, filed).case.version
    steps.take_step(book.centre.office, APPLICANT, filed.number, version, step.code, typed)


def _of_this_case(book: Book, filed: Filed, step: Step) -> dict[str, str]:
    """What is right for this kind of case, and on this day."""
    own = {
        "papers_asked": PAPERS[filed.kind][0].code if filed.kind in PAPERS else "",
        "asked_on": book.centre.office.today().isoformat(),
    }
    return {name: value for name, value in own.items() if name in step.fields}


def step_of(kind: CaseKind, code: str) -> Step:
    """Find a step in the table of a kind."""
    return WORKFLOWS[kind].steps[code]


def live(book: Book, kind: CaseKind, moves: Sequence[Move]) -> Story:
    """Tell a life from the form to its last move: some hours, or most of a day, between two."""
    filed = file_case(book, kind)
    yield 20 * HOUR
    for move in moves:
        due_on = status_of(book, filed).case.due_on
        if deadline_passed in move.step.guards and due_on:
            yield DAY * ((due_on - book.centre.office.today()).days + 1)
        take(book, filed, move.login, move.step)
        yield 2 * HOUR if move.step.target == SAME else 20 * HOUR


def find_all_lives(kind: CaseKind) -> list[list[Move]]:
    """Lives in which every step is taken, and ends in every state of the table.

    For a state in which no life ends, the shortest beginning of one that gets there.
    """
    lives = find_lives(kind, late=True)
    begun = sorted((life[:count] for life in lives for count in range(len(life))), key=len)
    ends: dict[str, list[Move]] = {}
    for life in begun:
        ends.setdefault(_end_of(kind, life), life)
    for life in lives:
        ends.pop(_end_of(kind, life), None)
    return [*lives, *ends.values()]


def _end_of(kind: CaseKind, moves: Sequence[Move]) -> str:
    """Where these moves lead; going back leads to where the step before was taken from."""
    state, before = "submitted", "submitted"
    for move in moves:
        match move.step.target:
            case "same":
                continue
            case "back":
                state = before
            case target:
                before, state = state, target
    return state


def list_lives(book: Book, first: datetime, apart: timedelta) -> Iterator[tuple[datetime, Story]]:
    """Begin the lives of all kinds one after the other, one of each kind by turns."""
    moment = first
    for of_each in zip_longest(*(find_all_lives(kind) for kind in JOURNEYS)):
        for kind, moves in zip(JOURNEYS, of_each, strict=True):
            if moves is not None:
                yield moment, live(book, kind, moves)
                moment += apart

"""A whole form at once: what stands on a sheet of paper, and which of its questions count.

Used for the paper itself, and for the page on which staff key it in.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from portal.domain.answers import Context, parse_answer
from portal.domain.cases import Answers
from portal.domain.errors import NotAccepted
from portal.domain.fields import FIELDS, Field
from portal.domain.journeys import Journey, Page
from portal.domain.numbering import Numbered, number_questions, numbers_of, say_condition
from portal.domain.text import clean_text

Typed = Mapping[str, Sequence[str]]
"""What was typed or picked, by the name of the question."""

LATER: Mapping[str, object] = {"papers": "later"}
"""The answer to what paper cannot ask: photos may follow."""

LAST = "最后确认"


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that stand together under one condition, empty if everybody answers them.

    `loop` marks the table of the household.
    """

    group: str
    lead: str
    condition: str
    questions: tuple[Numbered, ...]
    loop: Page | None = None


def lay_out(journey: Journey) -> tuple[Block, ...]:
    """The whole form in blocks, in the order of the numbers."""
    numbers = numbers_of(journey)
    together = groupby(number_questions(journey), lambda one: (one.page, one.when))
    return tuple(
        Block(
            page.group if page else LAST,
            page.lead if page else "",
            say_condition(when, numbers),
            tuple(questions),
            page if page and page.loop else None,
        )
        for (page, when), questions in together
    )


def row_fields(page: Page, row: int) -> tuple[Field, ...]:
    """The questions about the household member in this row, counted from 1."""
    return tuple(replace(field, name=f"{field.name}-{row}") for field in page.member_fields())


def whole_form(journey: Journey, rows: int) -> Iterator[Field]:
    """All questions of the form as they are keyed in, with so many rows for the household."""
    for block in lay_out(journey):
        if block.loop:
            yield from (one for row in range(1, rows + 1) for one in row_fields(block.loop, row))
        else:
            yield from (one.field for one in block.questions)


def questions_that_count(
    journey: Journey, typed: Typed, rows: int, context: Context
) -> frozenset[str]:
    """The names of the questions that what was typed calls for; the rest is not looked at.

    A row of the household that is empty calls for nothing.
    """
    given: Answers = dict(LATER)
    counting = set(journey.last_word)
    for page in journey.pages:
        if page.photos or not page.when(given):
            continue
        if page.loop:
            fields = [one for row in _filled(page, typed, rows) for one in row_fields(page, row)]
        else:
            fields = list(page.fields(given))
        for field in fields:
            counting.add(field.name)
            with suppress(NotAccepted):
                given[field.name] = parse_answer(field, typed.get(field.name, ()), context)
        if page.loop:
            members = _members(page, given, rows)
            given[page.loop] = [one for one in members if "member_age" in one]
    return frozenset(counting)


def _filled(page: Page, typed: Typed, rows: int) -> list[int]:
    def is_filled(row: int) -> bool:
        texts = (text for one in row_fields(page, row) for text in typed.get(one.name, ()))
        return any(map(clean_text, texts))

    return [row for row in range(1, rows + 1) if is_filled(row)]


def _members(page: Page, taken: Mapping[str, object], rows: int) -> list[Answers]:
    names = [field.name for field in page.member_fields()]
    members = [
        {name: taken[f"{name}-{row}"] for name in names if f"{name}-{row}" in taken}
        for row in range(1, rows + 1)
    ]
    return [member for member in members if member]


def gather_answers(journey: Journey, taken: Mapping[str, object], rows: int) -> Answers:
    """The answers as the journey keeps them: the rows of the household as a list."""
    answers: Answers = {name: value for name, value in taken.items() if name in FIELDS}
    for page in journey.pages:
        if page.loop:
            answers[page.loop] = _members(page, taken, rows)
        if page.photos:
            answers |= LATER
    return answers

"""A whole form at once: what stands on a sheet of paper, and which of its questions count.

Used for the paper itself, and for the page on which staff key it in.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from portal.domain.forms.answers import Answers, Context, TypedForm, parse_on_page
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.question_numbers import (
    Numbered,
    number_questions,
    numbers_of,
    say_condition,
)
from portal.domain.rosters.roster import Roster, judge_rows, read_lines, tell_problems
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text

LATER: Mapping[str, object] = {"papers": "later"}
"""The answer to what paper cannot ask: photos may follow."""

LAST = "最后确认"


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that stand together under one condition, empty if everybody answers them.

    `table` is the page of a list that is filled in row by row, such as the table of the
    household; `bulk` that of one that comes on a sheet of its own, and is keyed in as lines.
    """

    group: str
    lead: str
    condition: str
    questions: tuple[Numbered, ...]
    table: Page | None = None
    bulk: Page | None = None


def lay_out_form(journey: Journey) -> tuple[Block, ...]:
    """Lay out the whole form in blocks, in the order of the numbers."""
    numbers = numbers_of(journey)
    together = groupby(number_questions(journey), lambda one: (one.page, one.when))
    return tuple(
        Block(
            page.group if page else LAST,
            page.lead if page else "",
            say_condition(when, numbers),
            tuple(questions),
            page if page and page.collection_name and not page.bulk else None,
            page if page and page.bulk else None,
        )
        for (page, when), questions in together
    )


def rows_of(page: Page, rows: int) -> range:
    """Count the rows of a list, from 1, where there is room for so many at most."""
    return range(1, min(rows, page.collection.most if page.collection else rows) + 1)


def row_fields(page: Page, row: int) -> tuple[Field, ...]:
    """Return the questions about the entry in this row, counted from 1."""
    return tuple(replace(field, name=f"{field.name}-{row}") for field in page.member_fields())


def whole_form(journey: Journey, rows: int) -> Iterator[Field]:
    """Yield all questions of the form as they are keyed in, with so many rows for each list."""
    for block in lay_out_form(journey):
        if block.table:
            yield from (
                one for row in rows_of(block.table, rows) for one in row_fields(block.table, row)
            )
        else:
            yield from (one.field for one in block.questions)


def questions_that_count(
    journey: Journey, typed: TypedForm, rows: int, context: Context
) -> frozenset[str]:
    """Name the questions that what was typed calls for; the rest is not looked at.

    A row of a list that is empty calls for nothing.
    """
    answers: Answers = dict(LATER)
    counting = set(journey.declarations)
    for page in journey.pages:
        if page.photos or not page.when(answers):
            continue
        fields = _asked_on(page, answers, typed, rows)
        for field in fields:
            counting.add(field.name)
            with suppress(NotAccepted):
                answers[field.name] = parse_on_page(field, typed, context)
        if page.collection_name and not page.bulk:
            answers[page.collection_name] = _members(page, answers, rows)
    return frozenset(counting)


def _asked_on(page: Page, answers: Answers, typed: TypedForm, rows: int) -> list[Field]:
    if page.collection_name is None:
        return list(page.fields(answers))
    if page.bulk:
        return [FIELDS[page.collection_name]]
    return [one for row in _filled(page, typed, rows) for one in row_fields(page, row)]


def _filled(page: Page, typed: TypedForm, rows: int) -> list[int]:
    def is_filled(row: int) -> bool:
        texts = (text for one in row_fields(page, row) for text in typed.get(one.name, ()))
        return any(map(clean_text, texts))

    return [row for row in rows_of(page, rows) if is_filled(row)]


def _members(page: Page, cleaned: Mapping[str, object], rows: int) -> list[Answers]:
    names = [field.name for field in page.member_fields()]
    members = [
        {name: cleaned[f"{name}-{row}"] for name in names if f"{name}-{row}" in cleaned}
        for row in rows_of(page, rows)
    ]
    return [member for member in members if member]


def gather_answers(
    journey: Journey, cleaned: Mapping[str, object], typed: TypedForm, rows: int, context: Context
) -> Answers:
    """Return the answers as the journey keeps them: rows and typed lines as lists."""
    answers: Answers = {name: value for name, value in cleaned.items() if name in FIELDS}
    for page in journey.pages:
        if page.collection_name and not page.when(answers):
            continue
        if page.collection_name and page.bulk:
            answers[page.collection_name] = list(_read_roster(page, typed, context).entries)
        elif page.collection_name:
            answers[page.collection_name] = _members(page, cleaned, rows)
        if page.photos:
            answers |= LATER
    return answers


def roster_problems(
    journey: Journey, cleaned: Mapping[str, object], typed: TypedForm, context: Context
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in lists typed as lines: the question, and words for all cells."""
    for page in journey.pages:
        if page.collection_name is None or page.collection_name not in cleaned or not page.bulk:
            continue
        try:
            problems = tell_problems(_read_roster(page, typed, context).wrong)
        except NotAccepted as problem:
            problems = [str(problem)]
        if problems:
            yield page.collection_name, "；".join(problems)


def _read_roster(page: Page, typed: TypedForm, context: Context) -> Roster:
    # As it was typed: what a spreadsheet put between the cells is no longer in the answer.
    text = "".join(typed.get(page.required_collection.name, ()))
    return judge_rows(page, read_lines(page, text), context) if clean_text(text) else Roster()

"""What was read out of a table, shown before anything is taken in; columns are chosen by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import render_template
from wtforms import Field as FormField

from portal.domain.forms.fields import Choice, Field, Kind, Sensitivity
from portal.domain.forms.journeys import Page
from portal.domain.forms.sent_tables import SentPart, SentTable
from portal.public.rosters.roster_view import Listing
from portal.web.forms import QuestionForm, ask

_NONE = Choice("none", "都不是，这一项先空着")
_TOLD = 10
_EXAMPLE = 20


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part on the page: what it is called, what is settled, and what is asked."""

    called: str
    people: int
    settled: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    asked: tuple[FormField, ...]
    unused: tuple[str, ...]
    left_out: tuple[str, ...]
    more_left_out: int


def ask_columns(page: Page, table: SentTable, listing: Listing) -> QuestionForm:
    """Make a question for each field that more than one column fits, or none for sure."""
    questions = dict(_questions(page, table, masked=listing.of_case))
    known = {
        question.name: str(part.picked[name])
        for (place, name), question in questions.items()
        if name in (part := table.parts[place]).picked
    }
    return ask(questions.values(), listing.office.context(), known)


def _questions(
    page: Page, table: SentTable, *, masked: bool = False
) -> Iterator[tuple[tuple[int, str], Field]]:
    for place, part in enumerate(table.parts):
        for column in page.member_fields():
            offered = part.offers.get(column.name, ())
            if offered and (len(offered) > 1 or column.name not in part.picked):
                yield (place, column.name), _question_of(place, part, column, masked=masked)


def _question_of(place: int, part: SentPart, column: Field, *, masked: bool) -> Field:
    choices = tuple(
        Choice(str(at), part.columns[at], f"比如：{_example(part, at, column, masked=masked)}")
        for at in part.offers[column.name]
    )
    return Field(
        f"column-{place}-{column.name}", f"哪一列是“{column.column}”？", Kind.ONE_OF,
        Sensitivity.INTERNAL, "读名单", frozenset(), hint=column.hint,
        choices=(*choices, _NONE) if column.optional else choices,
        missing=f"请选哪一列是“{column.column}”",
    )  # fmt: skip


def _example(part: SentPart, at: int, column: Field, *, masked: bool) -> str:
    filled = next((row.cells[at] for row in part.rows if row.cells[at]), "")[:_EXAMPLE]
    hide = column.mask if masked and column.kind is Kind.PHONE else None
    return (hide(filled) if hide else filled) if filled else "空的"


def chosen_columns(
    page: Page, table: SentTable, form: QuestionForm
) -> list[Mapping[str, int | None]]:
    """Return for each part the column of each field, as it was chosen or as there is only one."""
    questions, answers = dict(_questions(page, table)), form.answers()
    chosen: list[Mapping[str, int | None]] = []
    for place, part in enumerate(table.parts):
        columns: dict[str, int | None] = dict(part.picked)
        for column in page.member_fields():
            if (place, column.name) in questions:
                code = str(answers[questions[place, column.name].name])
                columns[column.name] = None if code == _NONE.code else int(code)
        chosen.append(columns)
    return chosen


def show_table(listing: Listing, table: SentTable, form: QuestionForm | None = None) -> str:
    """Show which column became what, and what was not read; the buttons say yes, or go back."""
    page = listing.page
    form = form or ask_columns(page, table, listing)
    return render_template(
        "list_columns.html",
        page=page,
        form=form,
        address=listing.address,
        parts=[
            _part(page, table, place, form, masked=listing.of_case)
            for place in range(len(table.parts))
        ],
        unread=table.unread,
        people=sum(len(part.rows) for part in table.parts),
        adds=table.adds and bool(listing.people or listing.roster.wrong),
        replaced=0 if table.adds else len(listing.people),
        columns=page.member_fields(),
        **listing.frame,
    )


def _part(
    page: Page, table: SentTable, place: int, form: QuestionForm, *, masked: bool
) -> ReadPart:
    part, questions = table.parts[place], dict(_questions(page, table))
    asked = [name for at, name in questions if at == place]
    columns = page.member_fields()
    return ReadPart(
        called="、".join(f"“{name}”" for name in part.sheets),
        people=len(part.rows),
        settled=tuple(
            (one.column, part.columns[at], _example(part, at, one, masked=masked))
            for one in columns
            if one.name not in asked and (at := part.picked.get(one.name)) is not None
        ),
        missing=tuple(
            one.column for one in columns if one.name not in part.picked and one.name not in asked
        ),
        asked=tuple(
            form[question.name]
            for (at, _), question in questions.items()
            if at == place and question.name in form
        ),
        unused=part.unused,
        left_out=part.left_out[:_TOLD],
        more_left_out=max(0, len(part.left_out) - _TOLD),
    )

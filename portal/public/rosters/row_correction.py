"""Correction of the rows of a list that are not right yet: only what is wrong is asked again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wtforms import Field as FormField

from portal.domain.forms.answers import Context
from portal.domain.forms.drafts import RosterRow
from portal.domain.forms.fields import Field, Kind, Sensitivity
from portal.domain.forms.journeys import Page
from portal.web.forms import QuestionForm, ask

MENDED_AT_ONCE = 8
_DROP = Field(
    "drop", "这一行不要了", Kind.CONSENT, Sensitivity.INTERNAL, "改名单", frozenset(), optional=True
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A row on the page: where it stands, what was typed, what is wrong, and its boxes."""

    place: str
    typed: str
    wrong: str
    boxes: tuple[FormField, ...]


def mark_of_cells(page: Page, wrong: Sequence[RosterRow]) -> str:
    """Name which cells are asked for, so that what is sent twice does not correct others."""
    columns = list(enumerate(page.member_fields()))
    return "-".join(
        f"{row.number}.{''.join(str(n) for n, column in columns if column.name in row.problems)}"
        for row in wrong[:MENDED_AT_ONCE]
    )


def ask_cells(
    page: Page, wrong: Sequence[RosterRow], context: Context, known: Mapping[str, str] | None = None
) -> QuestionForm:
    """Make a box for each wrong cell of the first rows; whatever is typed in it is taken."""
    cells = dict(_cells(page, wrong))
    boxes = [
        replace(column, name=name, label=column.column, kind=Kind.LINE, hint="", optional=True)
        for name, column in cells.items()
    ]
    drops = [replace(_DROP, name=f"{_DROP.name}-{place}") for place in _places(wrong)]
    form = ask((*boxes, *drops), context, known)
    for box in boxes:  # it may be emptied only in a row that is dropped, but a name must be told
        asked = replace(box, optional=cells[box.name].optional)
        form[box.name].question = asked  # type: ignore[attr-defined]
    return form


def ask_again(page: Page, wrong: Sequence[RosterRow], context: Context) -> QuestionForm:
    """Make the boxes of the wrong rows, each with what was typed and what is wrong with it."""
    known = {
        f"{name}-{place}": text
        for place in _places(wrong)
        for name, text in wrong[place].typed.items()
    }
    form = ask_cells(page, wrong, context, known)
    for place in _places(wrong):
        for name, words in wrong[place].problems.items():
            form.add_error(f"{name}-{place}", words)
    return form


def mended_rows(page: Page, wrong: Sequence[RosterRow], form: QuestionForm) -> list[RosterRow]:
    """Return the rows as they were corrected, without those that are not wanted any more."""
    typed = form.answers()
    rows = []
    for place, row in enumerate(wrong):
        if typed.get(f"{_DROP.name}-{place}"):
            continue
        mended = {
            column.name: str(typed.get(f"{column.name}-{place}", row.typed.get(column.name)) or "")
            for column in page.member_fields()
        }
        rows.append(replace(row, typed=mended))
    return rows


def rows_to_show(page: Page, wrong: Sequence[RosterRow], form: QuestionForm) -> list[Mended]:
    """List the rows on the page, each with its boxes; none if the form asks for something else."""
    return [
        _row_to_show(page, wrong[place], place, form)
        for place in _places(wrong)
        if f"{_DROP.name}-{place}" in form
    ]


def _row_to_show(page: Page, row: RosterRow, place: int, form: QuestionForm) -> Mended:
    columns = [column for column in page.member_fields() if column.name in row.problems]
    names = [*(column.name for column in columns), _DROP.name]
    return Mended(
        row.place,
        "，".join(text for text in row.typed.values() if text),
        "、".join(column.column for column in columns),
        tuple(form[f"{name}-{place}"] for name in names),
    )


def _cells(page: Page, wrong: Sequence[RosterRow]) -> Iterator[tuple[str, Field]]:
    for place in _places(wrong):
        for column in page.member_fields():
            if column.name in wrong[place].problems:
                yield f"{column.name}-{place}", column


def _places(wrong: Sequence[RosterRow]) -> range:
    return range(min(len(wrong), MENDED_AT_ONCE))

"""Every form as a sheet of paper, made from the tables of the web form, with the same numbers:
empty, or with the answers of a case filled in, for the applicant to sign."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from portal.domain.counter.channels import CHANNEL_LABELS, Channel
from portal.domain.counter.paper_layout import Block, lay_out_form, rows_of
from portal.domain.documents.checklist import list_papers
from portal.domain.documents.document_types import UNNAMED
from portal.domain.documents.paper_states import look_at_papers
from portal.domain.forms.answer_summary import Reader, leftovers
from portal.domain.forms.answers import Answers, Context, LocalChoices, is_said, show_answer
from portal.domain.forms.collective_dispute import MOST_LISTED
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Choice, Field, Kind, label_of
from portal.domain.forms.journeys import JOURNEYS, Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.domain.rosters.roster import head_of, sum_up
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import format_date, format_time, local_date
from portal.operations.cases.case_file import list_doubts
from portal.operations.counter.filled_form import FiledForm
from portal.web.edge import Answer
from portal.web.problem_pages import show_problem
from portal.web.typesetting import CannotPrint, send_file, send_pdf, typeset
from site_src.centre import Centre

ROWS = 6
"""Lines of a table, such as that of the household; who needs more writes on the back."""
_ROOM = 100
"""So many signs are reckoned for each line that is ruled for a long answer."""
_MOST_LINES = 9
_TICKED_ONLINE = "本人在网上逐项打勾"

Printed = dict[str, Any]
"""What the template is told, in shapes that JSON knows."""


@lru_cache(maxsize=2 * len(JOURNEYS))
def print_form(kind: CaseKind, centre: Centre, towns: tuple[Choice, ...]) -> bytes:
    """Print an empty form as PDF, kept as long as what stands on it is the same. CannotPrint."""
    # The day decides what may be answered, not what is asked.
    described = describe_form(JOURNEYS[kind], Context(date.min, {"town": towns}))
    return typeset("form", centre, described)


def send_form(kind: CaseKind, centre: Centre, choices: LocalChoices) -> Answer:
    """Send the form as a file to keep; a page that says what to do if it cannot be made."""
    try:
        content = print_form(kind, centre, tuple(choices["town"]))
    except CannotPrint:
        remedy = "请到窗口来拿，或者打电话，我们寄给您。也可以直接在网上填。"
        return show_problem(503, remedy, title="现在做不出纸质表")
    return send_file(content, "application/pdf", form_file_name(JOURNEYS[kind]))


def send_filled_form(filed: FiledForm, centre: Centre, context: Context) -> Answer:
    """Send the form of a case, filled in; nothing of it is kept here."""
    described = describe_form(JOURNEYS[filed.case.kind], context, filed)
    return send_pdf("form", centre, described, f"{filed.case.receipt}-form.pdf")


def form_file_name(journey: Journey) -> str:
    """Name the file: its version belongs to it, as papers lie about for years."""
    return f"{journey.address}-{journey.version}.pdf"


def describe_form(journey: Journey, context: Context, filed: FiledForm | None = None) -> Printed:
    """Gather all that the template prints of a form; of one handed in only what was asked."""
    journey = journey.edition_for(filed.answers) if filed else journey
    blocks = tuple(_asked_blocks(journey, filed) if filed else lay_out_form(journey))
    names = {one.field.name for block in blocks for one in block.questions}
    answers = filed.answers if filed else None
    groups = [
        {"title": title, "blocks": [_describe_block(block, context, answers) for block in together]}
        for title, together in groupby(blocks, lambda block: block.group)
    ]
    return {
        "title": journey.title,
        "lead": "" if filed else journey.lead,
        "version": journey.version,
        "groups": groups + (_describe_leftovers(journey, context, filed) if filed else []),
        "papers": _describe_papers(journey, filed),
        "channels": [
            {"label": label, "ticked": filed is not None and code == filed.case.channel}
            for code, label in CHANNEL_LABELS.items()
            if filed or code != Channel.WEB
        ],
        "relatives_sign": "consent_check" in names,
        "helper_signs": "helper_name" in names,
        "may_be_unnamed": "leaves_name" in names,
        "filed": _describe_filing(context, filed) if filed else None,
    }


def _asked_blocks(journey: Journey, filed: FiledForm) -> Iterator[Block]:
    progress = JourneyProgress(journey, Draft(filed.answers))
    asked = progress.names_asked.union(journey.declarations)
    reader = Reader(filed.taken_by.roles)
    for block in lay_out_form(journey):
        questions = tuple(
            one
            for one in block.questions
            if one.field.name in asked
            and reader.may_see(one.field)
            and is_said(one.field, filed.answers)
        )
        if questions:
            consents = any(one.field.kind is Kind.CONSENT for one in questions)
            lead = block.lead if consents else ""
            yield replace(block, lead=lead, condition="", questions=questions)


def _describe_filing(context: Context, filed: FiledForm) -> Printed:
    case = filed.case
    way = FIELDS["consent_by"]
    by_hand = case.channel != Channel.WEB
    return {
        "number": case.receipt,
        "received": format_date(local_date(case.submitted_at)),
        "consent": show_answer(way, filed.arrival.get(way.name), context)
        if by_hand
        else _TICKED_ONLINE,
        "version": case.form_version,
        "printed": f"{format_time(filed.taken_at)} {filed.taken_by_name} 打印",
        "as_of": format_date(local_date(filed.taken_at)),
        "doubts": list_doubts(Reader(filed.taken_by.roles), filed.answers),
        "signs": not UNNAMED(filed.answers),
    }


def _describe_papers(journey: Journey, filed: FiledForm | None) -> list[Printed]:
    if filed is None:
        return [
            {"label": one.label, "ticked": False, "said": "", "needed": not one.optional}
            for one in list_papers(journey)
        ]
    return [
        {
            "label": one.paper.label,
            "ticked": bool(one.files),
            "said": f"{one.state}：{one.absence.told}" if one.absence and not one.files else "",
            "needed": one.needed,
        }
        for one in look_at_papers(journey.kind, filed.answers, filed.sent).standings
    ]


def _describe_leftovers(journey: Journey, context: Context, filed: FiledForm) -> list[Printed]:
    reader = Reader(filed.taken_by.roles, most=MOST_LISTED)
    return [
        {
            "title": section.title,
            "blocks": [
                _block(
                    questions=[
                        _question(label=line.label, answer=line.shown) for line in section.lines
                    ]
                )
            ],
        }
        for section in leftovers(journey, filed.answers, context, reader)
    ]


def _describe_block(block: Block, context: Context, answers: Answers | None) -> Printed:
    asked = [one.number for one in block.questions]
    span = asked[0] if len(asked) == 1 else f"{asked[0]} 到 {asked[-1]}"
    listed = block.table or block.bulk
    # The answer to a list are its rows, which the table shows.
    shown = None if listed else answers
    return _block(
        lead=block.lead,
        condition=f"{block.condition}，才填 {span}" if block.condition else "",
        table=_describe_columns(block.table, context, answers) if block.table else [],
        rows=len(rows_of(block.table, ROWS)) if block.table else 0,
        sheet=[head_of(one) for one in block.bulk.member_fields()] if block.bulk else [],
        questions=[_describe(one.field, one.number, context, shown) for one in block.questions],
    ) | (_describe_people(listed, context, answers) if listed and answers is not None else {})


def _describe_columns(page: Page, context: Context, answers: Answers | None) -> list[Printed]:
    nobody: Answers | None = None if answers is None else {}
    return [_describe(one, "", context, nobody) for one in page.member_fields()]


def _describe_people(page: Page, context: Context, answers: Answers) -> Printed:
    people, columns = page.entries_in(answers), page.member_fields()
    told = sum_up(people) if page.bulk and people else ""
    return {
        "sheet": [one.column for one in columns] if page.bulk else [],
        "people": [
            [show_answer(one, person.get(one.name), context) for one in columns]
            for person in people
        ],
        "told": told if people else page.required_collection.none,
    }  # fmt: skip


def _block(**known: object) -> Printed:
    """Make a block as the template expects it; `told` says what stands in an empty list."""
    empty: Printed = {
        "lead": "", "condition": "", "table": [], "rows": 0, "sheet": [], "questions": [],
        "people": [], "told": "",
    }  # fmt: skip
    return empty | known


def _question(**known: object) -> Printed:
    empty: Printed = {
        "number": "", "label": "", "hint": "", "kind": str(Kind.LINE), "optional": False,
        "choices": [], "lines": 1, "answer": "", "ticked": False,
    }  # fmt: skip
    return empty | known


def _describe(field: Field, number: str, context: Context, answers: Answers | None) -> Printed:
    value = answers.get(field.name) if answers is not None else None
    # What tells how to answer is of no use any more; a consent is all of its words.
    hinted = answers is None or field.kind is Kind.CONSENT
    return _question(
        number=number,
        label=field.label,
        hint=field.hint if hinted else "",
        kind=str(field.kind),
        optional=field.optional and answers is None,
        choices=[
            {"label": one.label, "hint": one.hint if hinted else "", "ticked": ticked}
            for one, ticked in _tick_choices(field, value, context)
        ],
        lines=min(1 + field.max_length // _ROOM, _MOST_LINES),
        answer="" if answers is None else show_answer(field, value, context),
        ticked=value is True,
    )


def _tick_choices(field: Field, value: object, context: Context) -> Iterator[tuple[Choice, bool]]:
    """Yield what could be picked, and whether it was; last what is offered no more."""
    picked: Sequence[object] = value if isinstance(value, list) else [value]
    offered = context.choices_of(field)
    yield from ((one, one.code in picked) for one in offered)
    if offered:
        gone = [code for code in picked if code and code not in {one.code for one in offered}]
        yield from ((Choice(str(code), label_of(field, str(code))), True) for code in gone)

"""Every form as a sheet of paper, made from the tables of the web form, with the same numbers."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from portal.domain.answers import Choices
from portal.domain.arrivals import CHANNEL_LABELS, Channel
from portal.domain.fields import Choice, Field
from portal.domain.journeys import JOURNEYS, Journey
from portal.domain.keying import Block, lay_out, rows_of
from portal.domain.numbering import numbers_of
from portal.domain.papers import PAPERS
from portal.domain.rosters import head_of
from portal.domain.workflow import CaseKind
from portal.web.edge import Answer, show_problem
from portal.web.typesetting import CannotPrint, send_file, typeset
from site_src.centre import Centre

ROWS = 6
"""Lines of a table, such as that of the household; who needs more writes on the back."""
_ROOM = 100
"""So many signs are reckoned for each line that is ruled for a long answer."""
_MOST_LINES = 9


@lru_cache(maxsize=2 * len(JOURNEYS))
def print_form(kind: CaseKind, centre: Centre, towns: tuple[Choice, ...]) -> bytes:
    """The PDF of a form, kept as long as what stands on it is the same. CannotPrint."""
    return typeset("form", centre, describe_form(JOURNEYS[kind], {"town": towns}))


def send_form(kind: CaseKind, centre: Centre, choices: Choices) -> Answer:
    """The form as a file to keep; a page that says what to do if it cannot be made."""
    try:
        content = print_form(kind, centre, tuple(choices["town"]))
    except CannotPrint:
        remedy = "请到窗口来拿，或者打电话，我们寄给您。也可以直接在网上填。"
        return show_problem(503, remedy, title="现在做不出纸质表")
    return send_file(content, "application/pdf", name_of(JOURNEYS[kind]))


def name_of(journey: Journey) -> str:
    """What the file is called: its version belongs to it, as papers lie about for years."""
    return f"{journey.address}-{journey.version}.pdf"


def describe_form(journey: Journey, choices: Choices) -> dict[str, Any]:
    """All that the template prints of a form."""
    grouped = groupby(lay_out(journey), lambda block: block.group)
    numbers = numbers_of(journey)
    return {
        "title": journey.title,
        "lead": journey.lead,
        "version": journey.version,
        "groups": [
            {"title": title, "blocks": [_describe_block(block, choices) for block in blocks]}
            for title, blocks in grouped
        ],
        "papers": [one.label for one in PAPERS.get(journey.kind, ())],
        "channels": [label for code, label in CHANNEL_LABELS.items() if code != Channel.WEB],
        "relatives_sign": "consent_check" in numbers,
        "helper_signs": "helper_name" in numbers,
        "may_be_unnamed": "leaves_name" in numbers,
    }


def _describe_block(block: Block, choices: Choices) -> dict[str, Any]:
    asked = [one.number for one in block.questions]
    span = asked[0] if len(asked) == 1 else f"{asked[0]} 到 {asked[-1]}"
    return {
        "lead": block.lead,
        "condition": f"{block.condition}，才填 {span}" if block.condition else "",
        "table": [_describe(one, "", choices) for one in block.loop.member_fields()]
        if block.loop
        else [],
        "rows": len(rows_of(block.loop, ROWS)) if block.loop else 0,
        "sheet": [head_of(one) for one in block.at_once.member_fields()] if block.at_once else [],
        "questions": [_describe(one.field, one.number, choices) for one in block.questions],
    }


def _describe(field: Field, number: str, choices: Choices) -> dict[str, Any]:
    offered: Sequence[Choice] = choices.get(field.name, field.choices)
    return {
        "number": number,
        "label": field.label,
        "hint": field.hint,
        "kind": str(field.kind),
        "optional": field.optional,
        "choices": [{"label": one.label, "hint": one.hint} for one in offered],
        "lines": min(1 + field.max_length // _ROOM, _MOST_LINES),
    }

"""What an applicant takes away of his own case: everything he told us and what became of it.

As data for a program, with the names of the field table, and in words for people. Right to a
copy: 个人信息保护法第四十五条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.domain.cases.case import Case, TimelineEntry
from portal.domain.documents.document_types import SentFile, label_of_paper, name_papers
from portal.domain.forms.answer_summary import Section
from portal.domain.forms.answers import Answers, Context, show_answer
from portal.domain.forms.fields import FIELDS
from portal.domain.shared.dates import format_time

FORMAT = "bangfu own data 1"


@dataclass(frozen=True, slots=True)
class OwnData:
    """A case as its applicant may take it away; `made_at` is the moment of the copy."""

    case: Case
    answers: Answers
    sections: tuple[Section, ...]
    entries: tuple[TimelineEntry, ...]
    papers: tuple[SentFile, ...]
    made_at: datetime


def as_document(own: OwnData, context: Context, centre: str) -> dict[str, Any]:
    """Return the whole as JSON data; names and shapes stay the same as long as `format` does."""
    case = own.case
    context = name_papers(context, case.kind)
    return {
        "format": FORMAT,
        "centre": centre,
        "made_at": own.made_at.isoformat(),
        "case": {
            "number": case.receipt,
            "kind": str(case.kind),
            "kind_label": case.workflow.label,
            "state": case.state,
            "state_label": case.state_row.public_label,
            "submitted_at": case.submitted_at.isoformat(),
            "changed_at": case.changed_at.isoformat(),
            "due_on": _day(case.due_on),
            "form_version": case.form_version,
        },
        "answers": _tell_answers(own.answers, context),
        "papers": [_tell_paper(case, paper) for paper in own.papers],
        "timeline": [_tell_entry(entry) for entry in reversed(own.entries)],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tell_answers(answers: Mapping[str, object], context: Context) -> list[dict[str, Any]]:
    order = {name: place for place, name in enumerate(FIELDS)}
    names = sorted(answers, key=lambda name: order.get(name, len(order)))
    return [_tell_answer(name, answers[name], context) for name in names]


def _tell_answer(name: str, value: object, context: Context) -> dict[str, Any]:
    field = FIELDS.get(name)
    record = {"name": name, "label": field.label if field else name}
    if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        return record | {"entries": [_tell_answers(entry, context) for entry in value]}
    shown = show_answer(field, value, context) if field else str(value)
    return record | {"value": value, "shown": shown}


def _tell_paper(case: Case, paper: SentFile) -> dict[str, Any]:
    return {
        "paper": paper.paper,
        "paper_label": label_of_paper(case.kind, paper.paper),
        "name": paper.name,
        "size": paper.size,
        "sha256": paper.sha256,
        "sent_by": "worker" if paper.by_applicant else "centre",
        "sent_at": paper.at.isoformat(),
    }


_BY = {
    (True, False): "worker",
    (False, True): "centre in the worker's name",
    (False, False): "centre",
}


def _tell_entry(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "by": _BY[entry.by_applicant, entry.in_his_name],
        "title": entry.title,
        "text": entry.text,
        "facts": list(entry.facts),
    }


def as_words(own: OwnData) -> dict[str, Any]:
    """Return the whole in words, as the paper shows it."""
    case = own.case
    return {
        "number": case.receipt,
        "kind": case.workflow.label,
        "state": case.state_row.public_label,
        "submitted_at": format_time(case.submitted_at),
        "made_at": format_time(own.made_at),
        "sections": [
            {"title": title, "lines": [[line.label, line.shown] for line in lines]}
            for title, lines in _join_sections(own.sections).items()
        ],
        "papers": [
            [label_of_paper(case.kind, paper.paper), _tell_sending(paper)] for paper in own.papers
        ],
        "entries": [
            {
                "when": format_time(entry.at),
                "who": entry.told_doer,
                "title": entry.title,
                "words": [*entry.facts, *entry.text.splitlines()],
            }
            for entry in own.entries
        ],
    }


def _tell_sending(paper: SentFile) -> str:
    who = "您" if paper.by_applicant else "帮扶中心"
    return f"{paper.name}，{who} {format_time(paper.at)}传的"


def _join_sections(sections: Iterable[Section]) -> dict[str, list[Any]]:
    joined: dict[str, list[Any]] = {}
    for section in sections:
        joined.setdefault(section.title, []).extend(section.lines)
    return joined

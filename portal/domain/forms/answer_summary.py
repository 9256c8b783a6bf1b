"""Answers as they are shown: on the check page, in the workbench, and in print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from portal.domain.accounts.permissions import Role
from portal.domain.forms.answers import Answers, Context, is_said, show_answer
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import PAPERS_ABSENT, Journey, Page, is_whole
from portal.domain.forms.progress import JourneyProgress, OpenPage
from portal.domain.forms.question_numbers import numbers_of


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question and its answer on the check page, in the workbench and in print.

    `number` is that of the question on paper; empty for what cannot be asked there.
    """

    label: str
    shown: str
    hidden: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page; `page` leads back to it."""

    page: Page
    title: str
    lines: tuple[AnswerLine, ...]

    @property
    def about_himself(self) -> bool:
        """Whether it says who somebody is and how he is reached: read last by who decides."""
        return self.title in _ABOUT_HIMSELF


_ABOUT_HIMSELF: Final = ("领钱的卡", "联系方式", "您的信息", "申请人", "谁来填")
_DECIDED_BY: Final = ("家人", "家里", "收入和困难")


def order_for_decision(sections: Iterable[Section]) -> list[Section]:
    """Return sections in the order in which one decides: household and money, the rest, who."""
    return sorted(sections, key=_rank_for_decision)


def _rank_for_decision(section: Section) -> int:
    if section.title in _DECIDED_BY:
        return _DECIDED_BY.index(section.title)
    rest = len(_DECIDED_BY)
    if section.about_himself:
        return rest + 1 + _ABOUT_HIMSELF.index(section.title)
    return rest


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the answers, and how: `roles` None is the applicant himself, who sees all.

    `most` is how many entries of a long list are shown.
    """

    roles: frozenset[Role] | None = None
    masked: bool = False
    most: int = 10

    def may_see(self, field: Field) -> bool:
        """Tell whether the field table lets this reader see the field."""
        return self.roles is None or bool(field.seen_by & self.roles)


APPLICANT_READS = Reader()


def summarise(
    journey: Journey, answers: Answers, context: Context, reader: Reader = APPLICANT_READS
) -> list[Section]:
    """Return all answers that the reader may see, page by page, in the order of the questions."""
    return review(JourneyProgress(journey, Draft(answers)), context, reader)


def review(
    progress: JourneyProgress, context: Context, reader: Reader = APPLICANT_READS
) -> list[Section]:
    """Return the same for a form that is being filled in."""
    numbers = numbers_of(progress.journey)
    sections = [
        Section(
            one.page, one.page.group, tuple(_lines(one, progress.answers, context, reader, numbers))
        )
        for one in progress.open_pages
    ]
    return [section for section in sections if section.lines]


def leftovers(
    journey: Journey, answers: Answers, context: Context, reader: Reader
) -> list[Section]:
    """Return what an older version of the form asked and today's does not: nothing is lost."""
    progress = JourneyProgress(journey, Draft(answers))
    old = answers.keys() - progress.asked_answers.keys() - set(progress.journey.declarations)
    lines = [
        AnswerLine(
            FIELDS[name].label, show_answer(FIELDS[name], answers[name], context, reader.masked)
        )
        for name in sorted(old & FIELDS.keys())
        if reader.may_see(FIELDS[name])
    ]
    # Of a question that is gone nothing tells how much it gives away.
    lines += [
        AnswerLine(name, "***" if reader.masked else str(answers[name]), reader.masked)
        for name in sorted(old - FIELDS.keys())
    ]
    return [Section(journey.pages[0], "以前的问题", tuple(lines))] if lines else []


def _lines(
    asked: OpenPage,
    answers: Answers,
    context: Context,
    reader: Reader,
    numbers: Mapping[str, str],
) -> list[AnswerLine]:
    page = asked.page
    if page.collection_name:
        lines = _member_lines(page, answers, context, reader)
        return [replace(line, number=numbers[page.collection_name]) for line in lines]
    return [
        AnswerLine(
            field.label,
            # Also what was picked before a change of mind or of the form has its words.
            show_answer(FIELDS[field.name], answers.get(field.name), context, reader.masked),
            reader.masked and field.mask is not None,
            numbers.get(field.name, ""),
        )
        for field in asked.fields
        if reader.may_see(field) and is_said(field, answers)
    ] + (_absence_lines(answers, context, reader) if page.photos else [])


def _absence_lines(answers: Answers, context: Context, reader: Reader) -> list[AnswerLine]:
    """Tell of each paper that somebody has not got, and why."""
    field, said = FIELDS[PAPERS_ABSENT], answers.get(PAPERS_ABSENT)
    if not isinstance(said, list) or not reader.may_see(field):
        return []
    return [AnswerLine(field.label, _describe_absence(one, context)) for one in said]


def _describe_absence(entry: Mapping[str, object], context: Context) -> str:
    paper, *reasons = (
        show_answer(FIELDS[name], value, context) for name, value in entry.items() if value
    )
    return f"{paper}：{'，'.join(reasons)}"


def _member_lines(
    page: Page, answers: Answers, context: Context, reader: Reader
) -> list[AnswerLine]:
    entries, members = page.required_collection, page.entries_in(answers)
    if not reader.may_see(FIELDS[entries.name]):
        return []
    if not members:
        return [AnswerLine(page.title, entries.none)]
    most = reader.most if entries.bulk else entries.most
    lines = [
        AnswerLine(
            name_entry(page, number), describe_member(page, member, context, masked=reader.masked)
        )
        for number, member in enumerate(members[:most], 1)
    ]
    rest = len(members) - most
    if rest > 0:
        words = f"一共 {len(members)} 人，还有 {rest} 人没有列在这里"
        lines.append(AnswerLine(page.title, words))
    return lines


def name_entry(page: Page, number: int) -> str:
    """Name an entry of a list: 第 2 位家人, in a long list 第 2 人."""
    return f"第 {number} {'' if page.bulk else '位'}{page.required_collection.called}"


def describe_member(
    page: Page,
    member: Mapping[str, object],
    context: Context,
    *,
    masked: bool = False,
    refused: bool = False,
) -> str:
    """Describe an entry of a list in one line: 陈*，儿子或女儿，12 岁，0 元，在上学.

    Who is not all written down, or was `refused` since, is said to be unfinished.
    """
    known = [
        field
        for field in page.member_fields()
        if field.name in member and not (field.optional and member[field.name] is None)
    ]
    words = "，".join(show_answer(field, member[field.name], context, masked) for field in known)
    return words if is_whole(page, member) and not refused else f"{words}（还没写完）"

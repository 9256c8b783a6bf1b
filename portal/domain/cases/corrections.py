"""Putting answers right after filing: page by page of the form, told with before and after.

What money and identity hang on takes a second person, and is changed only while nothing is being
decided. Lists have ways of their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case
from portal.domain.cases.events import AnswersCorrected, CorrectionProposed, CorrectionRefused
from portal.domain.forms.answers import Answers
from portal.domain.forms.fields import FIELDS, Field, Kind, Sensitivity
from portal.domain.forms.journeys import JOURNEYS, Page
from portal.domain.records.event import Event
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed

WAS, NOW = "was", "now"
AnswerChange = Mapping[str, Mapping[str, object]]
"""What is put right: by the name of the question, what the answer was and what it is now."""

WHY_CORRECTED = Field(
    "why_corrected", "为什么要改？", Kind.LINE, Sensitivity.SENSITIVE, "改正表上填的", frozenset(),
    hint="比如：本人来说手机换了；身份证复印件核对过。本人会看到。", max_length=200,
    missing="请写一句为什么要改",
)  # fmt: skip
FOR_WISH = Field(
    "for_wish", "照哪一份“个人信息要求”改的？", Kind.LINE, Sensitivity.PERSONAL, "改正表上填的",
    frozenset(), hint="写登记编号，比如 XX26-7K3M-9QF2。没有就空着。", optional=True, max_length=20,
)  # fmt: skip

_OF_TWO = frozenset({Kind.ID_NUMBER, Kind.ID_PAPER, Kind.BANK_CARD})
_COUNTS_PEOPLE = frozenset({"people", "common_claim"})
_BEING_DECIDED = frozenset({"awaiting_decision", "under_review"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for a second person: by whose login, what, and why."""

    by: str
    change: AnswerChange
    why: str
    request: str


def list_correctable_pages(kind: CaseKind, answers: Answers) -> list[Page]:
    """List the pages of the form whose answers can be put right, in their order."""
    return [
        page
        for page in JOURNEYS[kind].pages
        if page.when(answers)
        and not page.photos
        and not page.collection
        and list_questions(page, answers)
    ]


def find_contact_page(kind: CaseKind, answers: Answers) -> str:
    """Return the path of the page that asks how he is reached; empty if none can be put right."""
    reached = {Kind.MOBILE, Kind.PHONE}
    return next(
        (
            page.path
            for page in list_correctable_pages(kind, answers)
            if any(field.kind in reached for field in list_questions(page, answers))
        ),
        "",
    )


def list_questions(page: Page, answers: Answers) -> tuple[Field, ...]:
    """List the questions of a page that were asked in view of the answers; no consent is put right.

    Nor is how many people a dispute has, which its lists say.
    """
    return tuple(
        field
        for field in page.fields(answers)
        if field.kind is not Kind.CONSENT and field.name not in _COUNTS_PEOPLE
    )


def find_change(answers: Answers, corrected: Answers) -> AnswerChange:
    """Return what differs. NotAccepted if nothing does."""
    change = {
        name: {WAS: answers.get(name), NOW: value}
        for name, value in corrected.items()
        if (answers.get(name) or None) != (value or None)
    }
    if not change:
        raise NotAccepted("和原来的一样，没有要改的")
    return change


def needs_two_persons(change: AnswerChange) -> bool:
    """Tell whether a second person has to agree."""
    return any(FIELDS[name].kind in _OF_TWO for name in change)


def require_undecided(case: Case, change: AnswerChange) -> None:
    """Raise NotAllowed if money or identity would change under a decision."""
    if not needs_two_persons(change):
        return
    if case.state in _BEING_DECIDED:
        raise NotAllowed("正在等审批、等复核，证件号、卡号现在不能改。请先退回核实，或者先定了复核")
    if case.state_row.awaiting is Awaiting.NOBODY:
        raise NotAllowed("已经办完，证件号、卡号不能直接改。请先“提出重新办理”，同意以后再改")


def find_proposal(history: Iterable[Event]) -> Proposal | None:
    """Return the change that waits for a second person; None if none does."""
    proposal: Proposal | None = None
    for event in history:
        match event:
            case CorrectionProposed():
                proposal = Proposal(event.actor, event.facts, event.text, event.request)  # type: ignore[arg-type]
            case CorrectionRefused():
                proposal = None
            case AnswersCorrected() if needs_two_persons(event.facts):  # type: ignore[arg-type]
                proposal = None
    return proposal


def require_second_person(proposal: Proposal | None, actor: Actor) -> Proposal:
    """Return the change that waits, for another than who proposed it. NotAllowed otherwise."""
    if proposal is None:
        raise NotAllowed("没有等着确认的改动。可能已经有人确认过，请看看经过")
    if proposal.by in actor.logins:
        raise NotAllowed("是您自己要改的，要换一个人确认")
    return proposal

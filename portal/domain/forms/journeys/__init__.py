"""The journeys: the ordered pages of each form, one topic a page.

Routes, guards, step text, check page and print are derived from these tables. A journey is a
pure function of the answers; a case keeps the version of the form that it was filed with.
"""

from portal.domain.forms.journeys import complaint, legal, objection, others, relief
from portal.domain.forms.journeys.model import (
    ABSENCE,
    PAPERS_ABSENT,
    AllOf,
    AnswerIs,
    AnyOf,
    Ask,
    Collection,
    Condition,
    DescribedCondition,
    Journey,
    KnownAnswers,
    Page,
    always,
    any_of,
    has_ticked,
    is_one_of,
    is_whole,
    questions_of,
)
from portal.domain.shared.case_kinds import CaseKind

__all__ = [
    "ABSENCE",
    "JOURNEYS",
    "PAPERS_ABSENT",
    "AllOf",
    "AnswerIs",
    "AnyOf",
    "Ask",
    "Collection",
    "Condition",
    "DescribedCondition",
    "Journey",
    "KnownAnswers",
    "Page",
    "always",
    "any_of",
    "find_list",
    "find_open_list",
    "has_ticked",
    "is_one_of",
    "is_whole",
    "lists_open_later",
    "questions_of",
    "words_for_lost_codes",
]

JOURNEYS: dict[CaseKind, Journey] = {
    journey.kind: journey
    for journey in (
        *relief.JOURNEYS,
        *legal.JOURNEYS,
        *others.JOURNEYS,
        *objection.JOURNEYS,
        *complaint.JOURNEYS,
    )
}


def find_list(kind: CaseKind) -> Page | None:
    """Return the page of the form on which a whole list of people comes in; None if it has none."""
    return next((page for page in JOURNEYS[kind].pages if page.bulk), None)


def find_open_list(kind: CaseKind, path: str) -> Page | None:
    """Return the page, by its path in the form, of a list that may be changed after filing."""
    return next((page for page in lists_open_later(kind) if page.path == path), None)


def lists_open_later(kind: CaseKind) -> list[Page]:
    """Return the pages whose lists may be changed as long as the case is open."""
    return [page for page in JOURNEYS[kind].pages if page.collection and page.collection.open_later]


def words_for_lost_codes() -> dict[str, list[str]]:
    """Say what to do about a lost code, each with the titles of the forms that it is true of."""
    words: dict[str, list[str]] = {}
    for journey in JOURNEYS.values():
        words.setdefault(journey.lost_code, []).append(journey.title)
    return words

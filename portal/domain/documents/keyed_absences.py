"""Papers that a form on paper says there are not, as the counter keys them in: a row for each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from portal.domain.documents.checklist import list_papers
from portal.domain.documents.document_types import Paper
from portal.domain.documents.paper_states import ABSENCE_QUESTIONS, Absence, describe_absence
from portal.domain.forms.fields import Field
from portal.domain.forms.journeys import Journey

_OTHER = "other"
"""The reason of somebody who has only written a word beside the paper."""


def papers_to_key_in(journey: Journey) -> list[Paper]:
    """Return the papers of which a form on paper may say that there are none."""
    return [paper for paper in list_papers(journey) if not paper.optional]


def absence_fields(paper: Paper) -> tuple[Field, ...]:
    """Return the questions of a paper's row; both may be left empty."""
    return tuple(
        replace(field, name=f"{field.name}-{paper.code}", optional=True)
        for field in ABSENCE_QUESTIONS
    )


def gather_absences(journey: Journey, cleaned: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the answer that the rows make together."""
    return [describe_absence(one) for one in _read_rows(journey, cleaned)]


def _read_rows(journey: Journey, cleaned: Mapping[str, object]) -> Iterator[Absence]:
    for paper in papers_to_key_in(journey):
        why, words = (str(cleaned.get(field.name) or "") for field in absence_fields(paper))
        if why or words:
            yield Absence(paper.code, why or _OTHER, words)

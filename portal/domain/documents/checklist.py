"""What to bring for a form, told before anybody has answered anything.

What the answers would ask for is told in words: 有下面情况的，再带. A paper that none of the
questions of a form can ask for is left out; what a question of everybody asks for, all bring.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from portal.domain.documents.document_types import OTHER, PAPERS, Paper, WasAsked
from portal.domain.forms.journeys import AnswerIs, AnyOf, Condition, Journey, always


@dataclass(frozen=True, slots=True)
class Checklist:
    """What everybody brings, and the rest by the words that say who brings it."""

    everybody: tuple[Paper, ...] = ()
    some: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)


def make_checklist(journey: Journey) -> Checklist:
    """List the papers of a form, in the order of the table; nothing for a form that wants none."""
    asked, of_everybody = _questions(journey)
    everybody: list[Paper] = []
    some: dict[str, tuple[Paper, ...]] = {}
    for paper in PAPERS.get(journey.kind, ()):
        wants = {*_parts(paper.when)}
        if paper == OTHER:
            continue
        if always in wants or any(WasAsked(name) in wants for name in of_everybody):
            everybody.append(paper)
        elif asked & {one.field for one in wants if isinstance(one, AnswerIs | WasAsked)}:
            some[paper.whose] = (*some.get(paper.whose, ()), paper)
    return Checklist(tuple(everybody), some)


def list_papers(journey: Journey) -> list[Paper]:
    """Return all papers that a form can ask for, and whatever else comes, as the table has them."""
    checklist = make_checklist(journey)
    asked = {OTHER, *checklist.everybody, *chain.from_iterable(checklist.some.values())}
    return [paper for paper in PAPERS.get(journey.kind, ()) if paper in asked]


def has_checklist(journey: Journey) -> bool:
    """Tell whether what to bring depends on anything, so that it needs a page of its own."""
    return bool(make_checklist(journey).some)


def _questions(journey: Journey) -> tuple[set[str], set[str]]:
    """Name all that the form can ask, and what it asks everybody."""
    asked = {page.collection_name for page in journey.pages if page.collection_name}
    of_everybody = set()
    for page in journey.pages:
        for ask in page.asks:
            asked.add(ask.field)
            if not page.collection_name and page.when is always and ask.when is always:
                of_everybody.add(ask.field)
    return asked, of_everybody


def _parts(condition: Condition) -> Iterator[Condition]:
    """Yield the single conditions of which one is enough."""
    if isinstance(condition, AnyOf):
        for one in condition.conditions:
            yield from _parts(one)
    else:
        yield condition

"""What one calculator came to, carried in addresses to the next and onto legal papers.

Sums and days, as they stand in the addresses of the calculators anyway; never who somebody is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from portal.domain.calculators.claim_kinds import Way, add_claims, replace_claims, require_together
from portal.domain.calculators.claim_sheet import CLAIM_QUESTIONS, name_answers, read_claims
from portal.domain.calculators.questions import CalculatorQuestion, Figure, read_figure
from portal.domain.forms.answers import type_back
from portal.domain.legal_papers.composition import Known
from portal.domain.legal_papers.entries import ENTRIES
from portal.domain.shared.errors import NotAccepted
from portal.public.site.calculators import SHEET, TOOLS

_BEFORE: Final = "known_"
_WRITTEN: Final = frozenset(source for entry in ENTRIES.values() for source in entry.sources)
_FACTS: Final = {
    ask.field.name: ask
    for tool in TOOLS.values()
    for ask in tool.asks
    if ask.field.name in _WRITTEN and not ask.field.choices
}
"""The questions of calculators whose answers stand on legal papers."""


@dataclass(frozen=True, slots=True)
class GatheredSums:
    """Claims that were worked out before, and answers that need not be given again."""

    claims: Way
    facts: Mapping[str, Figure]

    def pairs(self) -> list[tuple[str, str]]:
        """Return it as names and texts of an address."""
        said = name_answers(self.claims)
        claims = [
            (ask.field.name, str(type_back(ask.field, said[ask.field.name])))
            for ask in CLAIM_QUESTIONS
            if ask.field.name in said
        ]
        facts = [(f"{_BEFORE}{name}", text) for name, text in self.typed_facts().items()]
        return [*claims, *facts]

    def typed_facts(self) -> dict[str, str]:
        """Return the answers as they are typed, to fill in the questions of the next form."""
        return {name: _type_figure(_FACTS[name], one) for name, one in self.facts.items()}

    def query(self) -> str:
        """Return it as the query of an address."""
        return urlencode(self.pairs())

    def know(self) -> Known:
        """Return it as what a legal paper is filled in with."""
        answers = {
            name: figure.isoformat() if isinstance(figure, date) else figure
            for name, figure in self.facts.items()
        }
        return Known(answers, claims=self.claims)


@dataclass(frozen=True, slots=True)
class Onward:
    """A way that a result leaves: its claims, and what is carried on with it.

    `instead` is what is carried on if a sum of before was wrong; None where there is none.
    """

    claims: Way
    carried: GatheredSums
    instead: GatheredSums | None


def read_gathered(typed: Any, today: date) -> GatheredSums:
    """Read what an address carries; what is not as this module writes it is passed over."""
    asks = {ask.field.name: ask for ask in CLAIM_QUESTIONS}
    claims = {name: _read(ask, typed.getlist(name), today) for name, ask in asks.items()}
    facts = {
        name: _read(ask, typed.getlist(f"{_BEFORE}{name}"), today) for name, ask in _FACTS.items()
    }
    told = {name: figure for name, figure in facts.items() if figure is not None}
    return GatheredSums(read_claims(claims), told)


def read_for_paper(typed: Any, today: date) -> GatheredSums:
    """Read the same for a paper; without claims where they exclude each other."""
    carried = read_gathered(typed, today)
    try:
        require_together(carried.claims)
    except NotAccepted:
        return GatheredSums((), carried.facts)
    return carried


def carry_on(
    slug: str, before: GatheredSums, answers: Mapping[str, Figure], ways: Iterable[Way]
) -> list[Onward]:
    """Return each way of a result together with what was carried to it."""
    known = {name: one for name, one in answers.items() if name in _FACTS and one is not None}
    facts = {**before.facts, **known}
    if slug == SHEET:
        return [Onward(way, GatheredSums(way, facts), None) for way in ways]
    kinds = {claim.kind for claim in before.claims}
    return [
        Onward(
            way,
            GatheredSums(add_claims(before.claims, way), facts),
            GatheredSums(replace_claims(before.claims, way), facts)
            if kinds & {claim.kind for claim in way}
            else None,
        )
        for way in ways
    ]


def _read(ask: CalculatorQuestion, texts: list[str], today: date) -> Figure:
    try:
        return read_figure(ask, texts, today) if texts else None
    except NotAccepted:
        return None


def _type_figure(ask: CalculatorQuestion, figure: Figure) -> str:
    stored = figure.isoformat() if isinstance(figure, date) else figure
    return str(type_back(ask.field, stored))

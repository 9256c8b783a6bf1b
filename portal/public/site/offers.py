"""What belongs together: calculators and legal papers on the matters of the same rights cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.calculators.claim_kinds import Way
from portal.domain.legal_papers.model import LegalPaper
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.public.site.calculators import SHEET, TOOLS, Tool
from site_src.pages.troubles import TROUBLES, find_drawing, find_trouble
from site_src.portal_addresses import find_cards


def cards_of(paper: LegalPaper) -> tuple[str, ...]:
    """Return the rights cards that offer a paper, the nearest first."""
    return find_cards(f"/papers/#{paper.code}")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a result is about: the nearest rights card, the topic of a question to the lawyer, and
    the papers that help, in the order of their table."""

    card: str
    topic: str
    papers: tuple[LegalPaper, ...]


def _matter(card: str, topic: str, *papers: str) -> Matter:
    return Matter(card, topic, tuple(LEGAL_PAPERS[code] for code in papers))


_BEFORE_COURT: Final = ("evidence-list", "power-of-attorney")
LIMIT_MATTERS: Final[dict[str, Matter]] = {
    "arbitration_wages": _matter("unpaid-wages", "unpaid_wages", "wage-demand",
                                 "inspection-complaint", "arbitration", *_BEFORE_COURT),
    "arbitration": _matter("route-map", "dismissal", "arbitration", *_BEFORE_COURT),
    "injury_claim_worker": _matter("work-injury", "work_injury", "injury-claim", *_BEFORE_COURT),
    "administrative_review": _matter("work-injury-disputes", "work_injury", *_BEFORE_COURT),
    "lawsuit_after_review": _matter("work-injury-disputes", "work_injury", *_BEFORE_COURT),
    "ability_second_appraisal": _matter("work-injury-disputes", "work_injury",
                                        "power-of-attorney"),
    "lawsuit_after_award": _matter("route-map", "unpaid_wages", *_BEFORE_COURT),
    "appeal": _matter("route-map", "unpaid_wages", *_BEFORE_COURT),
    "enforcement": _matter("route-map", "unpaid_wages", "power-of-attorney"),
    "inspection_complaint": _matter("unpaid-wages", "unpaid_wages", "inspection-complaint",
                                    "evidence-list"),
    "civil_limit": _matter("other-kinds-of-work", "unpaid_wages", "wage-statement",
                           *_BEFORE_COURT),
    "mediation_confirmation": _matter("route-map", "unpaid_wages", "power-of-attorney"),
}  # fmt: skip
"""What a limit of law is about, by its code: after an award nobody applies for arbitration."""


def find_matter(tool: Tool, answers: Mapping[str, object]) -> Matter:
    """Return what the result of a calculator is about; that of limits by what happened."""
    by_limit = LIMIT_MATTERS.get(str(answers.get("what")))
    card = next(iter(tool.cards), "")
    return by_limit or Matter(card, tool.topic, tuple(papers_of(tool)))


@dataclass(frozen=True, slots=True)
class ToolGroup:
    """Calculators for one kind of trouble, each with the drawing of its nearest rights card."""

    title: str
    tools: tuple[tuple[Tool, str], ...]


def group_tools() -> list[ToolGroup]:
    """Put the calculators under the troubles of their nearest rights cards, in their order.

    That of who asks for help, which no card is about, comes first.
    """
    own = ToolGroup("家里困难", tuple((tool, "help") for tool in TOOLS.values() if not tool.cards))
    groups = [
        ToolGroup(
            trouble.title,
            tuple(
                (tool, find_drawing(tool.cards[0]))
                for tool in TOOLS.values()
                if tool.cards and find_trouble(tool.cards[0], "") is trouble
            ),
        )
        for trouble in TROUBLES
    ]
    return [group for group in (own, *groups) if group.tools]


def papers_of(tool: Tool) -> list[LegalPaper]:
    """Return the papers that the nearest rights card of a calculator offers."""
    nearest = set(tool.cards[:1])
    return [paper for paper in LEGAL_PAPERS.values() if nearest & set(cards_of(paper))]


def papers_taking(claims: Way) -> list[LegalPaper]:
    """Return the papers on which some of these claims may stand."""
    fits = {code for claim in claims for code in claim.row.papers}
    return [paper for paper in LEGAL_PAPERS.values() if paper.code in fits]


def tools_for(claims: Way) -> list[Tool]:
    """Return the calculators that come to claims of another kind than these."""
    there = {claim.kind for claim in claims}
    return [tool for tool in TOOLS.values() if tool.slug != SHEET and set(tool.claims) - there]


def tools_of(paper: LegalPaper) -> list[Tool]:
    """Return the calculators on the matters of a paper."""
    return [tool for tool in TOOLS.values() if paper in papers_of(tool)]

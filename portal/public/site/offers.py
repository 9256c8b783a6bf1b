"""What belongs together: calculators and legal papers on the matters of the same rights cards."""

from portal.domain.calculators.claim_kinds import Way
from portal.domain.legal_papers.model import LegalPaper
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.public.site.calculators import SHEET, TOOLS, Tool
from site_src.portal_addresses import find_cards


def cards_of(paper: LegalPaper) -> tuple[str, ...]:
    """Return the rights cards that offer a paper, the nearest first."""
    return find_cards(f"/papers/#{paper.code}")


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

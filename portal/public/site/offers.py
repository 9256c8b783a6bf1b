"""What belongs together: calculators and legal papers on the matters of the same rights cards."""

from portal.domain.legal_papers.model import LegalPaper
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.public.site.calculators import TOOLS, Tool
from site_src.portal_addresses import PAPERS_TO_TAKE


def cards_of(paper: LegalPaper) -> tuple[str, ...]:
    """Return the rights cards that offer a paper, the nearest first."""
    address = f"/papers/#{paper.code}"
    return next((offer.cards for offer in PAPERS_TO_TAKE if offer.address == address), ())


def papers_of(tool: Tool) -> list[LegalPaper]:
    """Return the papers that the rights cards of a calculator offer."""
    return [paper for paper in LEGAL_PAPERS.values() if set(tool.cards) & set(cards_of(paper))]


def tools_of(paper: LegalPaper) -> list[Tool]:
    """Return the calculators on the matters of a paper."""
    return [tool for tool in TOOLS.values() if paper in papers_of(tool)]

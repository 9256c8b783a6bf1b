"""The table of legal papers; a further paper is a further row."""

from typing import Final

from portal.domain.legal_papers.disputes import (
    ARBITRATION,
    EVIDENCE_LIST,
    INSPECTION_COMPLAINT,
    PAYMENT_ORDER,
    POWER_OF_ATTORNEY,
)
from portal.domain.legal_papers.letters import (
    FORCED_RESIGNATION,
    INJURY_CLAIM,
    WAGE_DEMAND,
    WAGE_STATEMENT,
)
from portal.domain.legal_papers.model import LegalPaper

LEGAL_PAPERS: Final[dict[str, LegalPaper]] = {
    paper.code: paper
    for paper in (
        WAGE_DEMAND,
        WAGE_STATEMENT,
        INSPECTION_COMPLAINT,
        ARBITRATION,
        EVIDENCE_LIST,
        PAYMENT_ORDER,
        FORCED_RESIGNATION,
        INJURY_CLAIM,
        POWER_OF_ATTORNEY,
    )
}
"""By code, in the order in which a worker comes to need them."""


def papers_for_topic(topic: object) -> list[LegalPaper]:
    """Return all papers, those for a topic of a consultation first."""
    return sorted(LEGAL_PAPERS.values(), key=lambda paper: topic not in paper.topics)

"""Legal papers as PDF, filled in or blank, set while somebody waits and kept nowhere."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from portal.domain.calculators.claim_kinds import Way, require_together
from portal.domain.calculators.claim_sheet import CLAIM_QUESTIONS, basis_of, read_claims
from portal.domain.calculators.questions import ask_choice
from portal.domain.legal_papers.composition import NOTHING_KNOWN, Known, compose, list_claims
from portal.domain.legal_papers.model import LegalPaper
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.operations.office import Office
from portal.web.edge import Answer
from portal.web.forms import QuestionForm
from portal.web.typesetting import find_gaps, send_pdf
from rulefiles.local_values import LocalOffice
from site_src.centre import Centre

FROM_CASE = "照您咨询的时候在网上写的。签名以前请看一遍；要改，就用空白的那张自己写，或者请律师改。"
FROM_TOOL = "照您在“算一算”里填的数。签名以前请看一遍。"


PAPER: Final = ask_choice(
    "paper", "写哪一张文书？", *((code, paper.title) for code, paper in LEGAL_PAPERS.items())
).field
CLAIM_FORM: Final = (PAPER, *(question.field for question in CLAIM_QUESTIONS))
"""What is asked to put claims that were worked out on a paper of a case."""


def read_claim_form(form: QuestionForm) -> tuple[LegalPaper, Way]:
    """Return the paper and the claims that were chosen. NotAccepted if they exclude each other."""
    claims = read_claims(form.cleaned)
    require_together(claims)
    return LEGAL_PAPERS[str(form.cleaned["paper"])], claims


def offices_of(paper: LegalPaper, offices: Iterable[LocalOffice]) -> list[LocalOffice]:
    """Return the local offices that a paper may go to, as the centre has filled them in."""
    return [one for one in offices if paper.office and one.kind == paper.office and one.name]


def describe_paper(
    paper: LegalPaper,
    offices: Iterable[LocalOffice],
    known: Known = NOTHING_KNOWN,
    filled: str = "",
) -> Mapping[str, Any]:
    """Gather all that the template prints; `filled` says where what is filled in comes from."""
    near = offices_of(paper, offices)
    rows = [claim.row for claim in list_claims(known, paper)]
    bases = dict.fromkeys((*paper.bases, *map(basis_of, rows)))
    return {
        "paper": compose(paper, known),
        "guide": {
            "purpose": paper.purpose,
            "warning": paper.warning,
            "signs": paper.signs,
            "copies": paper.copies,
            "hand_in": paper.hand_in,
            "offices": [[one.name, one.address, one.phone] for one in near],
            "filled": filled,
            "conditions": [f"{row.label}：{row.only_if}" for row in rows if row.only_if],
            "bases": [f"{basis.law}（{basis.certainty.label}）" for basis in bases],
        },
    }


def list_gaps(papers: Iterable[LegalPaper], known: Known) -> list[str]:
    """Quote what is filled into papers wherever a sign of it cannot be printed."""
    return find_gaps([compose(paper, known) for paper in papers])


def send_paper(
    paper: LegalPaper,
    office: Office,
    centre: Centre,
    known: Known = NOTHING_KNOWN,
    filled: str = "",
) -> Answer:
    """Send a paper as a file to keep."""
    described = describe_paper(paper, office.rules.local.offices, known, filled)
    return send_pdf("legal_paper", centre, described, f"{paper.code}.pdf")

"""Legal papers to take along: blank for everybody, filled in from a calculator or a case.

Nothing is stored and nothing is written: a filled paper is made from the address, or from the
case that this browser has open.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import Blueprint, abort, render_template, request

from portal.domain.calculators.questions import Figure
from portal.domain.legal_papers.composition import NOTHING_KNOWN, Known
from portal.domain.legal_papers.model import CLAIMED, LegalPaper
from portal.domain.legal_papers.table import LEGAL_PAPERS, papers_for_topic
from portal.domain.shared.errors import NotFound
from portal.operations.cases.status import CaseStatus
from portal.operations.legal_papers import know_own_case
from portal.operations.office import Office
from portal.public.cases.status import with_case
from portal.public.forms.browser_session import ticket_now
from portal.public.site.calculator_pages import answer_tool
from portal.public.site.calculators import TOOLS, Tool
from portal.public.site.offers import cards_of, tools_of
from portal.web.edge import Answer
from portal.web.guards import ANYBODY, TICKET, guarded
from portal.web.legal_papers import FROM_CASE, FROM_TOOL, list_gaps, offices_of, send_paper
from site_src.centre import Centre


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the list of papers, the blank ones, and those that are filled in."""
    routes = Blueprint("legal_papers", __name__)

    @routes.get("/papers/")
    @guarded(ANYBODY)
    def index() -> str:
        """List all papers, blank."""
        return _show_list(office, LEGAL_PAPERS.values())

    @routes.get("/papers/<code>.pdf")
    @guarded(ANYBODY)
    def paper(code: str) -> Answer:
        """Send a paper, blank, or with the figures of a calculator that stand in the address."""
        found = LEGAL_PAPERS.get(code) or abort(404)
        if "tool" not in request.args:
            return send_paper(found, office, centre)
        known = _know_figures(office, TOOLS.get(request.args["tool"]) or abort(404))
        return send_paper(found, office, centre, known, FROM_TOOL if known.answers else "")

    _add_own_papers(routes, office, centre)
    return routes


def _add_own_papers(routes: Blueprint, office: Office, centre: Centre) -> None:
    @routes.get("/status/legal-papers")
    @guarded(TICKET)
    @with_case(office)
    def own_papers(case: CaseStatus) -> Answer:
        """List the papers, those for the topic of the case first."""
        known = _know_case(office)
        papers = papers_for_topic(next(iter(known.about), ""))
        return _show_list(office, papers, status=case, gaps=list_gaps(papers, known))

    @routes.get("/status/legal-papers/<code>.pdf")
    @guarded(TICKET)
    @with_case(office)
    def own_paper(case: CaseStatus, code: str) -> Answer:
        """Send a paper with what its worker told when he asked for advice."""
        found = LEGAL_PAPERS.get(code) or abort(404)
        return send_paper(found, office, centre, _know_case(office), FROM_CASE)


def _show_list(office: Office, papers: Iterable[LegalPaper], **more: object) -> str:
    rows = [
        {
            "paper": paper,
            "card": cards_of(paper)[0],
            "tools": tools_of(paper),
            "offices": offices_of(paper, office.rules.local.offices),
        }
        for paper in papers
    ]
    return render_template("legal_papers.html", rows=rows, **more)


def _know_case(office: Office) -> Known:
    ticket = ticket_now(office.now())
    if ticket is None:
        raise NotFound("ticket")
    return know_own_case(office, ticket)


def _know_figures(office: Office, tool: Tool) -> Known:
    """Return what was typed into a calculator and what it came to; nothing if it was wrong."""
    form, result = answer_tool(office, tool, request.args)
    if result is None:
        return NOTHING_KNOWN
    answers = _as_answers(form.cleaned) | {CLAIMED: result.claim}
    return Known(answers, frozenset({tool.slug, tool.topic}))


def _as_answers(figures: Mapping[str, Figure]) -> dict[str, object]:
    return {
        name: figure.isoformat() if isinstance(figure, date) else figure
        for name, figure in figures.items()
    }

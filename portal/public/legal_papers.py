"""Legal papers to take along: blank for everybody, filled in from calculators or a case.

Nothing is stored and nothing is written: a filled paper is made from the sums in the address, or
from the case that this browser has open; what was told with a case stands in no address.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from portal.domain.calculators.claim_kinds import replace_claims
from portal.domain.calculators.claim_sheet import name_answers
from portal.domain.legal_papers.composition import Known, list_claims
from portal.domain.legal_papers.disputes import ARBITRATION
from portal.domain.legal_papers.model import LegalPaper
from portal.domain.legal_papers.table import LEGAL_PAPERS, papers_for_topic
from portal.domain.shared.errors import NotFound
from portal.operations.cases.status import CaseStatus
from portal.operations.legal_papers import know_own_case
from portal.operations.office import Office
from portal.public.cases.status import with_case
from portal.public.forms.browser_session import ticket_now
from portal.public.site.gathered_sums import read_for_paper, read_gathered
from portal.public.site.offers import cards_of, tools_of
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import ask
from portal.web.guards import ANYBODY, TICKET, guarded
from portal.web.legal_papers import (
    CLAIM_FORM,
    FROM_CASE,
    FROM_TOOL,
    list_gaps,
    offices_of,
    read_claim_form,
    send_paper,
)
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
        """Send a paper, blank, or with what calculators came to, as it stands in the address."""
        found = LEGAL_PAPERS.get(code) or abort(404)
        carried = read_for_paper(request.args, office.today())
        filled = FROM_TOOL if carried.pairs() else ""
        return send_paper(found, office, centre, carried.know(), filled)

    _add_own_papers(routes, office, centre)
    return routes


def _add_own_papers(routes: Blueprint, office: Office, centre: Centre) -> None:
    @routes.route("/status/legal-papers", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def own_papers(case: CaseStatus) -> Answer:
        """List the papers, those for the topic of the case first; send one with claims."""
        known = _know_case(office)
        form = ask(CLAIM_FORM, office.context(), _fill_in(known, office))

        def redisplay() -> str:
            papers = papers_for_topic(next(iter(known.about), ""))
            gaps = list_gaps(papers, known)
            return _show_list(office, papers, status=case, gaps=gaps, form=form)

        if request.method == "GET":
            return redisplay()
        if not form.validate_all():
            return redisplay(), 422

        def act() -> Answer:
            paper, asked = read_claim_form(form)
            return send_paper(paper, office, centre, replace(known, claims=asked), FROM_CASE)

        return attempt(form, act, redisplay)

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


def _fill_in(known: Known, office: Office) -> Mapping[str, object]:
    """Return what stands in the form before: sums told with the case, then those worked out."""
    told = list_claims(known, ARBITRATION)
    carried = read_gathered(request.args, office.today())
    sums = name_answers(replace_claims(told, carried.claims))
    chosen = {"paper": ARBITRATION.code} if carried.claims else {}
    return {**chosen, **{name: fen for name, fen in sums.items() if fen is not None}}

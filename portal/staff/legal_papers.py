"""Legal papers of a consultation, filled in for its worker, at the counter or by his lawyer."""

from flask import Blueprint, redirect, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.forms.fields import Choice
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.operations.legal_papers import know_case
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.edge import Answer
from portal.web.guards import guarded
from portal.web.legal_papers import FROM_CASE, send_paper
from site_src.centre import Centre

PAPER_REASONS = (
    Choice("for_worker", "交给本人签名、拿去用"),
    Choice("for_advice", "给本人讲解怎么写"),
)


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the route of the filled papers."""
    routes = Blueprint("legal_papers", __name__, url_prefix="/cases/<receipt>")

    @routes.post("/legal-paper.pdf")
    @guarded(Permission.REVEAL_IDENTITY)
    def legal_paper(receipt: str) -> Answer:
        """Send a paper in clear as a download, for a reason that is logged."""
        paper, reason = LEGAL_PAPERS.get(request.form.get("paper", "")), request.form.get("reason")
        if paper is None or reason not in {choice.code for choice in PAPER_REASONS}:
            return redirect(url_for("workbench.case", receipt=receipt), 303)
        known = know_case(office, actor(), receipt, str(reason))
        return send_paper(paper, office, centre, known, FROM_CASE)

    return routes

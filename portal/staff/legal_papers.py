"""Legal papers of a consultation, filled in for its worker, at the counter or by his lawyer."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, render_template, request

from portal.domain.accounts.permissions import Permission
from portal.domain.calculators.questions import ask_choice
from portal.domain.forms.fields import Choice
from portal.operations.legal_papers import know_case, require_papers
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import ask
from portal.web.guards import guarded
from portal.web.legal_papers import CLAIM_FORM, FROM_CASE, read_claim_form, send_paper
from site_src.centre import Centre

PAPER_REASONS = (
    Choice("for_worker", "交给本人签名、拿去用"),
    Choice("for_advice", "给本人讲解怎么写"),
)


_REASON: Final = ask_choice(
    "reason", "为什么要打印（会记下来）？", *((one.code, one.label) for one in PAPER_REASONS)
).field


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the route of the filled papers."""
    routes = Blueprint("legal_papers", __name__, url_prefix="/cases/<receipt>")

    @routes.route("/legal-papers", methods=["GET", "POST"])
    @guarded(Permission.REVEAL_IDENTITY, reshows=True)
    def legal_papers(receipt: str) -> Answer:
        """Send a paper in clear as a download, with claims, for a reason that is logged."""
        require_papers(office, actor(), receipt)
        form = ask((_REASON, *CLAIM_FORM), office.context())

        def redisplay() -> str:
            return render_template("legal_paper.html", form=form, receipt=receipt)

        if request.method == "GET":
            return redisplay()
        if not form.validate_all():
            return redisplay(), 422

        def act() -> Answer:
            paper, claims = read_claim_form(form)
            known = know_case(office, actor(), receipt, str(form.cleaned["reason"]))
            # Nothing worked out: what the worker told himself counts.
            known = replace(known, claims=claims or None)
            return send_paper(paper, office, centre, known, FROM_CASE)

        return attempt(form, act, redisplay, NOT_STORED_AT_WORK)

    return routes

"""Taking out the list of people of a case, as a table, for a reason that is logged."""

from flask import Blueprint, Response, g, redirect, request, url_for

from portal.domain.fields import Choice
from portal.domain.roles import Permission
from portal.domain.rosters import write_csv
from portal.operations import rosters
from portal.operations.office import Office
from portal.web.edge import Answer
from portal.web.guards import guarded

LIST_REASONS = (
    Choice("arbitration", "调解、仲裁要用"),
    Choice("contact", "联系本人"),
    Choice("other", "其他办案需要"),
)


def blueprint(office: Office) -> Blueprint:
    """The route of the list."""
    routes = Blueprint("rosters", __name__, url_prefix="/cases/<receipt>")

    @routes.post("/list.csv")
    @guarded(Permission.REVEAL_IDENTITY)
    def take_out(receipt: str) -> Answer:
        """The list in clear as a download."""
        reason = request.form.get("reason", "")
        if reason not in {choice.code for choice in LIST_REASONS}:
            return redirect(url_for("workbench.case", receipt=receipt), 303)
        actor = g.signed_in.actor
        page, people = rosters.take_out_list(office, actor, receipt, reason)
        response = Response(write_csv(page, people), content_type="text/csv; charset=utf-8")
        name = f"{receipt}-{page.path}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return routes

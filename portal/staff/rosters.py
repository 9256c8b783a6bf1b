"""Taking out the list of people of a case, as a table, for a reason that is logged."""

from flask import Blueprint, redirect, request, url_for

from portal.domain.fields import Choice
from portal.domain.roles import Permission
from portal.domain.rosters import write_csv
from portal.operations import rosters
from portal.operations.office import Office
from portal.staff.door import actor
from portal.web.edge import Answer
from portal.web.guards import guarded
from portal.web.typesetting import send_file

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
        page, people = rosters.take_out_list(office, actor(), receipt, reason)
        name = f"{receipt}-{page.path}.csv"
        return send_file(write_csv(page, people), "text/csv; charset=utf-8", name)

    return routes

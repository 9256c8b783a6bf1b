"""The form of a case with its answers filled in, printed for the paper file （一人一档）."""

from flask import Blueprint, redirect, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.forms.fields import Choice
from portal.operations.counter.filled_form import open_filled_form
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.edge import Answer
from portal.web.guards import guarded
from portal.web.paper_forms import send_filled_form
from site_src.centre import Centre

PRINT_REASONS = (
    Choice("signing", "给本人签字"),
    Choice("filing", "放进纸质档案"),
    Choice("other", "其他办案需要"),
)


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the route of the filled form."""
    routes = Blueprint("filled_form", __name__, url_prefix="/cases/<receipt>")

    @routes.post("/form.pdf")
    @guarded(Permission.REVEAL_IDENTITY)
    def filled_form(receipt: str) -> Answer:
        """Send the form in clear as a download, for a reason that is logged."""
        reason = request.form.get("reason", "")
        if reason not in {choice.code for choice in PRINT_REASONS}:
            return redirect(url_for("workbench.case", receipt=receipt), 303)
        filed = open_filled_form(office, actor(), receipt, reason)
        return send_filled_form(filed, centre, office.context())

    return routes

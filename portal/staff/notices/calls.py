"""The list of applicants to ring up: what could not be sent, or goes by phone at this centre."""

from flask import Blueprint, Flask, redirect, render_template, url_for

from portal.domain.accounts.permissions import Permission
from portal.operations.failures import STORE_FAILURES
from portal.operations.notices import notice_queue
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.edge import Answer
from portal.web.guards import guarded
from site_src.centre import Centre


def count_in_navigation(app: Flask, office: Office) -> None:
    """Let every page show how many calls wait."""

    @app.context_processor
    def waiting() -> dict[str, object]:
        return {"calls_waiting": lambda: _count(office)}


def _count(office: Office) -> int:
    # The navigation stands on the page that says the store has failed, too.
    try:
        return notice_queue.count_calls_for(office, actor())
    except STORE_FAILURES:
        return 0


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the routes of the list."""
    routes = Blueprint("notices", __name__)

    @routes.get("/notices")
    @guarded(Permission.TELL_APPLICANTS)
    def calls() -> Answer:
        """List whom to ring up, and what to say."""
        found = notice_queue.list_calls(office, actor(), centre.short_name, centre.hotline)
        return render_template("notices.html", calls=found, sends=office.sends_notices)

    @routes.post("/notices/<int:row>/told")
    @guarded(Permission.TELL_APPLICANTS)
    def told(row: int) -> Answer:
        """Close a notice: the applicant was told, by phone or in person."""
        notice_queue.mark_told(office, actor(), row)
        return redirect(url_for("notices.calls"), 303)

    return routes

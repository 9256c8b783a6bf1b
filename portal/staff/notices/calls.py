"""The list of applicants to ring up: what could not be sent, or goes by phone at this centre."""

from flask import Blueprint, Flask, abort, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.cases.call_outcomes import CallOutcome
from portal.domain.notices.calls import AGAIN_LABELS, OFTEN
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
        return _show(office, centre)

    @routes.post("/notices/<int:row>/number")
    @guarded(Permission.TELL_APPLICANTS)
    def number(row: int) -> Answer:
        """Show the same with one number in full; it is logged."""
        notice_queue.reveal_number(office, actor(), row)
        return _show(office, centre, row)

    @routes.post("/notices/<int:row>/told")
    @guarded(Permission.TELL_APPLICANTS)
    def told(row: int) -> Answer:
        """Note how a call ended: told, by phone or in person, or when to try again."""
        _note_call(office, row)
        return redirect(url_for("notices.calls"), 303)

    return routes


def _show(office: Office, centre: Centre, shown: int = 0) -> str:
    return render_template(
        "notices.html",
        calls=notice_queue.list_calls(office, actor(), centre.short_name, centre.hotline, shown),
        shown=shown,
        sends=office.sends_notices,
        again=AGAIN_LABELS,
        often=OFTEN,
    )


def _note_call(office: Office, row: int) -> None:
    outcome = request.form.get("outcome", CallOutcome.TOLD)
    again = request.form.get("again", "")
    if outcome not in set(CallOutcome) or again not in {"", *AGAIN_LABELS}:
        abort(400)
    notice_queue.note_call(office, actor(), row, CallOutcome(outcome), again)

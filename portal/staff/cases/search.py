"""The one box that finds a case, pairs that match; for the auditor who searched for whom."""

import re

from flask import Blueprint, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.operations.cases import likeness, search
from portal.operations.cases.search import CaseQuery
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.audit_labels import DETAIL_LABELS, FIND_REASONS
from portal.staff.cases.workbench import act_on_version
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import ask
from portal.web.guards import guarded

_PLACE = re.compile(r"[0-9]{1,15}")


def blueprint(office: Office) -> Blueprint:
    """Build the routes of finding."""
    routes = Blueprint("search", __name__)

    @routes.post("/find")
    @guarded(Permission.OPEN_CASES)
    def find() -> Answer:
        """Go to a case by its number, to the list of a town, or show who bears what was typed."""
        return _find(office)

    @routes.post("/cases/<receipt>/alike/<other>")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def judge(receipt: str, other: str) -> Answer:
        """Keep whether two cases are of the same person."""
        verdict, why = request.form.get("verdict", ""), request.form.get("why", "")

        def act(_: int) -> None:
            likeness.judge_pair(office, actor(), receipt, other, verdict, why)

        return act_on_version(office, receipt, act, why, f"alike {other}")

    @routes.post("/audit/searches")
    @guarded(Permission.READ_AUDIT)
    def past_searches() -> Answer:
        """Show who searched for what is typed; it is logged."""
        return _show_past(office)

    return routes


def _find(office: Office) -> Answer:
    wanted = request.form.get("wanted", "")
    form = ask((), office.context())

    def act() -> Answer:
        query = search.understand_query(office, wanted)
        if query.town:
            return redirect(url_for("work.show", view="open", town=query.town), 303)
        if query.receipt:
            if search.may_open_number(office, actor(), query.receipt):
                return redirect(url_for("workbench.case", receipt=query.receipt), 303)
            return _show(query=query)
        reason, words = _read_reason(), request.form.get("words", "")
        found = search.search_cases(office, actor(), query, reason, words, _read_place())
        return _show(query=query, found=found)

    return attempt(form, act, lambda: _show(problem="；".join(form.problems)), NOT_STORED_AT_WORK)


def _read_reason() -> str:
    reason = request.form.get("reason", "")
    return reason if reason in {choice.code for choice in FIND_REASONS} else ""


def _read_place() -> int | None:
    before = request.form.get("before", "")
    return int(before) if _PLACE.fullmatch(before) else None


def _show(
    query: CaseQuery | None = None, found: search.Found | None = None, problem: str = ""
) -> str:
    return render_template(
        "found.html",
        query=query,
        found=found,
        problem=problem,
        find_reasons=FIND_REASONS,
        wanted=request.form.get("wanted", ""),
        reason=_read_reason(),
        words=request.form.get("words", ""),
    )


def _show_past(office: Office) -> Answer:
    wanted = request.form.get("wanted", "")
    form = ask((), office.context())

    def act() -> Answer:
        query, past = search.list_searches(office, actor(), wanted)
        return render_template("searches.html", query=query, past=past, details=DETAIL_LABELS)

    def redisplay() -> str:
        return render_template("searches.html", problem="；".join(form.problems), wanted=wanted)

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)

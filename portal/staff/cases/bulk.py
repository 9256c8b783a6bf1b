"""One act on the ticked cases of a list, or on all that somebody has in hand."""

import re
from collections.abc import Callable

from flask import Blueprint, g, render_template, request

from portal.domain.accounts.permissions import LEADERS, Permission
from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts import staff_accounts
from portal.operations.cases import bulk_acts
from portal.operations.cases.bulk_acts import BulkOutcome
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import ask
from portal.web.guards import guarded

_ASSIGN = "to:"
"""What the choice begins with that puts the cases into hands."""
_CHOSEN = re.compile(r"([A-Z0-9-]{8,20}):([0-9]{1,9})")


def blueprint(office: Office) -> Blueprint:
    """Build the routes of acts on many cases."""
    routes = Blueprint("bulk", __name__)

    @routes.route("/together", methods=["GET", "POST"])
    @guarded(Permission.OPEN_CASES, reshows=True)
    def together() -> Answer:
        """Show the ticked cases; do one thing with all of them, and tell how each went."""
        if request.method == "POST":
            return _act_together(office)
        return _show_chosen(office, request.args.getlist("receipt"))

    @routes.route("/hand-over", methods=["GET", "POST"])
    @guarded(Permission.OPEN_CASES, reshows=True)
    def hand_over() -> Answer:
        """Ask whose cases go over to whom; put all of them into other hands."""
        return _hand_over(office) if request.method == "POST" else _show_loads(office)

    return routes


def _show_chosen(office: Office, receipts: list[str], problem: str = "") -> str:
    chosen = bulk_acts.read_chosen(office, actor(), receipts)
    return render_template(
        "together.html",
        chosen=chosen,
        left_out=len(set(receipts)) - len(chosen),
        steps=bulk_acts.list_steps_together(office, actor(), receipts),
        takers=bulk_acts.list_takers(office, actor(), receipts),
        assign=_ASSIGN,
        problem=problem,
        typed=request.form,
    )


def _act_together(office: Office) -> Answer:
    found = [_CHOSEN.fullmatch(one) for one in request.form.getlist("case")]
    chosen = [(one[1], int(one[2])) for one in found if one][: bulk_acts.MOST_AT_ONCE]
    act, why = request.form.get("act", ""), request.form.get("why", "")

    def do() -> BulkOutcome:
        if not chosen:
            raise NotAccepted("请先在清单里勾上要一起办的")
        if not act:
            raise NotAccepted("请选要办什么")
        if act.startswith(_ASSIGN):
            to = act.removeprefix(_ASSIGN)
            return bulk_acts.assign_together(office, actor(), chosen, to, why)
        return bulk_acts.take_together(office, actor(), chosen, act, why)

    receipts = [receipt for receipt, _ in chosen]
    return _tell_outcome(office, do, lambda problem: _show_chosen(office, receipts, problem))


def _show_loads(office: Office, problem: str = "") -> str:
    decides = bool(LEADERS & actor().roles)
    names = staff_accounts.name_staff(office)
    whose = names if decides else {actor().login: names[actor().login]}
    loads = {login: bulk_acts.count_held(office, actor(), login) for login in whose}
    return render_template(
        "hand_over.html",
        loads={login: count for login, count in loads.items() if count},
        names=names,
        problem=problem,
        typed=request.form,
    )


def _hand_over(office: Office) -> Answer:
    login, to = request.form.get("from", ""), request.form.get("to", "")
    why = request.form.get("why", "")

    def do() -> BulkOutcome:
        return bulk_acts.hand_over_all(office, actor(), login, to, why)

    return _tell_outcome(office, do, lambda problem: _show_loads(office, problem))


def _tell_outcome(
    office: Office, do: Callable[[], BulkOutcome], again: Callable[[str], str]
) -> Answer:
    form = ask((), office.context())

    def act() -> Answer:
        if not g.token_fits:
            raise NotAccepted("这一页放得太久了，请再点一次按钮。您填的还在")
        return render_template("outcome.html", outcome=do())

    return attempt(form, act, lambda: again("；".join(form.problems)), NOT_STORED_AT_WORK)

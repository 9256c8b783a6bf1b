"""What colleagues settle among themselves about a case: who has it, who keeps out, what waits."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from flask import Blueprint, redirect, request, url_for

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission
from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts import access
from portal.operations.cases import assignment, exclusion, holds
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.workbench import act_on_version
from portal.web.edge import Answer
from portal.web.guards import guarded

SettleColleague = Callable[[Office, Actor, str, int, str, str], None]
"""Settles something about a case, as it was seen, and a colleague, by login and with a reason."""


def blueprint(office: Office) -> Blueprint:
    """Build the routes of what is settled among colleagues."""
    routes = Blueprint("desk", __name__, url_prefix="/cases/<receipt>")

    @routes.post("/assign")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def assign(receipt: str) -> Answer:
        """Put a case into somebody's hands, or into nobody's."""
        return _settle(office, receipt, assignment.assign_case, "assign")

    @routes.post("/exclude")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def exclude(receipt: str) -> Answer:
        """Keep somebody out of a case, oneself or another."""
        return _exclude(office, receipt)

    @routes.post("/readmit")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def readmit(receipt: str) -> Answer:
        """Let somebody see a case again."""
        return _settle(office, receipt, exclusion.readmit_colleague, "readmit")

    _add_waiting(routes, office)
    return routes


def _add_waiting(routes: Blueprint, office: Office) -> None:
    @routes.post("/hold")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def hold(receipt: str) -> Answer:
        """Put a case off until a day."""
        why = request.form.get("why", "")

        def act(version: int) -> None:
            holds.hold_case(office, actor(), receipt, version, _read_day(), why)

        return act_on_version(office, receipt, act, why, "hold")

    @routes.post("/end-hold")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def end_hold(receipt: str) -> Answer:
        """Take a case up again before its day."""

        def act(version: int) -> None:
            holds.end_hold(office, actor(), receipt, version)

        return act_on_version(office, receipt, act)

    @routes.post("/remark")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def remark(receipt: str) -> Answer:
        """Write something to colleagues."""
        words = request.form.get("why", "")

        def act(version: int) -> None:
            holds.write_remark(office, actor(), receipt, version, words)

        return act_on_version(office, receipt, act, words, "remark")


def _settle(office: Office, receipt: str, settle: SettleColleague, wanted: str) -> Answer:
    """Settle about the colleague that the form names, for the reason that it gives."""
    login, why = request.form.get("to", ""), request.form.get("why", "")

    def act(version: int) -> None:
        settle(office, actor(), receipt, version, login, why)

    return act_on_version(office, receipt, act, why, wanted)


def _exclude(office: Office, receipt: str) -> Answer:
    answer = _settle(office, receipt, exclusion.exclude_colleague, "exclude")
    if receipt in access.list_hidden(office, actor()):
        return redirect(url_for("work.show", out_of=receipt), 303)
    return answer


def _read_day() -> date:
    with suppress(ValueError):
        return date.fromisoformat(request.form.get("until", ""))
    raise NotAccepted("请选放到哪一天")

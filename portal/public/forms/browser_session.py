"""What a visitor's browser keeps: the tokens of his drafts, his ticket, 长者模式."""

from datetime import datetime, timedelta

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases.status import Ticket
from portal.operations.office import Office
from portal.web.addresses import came_from
from portal.web.guards import ANYBODY, guarded
from portal.web.theme import ELDER

TICKET_IDLE = timedelta(minutes=15)
TICKET_LIFE = timedelta(minutes=60)
_MINUTE = 60
_YEAR = 365 * 24 * 3600


def token_of(kind: CaseKind) -> str | None:
    """Return the token of the draft of this kind that this browser began, or None."""
    token = session.get(f"draft {kind}")
    return token if isinstance(token, str) else None


def remember_token(kind: CaseKind, token: str) -> None:
    """Keep the token of a new draft."""
    session.permanent = True
    session[f"draft {kind}"] = token


def forget_token(kind: CaseKind) -> None:
    """Forget the token of this kind."""
    session.pop(f"draft {kind}", None)


def other_token_of(kind: CaseKind) -> str | None:
    """Return the token of the form of this kind that waits until the one held here is settled."""
    token = session.get(f"other {kind}")
    return token if isinstance(token, str) else None


def remember_other(kind: CaseKind, token: str) -> None:
    """Keep the token of the form that is wanted next."""
    session[f"other {kind}"] = token


def forget_other(kind: CaseKind) -> None:
    """Forget the form of this kind that waits."""
    session.pop(f"other {kind}", None)


def keep_token_longer() -> None:
    """Let the browser keep its tokens for as long again as a draft is kept from now."""
    session.modified = True


def remember_ticket(ticket: Ticket, now: datetime) -> None:
    """Keep that this browser has opened a case."""
    session.permanent = True
    moment = now.timestamp()
    session["ticket"] = [ticket.receipt, ticket.fingerprint, moment, moment]


def ticket_now(now: datetime) -> Ticket | None:
    """Return the case that this browser has open; None after 15 idle minutes, or after an hour."""
    stored = session.get("ticket")
    if not (isinstance(stored, list) and len(stored) == 4):
        return None
    receipt, code_hmac, opened, seen = stored
    moment = now.timestamp()
    if not 0 <= moment - seen <= TICKET_IDLE.total_seconds():
        return None
    if not 0 <= moment - opened <= TICKET_LIFE.total_seconds():
        return None
    if moment - seen > _MINUTE:  # rarely, or a slow answer could undo what a later one kept
        session["ticket"] = [receipt, code_hmac, opened, moment]
    return Ticket(receipt, code_hmac)


def forget_ticket() -> None:
    """Close the case in this browser."""
    session.pop("ticket", None)


def remember_sent(step: str) -> None:
    """Keep, for the next page, which step was just taken."""
    session["sent"] = step


def take_sent() -> str:
    """Return which step was just taken, once; empty if none was."""
    return str(session.pop("sent", ""))


def blueprint(office: Office) -> Blueprint:
    """Build the routes that only touch what the browser keeps."""
    routes = Blueprint("visit", __name__)

    @routes.get("/elder")
    @guarded(ANYBODY)
    def switch_type_size() -> Response:
        """Turn 长者模式 on or off and go back to where the visitor was."""
        response = redirect(came_from() or "/")
        if request.args.get("on") == "1":
            response.set_cookie(ELDER, "1", max_age=_YEAR, samesite="Lax", httponly=True)
        else:
            response.delete_cookie(ELDER)
        return response

    @routes.post("/leave")
    @guarded(ANYBODY, reshows=True)
    def leave() -> Response:
        """Forget everything that this browser keeps, for shared phones and counters.

        马上离开 sends `away` and no form token: it must work from a page whose token has died, and
        the rules about origins keep other sites out. A form may not be redirected to another
        host, so that a page of ours, which says nothing of us, leads there.
        """
        away = "away" in request.form
        if not away and not g.token_fits:
            abort(400)
        session.clear()
        left = render_template("left.html", address=office.leave_to) if away else redirect("/")
        response = make_response(left)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return routes

"""What a visitor's browser keeps: the tokens of his drafts, his ticket, 长者模式.

A phone is often not his own. What lies on it is shown only while he fills it in, see
`portal.domain.forms.draft_lock`, and a receipt only when it is new.
"""

from datetime import UTC, datetime, timedelta

from flask import (
    Blueprint,
    Flask,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.wrappers import Response

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases.status import Ticket
from portal.operations.office import Office
from portal.web.addresses import came_from
from portal.web.guards import ANYBODY, guarded
from portal.web.theme import keep_type_size

TICKET_IDLE = timedelta(minutes=15)
TICKET_LIFE = timedelta(minutes=60)
FORM_IDLE = timedelta(minutes=30)
"""After so long without a page of it a form is locked, if it holds a number that opens it."""
RECEIPT_SHOWN = timedelta(minutes=10)
"""For so long after it first came a receipt can be loaded again."""
_MOST_LOCKED = 3
_MINUTE = 60


class VisitSessions(SecureCookieSessionInterface):
    """Lets the cookie live as long as what it holds: drafts, a ticket, else until it is closed."""

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:
        """Return the moment at which the browser forgets the cookie; None: with its window."""
        held = _what_is_held(session)
        if held - {"ticket"}:
            return datetime.now(UTC) + app.permanent_session_lifetime
        return datetime.now(UTC) + TICKET_LIFE if held else None


def _what_is_held(kept: SessionMixin) -> set[str]:
    """Return what of a person's the cookie leads to: drafts of any kind, a case."""
    named = {name.partition(" ")[0] for name, value in kept.items() if value}
    return named & {"draft", "locked", "other", "ticket"}


def token_of(kind: CaseKind) -> str | None:
    """Return the token of the draft of this kind that this browser began, or None."""
    token = session.get(f"draft {kind}")
    return token if isinstance(token, str) else None


def remember_token(kind: CaseKind, token: str) -> None:
    """Keep the token of a draft as that of the form which is being filled in."""
    session[f"draft {kind}"] = token
    session[f"locked {kind}"] = [one for one in locked_tokens_of(kind) if one != token]


def forget_token(kind: CaseKind) -> None:
    """Forget the token of this kind, and whether its receipt was shown."""
    session.pop(f"draft {kind}", None)
    session.pop(f"receipt {kind}", None)


def locked_tokens_of(kind: CaseKind) -> list[str]:
    """Return the tokens of other forms of this kind that lie on this phone, locked."""
    tokens = session.get(f"locked {kind}")
    return [str(one) for one in tokens] if isinstance(tokens, list) else []


def lock_away(kind: CaseKind, opening: str) -> None:
    """Keep the form that is held here beside the one that opens; of many the oldest is let go."""
    if token := token_of(kind):
        others = [one for one in locked_tokens_of(kind) if one != opening]
        session[f"locked {kind}"] = [token, *others][:_MOST_LOCKED]
        forget_token(kind)


def keep_open(kind: CaseKind, now: datetime) -> None:
    """Keep that whoever holds this phone is the one who fills in the form."""
    seen, moment = session.get(f"open {kind}"), now.timestamp()
    if not isinstance(seen, float) or abs(moment - seen) > _MINUTE:  # rarely, see `ticket_now`
        session[f"open {kind}"] = moment


def is_open(kind: CaseKind, now: datetime) -> bool:
    """Tell whether a page of the form was opened a while ago, by whoever fills it in."""
    seen = session.get(f"open {kind}")
    return isinstance(seen, float) and 0 <= now.timestamp() - seen <= FORM_IDLE.total_seconds()


def close_form(kind: CaseKind) -> None:
    """Let the form ask who opens it next."""
    session.pop(f"open {kind}", None)


def note_receipt_shown(kind: CaseKind, now: datetime) -> None:
    """Keep, in the answer itself, when the receipt came first: one that is lost keeps nothing."""
    session.setdefault(f"receipt {kind}", now.timestamp())


def was_receipt_shown(kind: CaseKind) -> bool:
    """Tell whether the receipt of the form held here has come to this browser."""
    return f"receipt {kind}" in session


def may_show_receipt(kind: CaseKind, now: datetime) -> bool:
    """Tell whether the receipt has not come to this browser yet, or has only just."""
    shown = session.get(f"receipt {kind}", now.timestamp())
    return bool(0 <= now.timestamp() - shown <= RECEIPT_SHOWN.total_seconds())


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
        keep_type_size(response, large=request.args.get("on") == "1")
        return response

    _add_leaving(routes, office)
    return routes


def _add_leaving(routes: Blueprint, office: Office) -> None:
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
        left = render_template("left.html", address=office.leave_to) if away else None
        response = make_response(left or redirect("/cleared", 303))
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    @routes.get("/cleared")
    @guarded(ANYBODY)
    def cleared() -> str:
        """Say whether anything lies on this phone."""
        return render_template("cleared.html", held=bool(_what_is_held(session)))

"""The sign-in of the workbench: who is admitted, signing in and out, one-time links."""

from datetime import UTC, datetime

from flask import Blueprint, Flask, abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from portal.domain.accounts.account_requests import ACCOUNT_ACTS
from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import LEADERS, ROLE_LABELS, Permission, Role, is_granted
from portal.domain.forms.fields import FIELDS, Field, Kind, Sensitivity
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.accounts import sessions
from portal.operations.accounts.sessions import INVITATION, SignedIn
from portal.operations.office import Office
from portal.staff.accounts.resume_after_sign_in import carry_form, read_carried
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import CARRIED, TYPED, ask
from portal.web.guards import SIGNED_OUT, guard_of, guarded

_LOGIN = Field("login", "用户名", Kind.LINE, Sensitivity.INTERNAL, "登录", frozenset(),
               autocomplete="username", missing="请填用户名")  # fmt: skip
_PASSWORD = Field("password", "密码", Kind.SECRET, Sensitivity.SENSITIVE, "登录", frozenset(),
                  autocomplete="current-password", max_length=128,
                  missing="请填密码")  # fmt: skip
NEW_PASSWORD = Field(
    "new_password", "新密码", Kind.SECRET, Sensitivity.SENSITIVE, "登录", frozenset(),
    hint="至少 12 个字符。可以用几个不相干的词连起来，自己好记，别人猜不到。",
    autocomplete="new-password", max_length=128, missing="请填新密码",
)  # fmt: skip
_LINK_CODE = Field(
    "link_code", "核对码", Kind.LINE, Sensitivity.SENSITIVE, "确认是本人", frozenset(),
    hint="六位数字，向同意的那一位要。他会当面或打电话告诉您。", autocomplete="one-time-code",
    max_length=20, missing="请填核对码",
)  # fmt: skip

_LONG = {"words", "body"} | {one.name for one in FIELDS.values() if one.kind is Kind.PARAGRAPH}


def require_sign_in(app: Flask, office: Office) -> None:
    """Admit nobody who does not hold what the route declares."""

    @app.before_request
    def admit() -> Answer | None:
        g.signed_in = _find_signed_in(office)
        guard = guard_of(app, request.endpoint)
        if request.endpoint is None or guard == SIGNED_OUT:
            return None
        if g.signed_in is None and request.method == "POST":
            form, carried = ask((_LOGIN, _PASSWORD), office.context()), carry_form()
            kept = "" if carried else _typed_words()
            return render_template("sign_in.html", form=form, kept=kept, carried=carried), 401
        if g.signed_in is None:
            return redirect(url_for("door.sign_in"), 303)
        if not isinstance(guard, Permission):
            abort(403)
        if not is_granted(g.signed_in.account.roles, guard):
            abort(403)
        session["seen"] = office.now().timestamp()
        return None

    @app.context_processor
    def who_works() -> dict[str, object]:
        signed_in: SignedIn | None = g.get("signed_in")
        roles: frozenset[Role] = signed_in.account.roles if signed_in else frozenset()
        return {
            "me": signed_in.account if signed_in else None,
            "may": {name.name for name in Permission if is_granted(roles, name)},
            "role_labels": ROLE_LABELS,
            "towns_by_code": {one.code: one.label for one in office.choices["town"]},
            "leads": bool(signed_in and LEADERS & signed_in.account.roles),
            "account_acts": ACCOUNT_ACTS,
            "home": url_for("door.sign_in"),
        }


def actor() -> Actor:
    """Return who is at work: behind the sign-in there is always somebody."""
    return g.signed_in.actor  # type: ignore[no-any-return]


def _typed_words() -> str:
    """Gather what somebody wrote whose session has run out: reasons, answers, manuscripts."""
    return clean_text(
        "\n\n".join(
            text
            for name, text in request.form.items(multi=True)
            if text and (name in _LONG or name.startswith(TYPED))
        ),
        multi_line=True,
    )


def _find_signed_in(office: Office) -> SignedIn | None:
    sid, seen = session.get("sid"), session.get("seen")
    if not isinstance(sid, str) or not isinstance(seen, int | float):
        return None
    return sessions.who_is(office, sid, datetime.fromtimestamp(seen, UTC))


def start_session(office: Office, sid: str) -> Response:
    """Start a new session cookie and go to the queue."""
    session.clear()
    session["sid"] = sid
    session["seen"] = office.now().timestamp()
    return redirect(url_for("work.show"), 303)


def blueprint(office: Office) -> Blueprint:
    """Build the routes for signing in and out."""
    routes = Blueprint("door", __name__)

    @routes.route("/sign-in", methods=["GET", "POST"])
    @guarded(SIGNED_OUT, reshows=True)
    def sign_in() -> Answer:
        """Ask for login and password; a second factor will follow here."""
        if g.signed_in and request.method == "GET":
            return redirect(url_for("work.show"), 303)
        return _sign_in(office)

    @routes.post("/sign-out")
    @guarded(Permission.SIGNED_IN)
    def sign_out() -> Answer:
        """End this session, in the store too."""
        sessions.end_session(office, g.signed_in, g.signed_in.session.sid_index)
        session.clear()
        response = redirect(url_for("door.sign_in"), 303)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    @routes.route("/link/<token>", methods=["GET", "POST"])
    @guarded(SIGNED_OUT, reshows=True)
    def link(token: str) -> Answer:
        """Open a one-time link: opening it uses nothing up, the button does."""
        return _use_link(office, token)

    return routes


def _browser() -> str:
    return request.user_agent.string


def _sign_in(office: Office) -> Answer:
    form = ask((_LOGIN, _PASSWORD), office.context())
    carried = request.form.get(CARRIED, "")

    def redisplay() -> str:
        return render_template("sign_in.html", form=form, carried=carried)

    if request.method == "GET":
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    answers = form.answers()
    login, password = str(answers["login"]), str(answers["password"])

    def act() -> Answer:
        sid = sessions.sign_in(office, login, password, caller_network(), _browser())
        return _resume(office, sid)

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


def _resume(office: Office, sid: str) -> Answer:
    """Lead to the queue, or back to the form that was being keyed in when the session ran out."""
    to_queue = start_session(office, sid)
    g.signed_in = _find_signed_in(office)
    form = read_carried(g.signed_in.actor) if g.signed_in else None
    return render_template("carried.html", carried=form) if form else to_queue


def _use_link(office: Office, token: str) -> Answer:
    try:
        link, account = sessions.read_link(office, token)
    except NotAccepted as problem:
        return render_template("dead_link.html", words=str(problem)), 410
    asked = (NEW_PASSWORD,) if link.purpose == INVITATION else ()
    asked = (_LINK_CODE, *asked) if link.code_hmac else asked
    form = ask(asked, office.context())

    def redisplay() -> str:
        return render_template("link.html", form=form, name=account.name)

    if request.method == "GET":
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    password, code = form.answers().get("new_password"), form.answers().get("link_code")

    def act() -> Answer:
        chosen = str(password) if password else None
        sid = sessions.sign_in_by_link(office, token, chosen, _browser(), str(code or ""))
        return start_session(office, sid)

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)

"""One's own account, and the accounts of all staff for the administrator."""

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import ROLE_LABELS, Duties, Permission, Role
from portal.domain.forms.answers import Context
from portal.domain.forms.fields import Choice, Field, Kind, Sensitivity
from portal.operations.accounts import account_requests, sessions, staff_accounts
from portal.operations.cases import assignment
from portal.operations.office import Office
from portal.staff.accounts.sign_in import NEW_PASSWORD, actor, start_session
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import guarded

_OLD_PASSWORD = Field(
    "old_password", "原来的密码", Kind.SECRET, Sensitivity.SENSITIVE, "确认是本人", frozenset(),
    autocomplete="current-password", max_length=128, optional=True,
)  # fmt: skip
_LOGIN = Field(
    "login", "用户名", Kind.LINE, Sensitivity.INTERNAL, "登录", frozenset(),
    hint="小写字母、数字，比如 wangfang。", max_length=30, missing="请填用户名",
)  # fmt: skip
_NAME = Field(
    "staff_name", "姓名", Kind.LINE, Sensitivity.PERSONAL, "写在操作记录里", frozenset(),
    max_length=30, missing="请填姓名",
)  # fmt: skip
_ROLES = Field(
    "roles", "岗位", Kind.SOME_OF, Sensitivity.INTERNAL, "决定能办什么", frozenset(),
    choices=tuple(Choice(role.value, label) for role, label in ROLE_LABELS.items()),
    missing="请至少选一个岗位",
)  # fmt: skip
_TOWNS = Field(
    "staff_towns", "哪些镇（街道）", Kind.SOME_OF, Sensitivity.INTERNAL, "决定能看哪里的办件",
    frozenset(), hint="只有镇街经办要选：他只看得到这些镇（街道）的办件。", optional=True,
)  # fmt: skip


def blueprint(office: Office) -> Blueprint:
    """Build the routes of accounts."""
    routes = Blueprint("accounts", __name__)

    @routes.route("/account", methods=["GET", "POST"])
    @guarded(Permission.SIGNED_IN, reshows=True)
    def account() -> Answer:
        """Change one's password; see and end one's sessions."""
        return _change_password(office)

    @routes.post("/account/sessions/<index>/end")
    @guarded(Permission.SIGNED_IN)
    def end_session(index: str) -> Answer:
        """End one of one's own sessions."""
        sessions.end_session(office, g.signed_in, index)
        return redirect(url_for("accounts.account"), 303)

    _add_people_routes(routes, office)
    _add_request_routes(routes, office)
    return routes


def _add_people_routes(routes: Blueprint, office: Office) -> None:
    @routes.route("/people", methods=["GET", "POST"])
    @guarded(Permission.MANAGE_STAFF, reshows=True)
    def people() -> Answer:
        """List all accounts; invite somebody."""
        return _invite(office)

    @routes.post("/people/<login>/link")
    @guarded(Permission.MANAGE_STAFF)
    def new_link(login: str) -> Answer:
        """Make a new one-time link for somebody who lost his password."""
        return _make_link(office, login)

    @routes.route("/people/<login>/roles", methods=["GET", "POST"])
    @guarded(Permission.MANAGE_STAFF, reshows=True)
    def roles(login: str) -> Answer:
        """Give somebody other roles."""
        return _change_roles(office, login)

    @routes.route("/people/<login>/<any(disable, enable):act>", methods=["GET", "POST"])
    @guarded(Permission.MANAGE_STAFF)
    def shut_out(login: str, act: str) -> Answer:
        """Disable an account or let it in again, after a page that asks."""
        if request.method == "GET":
            account = staff_accounts.find_staff(office, login)
            return render_template("shut_out.html", account=account, act=act)
        return _shut_out(office, login, act)


def _add_request_routes(routes: Blueprint, office: Office) -> None:
    @routes.post("/people/requests/<int:row>/agree")
    @guarded(Permission.CONFIRM_ACCOUNTS)
    def agree(row: int) -> Answer:
        """Agree to a change of an account as the second person; show the code once."""
        return _agree(office, row)

    @routes.post("/people/requests/<int:row>/refuse")
    @guarded(Permission.SIGNED_IN)
    def refuse(row: int) -> Answer:
        """Say no to it: as the second person, as the owner, or as who asked."""
        return _refuse(office, row)

    @routes.post("/people/requests/<int:row>/link")
    @guarded(Permission.MANAGE_STAFF)
    def agreed_link(row: int) -> Answer:
        """Make the link that was agreed to, and show it once."""
        form = _invitation(office)

        def act() -> Answer:
            token = account_requests.make_agreed_link(office, actor(), row)
            return _show_people(office, form, token, "他本人")

        return attempt(form, act, lambda: _show_people(office, form), NOT_STORED_AT_WORK)


def _show_requests(office: Office, form: QuestionForm, code: str = "") -> str:
    requests = account_requests.list_account_requests(office, actor())
    return render_template("account_requests.html", form=form, requests=requests, code=code)


def _agree(office: Office, row: int) -> Answer:
    form = ask((), office.context())

    def act() -> Answer:
        code = assignment.agree_and_release(office, actor(), row)
        return _show_requests(office, form, code)

    return attempt(form, act, lambda: _show_requests(office, form), NOT_STORED_AT_WORK)


def _refuse(office: Office, row: int) -> Answer:
    form = ask((), office.context())

    def act() -> Answer:
        account_requests.refuse(office, actor(), row)
        return redirect(url_for("work.show"), 303)

    return attempt(form, act, lambda: _show_requests(office, form), NOT_STORED_AT_WORK)


def _make_link(office: Office, login: str) -> Answer:
    form = _invitation(office)

    def act() -> Answer:
        token = account_requests.ask_to_reset(office, login, g.signed_in.account.login)
        return _show_people(office, form, token, login)

    return attempt(form, act, lambda: _show_people(office, form), NOT_STORED_AT_WORK)


def _shut_out(office: Office, login: str, act: str) -> Answer:
    form = _invitation(office)

    def settle() -> Answer:
        by = g.signed_in.account.login
        if act == "disable":
            assignment.disable_and_release(office, login, by)
        else:
            staff_accounts.set_disabled(office, login, False, by)
        return redirect(url_for("accounts.people"), 303)

    return attempt(form, settle, lambda: _show_people(office, form), NOT_STORED_AT_WORK)


def _change_roles(office: Office, login: str) -> Answer:
    account = staff_accounts.find_staff(office, login)
    known = {_ROLES.name: sorted(account.roles), _TOWNS.name: sorted(account.towns)}
    form = ask((_ROLES, _TOWNS), _duty_context(office), known)

    def redisplay() -> str:
        return render_template("roles.html", form=form, account=account)

    if request.method == "GET":
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422

    def act() -> Answer:
        by, picked = g.signed_in.account.login, _picked_duties(form)
        if not account_requests.must_ask_for_duties(office, login, picked, by):
            assignment.change_duties_and_release(office, login, picked, by)
        return redirect(url_for("accounts.people"), 303)

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


def _duty_context(office: Office) -> Context:
    return Context(office.today(), {_TOWNS.name: office.choices["town"]})


def _picked_duties(form: QuestionForm) -> Duties:
    answers = form.answers()
    roles, towns = answers[_ROLES.name], answers[_TOWNS.name]
    return Duties(
        frozenset(Role(code) for code in roles) if isinstance(roles, list) else frozenset(),
        frozenset(map(str, towns)) if isinstance(towns, list) else frozenset(),
    )


def _change_password(office: Office) -> Answer:
    form = ask((_OLD_PASSWORD, NEW_PASSWORD), office.context())

    def redisplay() -> str:
        open_sessions = sessions.list_sessions(office, g.signed_in.account.login)
        here = g.signed_in.session.sid_index
        return render_template("account.html", form=form, sessions=open_sessions, here=here)

    if request.method == "GET":
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    answers = form.answers()
    old, new = str(answers["old_password"] or ""), str(answers["new_password"])

    def act() -> Answer:
        browser = request.user_agent.string
        sid = sessions.change_password(office, g.signed_in, old, new, browser)
        return start_session(office, sid)

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


def _invitation(office: Office) -> QuestionForm:
    return ask((_LOGIN, _NAME, _ROLES, _TOWNS), _duty_context(office))


def _show_people(office: Office, form: QuestionForm, token: str = "", login: str = "") -> str:
    link = url_for("door.link", token=token, _external=True) if token else ""
    return render_template(
        "people.html",
        accounts=staff_accounts.list_accounts(office),
        form=form,
        link=link,
        invited=login,
        requests=account_requests.list_account_requests(office, actor()),
    )


def _invite(office: Office) -> Answer:
    form = _invitation(office)
    if request.method == "GET":
        return _show_people(office, form)
    if not form.validate_all():
        return _show_people(office, form), 422
    answers, by = form.answers(), g.signed_in.account.login
    login, name = str(answers["login"]), str(answers["staff_name"])

    def act() -> Answer:
        token = account_requests.ask_to_invite(office, login, name, _picked_duties(form), by)
        return _show_people(office, form, token, login)

    return attempt(form, act, lambda: _show_people(office, form), NOT_STORED_AT_WORK)

"""Who may use which route: every route stands in this table, so that a new one must be added."""

import pytest
from flask import Blueprint, Flask

from portal.domain.accounts.permissions import GRANTS, Permission
from portal.domain.shared.case_kinds import CaseKind
from portal.public.app import create_public_app
from portal.server.serve import open_newsroom
from portal.settings.config import Config, read_centre
from portal.staff.app import create_staff_app
from portal.web.guards import ANYBODY, SIGNED_OUT, TICKET, guard_of, require_guards
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.samples import STAFF

RELIEF = ("apply", "schooling-aid", "medical-aid", "urgent-aid")
FORM = {"": "GET POST", "/<path>": "GET POST", "/check": "GET POST", "/receipt": "GET",
        "/paper.pdf": "GET",
        "/receipt.pdf": "GET", "/kept": "GET", "/so-far": "GET POST",
        "/another": "GET POST", "/unlock": "GET POST"}  # fmt: skip
HOUSEHOLD = {
    "/<int:number>": "GET POST",
    "/<int:number>/more": "GET POST",
    "/<int:number>/remove": "POST",
}
PAPERS = {"/<code>": "GET POST", "/<code>/absent": "GET POST",
          "/<code>/<file_id>/remove": "POST"}  # fmt: skip
PUBLIC = {
    "/": ("GET", ANYBODY),
    "/<path:path>": ("GET", ANYBODY),
    "/search": ("GET", ANYBODY),
    "/tools/": ("GET", ANYBODY),
    "/tools/<slug>": ("GET", ANYBODY),
    "/papers/": ("GET", ANYBODY),
    "/papers/<code>.pdf": ("GET", ANYBODY),
    "/elder": ("GET", ANYBODY),
    "/cleared": ("GET", ANYBODY),
    "/leave": ("POST", ANYBODY),
    **{
        f"/{address}{rest}": (methods, ANYBODY)
        for address in (*RELIEF, "consult", "find-work", "my-data", "objection", "complain")
        for rest, methods in FORM.items()
    },
    **{
        f"/{address}/household{rest}": (methods, ANYBODY)
        for address in RELIEF
        for rest, methods in HOUSEHOLD.items()
    },
    **{
        f"/consult/representatives{rest}": (methods, ANYBODY) for rest, methods in HOUSEHOLD.items()
    },
    "/consult/coworkers/<any(empty, filled):which>.<any(csv, xlsx):ending>": ("GET", ANYBODY),
    "/consult/coworkers/<any(file, more, columns, discard, lines, mended, once, out, clear):act>": (
        "POST",
        ANYBODY,
    ),
    **{
        f"/{address}/papers{rest}": (methods, ANYBODY)
        for address in (*RELIEF, "consult", "objection")
        for rest, methods in PAPERS.items()
    },
    **{
        f"/{address}/receipt/photos": ("POST", ANYBODY)
        for address in (*RELIEF, "consult", "objection")
    },
    **{f"/{address}/papers-needed": ("GET", ANYBODY) for address in (*RELIEF, "consult")},
    "/status/papers": ("GET", TICKET),
    **{f"/status/papers{rest}": (methods, TICKET) for rest, methods in PAPERS.items()},
    "/status/people/<path>": ("GET POST", TICKET),
    "/status/people/<path>/new": ("GET POST", TICKET),
    "/status/people/<path>/<any(file, more, columns, discard, lines, mended, once, out, clear, "
    "back, undo):act>": ("POST", TICKET),
    "/status": ("GET POST", ANYBODY),
    "/status/close": ("POST", ANYBODY),
    "/verify/check": ("GET POST", ANYBODY),
    "/status/case": ("GET", TICKET),
    "/status/my-data": ("GET POST", TICKET),
    "/status/legal-papers": ("GET POST", TICKET),
    "/status/legal-papers/<code>.pdf": ("GET", TICKET),
    "/status/case/<code>": ("GET POST", TICKET),
}
STAFF_ROUTES = {
    "/sign-in": ("GET POST", SIGNED_OUT),
    "/link/<token>": ("GET POST", SIGNED_OUT),
    "/sign-out": ("POST", Permission.SIGNED_IN),
    "/": ("GET", Permission.SIGNED_IN),
    "/account": ("GET POST", Permission.SIGNED_IN),
    "/account/sessions/<index>/end": ("POST", Permission.SIGNED_IN),
    "/find": ("POST", Permission.OPEN_CASES),
    "/audit/searches": ("POST", Permission.READ_AUDIT),
    "/stages": ("GET", Permission.OPEN_CASES),
    "/contacts": ("GET POST", Permission.RECORD_CONTACTS),
    "/contacts/<number>": ("GET POST", Permission.RECORD_CONTACTS),
    "/contacts/counts": ("GET", Permission.COUNT_CONTACTS),
    "/new": ("GET", Permission.KEY_IN_CASES),
    "/new/<kind>": ("GET POST", Permission.KEY_IN_CASES),
    "/new/<kind>/receipt.pdf": ("POST", Permission.KEY_IN_CASES),
    "/cases/<receipt>": ("GET", Permission.OPEN_CASES),
    "/people/requests/<int:row>/agree": ("POST", Permission.CONFIRM_ACCOUNTS),
    "/people/requests/<int:row>/refuse": ("POST", Permission.SIGNED_IN),
    "/people/requests/<int:row>/link": ("POST", Permission.MANAGE_STAFF),
    "/together": ("GET POST", Permission.OPEN_CASES),
    "/hand-over": ("GET POST", Permission.OPEN_CASES),
    "/cases/<receipt>/alike/<other>": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/assign": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/end-hold": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/exclude": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/hold": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/readmit": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/remark": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/<code>": ("GET POST", Permission.OPEN_CASES),
    "/cases/<receipt>/answers/<path>": ("GET POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/correction/confirm": ("POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/correction/refuse": ("POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/reveal": ("POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/list.csv": ("POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/people/<path>": ("GET POST", Permission.OPEN_CASES),
    "/cases/<receipt>/form.pdf": ("POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/legal-papers": ("GET POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/papers/<file_id>": ("GET", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/papers/<file_id>/original": ("POST", Permission.REVEAL_IDENTITY),
    "/cases/<receipt>/papers/add/<code>": ("GET POST", Permission.OPEN_CASES),
    "/cases/<receipt>/papers/add/<code>/absent": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/papers/add/<code>/<file_id>/remove": ("POST", Permission.OPEN_CASES),
    "/cases/<receipt>/new-code": ("POST", Permission.REISSUE_CODE),
    "/cases/<receipt>/new-code/confirm": ("POST", Permission.REISSUE_CODE),
    "/cases/<receipt>/new-code/refuse": ("POST", Permission.REISSUE_CODE),
    "/cases/<receipt>/new-code/take": ("POST", Permission.REISSUE_CODE),
    "/cases/<receipt>/new-code/receipt.pdf": ("POST", Permission.REISSUE_CODE),
    "/content": ("GET", Permission.OPEN_CONTENT),
    "/content/new/<collection>": ("GET POST", Permission.WRITE_CONTENT),
    "/content/<collection>/<slug>": ("GET POST", Permission.OPEN_CONTENT),
    "/content/<collection>/<slug>/history": ("GET", Permission.OPEN_CONTENT),
    "/content/<collection>/<slug>/<code>": ("POST", Permission.OPEN_CONTENT),
    "/facts": ("GET", Permission.CONFIRM_FACTS),
    "/facts/<collection>/<slug>": ("GET POST", Permission.CONFIRM_FACTS),
    "/calendar": ("GET POST", Permission.ENTER_CALENDAR),
    "/calendar/<int:year>/confirm": ("POST", Permission.CONFIRM_FACTS),
    "/calendar/<int:year>/withdraw": ("POST", Permission.ENTER_CALENDAR),
    "/notices": ("GET", Permission.TELL_APPLICANTS),
    "/notices/<int:row>/number": ("POST", Permission.TELL_APPLICANTS),
    "/notices/<int:row>/told": ("POST", Permission.TELL_APPLICANTS),
    "/audit": ("GET", Permission.READ_AUDIT),
    "/figures/": ("GET", Permission.READ_FIGURES),
    "/figures/<code>": ("GET", Permission.READ_FIGURES),
    "/figures/download": ("POST", Permission.READ_FIGURES),
    "/people": ("GET POST", Permission.MANAGE_STAFF),
    "/people/<login>/link": ("POST", Permission.MANAGE_STAFF),
    "/people/<login>/roles": ("GET POST", Permission.MANAGE_STAFF),
    "/people/<login>/<any(disable, enable):act>": ("GET POST", Permission.MANAGE_STAFF),
}
GUARDED = [
    (method, rule, guard)
    for rule, (methods, guard) in STAFF_ROUTES.items() if isinstance(guard, Permission)
    for method in methods.split()
]  # fmt: skip
each_guarded = pytest.mark.parametrize(
    ("method", "rule", "guard"), GUARDED, ids=[f"{method} {rule}" for method, rule, _ in GUARDED]
)


@pytest.fixture
def apps(centre: Centre) -> tuple[Flask, Flask]:
    """The public app and the staff app."""
    office, facts = centre.office, read_centre(centre.root / "content")
    hosts, site = frozenset({"localhost"}), centre.root / "build" / "site"
    room = open_newsroom(office, centre.root, Config())
    return (
        create_public_app(office, facts, site, hosts, b"k" * 32),
        create_staff_app(room, facts, hosts, b"s" * 32),
    )


def test_every_route_stands_in_the_table_with_its_guard(apps: tuple[Flask, Flask]) -> None:
    for app, table in zip(apps, (PUBLIC, STAFF_ROUTES), strict=True):
        found = {
            rule.rule: (
                " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
                guard_of(app, rule.endpoint),
            )
            for rule in app.url_map.iter_rules()
        }
        assert found == table


def test_no_route_of_the_public_app_asks_for_a_duty_of_staff(apps: tuple[Flask, Flask]) -> None:
    public, _ = apps
    for rule in public.url_map.iter_rules():
        assert guard_of(public, rule.endpoint) in {ANYBODY, TICKET}


def test_an_app_with_an_undeclared_route_does_not_start() -> None:
    app = Flask("portal.undeclared", static_folder=None)
    routes = Blueprint("forgotten", __name__)
    routes.get("/open")(lambda: "everything")
    app.register_blueprint(routes)
    with pytest.raises(RuntimeError, match="/open declares no guard"):
        require_guards(app)


def address_of(rule: str, receipt: str) -> str:
    """The rule with something real in each of its places."""
    real = {"<receipt>": receipt, "<other>": receipt, "<code>": "accept", "<kind>": "hardship",
            "<login>": "editor", "<index>": "x",
            "<any(disable, enable):act>": "disable", "<collection>": "guides",
            "<slug>": "legal-aid", "<int:row>": "1", "<int:year>": "2027", "<file_id>": "0" * 32,
            "<path>": "coworkers",
            "<number>": "JD26-7K3M-9QF2"}  # fmt: skip
    for place, value in real.items():
        rule = rule.replace(place, value)
    assert "<" not in rule
    return f"/staff{rule}"


@each_guarded
def test_who_is_not_signed_in_is_sent_to_sign_in(
    centre: Centre, method: str, rule: str, guard: Permission
) -> None:
    receipt = centre.case(CaseKind.HARDSHIP).number
    before = centre.contents()
    browser = centre.browser()
    browser.get("/staff/sign-in")
    address = address_of(rule, receipt)
    if method == "GET":
        assert browser.get(address).headers["Location"] == "/staff/sign-in"
    else:
        shown = browser.post(address, {"words": "长长的答复。"})
        assert shown.status_code == 401
        assert 'action="/staff/sign-in"' in shown.text
        assert "长长的答复。" in shown.text  # a session that ran out takes no words along
    assert centre.contents() == before


@pytest.mark.parametrize("login", STAFF)
def test_who_lacks_the_duty_is_refused(centre: Centre, login: str) -> None:
    receipt = centre.case(CaseKind.HARDSHIP).number
    browser = centre.staff(login)
    browser.get("/staff/account")
    before = centre.contents()
    for method, rule, guard in GUARDED:
        if GRANTS[guard] & STAFF[login]:
            continue
        address = address_of(rule, receipt)
        response = browser.get(address) if method == "GET" else browser.post(address)
        assert response.status_code == 403, rule
        assert centre.contents() == before, rule


@pytest.mark.parametrize(
    ("kind", "login"),
    [(CaseKind.HARDSHIP, "lawyer"), (CaseKind.CONSULTATION, "intake"),
     (CaseKind.CONSULTATION, "approver")],
)  # fmt: skip
def test_a_case_of_another_kind_stays_closed(centre: Centre, kind: CaseKind, login: str) -> None:
    receipt = centre.case(kind, people=6).number  # of a collective dispute the approver hears
    browser = centre.staff(login)
    browser.get("/staff/account")
    before = centre.contents()
    case = f"/staff/cases/{receipt}"
    assert browser.get(case).status_code == 403
    assert browser.post(f"{case}/reveal", {"reason": "identity"}).status_code == 403
    assert browser.post(f"{case}/reveal", {"reason": ""}).status_code == 403
    taken = browser.post(f"{case}/answer", {"version": "0", "words": "好"})
    assert taken.status_code == 403
    assert browser.get(f"/staff/?queue={kind}.submitted").status_code == 200
    assert receipt not in browser.get(f"/staff/?queue={kind}.submitted").text
    assert centre.contents() == before


def test_cookies_of_one_app_are_worth_nothing_in_the_other(centre: Centre) -> None:
    browser = centre.staff("intake")
    cookie = browser.client.get_cookie("__Host-staff")
    assert cookie
    assert cookie.secure
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    forger, _ = centre.draft(CaseKind.CONSULTATION)
    visit = forger.client.get_cookie("__Host-visit")
    assert visit
    forger.client.set_cookie("__Host-staff", visit.value, secure=True)
    assert forger.get("/staff/").status_code == 303


def test_without_a_ticket_the_status_page_asks_for_number_and_code(centre: Centre) -> None:
    browser = centre.browser()
    for address in ("/status/case", "/status/case/withdraw"):
        assert browser.get(address).headers["Location"] == "/status"
    browser.get("/status")
    shown = browser.post("/status/case/withdraw", {"words": "不办了。"})
    assert shown.status_code == 401
    assert 'action="/status"' in shown.text
    assert "不办了。" in words_of(shown)

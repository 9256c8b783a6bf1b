"""Whatever goes wrong, wherever: a page like all others, and a way on that loses nothing."""

from collections.abc import Iterator
from functools import partial, wraps
from typing import Any, NoReturn

import pytest
from flask import Flask, abort
from werkzeug.test import TestResponse

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.rate_limits import NoRoom, TooMany
from portal.store.errors import Damaged, StoreBusy, StoreDown, StoreFull
from portal.web.guards import SIGNED_OUT
from tests.support.browser import ORIGIN, Browser, typed_in, words_of
from tests.support.centre import Centre
from tests.support.hostile_files import MEGABYTE
from tests.support.photographs import photo, send

STATUSES = (400, 403, 404, 405, 408, 411, 413, 415, 429, 431, 500, 501, 503)
FAILURES: dict[Exception, int] = {
    NotFound("x"): 404, NotAllowed("这一步现在不能办"): 403, TooMany("请过一会儿再试。"): 429,
    NoRoom("收不下了。"): 503, StoreFull("x"): 503, StoreBusy("x"): 503, StoreDown("x"): 503,
    Damaged("x"): 503, OSError(28, "x"): 503, OSError(5, "x"): 500, ValueError("x"): 500,
}  # fmt: skip
LAYOUT = ("<header", 'href="tel:0000-12351"', '<main id="main"', "<h1>", ">回首页</a>")


def both_apps(centre: Centre) -> Iterator[tuple[Flask, Browser, str]]:
    """The app of visitors and that of staff, each with a browser in it, and where it begins."""
    served: Any = centre.app
    yield served.app, centre.browser(), ""
    yield served.mounts["/staff"], centre.staff("admin"), "/staff"


def one_of_each_blueprint(app: Flask) -> dict[str, str]:
    """An address of every blueprint that opens, with the name of its view."""
    build = app.url_map.bind("localhost").build
    found: dict[str, tuple[str, str]] = {}
    for rule in app.url_map.iter_rules():
        named = dict.fromkeys(rule.arguments - set(rule.defaults or {}), "1")
        if "GET" in (rule.methods or set()) and "<any(" not in rule.rule:
            blueprint = rule.endpoint.rpartition(".")[0]
            found.setdefault(blueprint, (rule.endpoint, build(rule.endpoint, named)))
    return dict(found.values())


def fail_with(
    monkeypatch: pytest.MonkeyPatch, app: Flask, endpoint: str, problem: int | Exception
) -> None:
    """Let a view do nothing but fail, whoever opens it."""
    view = app.view_functions[endpoint]

    @wraps(view)
    def failing(**_: object) -> NoReturn:
        if isinstance(problem, Exception):
            raise problem
        abort(problem)

    vars(failing)["guard"] = SIGNED_OUT
    monkeypatch.setitem(app.view_functions, endpoint, failing)


@pytest.mark.parametrize("problem", [*STATUSES, *FAILURES], ids=repr)
def test_every_problem_of_every_blueprint_is_a_page_in_the_layout(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, problem: int | Exception
) -> None:
    for app, browser, start in both_apps(centre):
        for endpoint, path in one_of_each_blueprint(app).items():
            fail_with(monkeypatch, app, endpoint, problem)
            shown = browser.get(start + path)  # judges headers and HTML
            expected = FAILURES[problem] if isinstance(problem, Exception) else problem
            assert shown.status_code == expected, endpoint
            assert shown.mimetype == "text/html", endpoint
            for part in LAYOUT:
                assert part in shown.text, endpoint


def came_back(shown: TestResponse) -> str:
    """Where the page leads back to."""
    text = shown.text
    end = text.index('">返回刚才那一页' if "返回刚才那一页" in text else '">回到办这件事的页面')
    return text[text.rindex('href="', 0, end) + 6 : end]


@pytest.mark.parametrize(
    ("method", "path", "referrer", "back"),
    [
        ("POST", "/apply/papers/identity", f"{ORIGIN}/apply/papers/identity?pdf=1",
         "/apply/papers/identity?pdf=1"),
        ("POST", "/apply/papers/identity", "", "/apply/papers/identity"),
        ("POST", "/apply/papers/identity", "https://elsewhere.example/x", "/apply/papers/identity"),
        ("POST", "/apply/papers/identity/x/remove", "", "/apply/papers/identity"),
        ("POST", "/apply/papers/identity/x/remove", f"{ORIGIN}/leave", "/apply/papers/identity"),
        ("GET", "/status/close", "", "/status"),
        ("GET", "/status/close", f"{ORIGIN}/status/case", "/status/case"),
        ("GET", "/apply/no/such", f"{ORIGIN}/guides/work-injury/", "/guides/work-injury/"),
    ],
)  # fmt: skip
def test_a_problem_leads_back_to_where_the_visitor_was(
    centre: Centre, method: str, path: str, referrer: str, back: str
) -> None:
    browser = centre.browser()
    headers = {"Referer": referrer, "Content-Type": "text/plain"}
    body = bytes(33 * MEGABYTE) if method == "POST" else None
    shown = browser.ask(method, path, data=body, headers=headers)
    assert shown.status_code in {404, 405, 413}
    assert came_back(shown) == back


@pytest.mark.parametrize("path", ["/leave", "/no-such-page", "/staff/no-such-page"])
def test_without_a_page_to_go_back_to_the_way_leads_home(centre: Centre, path: str) -> None:
    shown = centre.browser().get(path)
    assert shown.status_code in {303, 404, 405}
    assert "返回刚才那一页" not in shown.text
    assert "回到办这件事的页面" not in shown.text


@pytest.mark.parametrize("problem", [429, 500, 503])
def test_what_was_typed_can_be_sent_again_as_it_was(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, problem: int
) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION, {})
    served: Any = centre.app
    browser.get("/consult/account")
    typed = {"account": "老板说“没钱”，\n拖了三个月 <b>", "button": "later"}
    with monkeypatch.context() as broken:
        fail_with(broken, served.app, "filling.consult.page", problem)
        shown = browser.post("/consult/account", typed)
    assert shown.status_code == problem
    assert "您刚才填的都还在" in words_of(shown)
    assert 'action="/consult/account"' in shown.text
    again = {name: typed_in(shown, name)[0] for name in typed}
    assert again == typed
    assert browser.post("/consult/account", again).status_code == 303


def test_no_password_no_photo_and_nothing_of_a_stranger_is_written_into_a_page(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors, staff = (app for app, _, _ in both_apps(centre))
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    at_work = centre.browser()
    at_work.get("/staff/sign-in")
    for app, endpoint in (
        (visitors, "filling.apply.page"), (visitors, "filling.apply.papers.paper"),
        (staff, "door.sign_in"),
    ):  # fmt: skip
        fail_with(monkeypatch, app, endpoint, 500)
    for shown in (
        at_work.post("/staff/sign-in", {"login": "admin", "password": "secret-words"}),
        send(browser, "/apply/papers/identity", photo()),
        browser.post_as_is("/apply/work", {"csrf_token": "dead", "employer": "secret-words"}),
    ):
        assert shown.status_code == 500
        assert "secret-words" not in shown.text
        assert "您刚才填的都还在" not in shown.text


def test_a_page_that_could_not_be_shown_can_be_asked_for_again(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: Any = centre.app
    ask = partial(centre.browser().get, "/search?q=%E6%AC%A0%E8%96%AA%00&kind=")
    fail_with(monkeypatch, served.app, "search.search", 503)
    assert 'href="/search?q=%E6%AC%A0%E8%96%AA%00&amp;kind="' in ask().text

"""The edge of both apps: hosts, sizes, other sites, form tokens, headers, errors."""

from io import BytesIO

import pytest

from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.case_kinds import CaseKind
from tests.support.browser import ORIGIN, require_sound, typed_in, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.samples import ANSWERS, HARDSHIP, LAST_TICKS
from tests.support.walking import typed_for, typed_for_member

TIRED = "这一页放得太久了"
BOTH_APPS = ("/status", "/staff/sign-in")
each_app = pytest.mark.parametrize("address", BOTH_APPS)


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda journey: journey.address)
def test_a_form_without_its_token_comes_back_filled_in_and_nothing_is_stored(
    centre: Centre, journey: Journey
) -> None:
    answers = ANSWERS[journey.kind]
    browser, _ = centre.draft(journey.kind)
    before = centre.contents()
    for page in journey.open_pages(answers):
        typed = typed_for(page, answers)
        address = f"/{journey.address}/{page.path}"
        for token in ({}, {"csrf_token": "dead"}):
            shown = browser.post_as_is(address, {**typed, **token})
            assert shown.status_code == 422
            assert TIRED in words_of(shown)
            for name, value in typed.items():
                assert typed_in(shown, name) == ([value] if isinstance(value, str) else value)
    assert centre.contents() == before


def test_every_other_form_also_asks_for_a_token(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    follower = centre.follower(centre.case(CaseKind.HARDSHIP))
    staff = centre.staff("admin")
    before = centre.contents()
    member = typed_for_member(HARDSHIP["members"][0])  # type: ignore[index]
    for one, address, typed in (
        (browser, "/apply/household/1", member),
        (browser, "/apply/household/1/remove", {"count": "1"}),
        (browser, "/apply/papers/identity", {}),
        (browser, "/apply/papers/identity/x/remove", {}),
        (follower, "/status/papers/identity", {}),
        (follower, "/status/papers/identity/x/remove", {}),
        (browser, "/apply/check", LAST_TICKS),
        (browser, "/status", {"receipt": "x", "code": "1"}),
        (follower, "/status/case/withdraw", {"words": "不办了"}),
        (staff, "/staff/account", {"new_password": "three quiet unrelated lanterns"}),
        (staff, "/staff/people", {"login": "new", "staff_name": "示范", "roles": "editor"}),
        (staff, "/staff/sign-in", {"login": "admin", "password": "x"}),
    ):
        shown = one.post_as_is(address, typed)
        assert shown.status_code == 422, address
        assert TIRED in words_of(shown)
    for one, address in (
        (browser, "/apply"), (browser, "/leave"), (browser, "/status/close"),
        (staff, "/staff/sign-out"), (staff, "/staff/people/editor/link"),
        (staff, "/staff/people/editor/disable"), (staff, "/staff/account/sessions/x/end"),
    ):  # fmt: skip
        shown = one.post_as_is(address, {})
        assert shown.status_code == 400, address
        assert "这一页可能放得太久了" in words_of(shown)
    assert centre.contents() == before


def test_a_token_of_another_browser_is_worth_nothing(centre: Centre) -> None:
    stranger, browser = centre.browser(), centre.browser()
    stranger.get("/status")
    browser.get("/status")
    browser.token = stranger.token
    assert browser.post("/status", {"receipt": "x", "code": "1"}).status_code == 422


@each_app
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Origin": "http://localhost"},
     {"Origin": "https://localhost:444"}, {"Origin": "http://["},
     {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}],
    ids=str,
)  # fmt: skip
def test_what_another_site_sends_is_refused(
    centre: Centre, address: str, headers: dict[str, str]
) -> None:
    browser = centre.browser()
    browser.get(address)
    assert browser.post(address, {}, **headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": ORIGIN}, {}],
    ids=str,
)
def test_what_comes_from_our_own_pages_is_taken(centre: Centre, headers: dict[str, str]) -> None:
    browser = centre.browser()
    browser.get("/consult")
    assert browser.post("/consult", {}, **headers).status_code == 303


def test_a_link_on_another_site_may_lead_here(centre: Centre) -> None:
    browser = centre.browser()
    assert browser.get("/consult", **{"Sec-Fetch-Site": "cross-site"}).status_code == 200


@each_app
@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "[", "[::1",
                                  "localhost:abc", "a b", "@localhost"])  # fmt: skip
def test_an_unknown_host_is_refused(centre: Centre, address: str, host: str) -> None:
    assert centre.browser().get(address, Host=host).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "localhost:8000"])
def test_our_own_names_are_answered(centre: Centre, host: str) -> None:
    assert centre.browser().get("/status", Host=host).status_code == 200


@each_app
def test_a_body_that_is_too_large_is_refused(centre: Centre, address: str) -> None:
    browser = centre.browser()
    browser.get(address)
    assert browser.post(address, {"receipt": "x" * (256 * 1024)}).status_code == 413
    parts = {f"part{number}": "x" for number in range(300)}
    assert browser.post(address, parts).status_code in {413, 422}


@each_app
def test_a_body_without_a_length_is_refused(centre: Centre, address: str) -> None:
    browser = centre.browser()
    response = browser.client.open(
        address, method="POST", base_url=ORIGIN, input_stream=BytesIO(b"receipt=x"),
        headers={"Transfer-Encoding": "chunked"},
    )  # fmt: skip
    require_sound(response)
    assert response.status_code == 411


@each_app
def test_a_body_that_is_no_form_is_answered_not_crashed_on(centre: Centre, address: str) -> None:
    browser = centre.browser()
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x",
                 "text/plain", "nonsense"):  # fmt: skip
        response = browser.ask("POST", address, data=b'\xff{"a":', content_type=kind)
        assert response.status_code in {400, 422}, kind


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("/status/case", {"GET", "HEAD", "OPTIONS"}), ("/leave", {"POST", "OPTIONS"})],
)
def test_the_wrong_method_is_answered_with_the_right_ones(
    centre: Centre, address: str, allowed: set[str]
) -> None:
    browser = centre.browser()
    response = browser.ask("DELETE", address)
    assert response.status_code in {405, 411}
    response = (
        browser.get("/leave") if address == "/leave" else browser.ask("PUT", address, data={})
    )
    if response.status_code == 405:
        assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "address",
    ["/no-such-page", "/apply/%00", "/consult/topic/x", "/status/case/%F0%28", "/../etc/passwd",
     "/csp.json", "/search?q=%00%ED%A0%80", "/staff/no-such-page", "/staff/link/%00",
     "/staff/cases/%00", "/elder?on=1"],
)  # fmt: skip
def test_a_strange_address_gets_a_proper_page(centre: Centre, address: str) -> None:
    for browser in (centre.browser(), centre.staff("intake")):
        response = browser.get(address)
        assert response.status_code < 500
        if response.status_code == 404:
            assert "没有找到这一页" in words_of(response)


@each_database
def test_strange_places_in_the_queue_are_not_an_error(centre: Centre) -> None:
    browser = centre.staff("intake")
    for question in ("after=%00.1", "after=x.99999999999999999", "after=2026-01-01.x", "after=",
                     "queue=no.such", "queue=%00", "after=9999.999999999999999"):  # fmt: skip
        assert browser.get(f"/staff/?{question}").status_code == 200, question
    auditor = centre.staff("auditor")
    for question in ("before=%00", "before=0", "before=99999999999", "before=" + "9" * 40):
        assert auditor.get(f"/staff/audit?{question}").status_code == 200, question
    for login in ("%00", "nobody"):
        admin = centre.staff("admin")
        admin.get("/staff/people")
        for act in ("link", "disable", "enable"):
            assert admin.post(f"/staff/people/{login}/{act}").status_code == 404
        assert admin.post("/staff/people/editor/promote").status_code == 404
        assert admin.post(f"/staff/account/sessions/{login}/end").status_code == 404


@pytest.mark.parametrize(
    ("referrer", "back"),
    [("https://localhost/apply/who", "/apply/who"), ("https://elsewhere.example/x", "/"),
     ("http://[", "/"), ("https://localhost//elsewhere.example", "/"), ("", "/")],
)  # fmt: skip
def test_large_type_leads_back_to_where_the_visitor_was(
    centre: Centre, referrer: str, back: str
) -> None:
    browser = centre.browser()
    response = browser.get("/elder?on=1", Referer=referrer)
    assert response.headers["Location"] == back
    assert 'class="elder"' in browser.get("/status").text
    assert 'class="elder"' in browser.get("/").text
    browser.get("/elder?on=0")
    assert 'class="elder"' not in browser.get("/status").text


def test_pages_with_a_persons_data_are_not_kept_by_browsers(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    for address in ("/apply/identity", "/apply/check", "/status", "/staff/sign-in"):
        assert browser.get(address).headers["Cache-Control"] == "no-store"


def test_over_plain_http_no_promise_of_https_is_made(centre: Centre) -> None:
    response = centre.browser().client.get("/status", base_url="http://localhost")
    assert "Strict-Transport-Security" not in response.headers

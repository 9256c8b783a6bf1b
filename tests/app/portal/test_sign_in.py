"""Signing in and out, sessions and their ends, one-time links."""

import pytest

from portal.demo.cases import demonstration_login, make_demonstration_link
from portal.domain.accounts.permissions import Role
from portal.operations.accounts import sessions, staff_accounts
from portal.operations.accounts.sessions import DEMONSTRATION, INVITATION
from portal.store import accounts
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.samples import PASSWORD
from tests.support.walking import went_on

NEW_PASSWORD = "three patient yellow kettles"
WRONG = "用户名或密码不对"


def sign_in(centre: Centre, login: str = "intake", password: str = PASSWORD) -> Browser:
    """A browser that has typed login and password."""
    browser = centre.browser()
    browser.get("/staff/sign-in")
    browser.post("/staff/sign-in", {"login": login, "password": password})
    return browser


def is_in(browser: Browser) -> bool:
    """Whether the workbench lets this browser in."""
    return browser.get("/staff/").status_code == 200


def test_the_right_password_opens_the_workbench(centre: Centre) -> None:
    browser = sign_in(centre)
    assert is_in(browser)
    assert "示范intake" in words_of(browser.get("/staff/"))
    assert went_on(browser.get("/staff/sign-in")) == "/staff/"


def test_wrong_login_wrong_password_and_disabled_account_get_the_same_answer(
    centre: Centre,
) -> None:
    staff_accounts.set_disabled(centre.office, "editor", True, "admin")
    shown = []
    for login, password in (("nobody", PASSWORD), ("intake", "wrong"), ("editor", PASSWORD)):
        browser = centre.browser()
        browser.get("/staff/sign-in")
        page = browser.post("/staff/sign-in", {"login": login, "password": password})
        assert page.status_code == 422
        assert PASSWORD not in page.text
        shown.append(words_of(page))
        assert not is_in(browser)
    assert WRONG in shown[0]
    assert len(set(shown)) == 1


@each_database
def test_the_sixth_wrong_password_has_to_wait_but_not_elsewhere(centre: Centre) -> None:
    browser = centre.browser()
    browser.get("/staff/sign-in")
    wrong = {"login": "intake", "password": "wrong"}
    answers = [browser.post("/staff/sign-in", wrong).status_code for _ in range(5)]
    assert answers == [422] * 5
    for password in ("wrong", PASSWORD):
        refused = browser.post("/staff/sign-in", {"login": "intake", "password": password})
        assert refused.status_code == 429
        assert "15 分钟以后" in words_of(refused)
    assert is_in(sign_in(centre))
    centre.clock.advance(minutes=15, seconds=1)
    assert went_on(browser.post("/staff/sign-in", {"login": "intake", "password": PASSWORD}))


@pytest.mark.parametrize("login", ["", "no\u202ebody", "长" * 61, "x" * 300])
def test_a_strange_login_is_no_error(centre: Centre, login: str) -> None:
    browser = centre.browser()
    browser.get("/staff/sign-in")
    shown = browser.post("/staff/sign-in", {"login": login, "password": "x" * 129})
    assert shown.status_code == 422


@each_database
def test_a_session_ends_after_20_idle_minutes(centre: Centre) -> None:
    browser = centre.staff("intake")
    for _ in range(3):
        centre.clock.advance(minutes=20)
        assert is_in(browser)
    centre.clock.advance(minutes=20, seconds=1)
    assert went_on(browser.get("/staff/")) == "/staff/sign-in"
    assert browser.get("/staff/sign-in").status_code == 200


def test_a_session_ends_after_ten_hours_however_busy(centre: Centre) -> None:
    browser = centre.staff("intake")
    for _ in range(40):
        centre.clock.advance(minutes=15)
        assert is_in(browser)
    centre.clock.advance(seconds=1)
    assert not is_in(browser)


def test_a_clock_that_is_set_back_ends_the_session(centre: Centre) -> None:
    browser = centre.staff("intake")
    centre.clock.advance(minutes=-1)
    assert not is_in(browser)


def test_signing_out_ends_the_session_in_the_store_too(centre: Centre) -> None:
    browser = centre.staff("intake")
    browser.get("/staff/")
    stolen = browser.twin()
    left = browser.post("/staff/sign-out")
    assert went_on(left) == "/staff/sign-in"
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(browser)
    assert not is_in(stolen)


@each_database
def test_a_session_can_be_ended_from_another(centre: Centre) -> None:
    here, there = centre.staff("intake"), centre.staff("intake")
    shown = here.get("/staff/account")
    (address,) = {part.partition('"')[0] for part in shown.text.split('action="')[1:]
                  if "/sessions/" in part.partition('"')[0]}  # fmt: skip
    assert "就是这里" in words_of(shown)
    assert went_on(here.post(address)) == "/staff/account"
    assert not is_in(there)
    assert is_in(here)
    other = centre.staff("reviewer")
    other.get("/staff/account")
    mine = accounts.sessions_of(centre.office.store, "intake")[0].sid_index
    assert other.post(f"/staff/account/sessions/{mine}/end").status_code == 404
    assert is_in(here)


def test_disabling_an_account_ends_its_sessions_at_once(centre: Centre) -> None:
    browser, admin = centre.staff("intake"), centre.staff("admin")
    admin.get("/staff/people")
    assert went_on(admin.post("/staff/people/intake/disable")) == "/staff/people"
    assert not is_in(browser)
    assert went_on(admin.post("/staff/people/intake/enable")) == "/staff/people"
    assert not is_in(browser)
    assert is_in(centre.staff("intake"))


@each_database
def test_changing_the_password_ends_all_other_sessions(centre: Centre) -> None:
    here, there = centre.staff("intake"), centre.staff("intake")
    here.get("/staff/account")
    typed = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert went_on(here.post("/staff/account", typed)) == "/staff/"
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(sign_in(centre))
    assert is_in(sign_in(centre, password=NEW_PASSWORD))


def test_the_old_password_is_asked_for_and_its_guesses_are_counted(centre: Centre) -> None:
    browser = centre.staff("intake")
    browser.get("/staff/account")
    typed = {"old_password": "wrong", "new_password": NEW_PASSWORD}
    answers = [browser.post("/staff/account", typed).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert is_in(sign_in(centre))


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "至少要 12 个字符"), ("x" * 129, "最多"), ("aaaaaaaaaaaaaa", "太容易猜到"),
     ("bangfuzhongxin", "太容易猜到"), ("intakeintake", "太容易猜到"), ("", "请填新密码"),
     ("            ", "请填新密码")],
)  # fmt: skip
def test_a_weak_password_is_refused_with_what_to_do(
    centre: Centre, password: str, words: str
) -> None:
    token = sessions.make_link(centre.office, "intake", INVITATION, "admin")
    browser = centre.browser()
    browser.get(f"/staff/link/{token}")
    shown = browser.post(f"/staff/link/{token}", {"new_password": password})
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert not password.strip() or f'value="{password}"' not in shown.text
    assert browser.get(f"/staff/link/{token}").status_code == 200  # not used up


@each_database
def test_an_invitation_sets_the_password_once(centre: Centre) -> None:
    token = staff_accounts.invite(
        centre.office, "wang", "王示范", frozenset({Role.LAWYER}), "admin"
    )
    assert not is_in(sign_in(centre, "wang", ""))
    browser = centre.browser()
    for _ in range(2):  # opening it uses nothing up
        assert "王示范，您好" in words_of(browser.get(f"/staff/link/{token}"))
    sent = browser.post(f"/staff/link/{token}", {"new_password": NEW_PASSWORD})
    assert went_on(sent) == "/staff/"
    assert is_in(browser)
    assert is_in(sign_in(centre, "wang", NEW_PASSWORD))
    again = centre.browser()
    assert again.get(f"/staff/link/{token}").status_code == 410
    late = browser.post(f"/staff/link/{token}", {"new_password": "another long quiet one"})
    assert late.status_code == 410
    assert "已经用过或者过期了" in words_of(late)


def test_a_new_link_for_a_lost_password_ends_the_old_sessions(centre: Centre) -> None:
    browser, admin = centre.staff("editor"), centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people/editor/link")
    link = words_of(shown).partition("https://localhost")[2].partition(" ")[0]
    assert link.startswith("/staff/link/")
    fresh = centre.browser()
    fresh.get(link)
    assert went_on(fresh.post(link, {"new_password": NEW_PASSWORD})) == "/staff/"
    assert not is_in(browser)


@pytest.mark.parametrize("purpose", [INVITATION, DEMONSTRATION])
def test_a_link_dies_after_half_an_hour(centre: Centre, purpose: str) -> None:
    token = sessions.make_link(centre.office, "intake", purpose, "admin")
    browser = centre.browser()
    centre.clock.advance(minutes=30)
    assert browser.get(f"/staff/link/{token}").status_code == 200
    centre.clock.advance(seconds=1)
    assert browser.get(f"/staff/link/{token}").status_code == 410
    sent = browser.post(f"/staff/link/{token}", {"new_password": NEW_PASSWORD})
    assert sent.status_code == 410
    assert centre.browser().get("/staff/link/no-such-token").status_code == 410


def test_a_link_of_a_disabled_account_is_dead(centre: Centre) -> None:
    token = sessions.make_link(centre.office, "intake", DEMONSTRATION, "admin")
    staff_accounts.set_disabled(centre.office, "intake", True, "admin")
    assert centre.browser().get(f"/staff/link/{token}").status_code == 410


def test_a_demonstration_link_signs_in_once_for_each_role(centre: Centre) -> None:
    office = centre.office
    for role in Role:
        login = demonstration_login(role)
        towns = frozenset({"qs01"}) if role is Role.TOWN else frozenset[str]()
        staff_accounts.invite(office, login, f"示范{role}", frozenset({role}), "demo", towns)
        token = make_demonstration_link(office, role)
        browser = centre.browser()
        browser.get(f"/staff/link/{token}")
        assert went_on(browser.post(f"/staff/link/{token}")) == "/staff/"
        assert is_in(browser)
        assert centre.browser().get(f"/staff/link/{token}").status_code == 410


@each_database
def test_neither_passwords_nor_tokens_stand_in_the_store(centre: Centre) -> None:
    browser = sign_in(centre)
    assert is_in(browser)
    token = sessions.make_link(centre.office, "intake", INVITATION, "admin")
    stored = str(centre.contents())
    assert PASSWORD not in stored
    assert not [one for one in (*centre.chance.tokens, token) if one in stored]

"""Changes to accounts that take two people: neither of them can act under another's name."""

import re

import pytest
from werkzeug.test import TestResponse

from portal.domain.accounts.permissions import Duties, Role
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.operations.accounts import account_requests, sessions, staff_accounts
from portal.store import accounts, audit
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.walking import went_on

NEW_PASSWORD = "seven quiet lamps by the river"
CLERK = {"login": "wang", "staff_name": "王示范", "roles": ["intake"]}


def button(page: TestResponse, words: str) -> str:
    """Where the form with this button leads to."""
    found = re.search(rf'action="([^"]+)">(?:(?!</form>).)*{words}', page.text, re.DOTALL)
    assert found, words
    return found[1].rpartition('action="')[2]


def ask_to_reset(centre: Centre, login: str = "reviewer") -> Browser:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post(f"/staff/people/{login}/link")
    assert "/staff/link/" not in shown.text
    assert "改账号要两个人" in words_of(shown)
    return admin


def agree(centre: Centre, login: str = "approver") -> str:
    """Agree as the second person; returns the code that the page shows once."""
    second = centre.staff(login)
    page = second.get("/staff/")
    assert "改账号要两个人" in words_of(page)
    shown = second.post(button(page, "问过本人，同意"))
    found = re.search(r"核对码：<span class=\"number\">([0-9]{6})", shown.text)
    return found[1] if found else ""


def link_of(admin: Browser) -> str:
    shown = admin.post(button(admin.get("/staff/people"), "生成一次性链接"))
    found = re.search(r"https://localhost(/staff/link/[^<\s]+)", shown.text)
    assert found
    return found[1]


@each_database
def test_a_lost_password_is_reset_by_two_and_set_by_the_owner_alone(centre: Centre) -> None:
    admin = ask_to_reset(centre)
    code = agree(centre)
    link = link_of(admin)
    owner = centre.browser()
    assert "核对码" in words_of(owner.get(link))
    wrong = owner.post(link, {"link_code": "000000", "new_password": NEW_PASSWORD})
    assert wrong.status_code == 422
    assert "核对码不对" in words_of(wrong)
    assert went_on(owner.post(link, {"link_code": code, "new_password": NEW_PASSWORD}))
    acts = [(one.action, one.actor) for one, _ in audit.entries(centre.instance)
            if one.object == "reviewer" and "account" in one.action]  # fmt: skip
    assert acts == [("ask for account", "admin"), ("agree to account", "approver")]


def test_the_link_without_the_code_opens_nothing_and_dies_after_five_tries(
    centre: Centre,
) -> None:
    admin = ask_to_reset(centre)
    code = agree(centre)
    link = link_of(admin)
    thief = centre.browser()
    thief.get(link)
    for _ in range(5):
        assert thief.post(link, {"new_password": NEW_PASSWORD, "link_code": "1"}).status_code == 422
    last = thief.post(link, {"new_password": NEW_PASSWORD, "link_code": code})
    assert last.status_code == 429
    account = accounts.find_account(centre.instance, "reviewer")
    assert account
    assert centre.browser().post_as_is(
        "/staff/sign-in", {"login": "reviewer", "password": NEW_PASSWORD}
    ).status_code in {400, 422}


def test_nobody_is_his_own_second(centre: Centre) -> None:
    admin = ask_to_reset(centre, "approver")
    page = admin.get("/staff/people")
    assert "问过本人，同意" not in page.text
    (request,) = account_requests.list_account_requests(centre.office, centre.actor("admin"))
    for login in ("admin", "approver"):
        with pytest.raises(NotAllowed):
            account_requests.agree(centre.office, centre.actor(login), request.row_id)
    for login in ("intake", "lawyer", "editor"):
        with pytest.raises(NotAllowed):
            account_requests.agree(centre.office, centre.actor(login), request.row_id)
    with pytest.raises(NotAccepted):
        account_requests.make_agreed_link(centre.office, centre.actor("admin"), request.row_id)


def test_the_owner_is_told_and_says_no(centre: Centre) -> None:
    admin = ask_to_reset(centre)
    owner = centre.staff("reviewer")
    page = owner.get("/staff/")
    assert "这是您自己的账号" in words_of(page)
    went_on(owner.post(button(page, "不同意")))
    assert "改账号要两个人" not in words_of(owner.get("/staff/"))
    assert "生成一次性链接" not in admin.get("/staff/people").text
    with pytest.raises(NotAccepted):
        account_requests.agree(centre.office, centre.actor("approver"), 1)


@each_database
def test_somebody_with_duties_is_added_once_a_second_person_agrees(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people", CLERK)
    assert "/staff/link/" not in shown.text
    assert accounts.find_account(centre.instance, "wang") is None
    code = agree(centre, "auditor")
    link = link_of(admin)
    account = accounts.find_account(centre.instance, "wang")
    assert account
    assert account.roles == {Role.INTAKE}
    owner = centre.browser()
    owner.get(link)
    assert went_on(owner.post(link, {"link_code": code, "new_password": NEW_PASSWORD}))


def test_a_duty_is_added_by_two_and_taken_away_by_one(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people/editor/roles")
    went_on(admin.post("/staff/people/editor/roles", {"roles": ["editor", "approver"]}))
    assert staff_accounts.find_staff(centre.office, "editor").roles == {Role.EDITOR}
    assert agree(centre) == ""
    both = {Role.EDITOR, Role.APPROVER}
    assert staff_accounts.find_staff(centre.office, "editor").roles == both
    admin.get("/staff/people/editor/roles")
    went_on(admin.post("/staff/people/editor/roles", {"roles": ["editor"]}))
    assert staff_accounts.find_staff(centre.office, "editor").roles == {Role.EDITOR}


def test_without_a_second_person_only_the_command_on_the_machine_does_it(centre: Centre) -> None:
    for account in staff_accounts.list_accounts(centre.office):
        if account.roles & {Role.APPROVER, Role.AUDITOR, Role.DIRECTOR}:
            staff_accounts.set_disabled(centre.office, account.login, True, "admin")
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people/reviewer/link")
    assert shown.status_code == 422
    assert "bangfu staff link" in words_of(shown)
    assert sessions.make_link(centre.office, "reviewer", sessions.INVITATION, "system")


def test_a_request_that_nobody_agreed_to_dies_after_a_week_and_with_the_next_one(
    centre: Centre,
) -> None:
    ask_to_reset(centre)
    (first,) = account_requests.list_account_requests(centre.office, centre.actor("approver"))
    ask_to_reset(centre)
    with pytest.raises(NotAccepted):
        account_requests.agree(centre.office, centre.actor("approver"), first.row_id)
    (second,) = account_requests.list_account_requests(centre.office, centre.actor("approver"))
    centre.clock.advance(days=8)
    with pytest.raises(NotAccepted):
        account_requests.agree(centre.office, centre.actor("approver"), second.row_id)
    assert not account_requests.list_account_requests(centre.office, centre.actor("approver"))


def test_a_link_dies_with_the_next_one_with_use_and_with_a_change_of_password(
    centre: Centre,
) -> None:
    first = sessions.make_link(centre.office, "intake", sessions.INVITATION, "system")
    second = sessions.make_link(centre.office, "intake", sessions.INVITATION, "system")
    with pytest.raises(NotAccepted):
        sessions.read_link(centre.office, first)
    assert sessions.read_link(centre.office, second)
    sid = sessions.sign_in_by_link(
        centre.office,
        sessions.make_link(centre.office, "intake", sessions.DEMONSTRATION, "test"), None, "",
    )  # fmt: skip
    signed_in = sessions.who_is(centre.office, sid, centre.clock.now)
    assert signed_in
    assert sessions.read_link(centre.office, second)
    account = accounts.find_account(centre.instance, "intake")
    assert account
    staff_accounts.change_duties(
        centre.office, "intake", Duties(frozenset({Role.REVIEWER})), "system"
    )
    with pytest.raises(NotAccepted):
        sessions.read_link(centre.office, second)


def test_an_editor_is_invited_by_one_person(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    invited = {"login": "li", "staff_name": "李示范", "roles": ["editor"]}
    assert "https://localhost/staff/link/" in admin.post("/staff/people", invited).text

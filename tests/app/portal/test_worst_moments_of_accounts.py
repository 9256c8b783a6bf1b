"""Of two who change accounts at once, the second when the first has read: nobody slips in."""

from dataclasses import replace

import pytest

from portal.domain.accounts.permissions import Duties, Role
from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts import account_requests, sessions, staff_accounts
from portal.operations.accounts.sessions import SignedIn
from portal.store import account_requests as request_rows
from portal.store import accounts
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.interrupting import Act, Meeting
from tests.support.races import Made, Race, one_is_refused, run_race
from tests.support.samples import PASSWORD


def signed_in(centre: Centre, login: str) -> SignedIn:
    """Somebody at his desk."""
    token = sessions.make_link(centre.office, login, sessions.DEMONSTRATION, "test")
    sid = sessions.sign_in_by_link(centre.office, token, None, "test")
    found = sessions.who_is(centre.office, sid, centre.office.now())
    assert found
    return found


def link_is_used_twice(centre: Centre) -> Made:
    token = sessions.make_link(centre.office, "editor", sessions.DEMONSTRATION, "test")

    def use() -> object:
        return sessions.sign_in_by_link(centre.office, token, None, "test")

    return use, use, one_is_refused


def password_is_changed_while_shut_out(centre: Centre) -> Made:
    me = signed_in(centre, "editor")

    def change() -> object:
        new = "four quiet lanterns by the lake"
        return sessions.change_password(centre.office, me, PASSWORD, new, "test")

    def shut_out() -> None:
        staff_accounts.set_disabled(centre.office, "editor", True, "admin")

    def is_out(meeting: Meeting) -> None:
        account = accounts.find_account(centre.instance, "editor")
        assert account
        assert account.disabled
        if isinstance(meeting.first.done, str):
            now = centre.office.now()
            assert sessions.who_is(centre.office, meeting.first.done, now) is None
        staff_accounts.set_disabled(centre.office, "editor", False, "admin")

    return change, shut_out, is_out


def link_is_made_while_shut_out(centre: Centre) -> Made:
    def make() -> object:
        return sessions.make_link(centre.office, "editor", sessions.INVITATION, "admin")

    def shut_out() -> None:
        staff_accounts.set_disabled(centre.office, "editor", True, "admin")

    def opens_nothing(meeting: Meeting) -> None:
        if isinstance(meeting.first.done, str):
            staff_accounts.set_disabled(centre.office, "editor", False, "admin")
            with pytest.raises(NotAccepted):
                sessions.read_link(centre.office, meeting.first.done)
        else:
            staff_accounts.set_disabled(centre.office, "editor", False, "admin")

    return make, shut_out, opens_nothing


def request_is_agreed_to_and_refused(centre: Centre) -> Made:
    account_requests.ask_to_reset(centre.office, "reviewer", "admin")
    newest = max(one.row_id for one in request_rows.open_requests(centre.instance))

    def agree() -> object:
        return account_requests.agree(centre.office, centre.actor("approver"), newest)

    def refuse() -> None:
        account_requests.refuse(centre.office, centre.actor("reviewer"), newest)

    def stands_refused(meeting: Meeting) -> None:
        if meeting.second.refused is None:
            assert newest not in {one.row_id for one in request_rows.open_requests(centre.instance)}
        else:
            one_is_refused(meeting)

    return agree, refuse, stands_refused


def two_agree_to_a_request(centre: Centre) -> Made:
    account_requests.ask_to_reset(centre.office, "reviewer", "admin")
    newest = max(one.row_id for one in request_rows.open_requests(centre.instance))

    def by(login: str) -> Act:
        return lambda: account_requests.agree(centre.office, centre.actor(login), newest)

    return by("approver"), by("auditor"), one_is_refused


def last_two_administrators_give_it_up(centre: Centre) -> Made:
    admin, editor = (Duties(frozenset({role})) for role in (Role.ADMIN, Role.EDITOR))
    if accounts.find_account(centre.instance, "second-admin") is None:
        staff_accounts.add_invited(centre.office, "second-admin", "示范", admin, "test")
    for login in ("admin", "second-admin"):
        account = staff_accounts.find_staff(centre.office, login)
        accounts.save_account(centre.instance, replace(account, roles=admin.roles))

    def make_editor(login: str, by: str) -> Act:
        return lambda: staff_accounts.change_duties(centre.office, login, editor, by)

    return (
        make_editor("second-admin", "admin"),
        make_editor("admin", "second-admin"),
        one_is_refused,
    )


RACES = (
    link_is_used_twice,
    password_is_changed_while_shut_out,
    link_is_made_while_shut_out,
    request_is_agreed_to_and_refused,
    two_agree_to_a_request,
    last_two_administrators_give_it_up,
)


@each_database
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_no_account_opens_that_should_not_at_the_worst_moment(centre: Centre, race: Race) -> None:
    run_race(centre, race)

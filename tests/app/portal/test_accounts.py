"""Accounts of staff: inviting, duties that change and exclude each other, nobody shut out."""

import pytest

from portal.domain.accounts.permissions import Duties, Role
from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts import account_requests, staff_accounts
from portal.operations.cases import assignment
from portal.store import accounts, audit
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.walking import went_on

INVITED = {"login": "wang", "staff_name": "王示范", "roles": ["editor"]}


def test_the_administrator_invites_somebody_with_a_link_shown_once(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people", INVITED)
    assert shown.status_code == 200
    assert "https://localhost/staff/link/" in shown.text
    assert "link/" not in admin.get("/staff/people").text.partition("<tbody>")[0]
    account = accounts.find_account(centre.office.store, "wang")
    assert account
    assert account.roles == {Role.EDITOR}
    assert account.password == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"login": "intake"}, "已经有用户名"), ({"login": "Wang"}, "小写字母"),
     ({"login": "w"}, "2 到 30 个字符"), ({"login": "王"}, "小写字母"),
     ({"login": ""}, "请填用户名"),
     ({"staff_name": "王"}, "2 到 30 个字"), ({"staff_name": ""}, "请填姓名"),
     ({"roles": []}, "请至少选一个岗位"), ({"roles": ["no_such"]}, "没有这个选项"),
     ({"roles": ["admin", "auditor"]}, "不能同时是"),
     ({"roles": ["admin", "intake"]}, "不能同时是"),
     ({"roles": ["auditor", "lawyer"]}, "不能同时是"), ({"epoch": "7"}, "没有问的内容")],
    ids=str,
)  # fmt: skip
def test_a_wrong_invitation_is_shown_again_and_adds_nobody(
    centre: Centre, changed: dict[str, str | list[str]], words: str
) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    before = centre.contents()
    shown = admin.post("/staff/people", {**INVITED, **changed})
    assert shown.status_code == 422
    assert words in words_of(shown)
    typed = {**INVITED, **changed}["staff_name"]
    assert typed_in(shown, "staff_name") == [typed]
    assert centre.contents() == before


def test_nobody_disables_his_own_account(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people/admin/disable")
    assert shown.status_code == 422
    assert "不能停用自己的账号" in words_of(shown)
    assert admin.get("/staff/people").status_code == 200


def test_disabling_asks_first(centre: Centre) -> None:
    admin = centre.staff("admin")
    assert "/staff/people/editor/disable" in admin.get("/staff/people").text
    before = centre.contents()
    asked = admin.get("/staff/people/editor/disable")
    assert "停用账号：示范editor" in words_of(asked)
    assert centre.contents() == before
    assert admin.get("/staff/people/nobody/disable").status_code == 404
    went_on(admin.post("/staff/people/editor/disable"))
    assert "恢复账号：示范editor" in words_of(admin.get("/staff/people/editor/enable"))


def test_only_disable_and_enable_are_acts(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    went_on(admin.post("/staff/people/editor/disable"))
    for act in ("nonsense", "Disable", "delete"):
        assert admin.post(f"/staff/people/editor/{act}").status_code == 404
    account = accounts.find_account(centre.office.store, "editor")
    assert account
    assert account.disabled


def roles_of(centre: Centre, login: str) -> frozenset[Role]:
    """What somebody may do now."""
    return staff_accounts.find_staff(centre.office, login).roles


@each_database
def test_somebody_with_a_new_post_keeps_his_login_and_signs_in_anew(centre: Centre) -> None:
    admin, clerk = centre.staff("admin"), centre.staff("intake")
    shown = admin.get("/staff/people/intake/roles")
    assert typed_in(shown, "roles") == ["intake"]
    went_on(admin.post("/staff/people/intake/roles", {"roles": ["lawyer", "reviewer"]}))
    (request,) = account_requests.list_account_requests(centre.office, centre.actor("approver"))
    assignment.agree_and_release(centre.office, centre.actor("approver"), request.row_id)
    assert roles_of(centre, "intake") == {Role.LAWYER, Role.REVIEWER}
    assert clerk.get("/staff/").status_code == 303
    assert centre.staff("intake").get("/staff/new").status_code == 200
    *_, (entry, _) = (one for one in audit.entries(centre.instance)
                      if one[0].action == "change roles")  # fmt: skip
    assert (entry.actor, entry.object) == ("admin", "intake")
    assert entry.note == "intake → lawyer reviewer"
    log = words_of(centre.staff("auditor").get("/staff/audit"))
    assert "改岗位" in log
    assert "受理员 → 律师 核实员" in log


def test_the_same_roles_again_change_nothing(centre: Centre) -> None:
    clerk = centre.staff("intake")
    before = centre.contents()
    staff_accounts.change_duties(centre.office, "intake", Duties(frozenset({Role.INTAKE})), "admin")
    assert centre.contents() == before
    assert clerk.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("roles", "words"),
    [([], "请至少选一个岗位"), (["no_such"], "没有这个选项"),
     (["auditor", "intake"], "不能同时是受理员和经审员"), (["admin", "lawyer"], "不能同时是")],
    ids=str,
)  # fmt: skip
def test_roles_that_cannot_be_are_shown_again_and_change_nothing(
    centre: Centre, roles: list[str], words: str
) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people/intake/roles")
    before = centre.contents()
    shown = admin.post("/staff/people/intake/roles", {"roles": roles})
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert centre.contents() == before
    assert admin.get("/staff/people/nobody/roles").status_code == 404


def test_nobody_gives_himself_other_duties(centre: Centre) -> None:
    admin = centre.staff("admin")
    staff_accounts.change_duties(centre.office, "editor", Duties(frozenset({Role.ADMIN})), "admin")
    admin.get("/staff/people/admin/roles")
    shown = admin.post("/staff/people/admin/roles", {"roles": ["lawyer"]})
    assert shown.status_code == 422
    assert "不能改自己的岗位" in words_of(shown)
    assert roles_of(centre, "admin") == frozenset({Role.ADMIN})


@each_database
def test_the_last_administrator_stays_one_until_another_can_sign_in(centre: Centre) -> None:
    office, editor = centre.office, frozenset({Role.EDITOR})
    admin = centre.staff("admin")
    staff_accounts.invite(office, "wang", "王示范", frozenset({Role.ADMIN}), "admin")
    with pytest.raises(NotAccepted, match="没有别的系统管理员"):
        staff_accounts.change_duties(office, "admin", Duties(editor), "command line")
    staff_accounts.change_duties(office, "editor", Duties(frozenset({Role.ADMIN})), "admin")
    staff_accounts.set_disabled(office, "editor", True, "admin")
    with pytest.raises(NotAccepted, match="没有别的系统管理员"):
        staff_accounts.change_duties(office, "admin", Duties(editor), "command line")
    staff_accounts.set_disabled(office, "editor", False, "admin")
    staff_accounts.change_duties(office, "admin", Duties(editor), "editor")
    assert roles_of(centre, "admin") == editor
    assert admin.get("/staff/people").status_code == 303

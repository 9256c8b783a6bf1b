"""Accounts of staff: inviting, duties that exclude each other, nobody shuts himself out."""

import pytest

from portal.domain.roles import Role
from portal.store import accounts
from tests.app.portal.browser import typed_in, words_of
from tests.app.portal.centre import Centre
from tests.app.portal.walking import went_on

INVITED = {"login": "wang", "staff_name": "王示范", "roles": ["intake", "reviewer"]}


def test_the_administrator_invites_somebody_with_a_link_shown_once(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people", INVITED)
    assert shown.status_code == 200
    assert "https://localhost/staff/link/" in shown.text
    assert "link/" not in admin.get("/staff/people").text.partition("<tbody>")[0]
    account = accounts.find_account(centre.office.db, "wang")
    assert account
    assert account.roles == {Role.INTAKE, Role.REVIEWER}
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
    small_centre: Centre, changed: dict[str, str | list[str]], words: str
) -> None:
    admin = small_centre.staff("admin")
    admin.get("/staff/people")
    before = small_centre.contents()
    shown = admin.post("/staff/people", {**INVITED, **changed})
    assert shown.status_code == 422
    assert words in words_of(shown)
    typed = {**INVITED, **changed}["staff_name"]
    assert typed_in(shown, "staff_name") == [typed]
    assert small_centre.contents() == before


def test_nobody_disables_his_own_account(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    shown = admin.post("/staff/people/admin/disable")
    assert shown.status_code == 422
    assert "不能停用自己的账号" in words_of(shown)
    assert admin.get("/staff/people").status_code == 200


def test_only_disable_and_enable_are_acts(centre: Centre) -> None:
    admin = centre.staff("admin")
    admin.get("/staff/people")
    went_on(admin.post("/staff/people/editor/disable"))
    for act in ("nonsense", "Disable", "delete"):
        assert admin.post(f"/staff/people/editor/{act}").status_code == 404
    account = accounts.find_account(centre.office.db, "editor")
    assert account
    assert account.disabled

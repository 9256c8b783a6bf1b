"""Accounts of staff: who is invited, with which roles, and who is shut out."""

import re
from collections import Counter
from dataclasses import replace

from portal.domain.accounts.actor import VISITOR
from portal.domain.accounts.permissions import ROLE_LABELS, Duties, Role, clashing
from portal.domain.audit.actions import AuditAction
from portal.domain.content.articles import FOLDER_AUTHOR
from portal.domain.shared.errors import NotAccepted, NotFound
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.accounts.sessions import INVITATION, make_link
from portal.operations.office import Office
from portal.store import accounts, audit
from portal.store.accounts import Account
from portal.store.errors import Duplicate

_RESERVED = frozenset({VISITOR, FOLDER_AUTHOR, "system", "demo"})
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,29}")


def invite(
    office: Office,
    login: str,
    name: str,
    roles: frozenset[Role],
    by: str,
    towns: frozenset[str] = frozenset(),
) -> str:
    """Add an account without a password; returns the token of the link that sets one."""
    add_invited(office, login, name, Duties(roles, towns), by)
    return make_link(office, login, INVITATION, by)


def add_invited(office: Office, login: str, name: str, duties: Duties, by: str) -> None:
    """Add an account without a password. NotAccepted if it cannot be."""
    account = _new_account(office, login, name, duties)
    try:
        with office.store.transaction():
            accounts.add_account(office.store, account)
            note = duties.note
            audit.record(office.store, office.now(), by, AuditAction.INVITE, login, note)
    except Duplicate:
        raise NotAccepted(_taken(login)) from None


def check_invitation(office: Office, login: str, name: str, duties: Duties) -> Account:
    """Return the account as it would be added. NotAccepted if it cannot be."""
    account = _new_account(office, login, name, duties)
    if accounts.find_account(office.store, login):
        raise NotAccepted(_taken(login))
    return account


def _new_account(office: Office, login: str, name: str, duties: Duties) -> Account:
    checked = _checked_duties(office, duties)
    return Account(_checked_login(login), _checked_name(name), checked.roles, towns=checked.towns)


def _taken(login: str) -> str:
    return f"已经有用户名“{login}”了。请换一个"


def set_disabled(office: Office, login: str, disabled: bool, by: str) -> None:
    """Shut an account out, or let it in again; either way its sessions end."""
    if login == by:
        raise NotAccepted("不能停用自己的账号。请让另一位系统管理员来办")
    with office.store.transaction():
        account = find_staff(office, login)
        accounts.save_account(office.store, replace(account, disabled=disabled))
        act = AuditAction.DISABLE if disabled else AuditAction.ENABLE
        audit.record(office.store, office.now(), by, act, login)


def change_duties(office: Office, login: str, duties: Duties, by: str) -> None:
    """Give an account other duties; its sessions end at once. NotFound without such an account.

    NotAccepted for one's own, if one person must not hold them all, or if nobody else could
    manage accounts.
    """
    with office.store.transaction():
        account = find_staff(office, login)
        after = check_new_duties(office, account, duties, by)
        before = account.duties
        if before == after:
            return
        changed = replace(account, roles=after.roles, towns=after.towns)
        accounts.save_account(office.store, changed)
        note = f"{before.note} → {after.note}"
        audit.record(office.store, office.now(), by, AuditAction.CHANGE_ROLES, login, note)


def check_new_duties(office: Office, account: Account, duties: Duties, by: str) -> Duties:
    """Return the duties if `by` may give them to this account. NotAccepted otherwise."""
    if account.login == by:
        raise NotAccepted("不能改自己的岗位。请让另一位系统管理员来改")
    after = _checked_duties(office, duties)
    if Role.ADMIN not in after.roles:
        _require_another_admin(office, account)
    return after


def join_person(office: Office, login: str, other: str, by: str) -> None:
    """Note that two logins are one person: what one did, the other cannot do as a second one.

    Both lists grow by all logins of the person. NotAccepted for one login, NotFound.
    """
    if login == other:
        raise NotAccepted("请选另一个用户名")
    with office.store.transaction():
        pair = [find_staff(office, one) for one in (login, other)]
        logins = frozenset().union(*({one.login} | one.others for one in pair))
        for one in logins:
            account = find_staff(office, one)
            accounts.save_account(office.store, replace(account, others=logins - {one}))
        audit.record(office.store, office.now(), by, AuditAction.JOIN_PERSON, login, other)


def _require_another_admin(office: Office, account: Account) -> None:
    others = [
        one
        for one in accounts.all_accounts(office.store)
        if one.login != account.login
        and Role.ADMIN in one.roles
        and one.password
        and not one.disabled
    ]
    if Role.ADMIN in account.roles and not others:
        raise NotAccepted("没有别的系统管理员能登录了，账号就没人管。请先加一位，等他设好密码再改")


def find_staff(office: Office, login: str) -> Account:
    """Return the account with this login. NotFound otherwise."""
    account = accounts.find_account(office.store, login)
    if account is None:
        raise NotFound(login)
    return account


def list_accounts(office: Office) -> list[Account]:
    """List everybody who may sign in, and everybody who no longer may."""
    return accounts.all_accounts(office.store)


def name_staff(office: Office) -> dict[str, str]:
    """Return people's names by login; with the login where two have the same name.

    A login that is not in it belongs to an account that is gone: show it as it is.
    """
    known = accounts.all_accounts(office.store)
    times = Counter(one.name for one in known)
    return {
        one.login: one.name if times[one.name] == 1 else f"{one.name}（{one.login}）"
        for one in known
    }


def _checked_login(login: str) -> str:
    if login in _RESERVED:
        raise NotAccepted(f"“{login}”是系统自己用的名字。请换一个用户名")
    if not _LOGIN.fullmatch(login):
        raise NotAccepted("用户名用小写字母开头，只用小写字母、数字和 . _ -，2 到 30 个字符")
    return login


def _checked_name(name: str) -> str:
    cleaned = clean_text(name)
    if not 2 <= len(cleaned) <= 30:
        raise NotAccepted("请填姓名，2 到 30 个字")
    return cleaned


def _checked_duties(office: Office, duties: Duties) -> Duties:
    if not duties.roles:
        raise NotAccepted("请至少选一个岗位")
    if pair := clashing(duties.roles):
        first, second = sorted(ROLE_LABELS[role] for role in pair)
        raise NotAccepted(f"一个人不能同时是{first}和{second}。请分给两个人")
    if Role.TOWN not in duties.roles:
        return Duties(duties.roles)
    known = {choice.code for choice in office.choices["town"]}
    if not duties.towns or not duties.towns <= known:
        raise NotAccepted("镇街经办要选是哪个镇（街道）的")
    return duties

"""Changes to accounts by two people: one asks, another agrees, and the owner can say no.

The first one is given the link, the second one a code: neither alone can set the password.
"""

from portal.domain.accounts.account_requests import (
    AccountAct,
    AccountRequest,
    RequestState,
    takes_two,
    why_not_second,
)
from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Duties, Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.shared.errors import NotAccepted, NotAllowed, NotFound
from portal.operations.accounts import sessions, staff_accounts
from portal.operations.office import Office
from portal.store import account_requests, accounts, audit

_NOBODY = (
    "现在没有第二个人能同意：要一位审批人、经审员或者另一位系统管理员。"
    "请在装系统的机器上用命令 bangfu staff add 或者 bangfu staff link 来办，会记下来"
)
_GONE = "这个申请已经办过、过期了，或者有人不同意。请看一看现在的账号"
_CODE_DIGITS = 6


def list_seconds(office: Office, by: str, login: str) -> list[str]:
    """List the logins of who can agree to a change of the account `login` that `by` asks for."""
    return [
        one.login
        for one in accounts.all_accounts(office.store)
        if not one.disabled
        and is_granted(one.roles, Permission.CONFIRM_ACCOUNTS)
        and one.actor.logins.isdisjoint({by, login})
    ]


def ask_to_invite(office: Office, login: str, name: str, duties: Duties, by: str) -> str:
    """Add an account, or ask a second person to agree to it.

    Returns the token of the link if one is enough, empty if a second one is asked. NotAccepted.
    """
    checked = staff_accounts.check_invitation(office, login, name, duties)
    if not takes_two(duties):
        return staff_accounts.invite(office, login, name, duties.roles, by)
    _ask(office, AccountAct.INVITE, checked.login, checked.name, duties, by)
    return ""


def ask_to_reset(office: Office, login: str, by: str) -> str:
    """Make a link for a lost password, or ask a second person; as `ask_to_invite`. NotFound."""
    account = staff_accounts.find_staff(office, login)
    if account.disabled:
        raise NotAccepted("这个账号停用了。请先恢复账号，再发链接")
    if not takes_two(account.duties):
        return sessions.make_link(office, login, sessions.INVITATION, by)
    _ask(office, AccountAct.RESET, login, account.name, account.duties, by)
    return ""


def must_ask_for_duties(office: Office, login: str, duties: Duties, by: str) -> bool:
    """Ask a second person, if the duties add one that takes two; False if one is enough."""
    account = staff_accounts.find_staff(office, login)
    after = staff_accounts.check_new_duties(office, account, duties, by)
    if not takes_two(after, account.duties):
        return False
    _ask(office, AccountAct.CHANGE_ROLES, login, account.name, after, by)
    return True


def _ask(office: Office, act: AccountAct, login: str, name: str, duties: Duties, by: str) -> None:
    if not list_seconds(office, by, login):
        raise NotAccepted(_NOBODY)
    request = AccountRequest(act=act, login=login, name=name, duties=duties, by=by, at=office.now())
    with office.store.transaction():
        for earlier in account_requests.open_requests(office.store):
            if earlier.login == login:  # the newest one counts
                account_requests.settle_request(
                    office.store, earlier, RequestState.REFUSED, earlier.second
                )
        account_requests.add_request(office.store, request)
        audit.record(office.store, office.now(), by, AuditAction.ASK_FOR_ACCOUNT, login, act)


def list_account_requests(office: Office, actor: Actor) -> list[AccountRequest]:
    """List the open requests that somebody may settle, made himself, or is the owner of."""
    now = office.now()
    return [
        one
        for one in account_requests.open_requests(office.store)
        if one.is_open(now)
        and (
            actor.login in {one.by, one.login}
            or (
                one.state is RequestState.WAITING
                and is_granted(actor.roles, Permission.CONFIRM_ACCOUNTS)
            )
        )
    ]


def agree(office: Office, actor: Actor, row_id: int) -> str:
    """Agree as the second person; returns the code that opens the link, empty if none is made.

    NotAllowed for who asked and for the owner, NotAccepted if it is settled already.
    """
    if not is_granted(actor.roles, Permission.CONFIRM_ACCOUNTS):
        raise NotAllowed("您的岗位不能同意改账号")
    with office.store.transaction():
        request = _open(office, row_id, RequestState.WAITING)
        if reason := why_not_second(request, actor.logins):
            raise NotAllowed(reason)
        code = ""
        if request.act is AccountAct.CHANGE_ROLES:
            state = RequestState.DONE
        else:
            state = RequestState.AGREED
            code = f"{office.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}}"
        kept = sessions.hash_code(office, request.login, code) if code else ""
        _keep(office, request, state, actor.login, kept)
        act = AuditAction.AGREE_TO_ACCOUNT
        audit.record(office.store, office.now(), actor.login, act, request.login, request.act)
    return code


def refuse(office: Office, actor: Actor, row_id: int) -> None:
    """Say no: a second person, the owner, or who asked and wants it no more. NotAllowed."""
    with office.store.transaction():
        request = _open(office, row_id)
        if actor.login not in {request.by, request.login} and not is_granted(
            actor.roles, Permission.CONFIRM_ACCOUNTS
        ):
            raise NotAllowed("您的岗位不能定这件事")
        _keep(office, request, RequestState.REFUSED, actor.login)
        act = AuditAction.REFUSE_ACCOUNT
        audit.record(office.store, office.now(), actor.login, act, request.login, request.act)


def make_agreed_link(office: Office, actor: Actor, row_id: int) -> str:
    """Make the link that was agreed to; returns its token. NotAllowed for who did not ask."""
    with office.store.transaction():
        request = _open(office, row_id, RequestState.AGREED)
        if actor.login != request.by:
            raise NotAllowed("链接由提出来的人生成")
        if request.act is AccountAct.INVITE:
            staff_accounts.add_invited(
                office, request.login, request.name, request.duties, actor.login
            )
        token = sessions.make_link(
            office, request.login, sessions.INVITATION, actor.login, request.code_hmac
        )
        _keep(office, request, RequestState.DONE, request.second, request.code_hmac)
    return token


def find_agreed_roles(office: Office, row_id: int) -> AccountRequest | None:
    """Return the change of roles that was just agreed to; None if it was anything else."""
    request = account_requests.find_request_row(office.store, row_id)
    is_roles = request is not None and request.act is AccountAct.CHANGE_ROLES
    return request if is_roles else None


def _open(office: Office, row_id: int, state: RequestState | None = None) -> AccountRequest:
    request = account_requests.find_request_row(office.store, row_id)
    if request is None:
        raise NotFound(str(row_id))
    if not request.is_open(office.now()) or state not in {None, request.state}:
        raise NotAccepted(_GONE)
    return request


def _keep(
    office: Office, request: AccountRequest, state: RequestState, second: str, code_hmac: str = ""
) -> None:
    if not account_requests.settle_request(office.store, request, state, second, code_hmac):
        raise NotAccepted(_GONE)

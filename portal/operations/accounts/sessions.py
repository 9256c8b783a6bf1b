"""Signing in and out of the workbench: sessions live in the store and can be ended there."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hmac import compare_digest

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.shared.errors import NotAccepted, NotFound
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.accounts.passwords import check_new_password, hash_password, password_matches
from portal.operations.office import Office
from portal.store import accounts, audit
from portal.store.accounts import Account, Link, Session
from portal.store.crypto import sealing

IDLE = timedelta(minutes=20)
LONGEST_SESSION = timedelta(hours=10)
LINK_LIFE = timedelta(minutes=30)
INVITATION, DEMONSTRATION = "set password", "sign in"
_LINK_MADE = {
    INVITATION: AuditAction.LINK_TO_SET_PASSWORD,
    DEMONSTRATION: AuditAction.LINK_TO_SIGN_IN,
}
_LINK_USED = {
    INVITATION: AuditAction.USE_LINK_TO_SET_PASSWORD,
    DEMONSTRATION: AuditAction.USE_LINK_TO_SIGN_IN,
}
_WRONG = "用户名或密码不对。请再试一次"
_DEAD_LINK = "这个链接已经用过或者过期了。请找系统管理员要一个新的"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at the keyboard: the account and the fingerprint of the session."""

    account: Account
    session: Session

    @property
    def actor(self) -> Actor:
        """The account as the workflow table knows it."""
        return self.account.actor


def sign_in(office: Office, login: str, password: str, address: str, browser: str) -> str:
    """Start a session for the right password; returns its secret.

    NotAccepted says the same for a wrong login, a wrong password and a disabled account; TooMany
    over the limits. A second factor will ask for its code between this and the session.
    """
    rate_limits.require_below_limit(office, RateLimit.SIGN_IN_BY_LOGIN_AND_ADDRESS, login, address)
    rate_limits.require_below_limit(office, RateLimit.SIGN_IN_BY_ADDRESS, address)
    # The limit on everybody must not lock out staff who make no mistakes.
    if rate_limits.how_often(office, RateLimit.SIGN_IN_BY_ADDRESS, address):
        rate_limits.require_below_limit(office, RateLimit.SIGN_IN)
    account = accounts.find_account(office.store, login)
    matches = password_matches(password, account.password if account else "")
    if account is None or not matches or account.disabled:
        failed = {
            RateLimit.SIGN_IN_BY_LOGIN_AND_ADDRESS: (login, address),
            RateLimit.SIGN_IN_BY_ADDRESS: (address,),
            RateLimit.SIGN_IN: (),
        }
        rate_limits.spend_all(office, failed)
        raise NotAccepted(_WRONG)
    return _start_session(office, account, browser, AuditAction.SIGN_IN)


def _start_session(office: Office, account: Account, browser: str, act: AuditAction) -> str:
    sid, now = office.new_token(), office.now()
    index = accounts.sid_index(office.store.keys, sid)
    with office.store.transaction():
        session = Session(index, account.login, account.epoch, now, browser[:80])
        accounts.add_session(office.store, session)
        audit.record(office.store, now, account.login, act, account.login)
    return sid


def who_is(office: Office, sid: str, seen_at: datetime) -> SignedIn | None:
    """Find who holds this session's secret; None if it ended, was ended, or stood idle too long.

    Both limits are read as 0 <= elapsed <= limit, so a clock that jumps back ends the session.
    """
    session = accounts.find_session(office.store, accounts.sid_index(office.store.keys, sid))
    if session is None or session.revoked:
        return None
    now = office.now()
    nothing = timedelta(0)
    if (
        not nothing <= now - session.created_at <= LONGEST_SESSION
        or not nothing <= now - seen_at <= IDLE
    ):
        return None
    account = accounts.find_account(office.store, session.login)
    if account is None or account.disabled or account.epoch != session.epoch:
        return None
    return SignedIn(account, session)


def end_session(office: Office, signed_in: SignedIn, index: str) -> None:
    """End one of a person's own sessions. NotFound if it is not his."""
    login = signed_in.account.login
    with office.store.transaction():
        own = accounts.sessions_of(office.store, login)
        if index not in {session.sid_index for session in own}:
            raise NotFound(index)
        accounts.revoke_session(office.store, index)
        audit.record(office.store, office.now(), login, AuditAction.END_SESSION, login)


def list_sessions(office: Office, login: str) -> list[Session]:
    """List the sessions of an account that may still be in use, newest first."""
    account = accounts.find_account(office.store, login)
    now = office.now()
    return [
        session
        for session in accounts.sessions_of(office.store, login)
        if account
        and session.epoch == account.epoch
        and now - session.created_at <= LONGEST_SESSION
    ]


def make_link(office: Office, login: str, purpose: str, by: str, code: str = "") -> str:
    """Make a one-time token for an account, good for half an hour. NotFound without the account.

    It dies with the next one, with its use, and with any change of the account. `code` is what
    `hash_code` made of the code without which it does not open, empty if there is none.
    """
    account = accounts.find_account(office.store, login)
    if account is None:
        raise NotFound(login)
    if account.disabled:
        raise NotAccepted("这个账号停用了。请先恢复账号，再发链接")
    token, now = office.new_token(), office.now()
    with office.store.transaction():
        index = accounts.link_index(office.store.keys, token)
        link = Link(index, login, purpose, now + LINK_LIFE, False, account.epoch, code)
        accounts.add_link(office.store, link)
        audit.record(office.store, now, by, _LINK_MADE[purpose], login)
    return token


def read_link(office: Office, token: str) -> tuple[Link, Account]:
    """Return a link that may still be used, and whose it is. NotAccepted otherwise."""
    link = accounts.find_link(office.store, accounts.link_index(office.store.keys, token))
    if link is None or link.used or not office.now() <= link.ends_at:
        raise NotAccepted(_DEAD_LINK)
    account = accounts.find_account(office.store, link.login)
    if account is None or account.disabled or link.epoch not in {None, account.epoch}:
        raise NotAccepted(_DEAD_LINK)
    return link, account


def hash_code(office: Office, login: str, code: str) -> str:
    """Return what is kept of the code that opens a link to this account."""
    return sealing.blind_index(office.store.keys, "link code", f"{login} {code}")


def sign_in_by_link(
    office: Office, token: str, new_password: str | None, browser: str, code: str = ""
) -> str:
    """Use up a link and sign in; an invitation sets the password first.

    NotAccepted for a wrong code, TooMany once it was wrong too often.
    """
    link, account = read_link(office, token)
    _check_code(office, link, code)
    phc = None
    if new_password is not None:
        about = (account.login, account.name)
        phc = hash_password(check_new_password(new_password, about))
    with office.store.transaction():
        link, account = read_link(office, token)
        if link.purpose == INVITATION and phc is None:
            raise NotAccepted("请先设一个密码")
        accounts.use_link(office.store, link.token_index)
        if phc:
            account = _with_password(office, account, phc)
        return _start_session(office, account, browser, _LINK_USED[link.purpose])


def _check_code(office: Office, link: Link, code: str) -> None:
    if not link.code_hmac:
        return
    rate_limits.require_below_limit(office, RateLimit.LINK_CODE, link.token_index)
    expected = hash_code(office, link.login, code)
    if not compare_digest(expected.encode(), link.code_hmac.encode()):
        rate_limits.spend(office, RateLimit.LINK_CODE, link.token_index)
        raise NotAccepted("核对码不对。请向同意的那一位再问一遍")


def change_password(office: Office, signed_in: SignedIn, old: str, new: str, browser: str) -> str:
    """Change one's own password; ends all sessions and returns the secret of a new one."""
    account = signed_in.account
    rate_limits.require_below_limit(
        office, RateLimit.SIGN_IN_BY_LOGIN_AND_ADDRESS, account.login, "old password"
    )
    if account.password and not password_matches(old, account.password):
        rate_limits.spend(
            office, RateLimit.SIGN_IN_BY_LOGIN_AND_ADDRESS, account.login, "old password"
        )
        raise NotAccepted("原来的密码不对。请再填一次")
    phc = hash_password(check_new_password(new, (account.login, account.name)))
    with office.store.transaction():
        now = accounts.find_account(office.store, account.login)
        if now is None or now.disabled or now.epoch != account.epoch:
            raise NotAccepted("账号刚刚有变动，密码没有改。请重新登录")
        changed = _with_password(office, now, phc)
        return _start_session(office, changed, browser, AuditAction.CHANGE_PASSWORD)


def _with_password(office: Office, account: Account, phc: str) -> Account:
    accounts.save_account(office.store, replace(account, password=phc))
    return replace(account, password=phc, epoch=account.epoch + 1)

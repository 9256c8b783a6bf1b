"""Changes to accounts that take two people, and who the second one may be.

Whoever runs the accounts must not be able to act under another name: he asks, somebody else
agrees, and the link that sets a password opens only with a code that the second person has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.accounts.permissions import Duties, Role

WAITS_FOR = timedelta(days=7)
"""So long a request waits for its second person."""
HOLDS_FOR = timedelta(hours=24)
"""So much longer it stands once somebody has agreed, for who asked to make the link."""
HARMLESS = frozenset({Role.EDITOR})
"""Duties that one administrator gives alone: what such a person writes, another one releases."""


class AccountAct(StrEnum):
    """What is asked for."""

    INVITE = "invite"
    RESET = "reset"
    CHANGE_ROLES = "change roles"


ACCOUNT_ACTS: dict[AccountAct, str] = {
    AccountAct.INVITE: "加一个账号",
    AccountAct.RESET: "发重设密码的链接",
    AccountAct.CHANGE_ROLES: "改岗位",
}
"""What each is called."""


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRequest:
    """What `by` asked for the account `login`; `code_hmac` is kept of the code of `second`."""

    act: AccountAct
    login: str
    name: str
    duties: Duties
    by: str
    at: datetime
    state: RequestState = RequestState.WAITING
    second: str = ""
    code_hmac: str = ""
    row_id: int = 0

    def is_open(self, now: datetime) -> bool:
        """Tell whether something can still come of it."""
        if self.state is RequestState.WAITING:
            return now - self.at <= WAITS_FOR
        return self.state is RequestState.AGREED and now - self.at <= WAITS_FOR + HOLDS_FOR


def takes_two(duties: Duties, before: Duties | None = None) -> bool:
    """Tell whether these duties, as far as they are new, are given by two people only.

    The password of who has them is, too: there all count.
    """
    held = before or Duties(frozenset())
    return bool(duties.roles - held.roles - HARMLESS or duties.towns - held.towns)


def why_not_second(request: AccountRequest, logins: frozenset[str]) -> str | None:
    """Say why somebody with these logins cannot be the second person; None if he can."""
    if request.by in logins:
        return "是您自己提出来的，要另一个人同意"
    if request.login in logins:
        return "这是您自己的账号，要另一个人同意"
    return None

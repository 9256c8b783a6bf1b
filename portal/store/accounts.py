"""Staff accounts, their sessions, and one-time links."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Duties, Role
from portal.store.crypto import sealing
from portal.store.crypto.keys import Keyring
from portal.store.store import Store


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff. `password` is an Argon2id hash, empty until the first sign-in link is
    used; `second_factor` is where a later second factor is kept; a change of password, roles or
    standing raises `epoch`, which ends all sessions. `towns` are the codes of those that somebody
    with the role TOWN is of; `others` are further logins of the same person."""

    login: str
    name: str
    roles: frozenset[Role]
    password: str = ""
    disabled: bool = False
    epoch: int = 1
    second_factor: str | None = None
    towns: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    @property
    def duties(self) -> Duties:
        """What it may do."""
        return Duties(self.roles, self.towns)

    @property
    def actor(self) -> Actor:
        """The account as workflow tables know it."""
        return Actor(self.login, self.roles, towns=self.towns, others=self.others)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser, known by the fingerprint of its secret."""

    sid_index: str
    login: str
    epoch: int
    created_at: datetime
    browser: str
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link: it lets its holder set a password, or sign in to the demonstration.

    It is good for the account as it was, of this `epoch`; those of before version 12 name none.
    With a `code_hmac` it opens only with
    the code that somebody else has.
    """

    token_index: str
    login: str
    purpose: str
    ends_at: datetime
    used: bool = False
    epoch: int | None = None
    code_hmac: str = ""


_SETS = ("roles", "towns", "others")


def _account_row(account: Account) -> dict[str, Any]:
    sets = {name: sorted(getattr(account, name)) for name in _SETS}
    return asdict(account) | sets


def add_account(store: Store, account: Account) -> None:
    """Store a new account. Duplicate if the login is taken."""
    store.db.table("staff").insert(_account_row(account))


def save_account(store: Store, account: Account) -> None:
    """Replace an account and end its sessions by raising its epoch."""
    raised = replace(account, epoch=account.epoch + 1)
    store.db.table("staff").update(_account_row(raised), where("login") == account.login)


def find_account(store: Store, login: str) -> Account | None:
    """Return the account with this login, or None."""
    row = store.db.table("staff").get(where("login") == login)
    return _account(row) if row else None


def all_accounts(store: Store) -> list[Account]:
    """Return every account, in the order of creation."""
    return [_account(row) for row in store.db.table("staff").all()]


def _account(row: Any) -> Account:
    values = {name: row[name] for name in Account.__slots__ if name in row}
    sets = {name: frozenset(row.get(name, ())) for name in _SETS}
    return Account(**values | sets | {"roles": frozenset(Role(role) for role in row["roles"])})


def sid_index(keys: Keyring, sid: str) -> str:
    """Return the fingerprint by which the store knows a session's secret."""
    return sealing.blind_index(keys, "session", sid)


def add_session(store: Store, session: Session) -> None:
    """Store a new session."""
    row = asdict(session) | {"created_at": session.created_at.isoformat()}
    store.db.table("sessions").insert(row)


def find_session(store: Store, index: str) -> Session | None:
    """Return the session with this fingerprint, or None."""
    row = store.db.table("sessions").get(where("sid_index") == index)
    return _session(row) if row else None


def sessions_of(store: Store, login: str) -> list[Session]:
    """Return the sessions of one account that were not revoked, newest first."""
    rows = store.db.table("sessions").search(where("login") == login)
    return [_session(row) for row in rows if not row["revoked"]][::-1]


def revoke_session(store: Store, index: str) -> None:
    """End a session."""
    store.db.table("sessions").update({"revoked": True}, where("sid_index") == index)


def _session(row: Any) -> Session:
    values = {name: row[name] for name in Session.__slots__ if name in row}
    return Session(**values | {"created_at": datetime.fromisoformat(row["created_at"])})


def link_index(keys: Keyring, token: str) -> str:
    """Return the fingerprint by which the store knows a one-time link."""
    return sealing.blind_index(keys, "link", token)


def add_link(store: Store, link: Link) -> None:
    """Store a new one-time link; earlier ones for the same purpose die."""
    for row in store.db.table("links").search(where("login") == link.login):
        if row["purpose"] == link.purpose:
            store.db.table("links").update({"used": True}, doc_ids=[row.doc_id])
    store.db.table("links").insert(asdict(link) | {"ends_at": link.ends_at.isoformat()})


def find_link(store: Store, index: str) -> Link | None:
    """Return the link with this fingerprint, or None."""
    row = store.db.table("links").get(where("token_index") == index)
    if not row:
        return None
    values = {name: row[name] for name in Link.__slots__ if name in row}
    return Link(**values | {"ends_at": datetime.fromisoformat(row["ends_at"])})


def use_link(store: Store, index: str) -> None:
    """Mark a link as used."""
    store.db.table("links").update({"used": True}, where("token_index") == index)


def end_all(store: Store) -> None:
    """End every session and one-time link, as after a copy was restored."""
    store.db.table("sessions").truncate()
    store.db.table("links").truncate()


def remove_ended_sessions(store: Store, sessions_before: datetime, links_before: datetime) -> int:
    """Forget sessions and links that can no longer be used; returns how many."""
    sessions = store.db.table("sessions").remove(where("created_at") < sessions_before.isoformat())
    links = store.db.table("links").remove(where("ends_at") < links_before.isoformat())
    return len(sessions) + len(links)

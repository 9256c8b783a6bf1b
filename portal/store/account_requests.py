"""Changes to accounts that wait for a second person, as they are stored."""

from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.accounts.account_requests import AccountAct, AccountRequest, RequestState
from portal.domain.accounts.permissions import Duties, Role
from portal.store.store import Store

_OPEN = [str(RequestState.WAITING), str(RequestState.AGREED)]


def add_request(store: Store, request: AccountRequest) -> int:
    """Store a new request; returns its number."""
    return store.db.table("account_requests").insert(
        {
            "act": str(request.act),
            "login": request.login,
            "name": request.name,
            "roles": sorted(request.duties.roles),
            "towns": sorted(request.duties.towns),
            "by": request.by,
            "at": request.at.isoformat(),
            "state": str(request.state),
            "second": request.second,
            "code_hmac": request.code_hmac,
        }
    )


def find_request_row(store: Store, row_id: int) -> AccountRequest | None:
    """Return the request with this number, or None."""
    rows = store.db.table("account_requests").get(doc_ids=[row_id])
    return _request(rows[0]) if rows else None


def open_requests(store: Store) -> list[AccountRequest]:
    """Return the requests that are neither done nor refused, the oldest first."""
    rows = store.db.table("account_requests").search(where("state").one_of(_OPEN))
    return [_request(row) for row in rows]


def settle_request(
    store: Store, request: AccountRequest, state: RequestState, second: str, code_hmac: str = ""
) -> bool:
    """Keep where a request stands now; False if it was settled meanwhile."""
    fields = {"state": str(state), "second": second, "code_hmac": code_hmac}
    as_read = where("state") == str(request.state)
    return bool(store.db.table("account_requests").update(fields, as_read, [request.row_id]))


def _request(row: Any) -> AccountRequest:
    return AccountRequest(
        act=AccountAct(row["act"]),
        login=row["login"],
        name=row["name"],
        duties=Duties(frozenset(Role(role) for role in row["roles"]), frozenset(row["towns"])),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        state=RequestState(row["state"]),
        second=row["second"],
        code_hmac=row["code_hmac"],
        row_id=row.doc_id,
    )

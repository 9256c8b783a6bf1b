"""Counting what has a limit, by the rows of `RateLimit`.

Counters hold keyed fingerprints of addresses which change every day, never the addresses; where
the window is longer than a day the fingerprint stays.
"""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from portal.domain.shared.rate_limits import Over, RateLimit
from portal.operations.office import Office
from portal.store import counters
from portal.store.counters import Counted
from portal.store.crypto.sealing import blind_index

_DAY = timedelta(days=1)


class TooMany(Exception):  # noqa: N818
    """The limit is reached; the message says when to try again and whom to call."""

    status = 429


class NoRoom(TooMany):
    """More than the whole site takes, whoever asks."""

    status = 503


Spending = Mapping[RateLimit, tuple[str, ...]]
"""Limits, each with whom it counts by."""


def spend(office: Office, limit: RateLimit, *about: str, amount: int = 1) -> None:
    """Count one attempt, or an amount. TooMany, with the words to show, if it is too many.

    Where work is asked for instead (`Over`), it only counts: `admission` asks.
    """
    spend_all(office, {limit: about}, amount)


def spend_all(office: Office, spending: Spending, amount: int = 1) -> None:
    """Count one attempt under each limit in turn, in one go; TooMany for the first that is over.

    What comes after that one is not counted.
    """
    keys = {_key(office, limit, about): limit for limit, about in spending.items()}
    counted = {
        key: Counted(limit.window, _most(office, limit), amount) for key, limit in keys.items()
    }
    if over := counters.count_up(office.store, counted, office.now()):
        limit = keys[over]
        raise (NoRoom if limit.over is Over.CLOSED else TooMany)(limit.words)


def _most(office: Office, limit: RateLimit) -> int | None:
    return office.limits[limit] if limit.over in {Over.REFUSED, Over.CLOSED} else None


def require_below_limit(office: Office, limit: RateLimit, *about: str) -> None:
    """Raise TooMany if the limit has been reached by earlier attempts; counts nothing."""
    if find_reached(office, {limit: about}):
        raise TooMany(limit.words)


def find_reached(office: Office, spending: Spending) -> RateLimit | None:
    """Find the first limit that earlier attempts have reached; counts nothing."""
    keys = {limit: _key(office, limit, about) for limit, about in spending.items()}
    used = counters.count_now(office.store, keys.values(), office.now())
    return next(
        (limit for limit, key in keys.items() if used.get(key, 0) >= office.limits[limit]), None
    )


def how_often(office: Office, limit: RateLimit, *about: str) -> int:
    """Return the number of attempts that were counted in the running window."""
    key = _key(office, limit, about)
    return counters.count_now(office.store, [key], office.now()).get(key, 0)


def network_of(address: str) -> str:
    """Return what counts as one caller: an IPv4 address, or the /64 of an IPv6 subscriber."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv4Address):
        return address
    return str(ip.ipv4_mapped or ip_network(f"{ip}/64", strict=False))


def _key(office: Office, limit: RateLimit, about: tuple[str, ...]) -> str:
    # A window of more than a day would begin anew at midnight.
    day = "" if limit.window > _DAY else office.today().isoformat()
    return blind_index(office.store.keys, f"limit {day} {limit}", "\0".join(about))

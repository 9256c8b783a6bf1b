"""Counting what has a limit, by the rows of `RateLimit`.

Counters hold keyed fingerprints of addresses which change every day, never the addresses; where
the window is longer than a day the fingerprint stays.
"""

from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from portal.domain.shared.rate_limits import Over, RateLimit
from portal.operations.office import Office
from portal.store import counters
from portal.store.crypto.sealing import blind_index

_DAY = timedelta(days=1)


class TooMany(Exception):  # noqa: N818
    """The limit is reached; the message says when to try again and whom to call."""

    status = 429


class NoRoom(TooMany):
    """More than the whole site takes, whoever asks."""

    status = 503


def spend(office: Office, limit: RateLimit, *about: str) -> None:
    """Count one attempt. TooMany, with the words to show, if it is one too many.

    Where work is asked for instead (`Over`), it only counts: `admission` asks.
    """
    used = counters.count_up(office.store, _key(office, limit, about), office.now(), limit.window)
    if used > office.limits[limit] and limit.over in {Over.REFUSED, Over.CLOSED}:
        raise (NoRoom if limit.over is Over.CLOSED else TooMany)(limit.words)


def require_below_limit(office: Office, limit: RateLimit, *about: str) -> None:
    """Raise TooMany if the limit has been reached by earlier attempts; counts nothing."""
    if is_reached(office, limit, *about):
        raise TooMany(limit.words)


def is_reached(office: Office, limit: RateLimit, *about: str) -> bool:
    """Tell whether the limit has been reached by earlier attempts; counts nothing."""
    return how_often(office, limit, *about) >= office.limits[limit]


def how_often(office: Office, limit: RateLimit, *about: str) -> int:
    """Return the number of attempts that were counted in the running window."""
    return counters.count_now(office.store, _key(office, limit, about), office.now())


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

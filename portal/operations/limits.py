"""How often something may be tried: slow for an attacker, never a lock for the owner.

Mobile carriers put thousands of phones behind one address and a factory queue is one address,
so limits by address are generous; precision comes from the other keys. Counters hold keyed
fingerprints of addresses which change every day, never the addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import TYPE_CHECKING

from portal.store import counters
from portal.store.sealing import blind_index

if TYPE_CHECKING:
    from portal.operations.office import Office


class TooMany(Exception):  # noqa: N818
    """The limit is reached; the message says when to try again and whom to call."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` times in `window`; `words` tell the person what to do then."""

    count: int
    window: timedelta
    words: str


_HOUR, _QUARTER = timedelta(hours=1), timedelta(minutes=15)
_CALL = "请过一会儿再试，或者打电话、到窗口来办。"

LIMITS: Mapping[str, Limit] = {
    "submit by address": Limit(60, _HOUR, f"这个网络一小时里提交得太多了。您填的都在。{_CALL}"),
    "submit": Limit(600, _HOUR, f"现在提交的人太多了。您填的都在。{_CALL}"),
    "draft by address": Limit(200, _HOUR, f"这个网络一小时里新填的表太多了。{_CALL}"),
    "wrong code by receipt and address": Limit(10, _HOUR, f"查询码错得太多了。{_CALL}"),
    "wrong code by address": Limit(30, timedelta(minutes=10), f"查询码错得太多了。{_CALL}"),
    "message": Limit(
        20, timedelta(days=1), "今天的留言太多了。您写的还在，请明天再发，或者打电话。"
    ),
    "upload": Limit(
        10, timedelta(minutes=10), "传得太快了。传上来的都在，请过十分钟再接着传，或者带到窗口来。"
    ),
    "upload by address": Limit(300, _HOUR, f"这个网络一小时里传的照片太多了。{_CALL}"),
    "key in": Limit(120, _HOUR, "一小时里录入得太多了。您填的都在，请过一会儿再点一次。"),
    "own data": Limit(20, timedelta(days=1), "今天下载得太多了。请明天再来。"),
    "search for a person": Limit(60, _HOUR, "一小时里查人查得太多了。请过一会儿再查。"),
    "sign-in by login and address": Limit(5, _QUARTER, "密码错得太多了。请 15 分钟以后再试。"),
    "sign-in by address": Limit(30, _QUARTER, "密码错得太多了。请 15 分钟以后再试。"),
    "sign-in": Limit(300, _HOUR, "现在登录的人太多了。请过一会儿再试。"),
}


def spend(office: Office, name: str, *about: str) -> None:
    """Count one attempt. TooMany, with the words to show, if it is one too many."""
    limit = office.limits[name]
    used = counters.count_up(office.db, _key(office, name, about), office.now(), limit.window)
    if used > limit.count:
        raise TooMany(limit.words)


def require_room(office: Office, name: str, *about: str) -> None:
    """TooMany if the limit has been reached by earlier attempts; counts nothing."""
    limit = office.limits[name]
    if counters.count_now(office.db, _key(office, name, about), office.now()) >= limit.count:
        raise TooMany(limit.words)


def has_failed(office: Office, name: str, *about: str) -> bool:
    """Whether an attempt was counted in the running window."""
    return counters.count_now(office.db, _key(office, name, about), office.now()) > 0


def network_of(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 of an IPv6 subscriber."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv4Address):
        return address
    return str(ip.ipv4_mapped or ip_network(f"{ip}/64", strict=False))


def _key(office: Office, name: str, about: tuple[str, ...]) -> str:
    day = office.today().isoformat()
    return blind_index(office.ring, f"limit {day} {name}", "\0".join(about))

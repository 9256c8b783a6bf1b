"""How often something may be tried: slow for an attacker, never a lock for the owner.

Mobile carriers put thousands of phones behind one address and a factory queue is one address,
so limits by address are generous; precision comes from the other keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Over(StrEnum):
    """What becomes of those who come after the limit is reached."""

    REFUSED = "refused"
    ASKED_FOR_WORK = "asked for proof of work or a turn; never refused"
    WORK_OR_REFUSED = "asked for proof of work or a turn; refused where that is switched off"
    CLOSED = "refused, whoever it is"
    UNSENT = "not sent; counted in the log"


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `count` times in `window`; `words` tell the person what to do then.

    A window of no length counts what there is at the moment, not attempts.
    """

    count: int
    window: timedelta
    words: str
    over: Over = Over.REFUSED


_HOUR, _QUARTER, _MINUTE = timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=1)
_DAY, _MONTH, _AT_ONCE = timedelta(days=1), timedelta(days=30), timedelta(0)
_CALL = "请过一会儿再试，或者打电话、到窗口来办。"
_ONE_MORE_STEP = "现在要多确认一步，不耽误您办事。"

RATE_LIMITS: Mapping[str, RateLimit] = {
    "submit by address": RateLimit(
        60, _HOUR, f"这个网络一小时里提交得太多了。您填的都在。{_CALL}", Over.WORK_OR_REFUSED
    ),
    "submit": RateLimit(
        600, _HOUR, f"现在提交的人很多。您填的都在。{_ONE_MORE_STEP}", Over.ASKED_FOR_WORK
    ),
    "submit, all": RateLimit(
        3000, _HOUR, f"现在提交的人太多了，收不下。您填的都在。{_CALL}", Over.CLOSED
    ),
    "new cases": RateLimit(
        2000, _AT_ONCE, f"等着办的事情很多。您填的都在。{_ONE_MORE_STEP}", Over.ASKED_FOR_WORK
    ),
    "hidden field by address": RateLimit(
        10, _HOUR, f"这个网络里有程序在乱填表。您填的都在。{_ONE_MORE_STEP}", Over.ASKED_FOR_WORK
    ),
    "draft by address": RateLimit(1000, _HOUR, f"这个网络一小时里新填的表太多了。{_CALL}"),
    "wrong code by receipt and address": RateLimit(
        10, _HOUR, f"查询码错得太多了。{_CALL}", Over.WORK_OR_REFUSED
    ),
    "wrong code by address": RateLimit(
        30, timedelta(minutes=10), f"查询码错得太多了。{_CALL}", Over.WORK_OR_REFUSED
    ),
    "wrong code by receipt": RateLimit(
        100, _DAY, f"今天有人一直在试这个编号的查询码。{_ONE_MORE_STEP}", Over.ASKED_FOR_WORK
    ),
    "wrong code": RateLimit(
        600, _HOUR, f"现在有人在乱试查询码。{_ONE_MORE_STEP}", Over.ASKED_FOR_WORK
    ),
    "wrong code in the open case": RateLimit(10, _HOUR, f"查询码错得太多了。{_CALL}"),
    "reminder by mobile": RateLimit(4, _MONTH, "", Over.UNSENT),
    "turn by address": RateLimit(3, _MINUTE, f"这个网络一分钟里排队的太多了。{_CALL}"),
    "turn": RateLimit(20, _MINUTE, f"现在排队的人太多了。{_CALL}"),
    "message": RateLimit(20, _DAY, "今天的留言太多了。您写的还在，请明天再发，或者打电话。"),
    "change list": RateLimit(20, _DAY, "今天名单改得太多了。您写的都在，请明天再交，或者打电话。"),
    "upload": RateLimit(
        10, timedelta(minutes=10), "传得太快了。传上来的都在，请过十分钟再接着传，或者带到窗口来。"
    ),
    "upload by address": RateLimit(300, _HOUR, f"这个网络一小时里传的照片太多了。{_CALL}"),
    "upload at the counter": RateLimit(
        300, _HOUR, "一小时里传得太多了。传上来的都在，请过一会儿再接着传。"
    ),
    "key in": RateLimit(120, _HOUR, "一小时里录入得太多了。您填的都在，请过一会儿再点一次。"),
    "own data": RateLimit(20, _DAY, "今天下载得太多了。请明天再来。"),
    "search for a person": RateLimit(60, _HOUR, "一小时里查人查得太多了。请过一会儿再查。"),
    "sign-in by login and address": RateLimit(5, _QUARTER, "密码错得太多了。请 15 分钟以后再试。"),
    "sign-in by address": RateLimit(30, _QUARTER, "密码错得太多了。请 15 分钟以后再试。"),
    "sign-in": RateLimit(300, _HOUR, "现在登录的人太多了。请过一会儿再试。"),
}

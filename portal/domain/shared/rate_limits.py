"""How often something may be tried: slow for an attacker, never a lock for the owner.

Mobile carriers put thousands of phones behind one address and a factory queue is one address,
so limits by address are generous; precision comes from the other keys.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Self


class Over(StrEnum):
    """What becomes of those who come after the limit is reached."""

    REFUSED = "refused"
    ASKED_FOR_WORK = "asked for proof of work or a turn; never refused"
    WORK_OR_REFUSED = "asked for proof of work or a turn; refused where that is switched off"
    CLOSED = "refused, whoever it is"
    UNSENT = "not sent; counted in the log"


_HOUR, _QUARTER, _MINUTE = timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=1)
_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
_CALL = "请过一会儿再试，或者打电话、到窗口来办。"
ONE_MORE_STEP = "现在要多确认一步，不耽误您办事。"


class RateLimit(StrEnum):
    """At most `most` times in `window`; `words` tell the person what to do then.

    The value is its key under `[limits]` in config.toml, which may change `most`.
    """

    most: int
    window: timedelta
    words: str
    over: Over
    _value_: str

    def __new__(
        cls, key: str, most: int, window: timedelta, words: str, over: Over = Over.REFUSED
    ) -> Self:
        """Make a member that equals its key."""
        limit = str.__new__(cls, key)
        limit._value_ = key
        limit.most, limit.window, limit.words, limit.over = most, window, words, over
        return limit

    # fmt: off
    SUBMIT_BY_ADDRESS = (
        "submit by address", 60, _HOUR,
        f"这个网络一小时里提交得太多了。您填的都在。{_CALL}", Over.WORK_OR_REFUSED,
    )
    SUBMIT = (
        "submit", 600, _HOUR,
        f"现在提交的人很多。您填的都在。{ONE_MORE_STEP}", Over.ASKED_FOR_WORK,
    )
    SUBMIT_ALL = (
        "submit, all", 3000, _HOUR,
        f"现在提交的人太多了，收不下。您填的都在。{_CALL}", Over.CLOSED,
    )
    HIDDEN_FIELD_BY_ADDRESS = (
        "hidden field by address", 10, _HOUR,
        f"这个网络里有程序在乱填表。您填的都在。{ONE_MORE_STEP}", Over.ASKED_FOR_WORK,
    )
    DRAFT_BY_ADDRESS = ("draft by address", 1000, _HOUR, f"这个网络一小时里新填的表太多了。{_CALL}")
    WRONG_CODE_BY_RECEIPT_AND_ADDRESS = (
        "wrong code by receipt and address", 10, _HOUR,
        f"查询码错得太多了。{_CALL}", Over.WORK_OR_REFUSED,
    )
    WRONG_CODE_BY_ADDRESS = (
        "wrong code by address", 30, timedelta(minutes=10),
        f"查询码错得太多了。{_CALL}", Over.WORK_OR_REFUSED,
    )
    WRONG_CODE_BY_RECEIPT = (
        "wrong code by receipt", 100, _DAY,
        f"今天有人一直在试这个编号的查询码。{ONE_MORE_STEP}", Over.ASKED_FOR_WORK,
    )
    WRONG_CODE = (
        "wrong code", 600, _HOUR,
        f"现在有人在乱试查询码。{ONE_MORE_STEP}", Over.ASKED_FOR_WORK,
    )
    WRONG_CODE_IN_THE_OPEN_CASE = (
        "wrong code in the open case", 10, _HOUR,
        f"查询码错得太多了。{_CALL}",
    )
    WRONG_ENDING_BY_DRAFT = (
        "wrong ending by draft", 5, _DAY,
        "今天填错的次数太多了，明天再试。有登记编号和查询码的，现在就能到“查进度”打开。",
    )
    REMINDER_BY_MOBILE = ("reminder by mobile", 4, _MONTH, "", Over.UNSENT)
    TURN_BY_ADDRESS = ("turn by address", 3, _MINUTE, f"这个网络一分钟里排队的太多了。{_CALL}")
    TURN = ("turn", 20, _MINUTE, f"现在排队的人太多了。{_CALL}")
    MESSAGE = ("message", 20, _DAY, "今天的留言太多了。您写的还在，请明天再发，或者打电话。")
    CHANGE_LIST = (
        "change list", 20, _DAY,
        "今天名单改得太多了。您写的都在，请明天再交，或者打电话。",
    )
    SAY_PAPER_ABSENT = (
        "say paper absent", 60, _DAY,
        "今天改得太多了。已经写的都在，请明天再改，或者打电话。",
    )
    UPLOAD_MEGABYTES = (
        "upload megabytes", 500, _DAY,
        "今天传的照片已经很多了。传上来的都在，请明天再接着传，或者打电话、带到窗口来。",
    )
    UPLOAD_BY_ADDRESS = (
        "upload by address", 2000, _HOUR,
        f"这个网络一小时里传的照片很多。传上来的都在。{_CALL}",
    )
    REFUSED_UPLOAD_BY_ADDRESS = (
        "refused upload by address", 300, _HOUR,
        f"这个网络一小时里传了太多打不开的文件。传上来的都在。{_CALL}",
    )
    LIST = (
        "list", 30, _HOUR,
        f"一小时里传的名单太多了。写好的都在。{_CALL}",
    )
    UPLOAD_AT_THE_COUNTER = (
        "upload at the counter", 300, _HOUR,
        "一小时里传得太多了。传上来的都在，请过一会儿再接着传。",
    )
    KEY_IN = ("key in", 120, _HOUR, "一小时里录入得太多了。您填的都在，请过一会儿再点一次。")
    OWN_DATA = ("own data", 20, _DAY, "今天下载得太多了。请明天再来。")
    SEARCH_FOR_A_PERSON = (
        "search for a person", 60, _HOUR,
        "一小时里查人查得太多了。请过一会儿再查。",
    )
    SIGN_IN_BY_LOGIN_AND_ADDRESS = (
        "sign-in by login and address", 5, _QUARTER,
        "密码错得太多了。请 15 分钟以后再试。",
    )
    SIGN_IN_BY_ADDRESS = (
        "sign-in by address", 30, _QUARTER,
        "密码错得太多了。请 15 分钟以后再试。",
    )
    LINK_CODE = (
        "link code", 5, _DAY,
        "核对码错得太多了，这个链接不能用了。请管理员重新申请。",
    )
    SIGN_IN = ("sign-in", 300, _HOUR, "现在登录的人太多了。请过一会儿再试。")
    # fmt: on

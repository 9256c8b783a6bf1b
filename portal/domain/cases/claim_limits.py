"""Until when a worker can make his claims: from the days that the form of a consultation asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.rules.limit_ends import find_limit_end
from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.working_days import end_of_legal_limit
from portal.domain.shared.dates import add_months, format_date
from portal.domain.shared.spoken_dates import earliest_day, names_day

CLAIM_FIELDS: Final = (
    "left_on", "owed_since", "injured_on", "dismissed_on", "hired_on", "next_deadline",
)  # fmt: skip
"""The questions whose days a limit of law can run from, or which name its end."""
_WAGES: Final = frozenset({"unpaid_wages", "hours_leave"})
_ARBITRATED: Final = frozenset({"arbitration", "court"})
_FIRST_MONTH: Final = "是双倍工资第一个月的月底，最严的算法每个月各算"
_ONE_DAY: Final = timedelta(days=1)


class Alarm(StrEnum):
    """How near the end of a claim is."""

    NONE = ""
    SOON = "soon"
    URGENT = "urgent"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ClaimLimit:
    """What must be done by when: `act_by` is the day to act by, `last` the law's last day.

    `since` says from what it was counted; `field` is the question that gave the day; `about` tells
    that the day is the earliest that the answer may mean.
    """

    what: str
    since: str
    field: str
    last: date
    act_by: date
    about: bool = False


def find_claim_limits(answers: Mapping[str, object], rules: Rulebook) -> tuple[ClaimLimit, ...]:
    """List until when the claims of a consultation can be made, the earliest first.

    Of a month or a year its first day counts, and that he asked for it starts nothing anew, for
    no day of that is known: the end is never later than the law's.
    """
    found = [*_find_of_law(answers, rules), *_find_named(answers, rules)]
    return tuple(sorted(found, key=lambda limit: (limit.act_by, limit.last)))


def _find_of_law(answers: Mapping[str, object], rules: Rulebook) -> Iterator[ClaimLimit]:
    for code, field, event, day in _list_events(answers):
        if end := find_limit_end(rules, code, day):
            since = f"{format_date(day)}{event}，从那天起 {end.limit.words}"
            about = not names_day(str(answers[field]))
            yield ClaimLimit(end.limit.step, since, field, end.last, end.act_by, about)


def _list_events(answers: Mapping[str, object]) -> Iterator[tuple[str, str, str, date]]:
    """Yield code of the limit, question, event in words and its day."""
    injured, dismissed = _day(answers, "injured_on"), _day(answers, "dismissed_on")
    if injured and answers.get("injury_reported") != "yes":
        yield "injury_claim_worker", "injured_on", "受伤", injured
    steps = answers.get("steps_taken")
    if isinstance(steps, list) and _ARBITRATED & set(steps):
        return
    gone = answers.get("still_there") == "left"
    left, owed = _day(answers, "left_on"), _day(answers, "owed_since")
    if gone and left:
        code = "arbitration_wages" if answers.get("topic") in _WAGES else "arbitration"
        yield code, "left_on", "离开", left
    elif gone and owed:
        yield "arbitration", "owed_since", "开始欠", owed
    if dismissed:
        yield "arbitration", "dismissed_on", "被辞退", dismissed
    yield from _list_double_pay(answers, [day for day in (left, dismissed) if day])


def _list_double_pay(
    answers: Mapping[str, object], ends: Iterable[date]
) -> Iterator[tuple[str, str, str, date]]:
    """Yield the first month and the last day of double pay （劳动合同法第八十二条）.

    By the strictest reading of 劳动争议调解仲裁法 27① each month has a limit of its own.
    """
    hired = _day(answers, "hired_on")
    if hired and answers.get("legal_contract") == "none":
        last = min([*ends, add_months(hired, 12) - _ONE_DAY])
        if last >= add_months(hired, 1):
            first = min(last, add_months(hired, 2) - _ONE_DAY)
            if first < last:
                yield "arbitration", "hired_on", _FIRST_MONTH, first
            yield "arbitration", "hired_on", "是能要双倍工资的最后一天", last


def _find_named(answers: Mapping[str, object], rules: Rulebook) -> Iterator[ClaimLimit]:
    if day := _day(answers, "next_deadline"):
        act_by = min(day, end_of_legal_limit(rules.calendar, day).act_by)
        yield ClaimLimit("必须办的事（表上写的）", "表上写的日子", "next_deadline", day, act_by)


def _day(answers: Mapping[str, object], field: str) -> date | None:
    value = answers.get(field)
    return earliest_day(str(value)) if value else None


def next_claim(limits: Iterable[ClaimLimit], today: date) -> ClaimLimit | None:
    """Return the claim that is lost first of those that are not yet; else the one lost last."""
    several = list(limits)
    ahead = (limit for limit in several if limit.last >= today)
    return next(ahead, max(several, key=lambda limit: limit.last, default=None))


def judge_nearness(limit: ClaimLimit, rules: Rulebook, today: date) -> Alarm:
    """Tell how near the end is, by the rows legal_deadline_soon and legal_deadline_urgent."""
    if limit.last < today:
        return Alarm.OVER
    left = (limit.act_by - today).days
    if left <= rules.deadline("legal_deadline_urgent").limit:
        return Alarm.URGENT
    return Alarm.SOON if left <= rules.deadline("legal_deadline_soon").limit else Alarm.NONE


def say_claim_limit(limit: ClaimLimit, today: date) -> str:
    """Say to the worker in one or two sentences until when, from what, and how sure."""
    about = "您没有写到哪一天，按最早的那天算。" if limit.about else ""
    day = format_date(limit.act_by)
    if limit.last < today:
        return (
            f"{limit.what}：{limit.since}，照这样算，{format_date(limit.last)}已经过了。{about}"
            "是不是真的过了，律师会看，先别放弃。"
        )
    left = (limit.act_by - today).days
    if left < 0:
        return (
            f"{limit.what}：{limit.since}，{format_date(limit.last)}是最后一天，今天就去办。{about}"
        )
    rest = "就是今天" if left == 0 else f"还有 {left} 天"
    return f"{limit.what}：最晚{day}，{rest}（{limit.since}）。{about}"

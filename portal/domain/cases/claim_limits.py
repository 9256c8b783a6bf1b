"""Until when a worker can make his claims: from the days that the form of a consultation asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import Final

from portal.domain.rules.limit_ends import LimitEnd, find_limit_end
from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.working_days import LONGEST_HOLIDAY, work_day_by
from portal.domain.shared.dates import add_months, format_date
from portal.domain.shared.spoken_dates import earliest_day, latest_day, names_day

_WAGES: Final = frozenset({"unpaid_wages", "hours_leave"})
_INSPECTED: Final = _WAGES | {"social_insurance"}
_ARBITRATED: Final = frozenset({"arbitration", "court"})
_DOUBLE_MONTHS: Final = 11
_FIRST: Final = "头一天"
_EDGES: Final = (_FIRST, "最后一天")
_MAY_BE_UNSIGNED: Final = frozenset({"none", "unknown"})
EACH_FOR_HIMSELF: Final = (
    "一起的每个人，离开、受伤的日子可能不一样，期限各算各的。请告诉大家也看一看自己的日子。"
)
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

    Only after `latest` is it over, however the days off fall and whatever day was meant. `since`
    says from what it was counted; `field` is the question that gave the day; `about` tells that the
    day is the earliest that the answer may mean.
    """

    what: str
    since: str
    field: str
    last: date
    act_by: date
    latest: date
    about: bool = False


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """How a consultation stood in the list of the lawyer on the day `reckoned_on`.

    `act_by` is the day to act by of the claim that puts it on top, None if none does; `alarm` how
    near its end was. Never reckoned: None.
    """

    act_by: date | None = None
    alarm: Alarm = Alarm.NONE
    reckoned_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Event:
    """From when a limit runs: its code, the question that gave the day, what happened in words.

    `day` is the earliest that the answer may mean, `latest` the latest; `about` tells that it names
    no day; `claim` says in brackets what is claimed, where it is one of several.
    """

    code: str
    field: str
    words: str
    day: date
    latest: date
    about: bool = False
    claim: str = ""


def find_claim_limits(
    answers: Mapping[str, object], rules: Rulebook, today: date
) -> tuple[ClaimLimit, ...]:
    """List until when the claims of a consultation can be made, the earliest first.

    Of a month or a year its first day counts, and that he asked for it starts nothing anew, for
    no day of that is known: the end is never later than the law's.
    """
    found = [*_find_of_law(answers, rules, today), *_find_named(answers, rules)]
    return tuple(sorted(found, key=lambda limit: (limit.act_by, limit.last)))


def _find_of_law(
    answers: Mapping[str, object], rules: Rulebook, today: date
) -> Iterator[ClaimLimit]:
    for event in (
        *_list_events(answers, today),
        *_list_double_pay(answers, rules, today),
        *_list_second_doors(answers, rules, today),
    ):
        end, latest = _end_of(event, rules), _latest_end_of(event, rules)
        since = f"{format_date(event.day)}{event.words}，从那天起 {end.limit.words}"
        what = f"{end.limit.task}{event.claim}"
        yield ClaimLimit(what, since, event.field, end.last, end.act_by, latest, event.about)


def _end_of(event: _Event, rules: Rulebook) -> LimitEnd:
    end = find_limit_end(rules, event.code, event.day)
    assert end is not None  # noqa: S101 (none is told that he still works there)
    return end


def _latest_end_of(event: _Event, rules: Rulebook) -> date:
    return _end_of(replace(event, day=event.latest), rules).latest


def _read_event(answers: Mapping[str, object], code: str, field: str, words: str) -> _Event | None:
    """Return the event whose day a question asks; None if it was left empty."""
    if not (value := str(answers.get(field) or "")):
        return None
    about = not names_day(value)
    return _Event(code, field, words, earliest_day(value), latest_day(value), about)


def _list_events(answers: Mapping[str, object], today: date) -> Iterator[_Event]:
    injured = _read_event(answers, "injury_claim_worker", "injured_on", "受伤")
    if injured and answers.get("injury_reported") != "yes":
        yield injured
    if _has_begun(answers):
        return
    if ended := _end_of_work(answers, today):
        yield _name_claim(ended, answers.get("topic"))
    if dismissed := _read_event(answers, "arbitration", "dismissed_on", "被辞退"):
        yield dismissed


def _name_claim(ended: _Event, topic: object) -> _Event:
    """Return the limit of wages where he left; of leave not taken, the strictest is told too."""
    if ended.field != "left_on" or topic not in _WAGES:
        return ended
    leave = (
        "（没休的年休假，有的地方从每年年底各算 1 年，会更早）" if topic == "hours_leave" else ""
    )
    return replace(ended, code="arbitration_wages", words=ended.words + leave)


def _has_begun(answers: Mapping[str, object]) -> bool:
    """Tell whether arbitration or a lawsuit was begun: then no limit of theirs runs any more."""
    steps = answers.get("steps_taken")
    return isinstance(steps, list) and bool(_ARBITRATED & set(steps))


def _end_of_work(answers: Mapping[str, object], today: date) -> _Event | None:
    """Return when he left; without that day, since when he is owed, which is never later.

    Who cannot say whether he still works there （停工回家等） is taken to have left.
    """
    if answers.get("still_there") not in {"left", "unknown"}:
        return None
    words = "开始欠（没写哪天离开，先按这天，真的期限会晚一些）"
    owed = _read_event(answers, "arbitration", "owed_since", words)
    return _read_event(answers, "arbitration", "left_on", "离开") or (
        replace(owed, latest=today) if owed else None
    )


def _list_double_pay(
    answers: Mapping[str, object], rules: Rulebook, today: date
) -> Iterator[_Event]:
    """Yield the day of double pay that is lost next, and the last one （劳动合同法第八十二条）.

    By the strictest reading of 劳动争议调解仲裁法 27① each day has a limit of its own, so that the
    first day of a month is the one not to miss; once it is over, the last day of that month.
    Whatever day was meant, none is said too late. The calculator of double pay says the same day.
    """
    hired = _read_event(answers, "arbitration", "hired_on", "")
    signed = answers.get("legal_contract")
    if not hired or signed not in _MAY_BE_UNSIGNED or _has_begun(answers):
        return
    left = ["left_on"] if answers.get("still_there") == "left" else []
    ends = [str(answers[name]) for name in (*left, "dismissed_on") if answers.get(name)]
    most = min([_last_of_double_pay(hired.latest), *map(latest_day, ends)])
    months = [add_months(hired.day, one) for one in range(1, _DOUBLE_MONTHS + 1)]
    months = [day for day in months if day <= most]
    if not months:
        return
    hired = replace(hired, claim="（要双倍工资）")
    unsure = "（没签合同才有）" if signed == "unknown" else ""
    least = max(min([_last_of_double_pay(hired.day), *map(earliest_day, ends)]), months[0])
    words = f"是能要双倍工资的最后一天{unsure}"
    last = replace(hired, words=words, day=least, latest=most, about=least < most)
    for at, (place, edge) in enumerate(product(range(1, len(months) + 1), _EDGES)):
        before = "，前面的可能已经过了" if at else ""
        words = f"是双倍工资第 {place} 个月的{edge}{unsure}{before}，晚一天可能少一天"
        day, latest = (_edge_of_month(one, place, edge) for one in (hired.day, hired.latest))
        month = replace(hired, words=words, day=min(day, least), latest=min(latest, most))
        if _latest_end_of(month, rules) >= today:
            yield from (last,) if day >= least else (month, last)
            return
    yield last


def _edge_of_month(hired: date, place: int, edge: str) -> date:
    return add_months(hired, place) if edge == _FIRST else add_months(hired, place + 1) - _ONE_DAY


def _last_of_double_pay(hired: date) -> date:
    return add_months(hired, _DOUBLE_MONTHS + 1) - _ONE_DAY


def _list_second_doors(
    answers: Mapping[str, object], rules: Rulebook, today: date
) -> Iterator[_Event]:
    """Yield the inspectorate （监察条例第二十条）: for wages once the year of arbitration is over,
    for social insurance beside it."""
    ended, topic = _end_of_work(answers, today), answers.get("topic")
    if ended is None or topic not in _INSPECTED or _has_begun(answers):
        return
    complaint = replace(ended, code="inspection_complaint")
    needed = topic not in _WAGES or _end_of(ended, rules).is_over(today)
    if needed and _latest_end_of(complaint, rules) >= today:
        yield complaint


def _find_named(answers: Mapping[str, object], rules: Rulebook) -> Iterator[ClaimLimit]:
    if value := answers.get("next_deadline"):
        day = earliest_day(str(value))
        since, act_by = f"表上写的是{format_date(day)}", work_day_by(rules.calendar, day)
        yield ClaimLimit("必须办的事（表上写的）", since, "next_deadline", day, act_by, day)


def say_of_the_others(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Say that each of several has limits of his own, for the days asked are those of one."""
    people = answers.get("people")
    return (EACH_FOR_HIMSELF,) if isinstance(people, int) and people > 1 else ()


def next_claim(limits: Iterable[ClaimLimit], today: date) -> ClaimLimit | None:
    """Return the claim that is lost first of those that are not yet; else the one lost last."""
    several = list(limits)
    ahead = (limit for limit in several if limit.latest >= today)
    return next(ahead, max(several, key=lambda limit: limit.last, default=None))


def _say_doubt(limit: ClaimLimit) -> str:
    if limit.latest - limit.last > LONGEST_HOLIDAY:
        return f"照最早的日子，{format_date(limit.last)}就过了；真的日子晚一些的"
    return f"最后一天{format_date(limit.last)}可能放假"


def judge_nearness(limit: ClaimLimit, rules: Rulebook, today: date) -> Alarm:
    """Tell how near the end is, by the rows legal_deadline_soon and legal_deadline_urgent."""
    if limit.latest < today:
        return Alarm.OVER
    left = (limit.act_by - today).days
    if left <= rules.deadline("legal_deadline_urgent").limit:
        return Alarm.URGENT
    return Alarm.SOON if left <= rules.deadline("legal_deadline_soon").limit else Alarm.NONE


def find_standing(
    limits: Iterable[ClaimLimit], filed_on: date, rules: Rulebook, today: date
) -> ClaimStanding:
    """Tell how a consultation of these limits stands today.

    On top stands what is near its end, and what ended while the consultation waited.
    """
    claim = next_claim(limits, today)
    if claim is None:
        return ClaimStanding(reckoned_on=today)
    alarm = judge_nearness(claim, rules, today)
    near = alarm in {Alarm.SOON, Alarm.URGENT}
    lost_here = alarm is Alarm.OVER and claim.last >= filed_on
    return ClaimStanding(claim.act_by if near or lost_here else None, alarm, today)


def label_claim(limit: ClaimLimit, alarm: Alarm, today: date) -> str:
    """Say in a few words to the lawyer until when, and what first."""
    first = "，先办" if alarm is Alarm.URGENT else ""
    if alarm is Alarm.OVER:
        return f"法律期限可能过了：{format_date(limit.last)}"
    if limit.act_by >= today:
        return f"法律期限 {format_date(limit.act_by)}{first}"
    if limit.last >= today:
        return f"法律期限 {format_date(limit.last)}{first}"
    return f"法律期限可能就是这几天，要问清日子{first}"


def say_claim_limit(limit: ClaimLimit, today: date) -> str:
    """Say to the worker in one or two sentences until when, from what, and how sure."""
    about = "您没有写到哪一天，按最早的那天算。" if limit.about else ""
    day = format_date(limit.act_by)
    if limit.latest < today:
        return (
            f"{limit.what}：{limit.since}，照这样算，{format_date(limit.last)}已经过了。{about}"
            "是不是真的过了，律师会看，先别放弃。"
        )
    left = (limit.act_by - today).days
    if limit.last < today:
        return (
            f"{limit.what}：{limit.since}，{_say_doubt(limit)}，也许还来得及，今天就去办。{about}"
        )
    if left < 0:
        return (
            f"{limit.what}：{limit.since}，{format_date(limit.last)}是最后一天，今天就去办。{about}"
        )
    rest = "就是今天" if left == 0 else f"还有 {left} 天"
    return f"{limit.what}：最晚{day}，{rest}（{limit.since}）。{about}"

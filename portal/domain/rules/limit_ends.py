"""Where a limit of law ends for what happened: the one engine that pages, tools and cases ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.rules.rulebook import Rulebook, after_working_days
from portal.domain.rules.working_days import LegalEnd, end_of_legal_limit
from portal.domain.shared.dates import add_months, format_date
from rulefiles.deadlines import ACTS, LegalLimit


@dataclass(frozen=True, slots=True)
class Act:
    """What was done on a day, one of ACTS: it may start a limit anew."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class LimitEnd:
    """The end of a limit that runs from `start`: `counted` by the law's plain count, `last` after a
    day off was looked at, `act_by` the day by which to act, never later than `last`.

    `latest` is the day to which days off may move it at most. `restarted` is the act that it runs
    from; `certain` whether the days off are known.
    """

    limit: LegalLimit
    start: date
    counted: date
    last: date
    act_by: date
    latest: date
    certain: bool
    restarted: Act | None = None

    def is_over(self, today: date) -> bool:
        """Tell whether it has ended, however the days off fall."""
        return self.latest < today

    def days_left(self, today: date) -> int:
        """Count the days from today to the day to act by; below 0 once it is past."""
        return (self.act_by - today).days

    @property
    def assumed(self) -> tuple[str, ...]:
        """What the count takes for granted, in words."""
        return (*_say_acts(self), *_say_delay(self.limit), *_say_calendar(self))


def find_limit_end(
    rules: Rulebook,
    code: str,
    event_day: date,
    *,
    acts: Iterable[Act] = (),
    still_employed: bool = False,
) -> LimitEnd | None:
    """Return where the limit ends; None if it does not run while he still works there.

    An act starts it anew only if the row says so and the limit was still running on that day
    （劳动争议调解仲裁法第二十七条第二款）.
    """
    limit = rules.legal_limit(code)
    if still_employed and not limit.while_employed:
        return None
    end = _count(rules, limit, event_day, None)
    for act in sorted(acts, key=lambda act: act.on):
        if act.what in limit.restarted_by and end.start < act.on <= end.last:
            end = _count(rules, limit, act.on, act)
    return end


def _count(rules: Rulebook, limit: LegalLimit, start: date, restarted: Act | None) -> LimitEnd:
    counted = _plain_end(rules, limit, start)
    if limit.unit == "working_days" or limit.day_off == "none":
        years = range(start.year, counted.year + 1)
        known = limit.unit != "working_days" or rules.calendar.arranged_years.issuperset(years)
        end = LegalEnd(counted, counted, counted, known)
    else:
        end = end_of_legal_limit(rules.calendar, counted)
    return LimitEnd(limit, start, counted, end.last, end.act_by, end.latest, end.certain, restarted)


def _plain_end(rules: Rulebook, limit: LegalLimit, start: date) -> date:
    # The day of the event does not count（民法典第二百零一条）.
    match limit.unit:
        case "days":
            return start + timedelta(days=limit.limit)
        case "working_days":
            return after_working_days(rules, start, limit.limit)
        case "months":
            return add_months(start, limit.limit)
    return add_months(start, 12 * limit.limit)


def _say_acts(end: LimitEnd) -> tuple[str, ...]:
    if end.restarted:
        said = ACTS[end.restarted.what]
        return (
            f"{format_date(end.restarted.on)}{said}，期限从那天重新算。要有证据：聊天记录、录音、"
            "短信、投诉回执、欠条。没有证据，只能按原来的日子算。",
        )
    if end.limit.restarted_by:
        return (
            "中间没有向单位要过、没有投诉过，单位也没有答应过。有过的，期限可以从那天重新算，要有证据。",
        )
    return ("向单位要、和单位谈，期限都不会重新算。",)


def _say_delay(limit: LegalLimit) -> tuple[str, ...]:
    match limit.delay:
        case "suspended":
            return (
                "没有遇到洪水、地震这样躲不开的事（不可抗力），也没有别的正当理由耽误。有的话，"
                "那段时间先不算，过后接着算。",
            )
        case "excluded":
            example = limit.delay_example or "洪水、地震这样躲不开的事（不可抗力）"
            return (
                f"没有被不是自己的原因耽误过，比如{example}。有的话，那段时间可以不算。"
                "拿不准，就当没有。",
            )
    return ()


def _say_calendar(end: LimitEnd) -> tuple[str, ...]:
    if end.certain:
        return ()
    return (f"{format_date(end.last)}前后怎么放假，这里还不知道，最后一天没有往后推。",)

"""The last day of a limit of law（仲裁、工伤、投诉、起诉）from what a worker tells of it."""

from datetime import date
from typing import Final

from portal.domain.calculators.results import Basis, CalculatorResult, Certainty
from portal.domain.rules.legal_limits import (
    LEGAL_LIMITS,
    LegalLimit,
    Moving,
    find_last_day,
    find_start,
)
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import format_date

EMPLOYED: Final = "yes"
_WAGES: Final = "arbitration_wages"
_COUNTING: Final = Basis("民法典第二百零一条至第二百零三条（期间的计算）", Certainty.KNOWN)


def last_day_to_act(
    what: str,
    still_there: str,
    event_day: date,
    asked_on: date | None,
    today: date,
    rules: Rulebook,
) -> CalculatorResult:
    """Tell the last day of one of LEGAL_LIMITS, how far away it is, and what may move it.

    asked_on: the last day on which wages were demanded in writing or a complaint was made.
    """
    limit = LEGAL_LIMITS[what]
    if limit.needs_end and still_there == EMPLOYED:
        return _without_limit(limit)
    start = find_start(limit, event_day, asked_on)
    last = find_last_day(rules.calendar, limit, start)
    left = (last.act_by - today).days
    return CalculatorResult(
        f"最后一天是{format_date(last.act_by)}"
        if left >= 0
        else f"最后一天是{format_date(last.act_by)}，已经过了",
        (
            f"{limit.step}：从{limit.event}起 {limit.span}。",
            *_say_asking(limit, event_day, asked_on, start),
            f"{format_date(start)}这一天不算，往后数 {limit.span}，到{format_date(last.counted)}。",
            *([last.why] if last.why else []),
            *_say_wages(what, still_there),
            f"离今天还有 {left} 天。越早办越好。" if left >= 0 else _say_over(limit, -left),
        ),
        (Basis(limit.law), Basis(limit.moved_by.partition("：")[0]), _COUNTING),
        (_say_moving(limit), "填的日子是真正开始算的那天。拿不准，就按早的那天算。"),
    )


def _without_limit(limit: LegalLimit) -> CalculatorResult:
    return CalculatorResult(
        "还在单位上班，要工资不受 1 年的限制",
        (
            "被欠的工资，只要还在这家单位上班，什么时候申请劳动仲裁都行。",
            f"离开以后就开始算了：从{limit.event}起 {limit.span}。",
            "别拖：时间越久，证据越难找。要的是双倍工资、赔偿金，不是工资，1 年照样算。",
        ),
        (Basis(limit.law),),
        ("真的还在这家单位上班，劳动关系没有断。",),
    )


def _say_asking(
    limit: LegalLimit, event_day: date, asked_on: date | None, start: date
) -> tuple[str, ...]:
    if asked_on is None:
        return ()
    day = format_date(asked_on)
    if start != event_day:
        return (f"{day}要过钱或者投诉过，期限从这一天重新算。请留好凭证。",)
    if limit.moving is Moving.BEGINS_ANEW and asked_on > event_day:
        return (f"{day}要钱的时候，期限已经满了，不会因此重新算。",)
    if limit.moving is Moving.BEGINS_ANEW:
        return (f"{day}比开始算的那天还早，不影响期限。",)
    return (f"{day}要过钱、找过单位，这个期限也不会重新算，照样往前走。",)


def _say_wages(what: str, still_there: str) -> tuple[str, ...]:
    if what == "arbitration" and still_there == EMPLOYED:
        return (
            "要的如果是工资，还在单位上班就不受这 1 年限制"
            f"（{LEGAL_LIMITS[_WAGES].law}）。请改选“{LEGAL_LIMITS[_WAGES].step}”再算一次。",
        )
    return ()


def _say_over(limit: LegalLimit, days: int) -> str:
    over = f"照这样算，已经过了 {days} 天。"
    if limit.moving is Moving.BEGINS_ANEW:
        return (
            f"{over}先别放弃：期满以前书面要过钱、投诉过，或者单位答应过给，"
            "期限可能从那天重新算。请马上来问。"
        )
    if limit.moving is Moving.LEAVES_OUT:
        return f"{over}找单位谈、要钱不会让它重新算。有不是您自己原因耽误的时间，请马上来问。"
    return f"{over}这个期限不会重新算。还有没有别的路，请马上来问。"


def _say_moving(limit: LegalLimit) -> str:
    if limit.moving is Moving.BEGINS_ANEW:
        return f"什么能让它重新算：{limit.moved_by.partition('：')[2]}。"
    return f"找单位谈、向单位要钱，不会让这个期限重新算。{limit.moved_by.partition('：')[2]}。"

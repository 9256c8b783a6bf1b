"""Money for want of a written contract（双倍工资）."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import (
    ROUNDING,
    Basis,
    CalculatorResult,
    Certainty,
    PayDays,
    find_pay_days,
    full_months,
    round_to_fen,
    say_amount,
)
from portal.domain.calculators.time_limits import MAY_HAVE_RESTARTED
from portal.domain.rules.limit_ends import LimitEnd, find_limit_end
from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.working_days import count_paid_days
from portal.domain.shared.dates import add_months, format_date
from portal.domain.shared.errors import NotAccepted

_FREE_MONTHS, _LAST_MONTH = 1, 12
_OPEN_ENDED: Final = "满 1 年以后不再有双倍工资，但当作已经签了无固定期限合同。"
_LAW_BEGAN: Final = date(2008, 1, 1)
_ONE_DAY: Final = timedelta(days=1)
_DOUBLE_PAY_LAW: Final = (
    Basis("劳动合同法第十条、第十四条第三款、第八十二条"),
    Basis("劳动合同法实施条例第六条、第七条"),
    Basis("审理劳动争议案件解释（二）第六条、第九条"),
    Basis("劳动争议调解仲裁法第二十七条第一款"),
    Basis("劳动法第五十一条（法定节日照发工资）", Certainty.KNOWN),
)
_DOUBLE_PAY_ASSUMPTIONS: Final = (
    "没签合同不是因为您自己不肯签，也不是遇到了不可抗力。",
    "零头算实际的工作日（照国务院的调休安排），加上落在周一到周五的法定节日，法定节日工资照发。"
    "落在周六、周日的没有另算。没有调休安排的年份，按周一到周五算。排班不一样的，以考勤为准。",
    "申请仲裁有 1 年的期限。还可以要多少，按每个月底起各算 1 年；在哪天以前申请，照更严的算："
    "有的地方一天一天往回数，晚一天少一天。有的地方从最后一个月算起，会宽一些（各地做法，还没核对）。"
    "向单位要过钱的，日子可能不同，请来问。",
    "2008年以前没有双倍工资，从2008年2月算起（劳动合同法第九十七条第二款、第九十八条）。",
    ROUNDING,
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time without a contract that is paid twice, and the wage owed for it, in fen.

    `odd_days` are the paid days of one that is no whole month, else 0.
    """

    start: date
    end: date
    owed: int
    odd_days: int = 0


def double_pay(
    started_on: date,
    ending: str,
    until: date | None,
    month_wage: int,
    today: date,
    rules: Rulebook,
) -> CalculatorResult:
    """Work out the second wage for months without a written contract that can still be claimed.

    Wage in fen per month. ending: "signed" if `until` is the day of signing, which no longer
    counts; "working" if it goes on today. Each month has a limit of its own
    （调解仲裁法 27①）. Raise NotAccepted if days are turned or the last one is missing.
    """
    until = today if ending == "working" else until
    if until is None:
        raise NotAccepted("请填补签合同或者离开是哪天")
    if until < started_on:
        raise NotAccepted("后一个日子比上班那天还早。请把两个日子再看一遍")
    start = max(started_on, _LAW_BEGAN)
    first, limit = add_months(start, _FREE_MONTHS), add_months(start, _LAST_MONTH)
    end = min(until if ending == "signed" else until + _ONE_DAY, limit)
    days = find_pay_days(rules, today)
    stretches = _part(start, end, month_wage, days, rules)
    alive = [one for one in stretches if not _limit_of(one, rules).is_over(today)]
    owed, left = (sum(one.owed for one in some) for some in (stretches, alive))
    return CalculatorResult(
        _say_claim(stretches, alive, rules, today),
        (
            _say_span(first, end, stretches),
            f"整月每月 {say_amount(month_wage)}；零头按 ÷ {days}算，最多算一个月。",
            f"一共是 {say_amount(owed)}。平时发的那一份不在里面。",
            *_say_lost(owed - left, left),
            *([_OPEN_ENDED] if end == limit else []),
        ),
        (*_DOUBLE_PAY_LAW, days.basis),
        _DOUBLE_PAY_ASSUMPTIONS,
        list_ways({"double_pay": left}),
    )


def _say_lost(lost: int, left: int) -> list[str]:
    if not lost:
        return []
    rest = (
        f"里面 {say_amount(lost)} 已经过了期限，只剩 {say_amount(left)}" if left else "都过了期限"
    )
    return [f"{rest}。{MAY_HAVE_RESTARTED}"]


def _part(
    start: date, end: date, month_wage: int, days: PayDays, rules: Rulebook
) -> list[_Stretch]:
    """Part what lies before `end` into whole months and odd days; the first month is free.

    Counted from the first day of work, so that the 31st does not move the later months.
    """
    months = max(full_months(start, end), _FREE_MONTHS)
    whole = [
        _Stretch(add_months(start, one), add_months(start, one + 1) - _ONE_DAY, month_wage)
        for one in range(_FREE_MONTHS, months)
    ]
    begun = add_months(start, months)
    rest = count_paid_days(rules.calendar, begun, end)
    odd = min(round_to_fen(month_wage / days.number * rest), month_wage)
    return [*whole, _Stretch(begun, end - _ONE_DAY, odd, rest)] if rest else whole


def _limit_of(stretch: _Stretch, rules: Rulebook) -> LimitEnd:
    return _limit_from(stretch.end, rules)


def _limit_from(day: date, rules: Rulebook) -> LimitEnd:
    end = find_limit_end(rules, "arbitration", day)
    assert end is not None  # noqa: S101 (this limit runs while he works there)
    return end


def _say_claim(
    stretches: list[_Stretch], alive: list[_Stretch], rules: Rulebook, today: date
) -> str:
    left = say_amount(sum(one.owed for one in alive))
    if not stretches:
        return f"还可以要 {left}"
    if not alive:
        last = format_date(_limit_of(stretches[-1], rules).last)
        return f"申请仲裁的期限已经过了：最晚的一笔到{last}为止"
    act_by = _day_lost_next(alive, rules, today)
    if act_by < today:
        return f"还可以要 {left}，今天就去申请仲裁"
    return f"还可以要 {left}，请在{format_date(act_by)}以前申请仲裁"


def _day_lost_next(alive: list[_Stretch], rules: Rulebook, today: date) -> date:
    """Return by when to act: some count the year from each day, so a month's first day is lost
    before its last. Consultations say the same day （`find_claim_limits`）."""
    days = (day for one in alive for day in (one.start, one.end))
    limits = (_limit_from(day, rules) for day in days)
    return next(limit.act_by for limit in limits if not limit.is_over(today))


def _say_span(first: date, end: date, stretches: list[_Stretch]) -> str:
    if end <= _LAW_BEGAN:
        return "2008年2月才开始有双倍工资，那时候还没有。"
    if end <= first:
        return f"上班满 1 个月以后，也就是{format_date(first)}起才有双倍工资，现在还没有。"
    rest = sum(one.odd_days for one in stretches)
    months = sum(not one.odd_days for one in stretches)
    last = format_date(end - _ONE_DAY)
    return f"从{format_date(first)}算到{last}：{months} 个月，零头 {rest} 天（工作日和法定节日）。"

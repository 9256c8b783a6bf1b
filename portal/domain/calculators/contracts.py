"""Money for want of a written contract（双倍工资）."""

from datetime import date, timedelta
from typing import Final

from portal.domain.calculators.results import (
    DAY_WAGE,
    ROUNDING,
    WORKDAYS_PER_MONTH,
    Basis,
    CalculatorResult,
    full_months,
    round_to_fen,
    say_amount,
)
from portal.domain.shared.dates import add_months, format_date
from portal.domain.shared.errors import NotAccepted

_FREE_MONTHS, _LAST_MONTH = 1, 12
_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_DOUBLE_PAY_LAW: Final = (
    Basis("劳动合同法第十条、第十四条第三款、第八十二条"),
    Basis("劳动合同法实施条例第六条、第七条"),
    Basis("审理劳动争议案件解释（二）第六条、第九条"),
    DAY_WAGE,
)
_DOUBLE_PAY_ASSUMPTIONS: Final = (
    "没签合同不是因为您自己不肯签，也不是遇到了不可抗力。",
    "零头按周一到周五的天数算，没有看调休和排班。实际上班的天数不一样，以考勤为准。",
    "申请仲裁有 1 年的期限，有的地方按月分别算。越早越好。",
    ROUNDING,
)


def double_pay(started_on: date, ending: str, until: date, month_wage: int) -> CalculatorResult:
    """Work out the second wage for months without a written contract; wage in fen per month.

    ending: "signed" if `until` is the day of signing, which no longer counts; otherwise it
    counts. Raise NotAccepted if days are turned.
    """
    if until < started_on:
        raise NotAccepted("后一个日子比上班那天还早。请把两个日子再看一遍")
    first, limit = add_months(started_on, _FREE_MONTHS), add_months(started_on, _LAST_MONTH)
    end = min(until if ending == "signed" else until + _ONE_DAY, limit)
    months = _months_without(started_on, end)
    rest = _weekdays(add_months(started_on, _FREE_MONTHS + months), end)
    whole = month_wage * months
    part = min(round_to_fen(month_wage / WORKDAYS_PER_MONTH * rest), month_wage)
    span = (
        f"从{format_date(first)}算到{format_date(end - _ONE_DAY)}：{months} 个月，"
        f"零头 {rest} 个工作日。"
        if end > first
        else f"上班满 1 个月以后，也就是{format_date(first)}起才有双倍工资，现在还没有。"
    )
    return CalculatorResult(
        f"还可以要 {say_amount(whole + part)}",
        (
            span,
            f"整月：{say_amount(month_wage)} × {months} = {say_amount(whole)}。",
            f"零头：{say_amount(month_wage)} ÷ 21.75 天 × {rest} 天 = {say_amount(part)}"
            "（最多算一个月）。",
            f"{say_amount(whole)} + {say_amount(part)} = {say_amount(whole + part)}。"
            "平时发的那一份不在里面。",
            *(["满 1 年以后不再有双倍工资，但当作已经签了无固定期限合同。"]
              if end == limit else []),
        ),
        _DOUBLE_PAY_LAW,
        _DOUBLE_PAY_ASSUMPTIONS,
    )  # fmt: skip


def _months_without(started_on: date, end: date) -> int:
    # Counted from the first day of work, so that the 31st does not move the later months.
    return max(full_months(started_on, end) - _FREE_MONTHS, 0)


def _weekdays(start: date, end: date) -> int:
    days = (start + timedelta(days=place) for place in range((end - start).days))
    return sum(day.weekday() < _SATURDAY for day in days)

"""Money at the end of a contract（经济补偿、赔偿金）and for want of one（双倍工资）."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from portal.domain.calculators.results import (
    DAY_WAGE,
    ROUNDING,
    WORKDAYS_PER_MONTH,
    Basis,
    CalculatorResult,
    add_months,
    full_months,
    round_to_fen,
    say_amount,
    say_months,
    say_number,
)
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted

_HIGH_WAGE, _MOST_MONTHS = 3, 12
_LAW_FROM: Final = date(2008, 1, 1)
_FREE_MONTHS, _LAST_MONTH = 1, 12
_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_SEVERANCE_LAW: Final = (
    Basis("劳动合同法第四十六条、第四十七条"),
    Basis("劳动合同法第四十八条、第八十七条"),
    Basis("劳动合同法实施条例第二十五条、第二十七条"),
)
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


def severance_months(started_on: date, ended_on: date) -> Fraction:
    """Count months of pay for the service: 1 a year, 1 from half a year, else half a month."""
    after = ended_on + _ONE_DAY
    years, months = divmod(full_months(started_on, after), 12)
    if months >= 6:
        return Fraction(years + 1)
    more = add_months(started_on, 12 * years) < after
    return years + (Fraction(1, 2) if more else Fraction(0))


def severance_pay(
    started_on: date, ended_on: date, average_wage: int, local_average: int | None
) -> CalculatorResult:
    """Work out severance, and twice that for an unlawful dismissal; wages in fen per month.

    local_average: average wage of the place, None if not known. Raise NotAccepted if days are
    turned.
    """
    if ended_on < started_on:
        raise NotAccepted("离开那天比上班那天还早。请把两个日子再看一遍")
    months, wage = severance_months(started_on, ended_on), average_wage
    after = ended_on + _ONE_DAY
    served = full_months(started_on, after)
    days = (after - add_months(started_on, served)).days
    odd = f"零 {days} 天" if days else "整"
    sentences = [
        f"{format_date(started_on)}到{format_date(ended_on)}，干了 {say_months(served)}{odd}，"
        f"算 {say_number(months)} 个月工资。"
    ]
    if local_average and average_wage > _HIGH_WAGE * local_average:
        wage, months = _HIGH_WAGE * local_average, min(months, Fraction(_MOST_MONTHS))
        sentences.append(_say_cap(local_average, wage, months))
    pay = round_to_fen(wage * months)
    sentences += [
        f"经济补偿：{say_amount(wage)} × {say_number(months)} 个月 = {say_amount(pay)}。",
        f"单位违法辞退的，赔偿金是 2 倍：{say_amount(pay)} × 2 = {say_amount(2 * pay)}。"
        "拿了赔偿金，不再另给补偿。",
    ]
    return CalculatorResult(
        f"经济补偿 {say_amount(pay)}；违法辞退 {say_amount(2 * pay)}",
        tuple(sentences),
        _SEVERANCE_LAW,
        _severance_assumptions(started_on, local_average),
    )


def _say_cap(local_average: int, wage: int, months: Fraction) -> str:
    return (
        f"月工资超过当地平均工资的 3 倍，按 3 倍算：{say_amount(local_average)} × 3 ="
        f" {say_amount(wage)}，最多 {_MOST_MONTHS} 年。现在算 {say_number(months)} 个月。"
    )


def _severance_assumptions(started_on: date, local_average: int | None) -> tuple[str, ...]:
    old = "2008 年以前的年头，有的按当时的规定算，数目可能不一样。"
    unknown = "没有填当地平均工资，所以没有看 3 倍封顶。工资不高的不受影响。"
    return (
        "这次离开是法律规定要给补偿的情况。自己没有理由就辞职的，一般没有。",
        "月工资是离开前 12 个月的平均，奖金、津贴、补贴都算，而且不低于当地最低工资。",
        *([old] if started_on < _LAW_FROM else []),
        *([] if local_average else [unknown]),
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

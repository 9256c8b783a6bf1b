"""Pay for overtime（加班费）and for annual leave that was not taken（年休假工资）."""

from datetime import date
from fractions import Fraction
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import (
    HOURS_PER_DAY,
    ROUNDING,
    Basis,
    CalculatorResult,
    find_pay_days,
    round_to_fen,
    say_amount,
    say_number,
)
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted

_PERCENT: Final = {"平时加班": 150, "休息日加班": 200, "法定节假日加班": 300}
_LEAVE_DAYS: Final = ((20, 15), (10, 10), (1, 5))
_LEAVE_EXTRA: Final = 200
_YEAR_DAYS: Final = 365
_WHY_TWICE: Final = "法律说的是 300%。其中 100% 是平时已经发的工资，所以再要 200%。"
_OF_THE_YEAR: Final = "休的天数只算这家单位的。以前各年没休的，一年一年另外算，期限也各算各的。"
_LEAVE_ASSUMPTIONS: Final = (
    "单位没有安排休。安排了、您自己书面说不休的，只有平时工资。",
    "病假、事假没有多到不能休年休假（职工带薪年休假条例第四条）。",
    ROUNDING,
)
_LEAVE_LAW: Final = (
    Basis("职工带薪年休假条例第三条、第五条"),
    Basis("企业职工带薪年休假实施办法第五条、第十条至第十二条"),
)
_COMPREHENSIVE_ASSUMPTIONS: Final = (
    "劳动部门批准了您这个岗位用综合工时。单位拿不出批文的，按标准工时算，一般更多。",
    "综合工时里，轮到休息日上班不另算 200%，超出的小时都是 150%。",
    "不定时工作制的，一般没有平时加班费，请先问我们。",
    "标准是 2025 年起的，一年 248 个工作日。2025 年以前一年 250 个，标准是一年 2,000 小时，"
    "一个季度 500 小时，一个月 166.64 小时，超出的会少一些（劳社部发〔2008〕3号，还没核对）。",
    "单位已经发了的加班费要减掉。",
    ROUNDING,
)
PERIODS: Final = {
    "month": ("一个月", Fraction(16536, 100)),
    "quarter": ("一个季度", Fraction(496)),
    "year": ("一年", Fraction(1984)),
}
"""Hours of a period under 综合计算工时 since 2025: 248 working days a year, 62 a quarter, 20.67 a
month （人社部发〔2025〕2号）."""


def overtime_pay(
    month_wage: int,
    workday_hours: Fraction,
    rest_day_hours: Fraction,
    holiday_hours: Fraction,
    rules: Rulebook,
    today: date,
) -> CalculatorResult:
    """Work out overtime pay at 150, 200 and 300 percent; wage in fen per month."""
    days = find_pay_days(rules, today)
    hour = month_wage / days.number / HOURS_PER_DAY
    worked = zip(_PERCENT, (workday_hours, rest_day_hours, holiday_hours), strict=True)
    parts = [
        (name, hours, round_to_fen(hour * hours * _PERCENT[name] / 100)) for name, hours in worked
    ]
    total = sum(pay for _, _, pay in parts)
    return CalculatorResult(
        f"加班费一共 {say_amount(total)}",
        (
            f"{say_amount(month_wage)} ÷ {days} ÷ 8 小时 = 每小时 {say_amount(hour)}。",
            *(f"{name}：{say_amount(hour)} × {say_number(hours)} 小时 × {_PERCENT[name]}%"
              f" = {say_amount(pay)}。" for name, hours, pay in parts),
            f"{' + '.join(say_amount(pay) for _, _, pay in parts)} = {say_amount(total)}。",
        ),
        (
            Basis("劳动法第四十四条"),
            Basis("劳动合同法第三十一条"),
            Basis("工资支付暂行规定第十三条"),
            days.basis,
        ),
        (
            "正常上班的工资不低于当地最低工资。低了的，先按最低工资补，再算加班费。",
            "您的岗位是标准工时：每天 8 小时。批准了综合工时的，请用“算综合工时的加班费”。",
            "休息日加班没有安排补休。补休了的，这几个小时不要算进来。",
            "这是最少的数。单位已经发了的加班费要减掉。",
            ROUNDING,
        ),
        list_ways({"overtime": total}),
    )  # fmt: skip


def comprehensive_overtime_pay(
    month_wage: int,
    period: str,
    worked_hours: Fraction,
    holiday_hours: Fraction,
    rules: Rulebook,
    today: date,
) -> CalculatorResult:
    """Work out overtime pay under 综合计算工时, one period; wage in fen per month.

    Hours beyond those of the period at 150 percent, those on statutory holidays at 300, no hour
    twice: 工资支付暂行规定第十三条. Raise NotAccepted if there are more holiday hours than hours.
    """
    if holiday_hours > worked_hours:
        raise NotAccepted("节假日的小时比一共的还多。一共的小时要把节假日的也算进去，请再看一遍")
    name, standard = PERIODS[period]
    days = find_pay_days(rules, today)
    hour = month_wage / days.number / HOURS_PER_DAY
    over = max(worked_hours - holiday_hours - standard, Fraction(0))
    extra, holiday = round_to_fen(hour * over * 150 / 100), round_to_fen(hour * holiday_hours * 3)
    return CalculatorResult(
        f"加班费一共 {say_amount(extra + holiday)}",
        (
            f"{say_amount(month_wage)} ÷ {days} ÷ 8 小时 = 每小时 {say_amount(hour)}。",
            f"{name}的标准是 {say_number(standard)} 小时。干了 {say_number(worked_hours)} 小时，"
            f"减去法定节假日的 {say_number(holiday_hours)} 小时，超出 {say_number(over)} 小时。",
            f"超出的：{say_amount(hour)} × {say_number(over)} 小时 × 150% = {say_amount(extra)}。",
            f"法定节假日：{say_amount(hour)} × {say_number(holiday_hours)} 小时 × 300%"
            f" = {say_amount(holiday)}。",
            f"{say_amount(extra)} + {say_amount(holiday)} = {say_amount(extra + holiday)}。",
        ),
        (Basis("劳动法第四十四条"), Basis("工资支付暂行规定第十三条"), days.basis),
        _COMPREHENSIVE_ASSUMPTIONS,
        list_ways({"overtime": extra + holiday}),
    )


def leave_days(total_years: int) -> int:
    """Return the days of annual leave after so many full years with all employers."""
    return next((days for years, days in _LEAVE_DAYS if total_years >= years), 0)


def days_of_part(year_days: int, first: date, last: date) -> int:
    """Return the leave for a part of a year: ÷ 365, what is no whole day dropped.

    企业职工带薪年休假实施办法第五条、第十二条.
    """
    return min((last - first).days + 1, _YEAR_DAYS) * year_days // _YEAR_DAYS


def unused_leave_pay(
    total_years: int,
    joined_on: date | None,
    left_on: date | None,
    taken_days: int,
    average_wage: int,
    rules: Rulebook,
    today: date,
) -> CalculatorResult:
    """Work out what is due for leave not taken, on top of the normal pay, in fen.

    joined_on, left_on: None for who was there before the year of leaving, else this year; for who
    still is. Raise NotAccepted if days are turned.
    """
    if left_on and joined_on and left_on < joined_on:
        raise NotAccepted("离开那天比来上班那天还早。请把两个日子再看一遍")
    year = (left_on or today).year
    first = max(joined_on or date.min, date(year, 1, 1))
    last = left_on or date(year, 12, 31)
    year_days = leave_days(total_years)
    due = days_of_part(year_days, first, last)
    days = max(due - taken_days, 0)
    month = find_pay_days(rules, today)
    day_wage = average_wage / month.number
    pay = round_to_fen(day_wage * days * _LEAVE_EXTRA / 100)
    return CalculatorResult(
        _say_leave(days, pay, still_there=left_on is None),
        (
            f"累计工作 {total_years} 年，一年有 {year_days} 天年休假。",
            *_say_part(first, last, year_days),
            f"减去已经休的：{due} － {taken_days}，还有 {days} 天。多休了的，不用倒扣。",
            f"{say_amount(average_wage)} ÷ {month} = 一天 {say_amount(day_wage)}。",
            f"没休的 {days} 天 × {say_amount(day_wage)} × 200% = {say_amount(pay)}。",
            _WHY_TWICE,
        ),
        _LEAVE_LAW,
        (f"只算 {year} 年这一个年度，{_OF_THE_YEAR}", *_LEAVE_ASSUMPTIONS),
        list_ways({"annual_leave": pay}),
    )


def _say_leave(days: int, pay: int, *, still_there: bool) -> str:
    # Until the year is over the employer can still give the days off.
    before = f"还有 {days} 天没休。到年底还不让休，" if still_there and days else ""
    return f"{before}还可以要 {say_amount(pay)}"


def _say_part(first: date, last: date, year_days: int) -> tuple[str, ...]:
    part = (last - first).days + 1
    if part >= _YEAR_DAYS:
        return ()
    due = days_of_part(year_days, first, last)
    return (
        f"{format_date(first)}到{format_date(last)}是 {part} 天：{part} ÷ 365 × {year_days} ="
        f" {due} 天，不够 1 天的舍去。",
    )

"""Pay for overtime（加班费）and for annual leave that was not taken（年休假工资）."""

from fractions import Fraction
from typing import Final

from portal.domain.calculators.results import (
    DAY_WAGE,
    HOURS_PER_DAY,
    ROUNDING,
    WORKDAYS_PER_MONTH,
    Basis,
    CalculatorResult,
    round_to_fen,
    say_amount,
    say_number,
)

_PERCENT: Final = {"平时加班": 150, "休息日加班": 200, "法定节假日加班": 300}
_LEAVE_DAYS: Final = ((20, 15), (10, 10), (1, 5))
_LEAVE_EXTRA: Final = 200


def overtime_pay(
    month_wage: int, workday_hours: Fraction, rest_day_hours: Fraction, holiday_hours: Fraction
) -> CalculatorResult:
    """Work out overtime pay at 150, 200 and 300 percent; wage in fen per month."""
    hour = Fraction(month_wage) / WORKDAYS_PER_MONTH / HOURS_PER_DAY
    worked = zip(_PERCENT, (workday_hours, rest_day_hours, holiday_hours), strict=True)
    parts = [
        (name, hours, round_to_fen(hour * hours * _PERCENT[name] / 100)) for name, hours in worked
    ]
    total = sum(pay for _, _, pay in parts)
    return CalculatorResult(
        f"加班费一共 {say_amount(total)}",
        (
            f"{say_amount(month_wage)} ÷ 21.75 天 ÷ 8 小时 = 每小时 {say_amount(hour)}。",
            *(f"{name}：{say_amount(hour)} × {say_number(hours)} 小时 × {_PERCENT[name]}%"
              f" = {say_amount(pay)}。" for name, hours, pay in parts),
            f"{' + '.join(say_amount(pay) for _, _, pay in parts)} = {say_amount(total)}。",
        ),
        (
            Basis("劳动法第四十四条"),
            Basis("劳动合同法第三十一条"),
            Basis("工资支付暂行规定第十三条"),
            DAY_WAGE,
        ),
        (
            "您的岗位是标准工时：每天 8 小时。批准了综合工时、不定时的，算法不一样。",
            "休息日加班没有安排补休。补休了的，这几个小时不要算进来。",
            "这是最少的数。单位已经发了的加班费要减掉。",
            ROUNDING,
        ),
    )  # fmt: skip


def leave_days(total_years: int) -> int:
    """Return the days of annual leave after so many full years with all employers."""
    return next((days for years, days in _LEAVE_DAYS if total_years >= years), 0)


def unused_leave_pay(total_years: int, unused_days: int, average_wage: int) -> CalculatorResult:
    """Work out what is due for leave not taken, on top of the normal pay; wage in fen per month."""
    due_days = leave_days(total_years)
    days = min(unused_days, due_days)
    day_wage = Fraction(average_wage) / WORKDAYS_PER_MONTH
    pay = round_to_fen(day_wage * days * _LEAVE_EXTRA / 100)
    limit = f"最多按 {due_days} 天算。" if unused_days > due_days else ""
    return CalculatorResult(
        f"还可以要 {say_amount(pay)}",
        (
            f"累计工作 {total_years} 年，一年有 {due_days} 天年休假。{limit}",
            f"{say_amount(average_wage)} ÷ 21.75 天 = 一天 {say_amount(day_wage)}。",
            f"没休的 {days} 天 × {say_amount(day_wage)} × 200% = {say_amount(pay)}。",
            "法律说的是 300%。其中 100% 是平时已经发的工资，所以再要 200%。",
        ),
        (
            Basis("职工带薪年休假条例第三条、第五条"),
            Basis("企业职工带薪年休假实施办法第十条、第十一条"),
        ),
        (
            "算的是一个年度，您全年都在这家单位。年中离开的，按在职天数折算。",
            "单位没有安排休。安排了、您自己书面说不休的，只有平时工资。",
            "病假、事假没有多到不能休年休假（职工带薪年休假条例第四条）。",
            ROUNDING,
        ),
    )

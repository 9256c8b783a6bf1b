"""What is paid in illness（病假工资） and to who lost the work（失业金）."""

from datetime import date
from fractions import Fraction
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import (
    ROUNDING,
    Basis,
    CalculatorResult,
    Certainty,
    round_to_fen,
    say_amount,
    say_number,
)
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.errors import NotAccepted
from rulefiles.local_values import OF_MINIMUM_WAGE, LocalValues

_BENEFIT_MONTHS: Final = ((10, 24), (5, 18), (1, 12))
_MOST_MONTHS: Final = 24
_GO_ON: Final = (
    "领着失业金去上班、不满 1 年又失业的，一般可以接着领前一次没领完的。先打 12333 问，再去登记。"
)
_GO_ON_LAW: Final = Basis("失业保险金申领发放办法（又失业的，接着领）", Certainty.KNOWN)
_BENEFIT_ASSUMPTIONS: Final = (
    "不是自己要走的，办了失业登记，也在找工作。",
    "交费的年头是单位和您一起交失业保险的时间；重新就业以后，再失业的重新算。",
    "这是最长的月数，每月给多少由本省定。早点登记，从登记那天起算。",
)
_NO_LOCAL_FLOOR: Final = "本地病假工资的规定，本中心还没有填，所以只看了全国的底线。"


def sick_pay(
    months: Fraction, paid: int, minimum_wage: int, rules: Rulebook, today: date
) -> CalculatorResult:
    """Tell the least pay of a sick month and what is missing; amounts in fen per month.

    80 percent of the minimum wage, or more where the place says so. Raise NotAccepted where the
    national figure of the day is not known.
    """
    national = rules.national["sick_pay_floor"].value_on(today)
    if national is None:
        raise NotAccepted("病假工资最低是百分之几，这里还没有数，所以算不出来。请打 12333 问")
    least, sums = _least_sick_pay(minimum_wage, national.number, rules.local, today)
    missing = max(least - paid, Fraction(0))
    total = round_to_fen(missing * months)
    return CalculatorResult(
        f"病假一个月至少 {say_amount(round_to_fen(least))}；少发了 {say_amount(total)}",
        (
            sums,
            *_say_short(least, paid, months, total),
        ),
        (
            Basis(national.source, Certainty(national.mark)),
            Basis(
                "企业职工患病或非因工负伤医疗期规定第五条（医疗期里的病假工资）", Certainty.KNOWN
            ),
        ),
        (
            "这是最低的线。合同、规章或者本省规定更高的，按高的。",
            "还在医疗期里，交了医生开的病假条。因为工作受的伤，工资照发，不按这个算。",
            *([] if rules.local.on("sick_pay_floor", today) else [_NO_LOCAL_FLOOR]),
            ROUNDING,
        ),
        list_ways({"sick_pay": total}),
    )


def _say_short(least: Fraction, paid: int, months: Fraction, total: int) -> tuple[str, ...]:
    if paid >= least:
        return (f"发了 {say_amount(paid)}，没有低过这条线。",)
    month = say_amount(least - paid)
    return (
        f"每月少发：{say_amount(least)} － {say_amount(paid)} = {month}。",
        f"{month} × {say_number(months)} 个月 = {say_amount(total)}。",
    )


def _least_sick_pay(
    minimum_wage: int, percent: Fraction, local: LocalValues, today: date
) -> tuple[Fraction, str]:
    least = Fraction(minimum_wage) * percent / 100
    sums = f"全国的底线：{say_amount(minimum_wage)} × {percent}% = {say_amount(least)}。"
    found = local.on("sick_pay_floor", today)
    if found is None or not isinstance(found.amount, Fraction):
        return least, sums
    by_share = found.unit == OF_MINIMUM_WAGE
    place = minimum_wage * found.number / 100 if by_share else Fraction(found.fen)
    sums += f"本地规定：{found.words}，就是 {say_amount(place)}（{found.source}）。取高的。"
    return max(least, place), sums


def benefit_months(paid_years: int, left_months: int) -> int:
    """Return for how many months at most; 0 before a full year: Social Insurance Law art. 46."""
    due = next((months for years, months in _BENEFIT_MONTHS if paid_years >= years), 0)
    return min(due + left_months, _MOST_MONTHS) if due else 0


def _say_benefit(months: int, left_months: int) -> str:
    if months:
        return f"最长可以领 {months} 个月"
    if left_months:
        return f"前一次没领完的 {left_months} 个月，也许可以接着领"
    return "交费不满 1 年，还不能领"


def unemployment_benefit(
    paid_years: int, left_months: int, month_benefit: int | None
) -> CalculatorResult:
    """Tell for how many months there is benefit at most, and how much, in fen per month.

    `paid_years` are full years; `left_months` those not drawn the last time.
    """
    months = benefit_months(paid_years, left_months)
    total = (
        [
            f"每月 {say_amount(month_benefit)} × {months} 个月 = "
            f"最多 {say_amount(month_benefit * months)}。"
        ]
        if month_benefit and months
        else []
    )
    before = f"，加上前一次没领完的 {left_months} 个月，合起来最多 24 个月" if left_months else ""
    return CalculatorResult(
        _say_benefit(months, left_months),
        (
            f"交满 {paid_years} 年{before}：最长 {months} 个月。"
            if months
            else _GO_ON
            if left_months
            else "要交满 1 年才能领。",
            "满 1 年不到 5 年最长 12 个月；满 5 年不到 10 年最长 18 个月；满 10 年最长 24 个月。",
            *total,
            "领失业金期间，医保费由失业保险基金交，您不用交。",
        ),
        (
            Basis("社会保险法第四十五条、第四十六条、第四十八条"),
            Basis("失业保险条例第十六条、第十八条"),
            *([_GO_ON_LAW] if left_months and not months else []),
        ),
        (
            *_BENEFIT_ASSUMPTIONS,
            *([] if month_benefit else ["没有填每月多少，所以没有算一共多少钱。"]),
        ),
    )

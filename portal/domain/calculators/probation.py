"""Probation（试用期）that is too long or too badly paid."""

from fractions import Fraction
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import (
    ROUNDING,
    Basis,
    CalculatorResult,
    round_to_fen,
    say_amount,
    say_number,
)
from portal.domain.shared.errors import NotAccepted

_LONGEST: Final = {
    "short": ("不满 3 个月，或者干完一件活就结束，或者非全日制", 0),
    "months": ("3 个月以上，不满 1 年", 1),
    "years": ("1 年以上，不满 3 年", 2),
    "long": ("3 年以上，或者没有写到哪天为止", 6),
}
PROBATION_CONTRACTS: Final = tuple((code, words) for code, (words, _) in _LONGEST.items())
_LEAST_PERCENT: Final = 80
_LAW: Final = (
    Basis("劳动合同法第十九条、第七十条（最长多久）"),
    Basis("劳动合同法第二十条、劳动合同法实施条例第十五条（最少多少钱）"),
    Basis("劳动合同法第八十三条（超出的时间）"),
)
_ASSUMPTIONS: Final = (
    "超出的那段时间，工资本来也该按转正的发；少发的差额另外要，请先问我们。",
    "同一家单位只能试用一次。第二次试用，全部时间都算超出，请选“不满 3 个月”那一种来算。",
    "合同只写了试用期、没写别的期限的，试用期不算数，也请那样算（第十九条第四款）。",
)


def probation_claim(
    contract: str, served: Fraction, paid: int, regular: int, minimum_wage: int | None
) -> CalculatorResult:
    """Work out what is due for a probation; `served` in months, wages in fen per month.

    Damages for the excess time only, at the wage after probation（Labour Contract Law 83）;
    the difference to the least pay for the lawful time（art. 20）. Raise NotAccepted if the wage
    on probation is above the one after it.
    """
    if paid > regular:
        raise NotAccepted("试用期的工资比转正以后还高。请把两个数再看一遍")
    longest = _LONGEST[contract][1]
    excess = max(served - longest, Fraction(0))
    lawful = served - excess
    share = Fraction(regular * _LEAST_PERCENT, 100)
    least = max(share, Fraction(minimum_wage or 0))
    damages = round_to_fen(regular * excess)
    missing = round_to_fen(max(least - paid, Fraction(0)) * lawful)
    return CalculatorResult(
        f"还可以要 {say_amount(damages + missing)}",
        (
            f"这种合同，试用期最长 {longest} 个月。干了 {say_number(served)} 个月，"
            f"超出 {say_number(excess)} 个月。",
            f"超出的时间，另给赔偿金：转正工资 {say_amount(regular)} × {say_number(excess)} 个月 ="
            f" {say_amount(damages)}。没有超出的时间不赔。",
            _say_floor(regular, share, minimum_wage),
            _say_missing(lawful, max(least - paid, Fraction(0)), missing),
            f"{say_amount(damages)} + {say_amount(missing)} = {say_amount(damages + missing)}。",
        ),
        _LAW,
        (
            *_ASSUMPTIONS,
            *([] if minimum_wage else ["没有填最低工资，所以只看了转正工资的 80%。"]),
            ROUNDING,
        ),
        list_ways({"probation_damages": damages, "probation_pay": missing}),
    )


def _say_missing(lawful: Fraction, month: Fraction, missing: int) -> str:
    months = f"合法的 {say_number(lawful)} 个月"
    if not missing:
        return f"{months}，没有少发。"
    return f"{months}，每月少发 {say_amount(month)}，一共 {say_amount(missing)}。"


def _say_floor(regular: int, share: Fraction, minimum_wage: int | None) -> str:
    higher = f"；当地最低工资 {say_amount(minimum_wage)}，取高的" if minimum_wage else ""
    sums = f"{say_amount(regular)} × 80% = {say_amount(share)}"
    return f"试用期工资最少是转正工资的 80%：{sums}{higher}。"

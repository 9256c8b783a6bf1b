"""Money after an injury or death at work（伤残、工亡补助金）, and protected leave（医疗期）."""

from datetime import date
from fractions import Fraction
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.leaving_grants import Wages, leaving_grants
from portal.domain.calculators.results import (
    ROUNDING,
    Basis,
    CalculatorResult,
    Certainty,
    round_to_fen,
    say_amount,
)
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.errors import NotAccepted

LUMP_MONTHS: Final = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}
_ALLOWANCE: Final = {1: 90, 2: 85, 3: 80, 4: 75, 5: 70, 6: 60}
_NO_FLOOR: Final = "没有填最低工资，所以没有看每月的津贴够不够最低工资。"
_LAST_WITH_FUND, _LAST_WITH_ALLOWANCE = 4, 6
_LEAST_PERCENT, _MOST_PERCENT = 60, 300
_DEATH_TIMES, _FUNERAL_MONTHS = 20, 6
_DEATH_LAW: Final = (
    Basis("工伤保险条例第三十九条"),
    Basis("实施社会保险法若干规定第十一条（看事故发生的上一年）"),
)
_LONG_SERVICE: Final = 10
_SHORT: Final = ((5, 6, 12), (0, 3, 6))
_LONG: Final = ((20, 24, 30), (15, 18, 24), (10, 12, 18), (5, 9, 15), (0, 6, 12))


def injury_payment(
    grade: str,
    wage: int,
    local_average: int | None,
    minimum_wage: int | None,
    medical_months: Fraction | None,
    employment_months: Fraction | None,
    rules: Rulebook,
    today: date,
) -> CalculatorResult:
    """Work out the lump sum of a disability grade, "1" to "10"; wages in fen per month.

    wage: average contribution wage of the 12 months before. local_average and minimum_wage are
    None if not known; the monthly allowance is never below the latter. The months of what is paid
    on leaving stand in the local values, unless the worker knows others.
    """
    number = int(grade)
    own, sentences = _bounded_wage(Fraction(wage), local_average)
    lump = round_to_fen(own * LUMP_MONTHS[number])
    sentences.append(
        f"{number} 级：{say_amount(own)} × {LUMP_MONTHS[number]} 个月 = {say_amount(lump)}。"
    )
    sentences += _say_allowance(number, own, minimum_wage)
    months = {"injury_medical": medical_months, "injury_employment": employment_months}
    leaving = leaving_grants(number, Wages(own, local_average), months, rules.local, today)
    sums = {"injury_grant": lump, **leaving.sums}
    return CalculatorResult(
        f"一次性伤残补助金 {say_amount(lump)}",
        (*sentences, *leaving.sentences),
        (
            Basis(f"工伤保险条例{_article(number)}"),
            Basis("工伤保险条例第六十四条"),
            *leaving.bases,
        ),
        _name_injury_terms(number, local_average, minimum_wage),
        list_ways({"injury_grant": lump}, *([sums] if leaving.sums else [])),
    )


def _name_injury_terms(
    grade: int, local_average: int | None, minimum_wage: int | None
) -> tuple[str, ...]:
    return (
        "已经认定为工伤，也评了伤残等级。",
        "本人工资是受伤前 12 个月的平均缴费工资。单位少交、没交的，少的部分找单位要。",
        *([] if local_average else ["没有填当地平均工资，所以没有看 60% 和 300% 的上下限。"]),
        *([] if minimum_wage or grade > _LAST_WITH_ALLOWANCE else [_NO_FLOOR]),
        "单位没给您交工伤保险的，这笔钱由单位付（工伤保险条例第六十二条）。",
        "医药费、停工期间的工资、护理费另外算。",
        ROUNDING,
    )


def _say_allowance(grade: int, own: Fraction, minimum_wage: int | None) -> list[str]:
    percent = _ALLOWANCE.get(grade)
    if not percent:
        return []
    month, by_fund = round_to_fen(own * percent / 100), grade <= _LAST_WITH_FUND
    who = (
        "不用再上班，单位也不能解除您。每月伤残津贴由工伤保险基金付"
        if by_fund
        else "单位安排不了合适的工作，每月由单位付伤残津贴"
    )
    sentences = [f"{who}：{say_amount(own)} × {percent}% = {say_amount(month)}。"]
    if minimum_wage and month < minimum_wage:
        sentences.append(
            f"比当地最低工资少，由{'基金' if by_fund else '单位'}补足差额"
            f" {say_amount(minimum_wage - month)}，每月 {say_amount(minimum_wage)}。"
        )
    return sentences


def _bounded_wage(wage: Fraction, local_average: int | None) -> tuple[Fraction, list[str]]:
    if not local_average:
        return wage, []
    least = Fraction(local_average * _LEAST_PERCENT, 100)
    most = Fraction(local_average * _MOST_PERCENT, 100)
    if wage < least:
        return least, [
            f"本人工资低于当地平均的 60%，按 60% 算：{say_amount(local_average)} × 60% ="
            f" {say_amount(least)}。"
        ]
    if wage > most:
        return most, [
            f"本人工资高于当地平均的 300%，按 300% 算：{say_amount(local_average)} × 300% ="
            f" {say_amount(most)}。"
        ]
    return wage, [f"本人工资 {say_amount(wage)}，在当地平均的 60% 到 300% 之间，照实算。"]


def _article(grade: int) -> str:
    if grade <= _LAST_WITH_FUND:
        return "第三十五条"
    return "第三十六条" if grade <= _LAST_WITH_ALLOWANCE else "第三十七条"


def death_grant(accident_on: date, local_average: int | None, rules: Rulebook) -> CalculatorResult:
    """Work out the grant after a death at work（一次性工亡补助金）and the funeral money, in fen.

    20 × the income of townspeople in the year before the accident. Raise NotAccepted for a year
    whose figure is not known.
    """
    year = accident_on.year - 1
    income = rules.national["urban_income"].value_on(date(year, 7, 1))
    if income is None:
        raise NotAccepted(
            f"{year} 年全国城镇居民人均可支配收入，这里还没有数，所以算不出来。请打 12333 问"
        )
    grant = income.fen * _DEATH_TIMES
    return CalculatorResult(
        f"一次性工亡补助金 {say_amount(grant)}",
        (
            f"{accident_on.year} 年出的事故，看上一年：{year} 年全国城镇居民人均可支配收入"
            f" {say_amount(income.fen)}。",
            f"{say_amount(income.fen)} × {_DEATH_TIMES} = {say_amount(grant)}。",
            _say_funeral(local_average),
            "靠他养活的家人还有每月的抚恤金：配偶 40%，其他家人每人 30%，"
            "孤寡老人、孤儿再加 10%，合计不超过他的工资。",
        ),
        (*_DEATH_LAW, Basis(income.source, Certainty(income.mark))),
        (
            "已经认定为工伤，或者视同工伤。",
            "看的是出事故那一年的上一年，不是去世或者拿钱那一年的上一年。",
            "评了 1 到 4 级，停工留薪期满以后才去世的，没有这笔一次性的钱，"
            "有丧葬补助金和每月的抚恤金（第三十九条第三款）。",
        ),
        list_ways({"death_grant": grant, "funeral": (local_average or 0) * _FUNERAL_MONTHS}),
    )


def _say_funeral(local_average: int | None) -> str:
    if not local_average:
        return "另有 6 个月当地平均工资的丧葬补助金。没有填当地平均工资，所以没有算。"
    money = say_amount(local_average * _FUNERAL_MONTHS)
    return f"丧葬补助金：{say_amount(local_average)} × {_FUNERAL_MONTHS} 个月 = {money}。"


def sick_leave_months(total_years: int, years_here: int) -> tuple[int, int]:
    """Return the months of sick leave, and in how many months running they are counted together."""
    rows = _LONG if total_years >= _LONG_SERVICE else _SHORT
    return next((months, window) for years, months, window in rows if years_here >= years)


def sick_leave_period(total_years: int, years_here: int) -> CalculatorResult:
    """Tell how long a sick worker's job is protected.

    Both in full years: with all employers, and with this one. Raise NotAccepted if the second
    is more.
    """
    if years_here > total_years:
        raise NotAccepted("在这家单位的年头比总工龄还长。总工龄要把这家也算进去，请再看一遍")
    months, window = sick_leave_months(total_years, years_here)
    side = "10 年以上" if total_years >= _LONG_SERVICE else "不到 10 年"
    return CalculatorResult(
        f"医疗期 {months} 个月",
        (
            f"总工龄 {total_years} 年（{side}），在这家单位 {years_here} 年："
            f"医疗期是 {months} 个月。",
            f"从第一天病休算起，{window} 个月里的病休加在一起，不超过 {months} 个月。"
            "周末、节假日也算在里面。",
            "医疗期里，单位不能因为您生病就辞退您。",
            "病假工资不能低于当地最低工资的 80%。",
        ),
        (
            Basis("企业职工患病或非因工负伤医疗期规定第三条、第四条"),
            Basis("劳动合同法第四十二条第三项、第四十五条"),
            Basis("劳部发〔1995〕309号第五十九条（病假工资）", Certainty.SECONDARY),
            Basis("劳部发〔1995〕236号第一条（周末、节假日算在里面）", Certainty.KNOWN),
        ),
        (
            "生病或者受伤不是因为工作。因为工作的按工伤办，待遇更好。",
            "填的是满几年，零头不算。总工龄刚好 10 年的那一天，条文两边都沾，这里按 10 年以上算。",
            "癌症、精神病、瘫痪这些特别重的病，24 个月还治不好，经批准可以再延长"
            "（劳部发〔1995〕236号）。",
        ),
    )

"""Money at the end of a contract（经济补偿、赔偿金）, years before 2008 among it."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import (
    ROUNDING,
    Basis,
    CalculatorResult,
    Certainty,
    full_months,
    round_to_fen,
    say_amount,
    say_months,
    say_number,
)
from portal.domain.shared.dates import add_months, format_date
from portal.domain.shared.errors import NotAccepted

_HIGH_WAGE, _MOST_MONTHS = 3, 12
_LAW_FROM: Final = date(2008, 1, 1)
_ONE_DAY: Final = timedelta(days=1)
_LAW: Final = (
    Basis("劳动合同法第四十六条、第四十七条"),
    Basis("劳动合同法第四十八条、第八十七条"),
    Basis("劳动合同法实施条例第二十五条、第二十七条"),
)
_OLD_LAW: Final = (
    Basis("劳动合同法第九十七条第三款（2008 年以前的年头）"),
    Basis("劳部发〔1994〕481号（当时的规定：不满 1 年的按 1 年）", Certainty.SECONDARY),
)


@dataclass(frozen=True, slots=True)
class Severance:
    """What is due, in fen: `parted` by the law of each time, `whole` as if of one piece.

    `whole` is the least. `damages` is the least for an unlawful dismissal（赔偿金）: twice as much
    as for all the years together （Labour Contract Law art. 87）. `of_the_law` is the part since
    2008.
    """

    parted: int
    whole: int
    damages: int
    of_the_law: int
    sentences: tuple[str, ...]


def severance_months(started_on: date, ended_on: date) -> Fraction:
    """Count months of pay for the service: 1 a year, 1 from half a year, else half a month."""
    after = ended_on + _ONE_DAY
    years, months = divmod(full_months(started_on, after), 12)
    if months >= 6:
        return Fraction(years + 1)
    more = add_months(started_on, 12 * years) < after
    return years + (Fraction(1, 2) if more else Fraction(0))


def old_months(started_on: date, ended_on: date) -> int:
    """Count months of pay for the service before 2008: 1 for each year that was begun.

    劳部发〔1994〕481号, to which Labour Contract Law art. 97(3) sends.
    """
    after = min(ended_on + _ONE_DAY, _LAW_FROM)
    if after <= started_on:
        return 0
    years = full_months(started_on, after) // 12
    return years + (add_months(started_on, 12 * years) < after)


def work_out_severance(
    started_on: date,
    ended_on: date,
    average_wage: int,
    local_average: int | None,
    minimum_wage: int | None = None,
    most_old: int | None = None,
) -> Severance:
    """Work out severance; wages in fen per month. Raise NotAccepted if days are turned.

    An average below the minimum wage counts as that （实施条例第二十七条）. `most_old` is how many
    months the years before 2008 may count at most; None for all.
    """
    if ended_on < started_on:
        raise NotAccepted("离开那天比上班那天还早。请把两个日子再看一遍")
    average = max(average_wage, minimum_wage or 0)
    capped = bool(local_average and average > _HIGH_WAGE * local_average)
    wage = _HIGH_WAGE * local_average if capped and local_average else average
    months, old = severance_months(started_on, ended_on), old_months(started_on, ended_on)
    counted = old if most_old is None else min(old, most_old)
    since = max(started_on, _LAW_FROM)
    new = severance_months(since, ended_on) if ended_on >= since else Fraction(0)
    due = _cap(new, capped)
    of_the_law = round_to_fen(wage * due)
    full = round_to_fen(wage * _cap(months, capped))
    parted = round_to_fen(average * counted + wage * due)
    in_all = "" if counted < old else f"，算 {say_number(months)} 个月工资"
    sentences = (
        f"{_say_span(started_on, ended_on)}{in_all}。",
        *([_say_floor(average)] if average > average_wage else []),
        *(_say_old(_served_before(started_on, ended_on), old, counted, new) if old else ()),
        *([_say_cap(local_average, wage, due)] if capped and local_average else []),
        *_say_sum(average, counted, wage, due, parted),
        *(_say_least(wage, _cap(months, capped), full) if old and counted == old else ()),
    )
    return Severance(parted, min(full, parted), max(2 * full, parted), of_the_law, sentences)


def _served_before(started_on: date, ended_on: date) -> str:
    return _say_served(started_on, min(ended_on, _LAW_FROM - _ONE_DAY))


def _say_floor(average: int) -> str:
    return f"月工资比当地最低工资还低，按最低工资 {say_amount(average)} 算。"


def _say_old(served: str, old: int, counted: int, new: Fraction) -> tuple[str, ...]:
    since = f"2008 年 1 月 1 日起算 {say_number(new)} 个月。"
    if not counted:
        return (f"2008 年以前干了 {served}。合同到期的补偿 2008 年才有，那一段不算。", since)
    most = f"；这样离开的，那一段最多算 {counted} 个月" if counted < old else ""
    return (
        f"2008 年以前干了 {served}，"
        f"按当时的规定，不满 1 年的按 1 年，算 {old} 个月，工资不封顶{most}。",
        since,
    )


def _say_sum(average: int, old: int, wage: int, due: Fraction, parted: int) -> tuple[str, ...]:
    before = f"{say_amount(average)} × {old} 个月 + " if old else ""
    since = f"{say_amount(wage)} × {say_number(due)} 个月"
    return (f"经济补偿：{before}{since} = {say_amount(parted)}。",)


def _say_least(wage: int, months: Fraction, full: int) -> tuple[str, ...]:
    return (
        f"单位说年头要合在一起算的，也至少是 {say_amount(wage)} × {say_number(months)} 个月 ="
        f" {say_amount(full)}。",
    )


def severance_pay(
    started_on: date,
    ended_on: date,
    average_wage: int,
    local_average: int | None,
    minimum_wage: int | None = None,
) -> CalculatorResult:
    """Work out severance, and damages for an unlawful dismissal; wages in fen per month.

    local_average: average wage of the place, None if not known. Raise NotAccepted if days are
    turned.
    """
    found = work_out_severance(started_on, ended_on, average_wage, local_average, minimum_wage)
    old = started_on < _LAW_FROM
    least = f"（至少 {say_amount(found.whole)}）" if found.whole < found.parted else ""
    unlawful = f"违法辞退{'至少' if old else ''} {say_amount(found.damages)}"
    return CalculatorResult(
        f"经济补偿 {say_amount(found.parted)}{least}；{unlawful}",
        (
            *found.sentences,
            *([_say_expired(found)] if old and ended_on >= _LAW_FROM else []),
            _say_doubled(found),
        ),
        severance_law(started_on),
        (
            "这次离开是法律规定要给补偿的情况。自己没有理由就辞职的，一般没有。",
            *severance_assumptions(started_on, local_average, minimum_wage),
        ),
        list_ways({"severance": found.parted}, {"damages": found.damages}),
    )


def _say_expired(found: Severance) -> str:
    return (
        "合同到期、单位不续签走的，2008 年以前的不算，经济补偿只有 "
        f"{say_amount(found.of_the_law)}。"
    )


def _say_doubled(found: Severance) -> str:
    twice = 2 * found.whole
    more = (
        f"这比经济补偿少，所以至少要 {say_amount(found.damages)}。" if twice < found.damages else ""
    )
    return (
        f"单位违法辞退的，赔偿金是 2 倍：{say_amount(found.whole)} × 2 = {say_amount(twice)}。"
        f"{more}拿了赔偿金，不再另给补偿。"
    )


def severance_law(started_on: date) -> tuple[Basis, ...]:
    """Return what severance rests on for work that began on a day."""
    return _LAW + (_OLD_LAW if started_on < _LAW_FROM else ())


def _cap(months: Fraction, capped: bool) -> Fraction:
    return min(months, Fraction(_MOST_MONTHS)) if capped else months


def _say_span(started_on: date, ended_on: date) -> str:
    served = _say_served(started_on, ended_on)
    return f"{format_date(started_on)}到{format_date(ended_on)}，干了 {served}"


def _say_served(started_on: date, ended_on: date) -> str:
    after = ended_on + _ONE_DAY
    served = full_months(started_on, after)
    days = (after - add_months(started_on, served)).days
    return f"{say_months(served)}{f'零 {days} 天' if days else '整'}"


def _say_cap(local_average: int, wage: int, months: Fraction) -> str:
    return (
        f"月工资超过当地平均工资的 3 倍，按 3 倍算：{say_amount(local_average)} × 3 ="
        f" {say_amount(wage)}，最多 {_MOST_MONTHS} 年。现在算 {say_number(months)} 个月。"
    )


def severance_assumptions(
    started_on: date, local_average: int | None, minimum_wage: int | None
) -> tuple[str, ...]:
    """Say what the sum takes for granted, and what could not be looked at; wages in fen."""
    old = (
        "2008 年以前的年头，当时的规定也要给补偿的才算。"
        "协商离开、不能胜任的，2008 年以前那一段最多 12 个月。请先问我们。"
    )
    unknown = "没有填当地平均工资，所以没有看 3 倍封顶。工资不高的不受影响。"
    no_floor = "没有填最低工资，所以没有看月工资够不够最低工资。不够的，按最低工资算。"
    return (
        "月工资是离开前 12 个月应得的平均，奖金、津贴、补贴都算。没干满 12 个月的，按干了的月数。",
        *([old] if started_on < _LAW_FROM else []),
        *([] if local_average else [unknown]),
        *([] if minimum_wage else [no_floor]),
        ROUNDING,
    )

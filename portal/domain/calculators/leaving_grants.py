"""What an injured worker of grade 5 to 10 is paid on leaving, by the rules of the place.

一次性工伤医疗补助金 from the fund, 一次性伤残就业补助金 from the employer: 工伤保险条例 36, 37.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from portal.domain.calculators.results import Basis, Certainty, round_to_fen, say_amount
from rulefiles.dated_values import DatedValue
from rulefiles.local_values import OF_LOCAL_AVERAGE, LocalValues

LEAVING_GRANTS: Final = {
    "injury_medical": ("injury_medical_grant", "一次性工伤医疗补助金", "工伤保险基金"),
    "injury_employment": ("injury_employment_grant", "一次性伤残就业补助金", "单位"),
}
"""By kind of claim: the key of the local value, its name, and who pays it."""
_LAST_BY_REQUEST: Final = 6
_LAST_WITHOUT: Final = 4


@dataclass(frozen=True, slots=True)
class LeavingGrants:
    """What it comes to in fen by kind of claim, how, and what it rests on."""

    sums: Mapping[str, int]
    sentences: tuple[str, ...]
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Wages:
    """Wages of a month in fen: the worker's own, within the bounds; the average of the place."""

    own: Fraction
    local_average: int | None


def leaving_grants(
    grade: int,
    wages: Wages,
    typed: Mapping[str, Fraction | None],
    local: LocalValues,
    today: date,
) -> LeavingGrants:
    """Work out both grants of a grade; nothing for grades 1 to 4, who stay.

    `typed` are months by kind of claim that somebody knows better than the table of the place.
    """
    if grade <= _LAST_WITHOUT:
        return LeavingGrants({}, (), ())
    when = "本人提出离开" if grade <= _LAST_BY_REQUEST else "合同到期，或者本人提出离开"
    sums: dict[str, int] = {}
    said, bases = [f"离开单位的时候（{when}），另外还有两笔，数目由本省定。"], []
    for kind, (key, name, payer) in LEAVING_GRANTS.items():
        found = local.on(key, today)
        fen, words = _work_out(grade, wages, typed.get(kind), found)
        said.append(f"{name}（{payer}付）：{words}")
        if fen is not None:
            sums[kind] = fen
        if found and typed.get(kind) is None:
            sure = Certainty.VERIFIED if found.checked_by else Certainty.KNOWN
            bases.append(Basis(f"{name}：{found.source}", sure))
    return LeavingGrants(sums, tuple(said), tuple(bases))


def _work_out(
    grade: int, wages: Wages, typed: Fraction | None, found: DatedValue | None
) -> tuple[int | None, str]:
    if typed is None and not (found and isinstance(found.amount, Mapping)):
        return None, "本中心还没有填，这里没有算。请打 12333 问几个月，填在上面再算。"
    number = found.for_grade(grade) if found and typed is None else typed or Fraction(0)
    if found and found.unit == "元" and typed is None:
        fen = round_to_fen(number * 100)
        return fen, f"{grade} 级 {say_amount(fen)}。"
    by_average = found is not None and found.unit == OF_LOCAL_AVERAGE
    base = "当地平均工资" if by_average else "本人工资"
    wage = Fraction(wages.local_average or 0) if by_average else wages.own
    if not wage:
        return None, f"{float(number):g} 个月的{base}。没有填{base}，这里没有算。"
    fen = round_to_fen(wage * number)
    return fen, f"{base} {say_amount(wage)} × {float(number):g} 个月 = {say_amount(fen)}。"

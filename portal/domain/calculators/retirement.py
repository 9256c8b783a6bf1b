"""The retirement age under the rule of 2025（渐进式延迟法定退休年龄）."""

from dataclasses import dataclass
from typing import Final

from portal.domain.calculators.results import Basis, CalculatorResult, Certainty, say_months

_MONTHS: Final = 12
_FIRST_YEAR: Final = 2025
_SHIFT: Final = 36
_LEAST_MONTHS, _LAST_YEAR_OF_LEAST, _STEP, _MOST_STEPS = 180, 2029, 6, 10


@dataclass(frozen=True, slots=True)
class RetirementGroup:
    """Who retires when: age before 2025 in years, delay of 1 month per `per` months, its end."""

    label: str
    age: int
    per: int
    most: int


GROUPS: Final = {
    "man": RetirementGroup("男职工", 60, 4, 36),
    "woman55": RetirementGroup("原来 55 岁退休的女职工（一般是管理、技术岗位）", 55, 4, 36),
    "woman50": RetirementGroup("原来 50 岁退休的女职工（一般是工人岗位）", 50, 2, 60),
}


def delay_months(birth_year: int, birth_month: int, group: str) -> int:
    """Return by how many months the retirement is put off."""
    row = GROUPS[group]
    passed = (birth_year + row.age - _FIRST_YEAR) * _MONTHS + birth_month - 1
    return 0 if passed < 0 else min(passed // row.per + 1, row.most)


def contribution_months(year: int) -> int:
    """Return how many months one must have paid in to draw a pension from a year on."""
    steps = min(max(year - _LAST_YEAR_OF_LEAST, 0), _MOST_STEPS)
    return _LEAST_MONTHS + _STEP * steps


def retirement_age(birth_year: int, birth_month: int, group: str) -> CalculatorResult:
    """Work out month and age of retirement, and how much earlier or later it may be."""
    row, delay = GROUPS[group], delay_months(birth_year, birth_month, group)
    old = row.age * _MONTHS
    born = birth_year * _MONTHS + birth_month - 1
    earliest, due, latest = max(old, old + delay - _SHIFT), old + delay, old + delay + _SHIFT
    moved = f"往后延 {delay} 个月" if delay else "不受影响，不用延"
    choices = (
        f"自愿早退，最早是{_say_month(born + earliest)}，{_say_age(earliest)}，"
        f"{_say_least(born + earliest)}。至少提前 3 个月书面告诉单位。",
        f"单位同意的，最晚可以到{_say_month(born + latest)}，{_say_age(latest)}，"
        f"{_say_least(born + latest)}。提前 1 个月和单位书面说好。",
        "养老金最少要交多久，看您真正退休的那一年：2030 年起每年多 6 个月，到 20 年为止。",
    )
    return CalculatorResult(
        f"{_say_month(born + due)}退休，{_say_age(due)}",
        (
            f"{row.label}，{_say_month(born)}出生，原来 {row.age} 岁退休，"
            f"就是{_say_month(born + old)}。",
            f"2025 年起每 {row.per} 个月延 1 个月，最多 {row.most} 个月。您{moved}。",
            *(choices if delay else ()),
            f"按正常的时间退休，{_say_least(born + due)}。",
        ),
        (
            Basis("国务院关于渐进式延迟法定退休年龄的办法第一条至第三条", Certainty.SECONDARY),
            Basis(
                "人社部发〔2024〕94号（早退、晚退提前多久说；见的是报刊转载）", Certainty.SECONDARY
            ),
            Basis("社会保险法第十六条（满 15 年）"),
        ),
        (
            "您不是特殊工种，也没有办病退。那两种另有规定。",
            "早退要先交够那一年的年限。到了年龄没交够的，可以接着交，交够了再领。",
            "领着失业金、离退休不到 1 年的，失业金可以领到退休（延迟退休办法第七条，未核对）。",
            "正式的退休时间，以社保经办机构核定的为准，可以打 12333 问。",
        ),
    )


def _say_month(months: int) -> str:
    return f"{months // _MONTHS}年{months % _MONTHS + 1}月"


def _say_least(month: int) -> str:
    year = month // _MONTHS
    return f"{year} 年领养老金最少要交满 {say_months(contribution_months(year))}"


def _say_age(months: int) -> str:
    years, rest = divmod(months, _MONTHS)
    return f"满 {years} 岁 {rest} 个月" if rest else f"满 {years} 岁"

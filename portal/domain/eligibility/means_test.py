"""The hardship test: is a household's net income per head under the local line?

Three categories in use since about 2019 (深度, 相对, 意外致困); the arithmetic follows the
published self-check of a city federation: (income - rigid costs) / 12 / people.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.rules.low_income_line import LowIncomeLine
from portal.domain.shared.dates import format_date
from portal.domain.shared.money import format_yuan

_MONTHS: Final = 12


class Category(StrEnum):
    """What the figures come to; the centre decides, not the figures."""

    DEEP = "deep"
    RELATIVE = "relative"
    ACCIDENT = "accident"
    NOT = "not"

    @property
    def label(self) -> str:
        """The category as staff and the public read it."""
        return _LABELS[self]


_LABELS = {
    Category.DEEP: "深度困难",
    Category.RELATIVE: "相对困难",
    Category.ACCIDENT: "意外致困",
    Category.NOT: "按这些数字暂不符合",
}


class Outlook(StrEnum):
    """What an applicant is told. There is no "no": only the centre may say that."""

    LIKELY = "很可能符合"
    PERHAPS = "也许符合"
    ASK = "还说不准，请我们帮您看看"


@dataclass(frozen=True, slots=True)
class HouseholdFigures:
    """A household's 12 months before the application, in fen; None means not known.

    rigid_costs_fen: own part of illness, disability, schooling and necessary working costs.
    accident_cost_fen: what an accident cost after compensation, insurance and aid; 0 if none.
    """

    income_fen: int | None
    rigid_costs_fen: int | None
    people: int | None
    accident_cost_fen: int | None = 0
    rural: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the categories end: a setting, because local papers differ.

    Deep is "below" the line; relative is "within" twice the line, which in Chinese legal use
    includes it; an accident counts above a share of the yearly income.
    """

    deep_inclusive: bool = False
    relative_inclusive: bool = True
    relative_multiple: int = 2
    accident_percent: int = 80


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome, with the sentences of the calculation for the sheet and the applicant."""

    category: Category | None
    outlook: Outlook
    net_per_head_fen: int | None
    formula: tuple[str, ...]


def assess_hardship(
    figures: HouseholdFigures, line: LowIncomeLine, bounds: Bounds | None = None
) -> Assessment:
    """Return the category that the figures come to, and how it was calculated.

    Net income per head is in whole fen, fractions dropped in favour of the household.
    """
    bounds = bounds or Bounds()
    income, costs, people = figures.income_fen, figures.rigid_costs_fen, figures.people
    if income is None or costs is None or people is None:
        sentence = f"还不知道{_name_unknown(figures)}，算不出来。"
        return Assessment(None, Outlook.ASK, None, (sentence,))
    if people < 1 or income < 0 or costs < 0:
        raise ValueError("a household has at least one person and no negative amounts")
    net = (income - costs) // (_MONTHS * people)
    standard = line.rural_fen if figures.rural else line.urban_fen
    category = _choose_category(net, standard, figures, bounds)
    formula = (
        *_explain_net(income, costs, people, net),
        _explain_line(line, standard, figures.rural, bounds),
        _explain_outcome(category, net, standard, figures, bounds),
    )
    return Assessment(category, _outlook(category, figures), net, formula)


def _choose_category(
    net: int, standard: int, figures: HouseholdFigures, bounds: Bounds
) -> Category:
    upper = bounds.relative_multiple * standard
    if net < standard or (bounds.deep_inclusive and net == standard):
        return Category.DEEP
    if net < upper or (bounds.relative_inclusive and net == upper):
        return Category.RELATIVE
    cost, income = figures.accident_cost_fen or 0, figures.income_fen or 0
    return Category.ACCIDENT if cost * 100 > income * bounds.accident_percent else Category.NOT


def _outlook(category: Category, figures: HouseholdFigures) -> Outlook:
    if category in {Category.DEEP, Category.RELATIVE}:
        return Outlook.LIKELY
    if category is Category.ACCIDENT or figures.accident_cost_fen is None:
        return Outlook.PERHAPS
    return Outlook.ASK


def _name_unknown(figures: HouseholdFigures) -> str:
    names = {
        "家庭全年收入": figures.income_fen,
        "家庭必要支出": figures.rigid_costs_fen,
        "家里几口人": figures.people,
    }
    return "、".join(name for name, value in names.items() if value is None)


def _explain_net(income: int, costs: int, people: int, net: int) -> tuple[str, str]:
    rest = format_yuan(income - costs)
    return (
        f"全年收入 {format_yuan(income)} 元 − 必要支出 {format_yuan(costs)} 元 = {rest} 元。",
        f"{rest} 元 ÷ {_MONTHS} 个月 ÷ {people} 人 = 每人每月 {format_yuan(net)} 元"
        "（不到 1 分的不算）。",
    )


def _explain_line(line: LowIncomeLine, standard: int, rural: bool, bounds: Bounds) -> str:
    return (
        f"{'农村' if rural else '城市'}低保标准是每人每月 {format_yuan(standard)} 元，"
        f"{bounds.relative_multiple} 倍是 {format_yuan(bounds.relative_multiple * standard)} 元"
        f"（{format_date(line.valid_from)}起执行。出处：{line.source}）。"
    )


def _explain_outcome(
    category: Category, net: int, standard: int, figures: HouseholdFigures, bounds: Bounds
) -> str:
    upper = f"低保标准的 {bounds.relative_multiple} 倍"
    reached = "达到" if net == bounds.relative_multiple * standard else "超过"
    mine = f"{format_yuan(net)} 元"
    if category is Category.DEEP:
        reason = f"{mine}{'等于' if net == standard else '低于'}低保标准"
    elif category is Category.RELATIVE:
        reason = f"{mine}不低于低保标准，没有超过{upper}"
    elif category is Category.ACCIDENT:
        reason = (
            f"{mine}{reached}{upper}，但意外花费 {format_yuan(figures.accident_cost_fen or 0)} 元"
            f"超过全年收入的 {bounds.accident_percent}%"
        )
    else:
        reason = f"{mine}{reached}{upper}"
    return f"{reason}：{category.label}。最后由工作人员核对决定。"

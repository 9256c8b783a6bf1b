"""The self-test 我能申请吗: the rule of the portal on three figures."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from portal.domain.calculators.results import Basis, CalculatorResult, Certainty
from portal.domain.eligibility.means_test import HouseholdFigures, Outlook, assess_hardship
from portal.domain.rules.low_income_line import LowIncomeLine, line_in_force
from portal.domain.shared.errors import NotAccepted
from rulefiles.toml_files import RuleFileError

RURAL: Final = "rural"
TOWN_OR_COUNTRY: Final = (("urban", "城镇"), (RURAL, "农村"))
"""By which low-income line a household is measured."""
_MONTHS: Final = 12
_NO_LINE: Final = (
    "今天的低保标准，本中心还没有填，所以算不出来。可以先申请，由工作人员来算，或者打电话问"
)
_ADVICE: Final = {
    Outlook.LIKELY: "按这些数字，很可能符合。可以现在就申请，最后由工作人员核对决定。",
    Outlook.PERHAPS: "按这些数字，也许符合。可以现在就申请，最后由工作人员核对决定。",
    Outlook.ASK: "光看这些数字还说不准。家里遇到意外、大病的，也可能帮得上，"
                 "可以先申请，或者打电话问。",
}  # fmt: skip


def look_at_chances(
    income_month: int | None,
    people: int,
    costs_year: int | None,
    home: str,
    lines: Sequence[LowIncomeLine],
    today: date,
) -> CalculatorResult:
    """Work out the outlook of a household.

    Income per month and own costs per year in fen, None if not known. `home` is of TOWN_OR_COUNTRY.
    NotAccepted where the place has no low-income line for the day yet.
    """
    try:
        line = line_in_force(lines, today)
    except RuleFileError:
        raise NotAccepted(_NO_LINE) from None
    income = None if income_month is None else income_month * _MONTHS
    figures = HouseholdFigures(income, costs_year, people, rural=home == RURAL)
    found = assess_hardship(figures, line)
    known = found.category is not None
    # The last sentence of the sheet names a category; that word is for staff only.
    sums = found.formula[:-1] if known else (*found.formula, "请我们帮您看看，可以先申请。")
    yearly = [] if income_month is None else ["每月收入 × 12 个月 = 全年收入。"]
    return CalculatorResult(
        found.outlook.value,
        (*yearly, *sums, _ADVICE[found.outlook]),
        (
            Basis("困难职工的三类划分和算法：多地总工会的公开办法", Certainty.SECONDARY),
            Basis(f"低保标准：{line.source}", Certainty.KNOWN),
        ),
        (
            "按您选的低保标准算。选得对不对，工作人员会帮您看。",
            "必要支出是看病、上学、残疾、上班这些自己掏的钱。",
            "这里不问意外损失，所以“还说不准”不等于不行。",
        ),
    )

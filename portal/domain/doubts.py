"""Answers that may be right but look like a slip: shown before handing in, never blocking."""

from collections.abc import Mapping

from portal.domain.identity import bank_card_warning
from portal.domain.money import format_yuan

_HIGH_MONTHLY_INCOME = 50_000_00
_COSTS = ("medical_cost_year", "care_cost_year", "schooling_cost_year")
_MONTHS = 12


def find_doubts(given: Mapping[str, object]) -> list[str]:
    """What the worker should look at once more, each as a sentence."""
    doubts = []
    card = given.get("bank_card")
    if isinstance(card, str) and (warning := bank_card_warning(card)):
        doubts.append(warning)
    income = given.get("income_month")
    if not isinstance(income, int):
        return doubts
    if income > _HIGH_MONTHLY_INCOME:
        doubts.append(f"全家每月收入写的是 {format_yuan(income)} 元，是不是多写了零？")
    amounts = (given.get(name) for name in _COSTS)
    costs = sum(amount for amount in amounts if isinstance(amount, int))
    if costs > income * _MONTHS:
        doubts.append(
            f"一年花的 {format_yuan(costs)} 元，比全家一年的收入 "
            f"{format_yuan(income * _MONTHS)} 元还多。写对了就不用改。"
        )
    return doubts

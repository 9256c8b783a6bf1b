"""The calculation sheet of an application: what its answers come to under the hardship rule."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from portal.domain.eligibility.means_test import (
    Assessment,
    Category,
    HouseholdFigures,
    Outlook,
    assess_hardship,
)
from portal.domain.rules.low_income_line import LowIncomeLine, line_in_force
from portal.domain.shared.money import format_yuan

_RIGID_COSTS = ("medical_cost_year", "schooling_cost_year", "treatment_cost")
_ACCIDENT_COSTS = ("loss", "treatment_cost", "funeral_cost")
_BY_STATE_AID = {
    "receiving": (
        Category.DEEP,
        "本人说正在领低保：民政已经认定过，按深度困难看。请核对低保证，由工作人员决定。",
    ),
    "destitute": (
        Category.DEEP,
        "本人说是特困供养人员：民政已经认定过，按深度困难看。请核对特困证，由工作人员决定。",
    ),
    "borderline": (
        Category.RELATIVE,
        "本人说是低保边缘家庭：民政已经认定过，不低于相对困难。请核对证明，由工作人员决定。",
    ),
}
_EMERGENCY = {
    "treatment_cost": "看病、抢救要花",
    "loss": "损失",
    "funeral_cost": "办丧事要花",
    "income_lost": "没拿到的收入",
    "needed_now": "眼下还差",
}
_ASKED_BY_SOME_FORMS = {"medical_cost_year": "看病", "schooling_cost_year": "上学"}
_NOT_BOUND_BY_LINE = (
    "每人每月的钱在建档的线以上。临时救助不限于建档的线，眼下确实困难的也可以救：由工作人员决定。"
)
_MONTHS = 12


def assess_answers(
    answers: Mapping[str, object], lines: Sequence[LowIncomeLine], day: date
) -> Assessment:
    """Return the category that the answers point to, with the sum written out; a person decides.

    A question that was asked and left empty makes the sum unknown; one that was not asked is 0,
    and so is what the form says to leave empty if there is none: other income, care.
    Who already gets state aid is seen as no less needy than that says, whatever the sum. An
    emergency counts with the cost that its own branch asked for, and is never seen as not needy.
    The line is the one in force on `day`, the day of filing.
    """
    members = answers.get("members")
    people = answers.get("people_at_home")
    if not isinstance(people, int):
        people = 1 + (len(members) if isinstance(members, list) else 0)
    income, other = _fen(answers, "income_month"), _fen(answers, "other_income_year")
    costs = [_fen(answers, name) for name in _RIGID_COSTS if name in answers]
    known = [cost for cost in costs if cost is not None]
    care = _fen(answers, "care_cost_year") or 0
    figures = HouseholdFigures(
        income_fen=None if income is None else income * _MONTHS + (other or 0),
        rigid_costs_fen=sum(known) + care if len(known) == len(costs) else None,
        people=people,
        accident_cost_fen=_accident_cost(answers),
    )
    assessment = assess_hardship(figures, line_in_force(lines, day))
    assessment = _tell_unasked(assessment, answers)
    return _count_emergency(_count_state_aid(assessment, answers), answers)


def _accident_cost(answers: Mapping[str, object]) -> int | None:
    """Return what the emergency costs; None if it was asked and nothing of it was told."""
    asked = [_fen(answers, name) for name in _ACCIDENT_COSTS if name in answers]
    told = [cost for cost in asked if cost is not None]
    return sum(told) if told or not asked else None


def _tell_unasked(assessment: Assessment, answers: Mapping[str, object]) -> Assessment:
    """Say which costs the short forms never ask for; the long one asks by the causes."""
    words = [words for name, words in _ASKED_BY_SOME_FORMS.items() if name not in answers]
    asks_what_there_is = "causes" in answers or "event" in answers
    if asks_what_there_is or not words or assessment.category in {None, Category.DEEP}:
        return assessment
    told = f"这张表没有问{'、'.join(words)}花了多少，必要支出可能少算了，请问清楚。"
    return replace(assessment, formula=(*assessment.formula, told))


def _count_state_aid(assessment: Assessment, answers: Mapping[str, object]) -> Assessment:
    category, words = _BY_STATE_AID.get(str(answers.get("state_aid")), (Category.NOT, ""))
    if not words or assessment.category in {category, Category.DEEP}:
        return assessment
    formula = (*assessment.formula, words)
    return replace(assessment, category=category, outlook=Outlook.LIKELY, formula=formula)


def _count_emergency(assessment: Assessment, answers: Mapping[str, object]) -> Assessment:
    """Put what the emergency costs first; above the line of files it is left to a person."""
    if "event" not in answers:
        return assessment
    told = [
        f"{words} {format_yuan(cost)} 元"
        for name, words in _EMERGENCY.items()
        if (cost := _fen(answers, name)) is not None
    ]
    opening = f"本人说：{'，'.join(told)}。" if told else "本人没有说要花多少、还差多少，请问清楚。"
    if assessment.category is not Category.NOT:
        return replace(assessment, formula=(opening, *assessment.formula))
    formula = (opening, *assessment.formula[:-1], _NOT_BOUND_BY_LINE)
    return replace(assessment, category=None, outlook=Outlook.PERHAPS, formula=formula)


def _fen(answers: Mapping[str, object], name: str) -> int | None:
    value = answers.get(name)
    return value if isinstance(value, int) else None

"""The calculation sheet of an application: what its answers come to under the hardship rule."""

from collections.abc import Mapping, Sequence
from datetime import date

from portal.domain.eligibility.means_test import Assessment, HouseholdFigures, assess_hardship
from portal.domain.rules.low_income_line import LowIncomeLine, line_in_force

_RIGID_COSTS = ("medical_cost_year", "schooling_cost_year")
_MONTHS = 12


def assess_answers(
    answers: Mapping[str, object], lines: Sequence[LowIncomeLine], day: date
) -> Assessment:
    """Return the category that the answers point to, with the sum written out; a person decides.

    A question that was asked and left empty makes the sum unknown; one that was not asked is 0,
    and so is what the form says to leave empty if there is none: other income, care.
    The line is the one in force on `day`, the day of filing.
    """
    members = answers.get("members")
    others = len(members) if isinstance(members, list) else 0
    income, other = _fen(answers, "income_month"), _fen(answers, "other_income_year")
    costs = [_fen(answers, name) for name in _RIGID_COSTS if name in answers]
    known = [cost for cost in costs if cost is not None]
    care = _fen(answers, "care_cost_year") or 0
    figures = HouseholdFigures(
        income_fen=None if income is None else income * _MONTHS + (other or 0),
        rigid_costs_fen=sum(known) + care if len(known) == len(costs) else None,
        people=others + 1,
        accident_cost_fen=_fen(answers, "loss") if "loss" in answers else 0,
    )
    return assess_hardship(figures, line_in_force(lines, day))


def _fen(answers: Mapping[str, object], name: str) -> int | None:
    value = answers.get(name)
    return value if isinstance(value, int) else None

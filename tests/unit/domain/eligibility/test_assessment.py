"""The calculation sheet: which answers make the sum, and which leave it open."""

from datetime import date

import pytest

from portal.domain.eligibility.assessment import assess_answers
from portal.domain.eligibility.means_test import Category, Outlook
from portal.domain.rules.low_income_line import LowIncomeLine
from tests.support.house import rulebook

DAY = date(2026, 11, 24)
ANSWERS: dict[str, object] = {
    "members": [{}, {}],
    "income_month": 300_000,
    "medical_cost_year": 1_200_000,
}


def lines() -> tuple[LowIncomeLine, ...]:
    """The lines of the demonstration centre."""
    return tuple(rulebook().lines)


def test_costs_of_care_and_other_income_count_when_they_are_told() -> None:
    plain = assess_answers(ANSWERS, lines(), DAY)
    cared = assess_answers({**ANSWERS, "care_cost_year": 600_000}, lines(), DAY)
    richer = assess_answers({**ANSWERS, "other_income_year": 9_999_900}, lines(), DAY)
    assert len({str(one.formula) for one in (plain, cared, richer)}) == 3


@pytest.mark.parametrize("name", ["care_cost_year", "other_income_year"])
def test_what_is_left_empty_for_none_changes_nothing(name: str) -> None:
    assert assess_answers({**ANSWERS, name: None}, lines(), DAY) == assess_answers(
        ANSWERS, lines(), DAY
    )


@pytest.mark.parametrize("name", ["income_month", "medical_cost_year"])
def test_an_amount_that_was_asked_and_not_told_leaves_the_sum_open(name: str) -> None:
    assert assess_answers({**ANSWERS, name: None}, lines(), DAY).category is None


@pytest.mark.parametrize(
    ("answers", "category"),
    [({"loss": 9_000_000}, "accident"), ({"treatment_cost": 10_500_000}, "deep"),
     ({"funeral_cost": 9_000_000}, "accident"), ({"loss": 100}, "not"),
     ({"loss": 100, "funeral_cost": 8_999_900}, "accident"), ({"loss": None}, "not")],
)  # fmt: skip
def test_an_emergency_counts_with_the_cost_of_its_own_branch(
    answers: dict[str, object], category: str
) -> None:
    rich = {"people_at_home": 1, "income_month": 900_000}
    assert assess_answers({**rich, **answers}, lines(), DAY).category == category


@pytest.mark.parametrize(
    ("answers", "told"),
    [({"schooling_cost_year": 100}, True), ({"medical_cost_year": 100}, True),
     ({"schooling_cost_year": 100, "medical_cost_year": 100}, False),
     ({"causes": ["other"]}, False),
     ({"schooling_cost_year": 99_999_999}, False)],
)  # fmt: skip
def test_staff_are_told_which_costs_a_short_form_never_asked_for(
    answers: dict[str, object], told: bool
) -> None:
    assessed = assess_answers({"members": [], "income_month": 900_000, **answers}, lines(), DAY)
    assert ("这张表没有问" in assessed.formula[-1]) == told


def test_the_number_of_people_at_home_stands_for_a_list_of_them() -> None:
    listed = assess_answers({"members": [{}, {}], "income_month": 300_000}, lines(), DAY)
    assert assess_answers({"people_at_home": 3, "income_month": 300_000}, lines(), DAY) == listed


@pytest.mark.parametrize(
    ("income", "aid", "category"),
    [(900_000, "receiving", "deep"), (None, "receiving", "deep"), (1, "borderline", "deep"),
     (900_000, "borderline", "relative"), (900_000, "none", "not"), (None, "none", None),
     (900_000, "unknown", "not"), (900_000, "destitute", "deep")],
)  # fmt: skip
def test_who_gets_state_aid_is_never_seen_as_less_needy_than_that_says(
    income: int | None, aid: str, category: str | None
) -> None:
    answers = {"people_at_home": 1, "income_month": income, "state_aid": aid}
    assert assess_answers(answers, lines(), DAY).category == category


@pytest.mark.parametrize("event", ["illness", "job"])
def test_an_emergency_is_never_called_not_needy(event: str) -> None:
    answers = {"event": event, "people_at_home": 1, "income_month": 900_000, "income_lost": 100_00,
               "needed_now": 3_000_000}  # fmt: skip
    assessed = assess_answers(answers, lines(), DAY)
    assert (assessed.category, assessed.outlook) == (None, Outlook.PERHAPS)
    assert assessed.formula[0] == "本人说：没拿到的收入 100 元，眼下还差 30,000 元。"
    assert "临时救助不限于建档的线" in assessed.formula[-1]
    assert "暂不符合" not in "".join(assessed.formula)


def test_an_emergency_within_the_line_keeps_its_category_and_says_its_cost_first() -> None:
    answers = {"event": "illness", "people_at_home": 1, "income_month": 450_000,
               "treatment_cost": 5_000_000}  # fmt: skip
    assessed = assess_answers(answers, lines(), DAY)
    assert assessed.category is Category.DEEP
    assert assessed.formula[0] == "本人说：看病、抢救要花 50,000 元。"


def test_an_emergency_of_which_no_sum_was_told_is_to_be_asked_about() -> None:
    answers = {"event": "illness", "treatment_cost": None, "people_at_home": 1, "income_month": 1}
    assessed = assess_answers(answers, lines(), DAY)
    assert assessed.category is None
    assert assessed.formula[0] == "本人没有说要花多少、还差多少，请问清楚。"

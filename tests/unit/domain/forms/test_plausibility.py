"""What looks like a slip, and the question that it is about."""

import pytest

from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.plausibility import (
    CROSS_CHECKS,
    CrossCheck,
    find_doubts,
    tell_readings,
)
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from tests.support.typed import CONTEXT


def test_each_doubt_leads_to_the_page_of_its_question() -> None:
    given = {"bank_card": "6222000000000000005", "income_month": 60_000_00,
             "medical_cost_year": 1_00, "schooling_cost_year": 900_000_00}  # fmt: skip
    paths = [JOURNEYS[CaseKind.HARDSHIP].page_of(one.field).path for one in find_doubts(given)]
    assert paths == ["card", "income", "schooling"]
    assert find_doubts({"bank_card": "6222000000000000004", "income_month": 1_00}) == []


def member(
    situation: str = "working", relation: str = "child", income: int = 0
) -> dict[str, object]:
    """One of the household."""
    return {"member_situation": situation, "member_relation": relation, "member_income": income}


PUPIL, ILL, SPOUSE = member("schooling"), member("ill"), member(relation="spouse")


@pytest.mark.parametrize(
    ("answers", "about", "says"),
    [
        ({"students": 2, "members": [PUPIL] * 12}, "students", "家人里选了“在上学”的有 12 个"),
        ({"students": 1, "members": []}, "students", "有 0 个"),
        ({"causes": ["own_illness"], "health": "good"}, "health", "“身体好”"),
        ({"work_state": "sick", "health": "good"}, "health", "不能上班"),
        ({"causes": ["family_illness"], "members": [PUPIL]}, "members", "“家人生病”"),
        ({"causes": ["disability"], "health": "ill", "members": []}, "health", "残疾"),
        ({"marriage": "married", "members": [PUPIL]}, "members", "没有写丈夫或妻子"),
        ({"marriage": "divorced", "members": [SPOUSE]}, "marriage", "写了丈夫或妻子"),
        ({"income_month": 300_000, "members": [member(income=200_000)] * 2}, "income_month",
         "加起来有 4,000 元，全家每月写的是 3,000 元"),
        ({"aid_month": 600_00, "income_month": 500_00}, "income_month", "低保金也算收入"),
        ({"members": [{**PUPIL, "member_age": 60}]}, "members", "60 岁，选的是“在上学”"),
        ({"members": [member() | {"member_age": 9}]}, "members", "9 岁，选的是“在上班”"),
        ({"hired_on": "2025-03-01", "left_on": "2024-10-30"}, "left_on", "后面"),
        ({"hired_on": "2025-03", "dismissed_on": "2024"}, "dismissed_on", "后面"),
        ({"hired_on": "2025-03-01", "injured_on": "2025-02"}, "injured_on", "后面"),
        ({"hired_on": "2025-03-01", "owed_since": "2024-12-01"}, "owed_since", "后面"),
        ({"owed_since": "2026-01", "left_on": "2025-12-31"}, "left_on", "后面"),
        ({"dismissed_on": "2026-03-02", "left_on": "2026-03-01"}, "left_on", "后面"),
        ({"needed_now": 30_000_00, "treatment_cost": 20_000_00, "loss": None}, "needed_now",
         "30,000 元，比写的要花的 20,000 元还多"),
    ],
)  # fmt: skip
def test_two_answers_that_do_not_fit_are_gently_asked_about(
    answers: dict[str, object], about: str, says: str
) -> None:
    (doubt,) = find_doubts(answers)
    assert doubt.field == about
    assert says in doubt.words


@pytest.mark.parametrize(
    "answers",
    [
        {"students": 2, "members": [PUPIL, PUPIL, ILL]},
        {"students": 2},  # no list was asked for
        {"causes": ["own_illness"], "health": "ill", "work_state": "sick"},
        {"causes": ["family_illness", "disability"], "health": "good", "members": [ILL]},
        {"causes": ["disability"], "health": "disabled", "members": []},
        {"marriage": "married", "members": [SPOUSE]},
        {"marriage": "single", "members": [PUPIL]},
        {"income_month": 400_000, "members": [member(income=200_000)] * 2},
        {"income_month": None, "members": [member(income=200_000)]},
        {"members": [{"member_relation": "child"}], "students": 0},
        {"aid_month": 600_00, "income_month": 600_00},
        {"members": [{**PUPIL, "member_age": 9}, member() | {"member_age": 40}]},
        {"hired_on": "2025-03-01", "left_on": "2025"},  # of the year only is known
        {"hired_on": "2025-03-01", "left_on": "2025-03-01", "owed_since": "2025-03"},
        {"hired_on": None, "left_on": "2025-03-01"},
        {"needed_now": 30_000_00, "treatment_cost": None},
        {"needed_now": 30_000_00, "treatment_cost": 20_000_00, "loss": 10_000_00},
    ],
)
def test_what_fits_is_not_asked_about(answers: dict[str, object]) -> None:
    assert find_doubts(answers) == []


def test_what_was_read_from_words_is_shown_with_the_words_for_a_yes() -> None:
    draft = Draft({"topic": "dismissal", "dismissed_on": "2025"}).with_own_words(
        {"dismissed_on": "去年"}
    )
    (told,) = tell_readings(JourneyProgress(JOURNEYS[CaseKind.CONSULTATION], draft), CONTEXT)
    assert told.field == "dismissed_on"
    assert "您写的是“去年”，我们记成 2025年（没有写哪月哪天）" in told.words
    again = draft.with_own_words({"dismissed_on": ""})
    assert tell_readings(JourneyProgress(JOURNEYS[CaseKind.CONSULTATION], again), CONTEXT) == []


@pytest.mark.parametrize("check", CROSS_CHECKS, ids=lambda one: "-".join(one.names))
def test_every_check_compares_what_one_form_asks_and_finds_nothing_in_an_empty_one(
    check: CrossCheck,
) -> None:
    asked = [
        journey.names | {ask.field for page in journey.pages for ask in page.more}
        for journey in JOURNEYS.values()
    ]
    assert any(len(names.intersection(check.names)) == len(check.names) for names in asked)
    assert list(check.find({})) == []
    assert list(check.find(dict.fromkeys(check.names))) == []

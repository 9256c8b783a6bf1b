"""Until when the claims of a consultation can be made, from the days that its form asks."""

from datetime import date

import pytest

from portal.domain.cases.claim_limits import (
    CLAIM_FIELDS,
    Alarm,
    ClaimLimit,
    find_claim_limits,
    judge_nearness,
    next_claim,
    say_claim_limit,
)
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from tests.support.house import rulebook

TODAY = date(2026, 11, 24)
INJURED = {"topic": "work_injury", "injured_on": "2025-11-30", "injury_reported": "no"}


def limits_of(answers: dict[str, object]) -> list[tuple[str, date]]:
    """Which question gave which last day."""
    return [(limit.field, limit.last) for limit in find_claim_limits(answers, rulebook())]


def limit_on(day: date) -> ClaimLimit:
    """A claim that ends on a day."""
    return ClaimLimit("申请劳动仲裁", "从离开起 1 年", "left_on", day, day)


def test_every_day_that_the_consultation_asks_is_used() -> None:
    asked = {
        name for page in JOURNEYS[CaseKind.CONSULTATION].pages for name in page.names
        if name in FIELDS and FIELDS[name].kind in {Kind.DATE, Kind.DATE_AHEAD}
    }  # fmt: skip
    assert asked == set(CLAIM_FIELDS)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (INJURED, [("injured_on", date(2026, 11, 30))]),
        (INJURED | {"injury_reported": "yes"}, []),
        (INJURED | {"steps_taken": ["talked"]}, [("injured_on", date(2026, 11, 30))]),
        ({"topic": "unpaid_wages", "still_there": "left", "left_on": "2026-01-15"},
         [("left_on", date(2027, 1, 15))]),
        ({"topic": "unpaid_wages", "still_there": "still", "owed_since": "2024-06-15"}, []),
        ({"topic": "unpaid_wages", "still_there": "left", "owed_since": "2026-03-16"},
         [("owed_since", date(2027, 3, 16))]),
        ({"topic": "unpaid_wages", "still_there": "left", "left_on": "2026-01-15",
          "steps_taken": ["arbitration"]}, []),
        ({"dismissed_on": "2026-03-02"}, [("dismissed_on", date(2027, 3, 2))]),
        ({"hired_on": "2025-03-01", "legal_contract": "none"},
         [("hired_on", date(2026, 4, 30)), ("hired_on", date(2027, 2, 28))]),
        ({"hired_on": "2025-03-01", "legal_contract": "none", "dismissed_on": "2025-04-10"},
         [("dismissed_on", date(2026, 4, 10)), ("hired_on", date(2026, 4, 10))]),
        ({"hired_on": "2025-03-01", "legal_contract": "none", "dismissed_on": "2025-03-20"},
         [("dismissed_on", date(2026, 3, 20))]),
        ({"hired_on": "2025-03-01", "legal_contract": "written"}, []),
        ({"next_deadline": "2026-12-15"}, [("next_deadline", date(2026, 12, 15))]),
        ({}, []),
    ],
)  # fmt: skip
def test_the_days_written_give_the_days_on_which_claims_are_lost(
    answers: dict[str, object], expected: list[tuple[str, date]]
) -> None:
    assert limits_of(answers) == expected


def test_of_a_month_its_first_day_counts_and_that_is_said() -> None:
    (limit,) = find_claim_limits(INJURED | {"injured_on": "2026-03"}, rulebook())
    assert limit.last == date(2027, 3, 1)
    assert "按最早的那天算" in say_claim_limit(limit, TODAY)


def test_the_claim_that_is_lost_first_leads() -> None:
    past, near, far = (limit_on(date(2026, month, 25)) for month in (10, 11, 12))
    assert next_claim([past, near, far], TODAY) == near
    assert next_claim([past], TODAY) == past
    assert next_claim([], TODAY) is None


@pytest.mark.parametrize(
    ("day", "alarm"),
    [
        (date(2026, 11, 23), Alarm.OVER),
        (date(2026, 11, 24), Alarm.URGENT),
        (date(2026, 12, 1), Alarm.URGENT),
        (date(2026, 12, 2), Alarm.SOON),
        (date(2026, 12, 24), Alarm.SOON),
        (date(2026, 12, 25), Alarm.NONE),
    ],
)
def test_nearness_follows_the_two_rows_of_the_table(day: date, alarm: Alarm) -> None:
    assert judge_nearness(limit_on(day), rulebook(), TODAY) is alarm


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 11, 29), "最晚2026年11月29日，还有 5 天"),
        (date(2026, 11, 24), "就是今天"),
        (date(2026, 11, 23), "已经过了"),
    ],
)
def test_the_worker_is_told_in_words(day: date, says: str) -> None:
    assert says in say_claim_limit(limit_on(day), TODAY)

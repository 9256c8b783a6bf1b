"""Time limits and the self-test: they agree with the rule files of the portal."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.results import add_months, full_months
from portal.domain.calculators.self_test import look_at_chances
from portal.domain.calculators.time_limits import TIME_LIMITS, last_day_to_act
from portal.domain.rules.low_income_line import LowIncomeLine
from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.working_days import Calendar

TODAY = date(2026, 11, 24)
HOLIDAYS = frozenset({date(2026, 1, 1), date(2026, 10, 1), date(2026, 10, 2)})
RULES = Rulebook(Calendar(HOLIDAYS, frozenset({date(2026, 10, 10)}), frozenset({2026})), {}, ())
LINES = (LowIncomeLine(date(2026, 1, 1), 80_000, 62_000, "示范数据"),)
DEADLINES = Path(__file__).parents[4] / "content" / "rules" / "deadlines.toml"


def test_every_limit_is_that_of_the_deadline_table() -> None:
    rows = tomllib.loads(DEADLINES.read_text("utf-8"))["legal_deadline"]
    table = {row["code"]: row for row in rows}
    for code, limit in TIME_LIMITS.items():
        given = {"days": limit.days, "years": limit.years}
        assert given[table[code]["unit"]] == table[code]["limit"]
        assert [value for value in given.values() if value] == [table[code]["limit"]]
        assert table[code]["basis"].startswith(limit.law.removesuffix("第一款"))


@pytest.mark.parametrize(
    ("what", "event_day", "last"),
    [
        ("arbitration", date(2025, 12, 1), date(2026, 12, 1)),
        ("arbitration", date(2024, 2, 29), date(2025, 2, 28)),
        ("injury_claim_worker", date(2025, 10, 1), date(2026, 10, 5)),  # over the holiday
        ("injury_claim_employer", date(2026, 9, 10), date(2026, 10, 10)),  # worked in exchange
        ("lawsuit_after_award", date(2026, 11, 20), date(2026, 12, 7)),  # over a weekend
        ("inspection_complaint", date(2025, 3, 3), date(2027, 3, 3)),
    ],
)
def test_last_day_is_counted_from_the_day_after_and_never_a_day_off(
    what: str, event_day: date, last: date
) -> None:
    title = last_day_to_act(what, event_day, TODAY, RULES).title
    assert title == f"最后一天是{last.year}年{last.month}月{last.day}日"


def test_who_is_late_is_told_to_ask_and_not_to_give_up() -> None:
    result = last_day_to_act("arbitration", date(2024, 1, 2), TODAY, RULES)
    assert "先别放弃" in result.sentences[-1]
    assert "还有 7 天" in last_day_to_act(
        "arbitration", date(2025, 12, 1), TODAY, RULES
    ).sentences[-1]  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_full_months_are_the_most_that_fit(start: date, span: int) -> None:
    end = start + timedelta(days=span)
    months = full_months(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@pytest.mark.parametrize(
    ("income", "people", "costs", "title"),
    [(300_000, 4, 0, "很可能符合"), (640_000, 4, 0, "很可能符合"), (640_100, 4, 0, "请问工作人员"),
     (640_100, 4, 4_800, "很可能符合"), (None, 4, 0, "请问工作人员"), (1, 1, None, "请问工作人员")],
)  # fmt: skip
def test_self_test_gives_the_outlook_of_the_portal(
    income: int | None, people: int, costs: int | None, title: str
) -> None:
    result = look_at_chances(income, people, costs, LINES, TODAY)
    assert result.title == title
    assert any("示范数据" in basis.law for basis in result.bases)


def test_self_test_never_says_no() -> None:
    result = look_at_chances(9_000_000, 1, 0, LINES, TODAY)
    assert not any("不符合" in sentence for sentence in result.sentences)

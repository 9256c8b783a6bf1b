"""Months and the self-test: they agree with the rule files of the portal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.results import full_months
from portal.domain.calculators.self_test import look_at_chances
from portal.domain.rules.low_income_line import LowIncomeLine
from portal.domain.shared.dates import add_months
from portal.domain.shared.errors import NotAccepted

TODAY = date(2026, 11, 24)
LINES = (LowIncomeLine(date(2026, 1, 1), 80_000, 62_000, "示范数据"),)
UNSURE = "还说不准，请我们帮您看看"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_full_months_are_the_most_that_fit(start: date, span: int) -> None:
    end = start + timedelta(days=span)
    months = full_months(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@pytest.mark.parametrize(
    ("income", "people", "costs", "title"),
    [(300_000, 4, 0, "很可能符合"), (640_000, 4, 0, "很可能符合"), (640_100, 4, 0, UNSURE),
     (640_100, 4, 4_800, "很可能符合"), (None, 4, 0, UNSURE), (1, 1, None, UNSURE)],
)  # fmt: skip
def test_self_test_gives_the_outlook_of_the_portal(
    income: int | None, people: int, costs: int | None, title: str
) -> None:
    result = look_at_chances(income, people, costs, "urban", LINES, TODAY)
    assert result.title == title
    assert any("示范数据" in basis.law for basis in result.bases)


def test_self_test_never_says_no() -> None:
    result = look_at_chances(9_000_000, 1, 0, "urban", LINES, TODAY)
    assert not any("不符合" in sentence for sentence in result.sentences)


@pytest.mark.parametrize(("home", "title"), [("urban", "很可能符合"), ("rural", UNSURE)])
def test_self_test_measures_by_the_line_of_town_or_country(home: str, title: str) -> None:
    """1,300 yuan a head: within twice 800 in town, beyond twice 620 in the country."""
    assert look_at_chances(130_000, 1, 0, home, LINES, TODAY).title == title


def test_self_test_says_where_to_ask_before_the_first_line_of_the_place_holds() -> None:
    with pytest.raises(NotAccepted, match=r"可以先申请.*打电话问"):
        look_at_chances(130_000, 1, 0, "urban", LINES, date(2025, 12, 31))

"""Figures: months in local time, and no cell that points at people."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.statistics import SMALLEST_SHOWN, count_by_month, hide_small, months_back
from portal.domain.workflow import CaseKind


def test_the_last_twelve_months_cross_the_year() -> None:
    months = months_back(date(2026, 3, 31), 12)
    assert months[0] == "2025-04"
    assert months[-1] == "2026-03"
    assert len(months) == len(set(months)) == 12
    assert months_back(date(2026, 1, 1), 2) == ["2025-12", "2026-01"]


def test_a_case_at_midnight_counts_in_the_month_of_the_centre() -> None:
    late = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)  # 1 November, 00:00 in Shanghai
    early = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)
    counted = count_by_month(
        [(CaseKind.HARDSHIP, late), (CaseKind.HARDSHIP, early), (CaseKind.CONSULTATION, late)],
        ["2026-10", "2026-11"],
    )
    assert counted == [
        ("2026-10", {CaseKind.HARDSHIP: 1, CaseKind.CONSULTATION: 0}),
        ("2026-11", {CaseKind.HARDSHIP: 1, CaseKind.CONSULTATION: 1}),
    ]


def test_what_lies_outside_the_months_is_not_counted() -> None:
    assert count_by_month([(CaseKind.HARDSHIP, datetime(2020, 1, 1, tzinfo=UTC))], []) == []


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, None), (SMALLEST_SHOWN - 1, None), (SMALLEST_SHOWN, 5),
                         (12, 12)],
)  # fmt: skip
def test_small_counts_are_hidden_and_nothing_is_shown_as_nothing(
    count: int, shown: int | None
) -> None:
    assert hide_small(count) == shown

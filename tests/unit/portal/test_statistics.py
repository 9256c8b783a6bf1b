"""Figures: months in local time, and no cell that points at people."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases.events import CaseSubmitted, ConsultationAnswered
from portal.domain.figures.counting import (
    SMALLEST_SHOWN,
    Recorded,
    count_by_month,
    count_since,
    find_moments,
    hide_small,
    hide_small_parts,
    months_back,
)
from portal.domain.figures.indicators import INDICATORS
from portal.domain.shared.case_kinds import CaseKind

LATE = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
"""1 November, 00:00 in Shanghai; the minute before is still October."""
EARLY = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)


def test_the_last_twelve_months_cross_the_year() -> None:
    months = months_back(date(2026, 3, 31), 12)
    assert months[0] == "2025-04"
    assert months[-1] == "2026-03"
    assert len(months) == len(set(months)) == 12
    assert months_back(date(2026, 1, 1), 2) == ["2025-12", "2026-01"]


def submitted(receipt: str, kind: CaseKind, at: datetime, card: str | None = None) -> Recorded:
    """A case that was handed in."""
    return Recorded(receipt, kind, CaseSubmitted(at=at, actor=VISITOR, channel="web", card=card))


def answered(receipt: str, at: datetime) -> Recorded:
    """A consultation that a lawyer answered."""
    return Recorded(receipt, CaseKind.CONSULTATION, ConsultationAnswered(at=at, actor="lawyer"))


def test_a_case_at_midnight_counts_in_the_month_of_the_centre() -> None:
    assert count_by_month([LATE, EARLY, LATE], ["2026-10", "2026-11"]) == [1, 2]
    assert count_since([LATE, EARLY], date(2026, 11, 1)) == 1


def test_what_lies_outside_the_months_is_not_counted() -> None:
    assert count_by_month([datetime(2020, 1, 1, tzinfo=UTC)], []) == []


def test_each_kind_of_case_counts_under_its_own_figure() -> None:
    moments = find_moments([submitted("JZ", CaseKind.HARDSHIP, EARLY),
                            submitted("FL", CaseKind.CONSULTATION, LATE)])  # fmt: skip
    assert {code: found for code, found in moments.items() if found} == {
        "S1.5": [EARLY],
        "S1.6": [LATE],
    }


@pytest.mark.parametrize("kind", CaseKind)
def test_every_kind_counts_online_and_by_its_channel_when_it_was_keyed_in(kind: CaseKind) -> None:
    online = {code for code, at in find_moments([submitted("A", kind, EARLY)]).items() if at}
    assert len(online) == 1
    assert INDICATORS[online.pop()].part_of == "S1.4"
    for channel, code in (("letter", "S1.1"), ("call", "S1.2"), ("visit", "S1.3")):
        event = CaseSubmitted(at=EARLY, actor="intake", channel=channel)
        moments = find_moments([Recorded("A", kind, event)])
        assert {one: found for one, found in moments.items() if found} == {code: [EARLY]}
        assert INDICATORS[code].part_of == "S1"


def test_a_consultation_counts_once_on_the_day_of_its_first_answer() -> None:
    history = [answered("FL", LATE), answered("FL", EARLY),
               submitted("FL", CaseKind.CONSULTATION, EARLY, card="unpaid-wages")]  # fmt: skip
    moments = find_moments(history[::-1])
    assert moments["S18"] == moments["S18.1"] == [EARLY]


def test_an_answer_to_who_came_without_a_card_is_no_merit_of_the_card() -> None:
    history = [submitted("FL", CaseKind.CONSULTATION, EARLY), answered("FL", LATE)]
    assert find_moments(history)["S18.1"] == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 60, "b": 3, "c": 40}, {"a": 60, "b": None, "c": None}),
        ({"a": 60, "b": 3, "c": 2}, {"a": 60, "b": None, "c": None}),
        ({"a": 3, "b": 0}, {"a": None, "b": 0}),
        ({"a": 6, "b": 0}, {"a": 6, "b": 0}),
    ],
)
def test_a_hidden_part_cannot_be_found_by_subtracting(
    counts: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert hide_small_parts(counts) == shown


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, None), (SMALLEST_SHOWN - 1, None), (SMALLEST_SHOWN, 5),
                         (12, 12)],
)  # fmt: skip
def test_small_counts_are_hidden_and_nothing_is_shown_as_nothing(
    count: int, shown: int | None
) -> None:
    assert hide_small(count) == shown

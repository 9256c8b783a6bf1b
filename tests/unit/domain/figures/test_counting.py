"""Figures: months in local time, and no cell that points at people."""

from datetime import UTC, date, datetime

import pytest

from portal.domain.cases.events import CaseSubmitted, ConsultationAnswered
from portal.domain.figures.counting import (
    SMALLEST_SHOWN,
    add_up,
    count_events,
    hide_small,
    hide_small_parts,
    months_back,
)
from portal.domain.figures.indicators import COUNTINGS, INDICATORS
from portal.domain.records.event import CountedEvent
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date

LATE = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
"""1 November, 00:00 in Shanghai; the minute before is still October."""
EARLY = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)


def test_the_last_twelve_months_cross_the_year() -> None:
    months = months_back(date(2026, 3, 31), 12)
    assert months[0] == "2025-04"
    assert months[-1] == "2026-03"
    assert len(months) == len(set(months)) == 12
    assert months_back(date(2026, 1, 1), 2) == ["2025-12", "2026-01"]


def counted(name: str, receipt: str, at: datetime, **tally: str) -> CountedEvent:
    """An event as figures see it."""
    return CountedEvent(1, f"case {receipt}", name, at, local_date(at), tally)


def submitted(receipt: str, kind: CaseKind, at: datetime, **tally: str) -> CountedEvent:
    """A case that was handed in."""
    told: dict[str, str] = {"channel": "web", "kind": str(kind), **tally}
    return counted(CaseSubmitted.__name__, receipt, at, **told)


def answered(receipt: str, at: datetime, **tally: str) -> CountedEvent:
    """A consultation that a lawyer answered."""
    return counted(ConsultationAnswered.__name__, receipt, at, kind="consultation", **tally)


def figures(*history: CountedEvent) -> dict[str, dict[str, int]]:
    """What the events come to: by figure and month, nothing where there is none."""
    added = add_up(count_events(history, COUNTINGS, {}), COUNTINGS)
    by_code = {code: {month: sum(parts.values()) for month, parts in months.items()}
               for code, months in added.items()}  # fmt: skip
    kept = {code: {m: n for m, n in months.items() if n} for code, months in by_code.items()}
    return {code: months for code, months in kept.items() if months}


def test_a_case_at_midnight_counts_in_the_month_of_the_centre() -> None:
    kind = CaseKind.HARDSHIP
    history = [submitted(str(number), kind, at) for number, at in enumerate([LATE, EARLY, LATE])]
    assert figures(*history) == {"S1.5": {"2026-10": 1, "2026-11": 2}}


def test_each_kind_of_case_counts_under_its_own_figure() -> None:
    assert figures(
        submitted("JZ", CaseKind.HARDSHIP, EARLY), submitted("FL", CaseKind.CONSULTATION, LATE)
    ) == {"S1.5": {"2026-10": 1}, "S1.6": {"2026-11": 1}}


@pytest.mark.parametrize("kind", CaseKind)
def test_every_kind_counts_online_and_by_its_channel_when_it_was_keyed_in(kind: CaseKind) -> None:
    online = figures(submitted("A", kind, EARLY))
    assert len(online) == 1
    assert INDICATORS[next(iter(online))].part_of == "S1.4"
    for channel, code in (("letter", "S1.1"), ("call", "S1.2"), ("visit", "S1.3")):
        assert figures(submitted("A", kind, EARLY, channel=channel)) == {code: {"2026-10": 1}}
        assert INDICATORS[code].part_of == "S1"


def test_a_consultation_counts_once_on_the_day_of_its_first_answer() -> None:
    card = "unpaid-wages"
    history = [answered("FL", LATE, card=card), answered("FL", EARLY, card=card),
               submitted("FL", CaseKind.CONSULTATION, EARLY, card=card)]  # fmt: skip
    counts = figures(*history[::-1])
    assert counts["S18"] == counts["S18.1"] == {"2026-10": 1}


def test_an_answer_to_who_came_without_a_card_is_no_merit_of_the_card() -> None:
    history = [submitted("FL", CaseKind.CONSULTATION, EARLY), answered("FL", LATE)]
    assert "S18.1" not in figures(*history)


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

"""Counting events: every figure is a fold over events, so a past month can be counted again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.domain.cases.events import (
    CaseSubmitted,
    ConsultationAnswered,
    Event,
    JobIntroduced,
    WorkStarted,
)
from portal.domain.counter.channels import Channel
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date, month_of

SMALLEST_SHOWN = 5
"""Smaller counts are not published: in a small town they point at people."""

_BY_CHANNEL: Mapping[str, str] = {
    Channel.LETTER: "S1.1",
    Channel.CALL: "S1.2",
    Channel.VISIT: "S1.3",
}
_ON_THE_WEB: Mapping[CaseKind, str] = {
    CaseKind.HARDSHIP: "S1.5",
    CaseKind.SCHOOLING: "S1.5",
    CaseKind.MEDICAL: "S1.5",
    CaseKind.TEMPORARY: "S1.5",
    CaseKind.CONSULTATION: "S1.6",
    CaseKind.JOBS: "S1.7",
    CaseKind.OWN_DATA: "S1.7",
    CaseKind.OBJECTION: "S1.7",
}
_ANSWERED, _BY_CARD, _INTRODUCED, _AT_WORK = "S18", "S18.1", "S6", "S7"
_TOLD_BY_EVENTS = (
    *sorted({*_BY_CHANNEL.values(), *_ON_THE_WEB.values()}),
    *(_ANSWERED, _BY_CARD, _INTRODUCED, _AT_WORK),
)
COUNTED_TYPES: tuple[type[Event], ...] = (
    CaseSubmitted,
    ConsultationAnswered,
    JobIntroduced,
    WorkStarted,
)
"""The events that figures are counted from."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event and the case that it happened to."""

    receipt: str
    kind: CaseKind
    event: Event


def months_back(today: date, count: int) -> list[str]:
    """List the last `count` months up to this one, oldest first, as 2026-11."""
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - count + 1, last + 1)]


def find_moments(history: Iterable[Recorded]) -> dict[str, list[datetime]]:
    """Find for each indicator that events can tell when each one that counts happened.

    An indicator that no event tells is not among them; one that did not happen yet is, empty.
    """
    moments: dict[str, list[datetime]] = {code: [] for code in _TOLD_BY_EVENTS}
    by_card: set[str] = set()
    answered: set[str] = set()
    for record in sorted(history, key=lambda record: record.event.at):
        match record.event:
            case CaseSubmitted(at=at, channel=channel, card=card):
                # By the day of keying in, not of arrival: a month that is over stays as it was.
                moments[_BY_CHANNEL.get(channel) or _ON_THE_WEB[record.kind]].append(at)
                if card:
                    by_card.add(record.receipt)
            case ConsultationAnswered(at=at) if record.receipt not in answered:
                answered.add(record.receipt)
                moments[_ANSWERED].append(at)
                if record.receipt in by_card:
                    moments[_BY_CARD].append(at)
            case JobIntroduced(at=at):
                moments[_INTRODUCED].append(at)
            case WorkStarted(at=at):  # the last step of a registration: once for each
                moments[_AT_WORK].append(at)
    return moments


def count_since(moments: Iterable[datetime], first: date) -> int:
    """Count the moments on or after a day in Asia/Shanghai."""
    return sum(local_date(moment) >= first for moment in moments)


def count_by_month(moments: Iterable[datetime], months: Iterable[str]) -> list[int]:
    """Count the moments in each of the months (Asia/Shanghai), in their order."""
    counts = Counter(month_of(moment) for moment in moments)
    return [counts[month] for month in months]


def hide_small(count: int) -> int | None:
    """Return the count as it may be published: None if it is small but not nothing."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None


def is_telling(difference: int) -> bool:
    """Tell whether two published counts differ by so little that they must not stand together."""
    return 0 < difference < SMALLEST_SHOWN


def hide_small_parts(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Hide the small ones of counts whose sum is published too.

    A single hidden one could be found by subtracting, so the smallest of the others is hidden
    with it.
    """
    shown = {name: hide_small(count) for name, count in parts.items()}
    others = [name for name, count in shown.items() if count]
    if sum(count is None for count in shown.values()) == 1 and others:
        shown[min(others, key=lambda name: parts[name])] = None
    return shown

"""Counting events: every figure is a fold over events, so a past month can be counted again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from portal.domain.periods import month_of
from portal.domain.workflow import CaseKind

SMALLEST_SHOWN = 5
"""Smaller counts are not published: in a small town they point at people."""


def months_back(today: date, count: int) -> list[str]:
    """The last `count` months up to this one, oldest first, as 2026-11."""
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - count + 1, last + 1)]


def count_by_month(
    submitted: Iterable[tuple[CaseKind, datetime]], months: Iterable[str]
) -> list[tuple[str, dict[CaseKind, int]]]:
    """How many cases of each kind were submitted in each month (Asia/Shanghai)."""
    counts = Counter((month_of(moment), kind) for kind, moment in submitted)
    return [(month, {kind: counts[month, kind] for kind in CaseKind}) for month in months]


def hide_small(count: int) -> int | None:
    """The count as it may be published: None if it is small but not nothing."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None

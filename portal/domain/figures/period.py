"""The months that somebody looks at figures of."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.figures.counting import month_of_day
from portal.domain.shared.dates import add_months, next_month
from portal.domain.shared.errors import NotAccepted

MONTHS_AT_ONCE: Final = 12
_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Period:
    """Some months in a row, as 2026-11, both ends counted in."""

    first: str
    last: str

    @property
    def months(self) -> tuple[str, ...]:
        """All of them, the oldest first."""
        listed = [self.first]
        while listed[-1] < self.last:
            listed.append(next_month(listed[-1]))
        return tuple(listed)


def this_year(today: date) -> Period:
    """Return this year until now."""
    return Period(f"{today.year}-01", month_of_day(today))


def usual_periods(today: date) -> dict[str, Period]:
    """Return what is asked for most, by what it is called."""
    before = month_of_day(add_months(today.replace(day=1), -1))
    quarter = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
    earlier = add_months(quarter, -3)
    return {
        "这个月": Period(month_of_day(today), month_of_day(today)),
        "上个月": Period(before, before),
        "上个季度": Period(month_of_day(earlier), month_of_day(add_months(earlier, 2))),
        "今年": this_year(today),
        "去年": Period(f"{today.year - 1}-01", f"{today.year - 1}-12"),
    }


def read_period(first: str, last: str, today: date) -> Period:
    """Read the months that were typed; this year where nothing was.

    NotAccepted if they are none, in the wrong order, still to come, or too many at once.
    """
    if not first and not last:
        return this_year(today)
    first, last = first or last, last or first
    if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last)):
        raise NotAccepted("请这样写月份：2026-11")
    if first > last:
        raise NotAccepted("开始的月份比结束的月份晚，请换一换")
    if last > month_of_day(today):
        raise NotAccepted(f"{last} 还没有到")
    if last >= month_of_day(add_months(date.fromisoformat(f"{first}-01"), MONTHS_AT_ONCE)):
        raise NotAccepted(f"一次最多看 {MONTHS_AT_ONCE} 个月，请分几次看")
    return Period(first, last)

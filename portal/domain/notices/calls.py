"""Ringing applicants up: when to try again, and when another way is better."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from portal.domain.notices.notices import by_daylight
from portal.domain.shared.dates import CENTRE_ZONE

OFTEN: Final = 3
"""So often not reached, he is to be looked for another way."""
PAUSE: Final = timedelta(hours=2)
"""So long after nobody answered, somebody tries again; by daylight."""
_EVENING, _MORNING, _AFTERNOON = time(18), time(9), time(14)
AGAIN_LABELS: Final[Mapping[str, str]] = {
    "hour": "一小时以后",
    "evening": "今天傍晚",
    "morning": "明天上午",
    "afternoon": "明天下午",
}
"""When he would rather be rung up, as he says it."""


def find_next_try(again: str, now: datetime) -> datetime:
    """Return when to ring up again (UTC); without a wish, some hours later by daylight."""
    here = now.astimezone(CENTRE_ZONE)
    days = {"evening": 0, "morning": 1, "afternoon": 1}
    hours = {"evening": _EVENING, "morning": _MORNING, "afternoon": _AFTERNOON}
    if again == "hour":
        return now + timedelta(hours=1)
    if again in hours:
        day = here.date() + timedelta(days=days[again])
        moment = datetime.combine(day, hours[again], CENTRE_ZONE).astimezone(now.tzinfo)
        return max(moment, now)
    return by_daylight(now + PAUSE)

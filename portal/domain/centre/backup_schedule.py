"""Copies of a centre: what they are called, when the next is due, which ones are kept."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from portal.domain.shared.dates import CENTRE_ZONE

_NAME = re.compile(r"bangfu-(\d{8}-\d{6})\.age")
_STAMP = "%Y%m%d-%H%M%S"
_DAYS, _WEEKS, _MONTHS = 7, 4, 6
_NIGHT_FROM, _NIGHT_TO = 1, 6
_REST = timedelta(hours=20)
_TOO_OLD = timedelta(hours=30)


def name_copy(at: datetime) -> str:
    """Return the file name of a copy made at this moment; its time is that of the centre."""
    return f"bangfu-{at.astimezone(CENTRE_ZONE).strftime(_STAMP)}.age"


def read_copy_name(name: str) -> datetime | None:
    """Return when a copy was made, by its file name; None if it is no copy of ours."""
    found = _NAME.fullmatch(name)
    try:
        return _at(found[1], CENTRE_ZONE) if found else None
    except ValueError:
        return None


def _at(stamp: str, zone: tzinfo) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=zone)


def is_copy_due(newest: datetime | None, now: datetime) -> bool:
    """Tell whether to make the daily copy now: at night, or at any hour if the night was missed."""
    if newest is None or not timedelta() <= now - newest < _TOO_OLD:
        return True
    at_night = _NIGHT_FROM <= now.astimezone(CENTRE_ZONE).hour < _NIGHT_TO
    return at_night and now - newest >= _REST


def copies_to_drop(made: Iterable[datetime]) -> set[datetime]:
    """Return what need not be kept: all but the newest of each of 7 days, 4 weeks, 6 months.

    Days without a copy do not count, so that a machine that stood still loses nothing.
    """
    newest_first = sorted(made, reverse=True)
    kept: set[datetime] = set()
    for most, span in ((_DAYS, "%Y-%j"), (_WEEKS, "%G-%V"), (_MONTHS, "%Y-%m")):
        spans: dict[str, datetime] = {}
        for moment in newest_first:
            spans.setdefault(moment.astimezone(CENTRE_ZONE).strftime(span), moment)
        kept.update(list(spans.values())[:most])
    return set(newest_first) - kept

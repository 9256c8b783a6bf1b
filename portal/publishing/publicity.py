"""The published lists （公示）: only what `domain.publicity` lets through.

A list keeps its rows while it is on show; afterwards only its days are known.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from portal.domain.figures.public_notice import PublicList, make_row, publish_list
from portal.domain.rules.rulebook import Rulebook, after_working_days
from portal.domain.shared.dates import local_date
from portal.publishing.demo_data import invent_people
from site_src.centre import Centre

PUBLICITY_FILE = "publicity.json"
_WEEKS = 4
_ROWS = 6


def make_publicity(now: datetime, centre: Centre, rules: Rulebook) -> dict[str, Any]:
    """Make the file's content. The centre's own lists come with casework; there are none yet."""
    today = local_date(now)
    lists = invent_lists(today, centre, rules) if centre.demonstration else []
    return {
        "generated_at": now.isoformat(timespec="seconds"),
        "source": centre.name,
        "demonstration": centre.demonstration,
        "phone": centre.phone or centre.hotline,
        "place": centre.address,
        "lists": [_publish(one, today) for one in _newest_first(lists)],
    }


def invent_lists(today: date, centre: Centre, rules: Rulebook) -> list[PublicList]:
    """Invent a list for each of the last weeks, with invented people; at least one is on show."""
    people = [make_row(person) for person in invent_people([town.name for town in centre.towns])]
    sunday = today - timedelta(days=today.weekday() + 1)
    lists = []
    for week in range(_WEEKS):
        starts_on = after_working_days(rules, sunday - timedelta(weeks=week), 1)
        first = week * _ROWS % len(people)
        if starts_on <= today:
            lists.append(publish_list(starts_on, tuple(people[first : first + _ROWS]), rules))
    return lists


def _newest_first(lists: Iterable[PublicList]) -> list[PublicList]:
    return sorted(lists, key=lambda one: one.starts_on, reverse=True)


def _publish(one: PublicList, today: date) -> dict[str, Any]:
    return {
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "households": len(one.rows),
        "rows": [] if one.is_over(today) else [asdict(row) for row in one.rows],
    }

"""The public lists that visitors can see now: which of them an objection is about."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from portal.domain.shared.dates import format_date

_LIST = re.compile(r'id="list-(\d{4}-\d{2}-\d{2})"')


def lists_on_show(site: Path) -> Mapping[str, str]:
    """Return the lists of the generated page by their first day, with their name in words.

    The page itself is read: who comes from there saw what stands on it. None without the page.
    """
    try:
        page = (site / "public-lists" / "index.html").read_text("utf-8")
    except FileNotFoundError:
        return {}
    days = dict.fromkeys(_LIST.findall(page))
    return {day: f"{format_date(date.fromisoformat(day))}开始公示的名单" for day in days}

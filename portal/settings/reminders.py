"""What the tables of a centre will soon lack: said at the start and by `site check`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import format_date
from portal.settings.config import missing_years
from rulefiles.dated_values import NATIONAL_FILE
from rulefiles.local_values import LOCAL_FILE

_SOON: Final = timedelta(days=31)
_ONE_YEAR: Final = timedelta(days=365)


def list_reminders(rules: Rulebook, today: date) -> list[str]:
    """List, a line each, the years without holidays and the figures that end or have ended."""
    return [*_remind_of_calendar(rules, today), *_remind_of_figures(rules, today)]


def _remind_of_calendar(rules: Rulebook, today: date) -> Iterator[str]:
    for year in missing_years(rules, today):
        words = (
            f"{year} 年的调休还没有填，期限可能差几天，请在工作台“放假安排”里贴上通知"
            if rules.calendar.knows(year)
            else f"没有 {year} 年的节假日，期限会只按周末算"
        )
        yield f"content/rules/working_days.toml 里，{words}"


def _remind_of_figures(rules: Rulebook, today: date) -> Iterator[str]:
    for series in rules.local.series.values():
        if series.values and series.value_on(today + _SOON) is None:
            end = series.values[-1].end
            until = f"只到{format_date(end)}" if end else "还没有开始"
            yield f"{LOCAL_FILE} 里，“{series.name}”{until}，请补上新的"
    for series in rules.national.values():
        # What the country announces is that of the year before.
        if series.value_on(today - _ONE_YEAR) is None:
            yield f"{NATIONAL_FILE} 里，“{series.name}”没有去年的数，公布了请补上"

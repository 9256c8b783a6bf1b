"""The published figures: this year's and those since the beginning, out of the events.

What no event tells is not counted yet, which the file says; a demonstration centre gets an
invented figure in its place. Small counts of people are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.domain.figures.counting import (
    COUNTED_TYPES,
    SMALLEST_SHOWN,
    Recorded,
    count_by_month,
    count_since,
    find_moments,
    hide_small,
    hide_small_parts,
    is_telling,
    months_back,
)
from portal.domain.figures.indicators import (
    CHARTS,
    INDICATORS,
    Chart,
    Indicator,
    Unit,
    parts_of,
    show_wan,
)
from portal.domain.shared.dates import local_date
from portal.publishing.invented import FLOWS, FOUNDED, STOCKS, invent_month
from portal.store.cases import events_until
from portal.store.store import Store
from site_src.centre import Centre

MONTHS = 12
INDICATORS_FILE = "indicators.json"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one figure comes to; a stock has neither a total nor months."""

    period: int
    total: int | None
    months: Mapping[str, int]


def make_indicators(store: Store, now: datetime, centre: Centre) -> dict[str, Any]:
    """Make the file's content: every indicator with its definition, and the charts."""
    today = local_date(now)
    history = [record for kind in COUNTED_TYPES for record in events_until(store, kind, now)]
    tallies = count_indicators(history, today)
    since = min((local_date(record.event.at) for record in history), default=None)
    if centre.demonstration:
        tallies, since = fill_with_invented(tallies, today), FOUNDED
    tallies = add_sums(tallies)
    shown = hide_small_counts(tallies)
    return {
        "generated_at": now.isoformat(timespec="seconds"),
        "period_from": f"{today.year}-01-01",
        "period_to": today.isoformat(),
        "since": since.isoformat() if since else "",
        "source": centre.name,
        "demonstration": centre.demonstration,
        "smallest_shown": SMALLEST_SHOWN,
        "indicators": [
            _describe(one) | shown.get(one.code, {"counted": False, "period": None, "total": None})
            for one in INDICATORS.values()
        ],
        "charts": [
            _draw(chart, tallies, shown)
            for chart in CHARTS
            if all(code in tallies for code in chart.series)
        ],
    }


def count_indicators(history: Iterable[Recorded], today: date) -> dict[str, Tally]:
    """Count what the events tell, for each indicator that they can tell."""
    months, new_year = months_back(today, MONTHS), date(today.year, 1, 1)
    return {
        code: Tally(
            count_since(moments, new_year),
            len(moments),
            dict(zip(months, count_by_month(moments, months), strict=True)),
        )
        for code, moments in find_moments(history).items()
    }


def fill_with_invented(counted: Mapping[str, Tally], today: date) -> dict[str, Tally]:
    """Put invented years before the counted figures, and invented figures for the rest."""
    year = [f"{today.year}-{month:02d}" for month in range(1, today.month + 1)]
    filled = {code: Tally(value, None, {}) for code, value in STOCKS.items()}
    for code, flow in FLOWS.items():
        if code in counted:
            tally = counted[code]
            filled[code] = Tally(tally.period, (tally.total or 0) + flow.before, tally.months)
        else:
            period = sum(invent_month(code, month) for month in year)
            months = {month: invent_month(code, month) for month in months_back(today, MONTHS)}
            filled[code] = Tally(period, flow.before + period, months)
    return filled


def add_sums(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Add the figures that are the sum of their parts, where every part is counted."""
    summed = dict(tallies)
    for one in INDICATORS.values():
        parts = [tallies[code] for code in parts_of(one.code) if code in tallies]
        if one.summed and len(parts) == len(parts_of(one.code)):
            total = sum(part.total or 0 for part in parts)
            summed[one.code] = Tally(sum(part.period for part in parts), total, {})
    return summed


def hide_small_counts(tallies: Mapping[str, Tally]) -> dict[str, dict[str, Any]]:
    """Return what may be published of each counted figure, by code."""
    shown: dict[str, dict[str, Any]] = {}
    for code, tally in tallies.items():
        one = INDICATORS[code]
        shown[code] = {
            "counted": True,
            "period": _publish(one, tally.period),
            "total": None if tally.total is None else _publish(one, tally.total),
        }
    for one in INDICATORS.values():
        parts = {code: tallies[code] for code in parts_of(one.code) if code in tallies}
        if one.summed and one.code in tallies:
            periods = hide_small_parts({code: part.period for code, part in parts.items()})
            totals = hide_small_parts({code: part.total or 0 for code, part in parts.items()})
            for code in parts:
                shown[code] |= {"period": periods[code], "total": totals[code]}
    for code, tally in tallies.items():
        if INDICATORS[code].about_people:
            _hide_what_subtracting_tells(tallies, code, tally, shown)
    return shown


def _hide_what_subtracting_tells(
    tallies: Mapping[str, Tally], code: str, tally: Tally, shown: dict[str, dict[str, Any]]
) -> None:
    whole = tallies.get(INDICATORS[code].part_of)
    if whole and is_telling(whole.period - tally.period):
        shown[code]["period"] = None
    if tally.total is None:
        return
    if whole and whole.total is not None and is_telling(whole.total - tally.total):
        shown[code]["total"] = None
    if is_telling(tally.total - tally.period):  # the years before this one
        shown[code]["total"] = None


def _publish(one: Indicator, value: int) -> int | str | None:
    if one.unit is Unit.MONEY:
        return show_wan(value)
    return hide_small(value) if one.about_people else value


def _describe(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "unit": str(one.unit),
        "group": str(one.group),
        "definition": one.definition,
        "origin": one.origin,
        "part_of": one.part_of,
        "stock": one.stock,
    }


def _draw(
    chart: Chart, tallies: Mapping[str, Tally], shown: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    series = {code: _publish_months(code, tallies[code], shown[code]) for code in chart.series}
    months = next(iter(series.values()))
    return {
        "code": chart.code,
        "title": chart.title,
        "series": list(chart.series),
        "months": [
            {"month": month, "values": [series[code][month] for code in chart.series]}
            for month in months
        ],
    }


def _publish_months(
    code: str, tally: Tally, shown: Mapping[str, Any]
) -> dict[str, int | str | None]:
    """Return the months of a figure; none of a year whose own figure is hidden."""
    one = INDICATORS[code]
    if not one.about_people:
        return {month: _publish(one, value) for month, value in tally.months.items()}
    published: dict[str, int | str | None] = {}
    years = sorted({month[:4] for month in tally.months})
    for year in years:
        counts = {month: value for month, value in tally.months.items() if month[:4] == year}
        hidden = year == years[-1] and shown["period"] is None
        published |= dict.fromkeys(counts) if hidden else hide_small_parts(counts)
    return published

"""The published figures: this year's and those since the beginning, out of the events.

What no event tells is not counted yet, which the file says; a demonstration centre gets an
invented figure in its place. Small counts of people are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.domain.figures.counting import (
    SMALLEST_SHOWN,
    add_up,
    hide_small,
    hide_small_parts,
    is_telling,
    months_back,
)
from portal.domain.figures.indicators import (
    CHARTS,
    COUNTINGS,
    INDICATORS,
    Chart,
    Indicator,
    Unit,
    parts_of,
    show_wan,
)
from portal.domain.shared.dates import local_date
from portal.publishing.demo_data import FLOWS, FOUNDED, STOCKS, invent_month
from portal.store.months import count_months, first_day
from portal.store.store import Store
from site_src.centre import Centre

MONTHS = 12
INDICATORS_FILE = "indicators.json"


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What one figure comes to; a stock has neither a total nor months."""

    period: int
    total: int | None
    months: Mapping[str, int]


def make_indicators(store: Store, now: datetime, centre: Centre) -> dict[str, Any]:
    """Make the file's content: every indicator with its definition, and the charts."""
    today = local_date(now)
    values, since = read_values(store, now), first_day(store)
    if centre.demonstration:
        values, since = fill_with_invented(values, today), FOUNDED
    values = add_sums(values)
    shown = hide_small_counts(values)
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
            _draw(chart, values, shown)
            for chart in CHARTS
            if all(code in values for code in chart.series)
        ],
    }


def read_values(store: Store, now: datetime) -> dict[str, FigureValue]:
    """Return what each figure comes to that events can tell: as reported, and as of now."""
    today = local_date(now)
    counted = add_up(count_months(store, now), COUNTINGS)
    return {code: _value_of(months, today) for code, months in counted.items()}


def _value_of(months: Mapping[str, Mapping[str, int]], today: date) -> FigureValue:
    by_month = {month: sum(parts.values()) for month, parts in months.items()}
    return FigureValue(
        sum(count for month, count in by_month.items() if month[:4] == str(today.year)),
        sum(by_month.values()),
        {month: by_month.get(month, 0) for month in months_back(today, MONTHS)},
    )


def fill_with_invented(counted: Mapping[str, FigureValue], today: date) -> dict[str, FigureValue]:
    """Put invented years before the counted figures, and invented figures for the rest."""
    year = [f"{today.year}-{month:02d}" for month in range(1, today.month + 1)]
    filled = {code: FigureValue(value, None, {}) for code, value in STOCKS.items()}
    for code, flow in FLOWS.items():
        if code in counted:
            value = counted[code]
            filled[code] = FigureValue(value.period, (value.total or 0) + flow.before, value.months)
        else:
            period = sum(invent_month(code, month) for month in year)
            months = {month: invent_month(code, month) for month in months_back(today, MONTHS)}
            filled[code] = FigureValue(period, flow.before + period, months)
    return filled


def add_sums(values: Mapping[str, FigureValue]) -> dict[str, FigureValue]:
    """Add the figures that are the sum of their parts, where every part is counted."""
    summed = dict(values)
    for one in INDICATORS.values():
        parts = [values[code] for code in parts_of(one.code) if code in values]
        if one.summed and len(parts) == len(parts_of(one.code)):
            total = sum(part.total or 0 for part in parts)
            summed[one.code] = FigureValue(sum(part.period for part in parts), total, {})
    return summed


def hide_small_counts(values: Mapping[str, FigureValue]) -> dict[str, dict[str, Any]]:
    """Return what may be published of each counted figure, by code."""
    shown: dict[str, dict[str, Any]] = {}
    for code, value in values.items():
        one = INDICATORS[code]
        shown[code] = {
            "counted": True,
            "period": _publish(one, value.period),
            "total": None if value.total is None else _publish(one, value.total),
        }
    for one in INDICATORS.values():
        parts = {code: values[code] for code in parts_of(one.code) if code in values}
        if one.summed and one.code in values:
            periods = hide_small_parts({code: part.period for code, part in parts.items()})
            totals = hide_small_parts({code: part.total or 0 for code, part in parts.items()})
            for code in parts:
                shown[code] |= {"period": periods[code], "total": totals[code]}
    for code, value in values.items():
        if INDICATORS[code].about_people:
            _hide_what_subtracting_tells(values, code, value, shown)
    return shown


def _hide_what_subtracting_tells(
    values: Mapping[str, FigureValue],
    code: str,
    value: FigureValue,
    shown: dict[str, dict[str, Any]],
) -> None:
    whole = values.get(INDICATORS[code].part_of)
    if whole and is_telling(whole.period - value.period):
        shown[code]["period"] = None
    if value.total is None:
        return
    if whole and whole.total is not None and is_telling(whole.total - value.total):
        shown[code]["total"] = None
    if is_telling(value.total - value.period):  # the years before this one
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
    chart: Chart, values: Mapping[str, FigureValue], shown: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    series = {code: _publish_months(code, values[code], shown[code]) for code in chart.series}
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
    code: str, value: FigureValue, shown: Mapping[str, Any]
) -> dict[str, int | str | None]:
    """Return the months of a figure; none of a year whose own figure is hidden."""
    one = INDICATORS[code]
    if not one.about_people:
        return {month: _publish(one, value) for month, value in value.months.items()}
    published: dict[str, int | str | None] = {}
    years = sorted({month[:4] for month in value.months})
    for year in years:
        counts = {month: value for month, value in value.months.items() if month[:4] == year}
        hidden = year == years[-1] and shown["period"] is None
        published |= dict.fromkeys(counts) if hidden else hide_small_parts(counts)
    return published

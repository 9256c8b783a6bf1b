"""The impact page: a few large numbers, charts by month, and every figure with its definition."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from site_src.pages.columns import draw_chart
from site_src.pages.text import MadePage, bullets, escape, heading, join, show_date
from site_src.public_data import PublishedFigures, PublishedIndicator

_TITLE = "公开的数字"
_NOTHING = "还没有公布数字。等有了，就登在这里。"
HIDDEN = "不公布"
NOT_COUNTED = "还没有统计"
HEADLINES = ("S2", "S3", "S9", "S18", "S8", "S1", "S1.4", "S1.5", "S1.6")
HEADLINES_SHOWN = 4


def make_figures_page(figures: PublishedFigures | None) -> MadePage:
    """Make the page /figures/, honest when there is nothing yet."""
    meta: dict[str, Any] = {
        "title": _TITLE,
        "description": "帮了多少人、办了多少事、花了多少钱，都登在这里。",
        "kind": "figures",
        "section": "figures",
    }
    if figures is None:
        return MadePage("figures.md", meta, _NOTHING)
    if figures.demonstration:
        meta["tags"] = ["示范数据"]
    groups = list(dict.fromkeys(one.group for one in figures.indicators))
    meta["figures"] = {
        "headlines": pick_headlines(figures),
        "when": f"今年：{name_period(figures)}",
        "charts": [draw_chart(chart, figures) for chart in figures.charts],
        "groups": [describe_group(figures, name) for name in groups],
    }
    parts = [heading("这些数字从哪里来", "source"), bullets(describe_sources(figures))]
    return MadePage("figures.md", meta, join(parts))


def describe_sources(figures: PublishedFigures) -> list[str]:
    """Tell period, source, date, and what the words in place of a number mean."""
    lines = [f"今年：{name_period(figures)}"]
    if figures.since:
        lines.append(f"累计：从 {show_date(figures.since)}起，到现在加在一起")
    lines += [
        f"来源：{escape(figures.source)}",
        f"统计到：{name_day(figures.generated_at)}",
        "单位：写在每一项名称后面的括号里",
        f"{HIDDEN}：少于 {figures.smallest_shown} 的数不公开，免得认出是谁；"
        "能从别的数推算出来的，也不公开",
    ]
    if any(not one.counted for one in figures.indicators):
        lines.append(f"{NOT_COUNTED}：这一项还没有用系统登记，登记了就公开")
    if figures.demonstration:
        lines.append("示范数据：除了网上提交的件数和答复的件数，都是编的，只作演示")
    return lines


def pick_headlines(figures: PublishedFigures) -> list[dict[str, str]]:
    """Pick the few figures that say most, of those that can be shown."""
    known = {one.code: one for one in figures.indicators}
    chosen = [known[code] for code in HEADLINES if code in known]
    return [
        {"name": one.name, "shown": show_number(one.period), "unit": one.unit}
        for one in chosen
        if one.period is not None
    ][:HEADLINES_SHOWN]


def describe_group(figures: PublishedFigures, name: str) -> dict[str, Any]:
    """Show a heading's figures: those that add up over time, then those of how things stand."""
    group = [one for one in figures.indicators if one.group == name]
    tables = [[one for one in group if one.stock is stock] for stock in (False, True)]
    return {
        "name": name,
        "anchor": name_anchor(name),
        "tables": [
            {"stock": rows[0].stock, "rows": [describe_row(figures, one) for one in rows]}
            for rows in tables
            if rows
        ],
    }


def describe_row(figures: PublishedFigures, one: PublishedIndicator) -> dict[str, Any]:
    """Return one row of a table, ready for the template."""
    return {
        "name": f"其中：{one.name}" if one.part_of else one.name,
        "unit": one.unit,
        "part": bool(one.part_of),
        "definition": one.definition,
        "origin": one.origin,
        "counted": one.counted,
        "period": show_number(one.period),
        "total": show_number(one.total),
        "bar": measure_bar(figures, one),
    }


def measure_bar(figures: PublishedFigures, one: PublishedIndicator) -> int | None:
    """Measure the bar of a part, in percent of its whole; None where there is no such whole."""
    whole = figures.find(one.part_of) if one.part_of else None
    if whole is None or one.unit != whole.unit or one.period is None or not whole.period:
        return None
    longest = Decimal(whole.period)
    share = round(100 * Decimal(one.period) / longest) if longest else 0
    return share or None


def show_number(number: str | int | None) -> str:
    """Show a number with thousands marks, or the word for a hidden one."""
    if number is None:
        return HIDDEN
    whole, point, decimals = str(number).partition(".")
    return f"{int(whole):,}{point}{decimals}"


def name_anchor(group: str) -> str:
    """Name the place of a group on the page."""
    return f"group-{group}"


def name_period(figures: PublishedFigures) -> str:
    """Name the period: 2026 年 1 月 1 日到 2026 年 11 月 24 日."""
    return f"{show_date(figures.period_from)}到 {show_date(figures.period_to)}"


def name_day(moment: datetime) -> str:
    """Name the day in China on which the figures were counted."""
    day = moment.astimezone(ZoneInfo("Asia/Shanghai"))
    return show_date(f"{day:%Y-%m-%d}")

"""The published figures as a table, and the same numbers as bars for the template."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from site_src.pages.text import MadePage, bullets, escape, heading, join, table
from site_src.public_data import Figures

HIDDEN = "不公布"
TITLE = "公开的数字"


def make_figures_page(figures: Figures | None) -> MadePage:
    """The page /figures/, honest when there is nothing yet."""
    meta: dict[str, Any] = {
        "title": TITLE,
        "description": "每个月有多少人来申请、来咨询，都登在这里。",
        "kind": "figures",
        "section": "figures",
    }
    if figures is None or not figures.months:
        return MadePage("figures.md", meta, "还没有公布数字。等有了，就登在这里。")
    names = (
        "月份",
        *(f"{escape(name)}（{escape(figures.unit)}）" for name in figures.kinds.values()),
    )
    rows = [
        (name_month(str(row["month"])), *(show_number(row[kind]) for kind in figures.kinds))
        for row in reversed(figures.months)
    ]
    period = f"{name_month(figures.period_from)}到 {name_month(figures.period_to)}"
    sources = [
        f"时间：{period}",
        f"单位：{escape(figures.unit)}",
        f"来源：{escape(figures.source)}",
        f"统计到：{name_day(figures.generated_at)}",
        f"{escape(figures.small_cells)}，免得认出是谁。",
    ]
    parts = [
        heading("每月数字", "table"),
        table(names, rows),
        heading("这些数字从哪里来", "source"),
        bullets(sources),
    ]
    meta["bars"] = measure_bars(figures)
    meta["chart_title"] = f"{figures.title}（{figures.unit}）"
    return MadePage("figures.md", meta, join(parts))


def measure_bars(figures: Figures) -> list[dict[str, Any]]:
    """For each month and kind the number and its bar's length in percent of the longest."""
    numbers = [row[kind] for row in figures.months for kind in figures.kinds]
    longest = max([number for number in numbers if isinstance(number, int)], default=0) or 1
    return [
        {
            "month": name_month(str(row["month"])),
            "counts": [
                {
                    "name": name,
                    "shown": show_number(row[kind]),
                    "length": measure(row[kind], longest),
                }
                for kind, name in figures.kinds.items()
            ],
        }
        for row in figures.months
    ]


def measure(number: str | int | None, longest: int) -> int:
    """Length in percent; nothing for a hidden number."""
    return round(100 * number / longest) if isinstance(number, int) else 0


def show_number(number: str | int | None) -> str:
    """A number, or the word for a hidden one."""
    return HIDDEN if number is None else str(number)


def name_month(month: str) -> str:
    """2026-01 → 2026 年 1 月"""
    year, number = month.split("-")
    return f"{year} 年 {int(number)} 月"


def name_day(moment: datetime) -> str:
    """The day in China on which the figures were counted."""
    day = moment.astimezone(ZoneInfo("Asia/Shanghai"))
    return f"{day.year} 年 {day.month} 月 {day.day} 日"

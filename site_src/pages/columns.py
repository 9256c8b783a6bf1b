"""Column charts by month, drawn as small SVGs that keep their letters large on a phone.

Lengths are units of the drawing, which is as wide as a card on a 360 px phone.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from site_src.pages.text import show_date
from site_src.public_data import PublishedChart, PublishedFigures, PublishedMonth

WIDTH, FLOOR, TALLEST = 280, 170, 140
MOST_MONTHS, FEWER_MONTHS = 6, 4
WIDEST, GAP, BETWEEN_MONTHS = 32, 2, 6
DIGIT = 9
LONGEST_EXACT = 4
STUB = 14
"""How high the empty box is that stands for a number too small to be told."""


def draw_chart(chart: PublishedChart, figures: PublishedFigures) -> dict[str, Any]:
    """Draw the last months as columns, with all months as a table and the same in words."""
    names = [figures.find(code).name for code in chart.series]
    unit = figures.find(chart.series[0]).unit
    rounded = any(len(str(value)) > LONGEST_EXACT for value in list_amounts(chart))
    drawn = choose_months(chart, rounded=rounded)
    longest = max((scale(value) for row in drawn for value in row.values), default=0) or 1
    pitch = WIDTH // len(drawn)
    width = min((pitch - BETWEEN_MONTHS - GAP * (len(names) - 1)) // len(names), WIDEST)
    months = []
    for place, row in enumerate(drawn):
        middle = place * pitch + pitch // 2
        left = middle - (len(names) * (width + GAP) - GAP) // 2
        columns = [
            draw_column(value, left + number * (width + GAP), width, longest)
            | {"label": shorten(value, rounded=rounded)}
            for number, value in enumerate(row.values)
        ]
        months.append({"x": middle, "name": short_month(row.month), "columns": columns})
    return {
        "code": chart.code,
        "title": f"{chart.title}（{unit}）",
        "names": names,
        "months": months,
        "hidden": figures.smallest_shown * any(None in row.values for row in drawn),
        "rounded": rounded,
        "words": describe_columns(drawn, names),
        "rows": [
            {
                "name": show_date(row.month),
                "cells": [show_value(value, "不公布") for value in row.values],
            }
            for row in reversed(chart.months)
        ],
    }


def list_amounts(chart: PublishedChart) -> list[str]:
    """List the amounts of the months that may be drawn; counts are not among them."""
    drawn = chart.months[-MOST_MONTHS:]
    return [value for row in drawn for value in row.values if isinstance(value, str)]


def choose_months(chart: PublishedChart, *, rounded: bool) -> tuple[PublishedMonth, ...]:
    """Take the last six months; fewer where the numbers above the columns need more room."""
    drawn = chart.months[-MOST_MONTHS:]
    longest = max(len(shorten(value, rounded=rounded)) for row in drawn for value in row.values)
    room = WIDTH // MOST_MONTHS // len(chart.series)
    return drawn if longest * DIGIT <= room else drawn[-FEWER_MONTHS:]


def draw_column(value: int | str | None, left: int, width: int, longest: int) -> dict[str, Any]:
    """Return place and height of one column; a number that is not told is an empty box."""
    height = STUB if value is None else scale(value) * TALLEST // longest
    return {
        "hidden": value is None,
        "x": left,
        "y": FLOOR - height,
        "width": width,
        "height": height,
        "middle": left + width // 2,
    }


def scale(value: int | str | None) -> int:
    """Turn a value into hundredths, to count lengths in whole numbers; 0 if it is hidden."""
    return int(Decimal(value or 0) * 100)


def shorten(value: int | str | None, *, rounded: bool) -> str:
    """Write what stands above a column; `rounded` amounts are whole 万元, for want of room."""
    if rounded and isinstance(value, str):
        return str(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))
    return show_value(value, "")


def show_value(value: int | str | None, hidden: str) -> str:
    """Show a value as it is, or what stands for a hidden one."""
    return hidden if value is None else str(value)


def short_month(month: str) -> str:
    """Shorten a month: 2026-06 → 6月."""
    return f"{int(month[5:])}月"


def describe_columns(drawn: Sequence[PublishedMonth], names: list[str]) -> str:
    """Tell the drawn values in words, for who does not see the picture."""
    sentences = []
    for number, name in enumerate(names):
        values = "，".join(
            f"{short_month(row.month)} {show_value(row.values[number], '不公布')}" for row in drawn
        )
        sentences.append(f"{name}：{values}。")
    return "".join(sentences)

"""What the portal publishes is checked again before it goes up; lists leave when they are over."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.pages.columns import FLOOR, TALLEST, WIDTH, draw_chart
from site_src.pages.figures import measure_bar, pick_headlines, show_number
from site_src.pages.public_lists import find_on_show
from site_src.public_data import PublishedFigures, PublishedLists, read_public_data
from tests.support.public_samples import FIGURES, PUBLICITY, ROW, changed_row, indicator


def problems_of(folder: Path, name: str, content: object) -> list[str]:
    """What an operator would read of a published file."""
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    problems: list[str] = []
    read_public_data(folder, problems)
    return problems


def figures_with(**changed: Any) -> dict[str, Any]:
    """The published figures with other keys."""
    return copy.deepcopy(FIGURES) | changed


def test_right_files_are_read_and_missing_ones_are_no_problem(tmp_path: Path) -> None:
    problems: list[str] = []
    assert read_public_data(tmp_path, problems).figures is None
    (tmp_path / "publicity.json").write_text(json.dumps(PUBLICITY), encoding="utf-8")
    publicity = read_public_data(tmp_path, problems).publicity
    assert publicity is not None
    assert publicity.lists[0].rows[0].town == ROW["town"]
    assert problems == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (figures_with(extra=1), "「extra」不认识"),
        (figures_with(indicators=[]), "「indicators」至少要有一条"),
        (
            figures_with(indicators=[indicator("S1", 1), indicator("S1", 2)], charts=[]),
            "indicators 里有重复的 code",
        ),
        (
            figures_with(indicators=[indicator("S1", 1, part_of="S9")], charts=[]),
            "「S9」在 indicators 里找不到",
        ),
        (figures_with(indicators=[indicator("S1", 1) | {"period": 1.5}], charts=[]), "「period」"),
        (figures_with(indicators=[indicator("S1", "12.5")], charts=[]), "「period」"),
    ],
)
def test_wrong_figures_are_refused(tmp_path: Path, content: object, expected: str) -> None:
    problems = problems_of(tmp_path, "indicators.json", content)
    assert any(expected in line for line in problems), problems
    assert all(line.startswith("build/public-data/indicators.json：") for line in problems)


def test_a_chart_gives_every_series_a_value_in_every_month(tmp_path: Path) -> None:
    content = figures_with()
    content["charts"][0]["months"][0]["values"] = [1]
    assert "和 series 一样多" in problems_of(tmp_path, "indicators.json", content)[0]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"town": "41999919800101123X"}, "第 1 份名单第 1 行的「town」这里像是身份证号，请删掉"),
        ({"town": "松坪镇 138 0013 8000"}, "第 1 份名单第 1 行的「town」这里像是手机号，请删掉"),
        ({"cause": "0571-85123456"}, "第 1 份名单第 1 行的「cause」这里像是电话或账号，请删掉"),
        ({"item": "6222 0212 3456"}, "第 1 份名单第 1 行的「item」这里像是电话或账号，请删掉"),
        ({"name": "陈示范"}, "「name」格式不对"),
        ({"name": "陈示范*"}, "「name」格式不对"),
        ({"amount": "5000.5"}, "「amount」格式不对"),
        ({"mobile": "1"}, "「mobile」不认识"),
    ],
)
def test_rows_with_more_than_may_be_shown_are_refused(
    tmp_path: Path, changed: dict[str, str], expected: str
) -> None:
    problems = problems_of(tmp_path, "publicity.json", changed_row(**changed))
    assert any(expected in line for line in problems), problems


@given(st.text(alphabet="陈李示范王*", min_size=1, max_size=8))
def test_a_name_with_three_signs_shown_never_passes(name: str) -> None:
    valid = True
    try:
        PublishedLists.model_validate(changed_row(name=name))
    except ValueError:
        valid = False
    assert valid == (name.rstrip("*") != name and len(name.rstrip("*")) <= 2 and
                     "*" not in name.rstrip("*"))  # fmt: skip


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        ("2026-11-15", []),
        ("2026-11-16", ["2026-11-16"]),
        ("2026-11-23", ["2026-11-23", "2026-11-16"]),
        ("2026-11-30", ["2026-11-23"]),
        ("2026-12-01", []),
    ],
)
def test_a_list_is_on_show_from_its_first_day_to_its_last(day: str, starts: list[str]) -> None:
    publicity = PublishedLists.model_validate(PUBLICITY)
    shown = find_on_show(publicity, date.fromisoformat(day))
    assert [one.starts_on for one in shown] == starts


@pytest.mark.parametrize(
    ("number", "shown"),
    [(None, "不公布"), (0, "0"), (1234567, "1,234,567"), ("1234.50", "1,234.50"), ("0.00", "0.00")],
)
def test_numbers_have_thousands_marks(number: int | str | None, shown: str) -> None:
    assert show_number(number) == shown


def test_the_headlines_are_figures_that_can_be_shown() -> None:
    headlines = pick_headlines(PublishedFigures.model_validate(FIGURES))
    assert [one["shown"] for one in headlines] == ["1,234.50", "28", "21"]


def test_bars_show_a_part_of_its_whole_and_nothing_for_a_hidden_one() -> None:
    figures = PublishedFigures.model_validate(FIGURES)
    lengths = {one.code: measure_bar(figures, one) for one in figures.indicators}
    assert lengths == {"S3": None, "S1.4": None, "S1.5": 75, "S1.6": None, "S8": None}


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6)),
                min_size=1, max_size=12))  # fmt: skip
def test_columns_stay_within_the_drawing(values: list[tuple[int | None, int | None]]) -> None:
    months = [{"month": f"2026-{n:02d}", "values": row} for n, row in enumerate(values, 1)]
    content = figures_with()
    content["charts"][0]["months"] = months
    figures = PublishedFigures.model_validate(content)
    drawn = draw_chart(figures.charts[0], figures)
    for column in (column for month in drawn["months"] for column in month["columns"]):
        assert 0 <= column["x"] <= column["x"] + column["width"] <= WIDTH
        assert FLOOR - TALLEST <= column["y"] <= FLOOR
        assert column["y"] + column["height"] == FLOOR
    assert len(drawn["rows"]) == len(values)


def test_a_number_that_is_not_told_is_an_empty_box_with_its_reason_below() -> None:
    content = figures_with()
    content["charts"][0]["months"] = [{"month": "2026-10", "values": [None, 8]}]
    figures = PublishedFigures.model_validate(content)
    drawn = draw_chart(figures.charts[0], figures)
    untold, told = drawn["months"][0]["columns"]
    assert untold["hidden"]
    assert untold["label"] == ""
    assert untold["height"] < told["height"]
    assert not told["hidden"]
    assert drawn["hidden"] == figures.smallest_shown


@pytest.mark.parametrize(
    ("amounts", "labels"),
    [(["9.60", "0.00"], ["9.60", "0.00"]), (["16.50", "9.60", None], ["17", "10", ""])],
)
def test_amounts_above_columns_are_rounded_together_where_they_lack_room(
    amounts: list[str | None], labels: list[str]
) -> None:
    content = figures_with()
    months = [{"month": f"2026-{n:02d}", "values": [one]} for n, one in enumerate(amounts, 1)]
    content["charts"] = [{"code": "paid", "title": "发放", "series": ["S3"], "months": months}]
    figures = PublishedFigures.model_validate(content)
    drawn = draw_chart(figures.charts[0], figures)
    assert [month["columns"][0]["label"] for month in drawn["months"]] == labels
    assert drawn["rounded"] is (labels[0] == "17")
    assert "16.50" in drawn["words"] or "9.60" in drawn["words"]


@pytest.mark.parametrize(("value", "months"), [(99, 6), (100, 4)])
def test_fewer_months_are_drawn_where_numbers_are_wide(value: int, months: int) -> None:
    content = figures_with()
    content["charts"][0]["months"] = [
        {"month": f"2026-{n:02d}", "values": [value, 1]} for n in range(1, 13)
    ]
    figures = PublishedFigures.model_validate(content)
    drawn = draw_chart(figures.charts[0], figures)
    assert len(drawn["months"]) == months
    assert len(drawn["rows"]) == 12

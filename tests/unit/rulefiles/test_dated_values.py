"""Dated figures: one is in force on a day, and a faulty table stops in one line."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rules.rulebook import NATIONAL_CODES
from rulefiles.dated_values import NATIONAL_FILE, DatedSeries, load_dated_values
from rulefiles.toml_files import RuleFileError

HEAD = '[wage]\nname = "最低工资"\nunit = "元/月"\n'
FILE = "content/rules/local.toml"
NATIONAL = Path(__file__).parents[3] / "content" / "rules" / "national.toml"


def row(
    start: str, end: str = "", value: str = "2000", source: str = "某文件", more: str = ""
) -> str:
    """One row as it is written."""
    last = f"to = {end}\n" if end else ""
    return (
        f'[[wage.values]]\nfrom = {start}\n{last}value = {value}\nsource = "{source}"\n'
        f'mark = "K"\non = 2026-11-30\n{more}'
    )


def load(text: str) -> DatedSeries:
    """The one series of a text."""
    return load_dated_values(text, FILE)["wage"]


OLD_AND_NEW = HEAD + row("2024-01-01", "2025-06-30") + row("2025-07-01", value="2200.5")


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2023, 12, 31), None), (date(2024, 1, 1), "2000"), (date(2025, 6, 30), "2000"),
     (date(2025, 7, 1), "2200.5"), (date(2030, 1, 1), "2200.5")],
)  # fmt: skip
def test_figure_changes_on_the_day_the_table_says(day: date, number: str | None) -> None:
    found = load(OLD_AND_NEW).value_on(day)
    assert (found and found.number) == (Fraction(number) if number else None)


def test_yuan_are_fen_inside() -> None:
    found = load(OLD_AND_NEW).value_on(date(2026, 1, 1))
    assert found
    assert found.fen == 220_050


def test_series_that_nobody_filled_has_no_figure() -> None:
    assert load(HEAD).value_on(date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + row("2024-01-01") + row("2025-07-01"), "第 2 段.*重叠.*2025-06-30"),
        (HEAD + row("2024-01-01", "2025-07-01") + row("2025-07-01"), "第 2 段.*重叠"),
        (HEAD + row("2025-07-01", "2025-12-31") + row("2024-01-01"), "第 2 段.*重叠"),
        (HEAD + row("2024-01-01", "2025-06-29") + row("2025-07-01"), "第 2 段.*中间空着"),
        (HEAD + row("2024-01-01", "2023-01-01"), "第 1 段.*to 要写成.*不早于 from"),
        (HEAD + row("2024-01-01", source=" "), "第 1 段.*source"),
        (HEAD + row('"2024-01-01"'), "第 1 段.*from"),
        (HEAD + row("2024-01-01", value='"2000"'), "第 1 段.*value"),
        (HEAD + row("2024-01-01", value="0"), "第 1 段.*value"),
        (HEAD + row("2024-01-01", value="true"), "第 1 段.*value"),
        (HEAD + row("2024-01-01", value="2000.123"), "第 1 段.*小数点后两位"),
        (HEAD + row("2024-01-01", more="checked_by = 3\n"), "第 1 段.*checked_by"),
        (HEAD + row("2024-01-01", more='until = 2024-02-01\n'), "第 1 段.*until"),
        ('[wage]\nname = "最低工资"\n', "name 和 unit"),
        (HEAD + row("2024-01-01", value="nan"), "第 1 段.*value"),
        (HEAD + row("2024-01-01", value="[13]"), "第 1 段.*value"),
        (HEAD + row("2024-01-01", value="{ 5 = 1 }"), "第 1 段.*5级到10级都写上"),
        (HEAD + "values = 3\n", "两层方括号"),
        ("wage = 3\n", "name 和 unit"),
    ],
)  # fmt: skip
def test_faulty_table_is_refused_with_place_and_remedy(text: str, says: str) -> None:
    with pytest.raises(
        RuleFileError, match=rf"content/rules/local\.toml 第 \d+ 行：[^\n]*{says}[^\n]*$"
    ):
        load(text)


def test_series_that_is_needed_may_not_be_missing() -> None:
    with pytest.raises(RuleFileError, match=r"缺少 \[hour\]"):
        load_dated_values(HEAD, FILE, ("wage", "hour"))


@given(st.lists(st.integers(1, 900), min_size=1, max_size=6), st.integers(-5, 6_000))
def test_days_that_follow_on_each_other_have_exactly_one_figure(
    lengths: list[int], place: int
) -> None:
    first = date(2010, 1, 1)
    text, start = HEAD, first
    for number, length in enumerate(lengths, start=1):
        end = start + timedelta(days=length - 1)
        text += row(str(start), str(end), str(number))
        start = end + timedelta(days=1)
    day = first + timedelta(days=place)
    found = load(text).value_on(day)
    assert (found is None) == (not first <= day < start)
    if found and found.end:
        assert found.start <= day <= found.end


def test_national_figures_that_are_shipped_can_be_loaded() -> None:
    series = load_dated_values(NATIONAL.read_text("utf-8"), "national.toml", NATIONAL_CODES)
    days = series["pay_days"].value_on(date(2026, 1, 1))
    assert days
    assert days.number == Fraction(87, 4)


def test_the_line_of_the_wrong_key_is_named() -> None:
    with pytest.raises(RuleFileError, match="第 16 行：第 2 段"):
        load(HEAD + row("2024-01-01", "2025-06-30") + "# 新的\n\n" + row("2025-07-01", source=""))


def test_a_blank_row_is_no_figure_and_no_rule_of_the_place_is_one() -> None:
    blank = load(HEAD + '[[wage.values]]\nfrom = 2024-01-01\nvalue = ""\nsource = ""\n')
    assert blank.values == ()
    none = load(HEAD + row("2024-01-01", value='"没有规定"')).value_on(date(2026, 1, 1))
    assert none
    assert (none.amount, none.words) == (None, "本地没有另外规定")


def test_a_figure_that_somebody_checked_is_marked_so() -> None:
    written = HEAD + row("2024-01-01", more='checked_by = "示范甲"\n').replace('mark = "K"\n', "")
    assert load(written).values[0].mark == "V"
    assert load(written.replace("示范甲", "")).values[0].mark == "K"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"value": '"没有规定"'}, "value 要写成一个数字"),
        ({"value": "[1, 2]"}, "value 要写成一个数字"),
        ({"mark": "D"}, "mark 不能写 D"),
    ],
)
def test_a_figure_of_the_country_is_one_number_and_not_set_by_the_centre(
    changed: dict[str, str], says: str
) -> None:
    text = HEAD + row("2024-01-01", value=changed.get("value", "1"))
    text = text.replace('mark = "K"', f'mark = "{changed.get("mark", "K")}"')
    with pytest.raises(RuleFileError, match=rf"{NATIONAL_FILE} 第 \d+ 行：第 1 段.*{says}"):
        load_dated_values(text, NATIONAL_FILE)
    load_dated_values(text, FILE)

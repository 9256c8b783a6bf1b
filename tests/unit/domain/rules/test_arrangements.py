"""The arrangement of a year: read from a notice, judged, written into the file and read again."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rules.arrangements import (
    Arrangement,
    doubt_arrangement,
    drop_arrangement,
    make_arrangement,
    read_arrangements,
    read_notice,
    write_arrangement,
)
from portal.domain.rules.working_days import load_calendar
from portal.domain.shared.errors import NotAccepted
from tests.support.house import RULES

FILE = (RULES / "working_days.toml").read_text("utf-8")
SHIPPED = read_arrangements(tomllib.loads(FILE))
STATUTORY = load_calendar(tomllib.loads(FILE)).statutory_days
LIKE_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def arranged(
    text: str = LIKE_2026, year: int = 2026, notice: str = "国办发明电〔2025〕7号"
) -> Arrangement:
    """The row that a notice comes to."""
    return make_arrangement(year, notice, read_notice(text, year), STATUTORY, "editor")


def test_the_words_of_a_notice_come_to_the_days_that_are_shipped() -> None:
    (shipped,) = (one for one in SHIPPED if one.year == 2026)
    found = arranged()
    assert found.waits
    assert (found.days_off, found.make_up_days) == (shipped.days_off, shipped.make_up_days)
    assert doubt_arrangement(found, STATUTORY) == []


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: str(row.year))
def test_what_is_shipped_is_plausible_and_names_nobody(row: Arrangement) -> None:
    assert doubt_arrangement(row, STATUTORY) == []
    assert not row.waits
    assert row.entered_by == row.confirmed_by == row.compared == ""


@pytest.mark.parametrize(
    ("text", "off", "worked"),
    [
        ("1月1日放假，与周末连休。", {(1, 1)}, set()),
        ("9月29日至10月1日放假调休，9月26日、27日上班", {(9, 29), (9, 30), (10, 1)},
         {(9, 26), (9, 27)}),
        ("国庆节 10 月 1 日—2日 放假；10月9日(周六)上班", {(10, 1), (10, 2)}, {(10, 9)}),
    ],
)  # fmt: skip
def test_days_are_read_as_notices_write_them(
    text: str, off: set[tuple[int, int]], worked: set[tuple[int, int]]
) -> None:
    found = read_notice(text, 2027)
    assert found.off == {date(2027, *day) for day in off}
    assert found.worked == {date(2027, *day) for day in worked}


def test_new_year_may_begin_in_december() -> None:
    found = read_notice("2027年12月31日至2028年1月2日放假，12月26日上班", 2028)
    assert found.off == {date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 2)}
    assert found.worked == {date(2027, 12, 26)}
    assert read_notice("12月31日至1月2日放假", 2028).off == found.off


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有读出"),
        ("1月4日上班。", "没有读出"),
        ("2月30日放假。", "没有这一天"),
        ("3日放假。", "没有这一天"),
        ("5月5日至1日放假。", "读不懂"),
    ],
)
def test_what_is_no_notice_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(NotAccepted, match=says):
        read_notice(text, 2027)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("10月1日（周四）", "10月2日", "2026年10月1日是法定节日，通知里却没有放假"),
        ("9月20日（周日）", "9月21日", "2026年9月21日本来就上班"),
        ("9月20日（周日）", "10月3日", "2026年10月3日是法定节日，不会上班"),
        ("9月20日（周日）", "10月4日", "2026年10月4日又放假又上班"),
        ("9月20日（周日）", "2027年9月19日", "2027年9月19日不是 2026 年的"),
    ],
)
def test_what_cannot_be_right_is_refused(old: str, new: str, says: str) -> None:
    assert old in LIKE_2026
    with pytest.raises(NotAccepted, match=says):
        arranged(LIKE_2026.replace(old, new))


def test_a_notice_without_its_number_and_a_year_without_statutory_days_are_refused() -> None:
    with pytest.raises(NotAccepted, match="文号"):
        arranged(notice="")
    with pytest.raises(NotAccepted, match="还没有 2040 年的法定节日"):
        arranged("2040年1月1日放假", 2040)


def test_a_forgotten_day_of_making_up_is_doubted() -> None:
    (doubt,) = doubt_arrangement(arranged(LIKE_2026.replace("1月4日（周日）上班。", "")), STATUTORY)
    assert "多放的工作日有 9 天" in doubt
    assert "也就是 8。" in doubt


def test_a_row_that_waits_counts_nothing_until_it_is_confirmed() -> None:
    bare = drop_arrangement(FILE, 2026)
    assert 2026 not in load_calendar(tomllib.loads(bare)).arranged_years
    waiting = write_arrangement(bare, arranged())
    assert load_calendar(tomllib.loads(waiting)) == load_calendar(tomllib.loads(bare))
    confirmed = write_arrangement(waiting, replace(arranged(), waits=False))
    assert load_calendar(tomllib.loads(confirmed)) == load_calendar(tomllib.loads(FILE))


def test_everything_else_in_the_file_stays_as_it_was() -> None:
    new = replace(arranged(), year=2027)
    written = write_arrangement(FILE, new)
    assert written.startswith(FILE)
    assert drop_arrangement(written, 2027).rstrip("\n") == FILE.rstrip("\n")
    assert write_arrangement(written, new) == written


@given(
    st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable()),
    st.lists(st.dates(date(2027, 1, 1), date(2027, 12, 31)), unique=True),
    st.booleans(),
)
def test_what_was_written_is_read_again(words: str, days: list[date], waits: bool) -> None:
    weekends = tuple(sorted(day for day in days if day.weekday() > 4))
    row = Arrangement(2027, words, tuple(sorted(set(days) - set(weekends))), weekends, waits,
                      words, words, words)  # fmt: skip
    assert read_arrangements(tomllib.loads(write_arrangement(FILE, row)))[-1] == row

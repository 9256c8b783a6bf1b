"""Days as people write them, and what is kept of one that names no day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.spoken_dates import (
    EXAMPLE,
    earliest_day,
    format_day,
    latest_day,
    names_day,
    read_written_day,
)

TODAY = date(2026, 11, 30)
DAYS = st.dates(date(1950, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2025年3月", "2025-03"),
        ("2025.3", "2025-03"),
        ("2025-03", "2025-03"),
        ("２０２５年３月", "2025-03"),
        ("25年3月", "2025-03"),
        ("98年5月", "1998-05"),
        ("二〇二五年三月", "2025-03"),
        ("2025年3月份", "2025-03"),
        ("2025年3月底", "2025-03"),
        ("2025", "2025"),
        ("去年", "2025"),
        ("去年3月", "2025-03"),
        ("去年三月五号", "2025-03-05"),
        ("上个月", "2026-10"),
        ("上个月5号", "2026-10-05"),
        ("3个月前", "2026-08"),
        ("十天前", "2026-11-20"),
        ("两年前", "2024"),
        ("半年前", "2026-05"),
        ("昨天", "2026-11-29"),
        ("大概2025年3月1日", "2025-03"),
        ("2025年3月1号", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("25.3.1", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("二〇二五年十二月三十一日", "2025-12-31"),
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str, stored: str) -> None:
    assert read_written_day(typed, TODAY) == stored
    assert read_written_day(stored, TODAY) == stored


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3月1日", "哪一年"),
        ("3月前", "哪一年"),  # before March, or three months ago
        ("十二月以前", "哪一年"),
        ("25.3", "哪一年"),
        ("3.1.25", "哪一年"),
        ("202503", "写成"),
        ("200312", "写成"),
        ("去年年底", "哪年哪月"),
        ("今年春节前", "哪年哪月"),
        ("两三个月前", "哪年哪月"),
        ("几个月前", "写成"),
        ("农历三月初八", "阳历"),
        ("2025-02-30", "没有这一天"),
        ("2025年3月0日", "没有这一天"),
        ("2025年13月", "没有这一天"),
        ("记不清", "写成"),
        ("", "写成"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_again(typed: str, says: str) -> None:
    with pytest.raises(NotAccepted, match=says):
        read_written_day(typed, TODAY)


@given(DAYS)
def test_a_day_is_read_again_as_it_is_shown(day: date) -> None:
    stored = day.isoformat()
    assert read_written_day(format_day(stored), TODAY) == stored
    assert earliest_day(stored) == latest_day(stored) == day
    assert names_day(stored)


@given(DAYS)
def test_a_month_and_a_year_mean_all_their_days(day: date) -> None:
    for stored in (day.isoformat()[:7], day.isoformat()[:4]):
        assert earliest_day(stored) <= day <= latest_day(stored)
        assert (latest_day(stored) + timedelta(days=1)).day == 1
        assert not names_day(stored)
        assert "没有写" in format_day(stored)


@given(st.text("一二三十〇零0123456789年月日号个前去今上-./大概", max_size=12))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    try:
        stored = read_written_day(typed, TODAY)
    except NotAccepted:
        return
    assert read_written_day(stored, TODAY) == stored


@pytest.mark.parametrize("text", ["", " ", "2026年3月1日" + "号" * 30])
def test_nothing_and_a_whole_letter_are_no_day(text: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        read_written_day(text, date(2026, 11, 24))
    assert str(refused.value) == EXAMPLE

"""Days as people write them: 2025年3月1日, 2025.3, 25年3月, 去年, 上个月, 3个月前, 二〇二五年三月.

What names no day is kept as what it names: 2025-03 is a month, 2025 a year (ISO 8601, reduced).
What can be read in two ways is refused with what to write instead, never guessed.
"""

import re
from datetime import date, timedelta
from typing import Final

from portal.domain.shared.dates import add_months, next_month
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.spoken_numbers import NUMERALS, Unclear, read_number, read_spelled
from portal.domain.shared.text_cleaning import fold_width

_YEARS: Final = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_MONTHS: Final = {
    "上上个月": -2, "上上月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "当月": 0,
    "下个月": 1, "下月": 1,
}  # fmt: skip
_DAYS: Final = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2,
}  # fmt: skip
_ABOUT = re.compile(r"^(?:大概|大约|约|差不多|估计|好像|可能|应该)是?在?|(?:左右|前后|吧|的时候)$")
_PART_OF_MONTH = re.compile(r"(?<=月)(?:份|初|中|底|末|上旬|中旬|下旬)+")
_AGO = re.compile(r"(?P<many>.+?)(?P<unit>天|个月|年)(?:以前|之前|前)")
_LUNAR = re.compile("农历|阴历|旧历|正月|腊月|冬月|初[一二三四五六七八九十]|廿")
_FESTIVAL = re.compile("春节|过年|中秋|端午|国庆|清明|元旦|年初|年底|年中|年末|半年")
_NUMBER = f"[0-9{NUMERALS}]"
_DATE = re.compile(
    f"(?P<year>{_NUMBER}{{2,4}})[-年](?P<month>{_NUMBER}{{1,3}})"
    f"(?:[-月](?:(?P<day>{_NUMBER}{{1,3}})(?:日)?)?)?"
)
_YEAR_ALONE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-?")
_RUN = re.compile(r"[0-9]{6}|[0-9]{8}")
_WITHOUT_YEAR = re.compile(rf"{_NUMBER}{{1,2}}[-月].*")
_HALF_YEAR_MONTHS, _MONTHS_OF_YEAR, _LONGEST = 6, 12, 30

EXAMPLE: Final = "日期请写成 2026-03-01、2026年3月1日 这样。"
_NO_YEAR = "请写上是哪一年，比如 2026年3月1日。"
_LUNAR_WORDS = "请写阳历（公历）的日子，比如 2026年3月1日。"
_WHICH_MONTH = "请写是哪年哪月，比如 2026年2月。说不清月份，就只写哪一年，比如 2026年。"


def read_written_day(text: str, today: date) -> str:
    """Return a typed day as 2025-03-01, a month as 2025-03, a year as 2025. NotAccepted."""
    folded = fold_width(text).replace("。", ".").replace("号", "日").replace("○", "〇")
    if not folded or len(folded) > _LONGEST:
        raise NotAccepted(EXAMPLE)
    bare = _ABOUT.sub("", _ABOUT.sub("", folded))
    said = _read_related(bare, today) or _read_written(_name_year(bare, today), today)
    # Who says about when does not vouch for the day.
    return said[:7] if bare != folded else said


def earliest_day(stored: str) -> date:
    """Return the first day that a stored day, month or year may mean."""
    return date.fromisoformat(f"{stored}-01-01"[:10])


def latest_day(stored: str) -> date:
    """Return the last day that a stored day, month or year may mean."""
    if names_day(stored):
        return date.fromisoformat(stored)
    month = stored if "-" in stored else f"{stored}-12"
    return earliest_day(next_month(month)) - timedelta(days=1)


def names_day(stored: str) -> bool:
    """Tell whether what is stored is a day, not only a month or a year."""
    return stored.count("-") == 2


def format_day(stored: str) -> str:
    """Return a stored day as 2025年3月1日, and say so where the day or the month is not known."""
    parts = [int(part) for part in stored.split("-")]
    words = "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    return words + ("", "（没有写哪天）", "（没有写哪月哪天）")[3 - len(parts)]


def _read_related(text: str, today: date) -> str | None:
    """Read what counts from today: 昨天, 上个月5日, 3个月前."""
    if text in _DAYS:
        return (today + timedelta(days=_DAYS[text])).isoformat()
    for words, months in _MONTHS.items():
        if text.startswith(words):
            month = _move_month(today, months)
            rest = text.removeprefix(words)
            return _read_written(f"{month}-{rest}", today) if rest else month
    if text in {"半年前", "半年以前", "半年之前"}:
        return _move_month(today, -_HALF_YEAR_MONTHS)
    match = _AGO.fullmatch(text)
    return _count_back(match["many"], match["unit"], today) if match else None


def _count_back(typed: str, unit: str, today: date) -> str | None:
    try:
        many = read_number(typed)
    except Unclear:
        raise NotAccepted(_WHICH_MONTH) from None
    if many is None or many != int(many) or not 0 < many <= _MONTHS_OF_YEAR * 100:
        return None
    if unit == "天":
        return (today - timedelta(days=int(many))).isoformat()
    if unit == "年":
        return str(today.year - int(many)) if many <= 100 else None
    return _move_month(today, -int(many))


def _move_month(today: date, months: int) -> str:
    return add_months(today, months).isoformat()[:7]


def _name_year(text: str, today: date) -> str:
    for words, years in _YEARS.items():
        if text.startswith(words):
            return f"{today.year + years}年{text.removeprefix(words)}"
    return text


def _read_written(text: str, today: date) -> str:
    if _LUNAR.search(text):
        raise NotAccepted(_LUNAR_WORDS)
    if _FESTIVAL.search(text):
        raise NotAccepted(_WHICH_MONTH)
    marked = _PART_OF_MONTH.sub("", text)
    if _RUN.fullmatch(marked):
        return _read_run(marked)
    dashed = re.sub("[./]", "-", marked)
    spelled = read_spelled(dashed).replace("年", "-").rstrip("-")
    if match := _YEAR_ALONE.fullmatch(spelled):
        return match["year"]
    match = _DATE.fullmatch(dashed)
    if match is None or (len(match["year"]) == 2 and match["day"] is None and "年" not in text):
        raise NotAccepted(_NO_YEAR if _WITHOUT_YEAR.fullmatch(dashed) else EXAMPLE)
    year = _full_year(read_spelled(match["year"]), today)
    return _make(year, _whole(match["month"]), _whole(match["day"]) if match["day"] else None)


def _read_run(digits: str) -> str:
    """Read digits without a sign between; 200312 may be March 2020 or December 2003."""
    if len(digits) == 8:
        return _make(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    raise NotAccepted(EXAMPLE)


def _full_year(digits: str, today: date) -> int:
    if not digits.isdigit() or len(digits) == 3:
        raise NotAccepted(EXAMPLE)
    year = int(digits)
    if len(digits) == 4:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + 10 else century - 100 + year


def _whole(typed: str) -> int:
    try:
        number = read_number(typed)
    except Unclear:
        number = None
    if number is None or number != int(number):
        raise NotAccepted(EXAMPLE)
    return int(number)


def _make(year: int, month: int, day: int | None) -> str:
    try:
        found = date(year, month, 1 if day is None else day)
    except ValueError:
        raise NotAccepted(f"没有这一天。{EXAMPLE}") from None
    return found.isoformat()[: 10 if day is not None else 7]

"""The State Council's arrangement of a year（放假安排）: as it stands in the file of the calendar.

Days that a notice names are read from its own words, judged against the statutory days, and
written as one row of content/rules/working_days.toml.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted
from rulefiles.toml_files import RuleFileError

CALENDAR_FILE: Final = "content/rules/working_days.toml"
SATURDAY: Final = 5
_HEAD: Final = "[[arrangement]]"
_ONE_DAY: Final = timedelta(days=1)
_LONGEST_NOTICE: Final = 80
_BEFORE_NEW_YEAR: Final = (12, 25)
"""From this day of December on, a notice speaks of days of the year before."""
_DAY: Final = r"(?:(?P<{0}y>[0-9]{{4}})年)?(?:(?P<{0}m>[0-9]{{1,2}})月)?(?P<{0}d>[0-9]{{1,2}})日"
_SPAN: Final = re.compile(_DAY.format("a") + "(?:[至到—-]" + _DAY.format("b") + ")?")
_IN_BRACKETS: Final = re.compile(r"[（(][^（）()]*[)）]")
_SENTENCE: Final = re.compile("[。；;\n]")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One year's arrangement: `days_off` are the weekdays off that are no statutory days.

    `waits`: a second person has not confirmed it yet, so nothing counts by it. `compared` says
    which text he held it against; all three are blank in what came with the program.
    """

    year: int
    notice: str
    days_off: tuple[date, ...]
    make_up_days: tuple[date, ...]
    waits: bool = False
    entered_by: str = ""
    confirmed_by: str = ""
    compared: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """What a notice says: all days off, weekends and statutory days among them, and days worked."""

    off: frozenset[date]
    worked: frozenset[date]


def read_notice(text: str, year: int) -> NoticeDays:
    """Read the days from the words of a notice: 1月1日（周四）至3日放假调休，共3天。1月4日上班。

    A day without its year is one of `year`, or of the end of the year before. Raise NotAccepted,
    with what to do, if a day does not exist or nothing can be read.
    """
    off: set[date] = set()
    worked: set[date] = set()
    for sentence in _SENTENCE.split(_IN_BRACKETS.sub("", text.replace(" ", ""))):
        for part, is_off in _parts_of(sentence):
            (off if is_off else worked).update(_days_in(part, year))
    if not off:
        raise NotAccepted("没有读出放假的日子。请贴上通知里“……日至……日放假”那几行")
    return NoticeDays(frozenset(off), frozenset(worked))


def _parts_of(sentence: str) -> Iterator[tuple[str, bool]]:
    """Part a sentence into what is off and what is worked, by the word that follows the days."""
    start = 0
    for word in re.finditer("放假|上班", sentence):
        yield sentence[start : word.start()], word[0] == "放假"
        start = word.end()


def _days_in(part: str, year: int) -> Iterator[date]:
    month = 0
    for found in _SPAN.finditer(part):
        month = int(found["am"] or month)
        first = _make_day(found, "a", month, year)
        if found["bd"] is None:
            yield first
            continue
        month = int(found["bm"] or month)
        last = _make_day(found, "b", month, max(first.year, year) if found["bm"] else first.year)
        if not 0 <= (last - first).days < 31:
            raise NotAccepted(f"“{found[0]}”读不懂：从{format_date(first)}到{format_date(last)}")
        yield from (first + place * _ONE_DAY for place in range((last - first).days + 1))


def _make_day(found: re.Match[str], side: str, month: int, year: int) -> date:
    day = int(found[f"{side}d"])
    told = found[f"{side}y"]
    of = int(told) if told else year - (side == "a" and (month, day) >= _BEFORE_NEW_YEAR)
    try:
        return date(of, month, day)
    except ValueError:
        raise NotAccepted(f"“{found[0]}”里没有这一天，请看看是不是贴错了") from None


def make_arrangement(
    year: int, notice: str, days: NoticeDays, statutory: frozenset[date], entered_by: str
) -> Arrangement:
    """Make the row of a year, waiting for a second person, from what its notice says.

    Raise NotAccepted, with all that cannot be right: no reference, days of another year, a
    statutory day that is worked or not off, a day that is off and worked, a weekday made up.
    """
    own = {day for day in statutory if day.year == year}
    problems = [
        *([] if 0 < len(notice) <= _LONGEST_NOTICE else ["请写通知的文号和日期，不超过 80 个字"]),
        *([] if own else [f"文件里还没有 {year} 年的法定节日，请先让系统管理员补上"]),
        *_say(_outside(days.off | days.worked, year), f"不是 {year} 年的"),
        *_say(own - days.off, "是法定节日，通知里却没有放假"),
        *_say(own & days.worked, "是法定节日，不会上班"),
        *_say((days.off & days.worked) - own, "又放假又上班"),
        *_say((day for day in days.worked if day.weekday() < SATURDAY), "本来就上班，不用调休"),
    ]
    if problems:
        raise NotAccepted("；".join(problems))
    off = sorted(day for day in days.off - own if day.weekday() < SATURDAY)
    return Arrangement(
        year, notice, tuple(off), tuple(sorted(days.worked)), waits=True, entered_by=entered_by
    )


def _outside(days: Iterable[date], year: int) -> Iterator[date]:
    first = date(year - 1, *_BEFORE_NEW_YEAR)
    return (day for day in days if not first <= day <= date(year, 12, 31))


def _say(days: Iterable[date], wrong: str) -> list[str]:
    return [f"{format_date(day)}{wrong}" for day in sorted(days)]


def doubt_arrangement(arrangement: Arrangement, statutory: frozenset[date]) -> list[str]:
    """Say what is unusual, so that both people look twice.

    Each weekday off beyond the statutory days is worked on a weekend, but for statutory days that
    fall on one（放假办法：适逢周六、周日，在工作日补假）.
    """
    on_weekends = sum(
        day.year == arrangement.year and day.weekday() >= SATURDAY for day in statutory
    )
    off, made_up = len(arrangement.days_off), len(arrangement.make_up_days)
    if off == made_up + on_weekends:
        return []
    return [
        f"多放的工作日有 {off} 天，要上班的周末有 {made_up} 天，"
        f"落在周末的法定节日有 {on_weekends} 天。"
        f"一般第一个数是后两个加起来，也就是 {made_up + on_weekends}。"
        "请对着通知再看一遍，是不是漏了一天、多了一天"
    ]


def read_arrangements(parsed: Mapping[str, object]) -> tuple[Arrangement, ...]:
    """Return the rows of the parsed file, also those that wait. Raise RuleFileError."""
    rows = parsed.get("arrangement", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleFileError(f"{CALENDAR_FILE}：每一年的安排要写成一段，以 {_HEAD} 开头。")
    found = tuple(_read_row(row, place) for place, row in enumerate(rows, 1))
    for place, one in enumerate(found):
        if one.year in {other.year for other in found[:place]}:
            raise RuleFileError(f"{CALENDAR_FILE}：{one.year} 年的安排写了两段。请删掉其中一段。")
    return found


def _read_row(row: Mapping[str, object], place: int) -> Arrangement:
    where = f"第 {place} 个 {_HEAD}"
    year, waits = row.get("year"), row.get("waits", False)
    if not isinstance(year, int) or isinstance(year, bool):
        raise RuleFileError(f"{CALENDAR_FILE}：{where}缺少年份。请写成 year = 2027。")
    if not isinstance(waits, bool):
        raise RuleFileError(f"{CALENDAR_FILE}：{where}里，waits 写 true，或者删掉。")
    if not _read_words(row, "notice", where):
        raise RuleFileError(f'{CALENDAR_FILE}：{where}缺少通知的文号。请写成 notice = "…"。')
    off, made_up = (read_days(row, name, where) for name in ("days_off", "make_up_days"))
    for day in sorted(made_up):
        if day.weekday() < SATURDAY:
            raise RuleFileError(
                f"{CALENDAR_FILE}：make_up_days 里的 {day} 不是周六、周日。请改成调休上班的周末。"
            )
    return Arrangement(
        year=year,
        notice=_read_words(row, "notice", where),
        days_off=tuple(sorted(off)),
        make_up_days=tuple(sorted(made_up)),
        waits=waits,
        entered_by=_read_words(row, "entered_by", where),
        confirmed_by=_read_words(row, "confirmed_by", where),
        compared=_read_words(row, "compared", where),
    )


def _read_words(row: Mapping[str, object], name: str, where: str) -> str:
    words = row.get(name, "")
    if not isinstance(words, str):
        raise RuleFileError(f"{CALENDAR_FILE}：{where}里，{name} 要加英文引号。")
    return words


def read_days(table: Mapping[str, object], name: str, where: str = "") -> frozenset[date]:
    """Return the days of a list of the file, or raise RuleFileError."""
    days = table.get(name)
    if not isinstance(days, list):
        raise RuleFileError(f"{CALENDAR_FILE}：{where}缺少 {name}。请写成 {name} = [2026-01-01]。")
    for place, day in enumerate(days, start=1):
        if not isinstance(day, date) or isinstance(day, datetime):
            raise RuleFileError(
                f"{CALENDAR_FILE}：{where}{name} 第 {place} 项不是日期。"
                "请写成 2026-01-01，不加引号。"
            )
    return frozenset(days)


def write_arrangement(text: str, arrangement: Arrangement) -> str:
    """Return the text of the file with this row in the place of that of its year, or at its end.

    Everything else stays as it was, remarks too.
    """
    return drop_arrangement(text, arrangement.year).rstrip("\n") + "\n\n" + _row_of(arrangement)


def drop_arrangement(text: str, year: int) -> str:
    """Return the text of the file without the row of a year."""
    head, *rows = re.split(rf"(?m)^(?={re.escape(_HEAD)})", text)
    return head + "".join(row for row in rows if not re.search(rf"(?m)^year *= *{year}\b", row))


def _row_of(arrangement: Arrangement) -> str:
    said = {
        "entered_by": arrangement.entered_by,
        "confirmed_by": arrangement.confirmed_by,
        "compared": arrangement.compared,
    }
    lines = (
        _HEAD,
        f"year = {arrangement.year}",
        f"notice = {_quote(arrangement.notice)}",
        f"days_off = [{', '.join(map(str, arrangement.days_off))}]",
        f"make_up_days = [{', '.join(map(str, arrangement.make_up_days))}]",
        *(["waits = true"] if arrangement.waits else []),
        *(f"{name} = {_quote(words)}" for name, words in said.items() if words),
    )
    return "\n".join(lines) + "\n"


def _quote(words: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in words)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'

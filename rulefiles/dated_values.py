"""Figures that hold from a day on, each with its source: tables of content/rules/.

The idea is that of OpenFisca: a parameter is a row with dates and a reference, never a constant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeGuard

from rulefiles.toml_files import RuleFileError, find_row_line, parse_toml

NATIONAL_FILE: Final = "content/rules/national.toml"
"""The figures of the whole country."""
NOT_REGULATED: Final = "没有规定"
"""What stands for a figure where the place has no rule of its own."""

_FEN: Final = 100
_ONE_DAY: Final = timedelta(days=1)
_OF_THE_CENTRE: Final = "D"
_MARKS: Final = frozenset({*"VSK", _OF_THE_CENTRE})
_KEYS: Final = frozenset(
    {"from", "to", "value", "unit", "source", "mark", "checked_by", "on"},
)
_GRADES: Final = range(5, 11)
_YEAR: Final = range(1, 13)

DatedAmount = Fraction | tuple[int, ...] | Mapping[int, Fraction] | None


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One figure, in force from `start` to `end` (None: until further notice), in its unit.

    `amount` is a number, months, a number for each grade, or None where the place has no rule.
    `mark` says how surely it is known, V, S, K or D; `checked_by` is blank until somebody did.
    """

    start: date
    end: date | None
    amount: DatedAmount
    unit: str
    source: str
    mark: str
    checked_by: str
    checked_on: date | None

    @property
    def number(self) -> Fraction:
        """The figure, if it is one number. ValueError."""
        if not isinstance(self.amount, Fraction):
            raise ValueError("this is not one number")
        return self.amount

    @property
    def fen(self) -> int:
        """The figure, if its unit is yuan, in fen."""
        return int(self.number * _FEN)

    def for_grade(self, grade: int) -> Fraction:
        """Return what belongs to a grade of disability, 5 to 10, in its unit. ValueError."""
        if not isinstance(self.amount, Mapping):
            raise ValueError("this has no grades")
        return self.amount[grade]

    @property
    def words(self) -> str:
        """The figure as it is said: 2,190 元/月, 最低工资的 80%, 6月、7月, 5级30，6级25（个月）."""
        match self.amount:
            case None:
                return "本地没有另外规定"
            case Fraction() if self.unit.startswith("%"):
                return f"{self.unit[1:]}{'的 ' if self.unit[1:] else ''}{_say(self.amount)}%"
            case Fraction():
                return f"{_say(self.amount)} {self.unit}"
            case tuple():
                return "、".join(f"{month}月" for month in self.amount)
        listed = "，".join(f"{grade}级{_say(one)}" for grade, one in self.amount.items())
        return f"{listed}（{self.unit}）"


@dataclass(frozen=True, slots=True)
class DatedSeries:
    """All figures of one name, oldest first, without gap or overlap; none if nobody filled it."""

    code: str
    name: str
    unit: str
    values: tuple[DatedValue, ...]

    def value_on(self, day: date) -> DatedValue | None:
        """Return the figure in force on a day; None where the table has none."""
        return next(
            (one for one in self.values if one.start <= day and (not one.end or day <= one.end)),
            None,
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """The place-th [[code.values]] of a file, for what is said of it."""

    file: str
    text: str
    code: str
    number: int

    def wrong(self, key: str, words: str) -> RuleFileError:
        """Word what is wrong with a key of it."""
        line = find_row_line(self.text, f"{self.code}.values", self.number, key)
        where = f"第 {self.number} 段 [[{self.code}.values]]"
        return RuleFileError(f"{self.file} 第 {line} 行：{where}{words}。")


def load_dated_values(text: str, file: str, wanted: Sequence[str] = ()) -> dict[str, DatedSeries]:
    """Return the series of a TOML text by code; `wanted` are those it may not lack.

    A series without [[….values]], or whose value is "", is blank: nobody has filled it in. Raise
    RuleFileError, one line naming file and place, for gaps, overlaps, and rows without source, day
    or figure.
    """
    parsed = parse_toml(text, file)
    for code in wanted:
        if code not in parsed:
            raise RuleFileError(f"{file}：缺少 [{code}]。请从安装包里补上。")
    return {code: read_series(text, code, table, file) for code, table in parsed.items()}


def read_series(text: str, code: str, table: object, file: str) -> DatedSeries:
    """Read one parsed table of a TOML text. RuleFileError."""
    at = f"{file} 第 {find_row_line(text, code, 1)} 行"
    match table:
        case {"name": str(name), "unit": str(unit), **rest} if (
            name.strip() and unit.strip() and not set(rest) - {"values"}
        ):
            rows = rest.get("values", [])
        case _:
            raise RuleFileError(f"{at}：[{code}] 里要写 name 和 unit，下面写 [[{code}.values]]。")
    if not isinstance(rows, list):
        raise RuleFileError(f"{at}：[{code}] 的数要写成 [[{code}.values]]，两层方括号。")
    places = [_Place(file, text, code, number) for number in range(1, len(rows) + 1)]
    filled = [
        (where, _read_value(row, where, unit))
        for row, where in zip(rows, places, strict=True)
        if not awaits_figure(row)
    ]
    for (_, before), (where, after) in pairwise(filled):
        _require_next(before, after, where)
    return DatedSeries(code, name, unit, tuple(value for _, value in filled))


def awaits_figure(row: object) -> bool:
    """Tell whether a row waits for its figure."""
    return isinstance(row, Mapping) and row.get("value") == ""


def _require_next(before: DatedValue, after: DatedValue, where: _Place) -> None:
    if before.end is None or after.start <= before.end:
        raise where.wrong(
            "from",
            f"从 {after.start} 起，和上一段重叠。请给上一段写 to，"
            f"写到 {after.start - _ONE_DAY}，旧的在前、新的在后",
        )
    if after.start > before.end + _ONE_DAY:
        raise where.wrong(
            "from",
            f"从 {after.start} 起，上一段只到 {before.end}，中间空着。"
            "请补上缺的一段，或者改日期，让它们接上",
        )


def _read_value(row: object, where: _Place, unit: str) -> DatedValue:
    values: Mapping[str, object] = row if isinstance(row, Mapping) else {}
    if unknown := set(values) - _KEYS:
        raise where.wrong(min(unknown), f"没有“{min(unknown)}”这一项。请删掉或改名")
    start, end, checked_on = values.get("from"), values.get("to"), values.get("on", "")
    source, checked_by = values.get("source"), values.get("checked_by", "")
    if not _is_day(start):
        raise where.wrong("from", "的 from（从哪天起）要写成 2026-01-01，不加引号")
    if end is not None and (not _is_day(end) or end < start):
        raise where.wrong("to", "的 to 要写成 2026-12-31，不早于 from；还在用就不写 to")
    if checked_on != "" and not _is_day(checked_on):
        raise where.wrong("on", '的 on（核对的日子）要写成 2026-01-01，不加引号；没核对就写 ""')
    if not isinstance(source, str) or not source.strip():
        raise where.wrong("source", "没有写 source。请写明数字出自哪份文件")
    if not isinstance(checked_by, str):
        raise where.wrong("checked_by", '的 checked_by 要写核对的人，带引号；没核对就写 ""')
    mark = values.get("mark", "V" if checked_by.strip() else "K")
    if mark not in _MARKS:
        raise where.wrong("mark", "的 mark 要写 V、S、K、D 里的一个")
    if mark == _OF_THE_CENTRE and where.file == NATIONAL_FILE:
        raise where.wrong("mark", "的 mark 不能写 D：全国的数不是本中心定的。请写 V、S、K 里的一个")
    unit = str(values.get("unit", unit))
    amount = _read_amount(values.get("value"), unit, where)
    if where.file == NATIONAL_FILE and not isinstance(amount, Fraction):
        raise where.wrong("value", "的 value 要写成一个数字：全国的数不会“没有规定”")
    day = checked_on if _is_day(checked_on) else None
    return DatedValue(start, end, amount, unit, source.strip(), str(mark), checked_by.strip(), day)


def _read_amount(value: object, unit: str, where: _Place) -> DatedAmount:
    match value:
        case str() if value == NOT_REGULATED:
            return None
        case list() if value and all(one in _YEAR for one in value):
            return tuple(value)
        case dict():
            if set(value) != {str(grade) for grade in _GRADES}:
                sample = ", ".join(f"{grade} = 10" for grade in _GRADES)
                raise where.wrong("value", f"的 value 要把5级到10级都写上：{{ {sample} }}")
            return {grade: _read_number(value[str(grade)], unit, where) for grade in _GRADES}
    return _read_number(value, unit, where)


def _read_number(value: object, unit: str, where: _Place) -> Fraction:
    number = Fraction(value) if _is_number(value) else Fraction(0)
    if number <= 0:
        raise where.wrong(
            "value",
            f"的 value 要写成大于 0 的数字，单位是{unit}，不加引号和逗号，例如 2200；"
            f'本地没有这一项就写 "{NOT_REGULATED}"',
        )
    if unit.startswith("元") and (number * _FEN).denominator != 1:
        raise where.wrong("value", "的 value 最多写到分，也就是小数点后两位")
    return number


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _say(number: Fraction) -> str:
    return f"{int(number):,}" if number.denominator == 1 else f"{float(number):,.2f}"

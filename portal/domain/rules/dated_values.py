"""Figures that hold from a day on, each with its source: tables of content/rules/.

The idea is that of OpenFisca: a parameter is a row with dates and a reference, never a constant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeGuard

from portal.domain.shared.errors import RuleFileError

_FEN: Final = 100
_ONE_DAY: Final = timedelta(days=1)
_MARKS: Final = frozenset("VSKD")
_KEYS: Final = frozenset({"from", "to", "value", "source", "mark", "checked_by", "on"})


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One figure, in force from `start` to `end` (None: until further notice), in its unit.

    `mark` says how surely it is known, V, S, K or D; `checked_by` is blank until somebody did.
    """

    start: date
    end: date | None
    number: Fraction
    source: str
    mark: str
    checked_by: str
    checked_on: date

    @property
    def fen(self) -> int:
        """The figure, if its unit is yuan, in fen."""
        return int(self.number * _FEN)


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


def load_dated_values(
    parsed: Mapping[str, object], file: str, wanted: Sequence[str] = ()
) -> dict[str, DatedSeries]:
    """Return the series of a parsed TOML file by code; `wanted` are those it may not lack.

    A series without [[….values]] is blank: nobody has filled it in. Raise RuleFileError, one line
    naming file and place, for gaps, overlaps, and rows without source, day or figure.
    """
    for code in wanted:
        if code not in parsed:
            raise RuleFileError(f"{file}：缺少 [{code}]。请从安装包里补上。")
    return {code: _read_series(code, table, file) for code, table in parsed.items()}


def _read_series(code: str, table: object, file: str) -> DatedSeries:
    match table:
        case {"name": str(name), "unit": str(unit), **rest} if (
            name.strip() and unit.strip() and not set(rest) - {"values"}
        ):
            rows = rest.get("values", [])
        case _:
            raise RuleFileError(f"{file}：[{code}] 里要写 name 和 unit，下面写 [[{code}.values]]。")
    if not isinstance(rows, list):
        raise RuleFileError(f"{file}：[{code}] 的数要写成 [[{code}.values]]，两层方括号。")
    places = [f"{file}：第 {place} 段 [[{code}.values]]" for place in range(1, len(rows) + 1)]
    values = [_read_value(row, where, unit) for row, where in zip(rows, places, strict=True)]
    for (before, after), where in zip(pairwise(values), places[1:], strict=False):
        _require_next(before, after, where)
    return DatedSeries(code, name, unit, tuple(values))


def _require_next(before: DatedValue, after: DatedValue, where: str) -> None:
    if before.end is None or after.start <= before.end:
        raise RuleFileError(
            f"{where}从 {after.start} 起，和上一段重叠。请给上一段写 to，"
            f"写到 {after.start - _ONE_DAY}，旧的在前、新的在后。"
        )
    if after.start > before.end + _ONE_DAY:
        raise RuleFileError(
            f"{where}从 {after.start} 起，上一段只到 {before.end}，中间空着。"
            "请补上缺的一段，或者改日期，让它们接上。"
        )


def _read_value(row: object, where: str, unit: str) -> DatedValue:
    values: Mapping[str, object] = row if isinstance(row, Mapping) else {}
    if unknown := set(values) - _KEYS:
        raise RuleFileError(f"{where}没有“{min(unknown)}”这一项。请删掉或改名。")
    start, end, checked_on = values.get("from"), values.get("to"), values.get("on")
    source, mark = values.get("source"), values.get("mark")
    checked_by = values.get("checked_by", "")
    if not _is_day(start) or not _is_day(checked_on) or not (end is None or _is_day(end)):
        raise RuleFileError(
            f"{where}的 from（从哪天起）、to（到哪天，可以不写）、on（核对的日子）"
            "要写成 2026-01-01，不加引号。"
        )
    if end is not None and end < start:
        raise RuleFileError(f"{where}的 to 比 from 还早。请把两个日子再看一遍。")
    if not isinstance(source, str) or not source.strip():
        raise RuleFileError(f"{where}没有写 source。请写明数字出自哪份文件。")
    if mark not in _MARKS or not isinstance(checked_by, str):
        raise RuleFileError(f"{where}的 mark 要写 V、S、K、D 里的一个；checked_by 写姓名或者空着。")
    number = _read_number(values.get("value"), where, unit)
    return DatedValue(start, end, number, source, str(mark), checked_by, checked_on)


def _read_number(value: object, where: str, unit: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise RuleFileError(f"{where}的 value 要写成大于 0 的数字，不加引号，例如 2200。")
    number = Fraction(str(value))
    if unit.startswith("元") and (number * _FEN).denominator != 1:
        raise RuleFileError(f"{where}的 value 最多写到分，也就是小数点后两位。")
    return number


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)

"""The low-income lines （低保标准） of a centre: dated figures of content/rules/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeGuard

from portal.domain.shared.errors import RuleFileError

LINE_FILE: Final = "content/rules/low_income_line.toml"


@dataclass(frozen=True, slots=True)
class LowIncomeLine:
    """Local 低保 standard in fen per head and month, in force from a day on."""

    valid_from: date
    urban_fen: int
    rural_fen: int
    source: str


def load_lines(parsed: Mapping[str, object]) -> tuple[LowIncomeLine, ...]:
    """Return the rows of the parsed TOML file, oldest first, or raise RuleFileError."""
    rows = parsed.get("line")
    if not isinstance(rows, list) or not rows:
        raise RuleFileError(f"{LINE_FILE}：没有 [[line]]。请至少写一段低保标准。")
    lines = [_read_line(row, place) for place, row in enumerate(rows, start=1)]
    if len({line.valid_from for line in lines}) < len(lines):
        raise RuleFileError(f"{LINE_FILE}：有两段 [[line]] 的 from 是同一天。请删掉一段。")
    return tuple(sorted(lines, key=lambda line: line.valid_from))


def line_in_force(lines: Sequence[LowIncomeLine], day: date) -> LowIncomeLine:
    """Return the row in force on a day (that of the application), or raise RuleFileError."""
    started = [line for line in lines if line.valid_from <= day]
    if not started:
        raise RuleFileError(
            f"{LINE_FILE}：没有 {day} 时的低保标准。请补一段 from 不晚于这一天的 [[line]]。"
        )
    return max(started, key=lambda line: line.valid_from)


def _read_line(row: object, place: int) -> LowIncomeLine:
    where = f"{LINE_FILE}：第 {place} 段 [[line]] 的"
    values = row if isinstance(row, Mapping) else {}
    valid_from, source = values.get("from"), values.get("source")
    urban, rural = values.get("urban_fen_per_month"), values.get("rural_fen_per_month")
    if not isinstance(valid_from, date) or isinstance(valid_from, datetime):
        raise RuleFileError(f"{where} from 不是日期。请写成 from = 2026-01-01，不加引号。")
    if not (_is_amount(urban) and _is_amount(rural)):
        raise RuleFileError(
            f"{where} urban_fen_per_month 和 rural_fen_per_month 要写成分，例如 80000。"
        )
    if not isinstance(source, str) or not source.strip():
        raise RuleFileError(f"{where} source 没有写。请写明数字出自哪份文件。")
    return LowIncomeLine(valid_from, urban, rural, source)


def _is_amount(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0

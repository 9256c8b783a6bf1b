"""The low-income line （低保标准） of a centre, out of its local values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rulefiles.local_values import LOCAL_FILE, LocalValues
from rulefiles.toml_files import RuleFileError

_URBAN: Final = "low_income_urban"
_RURAL: Final = "low_income_rural"


@dataclass(frozen=True, slots=True)
class LowIncomeLine:
    """Local 低保 standard in fen per head and month, in force from a day on."""

    valid_from: date
    urban_fen: int
    rural_fen: int
    source: str


def list_low_income_lines(local: LocalValues) -> tuple[LowIncomeLine, ...]:
    """Put town and country together: a line for each day from which one of them changed.

    The line begins where both are known. Raise RuleFileError if it never does.
    """
    series = [local.series[key] for key in (_URBAN, _RURAL) if key in local.series]
    days = {value.start for one in series for value in one.values}
    pairs = [(day, local.on(_URBAN, day), local.on(_RURAL, day)) for day in sorted(days)]
    lines = [
        LowIncomeLine(day, urban.fen, rural.fen, urban.source)
        for day, urban, rural in pairs
        if urban and rural
    ]
    if not lines:
        raise RuleFileError(
            f"{LOCAL_FILE}：没有低保标准。请至少写一段 [[{_URBAN}]] 和一段 [[{_RURAL}]]。"
        )
    return tuple(lines)


def line_in_force(lines: Sequence[LowIncomeLine], day: date) -> LowIncomeLine:
    """Return the row in force on a day (that of the application), or raise RuleFileError."""
    started = [line for line in lines if line.valid_from <= day]
    if not started:
        raise RuleFileError(
            f"{LOCAL_FILE}：没有 {day} 时的低保标准。请补一段 from 不晚于这一天的"
            f" [[{_URBAN}]] 和 [[{_RURAL}]]。"
        )
    return max(started, key=lambda line: line.valid_from)

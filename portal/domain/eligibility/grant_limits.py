"""How much may be granted: the ceilings of the place, and sums that look like a slip.

The ceilings are dated rows of content/rules/local.toml, each with its source; where the place has
filled in none, only what is far beyond any grant of a union is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan
from rulefiles.local_values import LOCAL_FILE, LOCAL_VALUES, LocalValues

_EVERY: Final = ("living_aid_ceiling", "medical_aid_ceiling", "schooling_aid_ceiling")
_CEILINGS: Final[Mapping[CaseKind, tuple[str, ...]]] = {
    CaseKind.HARDSHIP: _EVERY,
    CaseKind.TEMPORARY: _EVERY,
    CaseKind.MEDICAL: ("medical_aid_ceiling",),
    CaseKind.SCHOOLING: ("schooling_aid_ceiling",),
}
"""Which local values bound what is granted; of several the highest."""
_ABSURD: Final = 500_000_00
_LOW: Final = 100_00


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be granted in a year, in fen, and where that stands, in words."""

    fen: int
    words: str


def find_ceiling(kind: CaseKind, local: LocalValues, day: date, people: int = 1) -> Ceiling | None:
    """Return what bounds a grant of this kind on a day; None where the place names nothing.

    `people` are those for whom it is, where the ceiling is one for each.
    """
    found = [
        Ceiling(
            fen * (people if "/人" in value.unit else 1),
            f"“{LOCAL_VALUES[key].label}”{value.words}（从{format_date(value.start)}起，"
            f"出处：{value.source}）",
        )
        for key in _CEILINGS.get(kind, ())
        if (value := local.on(key, day)) and (fen := local.fen_on(key, day)) is not None
    ]
    return max(found, key=lambda one: one.fen, default=None)


def require_plausible_grant(fen: int, ceiling: Ceiling | None) -> None:
    """Raise NotAccepted if so much cannot be granted."""
    sum_ = f"批准 {format_yuan(fen)} 元"
    look = "请看一看是不是多打了数字"
    if ceiling and fen > ceiling.fen:
        raise NotAccepted(
            f"{sum_}，超过了{ceiling.words}。{look}；标准真的变了，请先改 {LOCAL_FILE}"
        )
    if ceiling is None and fen > _ABSURD:
        raise NotAccepted(f"{sum_}，太大了。{look}")


def doubt_grant(fen: int, ceiling: Ceiling | None) -> str:
    """Say what makes one look at a sum again; empty if nothing does."""
    if ceiling and fen * 2 > ceiling.fen:
        return f"超过了一年最多的一半：{ceiling.words}。请再看一看数字"
    if 0 < fen < _LOW:
        return "不到 100 元。请再看一看是不是少打了数字"
    return ""

"""The limits of law（法律定的期限）, a row each, from content/rules/deadlines.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rulefiles.toml_files import RuleFileError

_FILE: Final = "content/rules/deadlines.toml"
UNIT_WORDS: Final = {"days": "天", "working_days": "个工作日", "months": "个月", "years": "年"}
ACTS: Final = {
    "demand": "向单位要过",
    "complaint": "向有关部门投诉、申请过",
    "promise": "单位答应过",
}
"""What may start a limit anew（中断）."""
DELAYS: Final = {"": "", "suspended": "中止", "excluded": "不是本人原因耽误的不算"}
DAYS_OFF: Final = frozenset({"next", "none"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalLimit:
    """How long the law leaves, from which event, and what makes it longer.

    `restarted_by` are ACTS that start it anew, `delay` is one of DELAYS. `runs_while_employed`
    False: who still works there is not bound by it. `delay_example` names what is not counted.
    `beside` are limits from the same event, `advice` tells the worker what to do.
    """

    code: str
    step: str
    event: str
    limit: int
    unit: str
    basis: str
    mark: str
    restarted_by: frozenset[str] = frozenset()
    delay: str = ""
    delay_example: str = ""
    runs_while_employed: bool = True
    moved_off_days_off: bool = True
    beside: tuple[str, ...] = ()
    advice: str = ""

    @property
    def task(self) -> str:
        """What is to be done, without what is said of it beside."""
        return self.step.partition("。")[0]

    @property
    def words(self) -> str:
        """The limit as it is said: 1 年， 15 天."""
        return f"{self.limit} {UNIT_WORDS[self.unit]}"


def load_legal_limits(parsed: Mapping[str, object]) -> dict[str, LegalLimit]:
    """Return the limits of law of the parsed TOML file. Raise RuleFileError, naming the row."""
    rows = parsed.get("legal_deadline")
    if not isinstance(rows, list) or not rows:
        raise RuleFileError(f"{_FILE}：没有 [[legal_deadline]]。请从安装包里补上。")
    limits: dict[str, LegalLimit] = {}
    for place, row in enumerate(rows, start=1):
        limit = _read_limit(row) if isinstance(row, Mapping) else None
        if limit is None or limit.code in limits:
            raise RuleFileError(
                f"{_FILE}：第 {place} 个 [[legal_deadline]] 不对。请对照安装包里的这一行改："
                "code 不能重复，unit、restarted_by、delay、day_off 只能写文件开头列出的词。"
            )
        limits[limit.code] = limit
    for limit in limits.values():
        if missing := [code for code in limit.beside if code not in limits]:
            raise RuleFileError(
                f"{_FILE}：{limit.code} 的 beside 里，“{missing[0]}”没有这个期限。请删掉或改对。"
            )
    return limits


def _behaves(row: Mapping[str, Any]) -> bool:
    """Tell whether what may be left out of a row is written in the words of the file."""
    restarted_by, beside = row.get("restarted_by", []), row.get("beside", [])
    return (
        isinstance(restarted_by, list)
        and isinstance(beside, list)
        and isinstance(row.get("while_employed", True), bool)
        and set(restarted_by) <= ACTS.keys()
        and row.get("delay", "") in DELAYS
        and row.get("day_off", "next") in DAYS_OFF
    )


def _read_limit(row: Mapping[str, Any]) -> LegalLimit | None:
    match row:
        case {
            "code": str(code),
            "step": str(step),
            "from_event": str(event),
            "limit": int(limit),
            "unit": str(unit),
            "basis": str(basis),
            "mark": str(mark),
        } if limit > 0 and unit in UNIT_WORDS and _behaves(row):
            return LegalLimit(
                code=code,
                step=step,
                event=event,
                limit=limit,
                unit=unit,
                basis=basis,
                mark=mark,
                restarted_by=frozenset(row.get("restarted_by", ())),
                delay=row.get("delay", ""),
                delay_example=str(row.get("delay_example", "")),
                runs_while_employed=row.get("while_employed", True),
                moved_off_days_off=row.get("day_off", "next") == "next",
                beside=tuple(row.get("beside", ())),
                advice=str(row.get("advice", "")),
            )
    return None

"""The time limits of content/rules/deadlines.toml: those of the centre, and those of the law.

Portal, site and manual read them here. What the words of a row mean stands on top of the file, and
a row is called here as it is there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from rulefiles.toml_files import RuleFileError

DEADLINE_FILE: Final = "content/rules/deadlines.toml"
UNIT_WORDS: Final = {"days": "天", "working_days": "个工作日", "months": "个月", "years": "年"}
ACTS: Final = {
    "demand": "向单位要过",
    "complaint": "向有关部门投诉、申请过",
    "promise": "单位答应过",
}
"""What may start a limit anew（中断）."""
DELAYS: Final = ("", "suspended", "excluded")
"""Which time is not counted: none; that of a proper reason（中止）; what others made him lose."""
DAYS_OFF: Final = ("next", "none")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long there is for a step, and what that rests on; `mark` is V, S, K or D."""

    code: str
    limit: int
    unit: str
    step: str = ""
    basis: str = ""
    mark: str = "D"

    @property
    def words(self) -> str:
        """The limit as it is said: 5 个工作日， 15 天."""
        return f"{self.limit} {UNIT_WORDS[self.unit]}"


@dataclass(frozen=True, slots=True)
class Deadline(TimeLimit):
    """How long the centre gives itself, or an applicant.

    `awaited`: the step does not exist yet, so nothing may promise it.
    """

    awaited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalLimit(TimeLimit):
    """How long the law leaves, from which event, and what makes it longer.

    `extension` is how much may be added, in the same unit. `restarted_by` are ACTS that start it
    anew, `delay` is one of DELAYS, `delay_example` names what is not counted. Not `while_employed`:
    who still works there is not bound by it. `day_off` is one of DAYS_OFF. `beside` are limits from
    the same event, `advice` tells the worker what to do.
    """

    from_event: str
    extension: int
    restarted_by: tuple[str, ...] = ()
    delay: str = ""
    delay_example: str = ""
    while_employed: bool = True
    day_off: str = "next"
    beside: tuple[str, ...] = ()
    advice: str = ""

    @property
    def task(self) -> str:
        """What is to be done, without what is said of it beside."""
        return self.step.partition("。")[0]


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Both parts of the file, in its order."""

    own: tuple[Deadline, ...] = ()
    legal: tuple[LegalLimit, ...] = ()


class _Key(NamedTuple):
    fits: Callable[[Any], bool]
    remedy: str
    needed: bool = True


def _one_of(words: tuple[str, ...]) -> _Key:
    shown = "、".join(word or '""' for word in words)
    return _Key(lambda value: value in words, f"只能写 {shown} 中的一个")


def _some_of(words: tuple[str, ...]) -> _Key:
    remedy = f"要写成一排，只能有 {'、'.join(words)}"
    return _Key(
        lambda value: isinstance(value, list) and all(one in words for one in value),
        remedy,
        needed=False,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_TEXT: Final = _Key(_is_text, "要写文字，两边加引号，不能空着")
_WORDS: Final = _Key(lambda value: isinstance(value, str), "要写文字，两边加引号", needed=False)
_COUNT: Final = _Key(_is_count, "要写 0 或者更大的整数")
_YES_NO: Final = _Key(lambda value: isinstance(value, bool), "要写 true 或者 false", needed=False)
_CODES: Final = _Key(
    lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "要写成一排 code，每个加引号",
    needed=False,
)
_BOTH: Final = {
    "code": _TEXT,
    "step": _TEXT,
    "limit": _Key(lambda value: _is_count(value) and value > 0, "要写大于 0 的整数"),
    "basis": _TEXT,
}
_OWN: Final = {
    **_BOTH,
    "unit": _one_of(("working_days", "days")),
    "mark": _one_of(tuple("VSKD")),
    "awaited": _YES_NO,
}
_LEGAL: Final = {
    **_BOTH,
    "unit": _one_of(tuple(UNIT_WORDS)),
    "mark": _one_of(tuple("VSK")),
    "from_event": _TEXT,
    "extension": _COUNT,
    "restarted_by": _some_of(tuple(ACTS)),
    "delay": _one_of(DELAYS)._replace(needed=False),
    "delay_example": _WORDS,
    "while_employed": _YES_NO,
    "day_off": _one_of(DAYS_OFF)._replace(needed=False),
    "beside": _CODES,
    "advice": _WORDS,
}
"""What a row of each part may hold."""


def load_time_limits(parsed: Mapping[str, object]) -> TimeLimits:
    """Return the limits of the parsed TOML file. Raise RuleFileError, naming row and key."""
    own = tuple(Deadline(**row) for row in _read_rows(parsed, "deadline", _OWN))
    legal = tuple(LegalLimit(**row) for row in _read_rows(parsed, "legal_deadline", _LEGAL))
    codes = {limit.code for limit in legal}
    for limit in legal:
        if missing := [code for code in limit.beside if code not in codes]:
            raise RuleFileError(
                f"{DEADLINE_FILE}：{limit.code} 的 beside 里，“{missing[0]}”没有这个期限。"
                "请删掉或改对。"
            )
    return TimeLimits(own, legal)


def _read_rows(
    parsed: Mapping[str, object], table: str, keys: Mapping[str, _Key]
) -> Iterator[dict[str, Any]]:
    rows = parsed.get(table)
    if not isinstance(rows, list) or not rows:
        raise RuleFileError(f"{DEADLINE_FILE}：没有 [[{table}]]。请从安装包里补上。")
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        values = row if isinstance(row, Mapping) else {}
        if wrong := _judge(values, keys) or _judge_code(values["code"], seen):
            raise RuleFileError(f"{DEADLINE_FILE}：第 {place} 个 [[{table}]] 里，{wrong}。")
        seen.add(values["code"])
        yield {key: tuple(one) if isinstance(one, list) else one for key, one in values.items()}


def _judge(row: Mapping[str, object], keys: Mapping[str, _Key]) -> str:
    """Return what is wrong with a row and what to do; nothing if it is right."""
    for name in row:
        if name not in keys:
            return f"没有“{name}”这一项，请删掉或改名"
    for name, key in keys.items():
        if name in row and not key.fits(row[name]):
            return f"{name} {key.remedy}"
        if name not in row and key.needed:
            return f"缺少 {name}，{key.remedy}"
    return ""


def _judge_code(code: str, seen: set[str]) -> str:
    return f"code “{code}”前面已经写过，请删掉一段" if code in seen else ""

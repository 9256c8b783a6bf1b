"""Reads content/rules/deadlines.toml for the pages that print time limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, ValidationError

from rulefiles.toml_files import RuleFileError, read_toml
from site_src.messages import describe
from site_src.schemas import CERTAINTY_MARKS, StrictModel, Text

SHOWN = "content/rules/deadlines.toml"
UNITS = {"days": "天", "working_days": "个工作日", "months": "个月", "years": "年"}
MARKS = {
    "V": CERTAINTY_MARKS["对过转载本"],
    "S": CERTAINTY_MARKS["仅见二手来源"],
    "K": CERTAINTY_MARKS["凭经验，待核实"],
    "D": "本中心规定",
}
_Count = Annotated[int, Field(ge=0)]


class Deadline(StrictModel):
    """A time limit that the centre set itself, in the portal's words.

    `awaited`: its step does not exist yet, so no page may promise it.
    """

    code: Text
    step: Text
    limit: _Count
    unit: Literal["days", "working_days", "months", "years"]
    basis: Text
    mark: Literal["V", "S", "K", "D"]
    awaited: bool = False


class LegalDeadline(Deadline):
    """A time limit of the law; `extension` is how much may be added, in the same unit.

    What else a row says is explained on top of the file.
    """

    from_event: Text
    extension: _Count
    restarted_by: tuple[Literal["demand", "complaint", "promise"], ...] = ()
    delay: Literal["", "suspended", "excluded"] = ""
    delay_example: str = ""
    while_employed: bool = True
    day_off: Literal["next", "none"] = "next"
    beside: tuple[str, ...] = ()
    advice: str = ""


_Row = TypeVar("_Row", bound=Deadline)


@dataclass(frozen=True)
class DeadlineRules:
    """Both parts of the file, in its order."""

    own: tuple[Deadline, ...]
    legal: tuple[LegalDeadline, ...]

    @property
    def promised(self) -> tuple[Deadline, ...]:
        """What pages may print: not what waits for its step; the centre's own stand first."""
        return (*(row for row in self.own if not row.awaited), *self.legal)


def read_deadlines(path: Path, problems: list[str]) -> DeadlineRules:
    """Read all time limits; without the file there are none. Problems are noted as lines."""
    try:
        raw = read_toml(path, SHOWN) if path.is_file() else {}
    except RuleFileError as error:
        problems.append(str(error))
        return DeadlineRules((), ())
    own = [
        item
        for number, row in list_rows(raw.get("deadline", []))
        if (item := read_row(Deadline, "deadline", number, row, problems))
    ]
    legal = [
        item
        for number, row in list_rows(raw.get("legal_deadline", []))
        if (item := read_row(LegalDeadline, "legal_deadline", number, row, problems))
    ]
    return DeadlineRules(tuple(own), tuple(legal))


def list_rows(rows: object) -> Iterable[tuple[int, object]]:
    """Give the rows their numbers; a lone value counts as one row."""
    return enumerate(rows if isinstance(rows, list) else [rows], start=1)


def read_row(
    schema: type[_Row], part: str, number: int, row: object, problems: list[str]
) -> _Row | None:
    """Read one row; None with its problems noted."""
    try:
        return schema.model_validate(row)
    except ValidationError as error:
        problems += [
            f"{SHOWN}：[[{part}]] 第 {number} 个：{describe(detail)[1]}"
            for detail in error.errors(include_url=False)
        ]
        return None


def list_promised(codes: Iterable[str], rules: DeadlineRules) -> list[Deadline]:
    """List the rows of checked codes that may be printed: nothing is promised without its step."""
    rows = {row.code: row for row in reversed(rules.promised)}
    return [rows[code] for code in codes if code in rows]


def show_restart(item: LegalDeadline) -> str:
    """Say whether asking for it, or a complaint, starts the limit anew."""
    if item.restarted_by:
        return "能，从那天重新算"
    return "不能" if item.advice or item.delay else ""


def show_limit(item: Deadline) -> str:
    """Show a time limit: 45 天，最多再延长 15 天."""
    unit = UNITS[item.unit]
    words = f"{item.limit} {unit}"
    if isinstance(item, LegalDeadline) and item.extension:
        words += f"，最多再延长 {item.extension} {unit}"
    return words

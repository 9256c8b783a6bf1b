"""Shows the time limits of content/rules/deadlines.toml as pages print them."""

from collections.abc import Iterable
from pathlib import Path

from rulefiles.deadlines import (
    DEADLINE_FILE,
    UNIT_WORDS,
    LegalLimit,
    TimeLimit,
    TimeLimits,
    load_time_limits,
)
from rulefiles.toml_files import RuleFileError, read_toml
from site_src.schemas import CERTAINTY_MARKS

CERTAINTIES = {"V": "对过转载本", "S": "仅见二手来源", "K": "凭经验，待核实", "D": "本中心规定"}
"""What the marks of the tables stand for, as content files write it."""
MARKS = {mark: CERTAINTY_MARKS.get(words, words) for mark, words in CERTAINTIES.items()}
"""The same as pages say it."""


def read_time_limits(root: Path, problems: list[str]) -> TimeLimits:
    """Read the file of a centre; without it there are none. A problem is noted as a line."""
    path = root / DEADLINE_FILE
    try:
        return load_time_limits(read_toml(path, DEADLINE_FILE)) if path.is_file() else TimeLimits()
    except RuleFileError as error:
        problems.append(str(error))
        return TimeLimits()


def list_promised(codes: Iterable[str], limits: TimeLimits) -> list[TimeLimit]:
    """List the rows of checked codes that may be printed: nothing is promised without its step.

    Of two rows with one code that of the centre counts.
    """
    own = [row for row in limits.own if not row.awaited]
    rows = {row.code: row for row in (*limits.legal, *own)}
    return [rows[code] for code in codes if code in rows]


def show_restart(item: LegalLimit) -> str:
    """Say whether asking for it, or a complaint, starts the limit anew."""
    if item.restarted_by:
        return "能，从那天重新算"
    return "不能" if item.advice or item.delay else ""


def show_limit(item: TimeLimit) -> str:
    """Show a time limit: 45 天，最多再延长 15 天."""
    if isinstance(item, LegalLimit) and item.extension:
        return f"{item.words}，最多再延长 {item.extension} {UNIT_WORDS[item.unit]}"
    return item.words

"""The rules of the house: time limits, working days, low-income lines.

The numbers stand in content/rules; nothing here knows one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeVar

from portal.domain.rules.low_income_line import LowIncomeLine
from portal.domain.rules.signposts import NO_SIGNPOSTS, Signposts
from portal.domain.rules.synonyms import NO_THESAURUS, Thesaurus
from portal.domain.rules.working_days import (
    Calendar,
    UnknownYear,
    add_working_days,
    go_back_working_days,
    working_days_between,
)
from rulefiles.dated_values import DatedSeries
from rulefiles.deadlines import DEADLINE_FILE, Deadline, LegalLimit
from rulefiles.local_values import NO_LOCAL_VALUES, LocalValues
from rulefiles.toml_files import RuleFileError

NATIONAL_CODES: Final = ("urban_income", "pay_days", "sick_pay_floor")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The limits by code, the calendar they are counted on, the low-income lines, the words that
    the search takes for the same, dated figures: of the whole country by code, and local; the
    limits of law by code; and what the search points to."""

    calendar: Calendar
    deadlines: Mapping[str, Deadline]
    lines: tuple[LowIncomeLine, ...]
    thesaurus: Thesaurus = NO_THESAURUS
    national: Mapping[str, DatedSeries] = field(default_factory=dict)
    local: LocalValues = NO_LOCAL_VALUES
    legal: Mapping[str, LegalLimit] = field(default_factory=dict)
    signposts: Signposts = NO_SIGNPOSTS

    def deadline(self, code: str) -> Deadline:
        """Return the limit with this code. Raise RuleFileError if the table lacks it."""
        try:
            return self.deadlines[code]
        except KeyError:
            raise RuleFileError(
                f'{DEADLINE_FILE}：缺少 code = "{code}" 的期限。请从安装包里补上。'
            ) from None

    def legal_limit(self, code: str) -> LegalLimit:
        """Return the limit of law with this code. Raise RuleFileError if the table lacks it."""
        try:
            return self.legal[code]
        except KeyError:
            raise RuleFileError(
                f'{DEADLINE_FILE}：缺少 code = "{code}" 的法定期限。请从安装包里补上。'
            ) from None

    def words(self) -> dict[str, str]:
        """Return every limit as it is said, by code, to be filled into sentences."""
        return {code: deadline.words for code, deadline in self.deadlines.items()}


def due_on(rules: Rulebook, code: str, start: date) -> date:
    """Return the last day of a limit; the day it starts does not count（民法典第二百零一条）.

    Where it would be a day off, it is the next working day（民法典第二百零三条）.
    """
    deadline = rules.deadline(code)
    if deadline.unit == "days":
        eve = start + timedelta(days=deadline.limit - 1)
        return after_working_days(rules, eve, 1)
    return after_working_days(rules, start, deadline.limit)


def after_working_days(rules: Rulebook, start: date, days: int) -> date:
    """Return the day on which so many working days have passed."""
    return _with_known_years(rules.calendar, lambda known: add_working_days(known, start, days))


def working_days_left(rules: Rulebook, today: date, last: date) -> int:
    """Count the working days left after today, the last one included.

    Once the day has passed it is as many below 0 as have passed since, at least one.
    """
    if today > last:
        passed = _with_known_years(
            rules.calendar, lambda known: working_days_between(known, last, today)
        )
        return -max(passed, 1)
    return _with_known_years(rules.calendar, lambda known: working_days_between(known, today, last))


def give_back(rules: Rulebook, today: date, left: int) -> date:
    """Return the day by which to act once `left` working days are given back: at least one.

    What had passed has passed: below 0 the day lies as many working days before today.
    """
    if left >= 0:
        return after_working_days(rules, today, max(left, 1))
    return _with_known_years(
        rules.calendar, lambda known: go_back_working_days(known, today, -left)
    )


def _with_known_years(calendar: Calendar, count: Callable[[Calendar], _Result]) -> _Result:
    # Nobody is turned away because next year's holidays are not entered yet: until they are,
    # that year counts with its weekends only. The server asks for them when it starts.
    try:
        return count(calendar)
    except UnknownYear as missing:
        new_year = frozenset({date(missing.year, 1, 1)})
        assumed = replace(calendar, holidays=calendar.holidays | new_year)
        return _with_known_years(assumed, count)

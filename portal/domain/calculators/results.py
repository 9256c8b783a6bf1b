"""What every calculator gives back, and the exact arithmetic that all of them share."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final

from portal.domain.calculators.claim_kinds import Way
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import add_months
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan

HOURS_PER_DAY: Final = 8
_MONTHS: Final = 12


class Certainty(StrEnum):
    """How surely a rule is known."""

    VERIFIED = "V"
    SECONDARY = "S"
    KNOWN = "K"

    @property
    def label(self) -> str:
        """The certainty as the rights cards word it."""
        return _LABELS[self]


_LABELS = {
    Certainty.VERIFIED: "对过条文（转载本）",
    Certainty.SECONDARY: "还没对过条文",
    Certainty.KNOWN: "还没核对，先打电话问",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """A law with its article, and how surely it is known."""

    law: str
    certainty: Certainty = Certainty.VERIFIED


@dataclass(frozen=True, slots=True)
class CalculatorResult:
    """The answer in one line, the sum in sentences, what it rests on, what it takes for granted.

    `ways` are what can be demanded of the employer, to be filled into legal papers. `deadline` says
    until when, right below the title.
    """

    title: str
    sentences: tuple[str, ...]
    bases: tuple[Basis, ...]
    assumptions: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    deadline: str = ""


ROUNDING: Final = "每一项算到最后才四舍五入到分，中间没有舍掉零头。"


@dataclass(frozen=True, slots=True)
class PayDays:
    """For how many days a month's wage is paid（计薪天数）, and what says so."""

    number: Fraction
    basis: Basis

    def __str__(self) -> str:
        """Write it as it stands in a sum: 21.75 天."""
        return f"{say_number(self.number)} 天"


def find_pay_days(rules: Rulebook, day: date) -> PayDays:
    """Return the figure of the country on a day. NotAccepted where it is not known."""
    found = rules.national["pay_days"].value_on(day)
    if found is None:
        raise NotAccepted("一个月按几天折算工资，这里还没有数，所以算不出来。请打 12333 问")
    law = f"{found.source}（一个月按 {found.words}折算）"
    return PayDays(found.number, Basis(law, Certainty(found.mark)))


def round_to_fen(amount: Fraction) -> int:
    """Round an exact amount, 0 or more, to whole fen; half a fen counts as one（四舍五入）."""
    return floor(amount + Fraction(1, 2))


def say_amount(amount: Fraction | int) -> str:
    """Write an amount in fen as yuan: 25 元, or 约 25.33 元 where it does not come out even."""
    exact = Fraction(amount)
    about = "" if exact.denominator == 1 else "约 "
    return f"{about}{format_yuan(round_to_fen(exact))} 元"


def say_number(number: Fraction | int) -> str:
    """Write a number as people do: 3, 3.5, 21.75; it must have a finite decimal form."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def say_months(months: int) -> str:
    """Write a span of months in years and months: 3 年 4 个月."""
    years, rest = divmod(months, _MONTHS)
    parts = [f"{years} 年"] if years else []
    parts += [f"{rest} 个月"] if rest or not years else []
    return " ".join(parts)


def full_months(start: date, end: date) -> int:
    """Count the full months between two days; 0 if end is not after start."""
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    return max(months - (add_months(start, months) > end), 0)

"""The questions of the calculators: rows of the shape of the field table, but stored nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.domain.calculators.results import say_number
from portal.domain.forms.answers import Context, parse_answer
from portal.domain.forms.fields import Choice, Field, Kind, Sensitivity
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan
from portal.domain.shared.spoken_numbers import Unclear, read_quantity
from portal.domain.shared.text_cleaning import clean_text

Figure = int | Fraction | date | str | None
_FINEST = 100
"""A number has two digits behind the point at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which numbers can be meant: from `least` to `most`, in `unit`, whole ones only or not."""

    least: int
    most: int
    unit: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class CalculatorQuestion:
    """One question; `span` if it asks for a number that is no money.

    `local` is the key of the local value that the form is filled with beforehand.
    """

    field: Field
    span: Span | None = None
    local: str = ""


def _field(name: str, label: str, kind: Kind, **more: object) -> Field:
    return Field(
        name, label, kind, Sensitivity.INTERNAL, "当场算一算，不保存", frozenset(),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def ask_money(
    name: str, label: str, hint: str = "", *, optional: bool = False, local: str = ""
) -> CalculatorQuestion:
    """Ask for an amount in yuan, taken as fen; `local` is the key of what stands there before."""
    missing = f"请填“{label.rstrip('？')}”"
    return CalculatorQuestion(
        _field(
            name,
            label,
            Kind.MONEY,
            hint=hint,
            optional=optional,
            missing=missing,
            approximate="大概" in label,
        ),
        local=local,
    )


def ask_day(name: str, label: str, hint: str, *, optional: bool = False) -> CalculatorQuestion:
    """Ask for a day, not after today."""
    missing = f"请填“{label.rstrip('？')}”，要写到哪一天"
    return CalculatorQuestion(
        _field(name, label, Kind.DATE, hint=hint, optional=optional, missing=missing)
    )


def ask_choice(name: str, label: str, *choices: tuple[str, str]) -> CalculatorQuestion:
    """Ask for one of several."""
    rows = tuple(Choice(code, words) for code, words in choices)
    missing = f"请选一个：{label.rstrip('？')}"
    return CalculatorQuestion(_field(name, label, Kind.ONE_OF, choices=rows, missing=missing))


def ask_number(
    name: str, label: str, hint: str, span: Span, *, optional: bool = False, local: str = ""
) -> CalculatorQuestion:
    """Ask for a number in its unit; `local` is the key of what holds where it is left empty."""
    missing = f"请填“{label.rstrip('？')}”"
    field = _field(name, label, Kind.LINE, hint=hint, optional=optional, missing=missing)
    return CalculatorQuestion(field, span, local)


def read_figure(ask: CalculatorQuestion, typed: Sequence[str], today: date) -> Figure:
    """Return what was typed as fen, day, code or number; None if it was left empty.

    Raise NotAccepted, with what to do, for anything else.
    """
    if ask.span is not None:
        return _read_number(ask.field, ask.span, typed)
    value = parse_answer(ask.field, typed, Context(today, {}))
    if ask.field.kind is Kind.DATE and value:
        return date.fromisoformat(str(value))
    return value if isinstance(value, int | str) else None


def _read_number(field: Field, span: Span, typed: Sequence[str]) -> int | Fraction | None:
    filled = [text for text in typed if clean_text(text)]
    name = field.label.rstrip("？")
    if not filled and field.optional:
        return None
    if not filled:
        raise NotAccepted(field.missing)
    number = _read_quantity(filled[0], span.unit) if len(filled) == 1 else None
    if number is None:
        raise NotAccepted(f"“{name}”请只填一个数字，比如 {max(span.least, 2)}")
    if span.whole and number.denominator != 1:
        raise NotAccepted(f"“{name}”请填整数，不带小数点")
    if not span.least <= number <= span.most:
        raise NotAccepted(f"“{name}”要在 {span.least} 到 {span.most} {span.unit}之间。请再看一遍")
    return int(number) if span.whole else number


def _read_quantity(text: str, unit: str) -> Fraction | None:
    bare = unit.removeprefix("个")
    try:
        number = read_quantity(text.replace("。", "."), {unit, bare, f"个{bare}"})
    except Unclear:
        return None
    return None if number is None or number * _FINEST % 1 else Fraction(number)


def show_figure(ask: CalculatorQuestion, figure: Figure) -> str:
    """Show what was read: 6千 as 6,000 元, 半年 as 0.5 年; empty for None."""
    match figure:
        case None:
            return ""
        case date():
            return format_date(figure)
        case str():
            return next(one.label for one in ask.field.choices if one.code == figure)
    if ask.span is None:
        return f"{format_yuan(int(figure))} 元"
    return f"{say_number(figure)} {ask.span.unit}"

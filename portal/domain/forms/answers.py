"""Answers: from what was typed to what is stored, and back to what is shown.

The one place where a typed value is judged; web forms, staff entry and imports all come here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.forms.fields import FIELDS, Choice, Field, Kind, label_of
from portal.domain.shared import id_checks
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan, parse_yuan, read_amount
from portal.domain.shared.spoken_dates import earliest_day, format_day, names_day, read_written_day
from portal.domain.shared.spoken_numbers import Unclear, read_quantity
from portal.domain.shared.text_cleaning import clean_text, fold_width

Answers = dict[str, object]
"""Answers by field name: text, a code, a list of codes, fen, True, or a list of member answers."""

LocalChoices = Mapping[str, tuple[Choice, ...]]
"""The choices that a centre sets itself, by field name: its towns."""

_OLDEST, _YOUNGEST_APPLICANT = 130, 16
_MOST_COUNTED, _FARTHEST = 9999, 10
_COUNTED = ("个", "人", "口", "名", "位", "个人", "口人", "口子", "个孩子", "个小孩", "个娃")
_MOST_TYPED = 20_000
_MULTIPLE = frozenset({Kind.SOME_OF})
_RESIDENT = re.compile("[0-8][0-9]{16}[0-9X]")


@dataclass(frozen=True, slots=True)
class Context:
    """What judging an answer needs besides the field: today (Asia/Shanghai) and local choices."""

    today: date
    choices: LocalChoices

    def choices_of(self, field: Field) -> tuple[Choice, ...]:
        """Return what the applicant may pick from."""
        return self.choices.get(field.name, field.choices)


TypedForm = Mapping[str, Sequence[str]]
"""What was typed or picked, by the name of the question."""


def parse_answer(field: Field, typed: Sequence[str], context: Context) -> object:
    """Return the value to store for what was typed; None if it may be left empty and was.

    Raise NotAccepted, with what to do and how to go on without it, for anything else.
    """
    try:
        return _parse(field, typed, context)
    except NotAccepted as problem:
        words = f"{problem.message.removesuffix('。')}。{field.way_on}"
        raise NotAccepted(words.removesuffix("。")) from None


def parse_on_page(field: Field, typed: TypedForm, context: Context) -> object:
    """Return the same in view of what else was typed: a tick may stand in for the answer."""
    texts = typed.get(field.name, ())
    waiving = FIELDS.get(field.waived_by)
    if waiving is None or not parse_answer(waiving, typed.get(waiving.name, ()), context):
        return parse_answer(field, texts, context)
    if any(map(clean_text, texts)):
        raise NotAccepted(
            f"写了“{field.label}”，又勾了“{waiving.label}”。号码是您自己的，就不要勾；不是，就删掉号码"
        )
    return None


def _parse(field: Field, typed: Sequence[str], context: Context) -> object:
    # What holds only signs that cannot be seen is empty, but a password is taken as it is.
    blank = str.strip if field.kind is Kind.SECRET else clean_text
    filled = [text for text in typed if blank(text)]
    if not filled:
        if field.optional:
            return None
        raise NotAccepted(field.missing)
    if field.kind in _MULTIPLE:
        return [_picked(field, code, context) for code in dict.fromkeys(filled)]
    if len(filled) > 1:
        raise NotAccepted(f"“{field.label}”只能填一个，现在收到了 {len(filled)} 个。请重新填")
    if len(filled[0]) > _MOST_TYPED:
        raise NotAccepted(f"“{field.label}”写得太长了，请少写一些")
    return _PARSERS[field.kind](field, filled[0], context)


def _picked(field: Field, code: str, context: Context) -> str:
    if code not in (choice.code for choice in context.choices_of(field)):
        raise NotAccepted(f"“{field.label}”里没有这个选项。请重新选")
    return code


def _name(field: Field, text: str, context: Context) -> str:
    return id_checks.check_person_name(text)


def _id_number(field: Field, text: str, context: Context) -> str:
    number = id_checks.check_resident_id(text, context.today)
    age = id_checks.age_on(id_checks.birth_date(number), context.today)
    if age < _YOUNGEST_APPLICANT:
        raise NotAccepted("申请人要满 16 岁。请填大人的身份证号，孩子写在“家人”里")
    if age > _OLDEST:
        raise NotAccepted("身份证号里的出生年份太早了。请对照身份证再看一遍")
    return number


def _id_paper(field: Field, text: str, context: Context) -> str:
    number = id_checks.check_id_paper(text)
    # A household book has the number of the identity card.
    return _id_number(field, number, context) if _RESIDENT.fullmatch(number) else number


def _phone(field: Field, text: str, context: Context) -> str:
    return id_checks.check_phone(text)


def _mobile(field: Field, text: str, context: Context) -> str:
    return id_checks.check_mobile(text)


def _bank_card(field: Field, text: str, context: Context) -> str:
    return id_checks.check_bank_card(text)


def _text(field: Field, text: str, *, multi_line: bool) -> str:
    cleaned = clean_text(text, multi_line=multi_line)
    if not cleaned and not field.optional:
        raise NotAccepted(field.missing)
    if len(cleaned) > field.max_length:
        raise NotAccepted(
            f"“{field.label}”最多写 {field.max_length} 个字，现在有 {len(cleaned)} 个字。请删短一些"
        )
    return cleaned


def _line(field: Field, text: str, context: Context) -> str:
    return _text(field, text, multi_line=False)


def _paragraph(field: Field, text: str, context: Context) -> str:
    return _text(field, text, multi_line=True)


def _money(field: Field, text: str, context: Context) -> int:
    return read_amount(text).fen if field.approximate else parse_yuan(text)


def _age(field: Field, text: str, context: Context) -> int:
    age = _read_whole(text, ("岁", "周岁"))
    if age is None or age > _OLDEST:
        raise NotAccepted("年龄请填数字，比如 12。不满 1 岁的，填 0")
    return age


def _count(field: Field, text: str, context: Context) -> int:
    count = _read_whole(text, _COUNTED)
    if count is None or not 1 <= count <= _MOST_COUNTED:
        raise NotAccepted(f"“{field.label}”请填数字，比如 1")
    return count


def _read_whole(text: str, units: Sequence[str]) -> int | None:
    try:
        number = read_quantity(text, units)
    except Unclear:
        return None
    return int(number) if number is not None and number == int(number) else None


def _day(field: Field, text: str, context: Context) -> str:
    unknown = "说不清就空着。" if field.optional else ""
    try:
        day = read_written_day(text, context.today)
    except NotAccepted as problem:
        raise NotAccepted(f"{problem.message}{unknown}".removesuffix("。")) from None
    if earliest_day(day).year < context.today.year - _OLDEST:
        raise NotAccepted("年份太早了。请再看一遍")
    if not names_day(day) and not field.approximate:
        said = format_day(day).partition("（")[0]
        words = f"您写的是 {said}。这里要写到哪一天，比如 2026年3月1日。{unknown}"
        raise NotAccepted(words.removesuffix("。"))
    return day


def _date(field: Field, text: str, context: Context) -> str:
    day = _day(field, text, context)
    if earliest_day(day) > context.today:
        raise NotAccepted("日期不能晚于今天。请再看一遍")
    return day


def _date_ahead(field: Field, text: str, context: Context) -> str:
    day = _day(field, text, context)
    if earliest_day(day).year > context.today.year + _FARTHEST:
        raise NotAccepted("年份太晚了。请再看一遍")
    return day


def _one_of(field: Field, text: str, context: Context) -> str:
    return _picked(field, text, context)


def _consent(field: Field, text: str, context: Context) -> bool:
    if text != "yes":
        raise NotAccepted(field.missing)
    return True


def _tick(field: Field, text: str, context: Context) -> bool:
    if text != "yes":
        raise NotAccepted(f"“{field.label}”只能打勾，或者空着。请重新选")
    return True


def _secret(field: Field, text: str, context: Context) -> str:
    if len(text) > field.max_length:
        raise NotAccepted(f"“{field.label}”最多 {field.max_length} 个字符")
    return text


_PARSERS: Mapping[Kind, Callable[[Field, str, Context], object]] = {
    Kind.NAME: _name,
    Kind.ID_NUMBER: _id_number,
    Kind.ID_PAPER: _id_paper,
    Kind.PHONE: _phone,
    Kind.MOBILE: _mobile,
    Kind.BANK_CARD: _bank_card,
    Kind.LINE: _line,
    Kind.PARAGRAPH: _paragraph,
    Kind.MONEY: _money,
    Kind.AGE: _age,
    Kind.COUNT: _count,
    Kind.DATE: _date,
    Kind.DATE_AHEAD: _date_ahead,
    Kind.ONE_OF: _one_of,
    Kind.CONSENT: _consent,
    Kind.TICK: _tick,
    Kind.SECRET: _secret,
}

_FROM_WORDS = frozenset({Kind.MONEY, Kind.DATE, Kind.DATE_AHEAD, Kind.COUNT, Kind.AGE})
_PLAIN = re.compile(
    r"¥?[0-9.]+[个人口位岁]{0,2}|[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}(?:日)?|[0-9]{8}"
)

NOT_GIVEN = "没有填"


def show_answer(field: Field, value: object, context: Context, masked: bool = False) -> str:
    """Show an answer in the words of the form; `masked` hides what identifies a person."""
    if value in (None, "", []):
        return NOT_GIVEN
    if masked and field.mask:
        return field.mask(str(value))
    match field.kind:
        case Kind.MONEY:
            return f"{format_yuan(int(str(value)))} 元"
        case Kind.AGE:
            return f"{value} 岁"
        case Kind.DATE | Kind.DATE_AHEAD:
            return format_day(str(value))
        case Kind.CONSENT | Kind.TICK:
            return "已打勾"
        case Kind.ONE_OF:
            return _label(field, str(value), context)
        case Kind.SOME_OF if isinstance(value, list):
            return "、".join(_label(field, code, context) for code in value)
    return str(value)


def _label(field: Field, code: str, context: Context) -> str:
    choices = context.choices_of(field)
    return next((choice.label for choice in choices if choice.code == code), label_of(field, code))


def is_said(field: Field, answers: Mapping[str, object]) -> bool:
    """Tell whether an answer says anything: not a box left empty, nor what a ticked box waives."""
    if field.kind is Kind.TICK:
        return bool(answers.get(field.name))
    return not answers.get(field.waived_by)


def drop_unoffered(answers: Mapping[str, object]) -> dict[str, object]:
    """Drop the answers that were picked among what is no longer ticked."""
    return {name: value for name, value in answers.items() if not _is_unoffered(name, answers)}


def _is_unoffered(name: str, answers: Mapping[str, object]) -> bool:
    ticked = answers.get(FIELDS[name].among) if name in FIELDS else None
    return isinstance(ticked, list) and answers[name] not in ticked


def type_back(field: Field, value: object) -> str | list[str]:
    """Return a stored answer as the applicant would type it, to fill the form in again."""
    if value is None:
        return ""
    if isinstance(value, list):
        return [str(code) for code in value]
    if field.kind in {Kind.CONSENT, Kind.TICK}:
        return "yes"
    if field.kind is Kind.MONEY:
        return format_yuan(int(str(value)))
    return str(value)


def find_own_words(field: Field, typed: Sequence[str], value: object) -> str:
    """Return what was typed where we made a number or a day of words: 一万八, 去年; else empty."""
    if value is None or field.kind not in _FROM_WORDS or len(typed) != 1:
        return ""
    plain = re.sub("[元块。]|,", "", fold_width(typed[0])).replace("号", "日")
    return "" if _PLAIN.fullmatch(plain) else clean_text(typed[0])

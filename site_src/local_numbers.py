"""Local numbers in the words of articles: 【本地：月最低工资】 stands for what local.toml says.

So one number is changed in one place, and a sentence that names it is right on every page.
"""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final

from rulefiles.dated_values import DatedValue
from rulefiles.local_values import LOCAL_VALUES, OF_MINIMUM_WAGE, LocalValue, LocalValues
from site_src.frontmatter import Document, problem_line

_BEGIN: Final = re.compile(r"[【\[〔［]\s*本地\s*[:：；;]")
_PLACEHOLDER: Final = re.compile(r"【本地：([^【】\n]*)】")
_FEN: Final = 100
NUMBER_NAMES: Final = {row.label.partition("（")[0]: row for row in LOCAL_VALUES.values()}
"""What may stand in a placeholder, and the row of local.toml that it stands for."""


def check_placeholders(document: Document) -> Iterator[str]:
    """Find placeholders that are not written as they should be, or stand for nothing known."""
    for place, text in document.texts.items():
        for remedy in _judge(text):
            yield problem_line(document.shown, document.line_of(place), remedy)
    for number, row in enumerate(document.body.split("\n"), document.body_line):
        for remedy in _judge(row):
            yield problem_line(document.shown, number, remedy)


def _judge(text: str) -> Iterator[str]:
    for begin in _BEGIN.finditer(text):
        whole = _PLACEHOLDER.match(text, begin.start())
        if whole is None:
            yield "本地的数要写成【本地：月最低工资】这样，用中文的【】和：，写在一行里"
        elif whole[1] not in NUMBER_NAMES:
            yield f"本地的数里没有“{whole[1]}”，只能写 {'、'.join(NUMBER_NAMES)} 中的一个"


def list_local_numbers(text: str) -> list[LocalValue]:
    """List the rows whose numbers a checked text asks for, each once."""
    names = dict.fromkeys(_PLACEHOLDER.findall(text))
    return [NUMBER_NAMES[name] for name in names if name in NUMBER_NAMES]


def fill_local_numbers(value: Any, local: LocalValues, today: date) -> Any:
    """Write what holds today for the placeholders of a text, or of all texts of a structure."""
    match value:
        case str():
            return _PLACEHOLDER.sub(lambda found: _say(found[0], found[1], local, today), value)
        case dict():
            return {key: fill_local_numbers(one, local, today) for key, one in value.items()}
        case list() | tuple():
            return type(value)(fill_local_numbers(one, local, today) for one in value)
    return value


def _say(whole: str, name: str, local: LocalValues, today: date) -> str:
    row = NUMBER_NAMES.get(name)
    return say_local_number(row, local, today) if row else whole


def say_local_number(row: LocalValue, local: LocalValues, today: date) -> str:
    """Say a number with its unit and since when it holds; or that it is not known here."""
    found = local.on(row.key, today)
    if found is None:
        return f"（多少还没有填上，请问{row.announced_by}）"
    if found.amount is None:
        return f"（{found.words}）"
    return f"{found.words}{_in_yuan(row, found, local, today)}（{say_days(found)}）"


def _in_yuan(row: LocalValue, found: DatedValue, local: LocalValues, today: date) -> str:
    """Work out a share of the minimum wage; nothing for other units."""
    fen = local.fen_on(row.key, today) if found.unit == OF_MINIMUM_WAGE else None
    if fen is None:
        return ""
    yuan = Fraction(fen, _FEN)
    return f"，就是 {int(yuan):,} 元" if yuan.denominator == 1 else f"，就是 {float(yuan):,.2f} 元"


def say_days(value: DatedValue) -> str:
    """Say from when, and until when, a number holds."""
    kind = "示范数据，" if value.source.startswith("示范数据") else ""
    begin = f"{kind}{_day(value.start)}"
    return f"{begin}起" if value.end is None else f"{begin}到{_day(value.end)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

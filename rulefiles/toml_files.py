"""Reads a TOML file as people save it, and says in their words what is wrong with it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from rulefiles.stray_letters import find_stray_letters
from rulefiles.text_files import TextFileError, read_text_file

_LARGEST: Final = 1_000_000
_CURLY: Final = re.compile("[“”‘’]")
_WORDS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_KEY: Final = re.compile(r"\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\")\s*")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_STARTS_A_VALUE: Final = re.compile(r"[\"'\[{0-9+-]|true\b|false\b")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_BRACKETS: Final = "［【"
_WIDE: Final = dict(zip("［］【】｛｝，＂「」", '[][]{},"""', strict=True))
"""Signs of Chinese keyboards, and what TOML takes for them."""
_YES_NO: Final = dict.fromkeys(("true", "yes", "是", "对"), "true") | dict.fromkeys(
    ("false", "no", "否", "不是"), "false"
)
_ESCAPED: Final = re.compile(r"\\[bfruU]")
_AT_LINE: Final = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")


class RuleFileError(ValueError):
    """A TOML file of the centre is wrong; the message is one line with file, place and remedy."""


def read_toml_text(path: Path, shown: str) -> str:
    """Read the text of a file. RuleFileError."""
    try:
        text = read_text_file(path, _LARGEST, "请把不用的删掉")
    except FileNotFoundError:
        raise RuleFileError(f"{shown}：没有这个文件。请从安装包里放回。") from None
    except TextFileError as error:
        raise RuleFileError(f"{shown} 第 1 行：{error}。") from None
    for line, remedy in find_stray_letters(text):
        raise RuleFileError(f"{shown} 第 {line} 行：{remedy}。")
    return text


def parse_toml(text: str, shown: str) -> Mapping[str, object]:
    """Parse TOML; numbers with a point are Decimal. RuleFileError names line and remedy."""
    try:
        parsed = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line, remedy = _explain(text, str(error))
        raise RuleFileError(f"{shown} 第 {line} 行：{remedy}。") from None
    for _, remedy in find_stray_letters("\n".join(_list_texts(parsed))):
        rows = text.split("\n")
        line = next((number for number, row in enumerate(rows, 1) if _ESCAPED.search(row)), 1)
        raise RuleFileError(f"{shown} 第 {line} 行：{remedy}。")
    return parsed


def _list_texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in (*value.keys(), *value.values()):
                yield from _list_texts(one)
        case list():
            for one in value:
                yield from _list_texts(one)


def read_toml(path: Path, shown: str) -> Mapping[str, object]:
    """Read and parse a file. RuleFileError."""
    return parse_toml(read_toml_text(path, shown), shown)


def find_row_line(text: str, table: str, place: int, key: str = "") -> int:
    """Find the line of a key in the place-th [table] or [[table]], from 1; or of its head; or 1."""
    head = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]?\]")
    rows = text.split("\n")
    heads = [number for number, row in enumerate(rows, 1) if head.match(row)]
    if not 1 <= place <= len(heads):
        return 1
    start = heads[place - 1]
    for number, row in enumerate(rows[start:], start + 1):
        if row.lstrip().startswith("["):
            break
        if key and re.match(rf"\s*{re.escape(key)}\s*=", row):
            return number
    return start


def find_key_line(text: str, key: str) -> int:
    """Find the line of a key that stands above all tables, or of a table; or the first."""
    place = re.compile(rf"\s*(\[\[?\s*)?\"?{re.escape(key)}\"?\s*[\]=]")
    rows = text.split("\n")
    return next((number for number, row in enumerate(rows, 1) if place.match(row)), 1)


def _explain(text: str, said: str) -> tuple[int, str]:
    rows = text.split("\n")
    found = _AT_LINE.search(said)
    told = int(found[1]) if found else len(text.rstrip().split("\n"))
    # The parser stops where nothing fits any more, which may be below the slip.
    for number in range(min(told, len(rows)), max(told - 3, 0), -1):
        remedy = "" if _is_right(rows[number - 1]) else _judge_row(rows[number - 1])
        if remedy:
            return number, remedy
    if "Cannot overwrite" in said or "Cannot declare" in said:
        return told, "这一项前面已经写过。请删掉一处"
    return min(told, len(rows)), "写法不对。请检查引号有没有成对、括号有没有关上"


def _is_right(row: str) -> bool:
    try:
        tomllib.loads(row)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _judge_row(row: str) -> str:
    plain = row.split("#", 1)[0]
    if remedy := _judge_signs(_QUOTED.sub("", plain)):
        return remedy
    if plain.lstrip().startswith("["):
        return _judge_head(plain.strip())
    if plain.lstrip().startswith(("{", '"', "'")):
        return ""
    name, equals, value = plain.partition("=")
    value = value.strip()
    if not equals:
        return _judge_lone(plain.strip())
    if not _KEY.fullmatch(name):
        return "等号前面的名称只能用英文字母、数字、- 和 _"
    if value.startswith("="):
        return "等号只要一个，请删掉多的"
    if not value:
        return '等号后面没有内容。没有内容就写 ""'
    if value.count('"') % 2 or value.count("'") % 2:
        return "引号没有成对。请在内容前后各写一个英文引号"
    return _judge_value(value)


def _judge_signs(bare: str) -> str:
    if _CURLY.search(bare):
        return '引号要用英文的 "，不要用中文的“”'
    if "＝" in bare and "=" not in bare:
        return "等号要用英文的 =，不要用中文的＝"
    if _HAN.search(bare) and not bare.lstrip().startswith(tuple(_BRACKETS)):
        return ""
    for wide, narrow in _WIDE.items():
        if wide in bare:
            return f"“{wide}”要换成英文的 {narrow}"
    return "空格是全角的，请换成普通的空格" if re.search("[\u00a0\u3000]", bare) else ""


def _judge_head(plain: str) -> str:
    if plain.startswith("[[") and not plain.endswith("]]"):
        return "方括号没有成对。开头两个，结尾也要两个：[[…]]"
    return ""


def _judge_value(value: str) -> str:
    if word := _YES_NO.get(value.lower(), ""):
        return f"这里只能写 {word}，小写，不加引号" if value != word else ""
    if not _STARTS_A_VALUE.match(value):
        return '文字要写在英文引号里，例如 "…"'
    if value[0] == '"' and "\\" in value:
        return "引号里的 \\ 要写两个：\\\\"
    if value[0].isdigit() or value[0] in "+-":
        return "" if _PLAIN_NUMBER.fullmatch(value) else _remedy_for_digits(value)
    return ""


def _remedy_for_digits(value: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return "没有这一天。请改成有的日期"
    if re.fullmatch(r"[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}(日|)", value):
        return "日期要写成 2026-01-01 这样，月和日都是两位"
    return f'“{value}”要加英文引号，写成 "{value}"；是数目的，只写数字，不写逗号和单位'


def _judge_lone(plain: str) -> str:
    if not _WORDS.search(plain) or plain.endswith(","):
        return ""
    if "：" in plain or ":" in plain:
        return "名称和内容之间要用英文的 =，不要用冒号"
    return "这一行读不懂。说明文字前面要加 #"

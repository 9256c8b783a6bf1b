"""Turns what pydantic found into one plain Chinese line per problem."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_src.frontmatter import Document, KeyPath, problem_line

_REMEDIES = {
    "missing": "没有写，请补上；没有内容就写 ''",
    "extra_forbidden": "不认识，请删掉或改正拼写",
    "string_type": "要写成一句文字，不要分成几项",
    "string_too_short": "不能空着，请填上",
    "string_pattern_mismatch": "格式不对",
    "tuple_type": "要写成列表，每行以减号加空格开头；没有就写 []",
    "dict_type": "要写成「名称: 内容」几行",
    "model_type": "要分开写成「名称: 内容」几行",
    "model_attributes_type": "要分开写成「名称: 内容」几行",
    "too_short": "至少要有一条",
    "int_parsing": "要写成数字",
    "int_type": "要写成数字",
    "bool_parsing": "只能填 true 或 false",
    "greater_than_equal": "数字太小，请改正",
    "less_than_equal": "数字太大，请改正",
}
_SPECIAL = {
    "电话": "只能填数字和连字符，一处写一个号码；没有就写 ''",
    "年份": "要写成 2025 这样的年份；不知道就写 ''",
    "phone": "只能填数字和连字符，一处写一个号码；没有就写 ''",
    "checked_on": '要写成带引号的日期，例如 "2026-11-24"',
    "period_from": "要写成 2026-01 这样的月份",
    "period_to": "要写成 2026-01 这样的月份",
}


def describe(error: ErrorDetails) -> tuple[KeyPath, str]:
    """Return the place in the file and the sentence for one pydantic error."""
    names = [part for part in error["loc"] if not looks_internal(part)]
    place: KeyPath = tuple(names)
    label = name_place(place)
    kind = error["type"]
    context: Mapping[str, Any] = error.get("ctx") or {}
    if kind == "value_error":
        return place, f"{label}{context['error']}"
    last = str(next((part for part in reversed(names) if isinstance(part, str)), ""))
    if last in _SPECIAL and kind not in {"missing", "extra_forbidden"}:
        return place, f"{label}{_SPECIAL[last]}"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return place, f"{label}只能填 {'、'.join(choices)} 中的一个"
    return place, f"{label}{_REMEDIES.get(kind, '的内容不对，请对照说明书改正')}"


def looks_internal(part: str | int) -> bool:
    """Tell names of union members, which pydantic adds to the place and no clerk knows."""
    return isinstance(part, str) and ("[" in part or part in {"int", "str", "constrained-int"})


def name_place(place: KeyPath) -> str:
    """Name a place in a file: 「权利」第 2 条的「依据」."""
    words = ""
    for part in place:
        if isinstance(part, int):
            words += f"第 {part + 1} 条"
        else:
            words += f"{'的' if words else ''}「{part}」"
    return words


def describe_problems(error: ValidationError, document: Document) -> list[str]:
    """Describe every problem of one file, each once, in the order of the file's lines."""
    found: set[tuple[int, str]] = set()
    details = error.errors(include_url=False)
    inside = {detail["loc"][:-1] for detail in details} | {detail["loc"][:-2] for detail in details}
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in inside:
            continue  # its entries are there, only not right
        place, sentence = describe(detail)
        found.add((document.line_of(place), sentence))
    return [problem_line(document.shown, line, sentence) for line, sentence in sorted(found)]

"""Content files as forms: the fields of a collection, and a file's text from what was typed.

A form holds plain texts: a list is one entry a line, a table one row a line with its columns
parted by a bar. Whatever is typed can be written into a file; whether it may be published is
for the checks of the content to say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from site_src.frontmatter import FENCE, Value, parse_front_matter
from site_src.schemas import TOPICS, Guide, Notice, Page, Policy, Record, RightsCard, Story

SCHEMAS: Mapping[str, type[Record]] = {
    "policies": Policy,
    "rights-cards": RightsCard,
    "guides": Guide,
    "notices": Notice,
    "stories": Story,
    "pages": Page,
}
BAR = "｜"
_BARS = re.compile(r"(?<!\\)[｜|]")
_LONG = frozenset({"摘要", "一句话", "修改", "困难情况", "结果", "存疑"})
_KNOWN = {"维权卡": "rights-cards", "涉及维权卡": "rights-cards", "涉及政策": "policies",
          "时限": "deadlines"}  # fmt: skip
_HINTS = {
    "发布日期": "写成 2026-11-24。只知道年月的，写 2026-11。",
    "施行日期": "写成 2026-11-24。不知道就空着。",
    "核对日期": "哪天对照过原文，写成 2026-11-24。",
    "日期": "写成 2026-11-24。",
    "到期": "最后一天，写成 2026-12-31。过了这天自动放到旧通知里。一直有效就空着。",
    "电话": "只写数字和连字符，一个号码。没有就空着。",
    "办理": "网上能办的写 /apply 或 /consult。只能到窗口办就空着。",
    "编号": "印在卡上的号，不能和别的卡一样。",
    "年份": "写成 2025。不知道就空着。",
    "化名": "不能写真名。",
    "同意书": "书面同意的编号。",
    "存疑": "还没核实的地方，没有就空着。",
    "修改": "哪年改过，没有就空着。",
    "文号": "没有就空着。",
    "示范数据": "编出来演示用的选“是”，真的选“否”。",
}
_QUOTED = {"tag:yaml.org,2002:null", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_YES_NO = (("true", "是"), ("false", "否"))


class Shape(StrEnum):
    """How a field is typed."""

    LINE = "line"
    TEXT = "text"
    ONE_OF = "one of"
    SOME_OF = "some of"
    LIST = "list"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a form. `columns` are those of a table; `known` names where choices come from
    that change with the content: a collection, or the table of time limits."""

    name: str
    label: str
    shape: Shape
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    known: str = ""


def slots_of(collection: str) -> tuple[Slot, ...]:
    """The fields of a collection in the order of its schema."""
    fields = SCHEMAS[collection].model_fields
    return tuple(_slot(name, field) for name, field in fields.items())


def _slot(name: str, field: FieldInfo) -> Slot:
    label = str(field.alias)
    kind, hint = field.annotation, _HINTS.get(label, "")
    if kind is bool:
        return Slot(name, label, Shape.ONE_OF, hint, _YES_NO)
    if get_origin(kind) is Literal:
        return Slot(name, label, Shape.ONE_OF, hint, _choices(kind))
    if get_origin(kind) is tuple:
        return _many(name, label, _bare(get_args(kind)[0]))
    return Slot(name, label, Shape.TEXT if label in _LONG else Shape.LINE, hint)


def _many(name: str, label: str, kind: Any) -> Slot:
    if get_origin(kind) is Literal:
        return Slot(name, label, Shape.SOME_OF, choices=_choices(kind))
    if known := _KNOWN.get(label):
        return Slot(name, label, Shape.SOME_OF, known=known)
    if isinstance(kind, type) and issubclass(kind, Record):
        columns = tuple(str(field.alias) for field in kind.model_fields.values())
        hint = f"一行一条，各栏用竖线隔开：{BAR.join(columns)}。{_column_hint(kind)}"
        return Slot(name, label, Shape.ROWS, hint, columns=columns)
    return Slot(name, label, Shape.LIST, "一行一条。")


def _column_hint(kind: type[Record]) -> str:
    """What may stand in the columns that are not free text."""
    return "".join(
        f"“{field.alias}”只能填“{'”“'.join(get_args(field.annotation))}”。"
        for field in kind.model_fields.values()
        if get_origin(field.annotation) is Literal
    )


def _choices(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((code, TOPICS.get(code, code)) for code in get_args(kind))


def _bare(kind: Any) -> Any:
    if get_origin(kind) in (Annotated, Union, UnionType):
        return _bare(get_args(kind)[0])
    return kind


def read_manuscript(collection: str, text: str) -> tuple[dict[str, str], str] | None:
    """What the form shows for a file's text, by name of the field, and the body.

    None if the front matter is not what the form could have written.
    """
    parts = _split(text)
    meta = parse_front_matter(parts[0])[0] if parts else None
    slots = slots_of(collection)
    if parts is None or meta is None or set(meta) - {slot.label for slot in slots}:
        return None
    try:
        shown = {slot.name: _shown(slot, meta.get(slot.label, "")) for slot in slots}
    except TypeError:
        return None
    return shown, parts[1]


def _split(text: str) -> tuple[str, str] | None:
    rows = text.split("\n")
    if rows[0].strip() != FENCE:
        return None
    end = next((number for number, row in enumerate(rows[1:], 1) if row.rstrip() == FENCE), None)
    if end is None:
        return None
    return "\n".join(rows[1:end]) + "\n", "\n".join(rows[end + 1 :]).strip("\n")


def _shown(slot: Slot, value: Value) -> str:
    if slot.shape in (Shape.LINE, Shape.TEXT, Shape.ONE_OF):
        return _one_line(value) if slot.shape is not Shape.TEXT else _plain(value)
    if value == "":
        return ""
    if not isinstance(value, list):
        raise TypeError(slot.label)
    if slot.shape is not Shape.ROWS:
        return "\n".join(map(_one_line, value))
    return "\n".join(_row_shown(slot, row) for row in value)


def _plain(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted here")
    return value


def _one_line(value: Value) -> str:
    return " ".join(_plain(value).split("\n"))


def _row_shown(slot: Slot, row: Value) -> str:
    if not isinstance(row, dict) or set(row) - set(slot.columns):
        raise TypeError(slot.label)
    cells = [_one_line(row.get(column, "")) for column in slot.columns]
    return BAR.join(_BARS.sub(r"\\\g<0>", cell) for cell in cells)


def write_manuscript(collection: str, typed: Mapping[str, str], body: str) -> str:
    """The text of a file with what was typed; reading it again shows the same."""
    meta = {slot.label: _value(slot, typed.get(slot.name, "")) for slot in slots_of(collection)}
    head = yaml.dump(meta, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=10**6)
    written = body.strip("\n")
    return f"{FENCE}\n{head}{FENCE}\n\n{written}\n"


class _PlainDumper(yaml.SafeDumper):
    """Quotes for blanks and numbers, as in the files that are there; dates and true have none.

    To the reader all of it is text.
    """

    yaml_implicit_resolvers: dict[str, Any] = {  # noqa: RUF012 (declared so by PyYAML)
        first: [one for one in rules if one[0] in _QUOTED]
        for first, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand below their name, as people write them."""
        super().increase_indent(flow, False)


def _value(slot: Slot, typed: str) -> Value:
    if slot.shape in (Shape.LINE, Shape.TEXT, Shape.ONE_OF):
        return typed.strip()
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    if slot.shape is not Shape.ROWS:
        return list(lines)
    return [dict(zip(slot.columns, _cells(slot, line), strict=True)) for line in lines]


def _cells(slot: Slot, line: str) -> Sequence[str]:
    """As many cells as there are columns: missing ones are empty, surplus goes to the last."""
    width = len(slot.columns)
    cells = [cell.strip() for cell in _BARS.split(line)]
    cells[width - 1 :] = [BAR.join(cells[width - 1 :])] if len(cells) >= width else []
    cells += [""] * (width - len(cells))
    return [re.sub(r"\\([｜|])", r"\1", cell) for cell in cells]


def tidy_manuscript(collection: str, text: str) -> str:
    """The text as the form would write it, for comparing; as it is if the form cannot read it."""
    read = read_manuscript(collection, text)
    return write_manuscript(collection, *read) if read else text


def title_of(text: str) -> str:
    """The title in the front matter, or nothing."""
    parts = _split(text)
    meta = parse_front_matter(parts[0])[0] if parts else None
    title = (meta or {}).get("标题", "")
    return title if isinstance(title, str) else ""


def explain_problems(key: str, text: str, problems: Sequence[str]) -> list[str]:
    """Problems of the content in terms of the form: its fields have names, its body lines."""
    mine = re.compile(re.escape(f"content/{key}.md") + r" 第 (\d+) 行：(.*)", re.DOTALL)
    parts = _split(text)
    head = len(text.split("\n")) - len(parts[1].split("\n")) - 1 if parts else 0
    explained = []
    for problem in problems:
        match = mine.fullmatch(problem)
        if match is None:
            explained.append(problem)
        elif parts and int(match[1]) > head:
            explained.append(f"正文第 {int(match[1]) - head} 行：{match[2]}")
        else:
            explained.append(match[2])
    return explained

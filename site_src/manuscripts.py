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

from site_src.collections import COLLECTIONS
from site_src.frontmatter import FENCE, Value, parse_front_matter
from site_src.schemas import CARD_TOPICS, Multiline, StrictModel, find_reference

BAR = "｜"
_BARS = re.compile(r"(?<!\\)[｜|]")
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
    """Return the fields of a collection in the order of its schema."""
    fields = COLLECTIONS[collection].schema.model_fields
    return tuple(_slot(name, field) for name, field in fields.items())


def _slot(name: str, field: FieldInfo) -> Slot:
    label = str(field.alias)
    kind, hint = field.annotation, field.description or ""
    if kind is bool:
        return Slot(name, label, Shape.ONE_OF, hint, _YES_NO)
    if get_origin(kind) is Literal:
        return Slot(name, label, Shape.ONE_OF, hint, _choices(kind))
    if get_origin(kind) is tuple:
        return _many(name, label, get_args(kind)[0])
    is_long = any(isinstance(mark, Multiline) for mark in field.metadata)
    return Slot(name, label, Shape.TEXT if is_long else Shape.LINE, hint)


def _many(name: str, label: str, entry: Any) -> Slot:
    if reference := find_reference(entry):
        return Slot(name, label, Shape.SOME_OF, known=reference.target)
    kind = _bare(entry)
    if get_origin(kind) is Literal:
        return Slot(name, label, Shape.SOME_OF, choices=_choices(kind))
    if isinstance(kind, type) and issubclass(kind, StrictModel):
        columns = tuple(str(field.alias) for field in kind.model_fields.values())
        hint = f"一行一条，各栏用竖线隔开：{BAR.join(columns)}。{_column_hint(kind)}"
        return Slot(name, label, Shape.ROWS, hint, columns=columns)
    return Slot(name, label, Shape.LIST, "一行一条。")


def _column_hint(kind: type[StrictModel]) -> str:
    """Say what may stand in the columns that are not free text."""
    return "".join(
        f"“{field.alias}”只能填“{'”“'.join(get_args(field.annotation))}”。"
        for field in kind.model_fields.values()
        if get_origin(field.annotation) is Literal
    )


def _choices(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((code, CARD_TOPICS.get(code, code)) for code in get_args(kind))


def _bare(kind: Any) -> Any:
    if get_origin(kind) in (Annotated, Union, UnionType):
        return _bare(get_args(kind)[0])
    return kind


def read_manuscript(collection: str, text: str) -> tuple[dict[str, str], str] | None:
    """Return what the form shows for a file's text, by name of the field, and the body.

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
    """Write a file's text with what was typed; reading it again shows the same."""
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
        """Put lists below their name, as people write them."""
        super().increase_indent(flow, False)


def _value(slot: Slot, typed: str) -> Value:
    if slot.shape in (Shape.LINE, Shape.TEXT, Shape.ONE_OF):
        return typed.strip()
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    if slot.shape is not Shape.ROWS:
        return list(lines)
    return [dict(zip(slot.columns, _cells(slot, line), strict=True)) for line in lines]


def _cells(slot: Slot, line: str) -> Sequence[str]:
    """Cut into as many cells as columns: missing ones are empty, surplus goes to the last."""
    width = len(slot.columns)
    cells = [cell.strip() for cell in _BARS.split(line)]
    cells[width - 1 :] = [BAR.join(cells[width - 1 :])] if len(cells) >= width else []
    cells += [""] * (width - len(cells))
    return [re.sub(r"\\([｜|])", r"\1", cell) for cell in cells]


def tidy_manuscript(collection: str, text: str) -> str:
    """Write the text as the form would, for comparing; leave it if the form cannot read it."""
    read = read_manuscript(collection, text)
    return write_manuscript(collection, *read) if read else text


def title_of(text: str) -> str:
    """Return the title in the front matter, or nothing."""
    parts = _split(text)
    meta = parse_front_matter(parts[0])[0] if parts else None
    title = (meta or {}).get("标题", "")
    return title if isinstance(title, str) else ""


def explain_problems(key: str, text: str, problems: Sequence[str]) -> list[str]:
    """Tell problems of the content in terms of the form: by field, or by line of the body."""
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

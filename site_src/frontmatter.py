"""Reads a Markdown file with YAML front matter and remembers the line of every key.

All plain values stay text (YAML's own guessing would turn the telephone 0571 into a number);
the schemas decide what is a number, a date or a yes/no.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from rulefiles.stray_letters import find_stray_letters
from rulefiles.text_files import TextFileError, read_text_file

KeyPath = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"]

MAX_BYTES = 200_000
FENCE = "---"
BLANK_WORDS = frozenset({"null", "Null", "NULL", "~"})
"""What YAML takes for nothing; a page would say it."""
# Anchors, aliases and tags, which are refused, and of which libyaml says nothing.
UNUSUAL = re.compile(r"[&*!]")
# Nothing of ours is nested so deeply. libyaml dies of it, PyYAML ponders for minutes.
TOO_DEEP = re.compile(r"^[ \t?:-]{100}|([\[{][^\[{]*){100}", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """One content file: front matter, the line of each key (1-based), every plain text with its
    place, the body and its first line."""

    shown: str
    slug: str
    meta: dict[str, Value]
    lines: Mapping[KeyPath, int]
    texts: Mapping[KeyPath, str]
    body: str
    body_line: int

    def line_of(self, place: KeyPath) -> int:
        """Find the line of the key, or of the nearest key around it, or 1."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1


@dataclass
class FrontMatter:
    """What walking the YAML tree collects."""

    lines: dict[KeyPath, int] = field(default_factory=dict)
    texts: dict[KeyPath, str] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)


def problem_line(shown: str, line: int, text: str) -> str:
    """Put a message in the one form of all: file, line, remedy."""
    return f"{shown} 第 {line} 行：{text}"


def read_document(path: Path, shown: str) -> tuple[Document | None, list[str]]:
    """Read one file; the problems are finished lines, the document is None if it is unreadable."""
    text, complaint = read_text(path)
    if complaint:
        return None, [problem_line(shown, 1, complaint)]
    if stray := [problem_line(shown, line, remedy) for line, remedy in find_stray_letters(text)]:
        return None, stray
    rows = text.split("\n")
    if rows[0].strip() != FENCE:
        return None, [problem_line(shown, 1, "文件要以单独一行 --- 开头，下面写标题等各项")]
    end = next((number for number, row in enumerate(rows[1:], 1) if row.rstrip() == FENCE), None)
    if end is None:
        return None, [problem_line(shown, 1, "各项写完以后，要有单独一行 --- 把它和正文隔开")]
    meta, found = parse_front_matter("\n".join(rows[1:end]) + "\n")
    problems = [problem_line(shown, line, text) for line, text in found.problems]
    if meta is None:
        return None, problems
    body = "\n".join(rows[end + 1 :])
    return Document(shown, path.stem, meta, found.lines, found.texts, body, end + 2), problems


def read_text(path: Path) -> tuple[str, str]:
    """Return the file's text with plain line ends, or a complaint."""
    try:
        return read_text_file(path, MAX_BYTES, "请分成几篇"), ""
    except TextFileError as error:
        return "", str(error)


def parse_front_matter(text: str) -> tuple[dict[str, Value] | None, FrontMatter]:
    """Parse YAML that begins on line 2 of its file; None if it cannot be understood at all."""
    found = FrontMatter()
    if deep := TOO_DEEP.search(text):
        line = text.count("\n", 0, deep.start()) + 2
        found.problems.append((line, "这里一层套一层的太多，请分开写"))
        return None, found
    if isinstance(usual := compose_usual(text), yaml.MappingNode):
        value = collect_value(usual, (), found)
        return (value if isinstance(value, dict) else None), found
    try:
        for token in yaml.scan(text):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                line = token.start_mark.line + 2
                found.problems.append((line, "以 &、* 或 ! 开头的文字要加引号"))
        node = yaml.compose(text, Loader=yaml.BaseLoader) if not found.problems else None
    except yaml.MarkedYAMLError as error:
        found.problems.append(explain_yaml_error(text, error.problem_mark or error.context_mark))
        return None, found
    except (yaml.YAMLError, RecursionError):
        found.problems.append((1, "各项里有电脑读不懂的字符，请删掉再从头打一遍"))
        return None, found
    if found.problems:
        return None, found
    if not isinstance(node, yaml.MappingNode):
        found.problems.append((1, "每一项要写成「名称: 内容」，一行一项"))
        return None, found
    value = collect_value(node, (), found)
    return (value if isinstance(value, dict) else None), found


def compose_usual(text: str) -> yaml.Node | None:
    """Read the tree with libyaml, ten times as quickly; None for what needs a closer look."""
    if not yaml.__with_libyaml__ or UNUSUAL.search(text):
        return None
    try:
        return yaml.compose(text, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def explain_yaml_error(text: str, mark: yaml.Mark | None) -> tuple[int, str]:
    """Find line and remedy of the usual slips: full-width colon, tab, missing quotes."""
    rows = text.split("\n")
    place = min(mark.line, len(rows) - 1) if mark else 0
    if "\t" in rows[place]:
        return place + 2, "行首不要用 Tab 键，请改成空格"
    # YAML stops at the first line that no longer fits, which may be one below the slip.
    for number in range(place, max(place - 2, -1), -1):
        if re.match(r"\s*(- )?[\u4e00-\u9fff]+\uff1a", rows[number]):
            return number + 2, "名称后面要用英文冒号加一个空格（: ），不要用中文冒号"
    remedy = "这里的写法读不懂。名称后面用英文冒号加空格；内容里有冒号、井号或引号时，整句加上引号"
    return place + 2, remedy


def collect_value(node: yaml.Node, place: KeyPath, found: FrontMatter) -> Value:
    """Turn a YAML node into text, lists and dicts, noting lines and repeated keys."""
    if isinstance(node, yaml.SequenceNode):
        return [
            collect_item(child, (*place, number), found) for number, child in enumerate(node.value)
        ]
    if isinstance(node, yaml.ScalarNode):
        return collect_text(node, place, found)
    result: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 2
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        if not key:
            found.problems.append((line, "名称要是一个词，例如「标题」"))
        elif key in result:
            found.problems.append((line, f"「{key}」写了两次，请删掉一个"))
        found.lines[(*place, key)] = line
        result[key] = collect_value(value_node, (*place, key), found)
    return result


def collect_text(node: yaml.ScalarNode, place: KeyPath, found: FrontMatter) -> str:
    """Collect a plain text; what was written as an escape is looked at as well."""
    text, line = str(node.value), node.start_mark.line + 2
    found.texts[place] = text
    if not node.style and text in BLANK_WORDS:
        remedy = f"“{text}”在这里是“空”的意思。没有内容就写 ''，真要这几个字就加引号"
        found.problems.append((line, remedy))
    found.problems += [(line, remedy) for _, remedy in find_stray_letters(text)]
    return text


def collect_item(node: yaml.Node, place: KeyPath, found: FrontMatter) -> Value:
    """Collect one entry of a list, with its own line."""
    found.lines[place] = node.start_mark.line + 2
    return collect_value(node, place, found)

"""The few pieces of Markdown that all pages are put together from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

SPECIAL = re.compile(r"([\\`*_{}\[\]])")
# A line that starts like this would become a heading, a list or a quotation.
LINE_START = re.compile(r"^(\s*)(#|\+|-|\d+(?=[.)])|>)")
CERTAINTY_MARKS = {
    "已核对原文": "✓ 已核对原文",
    "仅见二手来源": "△ 只见到转载，没见到原文",
    "凭经验，待核实": "○ 凭经验写的，还要核实",
}


DATE_UNITS = ("年", "月", "日")
Meta = dict[str, Any]
Row = dict[str, str]
Group = dict[str, Any]


@dataclass(frozen=True)
class MadePage:
    """A page for mkdocs: where it goes under build/docs, its front matter, its Markdown."""

    path: str
    meta: dict[str, Any]
    text: str

    def to_file(self) -> str:
        """The file's whole text."""
        head = yaml.safe_dump(self.meta, allow_unicode=True, sort_keys=False, width=1000)
        return f"---\n{head}---\n\n{self.text.strip()}\n"


def show_date(text: str) -> str:
    """2004-01 → 2004 年 1 月; text that is not a date stays as it is."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return text
    pairs = zip(text.split("-"), DATE_UNITS, strict=False)
    return " ".join(f"{int(part)} {unit}" for part, unit in pairs)


def escape(text: str) -> str:
    """Plain text that Markdown must show as it is, on one line."""
    one_line = " ".join(text.split())
    escaped = SPECIAL.sub(r"\\\1", one_line).replace("&", "&amp;").replace("<", "&lt;")
    escaped = escaped.replace(">", "&gt;").replace("|", "&#124;")
    return LINE_START.sub(r"\1&#8203;\2", escaped)


def heading(words: str, name: str) -> str:
    """A second-level heading with a fixed name for styles and links."""
    return f"## {words} {{: #{name} }}"


def bullets(lines: Iterable[str]) -> str:
    """A list of already escaped lines."""
    return "\n".join(f"- {line}" for line in lines)


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of already escaped cells; each cell carries its column's name for narrow screens."""
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in rows:
        cells = [
            f'{cell} {{: data-label="{name}" }}' for name, cell in zip(names, row, strict=True)
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def note(title: str, text: str) -> str:
    """A box that stands out."""
    return f'!!! note "{title}"\n\n    {text}'


def button(words: str, address: str) -> str:
    """A link that looks like the one thing to do next."""
    return f"[{words}]({address}){{: .button }}"


def join(parts: Iterable[str]) -> str:
    """Blocks with a blank line between them, empty ones left out."""
    return "\n\n".join(part for part in parts if part)


def checked_part(checked_on: str, certainty: str, doubt: str) -> str:
    """When the text was checked, how sure it is, and what is still open."""
    lines = [f"核对日期：{show_date(checked_on)}", f"核对程度：{CERTAINTY_MARKS[certainty]}"]
    return join(
        [
            heading("核对情况", "checked"),
            bullets(lines),
            note("还没核实的地方", escape(doubt)) if doubt else "",
        ]
    )


def with_heading(body: str, words: str, name: str) -> str:
    """The body under a heading of ours, unless it brings its own."""
    return body if body.startswith("## ") else join([heading(words, name), body])


def show_basis(basis: str, mark: str) -> str:
    """The article that a row rests on, and how sure that is."""
    return f"{escape(basis)} *{mark}*"


def make_row(title: str, words: str, address: str) -> Row:
    """One line to tap on a page that lists others."""
    return {"title": title, "words": words, "address": address}


def make_group(rows: Iterable[Row], title: str = "", anchor: str = "") -> Group:
    """Some rows, under a heading if they have one. The theme lays them out: they are plain text,
    and a list of thousands would keep Markdown busy for long."""
    return {"title": title, "anchor": anchor, "rows": list(rows)}


def make_list_page(
    path: str, meta: Meta, groups: Iterable[Group], empty: str, text: str = ""
) -> MadePage:
    """A page that lists others below a `text`; `empty` is said when there is nothing to list."""
    filled = [group for group in groups if group["rows"]]
    return MadePage(path, {**meta, "groups": filled}, text if filled else empty)


def list_jumps(groups: Iterable[Group]) -> list[dict[str, str]]:
    """Links to the headings of the groups that are shown."""
    return [
        {"title": group["title"], "address": f"#{group['anchor']}"}
        for group in groups
        if group["rows"]
    ]


def make_index(
    section: str, title: str, summary: str, rows: Iterable[Row], empty: str, *, search: bool = False
) -> MadePage:
    """The index page of a collection."""
    meta: Meta = {
        "title": title,
        "description": summary,
        "kind": "list",
        "section": section,
    }
    if search:
        meta["search"] = True
    return make_list_page(f"{section}/index.md", meta, [make_group(rows)], empty)

"""The few pieces of Markdown that all pages are put together from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

_SPECIAL = re.compile(r"([\\`*_{}\[\]])")
# A line that starts like this would become a heading, a list or a quotation.
LINE_START = re.compile(r"^(\s*)(#|\+|-|\d+(?=[.)])|>)")
ROWS_ON_A_PAGE = 20
MOST_JUMPS = 12
DATE_UNITS = ("年", "月", "日")
Meta = dict[str, Any]
Written = tuple[Meta, str]
"""What a page is to be made of: its front matter but for title and place, and its Markdown."""
LinkRow = dict[str, str]
LinkGroup = dict[str, Any]


@dataclass(frozen=True)
class MadePage:
    """A page for mkdocs: where it goes under build/docs, its front matter, its Markdown."""

    path: str
    meta: dict[str, Any]
    text: str


@dataclass(frozen=True, kw_only=True)
class Index:
    """What the list of a collection shows: under its title a `summary`, then `text` and the
    `groups` of links; `empty` is said if they hold none. With `search` it has a search box."""

    summary: str
    groups: list[LinkGroup]
    empty: str
    text: str = ""
    search: bool = False
    jumps: list[LinkRow] = field(default_factory=list)


def show_date(text: str) -> str:
    """Show a date: 2004-01 → 2004 年 1 月; text that is not a date stays as it is."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return text
    pairs = zip(text.split("-"), DATE_UNITS, strict=False)
    return " ".join(f"{int(part)} {unit}" for part, unit in pairs)


def escape(text: str) -> str:
    """Escape plain text that Markdown must show as it is, on one line."""
    one_line = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", one_line).replace("&", "&amp;").replace("<", "&lt;")
    escaped = escaped.replace(">", "&gt;").replace("|", "&#124;")
    return LINE_START.sub(r"\1&#8203;\2", escaped)


def heading(words: str, name: str) -> str:
    """Make a second-level heading with a fixed name for styles and links."""
    return f"## {words} {{: #{name} }}"


def bullets(lines: Iterable[str]) -> str:
    """Make a list of already escaped lines."""
    return "\n".join(f"- {line}" for line in lines)


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Make a table of escaped cells; each carries its column's name for narrow screens."""
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in rows:
        cells = [
            f'{cell or "—"} {{: data-label="{name}" }}'
            for name, cell in zip(names, row, strict=True)
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def note(title: str, text: str) -> str:
    """Make a box that stands out."""
    return f'!!! note "{title}"\n\n    {text}'


def button(words: str, address: str) -> str:
    """Make a link that looks like the one thing to do next."""
    return f"[{words}]({address}){{: .button }}"


def join(parts: Iterable[str]) -> str:
    """Put a blank line between blocks, empty ones left out."""
    return "\n\n".join(part for part in parts if part)


def with_heading(body: str, words: str, name: str) -> str:
    """Put the body under a heading of ours, unless it brings its own."""
    return body if body.startswith("## ") else join([heading(words, name), body])


def show_basis(basis: str, mark: str) -> str:
    """Show the article that a row rests on, and how sure that is."""
    return f"{escape(basis)} _{mark}_"


def make_link_row(title: str, words: str, address: str, **more: str) -> LinkRow:
    """Make a line to tap on a page that lists others; `more` is what a theme shows
    beside it: the name of a drawing, an outcome."""
    return {"title": title, "words": words, "address": address, **more}


def make_link_group(rows: Iterable[LinkRow], title: str = "", anchor: str = "") -> LinkGroup:
    """Put rows under a heading if they have one. The theme lays them out: they are plain text,
    and a list of thousands would keep Markdown busy for long."""
    return {"title": title, "anchor": anchor, "rows": list(rows)}


def make_list_page(
    path: str, meta: Meta, groups: Iterable[LinkGroup], empty: str, text: str = ""
) -> MadePage:
    """Make a page that lists others below a `text`; `empty` is said where there are none."""
    filled = [group for group in groups if group["rows"]]
    return MadePage(
        path, {**meta, "groups": filled, "empty": not filled}, text if filled else empty
    )


def make_list_pages(
    path: str, meta: Meta, groups: Sequence[LinkGroup], empty: str
) -> list[MadePage]:
    """Make pages of at most ROWS_ON_A_PAGE rows: the first at the path, the others numbered below
    it. If no jumps are given, each page leads to the first headings of all."""
    parts = _cut_groups(groups)
    stem = path.removesuffix("/index")
    addresses = [f"/{stem}/", *(f"/{stem}/{number}/" for number in range(2, len(parts) + 1))]
    begun: dict[str, str] = {}
    for address, part in zip(addresses, parts, strict=False):
        for group in part:
            begun.setdefault(group["anchor"], address)
    jumps = [
        {"title": group["title"], "address": f"{begun[group['anchor']]}#{group['anchor']}"}
        for group in groups
        if group["rows"] and group["title"]
    ][:MOST_JUMPS]
    pages = []
    for number, part in enumerate(parts or [[]], start=1):
        place = {"number": number, "addresses": addresses} if len(parts) > 1 else {}
        own = {"jumps": jumps, "jumps_label": "跳到", **meta, "turn": place}
        name = f"{path}.md" if number == 1 else f"{stem}/{number}.md"
        pages.append(make_list_page(name, own, part, empty))
    return pages


def _cut_groups(groups: Iterable[LinkGroup]) -> list[list[LinkGroup]]:
    parts: list[list[LinkGroup]] = []
    room = 0
    for group in groups:
        rows = group["rows"]
        while rows:
            if not room:
                parts.append([])
                room = ROWS_ON_A_PAGE
            parts[-1].append({**group, "rows": rows[:room]})
            rows, room = rows[room:], room - len(rows[:room])
    return parts


def list_jumps(groups: Iterable[LinkGroup]) -> list[dict[str, str]]:
    """List links to the headings of the groups that are shown."""
    return [
        {"title": group["title"], "address": f"#{group['anchor']}"}
        for group in groups
        if group["rows"]
    ]

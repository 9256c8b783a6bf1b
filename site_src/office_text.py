"""Text as offices write it, for Python-Markdown: what is typed is what is published.

Markdown means things by four blanks, a lone star, square brackets with a colon or a row of signs
that nobody in an office means; here they are text. Rows that begin like items (1、 （1） ① ●)
are lists, a row that was ended stays a row, and numbers of lists are those that were typed.
"""

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockprocessors import (
    BlockProcessor,
    HashHeaderProcessor,
    OListProcessor,
    UListProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

ITEM: Final = re.compile(r"( *)(?:[-*+]|(\d+)\.)[ \t]+(.*)$")
"""A row that Markdown takes for an item: its blanks, its number, its text."""
_NUMBER: Final = (
    r"\d{1,2}(?:[、．)）]|\.(?=[^\s\d]))|[（(](?:\d{1,2}|[一二三四五六七八九十]+)[)）]"
    r"|[一二三四五六七八九十]+、|[①-⒛㈠-㈩]|[A-HＡ-Ｈ][、．.)）]"
    r"|\d{1,2}(?:\.\d{1,2})+(?=[ \u4e00-\u9fff])"
    r"|第[一二三四五六七八九十\d]+[步条项款点][：:、 ]|[★☆※◎□√✓×→]"
)
_BULLET: Final = r"(?:[●○•·◆◇■▪▫►▶]|[-*+](?=[\u4e00-\u9fff])|[—–－](?!—)(?=\s?[\u4e00-\u9fff]))"
OFFICE_ITEM: Final = re.compile(rf"\s*(?:({_NUMBER})|{_BULLET})\s*(?=\S)")
"""The sign at the beginning of an item as offices write it; one that says something is a group."""
_LABEL: Final = re.compile(r"\s*[^\s，。；：:|#>*-][^，。；：:|]{0,9}[：:]")
TABLE_LINE: Final = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
"""The row between the head of a table and its rows."""
_NO_TEXT: Final = re.compile(r"[|>#\x02]|!!!|\?\?\?|\{:|[-=*_]{3,}\s*$|:?-+:?\s*\|")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_TAB: Final = 4
_WIDE: Final = 6
_SCROLLED: Final = {"class": "wide", "role": "region", "tabindex": "0", "aria-label": "表格"}


def is_text(row: str) -> bool:
    """Tell whether a row is plain text: no item, heading, part of a table, quotation or line."""
    return bool(row.strip()) and not ITEM.match(row) and not _NO_TEXT.match(row.lstrip())


def is_cut(before: str, row: str) -> bool:
    """Tell whether a row ends within a sentence, perhaps within a word: 劳动能力鉴 / 定委员会."""
    return (
        is_text(before)
        and is_text(row)
        and not any(
            beginning.match(one) for beginning in (OFFICE_ITEM, _LABEL) for one in (before, row)
        )
        and bool(_HAN.match(before.rstrip()[-1]) and _HAN.match(row.lstrip()[0]))
    )


def _ends(before: str, row: str) -> bool:
    """Tell whether a row is to end where it was ended."""
    return is_text(before) and is_text(row) and not OFFICE_ITEM.match(row)


def _is_other_list(before: str, item: re.Match[str]) -> bool:
    """Tell whether bullets follow numbers, or numbers bullets."""
    other = ITEM.match(before)
    return other is not None and not (item[1] or other[1]) and bool(other[2]) != bool(item[2])


def _goes_on(before: str, after: Sequence[str]) -> bool:
    """Tell whether a table goes on below a gap: with rows, and not with the head of another."""
    below = [row for row in after[:4] if row.strip()]
    return (
        before.startswith("|")
        and bool(below)
        and below[0].startswith("|")
        and not any(map(TABLE_LINE.match, below[1:2]))
    )


class _Rows(Preprocessor):
    """Sets rows apart that were typed as rows: lists and tables below a text, items of items."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the rows of a text with blank rows, blanks and line ends as Markdown wants."""
        made: list[str] = []
        before, step, listed = "", 0, False
        for place, row in enumerate(lines):
            item = ITEM.match(row)
            if not row.strip() and _goes_on(before, lines[place + 1 :]):
                continue
            if not row.strip():
                before = ""
            elif item:
                step = (step or min(len(item[1]), _TAB)) if item[1] else 0
                if item[1] and listed and step in (2, 3):
                    row = " " * (len(item[1]) // step * _TAB) + row.lstrip()
                elif is_text(before) if not listed else _is_other_list(before, item):
                    made.append("")
                listed = True
            else:
                listed = listed and (bool(before) or row[0] in " \t")
                made += self._part(before, row, lines[place + 1 : place + 2])
                if made[-1:] != [""] and _ends(before, row):
                    made[-1] = f"{made[-1].rstrip()}  "
            made.append(row)
            before = row
        return made

    @staticmethod
    def _part(before: str, row: str, after: Sequence[str]) -> list[str]:
        """Return the blank row that parts a table from the text above or below it, or none."""
        if row.startswith("|"):
            begins = bool(after) and bool(TABLE_LINE.match(after[0]))
            return [""] if begins and is_text(before) else []
        return [""] if before.startswith("|") and is_text(row) and "|" not in row else []


class _Headings(HashHeaderProcessor):
    """Headings: a single # needs a blank behind it, # at the end one before it, or it is text."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#(?=[ \t])|#{2,6}(?!#))(?P<header>.*?)(?:[ \t]+#+)?[ \t]*(?:\n|$)"
    )


class _Bullets(UListProcessor):
    """Bullets, which go on with bullets only."""

    SIBLING_TAGS = ["ul"]  # noqa: RUF012 (declared so by Python-Markdown)


class _Numbers(OListProcessor):
    """Numbered lists that count as they were typed."""

    LAZY_OL = False
    SIBLING_TAGS = ["ol"]  # noqa: RUF012 (declared so by Python-Markdown)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make a list, or go on with the one before; an item that skips says its number."""
        typed = [
            int(item[2]) for item in map(ITEM.match, blocks[0].split("\n")) if item and item[2]
        ]
        before = self.lastChild(parent)
        old = before if before is not None and before.tag == "ol" else None
        known = len(old) if old is not None else 0
        super().run(parent, blocks)
        made = old if old is not None else self.lastChild(parent)
        if made is None or made.tag != "ol" or len(made) != known + len(typed):
            return
        expected = _last_number(made, known) + 1
        for item, number in zip(made[known:], typed, strict=True):
            if number != expected:
                item.set("value", str(number))
            expected = number + 1


def _last_number(made: Element, known: int) -> int:
    """Return the number of the last of the known items, or the one before the first."""
    number = int(made.get("start", "1")) - 1
    for item in made[:known]:
        number = int(item.get("value", number + 1))
    return number


class _OfficeLists(BlockProcessor):
    """Lists whose items begin with a sign of their own: bullets become ours, numbers stay."""

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether a block of several rows has such items."""
        return "\n" in block and any(map(OFFICE_ITEM.match, block.split("\n")))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the text above the first item, and the list."""
        lead, items = split_office_items(blocks.pop(0).split("\n"))
        if lead:
            self.parser.parseBlocks(parent, ["\n".join(lead)])
        numbered = any(OFFICE_ITEM.match(item)[1] for item in items)  # type: ignore[index]
        made = SubElement(parent, "ul", {"class": "typed"} if numbered else {})
        for item in items:
            text = item if numbered else OFFICE_ITEM.sub("", item)
            SubElement(made, "li").text = text.strip()


def split_office_items(rows: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split the rows of a block into those above the first item, and the items with their rows."""
    lead: list[str] = []
    items: list[str] = []
    for row in rows:
        if OFFICE_ITEM.match(row):
            items.append(row)
        elif items:
            items[-1] += f"\n{row}"
        else:
            lead.append(row)
    return lead, items


class _WideTables(Treeprocessor):
    """Puts a wide table of a text into a box that can be scrolled, by keys too."""

    def run(self, root: Element) -> None:
        """Wrap every table with so many columns; ours, which tell their columns, fold by rule."""
        for parent in list(root.iter()):
            for place, table in enumerate(parent):
                cells = table.findall("thead/tr/th") if table.tag == "table" else []
                if len(cells) >= _WIDE and table.find(".//td[@data-label]") is None:
                    parent[place] = box = Element("div", _SCROLLED)
                    box.append(table)
                    box.tail, table.tail = table.tail, "\n"


class OfficeText(markdown.Extension):
    """Teaches Python-Markdown to set what offices write."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (asked so by Python-Markdown)
        """Take out what nobody means, put in what they do."""
        blocks = md.parser.blockprocessors
        for unmeant in ("code", "setextheader", "reference"):
            blocks.deregister(unmeant)
        blocks.register(_Headings(md.parser), "hashheader", 70)
        blocks.register(_Numbers(md.parser), "olist", 40)
        blocks.register(_Bullets(md.parser), "ulist", 30)
        blocks.register(_OfficeLists(md.parser), "office_lists", 25)
        md.preprocessors.register(_Rows(md), "office_rows", 15)
        md.treeprocessors.register(_WideTables(md), "wide_tables", 5)
        if signs := md.delimiters:
            signs.remove("_")
            signs.add("*", "strong", double=True)  # a lone star is a star: 日工资*天数
            signs.add("_", "em", smart=True)

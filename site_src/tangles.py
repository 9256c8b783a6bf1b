"""Finds Markdown that would tie up whoever renders it.

The library looks at every pair of brackets in a paragraph and goes one call deeper for every
list within a list: 60,000 brackets take minutes, 500 lists end in an error.
"""

import re

MOST_BRACKETS = 300
_NESTED = re.compile(r"[ \t]*(?:(?:\d+\.|[-*+>])[ \t]+){12}|[ \t]*(?:>[ \t]*){12}")
_INDENTED = re.compile(r"[ \t]{41}")


def find_tangles(body: str) -> list[tuple[int, str]]:
    """Find row (from 0) and remedy of all that is knotted too tightly to be set as a page."""
    found, brackets = [], 0
    for number, row in enumerate(body.split("\n")):
        before = brackets
        brackets = brackets + row.count("[") if row.strip() else 0
        if before <= MOST_BRACKETS < brackets:
            found.append((number, "这一段里的方括号太多，请用空行分成几段"))
        if _NESTED.match(row):
            found.append((number, "一行里的列表、引用套得太深，请分开写"))
        if _INDENTED.match(row):
            found.append((number, "行首的空格太多，请删到 8 个以内"))
    return found

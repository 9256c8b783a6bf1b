"""The little Markdown that the generated pages are written in."""

from collections.abc import Iterable, Sequence

NONE = "–"


def code(text: object) -> str:
    """Set a word of the program as code."""
    return f"`{text}`"


def codes(words: Iterable[object]) -> str:
    """Set several words of the program as code; a dash for none."""
    return ", ".join(code(word) for word in words) or NONE


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; a line break inside a cell becomes `<br>`, an empty cell a dash."""
    lines = [_row(headings), _row(["---"] * len(headings)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def markdown_page(title: str, *parts: str) -> str:
    """Write a whole page that says where it comes from."""
    note = "*Made by `make docs` from the tables of the program. Not to be edited by hand.*"
    return "\n\n".join([f"# {title}", note, *parts]) + "\n"


def first_line(docstring: str | None) -> str:
    """Return the purpose that a docstring begins with."""
    return (docstring or "").strip().partition("\n")[0]


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(str(cell)) for cell in cells) + " |"


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|").replace("\n", "<br>") or NONE

"""The steps of a card's Markdown body as plain words, for paper."""

from dataclasses import dataclass
from html.parser import HTMLParser

import markdown


@dataclass(frozen=True)
class PosterStep:
    """One step: the words in bold at its beginning, if any, and the rest."""

    head: str
    text: str


class _StepReader(HTMLParser):
    """Collects the list items, and the paragraphs outside lists, of a body made into HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[list[str]] = []
        self.paragraphs: list[list[str]] = []
        self._depth = 0
        self._bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a step at each outer list item or paragraph; bold at its start is its head."""
        if tag == "li":
            self._depth += 1
            if self._depth == 1:
                self.items.append(["", ""])
        elif tag == "p" and self._depth == 0:
            self.paragraphs.append(["", ""])
        self._bold = self._bold or tag == "strong"

    def handle_endtag(self, tag: str) -> None:
        """Close what handle_starttag opened."""
        if tag == "li":
            self._depth -= 1
        elif tag == "strong":
            self._bold = False

    def handle_data(self, data: str) -> None:
        """Add words to the open step."""
        steps = self.items if self._depth else self.paragraphs
        if not steps:
            return
        step = steps[-1]
        step[0 if self._bold and not step[1].strip() else 1] += data


def list_steps(body: str) -> tuple[PosterStep, ...]:
    """List the items of the body's lists; the paragraphs where there is no list."""
    reader = _StepReader()
    reader.feed(markdown.markdown(body))
    reader.close()
    found = reader.items or reader.paragraphs
    return tuple(PosterStep(_join_lines(head), _join_lines(text)) for head, text in found)


def _join_lines(text: str) -> str:
    return " ".join(text.split())

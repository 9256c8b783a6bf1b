"""Searching the published pages: whole words and parts of words, Chinese without a dictionary.

A page is found by every word that was typed; a word that stands nowhere counts through its
pairs of characters, so that 怎么认定工伤 still finds 工伤认定.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MOST_TYPED, MOST_FOUND = 40, 30
_IN_TITLE, _ENOUGH_PAIRS = 20, 0.5
_BEFORE, _SNIPPET = 24, 90


@dataclass(frozen=True, slots=True)
class Page:
    """A published page; `plain` is what is searched: title and text, folded."""

    address: str
    title: str
    kind: str
    text: str
    plain_title: str
    plain: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found; `snippet` is text in pieces, every second one to be marked."""

    page: Page
    snippet: tuple[str, ...]


def fold(text: str) -> str:
    """Text as it is compared: half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def read_pages(entries: Iterable[Mapping[str, Any]]) -> tuple[Page, ...]:
    """The pages of a search index."""
    return tuple(
        Page(
            entry["address"],
            entry["title"],
            entry["kind"],
            entry["text"],
            fold(entry["title"]),
            fold(f"{entry['title']} {entry['text']}"),
        )
        for entry in entries
    )


def words_of(typed: str) -> list[str]:
    """The words of a query; punctuation parts them."""
    return list(dict.fromkeys(re.findall(r"\w+", fold(typed[:MOST_TYPED]))))


def search_pages(pages: Iterable[Page], typed: str) -> list[Hit]:
    """The best pages for a query, the best first; none for an empty one."""
    words = words_of(typed)
    if not words:
        return []
    scored = ((_score(page, words), page) for page in pages)
    best = sorted(((score, page) for score, page in scored if score > 0), key=lambda one: -one[0])
    return [Hit(page, _snippet(page, words)) for _, page in best[:MOST_FOUND]]


def _score(page: Page, words: list[str]) -> float:
    scores = [_score_word(page, word) for word in words]
    return sum(scores) if all(scores) else 0.0


def _score_word(page: Page, word: str) -> float:
    count, pairs = page.plain.count(word), _pairs(word)
    if count:
        in_title = _IN_TITLE if word in page.plain_title else 0
        return 10 + min(count, 9) + in_title + _pairs_in_title(page, pairs)
    held = sum(pair in page.plain for pair in pairs)
    if not pairs or held / len(pairs) < _ENOUGH_PAIRS:
        return 0.0
    return 5 * held / len(pairs) + _pairs_in_title(page, pairs)


def _pairs_in_title(page: Page, pairs: list[str]) -> int:
    return 3 * sum(pair in page.plain_title for pair in pairs)


def _pairs(word: str) -> list[str]:
    return [word[start : start + 2] for start in range(len(word) - 1)] if len(word) > 2 else []


def _snippet(page: Page, words: list[str]) -> tuple[str, ...]:
    marks = [word for word in words if word in fold(page.text)]
    marks = marks or [pair for word in words for pair in _pairs(word) if pair in page.text]
    if not marks:
        return (page.text[:_SNIPPET],)
    pattern = re.compile("(" + "|".join(map(re.escape, marks)) + ")", re.IGNORECASE)
    first = pattern.search(page.text)
    start = max(first.start() - _BEFORE, 0) if first else 0
    return tuple(pattern.split(page.text[start : start + _SNIPPET]))

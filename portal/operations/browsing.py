"""What the workbench shows of articles: lists, a page with what is live, versions, differences."""

from dataclasses import dataclass

from portal.domain.articles import COLLECTION_LABELS, Article, State, Version
from portal.domain.comparing import Line, compare_texts
from portal.domain.errors import NotFound
from portal.operations.newsroom import (
    Newsroom,
    find_article,
    live_text,
    require_key,
    take_in,
    take_in_collection,
)
from portal.operations.office import Office
from portal.store import articles
from site_src.manuscripts import tidy_manuscript
from site_src.rules import read_deadlines

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with how its manuscript differs from what readers see.

    `disturbed`: what is live is not what the manuscript began from.
    """

    article: Article
    lines: tuple[Line, ...]
    disturbed: bool


def list_articles(room: Newsroom, collection: str) -> list[Article]:
    """All articles of a collection, the latest changed first; the folder is looked at first."""
    if collection not in COLLECTION_LABELS:
        raise NotFound(collection)
    take_in_collection(room, collection)
    return articles.articles_of(room.office.db, collection)


def count_waiting(office: Office) -> dict[str, int]:
    """How many manuscripts of each collection wait for somebody to release them."""
    counts = dict.fromkeys(COLLECTION_LABELS, 0)
    for article in articles.articles_in(office.db, [State.SUBMITTED]):
        counts[article.collection] += 1
    return counts


def open_article(room: Newsroom, collection: str, slug: str) -> Opened:
    """An article to be read or written on. NotFound without one."""
    key = require_key(collection, slug)
    take_in(room, [key])
    article = find_article(room.office, key)
    live = live_text(room.office, article)
    lines = compare_manuscripts(collection, live or "", article.text)
    return Opened(article, lines, article.base != article.live)


def compare_manuscripts(collection: str, old: str, new: str) -> tuple[Line, ...]:
    """The changes between two texts, whatever way of writing the file they came from."""
    before, after = (tidy_manuscript(collection, text) for text in (old, new))
    return compare_texts(before, after)


def list_versions(office: Office, collection: str, slug: str) -> list[Version]:
    """All versions, the newest first."""
    return articles.versions_of(office.db, require_key(collection, slug))


def compare_with_previous(versions: list[Version], number: int) -> tuple[Line, ...]:
    """What a version changed against the one before. NotFound without such a version."""
    places = {version.number: place for place, version in enumerate(versions)}
    if number not in places:
        raise NotFound(str(number))
    this = versions[places[number]]
    before = versions[places[number] + 1 : places[number] + 2]
    old = before[0].text if before else ""
    return compare_manuscripts(this.article.partition("/")[0], old, this.text)


def known_choices(room: Newsroom) -> dict[str, list[Choice]]:
    """What a manuscript may refer to: cards, policies, time limits, with their names."""
    rules = read_deadlines(room.press.root / "content" / "rules" / "deadlines.toml", [])
    return {
        "rights-cards": _titles(room.office, "rights-cards"),
        "policies": _titles(room.office, "policies"),
        "deadlines": [(rule.code, rule.step) for rule in (*rules.own, *rules.legal)],
    }


def _titles(office: Office, collection: str) -> list[Choice]:
    live = [one for one in articles.articles_of(office.db, collection) if one.live]
    return sorted((one.slug, one.title) for one in live)

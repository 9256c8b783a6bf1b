"""What publishing works with, and what was changed in content/ past the workbench.

The folder is the truth of what is live. A file that differs from the last known version is
taken in as a version of its own, so that nothing that somebody typed there is lost.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from time import time_ns

from portal.domain.audit.actions import AuditAction
from portal.domain.content.articles import (
    AT_REST,
    FOLDER_AUTHOR,
    PENDING,
    Article,
    ArticleState,
    Change,
    Version,
)
from portal.domain.records.event import Event
from portal.domain.shared.errors import NotFound
from portal.newsroom.journal import record_article_event
from portal.operations.office import Office
from portal.publishing.content_files import SiteBuilder, list_pages, read_page
from portal.store import articles, audit
from site_src.collections import COLLECTIONS
from site_src.errors import SiteProblem
from site_src.facts import Fact
from site_src.manuscripts import title_of
from site_src.schemas import SLUG
from site_src.stamp import FileStamp

LONGEST_SLUG = 60
# Written again within this time, a file may keep its stamp: file systems count in steps, FAT of
# two seconds. By the clock that stamps files, hence not by the one of the office.
_STILL_MOVING = 3_000_000_000  # nanoseconds


@dataclass(frozen=True, slots=True)
class DailyTry:
    """A building for a new day: what it was made from, when, and why it failed, if it did."""

    stamp: str
    at: datetime
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """The facts of the content by key, what their files are called, and the stamps of the files
    that they were read from."""

    stamp: tuple[str, ...]
    facts: Mapping[str, Sequence[Fact]]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The office and the builder of its site. `tries`: the last daily building that was
    tried, until the site is of today. `seen`: by collection, the files that held what is known
    of them when they were last read; None for what is to be looked at again. Who reads or changes
    it holds `looking`. `facts`: what the content said when it was last read for its facts."""

    office: Office
    builder: SiteBuilder
    tries: deque[DailyTry] = field(default_factory=lambda: deque(maxlen=1))
    seen: dict[str, dict[str, FileStamp | None]] = field(default_factory=dict)
    looking: Lock = field(default_factory=Lock)
    facts: deque[KnownFacts] = field(default_factory=lambda: deque(maxlen=1))


def digest_of_text(text: str | None) -> str:
    """Return the fingerprint of a file's text; blank for no file."""
    return "" if text is None else sha256(text.encode()).hexdigest()


def require_key(collection: str, slug: str) -> str:
    """Return the key of an article. NotFound if there can be no such file."""
    if collection not in COLLECTIONS or not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise NotFound(f"{collection}/{slug}")
    return f"{collection}/{slug}"


def require_article(office: Office, key: str) -> Article:
    """Return the article as it is stored. NotFound without one."""
    article = articles.find_article(office.store, key)
    if article is None:
        raise NotFound(key)
    return article


def live_version(office: Office, article: Article) -> Version | None:
    """Return the version that readers see; None if it is not on the site."""
    return articles.find_version(office.store, article.key, article.live) if article.live else None


def live_text(office: Office, article: Article) -> str | None:
    """Return what readers see of the article; None if it is not on the site."""
    version = live_version(office, article)
    return version.text if version else None


def set_aside(office: Office, article: Article) -> Event:
    """Make the event that keeps a manuscript which gives way, as the next version."""
    version = Version(
        article=article.key,
        number=article.latest + 1,
        text=article.text,
        author=article.author,
        releaser="",
        at=office.now(),
        change=Change.SET_ASIDE,
        authors=article.authors,
    )
    return articles.make_version(version)


def changed_in_folder(room: Newsroom, collection: str) -> list[str]:
    """Return the articles of a collection whose files differ from what is known.

    A file that held what is known is not read again as long as its stamp stays.
    """
    with room.looking:
        looked_at, pages = time_ns(), list_pages(room.builder, collection)
        suspects = _find_suspects(room, collection, pages)
        keys = {slug: f"{collection}/{slug}" for slug in suspects}
        changed = [slug for slug in suspects if is_changed(room, keys[slug], suspects[slug])]
        open_ones = [slug for slug, one in suspects.items() if one and one.state in PENDING]
        still = looked_at - _STILL_MOVING
        seen = {slug: one if one.written_ns < still else None for slug, one in pages.items()}
        room.seen[collection] = seen | dict.fromkeys([*changed, *open_ones])
    return [keys[slug] for slug in changed]


def look_again(room: Newsroom, key: str) -> None:
    """Have the file of an article compared anew, as something new is known of the article."""
    collection, _, slug = key.partition("/")
    with room.looking:
        if collection in room.seen:
            room.seen[collection][slug] = None


def _find_suspects(
    room: Newsroom, collection: str, pages: Mapping[str, FileStamp]
) -> dict[str, Article | None]:
    """Find what may differ from what is known: at first everything, then what looks different."""
    store, seen = room.office.store, room.seen.get(collection)
    if seen is None:
        known: dict[str, Article | None] = {
            one.slug: one for one in articles.articles_of(store, collection)
        }
        slugs = known.keys() | pages.keys()
    else:
        slugs = {slug for slug, _ in seen.items() ^ pages.items()}
        known = {slug: articles.find_article(store, f"{collection}/{slug}") for slug in slugs}
    named = sorted(slug for slug in slugs if SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG)
    return {slug: known.get(slug) for slug in named}


def adopt_files(room: Newsroom, keys: Iterable[str]) -> None:
    """Take in the files of these articles where they differ from what is known."""
    wanted = [
        key for key in keys if is_changed(room, key, articles.find_article(room.office.store, key))
    ]
    if not wanted:
        return
    fresh = []
    with room.office.store.transaction():
        for key in wanted:
            # Looked at again: whoever writes the file meanwhile has marked the article first.
            article = articles.find_article(room.office.store, key)
            if is_changed(room, key, article):
                _take_in(room, key, article)
                fresh += [key] if article is None else []
        _log_fresh(room.office, fresh)
    for key in wanted:
        look_again(room, key)


def _log_fresh(office: Office, keys: list[str]) -> None:
    """Log one entry for all: the first time it is the whole of content/."""
    if keys:
        target = keys[0] if len(keys) == 1 else keys[0].partition("/")[0]
        note, now = str(len(keys)), office.now()
        audit.record(office.store, now, "system", AuditAction.ARTICLE_FOUND, target, note)


def is_changed(room: Newsroom, key: str, article: Article | None) -> bool:
    """Tell whether the file differs from what is known of it; while it is being published, no."""
    if article and article.state in PENDING:
        return False
    with suppress(SiteProblem):  # the check of the content tells of a file that is no text
        return digest_of_text(read_page(room.builder, key)) != (
            article.fingerprint if article else ""
        )
    return False


def _take_in(room: Newsroom, key: str, article: Article | None) -> None:
    office, text = room.office, read_page(room.builder, key)
    now, number = office.now(), (article.latest if article else 0) + 1
    change, act = (
        (Change.ON_DISK, AuditAction.ARTICLE_ON_DISK)
        if text is not None
        else (Change.GONE, AuditAction.ARTICLE_GONE)
    )
    kept = text if text is not None else (live_text(office, article) if article else None) or ""
    version = Version(
        article=key,
        number=number,
        text=kept,
        author=FOLDER_AUTHOR,
        releaser="",
        at=now,
        change=change,
    )
    event = replace(articles.make_version(version), actor="system")
    if article is None:
        articles.add_article(office.store, _new_article(key, kept, office), event)
        return
    after = _changed(article, text, number, office)
    record_article_event(office, article, after, act, event, note=str(number))


def _new_article(key: str, text: str, office: Office) -> Article:
    collection, _, slug = key.partition("/")
    return Article(
        collection=collection,
        slug=slug,
        title=title_of(text) or slug,
        state=ArticleState.PUBLISHED,
        text=text,
        author=FOLDER_AUTHOR,
        changed_at=office.now(),
        latest=1,
        live=1,
        base=1,
        fingerprint=digest_of_text(text),
    )


def _changed(article: Article, text: str | None, number: int, office: Office) -> Article:
    live = 0 if text is None else number
    after = replace(article, latest=number, live=live, fingerprint=digest_of_text(text))
    if article.state not in AT_REST:
        return after  # the manuscript goes on; its base tells that it began from another text
    after = replace(
        after, base=live, changed_at=office.now(), remark="", author=FOLDER_AUTHOR, authors=()
    )
    if text is None:
        return replace(after, state=ArticleState.WITHDRAWN)
    title = title_of(text) or article.slug
    return replace(after, state=ArticleState.PUBLISHED, text=text, title=title)

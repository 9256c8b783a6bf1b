"""What the workbench shows of articles: lists, a page with what is live, versions, differences."""

from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.content.articles import Article, ArticleState, Change, Version
from portal.domain.content.diff import DiffLine, compare_texts
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.newsroom.content_folder import (
    Newsroom,
    changed_in_folder,
    is_changed,
    live_text,
    require_article,
    require_key,
)
from portal.operations.office import Office
from portal.publishing.content_files import built_at, page_written_at
from portal.store import articles
from site_src.collections import COLLECTIONS
from site_src.manuscripts import tidy_manuscript
from site_src.rules import read_time_limits
from site_src.schemas import DEADLINES, list_references

NamedKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with how its manuscript differs from what readers see.

    `disturbed`: what is live is not what the manuscript began from. `moved`: the file differs
    from what is known; it is taken in within a minute. `unbuilt`: it was changed in the
    folder, and the site still shows what was there before.
    """

    article: Article
    lines: tuple[DiffLine, ...]
    disturbed: bool
    moved: bool
    unbuilt: bool


def _require_reader(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.OPEN_CONTENT):
        raise NotAllowed("您的岗位不能看网站文章")


def list_articles(room: Newsroom, actor: Actor, collection: str) -> list[Article]:
    """List all known articles of a collection, the latest changed first."""
    _require_reader(actor)
    if collection not in COLLECTIONS:
        raise NotFound(collection)
    return articles.articles_of(room.office.store, collection)


def is_folder_changed(room: Newsroom, actor: Actor, collection: str) -> bool:
    """Tell whether there are files that are still to be taken in."""
    _require_reader(actor)
    return bool(changed_in_folder(room, collection))


def list_building_problems(room: Newsroom, actor: Actor) -> tuple[str, ...]:
    """List why the site could not be built for today; nothing for who could not mend it."""
    if not is_granted(actor.roles, Permission.RELEASE_CONTENT):
        return ()
    return tuple(line for one in tuple(room.tries) for line in one.problems)


def count_waiting(office: Office, actor: Actor) -> dict[str, int]:
    """Count the manuscripts of each collection that wait for somebody to release them."""
    _require_reader(actor)
    counts = dict.fromkeys(COLLECTIONS, 0)
    for article in articles.articles_in(office.store, [ArticleState.SUBMITTED]):
        counts[article.collection] += 1
    return counts


def open_article(room: Newsroom, actor: Actor, collection: str, slug: str) -> ArticleView:
    """Open an article to be read or written on. NotFound without one."""
    _require_reader(actor)
    key = require_key(collection, slug)
    article = require_article(room.office, key)
    live = live_text(room.office, article)
    lines = compare_manuscripts(collection, live or "", article.text)
    moved = is_changed(room, key, article)
    return ArticleView(
        article, lines, article.base != article.live, moved, _is_unbuilt(room, article)
    )


def _is_unbuilt(room: Newsroom, article: Article) -> bool:
    number = article.live or article.latest
    version = articles.find_version(room.office.store, article.key, number)
    if version is None or version.change not in {Change.ON_DISK, Change.GONE}:
        return False
    built = built_at(room.builder)
    # The file tells better than the version, which is made up to a minute later.
    changed = page_written_at(room.builder, article.key) or version.at
    return built is None or changed > built


def compare_manuscripts(collection: str, old: str, new: str) -> tuple[DiffLine, ...]:
    """Return the changes between two texts, whatever way of writing the file they came from."""
    before, after = (tidy_manuscript(collection, text) for text in (old, new))
    return compare_texts(before, after)


def list_versions(office: Office, actor: Actor, collection: str, slug: str) -> list[Version]:
    """List all versions, the newest first."""
    _require_reader(actor)
    return articles.versions_of(office.store, require_key(collection, slug))


def compare_with_previous(versions: list[Version], number: int) -> tuple[DiffLine, ...]:
    """Return what a version changed against the one before. NotFound without such a version."""
    places = {version.number: place for place, version in enumerate(versions)}
    if number not in places:
        raise NotFound(str(number))
    this = versions[places[number]]
    before = versions[places[number] + 1 : places[number] + 2]
    old = before[0].text if before else ""
    return compare_manuscripts(this.article.partition("/")[0], old, this.text)


def known_choices(room: Newsroom, actor: Actor, collection: str) -> dict[str, list[NamedKey]]:
    """List what a manuscript may refer to, items and time limits, with their names."""
    _require_reader(actor)
    targets = {target for _, _, target in list_references(COLLECTIONS[collection].schema)}
    return {target: _list_choices(room, target) for target in targets}


def _list_choices(room: Newsroom, target: str) -> list[NamedKey]:
    if target != DEADLINES:
        return _titles(room.office, target)
    rules = read_time_limits(room.builder.root, [])
    return [(rule.code, rule.step) for rule in (*rules.own, *rules.legal)]


def _titles(office: Office, collection: str) -> list[NamedKey]:
    live = [one for one in articles.articles_of(office.store, collection) if one.live]
    return sorted((one.slug, one.title) for one in live)

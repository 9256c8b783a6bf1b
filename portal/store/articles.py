"""Articles of the site and their versions, as rows. Nothing in them is about a person's case."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.content.articles import Article, ArticleState, Change, Version
from portal.domain.shared.errors import Changed
from portal.store.store import Store


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _article_row(article: Article) -> dict[str, Any]:
    row = asdict(article) | {"key": article.key, "state": str(article.state)}
    row["changed_at"] = article.changed_at.isoformat()
    row["due_at"] = article.due_at.isoformat() if article.due_at else None
    return row


def _article(row: Mapping[str, Any]) -> Article:
    kept = {name: row[name] for name in Article.__dataclass_fields__ if name != "authors"}
    # Rows from before there were several authors have the one.
    kept["authors"] = tuple(row.get("authors", [row["author"]]))
    kept["state"] = ArticleState(row["state"])
    kept["changed_at"] = datetime.fromisoformat(row["changed_at"])
    kept["due_at"] = _moment(row["due_at"])
    return Article(**kept)


def find_article(store: Store, key: str) -> Article | None:
    """Return the article of this collection and file name, or None."""
    row = store.db.table("articles").get(where("key") == key)
    return _article(row) if row else None


def articles_of(store: Store, collection: str) -> list[Article]:
    """Return all articles of a collection, the latest changed first."""
    rows = store.db.table("articles").search(where("collection") == collection)
    return sorted(map(_article, rows), key=lambda one: (one.changed_at, one.key), reverse=True)


def articles_in(store: Store, states: Iterable[ArticleState]) -> list[Article]:
    """Return all articles in one of these states, the longest waiting first."""
    rows = store.db.table("articles").search(where("state").one_of([str(one) for one in states]))
    return sorted(map(_article, rows), key=lambda one: one.changed_at)


def add_article(store: Store, article: Article) -> None:
    """Store a new article. Duplicate if its collection has one of this name."""
    store.db.table("articles").insert(_article_row(article))


def save_article(store: Store, before: Article, after: Article) -> Article:
    """Store a change and return it with its new edition.

    Changed if the stored article is no longer the one that the change was made to.
    """
    saved = replace(after, edition=before.edition + 1)
    found = store.db.table("articles").update(_article_row(saved), _is_still(before))
    if not found:
        raise Changed(before.key)
    return saved


def _is_still(article: Article) -> Any:
    return (where("key") == article.key) & (where("edition") == article.edition)


def add_version(store: Store, version: Version) -> None:
    """Keep a version. Duplicate if its number is taken."""
    row = asdict(version) | {"number": _sortable(version.number), "change": str(version.change)}
    store.db.table("article_versions").insert(row | {"at": version.at.isoformat()})


def versions_of(store: Store, key: str) -> list[Version]:
    """Return all versions of an article, the newest first."""
    rows = store.db.table("article_versions").search(where("article") == key)
    return sorted(map(_version, rows), key=lambda one: -one.number)


def find_version(store: Store, key: str, number: int) -> Version | None:
    """Return one version of an article, or None."""
    found = (where("article") == key) & (where("number") == _sortable(number))
    row = store.db.table("article_versions").get(found)
    return _version(row) if row else None


def _version(row: Mapping[str, Any]) -> Version:
    kept = {name: row[name] for name in Version.__dataclass_fields__ if name != "authors"}
    alone = [row["author"]] if row["change"] == Change.SET_ASIDE else []
    kept["authors"] = tuple(row.get("authors", alone))
    kept["number"] = int(row["number"])
    kept["at"] = datetime.fromisoformat(row["at"])
    kept["change"] = Change(row["change"])
    return Version(**kept)


def _sortable(number: int) -> str:
    return f"{number:06}"

"""Articles of the site as records; the versions that they leave behind are events."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from tinydb import where

from portal.domain.content.articles import (
    CHANGE_EVENTS,
    Article,
    ArticleState,
    Change,
    Version,
)
from portal.domain.content.confirmations import Confirmation
from portal.domain.content.events import REGISTRY, FactConfirmed
from portal.domain.records.event import Event
from portal.domain.shared.errors import Changed
from portal.store import records
from portal.store.records import Aggregate, Record
from portal.store.store import Store

ARTICLES = Aggregate("article", "articles", REGISTRY, lambda name: name == "reason")
_CHANGES = {event: change for change, event in CHANGE_EVENTS.items()}


def find_article(store: Store, key: str) -> Article | None:
    """Return the article of this collection and file name, or None."""
    record = _find(store, key)
    return _article(record) if record else None


def articles_of(store: Store, collection: str) -> list[Article]:
    """Return all articles of a collection, the latest changed first."""
    rows = store.db.table("articles").search(where("collection") == collection)
    return sorted(_read(store, rows), key=lambda one: (one.changed_at, one.key), reverse=True)


def articles_in(store: Store, states: Iterable[ArticleState]) -> list[Article]:
    """Return all articles in one of these states, the longest waiting first."""
    rows = store.db.table("articles").search(where("state").one_of([str(one) for one in states]))
    return sorted(_read(store, rows), key=lambda one: one.changed_at)


def add_article(store: Store, article: Article, first: Event) -> None:
    """Store a new article. Duplicate if its collection has one of this name."""
    records.add_record(
        store,
        ARTICLES,
        article.key,
        _head(article),
        {"text": article.text},
        first,
        version=article.edition,
    )


def append_to_article(store: Store, before: Article, after: Article, *events: Event) -> Article:
    """Append events to an article and keep it as it is after them, with its new edition.

    Changed if the stored article is no longer the one that the change was made to.
    """
    record = _find(store, before.key)
    if record is None or record.version != before.edition:
        raise Changed(before.key)
    sealed = {"text": after.text} if after.text != before.text else None
    saved = records.append_events(store, record, events, _head(after), sealed)
    return replace(after, edition=saved.version)


def make_version(version: Version) -> Event:
    """Make the event that leaves a version behind."""
    facts = {
        "version": version.number,
        "author": version.author,
        "releaser": version.releaser,
        "reason": version.reason,
        "authors": list(version.authors),
    }
    kind = CHANGE_EVENTS[version.change]
    return kind(at=version.at, actor=version.author, text=version.text, facts=facts)


def make_confirmation(confirmation: Confirmation, sentence: str) -> Event:
    """Make the event that keeps the confirmation of a sentence."""
    facts = {"identity": confirmation.identity, "compared": confirmation.compared}
    return FactConfirmed(at=confirmation.at, actor=confirmation.by, text=sentence, facts=facts)


def confirmations_of(store: Store, key: str) -> dict[str, Confirmation]:
    """Return the last confirmation of each sentence of an article, by its identity."""
    record = _find(store, key)
    found = {}
    for event in records.events_of(store, record) if record else ():
        if isinstance(event, FactConfirmed):
            facts: Mapping[str, Any] = event.facts
            identity = facts["identity"]
            found[identity] = Confirmation(identity, facts["compared"], event.actor, event.at)
    return found


def versions_of(store: Store, key: str) -> list[Version]:
    """Return all versions of an article, the newest first."""
    return sorted(_versions(store, key), key=lambda one: -one.number)


def find_version(store: Store, key: str, number: int) -> Version | None:
    """Return one version of an article, or None."""
    return next((one for one in _versions(store, key) if one.number == number), None)


def _versions(store: Store, key: str) -> Iterator[Version]:
    record = _find(store, key)
    for event in records.events_of(store, record) if record else ():
        if type(event) in _CHANGES:
            yield _version(key, event, _CHANGES[type(event)])


def _version(key: str, event: Event, change: Change) -> Version:
    facts: Mapping[str, Any] = event.facts
    return Version(
        article=key,
        number=facts["version"],
        text=event.text,
        author=facts["author"],
        releaser=facts["releaser"],
        at=event.at,
        change=change,
        reason=facts["reason"],
        authors=tuple(facts["authors"]),
    )


def _find(store: Store, key: str) -> Record | None:
    return records.find_record(store, ARTICLES, "number", key)


def _read(store: Store, rows: Iterable[Any]) -> Iterator[Article]:
    return (_article(records.read_record(store, ARTICLES, row)) for row in rows)


def _head(article: Article) -> dict[str, Any]:
    row = asdict(article)
    del row["text"], row["edition"]  # the one is sealed, the other is the record's version
    row["state"] = str(article.state)
    row["changed_at"] = article.changed_at.isoformat()
    row["due_at"] = article.due_at.isoformat() if article.due_at else None
    return row


def _article(record: Record) -> Article:
    row = record.row
    kept = {name: row[name] for name in Article.__dataclass_fields__ if name in row}
    return Article(
        **kept
        | {
            "text": record.open("text"),
            "edition": record.version,
            "authors": tuple(row["authors"]),
            "state": ArticleState(row["state"]),
            "changed_at": datetime.fromisoformat(row["changed_at"]),
            "due_at": datetime.fromisoformat(row["due_at"]) if row["due_at"] else None,
        }
    )

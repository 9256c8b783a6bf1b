"""Writing down what happened to an article: in its history, its head and the log, or nowhere."""

from portal.domain.audit.actions import Auditable
from portal.domain.content.articles import Article
from portal.domain.records.event import Event
from portal.operations.office import Office
from portal.store import articles, audit


def record_article_event(
    office: Office, before: Article, after: Article, act: Auditable, *events: Event, note: str = ""
) -> Article:
    """Write the events, the article as it is after them, and the act as the log names it.

    Call it in the transaction of the act; the last event is by whom the log names. Changed if
    the article is no longer as it was read.
    """
    saved = articles.append_to_article(office.store, before, after, *events)
    audit.record(office.store, events[-1].at, events[-1].actor, act, after.key, note)
    return saved

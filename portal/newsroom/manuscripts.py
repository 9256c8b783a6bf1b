"""Writing for the site: every change of a manuscript, from the first draft to the release."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction, NewsroomStep
from portal.domain.content.articles import ARTICLE_WORKFLOW, Article, ArticleState
from portal.domain.content.events import ArticleBegun
from portal.domain.records.engine import require_step
from portal.domain.records.event import Event
from portal.domain.records.workflow import Step
from portal.domain.shared.dates import CENTRE_ZONE
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.domain.shared.text_cleaning import clean_text, fold_width
from portal.newsroom.content_folder import (
    LONGEST_SLUG,
    Newsroom,
    adopt_files,
    live_text,
    require_article,
    require_key,
    set_aside,
)
from portal.newsroom.journal import record_article_event
from portal.newsroom.release import publish_article
from portal.operations.office import Office
from portal.publishing.content_files import check_candidate
from portal.store import articles, audit
from portal.store.errors import Duplicate
from site_src.errors import SiteProblem
from site_src.manuscripts import explain_problems, tidy_manuscript, title_of

LARGEST_TEXT = 64 * 1024
_LONGEST_REASON = 500
_LATEST = timedelta(days=366)
DISTURBED = "这篇文章在您动笔以后，有人在文件夹里改过，或者发过别的稿子"


def begin_article(office: Office, actor: Actor, collection: str, slug: str, text: str) -> Article:
    """Start an article with its first manuscript. NotAccepted if the file name cannot be taken."""
    if not is_granted(actor.roles, Permission.WRITE_CONTENT):
        raise NotAllowed("您的岗位不能写文章")
    try:
        key = require_key(collection, slug)
    except NotFound:
        raise NotAccepted(
            f"文件名只能用小写英文字母、数字和连字符，最多 {LONGEST_SLUG} 个，比如 winter-aid-2026"
        ) from None
    article = Article(
        collection=collection,
        slug=slug,
        title=title_of(_fitting(text)) or slug,
        state=ArticleState.DRAFT,
        text=text,
        author=actor.login,
        changed_at=office.now(),
        authors=(actor.login,),
    )
    try:
        with office.store.transaction():
            first = ArticleBegun(at=article.changed_at, actor=actor.login)
            articles.add_article(office.store, article, first)
            audit.record(office.store, first.at, actor.login, AuditAction.ARTICLE_BEGIN, key)
    except Duplicate:
        raise NotAccepted(f"已经有叫“{slug}”的文章了，请换一个文件名") from None
    return article


def save_manuscript(office: Office, actor: Actor, key: str, edition: int, text: str) -> Article:
    """Keep the manuscript as it was typed; whoever changes it is one of its authors.

    Changed if somebody else was quicker: nothing of his is overwritten.
    """
    with office.store.transaction():
        article = _as_seen(office, key, edition)
        _require_step(article, "save", actor)
        if _is_same(article, _fitting(text)):
            return article
        title = title_of(text) or article.slug
        return _move(
            office,
            actor,
            article,
            "save",
            text=text,
            title=title,
            author=actor.login,
            authors=_with(article.authors, actor),
        )


def _with(authors: tuple[str, ...], actor: Actor) -> tuple[str, ...]:
    return tuple(sorted({*authors, actor.login}))


def _is_same(article: Article, text: str) -> bool:
    before, after = (tidy_manuscript(article.collection, one) for one in (article.text, text))
    return before == after


def _fitting(text: str) -> str:
    if len(text.encode()) > LARGEST_TEXT:
        raise NotAccepted(f"文章太长了，要小于 {LARGEST_TEXT // 1024} KB（大约两万字），请分成几篇")
    return text


def problems_of_manuscript(room: Newsroom, key: str, text: str) -> list[str]:
    """List what stands in the way of publishing this text, in the words of the form."""
    return explain_problems(key, text, check_candidate(room.builder, key, text))


def submit_for_release(room: Newsroom, actor: Actor, key: str, edition: int) -> Article:
    """Hand the manuscript to somebody else for release. SiteProblem if it cannot be published."""
    article = _as_seen(room.office, key, edition)
    _require_step(article, "submit", actor)
    _require_publishable(room, article)
    return hand_over_manuscript(room.office, actor, key, edition)


def hand_over_manuscript(office: Office, actor: Actor, key: str, edition: int) -> Article:
    """Put the manuscript before whoever releases it."""
    with office.store.transaction():
        article = _as_seen(office, key, edition)
        return _move(office, actor, article, "submit", submitter=actor.login, remark="")


def return_manuscript(office: Office, actor: Actor, key: str, edition: int, typed: str) -> Article:
    """Give the manuscript back with what is to be changed."""
    reason = _reason(typed, "要改什么")
    with office.store.transaction():
        article = _as_seen(office, key, edition)
        return _move(office, actor, article, "return", remark=reason, due_at=None, releaser="")


def take_back(office: Office, actor: Actor, key: str, edition: int) -> Article:
    """Go on writing what had been handed over."""
    with office.store.transaction():
        article = _as_seen(office, key, edition)
        return _move(office, actor, article, "take_back", due_at=None, releaser="")


def keep_manuscript(office: Office, actor: Actor, key: str, edition: int) -> Article:
    """Go on with the manuscript although what is live has changed: the writer has seen it."""
    with office.store.transaction():
        article = _as_seen(office, key, edition)
        return _move(office, actor, article, "keep", base=article.live)


def restore_version(office: Office, actor: Actor, key: str, edition: int, number: int) -> Article:
    """Make a kept version the manuscript. A draft that it replaces is kept as a version."""
    with office.store.transaction():
        article = _as_seen(office, key, edition)
        _require_step(article, "restore", actor)
        version = articles.find_version(office.store, key, number)
        if version is None:
            raise NotFound(f"{key} {number}")
        replaced = article.text not in {version.text, live_text(office, article)}
        earlier = [set_aside(office, article)] if replaced else []
        return _move(
            office,
            actor,
            article,
            "restore",
            *earlier,
            text=version.text,
            author=actor.login,
            authors=_with(version.authors, actor),
            title=title_of(version.text) or article.slug,
            latest=article.latest + len(earlier),
            base=article.live,
        )


def release(room: Newsroom, actor: Actor, key: str, edition: int) -> Article:
    """Publish the manuscript; returns the article as it is afterwards.

    SiteProblem, and nothing changed, if the content as a whole would not stand.
    """
    _require_releasable(room, actor, key, edition, "release")
    with room.office.store.transaction():
        article = _as_seen(room.office, key, edition)
        _move(room.office, actor, article, "release", releaser=actor.login, remark="", due_at=None)
    publish_article(room, key)
    return require_article(room.office, key)


def schedule(room: Newsroom, actor: Actor, key: str, edition: int, day: str, time: str) -> Article:
    """Let the manuscript be published at a time to come. NotAccepted if it is none."""
    due_at = parse_moment(day, time, room.office.now())
    _require_releasable(room, actor, key, edition, "schedule")
    with room.office.store.transaction():
        article = _as_seen(room.office, key, edition)
        return _move(
            room.office, actor, article, "schedule", releaser=actor.login, due_at=due_at, remark=""
        )


def parse_moment(day: str, time: str, now: datetime) -> datetime:
    """Read a typed day and time in China, as 2026-12-01 and 08:30; it must be still to come."""
    try:
        local = datetime.strptime(f"{fold_width(day)} {fold_width(time)}", "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError:
        raise NotAccepted("日期写成 2026-12-01，时间写成 08:30") from None
    moment = local.replace(tzinfo=CENTRE_ZONE)
    if moment <= now:
        raise NotAccepted("这个时间已经过了。要马上发布，请点“发布”")
    if moment > now + _LATEST:
        raise NotAccepted("最多定到一年以后，请写近一点的日期")
    return moment.astimezone(now.tzinfo)


def withdraw_article(room: Newsroom, actor: Actor, key: str, edition: int, typed: str) -> Article:
    """Take the page from the site at once; its text stays in the versions.

    SiteProblem, and nothing changed, if other pages would then lead nowhere.
    """
    reason = _reason(typed, "为什么撤下")
    adopt_files(room, [key])
    _require_step(_as_seen(room.office, key, edition), "withdraw", actor)
    if problems := check_candidate(room.builder, key, None):
        raise SiteProblem(problems)
    with room.office.store.transaction():
        article = _as_seen(room.office, key, edition)
        _move(
            room.office,
            actor,
            article,
            "withdraw",
            releaser=actor.login,
            remark=reason,
            due_at=None,
        )
    publish_article(room, key)
    return require_article(room.office, key)


def _require_releasable(room: Newsroom, actor: Actor, key: str, edition: int, code: str) -> None:
    _require_step(_as_seen(room.office, key, edition), code, actor)
    adopt_files(room, [key])
    _require_publishable(room, require_article(room.office, key))


def _require_publishable(room: Newsroom, article: Article) -> None:
    if article.base != article.live:
        raise NotAllowed(DISTURBED)
    if problems := problems_of_manuscript(room, article.key, article.text):
        raise SiteProblem(problems)


def _as_seen(office: Office, key: str, edition: int) -> Article:
    """Return the article, if it is still as the actor saw it. Changed otherwise."""
    article = require_article(office, key)
    if article.edition != edition:
        raise Changed(key)
    return article


def _reason(typed: str, asked: str) -> str:
    reason = clean_text(typed, multi_line=True)
    if not reason:
        raise NotAccepted(f"请写明{asked}")
    if len(reason) > _LONGEST_REASON:
        raise NotAccepted(f"“{asked}”最多写 {_LONGEST_REASON} 个字")
    return reason


def _move(
    office: Office, actor: Actor, article: Article, code: str, *earlier: Event, **changes: Any
) -> Article:
    """Ask the table, then write history, row and log: every step goes through here."""
    step, now = _require_step(article, code, actor), office.now()
    after = replace(article, state=ArticleState(step.target), changed_at=now, **changes)
    event = step.event(at=now, actor=actor.login, text=str(changes.get("remark", "")))
    return record_article_event(office, article, after, NewsroomStep(step), *earlier, event)


def _require_step(article: Article, code: str, actor: Actor) -> Step:
    return require_step(ARTICLE_WORKFLOW, article.snapshot, code, actor)

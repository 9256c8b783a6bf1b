"""Released articles on their way to the site: published at once, or by the minute when due.

An article is marked before its file is written and settled after the site stands; killed in
between, the next minute does it again. A failure puts the file back and the article before
whoever releases it, with the reason; readers see what they saw before.
"""

import logging
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from portal.domain.audit.actions import AuditAction
from portal.domain.content.articles import (
    PENDING,
    Article,
    ArticleState,
    Change,
    Version,
)
from portal.domain.content.events import PublicationFailed, ReleaseDue
from portal.domain.records.event import Event
from portal.newsroom.content_folder import (
    DailyTry,
    Newsroom,
    adopt_files,
    changed_in_folder,
    digest_of_text,
    live_text,
    live_version,
    look_again,
    require_article,
    set_aside,
)
from portal.newsroom.journal import record_article_event
from portal.publishing.content_files import built_on, check_candidate, put_page, read_page
from portal.store import articles
from site_src.collections import COLLECTIONS
from site_src.errors import SiteBusy, SiteProblem
from site_src.manuscripts import explain_problems
from site_src.stamp import make_stamp

_LONGEST_PAUSE = timedelta(hours=1)
_log = logging.getLogger("portal")


def publish_due(room: Newsroom) -> None:
    """Take in, release, publish and build what is due; called each minute."""
    for collection in COLLECTIONS:
        adopt_files(room, changed_in_folder(room, collection))
    release_due(room)
    for article in articles.articles_in(room.office.store, PENDING):
        publish_article(room, article.key)
    _build_daily(room)


def release_due(room: Newsroom) -> None:
    """Mark to be published what was scheduled for a time that has come."""
    now = room.office.now()
    for article in articles.articles_in(room.office.store, [ArticleState.SCHEDULED]):
        if article.due_at and article.due_at <= now:
            _release_due(room, article)


def _release_due(room: Newsroom, article: Article) -> None:
    problems: list[str] = []
    if article.base != article.live:
        problems = ["定时以后，有人在文件夹里改过这篇文章。请比一比再发布"]
    problems = problems or explain_problems(
        article.key, article.text, check_candidate(room.builder, article.key, article.text)
    )
    if problems:
        _come_back(room, article, problems)
        return
    after = replace(article, state=ArticleState.PUBLISHING, due_at=None, remark="")
    due = ReleaseDue(at=room.office.now(), actor="system")
    _save(room, article, after, AuditAction.ARTICLE_DUE, due)


def publish_article(room: Newsroom, key: str) -> None:
    """Publish an article that is marked for it, or take its page down; waits for its turn."""
    with room.builder.turn:
        article = require_article(room.office, key)
        if article.state in PENDING:
            _publish(room, article)


def _publish(room: Newsroom, article: Article) -> None:
    wanted = article.text if article.state is ArticleState.PUBLISHING else None
    live = live_text(room.office, article)
    try:
        if read_page(room.builder, article.key) not in (wanted, live):
            raise SiteProblem(["文件夹里的文件刚刚有人改过。请比一比再发布"])
    except SiteProblem as problem:
        _come_back(room, article, list(problem.problems))
        return
    path = room.builder.file_of(article.key)
    try:
        put_page(path, wanted)
        room.builder.rebuild()
    except SiteBusy:
        return  # the file stays; the next minute builds
    except Exception as error:
        # Whatever it was: the file must go back and the reason be told.
        with suppress(OSError):
            put_page(path, live)
        _come_back(room, article, _explain(article, error))
        return
    _settle(room, article)
    look_again(room, article.key)


def _explain(article: Article, error: Exception) -> list[str]:
    if isinstance(error, SiteProblem):
        return explain_problems(article.key, article.text, error.problems)
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("publishing failed: %s\n%s", type(error).__name__, where)
    if isinstance(error, OSError):
        return [f"文件存不下来（{error.strerror}）。请告诉系统管理员看看磁盘和权限"]
    return ["是程序的问题，已经记下来了。请告诉系统管理员"]


def _come_back(room: Newsroom, article: Article, problems: list[str]) -> None:
    state = ArticleState.SUBMITTED
    if article.state is ArticleState.REMOVING:
        state = (
            ArticleState.PUBLISHED
            if digest_of_text(article.text) == article.fingerprint
            else ArticleState.DRAFT
        )
    remark = "\n".join(["没有发布成，网站还是原来的样子。", *problems])
    after = replace(article, state=state, remark=remark, releaser="", due_at=None)
    failed = PublicationFailed(at=room.office.now(), actor="system", text=remark)
    _save(room, article, after, AuditAction.ARTICLE_CAME_BACK, failed)


def _settle(room: Newsroom, article: Article) -> None:
    """Keep the version that is live now, or was until now."""
    with room.office.store.transaction():
        if article.state is ArticleState.PUBLISHING:
            _settle_release(room, article)
        else:
            _settle_removal(room, article)


def _settle_release(room: Newsroom, article: Article) -> None:
    number = article.latest + 1
    version = Version(
        article=article.key,
        number=number,
        text=article.text,
        author=article.author,
        releaser=article.releaser,
        at=room.office.now(),
        change=Change.RELEASED,
        reason=article.remark,
    )
    after = replace(
        article,
        state=ArticleState.PUBLISHED,
        latest=number,
        live=number,
        base=number,
        fingerprint=digest_of_text(article.text),
        authors=(),
    )
    _save(room, article, after, AuditAction.ARTICLE_GONE_LIVE, articles.make_version(version))


def _settle_removal(room: Newsroom, article: Article) -> None:
    """Keep a manuscript that is in no version yet as one: nobody shall lose his words."""
    office = room.office
    live = live_version(office, article)
    text, author = (live.text, live.author) if live else ("", article.author)
    known = {one.text for one in articles.versions_of(office.store, article.key)}
    earlier = [] if article.text in known else [set_aside(office, article)]
    number = article.latest + len(earlier) + 1
    version = Version(
        article=article.key,
        number=number,
        text=text,
        author=author,
        releaser=article.releaser,
        at=office.now(),
        change=Change.WITHDRAWN,
        reason=article.remark,
    )
    after = replace(
        article,
        state=ArticleState.WITHDRAWN,
        latest=number,
        live=0,
        base=0,
        fingerprint=digest_of_text(None),
    )
    last = articles.make_version(version)
    _save(room, article, after, AuditAction.ARTICLE_TAKEN_DOWN, *earlier, last)


def _save(
    room: Newsroom, before: Article, after: Article, act: AuditAction, *events: Event
) -> None:
    """Write what is done to an article without anybody's act."""
    office, (*earlier, last) = room.office, events
    by_itself = replace(last, actor="system")
    with office.store.transaction():
        changed = replace(after, changed_at=last.at)
        record_article_event(office, before, changed, act, *earlier, by_itself)


def _build_daily(room: Newsroom) -> None:
    """Build once on a new day: notices end and lists are taken down by the day.

    What failed is tried again when anything that it was made from has changed, or after an hour.
    """
    today, built, now = room.office.today(), built_on(room.builder), room.office.now()
    if built is None or built >= today:
        room.tries.clear()
        return
    stamp = make_stamp(room.builder.root, "", today)
    if any(one.stamp == stamp and now - one.at < _LONGEST_PAUSE for one in room.tries):
        return
    problems: tuple[str, ...] = ()
    try:
        with room.builder.turn:
            room.builder.rebuild()
    except SiteBusy:
        return
    except SiteProblem as problem:
        problems = problem.problems
        for line in problems:
            _log.error("daily building: %s", line)
    room.tries.append(DailyTry(stamp, now, problems))

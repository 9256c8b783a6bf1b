"""Released articles on their way to the site: printed at once, or by the minute when due.

An article is marked before its file is written and settled after the site stands; killed in
between, the next minute does it again. A failure puts the file back and the article before
whoever releases it, with the reason; readers see what they saw before.
"""

import logging
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import date

from portal.domain.articles import COLLECTION_LABELS, PENDING, Article, Change, State, Version
from portal.operations.newsroom import (
    Newsroom,
    find_article,
    live_text,
    mark_of,
    take_in_collection,
)
from portal.publishing.press import built_on, check_candidate, put_page, read_page
from portal.store import articles, audit
from site_src.errors import SiteBusy, SiteProblem
from site_src.manuscripts import explain_problems

_log = logging.getLogger("portal")


def print_minute(room: Newsroom, tried: date | None = None) -> date | None:
    """What the press does each minute. `tried` is the last day on which the daily building was
    tried; returns it for the next minute."""
    for collection in COLLECTION_LABELS:
        take_in_collection(room, collection)
    release_due(room)
    for article in articles.articles_in(room.office.db, PENDING):
        print_article(room, article.key)
    return _build_daily(room, tried)


def release_due(room: Newsroom) -> None:
    """Mark for the press what was scheduled for a time that has come."""
    now = room.office.now()
    for article in articles.articles_in(room.office.db, [State.SCHEDULED]):
        if article.due_at and article.due_at <= now:
            _release_due(room, article)


def _release_due(room: Newsroom, article: Article) -> None:
    problems: list[str] = []
    if article.base != article.live:
        problems = ["定时以后，有人在文件夹里改过这篇文章。请比一比再发布"]
    problems = problems or explain_problems(
        article.key, article.text, check_candidate(room.press, article.key, article.text)
    )
    after = replace(article, state=State.PRINTING, due_at=None, remark="")
    if problems:
        after = replace(after, state=State.SUBMITTED, remark=_failed_words(problems), releaser="")
    _save(room, article, after, "article came back" if problems else "article due")


def print_article(room: Newsroom, key: str) -> None:
    """Print an article that is marked for it, or take its page down; waits for its turn."""
    with room.press.turn:
        article = find_article(room.office, key)
        if article.state in PENDING:
            _print(room, article)


def _print(room: Newsroom, article: Article) -> None:
    wanted = article.text if article.state is State.PRINTING else None
    live = live_text(room.office, article)
    try:
        if read_page(room.press, article.key) not in (wanted, live):
            raise SiteProblem(["文件夹里的文件刚刚有人改过。请比一比再发布"])
    except SiteProblem as problem:
        _come_back(room, article, list(problem.problems))
        return
    path = room.press.file_of(article.key)
    try:
        put_page(path, wanted)
        room.press.rebuild()
    except SiteBusy:
        return  # the file stays; the next minute builds
    except Exception as error:
        # Whatever it was: the file must go back and the reason be told.
        with suppress(OSError):
            put_page(path, live)
        _come_back(room, article, _explain(article, error))
        return
    _settle(room, article, live)


def _explain(article: Article, error: Exception) -> list[str]:
    if isinstance(error, SiteProblem):
        return explain_problems(article.key, article.text, error.problems)
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("printing failed: %s\n%s", type(error).__name__, where)
    if isinstance(error, OSError):
        return [f"文件存不下来（{error.strerror}）。请告诉系统管理员看看磁盘和权限"]
    return ["是程序的问题，已经记下来了。请告诉系统管理员"]


def _failed_words(problems: list[str]) -> str:
    return "没有发布成，网站还是原来的样子。\n" + "\n".join(problems)


def _come_back(room: Newsroom, article: Article, problems: list[str]) -> None:
    state = State.SUBMITTED
    if article.state is State.REMOVING:
        state = State.PUBLISHED if mark_of(article.text) == article.mark else State.DRAFT
    remark = _failed_words(problems)
    after = replace(article, state=state, remark=remark, releaser="")
    _save(room, article, after, "article came back")


def _settle(room: Newsroom, article: Article, live: str | None) -> None:
    """Keep the version that is live now, or was until now."""
    number, gone = article.latest + 1, article.state is State.REMOVING
    version = Version(
        article.key,
        number,
        (live or "") if gone else article.text,
        article.author,
        article.releaser,
        room.office.now(),
        Change.WITHDRAWN if gone else Change.RELEASED,
        article.remark,
    )
    now_live = 0 if gone else number
    after = replace(
        article,
        state=State.WITHDRAWN if gone else State.PUBLISHED,
        latest=number,
        live=now_live,
        base=now_live,
        mark=mark_of(None if gone else article.text),
    )
    with room.office.db.transaction():
        articles.add_version(room.office.db, version)
        _save(room, article, after, "article gone live" if now_live else "article taken down")


def _save(room: Newsroom, before: Article, after: Article, act: str) -> None:
    office = room.office
    now = office.now()
    with office.db.transaction():
        articles.save_article(office.db, before, replace(after, changed_at=now))
        audit.record(office.db, office.ring, now, "system", act, after.key)


def _build_daily(room: Newsroom, tried: date | None) -> date | None:
    """Build once on a new day: notices end and lists are taken down by the day."""
    today, built = room.office.today(), built_on(room.press)
    if built is None or built >= today or tried == today:
        return tried
    try:
        with room.press.turn:
            room.press.rebuild()
    except SiteBusy:
        return tried
    except SiteProblem as problem:
        for line in problem.problems:
            _log.error("daily building: %s", line)
    return today

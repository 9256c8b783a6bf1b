"""Writing for the site in the workbench: the articles, a manuscript, its versions, its release."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import Blueprint, g, redirect, render_template, request, url_for
from markupsafe import Markup

from portal.domain.accounts.permissions import Permission
from portal.domain.content.articles import (
    ARTICLE_WORKFLOW,
    CHANGE_LABELS,
    FOLDER_AUTHOR,
    STATE_LABELS,
    Article,
)
from portal.domain.content.diff import DiffLine
from portal.domain.records.engine import steps_open_to
from portal.domain.shared.errors import Changed, NotAccepted, NotFound
from portal.domain.shared.text_cleaning import clean_text
from portal.newsroom import manuscripts, overview
from portal.newsroom.content_folder import Newsroom
from portal.newsroom.overview import ArticleView
from portal.staff.accounts.sign_in import actor
from portal.staff.content.article_form import (
    Manuscript,
    blank_manuscript,
    posted_manuscript,
    shown_manuscript,
)
from portal.staff.content.preview import render_preview
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import TIRED, QuestionForm, ask
from portal.web.guards import guarded
from site_src.collections import COLLECTIONS, name_tabs
from site_src.errors import SiteProblem
from site_src.local_numbers import fill_local_numbers

_NUMBER = re.compile(r"[0-9]{1,9}")
_OVERTAKEN = "这一篇刚刚有人改过（也可能是您点了两次）。您写的还在下面"
DONE = {
    "save": "保存好了。",
    "submit": "送审了。要换一个人来发布。",
    "return": "退回去了。",
    "take_back": "拿回来了，可以接着改。",
    "keep": "好的，按您的稿子来。",
    "restore": "恢复好了，现在是一份草稿，看过以后请送审。",
    "schedule": "定好了，到时间自动发布。",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """The page besides the article: what was typed and what came of it.

    `other`: what somebody else changed meanwhile, against what was typed here. `unmended`: the
    body as it was typed, before a mend that is not saved.
    """

    manuscript: Manuscript | None = None
    edition: int | None = None
    problems: tuple[str, ...] = ()
    preview: bool = False
    other: tuple[DiffLine, ...] = ()
    typed: str = ""
    wanted: str = ""
    unmended: str | None = None


def blueprint(room: Newsroom) -> Blueprint:
    """Build the routes of writing for the site."""
    routes = Blueprint("editing", __name__)

    @routes.get("/content")
    @guarded(Permission.OPEN_CONTENT)
    def article_list() -> Answer:
        """List the articles of a collection."""
        return _show_articles(room)

    @routes.route("/content/new/<collection>", methods=["GET", "POST"])
    @guarded(Permission.WRITE_CONTENT, reshows=True)
    def new(collection: str) -> Answer:
        """Begin an article."""
        return _begin(room, collection)

    @routes.route("/content/<collection>/<slug>", methods=["GET", "POST"])
    @guarded(Permission.OPEN_CONTENT, reshows=True)
    def article(collection: str, slug: str) -> Answer:
        """Show an article: write on it, look at it, hand it over."""
        opened = overview.open_article(room, actor(), collection, slug)
        return _write(room, opened) if request.method == "POST" else _show(room, opened, Desk())

    @routes.get("/content/<collection>/<slug>/history")
    @guarded(Permission.OPEN_CONTENT)
    def history(collection: str, slug: str) -> Answer:
        """List the versions, and what one of them changed."""
        return _show_history(room, collection, slug)

    @routes.post("/content/<collection>/<slug>/<code>")
    @guarded(Permission.OPEN_CONTENT, reshows=True)
    def act(collection: str, slug: str, code: str) -> Answer:
        """Release, return, withdraw and the like."""
        return _act(room, collection, slug, code)

    return routes


def _show_articles(room: Newsroom) -> Answer:
    collection = request.args.get("of", next(iter(name_tabs())))
    wanted = clean_text(request.args.get("q", ""))
    state = request.args.get("state", "")
    found = [
        one
        for one in overview.list_articles(room, actor(), collection)
        if (not state or one.state == state) and (wanted in one.title or wanted in one.slug)
    ]
    return render_template(
        "article_list.html",
        articles=found,
        collection=collection,
        wanted=wanted,
        state=state,
        collections=name_tabs(),
        waiting=overview.count_waiting(room.office, actor()),
        states=STATE_LABELS,
        folder=FOLDER_AUTHOR,
        moved=overview.is_folder_changed(room, actor(), collection),
        failed=overview.list_building_problems(room, actor()),
    )


def _begin(room: Newsroom, collection: str) -> Answer:
    if collection not in COLLECTIONS:
        raise NotFound(collection)
    if request.method == "GET":
        return _show_new(room, blank_manuscript(collection))
    manuscript = posted_manuscript(collection)
    if not g.token_fits:
        return _show_new(room, manuscript, (TIRED,)), 422
    button = request.form.get("button", "")
    if button.startswith("mend "):
        return _show_new(room, manuscript.mended(button), unmended=manuscript.body)
    if button == "preview":
        return _show_new(room, manuscript, preview=True)
    form, slug = ask((), room.office.context()), clean_text(request.form.get("slug", ""))

    def act() -> Answer:
        article = manuscripts.begin_article(room.office, actor(), collection, slug, manuscript.text)
        return _hand_over(room, form, article, Desk(manuscript))

    return attempt(
        form, act, lambda: _show_new(room, manuscript, form.problems), NOT_STORED_AT_WORK
    )


def _show_new(
    room: Newsroom,
    manuscript: Manuscript,
    problems: tuple[str, ...] = (),
    preview: bool = False,
    unmended: str | None = None,
) -> str:
    collection = manuscript.collection
    known = overview.known_choices(room, actor(), collection)
    return render_template(
        "article_new.html",
        collection=collection,
        manuscript=manuscript,
        questions=manuscript.questions(known),
        slug=clean_text(request.form.get("slug", "")),
        problems=problems,
        preview=_preview(room, manuscript) if preview else None,
        unmended=unmended,
        collections=name_tabs(),
    )


def _preview(room: Newsroom, manuscript: Manuscript) -> Markup:
    office = room.office
    return render_preview(fill_local_numbers(manuscript.body, office.rules.local, office.today()))


def _write(room: Newsroom, opened: ArticleView) -> Answer:
    article, manuscript = opened.article, posted_manuscript(opened.article.collection)
    edition = _edition(opened)
    desk = Desk(manuscript, edition)
    if not g.token_fits:
        return _show(room, opened, replace(desk, problems=(TIRED,))), 422
    button = request.form.get("button", "")
    if button.startswith("mend "):
        mended = replace(desk, manuscript=manuscript.mended(button), unmended=manuscript.body)
        return _show(room, opened, mended)
    if button == "preview":
        return _show(room, opened, replace(desk, preview=True))
    form = ask((), room.office.context())

    def act() -> Answer:
        nonlocal desk
        try:
            saved = manuscripts.save_manuscript(
                room.office, actor(), article.key, edition, manuscript.text
            )
        except Changed:
            other = overview.compare_manuscripts(article.collection, article.text, manuscript.text)
            desk = replace(desk, edition=article.edition, other=other)
            raise Changed(_OVERTAKEN) from None
        return _hand_over(room, form, saved, desk)

    def redisplay() -> str:
        return _show(room, opened, replace(desk, problems=form.problems))

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


def _hand_over(room: Newsroom, form: QuestionForm, saved: Article, desk: Desk) -> Answer:
    """Hand the saved article over if that was the button."""
    if request.form.get("button") != "submit":
        return _back_to_article(saved.collection, saved.slug, "save")

    def act() -> Answer:
        with _put_in_words(form):
            manuscripts.submit_for_release(room, actor(), saved.key, saved.edition)
        return _back_to_article(saved.collection, saved.slug, "submit")

    def redisplay() -> str:
        opened = overview.open_article(room, actor(), saved.collection, saved.slug)
        problems = ("草稿保存好了，还不能送审", *form.problems)
        return _show(room, opened, replace(desk, edition=saved.edition, problems=problems))

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


@contextmanager
def _put_in_words(form: QuestionForm) -> Iterator[None]:
    """Say what the newsroom found: each problem of the site on its own, who was quicker."""
    try:
        yield
    except Changed:
        raise Changed(_OVERTAKEN) from None
    except SiteProblem as refused:
        *others, last = refused.problems
        for words in others:
            form.add_problem(words)
        raise NotAccepted(last) from None


def _back_to_article(collection: str, slug: str, done: str) -> Answer:
    return redirect(url_for("editing.article", collection=collection, slug=slug, done=done), 303)


def _edition(opened: ArticleView) -> int:
    typed = request.form.get("edition", "")
    return int(typed) if _NUMBER.fullmatch(typed) else 0


def _show(room: Newsroom, opened: ArticleView, desk: Desk) -> str:
    article = opened.article
    acts = {act.code: act for act in steps_open_to(ARTICLE_WORKFLOW, article.snapshot, actor())}
    manuscript = desk.manuscript or shown_manuscript(article.collection, article.text)
    writing = manuscript is not None and ("save" in acts or desk.manuscript is not None)
    done, hints = request.args.get("done", ""), list[str]()
    if done == "save" and writing and manuscript:
        hints = manuscripts.problems_of_manuscript(room, article.key, article.text)
        beside = {f"正文第 {loss.row + 1} 行：{loss.remedy}" for loss in manuscript.losses}
        hints = [hint for hint in hints if hint not in beside]
    known = overview.known_choices(room, actor(), article.collection) if manuscript else {}
    return render_template(
        "article.html",
        article=article,
        acts=acts,
        opened=opened,
        desk=desk,
        address=COLLECTIONS[article.collection].address_of(article.slug),
        manuscript=manuscript,
        writing=writing,
        hints=hints,
        done=DONE.get(done, ""),
        questions=manuscript.questions(known) if manuscript else (),
        preview=_preview(room, manuscript)
        if manuscript and (desk.preview or not writing)
        else None,
        collections=name_tabs(),
        states=STATE_LABELS,
        folder=FOLDER_AUTHOR,
    )


def _show_history(room: Newsroom, collection: str, slug: str) -> Answer:
    opened = overview.open_article(room, actor(), collection, slug)
    versions = overview.list_versions(room.office, actor(), collection, slug)
    typed = request.args.get("number", "")
    chosen = int(typed) if _NUMBER.fullmatch(typed) else (versions[0].number if versions else 0)
    lines = overview.compare_with_previous(versions, chosen) if versions else ()
    acts = {
        act.code: act for act in steps_open_to(ARTICLE_WORKFLOW, opened.article.snapshot, actor())
    }
    return render_template(
        "article_history.html",
        article=opened.article,
        opened=opened,
        versions=versions,
        chosen=chosen,
        lines=lines,
        acts=acts,
        labels=CHANGE_LABELS,
        collections=name_tabs(),
        folder=FOLDER_AUTHOR,
    )


def _act(room: Newsroom, collection: str, slug: str, code: str) -> Answer:
    opened = overview.open_article(room, actor(), collection, slug)
    words = clean_text(request.form.get("words", ""), multi_line=True)
    desk, form = Desk(typed=words, wanted=code), ask((), room.office.context())
    if not g.token_fits:
        return _show(room, opened, replace(desk, problems=(TIRED,))), 422

    def act() -> Answer:
        with _put_in_words(form):
            _perform(room, opened.article.key, code, words)
        return _back_to_article(collection, slug, code)

    def redisplay() -> str:
        now = overview.open_article(room, actor(), collection, slug)
        return _show(room, now, replace(desk, problems=form.problems))

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


def _perform(room: Newsroom, key: str, code: str, words: str) -> None:
    """Do what the button says. NotFound for one that is not there."""
    office, editor = room.office, actor()
    form = request.form
    typed = form.get("edition", ""), form.get("number", "0")
    if not all(map(_NUMBER.fullmatch, typed)):
        raise NotAccepted("这一页的内容不全。请重新打开这一篇，再办一次")
    edition, number = map(int, typed)
    match code:
        case "release":
            manuscripts.release(room, editor, key, edition)
        case "schedule":
            day, time = form.get("day", ""), form.get("time", "")
            manuscripts.schedule(room, editor, key, edition, day, time)
        case "withdraw":
            manuscripts.withdraw_article(room, editor, key, edition, words)
        case "return":
            manuscripts.return_manuscript(office, editor, key, edition, words)
        case "take_back":
            manuscripts.take_back(office, editor, key, edition)
        case "keep":
            manuscripts.keep_manuscript(office, editor, key, edition)
        case "restore":
            manuscripts.restore_version(office, editor, key, edition, number)
        case _:
            raise NotFound(code)

"""The pages of writing for the site: nothing typed is lost, nothing typed runs."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from werkzeug.test import TestResponse

from portal.domain.content.articles import ArticleState
from portal.newsroom import manuscripts, overview
from portal.newsroom.content_folder import adopt_files
from portal.newsroom.release import publish_due
from portal.server.serve import make_app, open_newsroom
from portal.settings.config import Config
from portal.staff.content.preview import render_preview
from portal.store.engine.database import RowTable
from site_src.errors import SiteProblem
from site_src.manuscripts import write_manuscript
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import full_disk
from tests.support.databases import each_database
from tests.support.newsroom import (
    ANOTHER_EDITOR,
    APPROVER,
    BODY,
    EDITOR,
    KEY,
    NOTICE,
    TEXT,
    Publisher,
    typed,
)
from tests.support.walking import went_on

PAGE = f"/staff/content/{KEY}"
NEW = "/staff/content/new/notices"
FIELDS = {f"m-{name}": text for name, text in NOTICE.items()} | {"body": BODY}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[点我](javascript:alert(1))",
    "[点我](data:text/html;base64,PHNjcmlwdD4=)",
    "[点我](//evil.example/)",
    "[点我](https://evil.example/)",
    "![图](https://evil.example/x.png)",
    "<svg onload=alert(1)>",
    "<iframe src=/staff/account></iframe>",
    '# 标题 {: onclick="alert(1)" style="position:fixed" class="button danger" }',
    "--8<-- \"/etc/passwd\"",
    "<a href=\"/staff/\" onmouseover=alert(1)>x</a>",
    "<javascript:alert(1)>",
    "<style>*{display:none}</style>",
    "<form action=/staff/sign-out method=post><button>x</button></form>",
    "</textarea><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "!!! note\n    <b onclick=alert(1)>x</b>",
]  # fmt: skip


def open_page(publisher: Publisher, login: str = "editor", page: str = PAGE) -> Browser:
    """A member of staff with a page open."""
    browser = publisher.centre.staff(login)
    assert browser.get(page).status_code == 200
    return browser


def test_a_page_goes_from_the_first_word_to_the_site_through_the_forms(
    publisher: Publisher,
) -> None:
    editor = open_page(publisher, page=NEW)
    sent = editor.post(NEW, FIELDS | {"slug": "winter-schooling", "button": "submit"})
    assert went_on(sent) == f"{PAGE}?done=submit"
    shown = editor.get(PAGE)
    assert "要换一个人来发布" in words_of(shown)
    assert f"{PAGE}/release" not in shown.text
    refused = editor.post(f"{PAGE}/release", {"edition": "2"})
    assert refused.status_code == 403
    assert "要换一个人来办" in words_of(refused)
    approver = open_page(publisher, "approver")
    shelf = words_of(approver.get("/staff/content?of=notices&state=submitted"))
    assert NOTICE["title"] in shelf
    assert "1 篇待审发" in shelf
    assert went_on(approver.post(f"{PAGE}/release", {"edition": "2"})) == f"{PAGE}?done=release"
    assert "已发布" in words_of(approver.get(PAGE))
    assert publisher.file().read_text("utf-8") == TEXT == publisher.live[KEY]


def test_the_form_shows_the_file_and_saving_it_unchanged_changes_nothing(
    publisher: Publisher,
) -> None:
    page = "/staff/content/rights-cards/unpaid-wages"
    adopt_files(publisher.room, ["rights-cards/unpaid-wages"])
    editor = open_page(publisher, page=page)
    before = publisher.article("rights-cards/unpaid-wages")
    filled = typed(editor.get(page), "rights-cards")
    assert went_on(editor.post(page, filled | {"button": "save"}))
    assert publisher.article("rights-cards/unpaid-wages") == before
    assert editor.post(page, filled | {"m-title": "新标题", "button": "save"}).status_code == 303
    after = publisher.article("rights-cards/unpaid-wages")
    assert (
        after.text.replace("新标题", before.title).splitlines()[2:]
        == (before.text.splitlines()[2:])
    )


def test_a_preview_stores_nothing(publisher: Publisher) -> None:
    publisher.draft()
    editor = open_page(publisher)
    before = publisher.centre.contents()
    shown = editor.post(PAGE, FIELDS | {"body": "# 大\n\n**很重要**", "edition": "1",
                                        "button": "preview"})  # fmt: skip
    assert "<strong>很重要</strong>" in shown.text
    assert typed_in(shown, "body") == ["# 大\n\n**很重要**"]
    new = editor.post(NEW, FIELDS | {"slug": "x", "button": "preview"})
    assert "<strong>不收钱</strong>" in new.text
    assert typed_in(new, "slug") == ["x"]
    assert publisher.centre.contents() == before


@pytest.mark.parametrize("text", [*HOSTILE, "[x]: javascript:alert(1)\n\n[x]"])
def test_nothing_that_is_typed_runs_in_a_preview(text: str) -> None:
    html = render_preview(text).lower()
    for tag in ("script", "img src=x", "svg", "iframe", "style", "form", "button", "b onclick"):
        assert f"<{tag}" not in html
    inside = html.replace("&lt;", "").partition("&")[0]
    for part in ("href=\"javascript", "href=\"data", "href=\"//", "href=\"http", "src=\"http",
                 "style=", 'class="button'):  # fmt: skip
        assert part not in html, inside
    assert "root:" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_shown_and_never_handed_over(
    publisher: Publisher, text: str
) -> None:
    editor = open_page(publisher, page=NEW)
    fields = FIELDS | {"body": text, "m-title": text.replace("\n", " "), "slug": "winter-schooling"}
    shown = editor.post(NEW, fields | {"button": "submit"})
    assert shown.status_code == 422
    assert publisher.article().state is ArticleState.DRAFT
    page = editor.get(PAGE)
    assert "<script" not in page.text
    assert "<iframe" not in page.text
    assert typed_in(page, "body") == [text]
    assert publisher.builds == 0


@pytest.mark.parametrize(
    "slug",
    ["../escape", "a/b", "A", "中文", "", "a" * 61, "-a", "a.md", "..", "a\0b/", "a b", ".a"],
)
def test_a_file_name_that_is_none_is_refused_and_the_text_kept(
    publisher: Publisher, slug: str
) -> None:
    editor = open_page(publisher, page=NEW)
    before = publisher.centre.contents()
    shown = editor.post(NEW, FIELDS | {"slug": slug, "button": "save"})
    assert shown.status_code == 422
    assert "文件名只能用" in words_of(shown)
    assert typed_in(shown, "body") == [BODY]
    assert typed_in(shown, "m-title") == [NOTICE["title"]]
    assert publisher.centre.contents() == before


@pytest.mark.parametrize(
    "address",
    ["nothing/x", "notices/..", "notices/none", "notices/%00", "rules/deadlines",
     "..%2F..%2Fetc/passwd"],
)  # fmt: skip
def test_an_address_without_an_article_is_not_found(publisher: Publisher, address: str) -> None:
    editor = open_page(publisher, page="/staff/content")
    for path in (f"/staff/content/{address}", f"/staff/content/{address}/history"):
        assert editor.get(path).status_code == 404
    assert editor.post(f"/staff/content/{address}", FIELDS | {"edition": "1"}).status_code == 404
    taken = editor.post(f"/staff/content/{address}/withdraw", {"edition": "1", "words": "错"})
    assert taken.status_code == 404


def test_characters_that_cannot_be_seen_or_stored_are_left_out(publisher: Publisher) -> None:
    editor = open_page(publisher, page=NEW)
    fields = FIELDS | {"body": "一\0二\u202e三\r\n四", "slug": "winter-schooling"}
    assert went_on(editor.post(NEW, fields | {"button": "save"}))
    assert typed_in(editor.get(PAGE), "body") == ["一二三\n四"]


def test_a_long_guide_fits_and_a_longer_one_is_refused_with_the_text_kept(
    publisher: Publisher,
) -> None:
    editor = open_page(publisher, page=NEW)
    fields = FIELDS | {"slug": "winter-schooling", "button": "save"}
    long = "困难职工。" * 4_000 + "\n\n末尾"
    assert went_on(editor.post(NEW, fields | {"body": long}))
    assert typed_in(editor.get(PAGE), "body") == [long]
    longer = "困难职工。" * 4_500
    shown = editor.post(PAGE, FIELDS | {"body": longer, "edition": "1", "button": "save"})
    assert shown.status_code == 422
    assert "文章太长了" in words_of(shown)
    assert typed_in(shown, "body") == [longer]
    assert editor.post(PAGE, FIELDS | {"body": "字" * 100_000}).status_code == 413


def test_text_that_would_tie_up_the_server_is_answered_at_once(publisher: Publisher) -> None:
    editor = open_page(publisher, page=NEW)
    for text in ("[" * 60_000, "1. " * 20_000):
        shown = editor.post(NEW, FIELDS | {"body": text, "slug": "x", "button": "preview"})
        assert "正文第 1 行" in words_of(shown)


def test_who_saves_from_a_stale_page_sees_both_texts_and_loses_nothing(
    publisher: Publisher,
) -> None:
    article = publisher.draft()
    editor = open_page(publisher)
    other = write_manuscript("notices", NOTICE, "别人写的。")
    manuscripts.save_manuscript(
        publisher.room.office, ANOTHER_EDITOR, KEY, article.edition, other
    )  # fmt: skip
    fields = FIELDS | {"body": "我写的。", "button": "save"}
    shown = editor.post(PAGE, fields | {"edition": str(article.edition)})
    assert shown.status_code == 409
    assert "别人写的。" in words_of(shown)
    assert typed_in(shown, "body") == ["我写的。"]
    assert publisher.article().text == other
    again = editor.post(PAGE, fields | {"edition": typed_in(shown, "edition")[-1]})
    assert went_on(again)
    assert "我写的。" in publisher.article().text


def test_a_page_that_lay_too_long_is_shown_again_with_what_was_typed(
    publisher: Publisher,
) -> None:
    publisher.draft()
    editor = open_page(publisher)
    fields = FIELDS | {"body": "长长的。", "edition": "1", "button": "save"}
    for address, extra in ((PAGE, {}), (NEW, {"slug": "x"})):
        shown = editor.post_as_is(address, fields | extra)
        assert shown.status_code == 422
        assert "放得太久了" in words_of(shown)
        assert typed_in(shown, "body") == ["长长的。"]
    act = editor.post_as_is(f"{PAGE}/withdraw", {"words": "写错了。", "edition": "1"})
    assert act.status_code == 422
    assert "写错了。" in words_of(act)
    stranger = publisher.centre.browser()
    stranger.get("/staff/sign-in")
    lost = stranger.post(PAGE, fields)
    assert lost.status_code == 401
    assert "长长的。" in words_of(lost)
    assert NOTICE["title"] in words_of(lost)


def test_what_cannot_be_stored_is_shown_again(publisher: Publisher) -> None:
    publisher.draft()
    editor = open_page(publisher)
    with full_disk():
        shown = editor.post(PAGE, FIELDS | {"body": "别丢。", "edition": "1", "button": "save"})
        new = editor.post(NEW, FIELDS | {"body": "别丢。", "slug": "x", "button": "save"})
    for page in (shown, new):
        assert page.status_code == 503
        assert typed_in(page, "body") == ["别丢。"]
    with patch.object(RowTable, "update", side_effect=OSError):
        assert editor.post(f"{PAGE}/keep", {"edition": "1"}).status_code == 500


def test_why_a_build_failed_stands_on_the_page(publisher: Publisher) -> None:
    publisher.submitted()
    publisher.jam = SiteProblem(["content/notices/winter-schooling.md 第 2 行：「标题」太怪"])
    approver = open_page(publisher, "approver")
    approver.post(f"{PAGE}/release", {"edition": "2"})
    shown = words_of(approver.get(f"{PAGE}?done=release"))
    assert "没有发布成，网站还是原来的样子。 「标题」太怪" in shown
    assert "没有发布成" in words_of(approver.get("/staff/content?of=notices"))


@each_database
def test_a_draft_that_is_not_ready_is_kept_and_told_what_it_lacks(publisher: Publisher) -> None:
    editor = open_page(publisher, page=NEW)
    fields = FIELDS | {"m-kind": "", "body": "看[这](/none/)。", "slug": "winter-schooling"}
    saved = editor.get(went_on(editor.post(NEW, fields | {"button": "save"})))
    assert "「类别」只能填" in words_of(saved)
    refused = editor.post(PAGE, fields | {"edition": "1", "button": "submit"})
    assert refused.status_code == 422
    assert "草稿保存好了，还不能送审" in words_of(refused)
    assert publisher.article().state is ArticleState.DRAFT


def test_returning_scheduling_and_withdrawing_by_their_buttons(publisher: Publisher) -> None:
    publisher.submitted()
    approver = open_page(publisher, "approver")
    empty = approver.post(f"{PAGE}/return", {"edition": "2", "words": " "})
    assert empty.status_code == 422
    bad = approver.post(f"{PAGE}/schedule", {"edition": "2", "day": "明天", "time": "8点"})
    assert "日期写成 2026-12-01" in words_of(bad)
    assert typed_in(bad, "day") == ["明天"]
    day = {"edition": "2", "day": "2026-12-01", "time": "08:30"}
    assert went_on(approver.post(f"{PAGE}/schedule", day))
    assert "2026年12月1日 08:30 发布" in words_of(approver.get(PAGE))
    assert went_on(approver.post(f"{PAGE}/return", {"edition": "3", "words": "写上地点。"}))
    editor = open_page(publisher)
    assert "写上地点。" in words_of(editor.get(PAGE))
    assert editor.post(f"{PAGE}/withdraw", {"edition": "1", "words": "错"}).status_code == 409
    nothing_there = editor.post(f"{PAGE}/withdraw", {"edition": "4", "words": "错"})
    assert nothing_there.status_code == 403


def test_versions_are_listed_compared_and_restored(publisher: Publisher) -> None:
    first = publisher.released()
    publisher.file().write_text(TEXT.replace("不收钱", "一分钱不收"), "utf-8")
    adopt_files(publisher.room, [KEY])
    editor = open_page(publisher, page=f"{PAGE}/history")
    shown = editor.get(f"{PAGE}/history")
    assert "第 2 版：在文件夹里改的 文件夹里是这一版，下次建站换上" in words_of(shown)
    assert "删 请在十二月前来登记，**不收钱**。" in words_of(shown)
    assert "加 请在十二月前来登记，**一分钱不收**。" in words_of(shown)
    assert editor.get(f"{PAGE}/history?number=9").status_code == 404
    edition = publisher.article().edition
    assert edition > first.edition
    sent = editor.post(f"{PAGE}/restore", {"edition": str(edition), "number": "1"})
    assert went_on(sent) == f"{PAGE}?done=restore"
    assert publisher.article().text == TEXT
    assert editor.post(f"{PAGE}/restore", {"edition": str(edition + 1), "number": "77"})
    assert publisher.article().text == TEXT


def test_a_file_that_the_form_cannot_read_is_shown_and_not_overwritten(
    publisher: Publisher,
) -> None:
    publisher.file().write_text("---\n标题: [甲\n---\n好", "utf-8")
    publish_due(publisher.room)
    editor = open_page(publisher)
    shown = words_of(editor.get(PAGE))
    assert "这里的表读不懂" in shown
    assert "标题: [甲" in shown
    publisher.file("notices/too-big").write_bytes(b"x" * 300_000)
    publish_due(publisher.room)
    assert "too-big" not in words_of(editor.get("/staff/content?of=notices"))


def test_the_real_build_puts_a_released_page_on_the_site(
    publisher: Publisher,
) -> None:
    root = publisher.root
    (root / "build" / "site" / "csp.json").unlink()
    (root / "build" / "site").rmdir()
    room = open_newsroom(publisher.centre.office, root, Config())
    publisher = replace(publisher, room=room)
    assert publisher.released().state is ArticleState.PUBLISHED
    app = make_app(room, root, Config())
    browser = Browser(app, "10.9.9.9", {})
    page: TestResponse = browser.get("/notices/winter-schooling/")
    assert page.status_code == 200
    assert "<strong>不收钱</strong>" in page.text
    manuscripts.withdraw_article(room, EDITOR, KEY, publisher.article().edition, "写错了。")
    assert browser.get("/notices/winter-schooling/").status_code == 404
    assert overview.list_versions(room.office, EDITOR, *KEY.split("/"))[0].releaser == EDITOR.login
    assert APPROVER.login in str(publisher.acts())

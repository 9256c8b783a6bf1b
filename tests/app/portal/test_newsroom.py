"""What publishing owes to writers: no words lost, none released alone, none told wrongly."""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.content.articles import Article, ArticleState, Change
from portal.domain.shared.errors import NotAllowed
from portal.newsroom import content_folder, manuscripts, overview
from portal.newsroom.release import publish_due
from portal.publishing.content_files import SiteBuilder, read_page
from portal.store import articles
from portal.store.migrations import v5_records
from site_src.errors import SiteBusy, SiteProblem
from tests.support import patience
from tests.support.browser import words_of
from tests.support.databases import each_database
from tests.support.newsroom import ANOTHER_EDITOR, APPROVER, EDITOR, KEY, LATER, TEXT, Publisher

PAGE = f"/staff/content/{KEY}"
SHELF = "/staff/content?of=notices"
MOVED = "文件夹里的内容刚刚变了，一分钟内会收进来"
UNBUILT = "文件夹里是这一版，下次建站换上"


def changes(publisher: Publisher) -> list[tuple[Change, str, str]]:
    """Why there are versions, with text and author, newest first."""
    found = articles.versions_of(publisher.room.office.store, KEY)
    return [(one.change, one.text, one.author) for one in found]


def built(publisher: Publisher, at: datetime) -> None:
    """Let the live site be one that a build made at that time."""
    site = publisher.root / "build" / "site"
    if not site.is_symlink():
        site.rename(site.with_name("site-1"))
        site.symlink_to("site-1")
    os.utime(site, (at.timestamp(), at.timestamp()))


@each_database
def test_a_row_from_before_there_were_several_authors_has_the_one(publisher: Publisher) -> None:
    article, store = publisher.submitted(), publisher.room.office.store
    old = {
        **{name: getattr(article, name) for name in Article.__dataclass_fields__
           if name not in {"authors", "fingerprint"}},
        "key": KEY, "mark": "", "state": str(article.state),
        "changed_at": article.changed_at.isoformat(),
    }  # fmt: skip
    store.db.table("articles").truncate()
    store.db.table("events").truncate()
    store.db.table("articles").insert(old)
    v5_records.migrate_to_v5(store)
    assert articles.find_article(store, KEY) == replace(article, authors=("editor",))


@each_database
def test_who_restores_a_draft_that_was_set_aside_takes_its_authors_over(
    publisher: Publisher,
) -> None:
    room, office = publisher.room, publisher.room.office
    saved = manuscripts.save_manuscript(office, EDITOR, KEY, publisher.released().edition, LATER)
    first = manuscripts.restore_version(office, ANOTHER_EDITOR, KEY, saved.edition, 1)
    again = manuscripts.restore_version(office, ANOTHER_EDITOR, KEY, first.edition, 2)
    assert (first.authors, again.authors) == (("second",), ("editor", "second"))
    handed = manuscripts.submit_for_release(room, ANOTHER_EDITOR, KEY, again.edition)
    with pytest.raises(NotAllowed):
        manuscripts.release(room, EDITOR, KEY, handed.edition)


@each_database
def test_a_draft_in_work_outlives_the_withdrawal_of_its_page(publisher: Publisher) -> None:
    room, office = publisher.room, publisher.room.office
    saved = manuscripts.save_manuscript(
        office, ANOTHER_EDITOR, KEY, publisher.released().edition, LATER
    )
    gone = manuscripts.withdraw_article(room, EDITOR, KEY, saved.edition, "写错了。")
    assert (gone.state, gone.latest, gone.live, gone.base) == (ArticleState.WITHDRAWN, 3, 0, 0)
    assert changes(publisher) == [
        (Change.WITHDRAWN, TEXT, "editor"),
        (Change.SET_ASIDE, LATER, "second"),
        (Change.RELEASED, TEXT, "editor"),
    ]
    publisher.file().write_text(TEXT, "utf-8")  # takes the manuscript's place
    publish_due(room)
    restored = manuscripts.restore_version(office, EDITOR, KEY, publisher.article().edition, 2)
    assert (restored.text, restored.authors) == (LATER, ("editor", "second"))


def test_without_a_draft_in_work_a_withdrawal_sets_nothing_aside(publisher: Publisher) -> None:
    manuscripts.withdraw_article(
        publisher.room, EDITOR, KEY, publisher.released().edition, "写错了。"
    )
    assert [one for one, _, _ in changes(publisher)] == [Change.WITHDRAWN, Change.RELEASED]


def test_opening_pages_takes_nothing_in_and_tells_that_the_press_will(
    publisher: Publisher,
) -> None:
    publisher.released()
    publisher.file().write_text(LATER, "utf-8")
    editor = publisher.centre.staff("editor")
    assert editor.get("/staff/account").status_code == 200
    before = publisher.centre.contents()
    pages = (PAGE, f"{PAGE}/history", SHELF)
    for page in pages:
        assert MOVED in words_of(editor.get(page))
    assert publisher.centre.contents() == before
    publish_due(publisher.room)
    for page in pages:
        assert MOVED not in words_of(editor.get(page))
    assert publisher.article().text == LATER


def test_what_was_changed_in_the_folder_is_not_called_live_before_it_is_built(
    publisher: Publisher,
) -> None:
    publisher.released()
    publisher.file().write_text(LATER, "utf-8")
    publish_due(publisher.room)
    written = datetime.fromtimestamp(publisher.file().stat().st_mtime).astimezone()
    editor = publisher.centre.staff("editor")
    built(publisher, written - timedelta(minutes=1))
    for page in (PAGE, f"{PAGE}/history"):
        shown = words_of(editor.get(page))
        assert UNBUILT in shown
        assert "看网站上的" not in shown
        assert "网站上是这一版" not in shown
    built(publisher, written + timedelta(minutes=1))
    assert "看网站上的" in words_of(editor.get(PAGE))
    assert "网站上是这一版" in words_of(editor.get(f"{PAGE}/history"))


def test_what_was_removed_from_the_folder_is_not_called_gone_before_the_site_is_built(
    publisher: Publisher,
) -> None:
    publisher.released()
    publisher.file().unlink()
    publish_due(publisher.room)
    editor, now = publisher.centre.staff("editor"), publisher.room.office.now()
    built(publisher, now - timedelta(minutes=1))
    assert "文件夹里已经删了，下次建站撤下" in words_of(editor.get(PAGE))
    built(publisher, now + timedelta(minutes=1))
    assert "网站上没有" in words_of(editor.get(PAGE))


def rewrite(publisher: Publisher, text: str) -> None:
    """Change a file in place, in the moment in which it was written before."""
    file = publisher.file()
    before = file.stat()
    assert len(text.encode()) == before.st_size
    with file.open("r+b") as opened:
        opened.write(text.encode())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_ino == before.st_ino


@each_database
def test_a_file_changed_twice_in_one_moment_is_taken_in(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_folder, "_STILL_MOVING", patience.STEP * 10**9)
    publisher.released()
    other = TEXT.replace("冬季", "春季")
    publish_due(publisher.room)
    rewrite(publisher, other)
    publish_due(publisher.room)
    assert publisher.article().text == other
    rewrite(publisher, TEXT)
    publish_due(publisher.room)
    assert publisher.article().text == TEXT


def test_what_was_read_once_is_not_read_again_while_it_lies_still(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def note(builder: SiteBuilder, key: str) -> str | None:
        read.append(key)
        return read_page(builder, key)

    monkeypatch.setattr(content_folder, "read_page", note)
    publisher.released()
    long_ago = datetime(2026, 1, 1).astimezone().timestamp()
    for file in (publisher.root / "content").glob("*/*.md"):
        os.utime(file, (long_ago, long_ago))
    publish_due(publisher.room)
    publish_due(publisher.room)  # nothing differs any more from what was taken in
    read.clear()
    publish_due(publisher.room)
    assert read == []
    publisher.file().write_text(LATER, "utf-8")
    publish_due(publisher.room)
    assert set(read) == {KEY}


def test_a_page_that_was_looked_at_first_is_still_taken_down(publisher: Publisher) -> None:
    publisher.released()
    publish_due(publisher.room)
    publisher.file().unlink()
    assert overview.is_folder_changed(publisher.room, EDITOR, "notices")
    assert overview.is_folder_changed(publisher.room, EDITOR, "notices")
    publish_due(publisher.room)
    assert publisher.article().state is ArticleState.WITHDRAWN
    assert not overview.is_folder_changed(publisher.room, EDITOR, "notices")


def test_a_page_that_was_removed_right_after_its_release_is_taken_down(
    publisher: Publisher,
) -> None:
    publish_due(publisher.room)
    publisher.released()
    publisher.file().unlink()
    publish_due(publisher.room)
    assert publisher.article().state is ArticleState.WITHDRAWN


def test_who_has_no_part_in_the_site_reads_no_articles(publisher: Publisher) -> None:
    room, place = publisher.room, ("notices", "winter-schooling")
    publisher.draft()
    stranger = Actor("intake", frozenset({Role.INTAKE}))
    for ask in (
        lambda: overview.list_articles(room, stranger, "notices"),
        lambda: overview.is_folder_changed(room, stranger, "notices"),
        lambda: overview.count_waiting(room.office, stranger),
        lambda: overview.open_article(room, stranger, *place),
        lambda: overview.list_versions(room.office, stranger, *place),
        lambda: overview.known_choices(room, stranger, "guides"),
    ):
        with pytest.raises(NotAllowed, match="不能看网站文章"):
            ask()
    assert overview.list_building_problems(room, stranger) == ()


def let_a_day_pass(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> dict[str, date]:
    """A site of yesterday; returns the day on which it was made, for the test to change."""
    made = {"on": publisher.room.office.today()}
    monkeypatch.setattr("portal.newsroom.release.built_on", lambda _: made["on"])
    publish_due(publisher.room)
    assert publisher.builds == 0
    publisher.centre.clock.advance(days=1)
    return made


def let_a_building_fail(publisher: Publisher, problem: Exception) -> None:
    """A minute in which the site cannot be built."""
    publisher.jam = problem
    publish_due(publisher.room)
    publisher.jam = None


def test_the_site_is_built_again_once_on_a_new_day(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_a_day_pass(publisher, monkeypatch)
    let_a_building_fail(publisher, SiteBusy(["忙"]))
    for _ in range(2):
        publish_due(publisher.room)
        assert publisher.builds == 1


def test_a_daily_building_that_failed_is_tried_again_when_the_content_is_mended(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher, room = publisher, publisher.room
    made = let_a_day_pass(publisher, monkeypatch)
    problem = SiteProblem(["content/notices/a.md 第 2 行：「标题」太怪", "另一处"])
    let_a_building_fail(publisher, problem)
    publish_due(room)
    assert publisher.builds == 0  # nothing has changed, it would only fail again
    shown = words_of(publisher.centre.staff("approver").get(SHELF))
    assert "今天的建站没有成功：content/notices/a.md 第 2 行：「标题」太怪（一共 2 处）" in shown
    publisher.file().write_text(TEXT, "utf-8")
    publish_due(room)
    assert publisher.builds == 1
    made["on"] = room.office.today()
    publish_due(room)
    assert "没有成功" not in words_of(publisher.centre.staff("approver").get(SHELF))


def test_a_daily_building_that_failed_is_tried_again_every_hour(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_a_day_pass(publisher, monkeypatch)
    let_a_building_fail(publisher, SiteProblem(["mkdocs：排不出来"]))
    publisher.centre.clock.advance(minutes=59)
    publish_due(publisher.room)
    assert publisher.builds == 0
    publisher.centre.clock.advance(minutes=1)
    publish_due(publisher.room)
    assert publisher.builds == 1
    assert overview.list_building_problems(publisher.room, APPROVER) == ()

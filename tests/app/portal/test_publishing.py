"""From a manuscript to a page: two people, one swap, and what happens when something fails."""

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.content.articles import ArticleState, Change
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed
from portal.newsroom import manuscripts, overview
from portal.newsroom.content_folder import adopt_files
from portal.newsroom.release import publish_due
from portal.publishing import content_files
from portal.store import articles, audit
from portal.store.centre.instance import Place, create_instance, open_instance
from portal.store.engine.schema import SCHEMA
from site_src.errors import SiteBusy, SiteProblem
from site_src.manuscripts import write_manuscript
from tests.support.centre import START
from tests.support.databases import each_database
from tests.support.newsroom import (
    ANOTHER_EDITOR,
    APPROVER,
    BODY,
    EDITOR,
    KEY,
    LATER,
    NOTICE,
    TEXT,
    Publisher,
)


@each_database
def test_what_one_writes_and_another_releases_is_live(publisher: Publisher) -> None:
    article = publisher.released()
    assert article.state is ArticleState.PUBLISHED
    assert publisher.file().read_text("utf-8") == TEXT == publisher.live[KEY]
    (version,) = overview.list_versions(publisher.room.office, EDITOR, *KEY.split("/"))
    assert (version.number, version.author, version.releaser) == (1, "editor", "approver")
    assert version.change is Change.RELEASED
    assert [act for _, act in publisher.acts()] == [
        "article begin", "article submit", "article release", "article gone live",
    ]  # fmt: skip


def test_nobody_releases_or_schedules_what_he_wrote(publisher: Publisher) -> None:
    edition = publisher.submitted().edition
    both = Actor("editor", frozenset({Role.EDITOR, Role.APPROVER}))
    with pytest.raises(NotAllowed, match="要换一个人来办"):
        manuscripts.release(publisher.room, both, KEY, edition)
    with pytest.raises(NotAllowed, match="要换一个人来办"):
        manuscripts.schedule(publisher.room, both, KEY, edition, "2026-12-01", "08:30")
    assert publisher.article().state is ArticleState.SUBMITTED
    assert not publisher.file().exists()


def test_nobody_releases_a_manuscript_that_he_had_a_hand_in(publisher: Publisher) -> None:
    office = publisher.room.office
    article = publisher.draft()
    same = manuscripts.save_manuscript(office, ANOTHER_EDITOR, KEY, article.edition, TEXT)
    assert same == article  # who changes nothing is not the author
    saved = manuscripts.save_manuscript(office, ANOTHER_EDITOR, KEY, article.edition, LATER)
    handed = manuscripts.submit_for_release(publisher.room, EDITOR, KEY, saved.edition)
    for writer in (EDITOR, ANOTHER_EDITOR):
        with pytest.raises(NotAllowed, match="里有您写的"):
            manuscripts.release(publisher.room, writer, KEY, handed.edition)
    out = manuscripts.release(publisher.room, APPROVER, KEY, handed.edition)
    again = manuscripts.save_manuscript(office, ANOTHER_EDITOR, KEY, out.edition, TEXT)
    handed = manuscripts.submit_for_release(publisher.room, ANOTHER_EDITOR, KEY, again.edition)
    assert (
        manuscripts.release(publisher.room, EDITOR, KEY, handed.edition).state
        is ArticleState.PUBLISHED
    )


@each_database
def test_nothing_is_done_from_a_stale_page(publisher: Publisher) -> None:
    room, edition = publisher.room, publisher.draft().edition
    manuscripts.save_manuscript(room.office, ANOTHER_EDITOR, KEY, edition, LATER)
    with pytest.raises(Changed):
        manuscripts.save_manuscript(room.office, EDITOR, KEY, edition, TEXT)
    with pytest.raises(Changed):
        manuscripts.submit_for_release(room, EDITOR, KEY, edition)
    with pytest.raises(Changed):
        manuscripts.release(room, APPROVER, KEY, edition)
    assert publisher.article().text == LATER


def test_a_manuscript_that_cannot_be_published_is_not_handed_over(publisher: Publisher) -> None:
    bad = write_manuscript("notices", NOTICE | {"title": ""}, "看[这里](/nowhere/)。")
    article = publisher.draft(bad)
    with pytest.raises(SiteProblem) as problem:
        manuscripts.submit_for_release(publisher.room, EDITOR, KEY, article.edition)
    assert problem.value.problems == ("「标题」不能空着，请填上",)
    linked = write_manuscript("notices", NOTICE, "好。\n\n看[这里](/nowhere/)。")
    article = manuscripts.save_manuscript(
        publisher.room.office, EDITOR, KEY, article.edition, linked
    )
    with pytest.raises(SiteProblem, match="正文第 3 行：链接「/nowhere/」在本站找不到"):
        manuscripts.submit_for_release(publisher.room, EDITOR, KEY, article.edition)
    assert publisher.article() == article


@pytest.mark.parametrize(
    ("link", "remedy"),
    [
        ("#没有的", "在那一页找不到"),
        ("/policies/labour-law/#none", "在那一页找不到，请改成有的，例如 #"),
        ("/tools/none", "找不到，请改成有的"),
    ],
)
def test_a_link_to_a_heading_that_is_not_there_is_told_when_it_is_handed_over(
    publisher: Publisher, link: str, remedy: str
) -> None:
    article = publisher.draft(write_manuscript("notices", NOTICE, f"好。\n\n看[这里]({link})。"))
    with pytest.raises(SiteProblem, match=f"^正文第 3 行：链接「{link}」.*{remedy}"):
        manuscripts.submit_for_release(publisher.room, EDITOR, KEY, article.edition)


def test_content_that_broke_since_stops_the_release_before_anything_is_written(
    publisher: Publisher,
) -> None:
    edition = publisher.submitted().edition
    publisher.file("guides/legal-aid").write_text("没有开头", "utf-8")
    before = publisher.centre.contents()
    with pytest.raises(SiteProblem, match=r"content/guides/legal-aid\.md 第 1 行"):
        manuscripts.release(publisher.room, APPROVER, KEY, edition)
    assert publisher.centre.contents() == before
    assert not publisher.file().exists()
    assert list((publisher.root / "build").glob(".check-*")) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SiteProblem(["mkdocs：排不出来"]), "mkdocs：排不出来"),
        (OSError(28, "No space left on device"), "文件存不下来"),
        (RecursionError(), "是程序的问题"),
    ],
)
def test_a_failed_build_leaves_site_and_file_and_tells_why(
    publisher: Publisher, error: Exception, words: str
) -> None:
    first = publisher.released()
    saved = manuscripts.save_manuscript(publisher.room.office, EDITOR, KEY, first.edition, LATER)
    handed = manuscripts.submit_for_release(publisher.room, EDITOR, KEY, saved.edition)
    publisher.jam = error
    after = manuscripts.release(publisher.room, APPROVER, KEY, handed.edition)
    assert after.state is ArticleState.SUBMITTED
    assert words in after.remark
    assert publisher.file().read_text("utf-8") == TEXT == publisher.live[KEY]
    publisher.jam = None
    assert manuscripts.release(publisher.room, APPROVER, KEY, after.edition).live == 2
    assert publisher.live[KEY] == LATER


def test_a_new_page_whose_build_fails_leaves_no_file(publisher: Publisher) -> None:
    publisher.jam = SiteProblem(["mkdocs：排不出来"])
    assert publisher.released().state is ArticleState.SUBMITTED
    assert not publisher.file().exists()


@each_database
def test_while_another_build_runs_the_press_waits_for_the_next_minute(
    publisher: Publisher,
) -> None:
    publisher.jam = SiteBusy(["忙"])
    assert publisher.released().state is ArticleState.PUBLISHING
    edition = publisher.article().edition
    with pytest.raises(NotAllowed):
        manuscripts.save_manuscript(publisher.room.office, EDITOR, KEY, edition, LATER)
    publisher.jam = None
    publish_due(publisher.room)
    assert publisher.article().state is ArticleState.PUBLISHED
    assert publisher.live[KEY] == TEXT


@pytest.mark.parametrize("moment", ["before the file", "after the file"])
@each_database
def test_killed_on_the_way_the_press_goes_on_where_it_was(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    edition = publisher.submitted().edition
    with monkeypatch.context() as dying:
        if moment == "before the file":
            dying.setattr("portal.newsroom.release.put_page", _die)
        else:
            publisher.jam = KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt):
            manuscripts.release(publisher.room, APPROVER, KEY, edition)
    publisher.jam = None
    assert publisher.article().state is ArticleState.PUBLISHING
    publish_due(publisher.room)
    assert publisher.article().state is ArticleState.PUBLISHED
    assert publisher.live[KEY] == publisher.file().read_text("utf-8") == TEXT
    assert len(overview.list_versions(publisher.room.office, EDITOR, *KEY.split("/"))) == 1


def _die(*_: object) -> None:
    raise KeyboardInterrupt


@each_database
def test_a_scheduled_article_appears_when_its_time_has_come(publisher: Publisher) -> None:
    edition = publisher.submitted().edition
    set_up = manuscripts.schedule(
        publisher.room, APPROVER, KEY, edition, "２０２６-12-01", "08:30"
    )  # fmt: skip
    assert set_up.due_at == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    publisher.centre.clock.now = datetime(2026, 12, 1, 0, 29, tzinfo=UTC)
    publish_due(publisher.room)
    assert KEY not in publisher.live
    publisher.centre.clock.now = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    publish_due(publisher.room)
    assert publisher.live[KEY] == TEXT
    assert publisher.article().state is ArticleState.PUBLISHED
    assert publisher.article().releaser == "approver"


def test_what_no_longer_fits_when_its_time_comes_goes_back_with_the_reason(
    publisher: Publisher,
) -> None:
    edition = publisher.submitted().edition
    manuscripts.schedule(publisher.room, APPROVER, KEY, edition, "2026-12-01", "08:30")
    publisher.file("guides/legal-aid").write_text("没有开头", "utf-8")
    publisher.centre.clock.advance(days=30)
    publish_due(publisher.room)
    article = publisher.article()
    assert article.state is ArticleState.SUBMITTED
    assert "guides/legal-aid.md" in article.remark


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-11-24", "09:59"), ("2028-01-01", "08:00"), ("明天", "08:00"), ("2026-12-01", "")],
)
def test_a_time_that_makes_no_sense_is_refused(publisher: Publisher, day: str, time: str) -> None:
    edition = publisher.submitted().edition
    with pytest.raises(NotAccepted):
        manuscripts.schedule(publisher.room, APPROVER, KEY, edition, day, time)


def test_returned_and_taken_back_manuscripts_go_on(publisher: Publisher) -> None:
    office = publisher.room.office
    with pytest.raises(NotAccepted, match="请写明要改什么"):
        manuscripts.return_manuscript(office, APPROVER, KEY, publisher.submitted().edition, " ")
    article = publisher.article()
    back = manuscripts.return_manuscript(office, APPROVER, KEY, article.edition, "写上地点。")
    assert (back.state, back.remark) == (ArticleState.RETURNED, "写上地点。")
    again = manuscripts.submit_for_release(publisher.room, EDITOR, KEY, back.edition)
    assert manuscripts.take_back(office, EDITOR, KEY, again.edition).state is ArticleState.DRAFT


@each_database
def test_a_withdrawn_page_is_gone_and_its_text_kept(publisher: Publisher) -> None:
    article = publisher.released()
    gone = manuscripts.withdraw_article(publisher.room, EDITOR, KEY, article.edition, "写错了。")
    assert gone.state is ArticleState.WITHDRAWN
    assert not publisher.file().exists()
    assert KEY not in publisher.live
    version = overview.list_versions(publisher.room.office, EDITOR, *KEY.split("/"))[0]
    assert (version.change, version.text, version.reason) == (Change.WITHDRAWN, TEXT, "写错了。")
    saved = manuscripts.save_manuscript(publisher.room.office, EDITOR, KEY, gone.edition, LATER)
    handed = manuscripts.submit_for_release(publisher.room, EDITOR, KEY, saved.edition)
    assert manuscripts.release(publisher.room, APPROVER, KEY, handed.edition).live == 3


def test_a_page_that_others_link_to_stays_until_they_are_mended(publisher: Publisher) -> None:
    adopt_files(publisher.room, ["pages/about"])
    edition = publisher.article("pages/about").edition
    with pytest.raises(SiteProblem, match=r"content/pages/about\.md"):
        manuscripts.withdraw_article(publisher.room, EDITOR, "pages/about", edition, "不要了。")
    assert publisher.file("pages/about").exists()


def test_what_was_typed_in_the_folder_is_taken_in_as_a_version(publisher: Publisher) -> None:
    publisher.released()
    publisher.file().write_text(LATER, "utf-8")
    publish_due(publisher.room)
    opened = overview.open_article(publisher.room, EDITOR, *KEY.split("/"))
    assert opened.article.text == LATER
    assert (opened.article.live, opened.article.author) == (2, "folder")
    publisher.file().unlink()
    publish_due(publisher.room)
    assert publisher.article().state is ArticleState.WITHDRAWN
    changes = [
        one.change for one in overview.list_versions(publisher.room.office, EDITOR, *KEY.split("/"))
    ]
    assert changes == [Change.GONE, Change.ON_DISK, Change.RELEASED]


def test_a_release_over_a_file_changed_since_is_refused_until_the_writer_has_looked(
    publisher: Publisher,
) -> None:
    room, office = publisher.room, publisher.room.office
    saved = manuscripts.save_manuscript(office, EDITOR, KEY, publisher.released().edition, LATER)
    handed = manuscripts.submit_for_release(room, EDITOR, KEY, saved.edition)
    in_folder = write_manuscript("notices", NOTICE, BODY + "\n\n在文件夹里加的。")
    publisher.file().write_text(in_folder, "utf-8")
    with pytest.raises(NotAllowed, match="在文件夹里改过"):
        manuscripts.release(room, APPROVER, KEY, handed.edition)
    assert publisher.file().read_text("utf-8") == in_folder
    opened = overview.open_article(room, EDITOR, *KEY.split("/"))
    assert opened.disturbed
    assert "在文件夹里加的。" in [line.text for line in opened.lines]
    back = manuscripts.take_back(office, EDITOR, KEY, opened.article.edition)
    kept = manuscripts.keep_manuscript(office, EDITOR, KEY, back.edition)
    handed = manuscripts.submit_for_release(room, EDITOR, KEY, kept.edition)
    manuscripts.release(room, APPROVER, KEY, handed.edition)
    assert publisher.live[KEY] == LATER


def test_a_file_changed_in_the_last_moment_is_not_overwritten(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = publisher.submitted().edition
    real = content_files.read_page
    texts = iter(["有人刚写的。"])
    monkeypatch.setattr("portal.newsroom.release.read_page", lambda *_: next(texts))
    after = manuscripts.release(publisher.room, APPROVER, KEY, edition)
    assert "刚刚有人改过" in after.remark
    assert real(publisher.room.builder, KEY) is None


@each_database
def test_a_version_is_restored_and_the_draft_it_replaces_is_kept(publisher: Publisher) -> None:
    office = publisher.room.office
    saved = manuscripts.save_manuscript(office, EDITOR, KEY, publisher.released().edition, LATER)
    restored = manuscripts.restore_version(office, ANOTHER_EDITOR, KEY, saved.edition, 1)
    assert (restored.text, restored.author, restored.state) == (TEXT, "second", ArticleState.DRAFT)
    aside = overview.list_versions(office, EDITOR, *KEY.split("/"))[0]
    assert (aside.change, aside.text, aside.author) == (Change.SET_ASIDE, LATER, "editor")


def test_no_word_of_a_manuscript_gets_into_the_log(
    publisher: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    canary = "金丝雀"
    text = write_manuscript("notices", NOTICE | {"title": canary}, canary)
    article = publisher.submitted(text)
    publisher.jam = RuntimeError(canary)
    article = manuscripts.release(publisher.room, APPROVER, KEY, article.edition)
    manuscripts.return_manuscript(publisher.room.office, APPROVER, KEY, article.edition, canary)
    assert "RuntimeError" in caplog.text
    assert canary not in caplog.text
    logged = publisher.centre.contents()["audit"]
    assert canary not in str(logged)


@each_database
def test_all_that_lies_in_the_folder_at_first_is_one_entry_of_the_log(
    publisher: Publisher,
) -> None:
    for _ in range(2):
        publish_due(publisher.room)
    (entry,) = (one for one, _ in audit.entries(publisher.room.office.store)
                if one.action == "article found" and one.object == "guides")  # fmt: skip
    guides = list((publisher.root / "content" / "guides").glob("*.md"))
    assert entry.note == str(len(guides))
    assert {one.state for one in overview.list_articles(publisher.room, EDITOR, "guides")} == {
        ArticleState.PUBLISHED
    }


def test_an_instance_from_before_there_were_articles_gets_their_tables(
    tmp_path: Path, store_url: str
) -> None:
    place = Place(tmp_path, store_url, tmp_path / "keys.json")
    older = {name: fields for name, fields in SCHEMA.items() if not name.startswith("article")}
    with (
        patch("portal.store.centre.instance.SCHEMA", older),
        patch("portal.store.centre.instance.SCHEMA_VERSION", 1),
    ):
        create_instance(place, START).db.close()
    instance = open_instance(place)
    assert articles.articles_of(instance, "guides") == []
    assert audit.verify_chain(instance)[0] == 1
    instance.db.close()

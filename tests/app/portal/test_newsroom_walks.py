"""Random walks through the newsroom: two writers, two who release, a folder, a press that jams.

Each acts by what he saw last. What readers see was released by somebody who wrote none of it, as
he saw it; or it was put into the folder itself.
"""

from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.content.articles import PENDING, Article, ArticleState
from portal.newsroom import manuscripts
from portal.newsroom.content_folder import Newsroom
from portal.newsroom.release import publish_due
from portal.publishing.content_files import SiteBuilder, put_page, read_page
from portal.store import articles, audit
from site_src.build import check_content
from site_src.errors import SiteProblem
from site_src.manuscripts import write_manuscript
from tests.support.centre import Centre
from tests.support.interrupting import REFUSALS
from tests.support.newsroom import KEY, NOTICE, lay_out_build
from tests.support.searching import examples
from tests.support.small_content import lay_out_content

WRITERS = tuple(Actor(login, frozenset({Role.EDITOR})) for login in ("editor", "second"))
BOTH = Actor("both", frozenset({Role.EDITOR, Role.APPROVER}))
RELEASERS = (Actor("approver", frozenset({Role.APPROVER})), BOTH)
EVERYBODY = (*WRITERS, *RELEASERS)
ACTS = (
    *("hand over",) * 4, *("release",) * 5, *("wait",) * 3, *("keep",) * 2, *("schedule",) * 2,
    "save", "submit", "take_back", "return", "withdraw", "restore", "change the folder", "jam",
)  # fmt: skip
"""What people do, the usual things oftener."""
FRESH = st.sampled_from((True, True, False))
"""Whether somebody looks once more before he acts."""
TEXTS = tuple(write_manuscript("notices", NOTICE, f"第 {number} 稿。") for number in range(4))
JAM = SiteProblem(["示范：建不成"])


class NewsroomWalk(RuleBasedStateMachine):
    """One article and everybody who has to do with it."""

    centre: Centre
    root: Path

    @initialize()
    def open_newsroom(self) -> None:
        self.centre.reset()
        put_page(self.root / "content" / f"{KEY}.md", None)
        self.jam = False
        self.room = Newsroom(self.centre.office, SiteBuilder(self.root, self._build))
        self.seen: dict[str, Article] = {}
        self.may_stand: set[str | None] = {None}
        self.planned: tuple[str, str] = ("", "")
        collection, _, slug = KEY.partition("/")
        manuscripts.begin_article(self.centre.office, WRITERS[0], collection, slug, TEXTS[0])

    def _build(self) -> None:
        if self.jam:
            raise JAM
        check_content(self.root)

    @rule(what=st.sampled_from(ACTS), who=st.sampled_from(EVERYBODY), fresh=FRESH, data=st.data())
    def somebody_acts(self, what: str, who: Actor, fresh: bool, data: st.DataObject) -> None:
        match what:
            case "save" | "hand over":
                self.save(who, data.draw(st.sampled_from(TEXTS)), fresh)
                if what == "hand over":
                    self.move(who, "submit", fresh=True)
            case "release":
                self.release(who, fresh)
            case "schedule":
                self.schedule(who, fresh)
            case "restore":
                self.restore(who, data.draw(st.integers(1, 6)), fresh)
            case "change the folder":
                self.change_the_folder(data.draw(st.sampled_from((*TEXTS, None))))
            case "wait":
                self.wait(data.draw(st.sampled_from((0, 1, 5, 30))))
            case "jam":
                self.jam = not self.jam
            case _:
                self.move(who, what, fresh)

    @property
    def article(self) -> Article:
        """It as it is stored."""
        found = articles.find_article(self.centre.instance, KEY)
        assert found
        return found

    @property
    def on_the_site(self) -> str | None:
        """What is in the folder."""
        return read_page(self.room.builder, KEY)

    def look(self, who: Actor) -> None:
        self.seen[who.login] = self.article

    def _seen_by(self, who: Actor, fresh: bool) -> Article | None:
        if fresh:
            self.look(who)
        return self.seen.get(who.login)

    def save(self, who: Actor, text: str, fresh: bool) -> None:
        if seen := self._seen_by(who, fresh):
            before = self.article
            try:
                manuscripts.save_manuscript(self.centre.office, who, KEY, seen.edition, text)
            except REFUSALS:
                assert self.article == before
                return
            assert seen.edition == before.edition
            assert self.article.text == text
            self.seen[who.login] = self.article

    def move(self, who: Actor, verb: str, fresh: bool) -> None:
        seen = self._seen_by(who, fresh)
        if seen is None:
            return
        before, live, office = self.article, self.on_the_site, self.centre.office
        try:
            match verb:
                case "submit":
                    manuscripts.submit_for_release(self.room, who, KEY, seen.edition)
                case "take_back":
                    manuscripts.take_back(office, who, KEY, seen.edition)
                case "keep":
                    manuscripts.keep_manuscript(office, who, KEY, seen.edition)
                case "return":
                    manuscripts.return_manuscript(office, who, KEY, seen.edition, "请改")
                case "withdraw":
                    manuscripts.withdraw_article(self.room, who, KEY, seen.edition, "过时了")
        except (*REFUSALS, SiteProblem):
            self._require_untouched(before, live)
            return
        assert seen.edition == before.edition
        if verb == "withdraw":
            self.may_stand |= {None}
        self.seen[who.login] = self.article

    def release(self, who: Actor, fresh: bool) -> None:
        seen = self._seen_by(who, fresh)
        if seen is None:
            return
        before, live = self.article, self.on_the_site
        try:
            manuscripts.release(self.room, who, KEY, seen.edition)
        except (*REFUSALS, SiteProblem):
            self._require_untouched(before, live)
            return
        self._require_rightly_released(who, seen, before, live)
        if not self.jam:
            assert self.on_the_site == seen.text
        self.may_stand.add(seen.text)

    def schedule(self, who: Actor, fresh: bool) -> None:
        seen = self._seen_by(who, fresh)
        if seen is None:
            return
        before, live = self.article, self.on_the_site
        soon = (self.centre.clock.now + timedelta(hours=10)).strftime("%Y-%m-%d %H:%M").split()
        try:
            manuscripts.schedule(self.room, who, KEY, seen.edition, *soon)
        except (*REFUSALS, SiteProblem):
            self._require_untouched(before, live)
            return
        self._require_rightly_released(who, seen, before, live)
        self.may_stand.add(seen.text)

    def change_the_folder(self, text: str | None) -> None:
        if self.article.state not in PENDING:
            put_page(self.root / "content" / f"{KEY}.md", text)
            self.may_stand.add(text)

    def wait(self, hours: int) -> None:
        self.centre.clock.advance(hours=hours)
        publish_due(self.room)
        due = self.article.due_at
        assert self.jam or due is None or due > self.centre.clock.now

    def restore(self, who: Actor, number: int, fresh: bool) -> None:
        if seen := self._seen_by(who, fresh):
            before = self.article
            kept = {one.number: one for one in articles.versions_of(self.centre.instance, KEY)}
            try:
                manuscripts.restore_version(self.centre.office, who, KEY, seen.edition, number)
            except REFUSALS:
                assert self.article == before
                return
            assert self.article.text == kept[number].text
            assert who.login in self.article.writers
            texts = {one.text for one in articles.versions_of(self.centre.instance, KEY)}
            assert before.text in texts

    def _require_rightly_released(
        self, who: Actor, seen: Article, before: Article, live: str | None
    ) -> None:
        """Who wrote none of it released what he saw, and it began from what stood there."""
        assert who.login not in seen.writers
        assert seen.text == before.text
        versions = articles.versions_of(self.centre.instance, KEY)
        texts = {one.number: one.text for one in versions}
        assert live == texts.get(before.base)

    def _require_untouched(self, before: Article, live: str | None) -> None:
        """A refusal changes nothing, but that what is in the folder may be taken in."""
        assert self.on_the_site == live
        now = self.article
        assert (now.text, now.state) == (before.text, before.state) or (
            before.state in {ArticleState.PUBLISHED, ArticleState.WITHDRAWN}
            and now.fingerprint != before.fingerprint
        )

    @invariant()
    def readers_see_what_was_released_or_put_there(self) -> None:
        assert self.on_the_site in self.may_stand

    @invariant()
    def the_log_is_whole(self) -> None:
        audit.verify_chain(self.centre.instance)


def test_in_the_newsroom_nothing_is_lost_and_nobody_releases_his_own(
    centre: Centre, tmp_path: Path
) -> None:
    lay_out_content(tmp_path)
    lay_out_build(tmp_path)
    walk = type("Walk", (NewsroomWalk,), {"centre": centre, "root": tmp_path})
    settings = examples(25, stateful_step_count=30, suppress_health_check=[*HealthCheck])
    run_state_machine_as_test(walk, settings=settings)

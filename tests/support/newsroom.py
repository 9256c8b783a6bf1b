"""A centre that publishes: real content in a folder of its own, a builder that a test may jam."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from werkzeug.test import TestResponse

from portal.domain.accounts.actor import Actor
from portal.domain.content.articles import Article
from portal.newsroom import manuscripts
from portal.newsroom.content_folder import Newsroom
from portal.publishing.content_files import SiteBuilder
from portal.server.serve import make_app
from portal.settings.config import Config
from portal.store import articles, audit
from site_src.build import check_content
from site_src.loader import Readings
from site_src.manuscripts import slots_of, write_manuscript
from site_src.stamp import FileStamp, stamp_file
from tests.support.browser import typed_in
from tests.support.centre import Centre
from tests.support.house import rulebook
from tests.support.samples import STAFF

REPOSITORY = Path(__file__).parents[2]
NOTICE = {
    "title": "冬季助学金开始登记", "issued_on": "2026-11-24", "kind": "办事", "ends_on": "",
    "demonstration": "true",
}  # fmt: skip
BODY = "请在十二月前来登记，**不收钱**。"
KEY = "notices/winter-schooling"
TEXT = write_manuscript("notices", NOTICE, BODY)
LATER = write_manuscript("notices", NOTICE, "改过的文字。")
ANOTHER_EDITOR = Actor("second", STAFF["editor"])
EDITOR, APPROVER = Actor("editor", STAFF["editor"]), Actor("approver", STAFF["approver"])


@dataclass
class Publisher:
    """`live` is what a reader would find: the texts of the last build that worked. `jam` is
    raised by the next builds."""

    centre: Centre
    room: Newsroom
    root: Path
    live: dict[str, str] = field(default_factory=dict)
    jam: BaseException | None = None
    builds: int = 0
    untouched: dict[Path, FileStamp] = field(default_factory=dict)

    def renew(self) -> None:
        """Put everything back as it was at first; files that nobody wrote stay where they are."""
        self.live, self.jam, self.builds = {}, None, 0
        self.room.tries.clear()
        self.room.seen.clear()
        self.room.office.shelf.rules = rulebook()
        content, stamps = self.root / "content", dict(find_stamps(self.root / "content"))
        for path, stamp in stamps.items():
            if self.untouched.get(path) != stamp:
                path.unlink()
        for folder in content.iterdir():
            if folder.is_dir() and not (REPOSITORY / "content" / folder.name).exists():
                shutil.rmtree(folder)
        shutil.copytree(REPOSITORY / "content", content, copy_function=copy_missing,
                        dirs_exist_ok=True)  # fmt: skip
        self.untouched = dict(find_stamps(content))
        shutil.rmtree(self.root / "build")
        lay_out_build(self.root)

    def file(self, key: str = KEY) -> Path:
        return self.root / "content" / f"{key}.md"

    def article(self, key: str = KEY) -> Article:
        found = articles.find_article(self.room.office.store, key)
        assert found
        return found

    def draft(self, text: str = TEXT) -> Article:
        collection, _, slug = KEY.partition("/")
        return manuscripts.begin_article(self.room.office, EDITOR, collection, slug, text)

    def submitted(self, text: str = TEXT) -> Article:
        return manuscripts.submit_for_release(self.room, EDITOR, KEY, self.draft(text).edition)

    def released(self) -> Article:
        return manuscripts.release(self.room, APPROVER, KEY, self.submitted().edition)

    def acts(self) -> list[tuple[str, str]]:
        """Who did what to articles, oldest first."""
        found = audit.entries(self.centre.instance)
        return [(one.actor, one.action) for one, _ in found if one.action.startswith("article")]


def find_stamps(folder: Path) -> Iterator[tuple[Path, FileStamp]]:
    """All that is no folder, with what tells whether it was written again."""
    for place, _, _ in os.walk(folder):
        for entry in os.scandir(place):
            if not entry.is_dir(follow_symlinks=False):
                yield Path(entry.path), stamp_file(entry)


def copy_missing(source: str, target: str) -> None:
    """Copy a file that is not there."""
    if not os.path.lexists(target):
        shutil.copy2(source, target)


def lay_out_build(root: Path) -> None:
    """What a first build would have left."""
    (root / "build" / "public-data").mkdir(parents=True)
    (root / "build" / "site").mkdir()
    (root / "build" / "site" / "csp.json").write_text('{"style-src": []}', "utf-8")


def open_publisher(centre: Centre, folder: Path) -> Publisher:
    """A centre with content of its own and a press that notes what it would print."""
    root = folder / "root"
    lay_out_build(root)
    made: list[Publisher] = []
    read: Readings = {}

    def rebuild() -> None:
        publisher = made[0]
        if publisher.jam:
            raise publisher.jam
        check_content(root, read)
        files = (root / "content").glob("*/*.md")
        publisher.live = {f"{one.parent.name}/{one.stem}": one.read_text("utf-8") for one in files}
        publisher.builds += 1

    shutil.copytree(REPOSITORY / "content", root / "content", dirs_exist_ok=True)
    room = Newsroom(centre.office, SiteBuilder(root, rebuild))
    app = make_app(room, root, Config())
    made.append(Publisher(replace(centre, app=app, root=root), room, root))
    return made[0]


def typed(page: TestResponse, collection: str = "notices", **changed: str) -> dict[str, list[str]]:
    """What a browser would send from a page with a manuscript, with some fields changed."""
    names = [f"m-{slot.name}" for slot in slots_of(collection)] + ["body", "edition", "slug"]
    found = {name: typed_in(page, name)[:200] for name in names}
    return found | {name.replace("m_", "m-"): [text] for name, text in changed.items()}

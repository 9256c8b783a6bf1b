"""The quick ways to the site lead to the same site, to the byte."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from site_src.build import build_site, check_content, finish_page
from site_src.errors import SiteProblem
from site_src.memory import Memory
from site_src.rendering import FEW_PAGES
from site_src.search_index import SEARCH_FILE as SEARCH
from site_src.stamp import is_site_current, make_stamp, note_stamp
from tests.support.plain_mkdocs import build_with_mkdocs, make_site_pages

REPOSITORY = Path(__file__).parents[3]
HOST = "https://bangfu.example"
DAY = date(2026, 11, 24)
# Beside the pages; mkdocs knows nothing of them.
OURS = {
    "csp.json", "feed.json", "feed.xml", "redirects.json", "robots.txt", "sitemap.xml", SEARCH,
}  # fmt: skip
CARD = "rights-cards/unpaid-wages.md"
POLICY = "policies/labour-law.md"
NOTICE = "notices/legal-advice-day.md"
Change = Callable[[Path], object]


def build(root: Path, memory: Memory | None = None) -> Path:
    """Build the site for a fixed day and address."""
    return build_site(root, lambda _: None, HOST, DAY, memory).site


def read_files(site: Path) -> dict[str, bytes]:
    """Every file but the index of the search, by its name in the site."""
    folder = site.resolve()
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != SEARCH]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of the files that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def change_text(name: str, old: str, new: str) -> Change:
    """A change that puts other words into a content file."""

    def change(content: Path) -> None:
        text = (content / name).read_text(encoding="utf-8")
        assert old in text
        (content / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FRONT = "\n---\n\n"
CHANGES: dict[str, list[Change]] = {
    "bodies": [
        change_text(POLICY, FRONT, f"{FRONT}这一句是新加的。\n\n"),
        change_text(CARD, FRONT, f"{FRONT}见[法律](/policies/labour-law/)。\n\n"),
        change_text(NOTICE, FRONT, f"{FRONT}改了时间。\n\n"),
        change_text("pages/about.md", FRONT, f"{FRONT}这一句是新加的。\n\n"),
    ],
    "front matter": [
        change_text(CARD, "标题: ", "标题: 新的"),
        change_text(POLICY, "摘要: ", "摘要: 新的"),
    ],
    "an added policy": [
        lambda content: shutil.copyfile(content / POLICY, content / "policies" / "added-law.md")
    ],
    "a removed policy": [lambda content: (content / "policies" / "added-law.md").unlink()],
    "a moved page": [
        lambda content: (content / "redirects.toml").write_text(
            '"/policies/added-law/" = "/policies/labour-law/"\n', encoding="utf-8"
        )
    ],
    "the centre": [change_text("centre.toml", 'hours = "', 'hours = "早上')],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's content, changed by one test after the other."""
    root = tmp_path_factory.mktemp("same")
    shutil.copytree(REPOSITORY / "content", root / "content")
    return root


@pytest.fixture(scope="module")
def cold(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Builds the present content whole, in another place."""
    other = tmp_path_factory.mktemp("cold")
    (other / "content").symlink_to(root / "content")
    return lambda: build(other)


def test_whole_build_is_what_mkdocs_makes(root: Path, tmp_path: Path) -> None:
    ours = read_files(build(root))
    content = check_content(root)
    pages = [finish_page(page, content, DAY) for page in make_site_pages(content, DAY)]
    theirs = read_files(
        build_with_mkdocs(root / "build/mkdocs.yml", tmp_path, pages, content.images)
    )
    assert (
        differences({name: text for name, text in ours.items() if name not in OURS}, theirs) == []
    )
    assert len(theirs) > 100


def test_every_quick_build_gives_the_site_of_a_whole_one(
    root: Path, cold: Callable[[], Path]
) -> None:
    memory = Memory()
    build(root, memory)
    for name, changes in CHANGES.items():
        for change in changes:
            change(root / "content")
            site = build(root, memory)
        assert (name, differences(read_files(site), read_files(cold()))) == (name, [])


def find_entries(site: Path) -> list[tuple[str, ...]]:
    """What the search knows, by address."""
    with closing(sqlite3.connect(site / SEARCH)) as index:
        rows = index.execute("SELECT address, title, kind, text FROM pages JOIN texts USING (id)")
        return sorted(rows)


def test_search_knows_the_same_after_quick_builds(root: Path, cold: Callable[[], Path]) -> None:
    memory = Memory()
    build(root, memory)
    added = root / "content" / "policies" / "second-law.md"
    shutil.copyfile(root / "content" / POLICY, added)
    build(root, memory)
    change_text(CARD, FRONT, f"{FRONT}搜得到的新话。\n\n")(root / "content")
    assert "/policies/second-law/" in dict.fromkeys(
        row[0] for row in find_entries(build(root, memory))
    )
    added.unlink()
    assert find_entries(build(root, memory)) == find_entries(cold())


def test_wrong_link_stops_a_quick_build_and_is_told_with_its_line(root: Path) -> None:
    memory = Memory()
    site = build(root, memory)
    before, page = read_files(site), root / "content" / POLICY
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n看[这里](/policies/none/)。\n", encoding="utf-8")
    line = text.count("\n") + 2
    with pytest.raises(
        SiteProblem, match=rf"^content/{POLICY} 第 {line} 行：链接「/policies/none/」"
    ):
        build(root, memory)
    assert differences(read_files(site), before) == []
    generation = site.resolve()
    page.write_text(f"{text}\n看[这里](/policies/)。\n", encoding="utf-8")
    assert build(root, memory).resolve() == generation


def test_page_that_is_linked_to_cannot_leave_by_a_quick_build(root: Path) -> None:
    memory = Memory()
    added = root / "content" / "policies" / "third-law.md"
    shutil.copyfile(root / "content" / POLICY, added)
    change_text(CARD, FRONT, f"{FRONT}见[第三](/policies/third-law/)。\n\n")(root / "content")
    build(root, memory)
    added.unlink()
    with pytest.raises(SiteProblem, match=f"^content/{CARD} 第 .*/policies/third-law/"):
        build(root, memory)
    change_text(CARD, "见[第三](/policies/third-law/)。\n\n", "")(root / "content")
    build(root, memory)


def test_build_killed_between_two_renames_is_made_good_by_the_next(
    root: Path, cold: Callable[[], Path]
) -> None:
    memory = Memory()
    site = build(root, memory)
    change_text(CARD, "标题: ", "标题: 又")(root / "content")
    child = os.fork()
    if child == 0:
        renames: list[Path] = []
        rename = Path.replace

        def die_at_the_third(self: Path, target: Path) -> Path:
            renames.append(target)
            return rename(self, target) if len(renames) < 3 else os._exit(9)

        Path.replace = die_at_the_third  # type: ignore[assignment, method-assign]
        build(root, memory)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not is_site_current(root, HOST, DAY)
    assert differences(read_files(site), read_files(cold())) != []
    assert differences(read_files(build(root)), read_files(cold())) == []
    assert is_site_current(root, HOST, DAY)


def test_one_process_makes_what_several_make(
    root: Path, cold: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list((root / "content" / "policies").iterdir())) > FEW_PAGES
    several = read_files(build(root))
    monkeypatch.setattr("site_src.rendering.FEW_PAGES", 10_000)
    assert differences(several, read_files(cold())) == []


@pytest.mark.parametrize(
    "touch",
    [
        lambda root: change_text(POLICY, FRONT, f"{FRONT}新。\n\n")(root / "content"),
        lambda root: (root / "build" / "public-data" / "figures.json").write_text("{}"),
        lambda root: (root / "content" / POLICY).unlink(),
        lambda root: (root / "build" / "site").unlink(),
    ],
)
def test_any_change_is_noticed_without_reading(tmp_path: Path, touch: Change) -> None:
    (tmp_path / "content" / "policies").mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "content" / POLICY, tmp_path / "content" / POLICY)
    (tmp_path / "build" / "public-data").mkdir(parents=True)
    (tmp_path / "build" / "generation").mkdir()
    (tmp_path / "build" / "site").symlink_to("generation")
    note_stamp(tmp_path / "build", make_stamp(tmp_path, HOST, DAY))
    assert is_site_current(tmp_path, HOST, DAY)
    assert not is_site_current(tmp_path, HOST, DAY + timedelta(days=1))
    touch(tmp_path)
    assert not is_site_current(tmp_path, HOST, DAY)

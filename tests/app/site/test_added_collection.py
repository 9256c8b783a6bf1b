"""One row is enough: a collection made up here gets all that the others have."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from site_src.build import build_site, check_content
from site_src.collections import COLLECTIONS
from site_src.errors import SiteProblem
from site_src.manuscripts import write_manuscript
from site_src.memory import Memory
from site_src.portal_addresses import PORTAL
from site_src.search_index import open_index, read_entries
from tests.support.collection_samples import BODY, FAIR, FOLDER, add_job_fairs

REPOSITORY = Path(__file__).parents[3]
HOST = "https://bangfu.example"
TODAY = date(2027, 2, 1)
CARD = "content/rights-cards/unpaid-wages.md"
LINK = f'<a href="/{FOLDER}/">招聘会</a>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small centre with one job fair, and the card that it names."""
    for folder in ("pages", "rights-cards", FOLDER):
        (tmp_path / "content" / folder).mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "content/centre.toml", tmp_path / "content/centre.toml")
    card = (REPOSITORY / CARD).read_text("utf-8")
    front_matter = card.partition("\n---\n")[0]
    (tmp_path / CARD).write_text(f"{front_matter}\n---\n1. 打电话。\n", "utf-8")
    for name in ("about", "privacy", "accessibility"):
        text = "---\n标题: 示范页\n摘要: 示范\n---\n\n有事请来。\n"
        (tmp_path / f"content/pages/{name}.md").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def save(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Add the row; the result saves its one file as the workbench would."""
    add_job_fairs(monkeypatch)

    def save(body: str = BODY, **changed: str) -> None:
        text = write_manuscript(FOLDER, FAIR | changed, body)
        (root / f"content/{FOLDER}/spring.md").write_text(text, "utf-8")

    save()
    return save


def read(site: Path, address: str) -> str:
    return (site / address.strip("/") / "index.html").read_text("utf-8")


@pytest.mark.usefixtures("save")
def test_its_files_have_pages_an_index_and_a_way_there(root: Path) -> None:
    site = build_site(root, lambda _: None, HOST, TODAY).site
    page = read(site, f"/{FOLDER}/spring/")
    assert "<strong>身份证</strong>" in page
    assert f'<a href="/{FOLDER}/">招聘会</a></nav>' in page
    assert f'<a href="/{FOLDER}/spring/"><strong>春季招聘会</strong>' in read(site, f"/{FOLDER}/")
    footer = read(site, "/").partition('<footer class="footer">')[2]
    assert LINK in footer
    assert LINK not in read(site, "/").partition("<footer")[0]


@pytest.mark.usefixtures("save")
def test_a_place_in_the_menu_moves_its_link_into_the_header(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_job_fairs(monkeypatch, menu=5)
    home = read(build_site(root, lambda _: None, HOST, TODAY).site, "/")
    header, _, footer = home.partition('<footer class="footer">')
    assert header.index('href="/stories/"') < header.index(f'href="/{FOLDER}/"')
    assert LINK not in footer


@pytest.mark.usefixtures("save")
def test_feeds_sitemap_and_search_know_it(root: Path) -> None:
    site = build_site(root, lambda _: None, HOST, TODAY).site
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert feed["title"].endswith("：招聘会、公告和政策")
    (item,) = feed["items"]
    assert (item["title"], item["tags"], item["content_text"]) == (
        "春季招聘会", ["招聘会"], "带好 身份证 ，不收门票。",
    )  # fmt: skip
    assert "春季招聘会" in (site / "feed.xml").read_text("utf-8")
    sitemap = (site / "sitemap.xml").read_text("utf-8").partition(f"/{FOLDER}/spring/")[2]
    assert "<lastmod>2027-03-01</lastmod>" in sitemap.partition("</url>")[0]
    with open_index(site) as index:
        found = {entry.address: entry.kind for entry in read_entries(index, range(1, 99))}
    assert found[f"/{FOLDER}/spring/"] == "招聘会"
    assert f"/{FOLDER}/" not in found


def test_a_quick_build_renews_its_page_and_the_feed(root: Path, save: Callable[..., None]) -> None:
    memory = Memory()
    build_site(root, lambda _: None, HOST, TODAY, memory)
    save("改到体育馆。")
    site = build_site(root, lambda _: None, HOST, TODAY, memory).site
    assert "改到体育馆" in read(site, f"/{FOLDER}/spring/")
    assert "改到体育馆" in (site / "feed.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"held_on": "三月"}, "「日期」要写成"),
        ({"cards": "none"}, "「维权卡」里的「none」找不到，content/rights-cards 里没有 none.md"),
        ({"place": "请打 13800138000"}, "这里像是手机号"),
        ({"body": "[点](/nowhere/)"}, "链接「/nowhere/」在本站找不到"),
    ],
)
def test_its_files_are_checked(
    root: Path, save: Callable[..., None], changed: dict[str, str], problem: str
) -> None:
    check_content(root)
    save(**changed)
    with pytest.raises(SiteProblem, match=problem) as caught:
        check_content(root)
    assert caught.value.problems[0].startswith(f"content/{FOLDER}/spring.md 第 ")


@pytest.mark.usefixtures("save")
def test_no_page_of_its_own_may_stand_in_its_place(root: Path) -> None:
    shutil.copyfile(root / "content/pages/about.md", root / f"content/pages/{FOLDER}.md")
    with pytest.raises(SiteProblem, match=f"「{FOLDER}」这个名字网站自己要用"):
        check_content(root)


def test_the_rows_of_the_table_do_not_clash() -> None:
    rows = COLLECTIONS.values()
    assert [row.folder for row in rows] == list(COLLECTIONS)
    for facts in (
        [row.schema for row in rows],
        [row.tab for row in rows],
        [row.label for row in rows],
        [row.menu for row in rows if row.menu],
        [row.starter for row in rows if row.starter],
    ):
        assert len(set(facts)) == len(facts)
    for row in rows:
        assert "title" in row.schema.model_fields
        assert row.folder not in PORTAL
        assert not row.lists or row.index

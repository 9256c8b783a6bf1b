"""Lists, guides, notices, tables, feeds and moved pages of a whole build."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from site_src.build import build_site
from site_src.errors import SiteProblem
from site_src.feeds import FeedEntry, make_rss, write_xml

REPOSITORY = Path(__file__).parents[3]
HOST = "https://bangfu.example"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's content with a moved page, built once for a public address."""
    root = tmp_path_factory.mktemp("lists")
    shutil.copytree(REPOSITORY / "content", root / "content")
    moved = '"/policies/old-name/" = "/policies/labour-law/"\n'
    (root / "content/redirects.toml").write_text(moved, encoding="utf-8")
    build_site(root, lambda _: None, HOST, date(2026, 11, 24))
    return root / "build/site"


def read(site: Path, address: str) -> str:
    """The page at an address."""
    return (site / address.strip("/") / "index.html").read_text(encoding="utf-8")


def test_policies_are_listed_four_ways_at_addresses_that_stay(built: Path) -> None:
    assert 'id="year-2025"' in read(built, "/policies/by-year/")
    for address, anchor in (("by-issuer", "issuer-国务院"), ("by-status", "open")):
        folder = built / "policies" / address
        pages = [page.read_text("utf-8") for page in folder.rglob("*.html")]
        assert any(f'id="{anchor}"' in page for page in pages)
        assert all(
            re.search(rf'href="/policies/{address}/[0-9/]*#{anchor}"', page) for page in pages
        )
    assert "/policies/labour-law/" in read(built, "/policies/by-topic/wages/")


def test_no_list_of_policies_has_more_than_twenty_on_a_page(built: Path) -> None:
    folders = [built / "policies", *(built / "policies").glob("by-*")]
    pages = [
        folders[0] / "index.html",
        *(page for one in folders[1:] for page in one.rglob("*.html")),
    ]
    assert len(pages) > 20
    found: dict[Path, list[str]] = {
        page: re.findall(r'<li><a href="/policies/(?!by-)([a-z0-9-]+)/"', page.read_text("utf-8"))
        for page in pages
    }
    assert max(map(len, found.values())) == 20
    for way in ("by-issuer", "by-year", "by-status"):
        here = [slug for page in found if way in page.parts for slug in found[page]]
        assert (
            len(here) == len(set(here)) == len(list((REPOSITORY / "content/policies").glob("*.md")))
        )


def test_a_topic_is_read_whole_or_only_what_is_in_force(built: Path) -> None:
    whole = read(built, "/policies/by-topic/hardship-aid/")
    kept = read(built, "/policies/by-topic/hardship-aid-in-force/")
    asked = read(built, "/policies/by-topic/hardship-aid-ask-first/")
    for page in (whole, kept, asked):
        assert 'href="/policies/by-topic/hardship-aid-in-force/"' in page
        assert page.count('aria-current="true"') == 1
    assert "先打电话问 · " in asked
    assert "先打电话问 · " not in kept
    assert "现行有效 · " in whole


def test_unverified_policy_says_so_before_anything_else(built: Path) -> None:
    page = read(built, "/policies/hardship-file-measures-2016/")
    assert page.index("先看这里") < page.index('id="facts"')


def test_guide_prints_its_time_limits_with_their_numbers(built: Path) -> None:
    assert "2 个工作日" in read(built, "/guides/hardship-file/")
    assert 'href="/urgent-aid"' in read(built, "/guides/temporary-aid/")


def test_notice_that_is_over_stands_in_the_archive(built: Path) -> None:
    page = read(built, "/notices/")
    assert page.index('id="archive"') < page.index("/notices/autumn-schooling-aid/")
    assert page.index("/notices/legal-advice-day/") < page.index('id="archive"')


def test_both_tables_show_amounts_with_their_articles(built: Path) -> None:
    assert "45 天，最多再延长 15 天" in read(built, "/deadlines/")
    assert "一次性27个月本人工资" in read(built, "/work-injury-money/")


def test_moved_page_links_to_the_new_one_and_stays_out_of_the_sitemap(built: Path) -> None:
    assert '<link rel="canonical" href="/policies/labour-law/">' in read(
        built, "/policies/old-name/"
    )
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    assert f"{HOST}/policies/labour-law/" in sitemap
    assert "old-name" not in sitemap
    assert "public-lists" not in sitemap


def test_feeds_carry_absolute_addresses_of_notices_and_policies(built: Path) -> None:
    items = json.loads((built / "feed.json").read_text(encoding="utf-8"))["items"]
    assert {tag for item in items for tag in item["tags"]} == {"公告", "政策"}
    assert all(item["url"].startswith(f"{HOST}/") for item in items)
    assert f"<link>{HOST}/notices/" in (built / "feed.xml").read_text(encoding="utf-8")
    assert 'href="/feed.xml"' in read(built, "/")


def test_public_address_with_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteProblem, match="后面不带路径"):
        build_site(tmp_path, lambda _: None, f"{HOST}/path")


@pytest.mark.parametrize("sign", ["\b", "\x0b", "\x1b", "\ufffe", "\x85"])
def test_a_feed_is_well_formed_whatever_was_pasted_into_a_text(tmp_path: Path, sign: str) -> None:
    entry = FeedEntry("/notices/a/", f"标{sign}题", "公告", "2026-11-30", f"正{sign}文 & <b>")
    write_xml(tmp_path / "feed.xml", make_rss([entry], "公告", HOST))
    read_back = ElementTree.parse(tmp_path / "feed.xml")  # noqa: S314 (our own file)
    item = read_back.find("channel/item")
    assert item is not None
    assert (item.findtext("title"), item.findtext("description")) == ("标题", "正文 & <b>")

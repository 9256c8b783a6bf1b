"""What stands beside the articles: stations, privacy list, moved pages, robots, share picture."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from portal.domain.forms.fields import FIELDS, Retention, Sensitivity
from portal.domain.forms.journeys import JOURNEYS
from portal.publishing.privacy import publish_privacy
from site_src.build import build_site
from site_src.markup import render_markdown

REPOSITORY = Path(__file__).parents[3]
HOST = "https://bangfu.example"
KB = 1024


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's content, built once for a public address, with what the portal publishes."""
    root = tmp_path_factory.mktemp("beside")
    shutil.copytree(REPOSITORY / "content", root / "content")
    moved = '"/policies/old-name/" = "/policies/labour-law/"\n'
    (root / "content/redirects.toml").write_text(moved, encoding="utf-8")
    publish_privacy(root / "build/public-data")
    build_site(root, lambda _: None, HOST, date(2026, 11, 24))
    return root


@pytest.fixture
def site(root: Path) -> Path:
    """The finished site."""
    return root / "build/site"


def read(site: Path, address: str) -> str:
    """The page at an address."""
    return (site / address.strip("/") / "index.html").read_text(encoding="utf-8")


def test_every_field_of_the_forms_is_named_on_the_privacy_page(site: Path) -> None:
    page = read(site, "/privacy/")
    for field in FIELDS.values():
        shown = render_markdown(field.label).removeprefix("<p>").removesuffix("</p>")
        assert f"<strong>{shown}</strong> {field.purpose}" in page, field.name


def test_privacy_page_lists_each_form_with_the_sensitive_part_first(site: Path) -> None:
    page = read(site, "/privacy/")
    for journey in JOURNEYS.values():
        part = page[page.index(f'id="form-{journey.address}"') :]
        assert part.index("敏感个人信息") < part.index("一般个人信息")
    sensitive = page[page.index('id="form-apply-sensitive"') :]
    assert sensitive.index(FIELDS["bank_card"].label) < sensitive.index("一般个人信息（")
    assert Retention.WITH_CASE.value in page


def test_what_two_forms_ask_alike_is_told_once_and_named_again(root: Path, site: Path) -> None:
    page, label = read(site, "/privacy/"), FIELDS["id_number"].label
    forms = json.loads((root / "build/public-data/privacy.json").read_text("utf-8"))["forms"]
    asking = [form for form in forms if "id_number" in {one["name"] for one in form["fields"]}]
    tellings = {(*one["seen_by"], one["kept"]) for form in asking for one in form["fields"]
                if one["name"] == "id_number"}  # fmt: skip
    assert len(asking) > 1
    assert page.count(f"<strong>{label}</strong>") == len(tellings) < len(asking)
    again = page[page.index('id="form-medical-aid-again"') :]
    assert label in again.partition("</ul>")[0]


def test_published_list_follows_the_field_table(root: Path) -> None:
    forms = json.loads((root / "build/public-data/privacy.json").read_text("utf-8"))["forms"]
    listed = {field["name"]: field for form in forms for field in form["fields"]}
    assert set(listed) == set(FIELDS)
    for name, field in FIELDS.items():
        assert Sensitivity[listed[name]["class"].upper()] is field.sensitivity
        assert listed[name]["seen_by"]


def test_without_the_list_the_privacy_page_shows_its_text(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "content", tmp_path / "content")
    build_site(tmp_path, lambda _: None)
    page = read(tmp_path / "build/site", "/privacy/")
    assert "您的权利" in page
    assert 'id="form-' not in page


def test_stations_stand_town_by_town_with_numbers_to_tap(site: Path) -> None:
    page = read(site, "/network/")
    assert page.index('id="lawyers"') < page.index('id="town-qs01"') < page.index('id="town-qs03"')
    assert 'href="tel:0000-2000005"' in page
    assert "示范数据" in page
    assert 'href="/network/"' in read(site, "/")


def test_sitemap_says_when_the_stations_were_checked(site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    entry = sitemap[sitemap.index(f"{HOST}/network/") :]
    assert "<lastmod>2026-11-24</lastmod>" in entry.partition("</url>")[0]


def test_moved_pages_are_written_for_the_portal(site: Path) -> None:
    moved = json.loads((site / "redirects.json").read_text("utf-8"))
    assert moved == {"/policies/old-name/": "/policies/labour-law/"}


def test_robots_may_read_all_but_what_belongs_to_one_visitor(site: Path) -> None:
    lines = (site / "robots.txt").read_text("utf-8").splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {HOST}/sitemap.xml"
    for address in ("/staff/", "/apply$", "/consult?", "/status$", "/search?"):
        assert f"Disallow: {address}" in lines
    assert not [line for line in lines if line in {"Disallow: /", "Disallow: /policies/"}]


def test_shared_page_brings_title_words_and_a_square_picture(site: Path) -> None:
    page = read(site, "/rights-cards/unpaid-wages/")
    assert f'property="og:image" itemprop="image" content="{HOST}/assets/share.png"' in page
    assert '<meta property="og:title" itemprop="name" content="' in page
    assert 'property="og:site_name" content="青石市总工会困难职工帮扶中心"' in page
    picture = site / "assets/share.png"
    assert picture.stat().st_size < 20 * KB
    with Image.open(picture) as opened:
        assert opened.size == (600, 600)


def test_without_a_public_address_no_page_names_a_picture(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "content", tmp_path / "content")
    build_site(tmp_path, lambda _: None)
    site = tmp_path / "build/site"
    assert "og:image" not in read(site, "/")
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")

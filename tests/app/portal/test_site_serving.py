"""The generated site behind the portal: moved pages, robots, files that are for nobody."""

import json
from collections.abc import Iterator

import pytest

from tests.support.centre import Centre


@pytest.fixture
def moved_centre(centre: Centre) -> Iterator[Centre]:
    """A centre whose site, a generation of its own, has a moved page and robots.txt."""
    link = centre.root / "build" / "site"
    plain = link.with_name("site-plain")
    link.rename(plain)
    fresh = link.with_name("site-moved")
    fresh.mkdir()
    for name in ("index.html", "csp.json"):
        (fresh / name).write_bytes((plain / name).read_bytes())
    (fresh / "about").mkdir()
    (fresh / "about" / "index.html").write_bytes((plain / "index.html").read_bytes())
    (fresh / "redirects.json").write_text(json.dumps({"/cards/old/": "/about/"}), "utf-8")
    (fresh / "robots.txt").write_text("User-agent: *\n", "utf-8")
    link.symlink_to(fresh.name)
    yield centre
    link.unlink()
    plain.rename(link)
    for file in sorted(fresh.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    fresh.rmdir()


@pytest.mark.parametrize("address", ["/cards/old/", "/cards/old"])
def test_moved_page_leads_on_for_good_with_what_the_link_carries(
    moved_centre: Centre, address: str
) -> None:
    browser = moved_centre.browser()
    plain, carried = browser.get(address), browser.get(f"{address}?batch=2026-11&x=%E5%B7%A5")
    assert plain.status_code == carried.status_code == 301
    assert plain.headers["Location"] == "/about/"
    assert carried.headers["Location"] == "/about/?batch=2026-11&x=%E5%B7%A5"


def test_forgotten_slash_keeps_what_the_link_carries(moved_centre: Centre) -> None:
    answer = moved_centre.browser().get("/about?batch=7")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/about/?batch=7"


def test_other_pages_are_served_as_they_are(moved_centre: Centre) -> None:
    assert moved_centre.browser().get("/about/").status_code == 200
    assert moved_centre.browser().get("/cards/").status_code == 404


@pytest.mark.parametrize("name", ["csp.json", "search.sqlite", "redirects.json"])
def test_files_for_the_portal_are_shown_to_nobody(moved_centre: Centre, name: str) -> None:
    assert moved_centre.browser().get(f"/{name}").status_code == 404


@pytest.mark.parametrize("name", ["csp.json", "search.sqlite", "redirects.json"])
@pytest.mark.parametrize("way", ["./", "x/../", "about/../", "%2e/", "x/%2E%2e/", "./././"])
def test_no_detour_leads_to_files_for_the_portal(moved_centre: Centre, way: str, name: str) -> None:
    site = moved_centre.root / "build" / "site"
    (site / name).touch()
    assert moved_centre.browser().get(f"/{way}robots.txt").status_code == 200
    assert moved_centre.browser().get(f"/{way}{name}").status_code == 404


def test_robots_are_answered_in_plain_text(moved_centre: Centre) -> None:
    answer = moved_centre.browser().get("/robots.txt")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"


def test_site_without_moved_pages_is_served_too(centre: Centre) -> None:
    assert centre.browser().get("/about/").status_code == 200

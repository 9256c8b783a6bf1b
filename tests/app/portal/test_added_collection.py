"""A collection made up here has its tab, its form and its kind in the search of the portal."""

import pytest

from portal.newsroom.content_folder import adopt_files
from site_src.collections import COLLECTIONS, ContentCollection
from site_src.manuscripts import write_manuscript
from site_src.search_index import SEARCH_FILE, SearchEntry, write_search_index
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.collection_samples import BODY, FAIR, FOLDER, add_job_fairs
from tests.support.newsroom import Publisher
from tests.support.walking import went_on

NEW = f"/staff/content/new/{FOLDER}"
PAGE = f"/staff/content/{FOLDER}/spring"


@pytest.fixture(autouse=True)
def row(monkeypatch: pytest.MonkeyPatch) -> ContentCollection:
    """The row, for one test."""
    return add_job_fairs(monkeypatch)


def test_it_is_written_released_and_shown_like_any_other(publisher: Publisher) -> None:
    adopt_files(publisher.room, ["rights-cards/unpaid-wages"])
    editor = publisher.centre.staff("editor")
    form = editor.get(NEW)
    assert "新写一篇招聘会" in words_of(form)
    for words in ("地点", "哪天开。", 'name="m-held_on"', 'name="m-cards"'):
        assert words in form.text
    fields = {f"m-{name}": text for name, text in FAIR.items()} | {"body": BODY, "slug": "spring"}
    assert went_on(editor.post(NEW, fields | {"button": "submit"})) == f"{PAGE}?done=submit"
    approver = publisher.centre.staff("approver")
    assert FAIR["title"] in words_of(approver.get(f"/staff/content?of={FOLDER}"))
    approver.get(PAGE)
    assert went_on(approver.post(f"{PAGE}/release", {"edition": "2"})) == f"{PAGE}?done=release"
    assert publisher.live[f"{FOLDER}/spring"] == write_manuscript(FOLDER, FAIR, BODY)
    assert f'href="/{FOLDER}/spring/"' in approver.get(PAGE).text


def test_the_workbench_shows_the_collections_in_the_order_of_their_places(
    publisher: Publisher,
) -> None:
    shelf = publisher.centre.staff("editor").get("/staff/content").text
    places = sorted(COLLECTIONS.values(), key=lambda row: row.tab)
    found = [shelf.index(f"/staff/content?of={row.folder}") for row in places]
    assert found == sorted(found)
    assert "<h1>网站文章 · 政策</h1>" in shelf


def test_the_search_offers_its_kind(centre: Centre, row: ContentCollection) -> None:
    site = centre.root / "build" / "site"
    write_search_index(
        site,
        [
            SearchEntry(f"/{FOLDER}/spring/", "春季招聘会", row.label, "两百个岗位"),
            SearchEntry("/notices/fair/", "岗位公告", "公告", "两百个岗位"),
        ],
    )
    shown = centre.browser().get(f"/search?q=岗位&kind={FOLDER}").text
    (site / SEARCH_FILE).unlink()
    assert f'kind={FOLDER}" aria-current="true">招聘会 1</a>' in shown
    assert "岗位公告" not in shown

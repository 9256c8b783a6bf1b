"""A whole build: what goes live, what never does, and what a visitor sees in between."""

import fcntl
import json
import shutil
import threading
from pathlib import Path

import html5lib
import pytest

from site_src.build import build_site, check_content
from site_src.errors import SiteProblem
from site_src.scan import scan_site

REPOSITORY = Path(__file__).parents[3]
FIGURES = {
    "title": "每月办件",
    "generated_at": "2026-11-24T02:00:00Z",
    "period_from": "2026-09",
    "period_to": "2026-10",
    "unit": "件",
    "source": "办件记录（示范数据）",
    "small_cells": "少于 5 的数不公布",
    "kinds": {"hardship": "困难帮扶申请", "consultation": "法律咨询"},
    "months": [
        {"month": "2026-09", "hardship": None, "consultation": 7},
        {"month": "2026-10", "hardship": 12, "consultation": 9},
    ],
}


def ignore_progress(_: str) -> None:
    """The tests do not watch the progress lines."""


def copy_content(root: Path) -> None:
    """The repository's own content: it must always build."""
    shutil.copytree(REPOSITORY / "content", root / "content")
    data = root / "build" / "public-data"
    data.mkdir(parents=True)
    (data / "cases-by-month.json").write_text(json.dumps(FIGURES), encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site, built once and only read."""
    root = tmp_path_factory.mktemp("built")
    copy_content(root)
    build_site(root, ignore_progress)
    return root / "build" / "site"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small centre: the pages that every site needs and one card."""
    for name in ("centre.toml", "rights-cards/route-map.md"):
        target = tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / "content" / name, target)
    pages = tmp_path / "content" / "pages"
    pages.mkdir()
    for name in ("about", "privacy", "accessibility"):
        text = "---\n标题: 示范页\n摘要: 示范\n---\n\n有事请来。\n"
        (pages / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def read(site: Path, address: str) -> str:
    """The page at an address."""
    return (site / address.strip("/") / "index.html").read_text(encoding="utf-8")


def test_no_page_runs_or_fetches_anything(built: Path) -> None:
    for page in built.rglob("*.html"):
        tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        assert tree.find(".//script") is None
        for element in tree.iter():
            assert not [name for name in element.attrib if str(name).startswith("on")]
            for name in ("src", "href", "action"):
                assert "//" not in element.get(name, "")
                assert not element.get(name, "").startswith(("javascript:", "data:"))
    names = {path.suffix for path in built.rglob("*") if path.is_file()}
    assert names <= {".html", ".svg", ".json"}


def test_every_internal_link_resolves(built: Path) -> None:
    assert scan_site(built) == []


def test_scan_notices_what_must_not_go_live(tmp_path: Path) -> None:
    text = '<p style="x" onclick="y"><a href="/none/">a</a><a href="//example.com/">b</a><script>'
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    problems = scan_site(tmp_path)
    assert len(problems) == 5
    assert all(problem.startswith("网页 index.html：") for problem in problems)


def test_rights_card_leads_into_the_consultation(built: Path) -> None:
    page = read(built, "/rights-cards/unpaid-wages/")
    assert 'href="/consult?card=unpaid-wages&amp;topic=unpaid_wages"' in page
    assert 'href="tel:12333"' in page
    assert page.index('class="answer"') < page.index('id="rights"') < page.index('id="evidence"')
    assert "2026 年 11 月 24 日" in page


def test_home_page_offers_the_four_tasks_and_the_telephone(built: Path) -> None:
    page = read(built, "/")
    for address in ("/apply", "/consult", "/status", "/rights-cards/", "tel:12351"):
        assert f'href="{address}"' in page
    assert "2026 年 10 月" in page


def test_hidden_cells_stay_hidden_on_the_figures_page(built: Path) -> None:
    page = read(built, "/figures/")
    assert "不公布" in page
    assert "办件记录（示范数据）" in page


def test_every_page_fits_the_weight_budget(built: Path) -> None:
    heavy = {page: page.stat().st_size for page in built.rglob("*.html")}
    assert max(heavy.values()) < 100_000


def test_inline_styles_are_listed_for_the_content_policy(built: Path) -> None:
    sources = json.loads((built / "csp.json").read_text(encoding="utf-8"))["style-src"]
    assert len(sources) == 1
    assert sources[0].startswith("'sha256-")


def test_without_figures_the_site_says_so(root: Path) -> None:
    report = build_site(root, ignore_progress)
    assert report.cards == 1
    assert "还没有公布数字" in read(report.site, "/figures/")


@pytest.mark.parametrize("fault", ["content", "theme"])
def test_failed_build_leaves_the_live_site(
    root: Path, fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = build_site(root, ignore_progress).site
    before = site.resolve()
    if fault == "content":
        (root / "content/pages/about.md").write_text("没有开头\n", encoding="utf-8")
    else:
        broken = tmp_path / "broken"
        shutil.copytree(REPOSITORY / "site_src", broken)
        (broken / "theme/main.html").write_text("{% nonsense %}", encoding="utf-8")
        monkeypatch.setattr("site_src.build.SOURCE", broken)
    with pytest.raises(SiteProblem) as caught:
        build_site(root, ignore_progress)
    assert all("\n" not in line for line in caught.value.problems)
    assert site.resolve() == before
    assert (before / "index.html").is_file()
    assert [path.name for path in (root / "build/generations").iterdir()] == [before.name]


def test_reader_never_misses_the_home_page_while_sites_change(root: Path) -> None:
    site = build_site(root, ignore_progress).site
    stop = threading.Event()
    missed: list[OSError] = []

    def read_again_and_again() -> None:
        while not stop.is_set():
            try:
                (site / "index.html").read_bytes()
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=read_again_and_again)
    reader.start()
    try:
        seen = {build_site(root, ignore_progress).site.resolve() for _ in range(3)}
    finally:
        stop.set()
        reader.join()
    assert missed == []
    assert len(seen) == 3
    assert len(list((root / "build/generations").iterdir())) == 2


def test_second_build_at_the_same_time_is_refused(root: Path) -> None:
    (root / "build").mkdir()
    with (root / "build/site.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(SiteProblem) as caught:
            build_site(root, ignore_progress)
    line = "build/site.lock：另一个建站正在进行，请等它完成再试"
    assert caught.value.problems == (line,)


def test_plain_folder_in_place_of_the_site_is_not_touched(root: Path) -> None:
    (root / "build/site").mkdir(parents=True)
    with pytest.raises(SiteProblem, match="build/site 是普通文件夹"):
        build_site(root, ignore_progress)
    assert (root / "build/site").is_dir()


def test_progress_is_told_in_order(root: Path) -> None:
    lines: list[str] = []
    build_site(root, lines.append)
    assert lines[0] == "检查内容"
    assert lines[-1] == "新网站已经换上"


def test_check_content_builds_nothing(root: Path) -> None:
    assert len(check_content(root).cards) == 1
    assert not (root / "build").exists()

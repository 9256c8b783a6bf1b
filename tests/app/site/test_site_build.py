"""A whole build: what goes live, what never does, and what a visitor sees in between."""

import fcntl
import json
import shutil
import threading
from datetime import date
from pathlib import Path

import html5lib
import pytest
from PIL import Image

from site_src.build import build_site, check_content
from site_src.errors import SiteProblem
from site_src.memory import Memory
from site_src.scan import judge_page, scan_page
from site_src.schemas import RightsCard
from site_src.search_index import open_index, read_entries
from tests.support.public_samples import FIGURES, PUBLICITY

REPOSITORY = Path(__file__).parents[3]
TODAY = date(2026, 11, 24)


def ignore_progress(_: str) -> None:
    """The tests do not watch the progress lines."""


def copy_content(root: Path) -> None:
    """The repository's own content: it must always build."""
    shutil.copytree(REPOSITORY / "content", root / "content")
    data = root / "build" / "public-data"
    data.mkdir(parents=True)
    for name, published in (("indicators", FIGURES), ("publicity", PUBLICITY)):
        (data / f"{name}.json").write_text(json.dumps(published), encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site, built once and only read."""
    root = tmp_path_factory.mktemp("built")
    copy_content(root)
    build_site(root, ignore_progress, today=TODAY)
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
    assert names <= {".html", ".svg", ".json", ".sqlite", ".png", ".txt"}


def test_every_internal_link_resolves(built: Path) -> None:
    def is_served(path: str) -> bool:
        target = built / path.lstrip("/")
        return target.is_file() or (target / "index.html").is_file()

    for page in built.rglob("*.html"):
        findings = scan_page(page.read_text(encoding="utf-8"), "")
        assert list(judge_page(page.name, findings, is_served)) == []


def test_every_link_to_a_heading_of_another_page_finds_it(built: Path) -> None:
    pages = {
        f"/{path.parent.relative_to(built).as_posix()}/".replace("/./", "/"): scan_page(
            path.read_text(encoding="utf-8"), ""
        )
        for path in built.rglob("index.html")
    }
    for address, page in pages.items():
        for link in page.addresses:
            target, _, name = link.partition("#")
            if name and target in pages:
                assert name in pages[target].names, (address, link)


def test_a_heading_that_goes_away_is_told_by_file_and_line_at_a_quick_build(root: Path) -> None:
    about, card = root / "content/pages/about.md", root / "content/pages/help.md"
    head = "---\n标题: 帮忙\n摘要: 示范\n---\n\n"
    card.write_text(f"{head}## 电话\n\n打来。\n", encoding="utf-8")
    about.write_text(f"{head}[点](/help/#电话)\n", encoding="utf-8")
    memory = Memory()
    build_site(root, ignore_progress, today=TODAY, memory=memory)
    card.write_text(f"{head}## 手机\n\n打来。\n", encoding="utf-8")
    with pytest.raises(SiteProblem, match=r"^content/pages/about\.md 第 6 行：链接「/help/#电话」"):
        build_site(root, ignore_progress, today=TODAY, memory=memory)
    assert 'id="电话"' in read(root / "build/site", "/help/")


def test_a_picture_goes_live_without_who_took_it_and_where(root: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-PHONE-9"
    folder = root / "content/images"
    folder.mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "hall.jpg", exif=exif)
    build_site(root, ignore_progress, today=TODAY)
    live = (root / "build/site/images/hall.jpg").read_bytes()
    assert live.startswith(b"\xff\xd8")
    assert b"SECRET-PHONE-9" not in live


@pytest.mark.parametrize("end", ["", "</script></p>"])
def test_scan_notices_what_must_not_go_live(end: str) -> None:
    text = '<p style="x" onclick="y"><a href="/none/">a</a><a href="//example.com/">b</a><script>'
    for content in ("", text + end):
        findings = scan_page(text + end, content)
        problems = list(judge_page("index.html", findings, lambda _: False))
        assert len(problems) == 5
        assert all(problem.startswith("网页 index.html：") for problem in problems)


@pytest.mark.parametrize("html", ["<![CDATA[>]]><script>", "<?x ><SCRIPT>", "<b>&nbsp;<script>"])
def test_scan_sees_scripts_that_xml_would_hide(html: str) -> None:
    assert scan_page(html, html).complaints == ("有 <script>，网站模板要改",)


def test_rights_card_leads_into_the_consultation(built: Path) -> None:
    page = read(built, "/rights-cards/unpaid-wages/")
    assert 'href="/consult?card=unpaid-wages&amp;topic=unpaid_wages"' in page
    assert 'href="tel:12333"' in page
    parts = [
        "steps",
        "places",
        "tools",
        "papers",
        "evidence",
        "rights",
        "limits",
        "cards",
        "sources",
    ]
    order = ['class="answer"', *(f'id="{part}"' for part in parts)]
    assert sorted(order, key=page.index) == order
    assert page.index("先打这个电话") < page.index('id="steps"')
    assert "2026 年 11 月 24 日" in page


def test_home_page_offers_the_four_tasks_and_the_telephone(built: Path) -> None:
    page = read(built, "/")
    for address in ("/apply", "/consult", "/status", "/rights-cards/", "tel:0000-12351"):
        assert f'href="{address}"' in page
    assert "<b>1,234.50</b> 万元" in page
    assert 'href="/public-lists/"' in page


def test_the_impact_page_shows_period_unit_source_date_and_definitions(built: Path) -> None:
    page = read(built, "/figures/")
    for words in ("不公布", "还没有统计", "办件记录（示范数据）", "统计到：2026 年 11 月 24 日",
                  "帮助职工依法维权（件次）", "S8 是这样算的。",
                  "9月 不公布，10月 12。"):  # fmt: skip
        assert words in page, words


def test_every_chart_is_named_and_described_for_who_does_not_see_it(built: Path) -> None:
    tree = html5lib.parse(read(built, "/figures/"), namespaceHTMLElements=False)
    known = {element.get("id") for element in tree.iter()}
    charts = [element for element in tree.iter() if element.get("role") == "img"]
    assert len(charts) == len(FIGURES["charts"])
    for chart in charts:
        assert set(chart.get("aria-labelledby", "").split()) <= known


def test_a_list_on_show_says_what_it_may_and_where_to_object(built: Path) -> None:
    page = read(built, "/public-lists/")
    for words in ("陈**", '<td data-label="家里几口人">3</td>', "最晚 2026 年 11 月 30 日",
                  'href="tel:0000-1234567"', "公示结束后自动撤下", "示范数据",
                  "/policies/personal-information-law/", "noindex,noarchive"):  # fmt: skip
        assert words in page, words


def test_a_list_that_is_over_leaves_the_site_at_the_next_build(tmp_path: Path) -> None:
    copy_content(tmp_path)
    for today, stays in ((date(2026, 11, 30), True), (date(2026, 12, 1), False)):
        site = build_site(tmp_path, ignore_progress, today=today).site
        page = read(site, "/public-lists/")
        assert ("陈**" in page) is stays
        with open_index(site) as index:
            entries = read_entries(index, range(1, 999))
        assert any("陈**" in entry.text for entry in entries) is stays
        assert ('href="/public-lists/">正在公示' in read(site, "/")) is stays
    assert "2026 年 11 月 23 日到 2026 年 11 月 30 日，1 户" in page
    assert "现在没有正在公示的名单" in page


def test_every_page_fits_the_weight_budget(built: Path) -> None:
    heavy = {page: page.stat().st_size for page in built.rglob("*.html")}
    assert max(heavy.values()) < 100_000


def test_inline_styles_are_listed_for_the_content_policy(built: Path) -> None:
    sources = json.loads((built / "csp.json").read_text(encoding="utf-8"))["style-src"]
    assert len(sources) == 1
    assert sources[0].startswith("'sha256-")


def test_without_figures_the_site_says_so(root: Path) -> None:
    report = build_site(root, ignore_progress)
    assert (report.site / "rights-cards/route-map/index.html").is_file()
    assert "还没有公布数字" in read(report.site, "/figures/")
    assert "现在没有正在公示的名单" in read(report.site, "/public-lists/")


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
    assert len(check_content(root).of(RightsCard)) == 1
    assert not (root / "build").exists()

"""Text from front matter can never become markup; dates read as people say them."""

from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.markup import render_markdown
from site_src.pages.figures import make_figures_page
from site_src.pages.text import escape, show_date, table
from site_src.public_data import PublishedFigures
from tests.support.public_samples import FIGURES

CSS = Path(__file__).parents[3] / "site_src/theme/css"
TOO_NEW = (
    ":has(", ":is(", "@layer", "@container", "color-mix", "oklch", "dvh", "aspect-ratio", "inset:"
)  # fmt: skip


@given(st.text(alphabet="工a1*_`[](){}<>&|#+-!.:\\\"' \n\t~=/", min_size=1, max_size=30))
def test_front_matter_text_never_becomes_markup(text: str) -> None:
    html = render_markdown(f"- 项 {escape(text)} 完")
    inner = html.removeprefix("<ul>\n<li>").removesuffix("</li>\n</ul>")
    assert "<" not in inner
    assert unescape(inner).replace("\u200b", "").split() == f"项 {text} 完".split()


def test_table_cells_keep_their_column_for_narrow_screens() -> None:
    html = render_markdown(table(("事项", "标准"), [(escape("a|b"), escape("{: onclick=x }"))]))
    assert '<td data-label="事项">a|b</td>' in unescape(html)
    assert "onclick=x" in html.split('<td data-label="标准">')[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2004-01-09", "2004 年 1 月 9 日"),
        ("2004-01", "2004 年 1 月"),
        ("2004", "2004 年"),
        ("1951年", "1951年"),
        ("", ""),
    ],
)
def test_dates_are_shown_as_far_as_they_are_known(text: str, shown: str) -> None:
    assert show_date(text) == shown


def test_hidden_and_uncounted_numbers_are_named_as_such() -> None:
    page = make_figures_page(PublishedFigures.model_validate(FIGURES))
    groups = {group["name"]: group["tables"][0]["rows"] for group in page.meta["figures"]["groups"]}
    assert [row["period"] for row in groups["接待与咨询"]] == ["28", "21", "不公布"]
    assert groups["维权"][0]["counted"] is False
    assert "不公布：少于 5 的数不公开" in page.text
    assert "还没有统计：" in page.text
    assert "统计到：2026 年 11 月 24 日" in page.text
    assert "今年：2026 年 1 月 1 日到 2026 年 11 月 24 日" in page.text
    assert "累计：从 2025 年 12 月 1 日起" in page.text
    assert page.meta["tags"] == ["示范数据"]


def test_without_figures_the_page_says_so() -> None:
    assert "还没有公布数字" in make_figures_page(None).text


@pytest.mark.parametrize("name", ["tokens.css", "header.css", "site.css"])
def test_styles_work_in_old_browsers(name: str) -> None:
    text = (CSS / name).read_text(encoding="utf-8")
    assert [word for word in TOO_NEW if word in text] == []
    assert "url(http" not in text


def test_styles_inlined_in_form_pages_stay_small() -> None:
    assert sum((CSS / name).stat().st_size for name in ("tokens.css", "header.css")) < 8000

"""What is read the quick way reads the same as by the slow one."""

from pathlib import Path

import pytest

from site_src import frontmatter, tags
from site_src.frontmatter import parse_front_matter
from site_src.loader import Readings, load_content
from site_src.schemas import OwnPage

ROOT = Path(__file__).parents[3]
HEADS = [
    path.read_text(encoding="utf-8").split("---\n")[1]
    for path in sorted((ROOT / "content").glob("*/*.md"))[::10]
]
WRITTEN = """\
标题: 甲：乙
名单:
  - 一
  - '二: 三'
几行: |
  第一行
  第二行
表:
  - 名: 丙
    数: 0571
"""


@pytest.mark.parametrize("text", [WRITTEN, *HEADS])
def test_both_yaml_readers_find_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = parse_front_matter(text)
    assert quick[0] is not None
    monkeypatch.setattr(frontmatter, "compose_usual", lambda _: None)
    assert parse_front_matter(text) == quick


@pytest.mark.parametrize("text", ["a: &b c", "a: !x b", "a: *b", "a: 'b"])
def test_what_libyaml_would_let_pass_or_not_explain_is_left_to_the_slow_reader(text: str) -> None:
    assert frontmatter.compose_usual(text) is None
    assert parse_front_matter(text)[1].problems


@pytest.mark.parametrize(
    "knot", ["[" * 60_000, "\n" + "- " * 30_000 + "x", "\n" + " " * 200 + "- x"]
)
def test_front_matter_nested_too_deeply_is_refused_at_once(knot: str) -> None:
    meta, found = parse_front_matter(f"标题: 甲\n名单: {knot}\n")
    assert meta is None
    assert [text for _, text in found.problems] == ["这里一层套一层的太多，请分开写"]


@pytest.mark.parametrize(
    "html",
    [
        '<p ID="a">甲<a href="/x/?a=1&amp;b=2">乙</a><br /></p>',
        '<table><tr><td data-label="丙">&#160;</td></tr></table>',
    ],
)
def test_both_html_readers_find_the_same(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = tags.read_well_formed(html)
    assert quick
    monkeypatch.setattr(tags, "read_well_formed", lambda _: None)
    assert tags.list_tags(html) == quick


@pytest.mark.parametrize("html", ["<p><b></p>", "a<!-- b -->", "<?x ?>", "&nbsp;", "<br><p a=b>"])
def test_what_is_no_xml_is_left_to_the_slow_reader(html: str) -> None:
    assert tags.read_well_formed(html) is None


def test_only_changed_files_are_read_again(tmp_path: Path) -> None:
    for name in ("centre.toml", *(f"pages/{name}.md" for name in ("about", "privacy"))):
        target = tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / "content" / name).read_bytes())
    changed = tmp_path / "content/pages/accessibility.md"
    changed.write_text("---\n标题: 甲\n摘要: 乙\n---\n\n正文。\n", encoding="utf-8")
    readings: Readings = {}
    before = {page.slug: page for page in load_content(tmp_path, readings).of(OwnPage)}
    changed.write_text("---\n标题: 甲\n摘要: 乙\n---\n\n新的正文。\n", encoding="utf-8")
    after = {page.slug: page for page in load_content(tmp_path, readings).of(OwnPage)}
    assert [slug for slug in after if after[slug] is not before[slug]] == ["accessibility"]
    assert after["accessibility"].body == "新的正文。"

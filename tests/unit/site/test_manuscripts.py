"""A content file as a form and back: nothing is lost, whatever was typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.collections import COLLECTIONS
from site_src.frontmatter import parse_front_matter
from site_src.manuscripts import (
    Shape,
    explain_problems,
    read_manuscript,
    slots_of,
    tidy_manuscript,
    title_of,
    write_manuscript,
)
from site_src.schemas import StrictModel

CONTENT = Path(__file__).parents[3] / "content"
FILES = [
    (collection, path)
    for collection in COLLECTIONS
    for path in sorted((CONTENT / collection).glob("*.md"))
]
PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn")),
    max_size=30,
)


def parts_of(collection: str, text: str) -> tuple[StrictModel, str]:
    """The record and the body that the generator would read."""
    _, head, body = text.split("---\n", 2)
    meta, _ = parse_front_matter(head)
    return COLLECTIONS[collection].schema.model_validate(meta), body.strip()


@pytest.mark.parametrize(
    ("collection", "path"), FILES, ids=[f"{one}/{path.stem}" for one, path in FILES]
)
def test_every_file_comes_back_from_its_form_as_it_was(collection: str, path: Path) -> None:
    text = path.read_text("utf-8")
    read = read_manuscript(collection, text)
    assert read
    written = write_manuscript(collection, *read)
    assert parts_of(collection, written) == parts_of(collection, text)
    assert tidy_manuscript(collection, written) == written


def test_the_fields_stand_in_the_order_and_with_the_names_of_the_schema() -> None:
    slots = {slot.label: slot for slot in slots_of("guides")}
    assert list(slots)[:3] == ["标题", "一句话", "条件"]
    assert slots["材料"].columns == ("材料", "什么情况要")
    assert slots["材料"].shape is Shape.ROWS
    assert slots["核对程度"].choices[0] == ("已核对原文", "已核对原文")
    assert slots["时限"].known == "deadlines"
    topic = next(slot for slot in slots_of("rights-cards") if slot.name == "topic")
    assert ("unpaid_wages", "拖欠工资") in topic.choices


@given(title=PRINTABLE, paper=PRINTABLE, when=PRINTABLE, condition=PRINTABLE)
def test_whatever_is_typed_is_text_to_the_reader(
    title: str, paper: str, when: str, condition: str
) -> None:
    typed = {"title": title, "conditions": condition, "papers": f"{paper}x｜{when}"}
    text = write_manuscript("guides", typed, "正文")
    read = read_manuscript("guides", text)
    assert read
    assert read[0]["title"] == title.strip()
    assert read[0]["conditions"] == condition.strip()
    assert write_manuscript("guides", *read) == text


@pytest.mark.parametrize(
    "title",
    ["---", "'", '"', "a: b", "# x", "- x", "*x", "&x", "!x", "[x", "{x}", "%x", "null", "0571",
     "true", "2026-11-24", "|", ">", "@x", "`x", "a\nb", "标题: 另一项"],
)  # fmt: skip
def test_marks_of_the_file_format_are_only_text(title: str) -> None:
    read = read_manuscript("pages", write_manuscript("pages", {"summary": title}, "---\n好"))
    assert read == ({"title": "", "summary": title}, "---\n好")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("身份证｜都要", ["身份证", "都要"]),
        ("身份证|都要", ["身份证", "都要"]),
        ("身份证", ["身份证", ""]),
        ("甲｜乙｜丙", ["甲", "乙｜丙"]),
        (r"甲\｜乙｜丙", ["甲｜乙", "丙"]),
    ],
)
def test_a_row_is_parted_by_bars_and_loses_nothing(line: str, cells: list[str]) -> None:
    text = write_manuscript("guides", {"papers": line}, "好")
    meta, _ = parse_front_matter(text.split("---\n")[1])
    assert meta
    assert meta["材料"] == [dict(zip(("材料", "什么情况要"), cells, strict=True))]


@pytest.mark.parametrize(
    "text",
    [
        "没有开头",
        "---\n标题: 甲\n",
        "---\n标题:\n  - 甲\n摘要: 乙\n---\n好",
        "---\n别的: 甲\n---\n",
    ],
)
def test_a_file_that_no_form_could_have_written_is_not_shown_as_one(text: str) -> None:
    assert read_manuscript("pages", text) is None
    assert tidy_manuscript("pages", text) == text
    assert title_of("没有开头") == ""


def test_problems_are_told_by_field_and_by_line_of_the_body() -> None:
    text = write_manuscript("pages", {"title": "甲", "summary": "乙"}, "一\n\n三")
    found = explain_problems(
        "pages/new", text,
        ["content/pages/new.md 第 2 行：「标题」太短", "content/pages/new.md 第 8 行：不行",
         "content/guides/x.md 第 8 行：不行"],
    )  # fmt: skip
    assert found == ["「标题」太短", "正文第 3 行：不行", "content/guides/x.md 第 8 行：不行"]

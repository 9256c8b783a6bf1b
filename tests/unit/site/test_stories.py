"""Stories are told as stories: a drawing, what the person said, what it came to."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from site_src.content import Item
from site_src.loader import load_content
from site_src.pages.stories import find_quote, make_story_index, make_story_page, pick_scene
from site_src.schemas import Story

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def content() -> Any:
    return load_content(ROOT, links=False)


@pytest.mark.parametrize(
    ("kind", "scene"),
    [("工伤维权", "injury"), ("助学就业", "school"), ("技能培训", "work"), ("欠薪", "bridge")],
)
def test_a_story_is_drawn_by_its_kind(kind: str, scene: str) -> None:
    assert pick_scene(kind) == scene
    templates = Environment(loader=FileSystemLoader(ROOT / "site_src/theme"), autoescape=True)
    drawings = templates.get_template("shared/scenes.html").module.parts  # type: ignore[attr-defined]
    assert scene in drawings


def test_the_quotation_is_what_the_person_of_the_story_says_last(content: Any) -> None:
    quotes = {story.slug: find_quote(story) for story in content.of(Story)}
    assert quotes["three-year-work-injury"] == "要是早点看到那张卡就好了。"
    assert quotes["two-daughters-back-to-school"].startswith("那时候我最怕的就是孩子恨我")


def test_a_story_begins_with_what_it_came_to_and_says_that_it_is_invented(content: Any) -> None:
    story: Item[Story] = content.of(Story)[0]
    meta, text = make_story_page(story, content, TODAY)
    assert meta["story"]["outcome"] == story.record.outcome
    assert "示范数据" in meta["tags"]
    assert "这个故事是编的" in text
    assert story.record.consent not in text
    assert text.index("帮上忙的维权卡") < text.index("一步一步怎么办的")


def test_the_list_says_of_each_invented_story_that_it_is(content: Any) -> None:
    rows = make_story_index(content, TODAY).groups[0]["rows"]
    assert len(rows) == 2
    assert all("人和事是编的" in row["words"] and row["outcome"] for row in rows)
